"""The parts of the report that are more than a table: its wrongs, its campaigns, its customers, its silence, its rules and its rows."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from habitue.audit import pictures
from habitue.audit.figures import Figures, FindingRow, GroupFigure, Interval
from habitue.audit.phrases import UNJUDGED
from habitue.audit.report_faults import FAULT_WORDS
from habitue.audit.report_tables import fault_title, is_share_known, name_of
from habitue.audit.report_voice import Voice, of_stranger, shortened

ALL_ROWS, ALL_ASIDE = "findings.csv", "set-aside.csv"
CAMPAIGNS_DRAWN = 40
SHOWN_AT_ONCE = 5
WRONGS_TOLD = 3


@dataclass(frozen=True)
class Ruled:
    """One ruled line of the ledger: a name that may lead to its rows, its bar, its count and its share."""

    name: Markup
    anchor: str
    bar: Markup
    count: str
    share: str
    of_what: Markup


@dataclass(frozen=True)
class RowList:
    """The rows that the report holds of one wrong or campaign: those shown at once, the rest folded, and where all of them are."""

    anchor: str
    name: Markup
    where: Markup
    shown: tuple[FindingRow, ...]
    folded: tuple[FindingRow, ...]


def wrongs(figures: Figures, voice: Voice) -> list[Ruled]:
    """The wrongs that were found, the commonest first."""
    found = sorted((fault for fault in figures.faults if fault.sends), key=lambda fault: -fault.sends)
    return [
        Ruled(
            name=fault_title(fault.fault, voice),
            anchor=f"fault-{fault.fault}" if figures.rows_by_fault.get(fault.fault) else "",
            bar=pictures.part_bar(fault.sends / max(1, fault.looked_for), voice.part(fault.sends, fault.looked_for)),
            count=voice.number(fault.sends),
            share=voice.part(fault.sends, fault.looked_for),
            of_what=voice.say("of_looked", n=voice.number(fault.looked_for)),
        )
        for fault in found
    ]


def not_found(figures: Figures, voice: Voice) -> list[tuple[Markup, Markup]]:
    """The wrongs that were looked for and not found, and in how many sends."""
    looked = (fault for fault in figures.faults if fault.looked_for and not fault.sends)
    return [(fault_title(fault.fault, voice), voice.say("looked_in", sends=voice.count("sends", fault.looked_for))) for fault in looked]


def not_told(figures: Figures, voice: Voice) -> list[tuple[Markup, Markup]]:
    """The wrongs for which nobody could look, and what a file must tell for it."""
    unknown = (fault.fault for fault in figures.faults if not fault.looked_for)
    return [(fault_title(name, voice), _need(name, voice)) for name in unknown]


def _need(fault: str, voice: Voice) -> Markup:
    return voice.say("needs", need=voice.either(FAULT_WORDS[fault].need)) if fault in FAULT_WORDS else Markup("")


def whole(figures: Figures, voice: Voice) -> Markup:
    """All sends as one bar."""
    parts = [("wrong", figures.at_fault), ("relevant", figures.judged - figures.at_fault), ("unjudged", figures.sends - figures.judged)]
    return pictures.bar(parts, voice.say("whole_alt", **_spoken(parts, voice)), height=20)


def campaigns(figures: Figures, voice: Voice) -> list[Ruled]:
    """The largest campaigns, each with its bar."""
    return [
        Ruled(
            name=name_of(group, voice),
            anchor=f"campaign-{place}" if figures.rows_by_campaign.get(group.name) else "",
            bar=_group_bar(group, voice),
            count=voice.number(group.sends),
            share=voice.part(group.judged - group.at_fault, group.judged) if is_share_known(group) else "–",
            of_what=_of_judged(group, voice),
        )
        for place, group in enumerate(figures.campaigns[:CAMPAIGNS_DRAWN], 1)
    ]


def _of_judged(group: GroupFigure, voice: Voice) -> Markup:
    if not group.judged:
        return Markup("")
    return voice.say("of_judged", n=voice.number(group.judged)) if is_share_known(group) else voice.say("only_wrong")


def _group_bar(group: GroupFigure, voice: Voice) -> Markup:
    parts = pictures.split(group)
    return pictures.bar(parts, voice.say("group_alt", name=shortened(group.name), **_spoken(parts, voice)))


def _spoken(parts: list[tuple[str, int]], voice: Voice) -> dict[str, str]:
    return {name: voice.number(count) for name, count in parts}


def wrongs_of(faults: dict[str, int], voice: Voice) -> Markup:
    """A customer's commonest wrongs in one line."""
    commonest = sorted(faults.items(), key=lambda one: -one[1])[:WRONGS_TOLD]
    return Markup(", ").join(Markup("{}\u00a0<b>{}</b>").format(fault_title(name, voice), voice.number(count)) for name, count in commonest)


def comparison(figures: Figures) -> str:
    """Which phrase compares the answers to the wrong ones with those to the others: no difference is told where the intervals meet."""
    wrong, fine = figures.silence.answer_rate_at_fault, figures.silence.answer_rate_fine
    if _meet(wrong, fine):
        return "rates_same"
    return "rates_less" if wrong.value < fine.value else "rates_more"


def _meet(one: Interval, other: Interval) -> bool:
    return one.low <= other.high and other.low <= one.high


def unjudged(figures: Figures, voice: Voice) -> list[tuple[Markup, str, str]]:
    """Why sends could not be judged: the sentence, how many, and which part of them."""
    number = sum(figures.unjudged.values())
    return [
        (voice.either(UNJUDGED[why]) if why in UNJUDGED else of_stranger(why), voice.number(sends), voice.part(sends, number))
        for why, sends in sorted(figures.unjudged.items(), key=lambda one: -one[1])
    ]


def rules(figures: Figures, voice: Voice) -> list[tuple[Markup, Markup]]:
    """How each wrong is judged, with the limits that were used."""
    limits = {"week_cap": figures.limits.get("week_cap", 0), "month_cap": figures.limits.get("month_cap", 0)}
    hours = {"from_hour": voice.hour(figures.limits.get("quiet_from_hour", 0)), "until_hour": voice.hour(figures.limits.get("quiet_until_hour", 0))}
    return [(fault_title(name, voice), voice.either(words.rule).format(**limits, **hours)) for name, words in FAULT_WORDS.items()]


def rows_by_fault(figures: Figures, voice: Voice) -> list[RowList]:
    """The rows of each wrong, in the order of the report."""
    return [
        _row_list(f"fault-{fault.fault}", fault_title(fault.fault, voice), fault.fault, fault.sends, figures.rows_by_fault[fault.fault], voice)
        for fault in figures.faults
        if figures.rows_by_fault.get(fault.fault)
    ]


def rows_by_campaign(figures: Figures, voice: Voice) -> list[RowList]:
    """The rows of each campaign that holds any."""
    return [
        _row_list(f"campaign-{place}", name_of(group, voice), "campaign", group.at_fault, figures.rows_by_campaign[group.name], voice)
        for place, group in enumerate(figures.campaigns, 1)
        if figures.rows_by_campaign.get(group.name)
    ]


def _row_list(anchor: str, name: Markup, column: str, number: int, rows: tuple[FindingRow, ...], voice: Voice) -> RowList:
    slots = {"file": _code(ALL_ROWS), "column": _code(column), "n": voice.number(number), "shown": voice.number(len(rows))}
    phrase = "rows_first" if number > len(rows) else "rows_one" if number == 1 else "rows_all"
    return RowList(anchor, name, voice.say(phrase, **slots), rows[:SHOWN_AT_ONCE], rows[SHOWN_AT_ONCE:])


def _code(text: str) -> Markup:
    return Markup("<code>{}</code>").format(text)
