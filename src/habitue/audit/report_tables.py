"""The tables that stand behind the report's pictures: the same figures, for those who would rather read or cannot see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from habitue.audit.drawing import month_starts
from habitue.audit.figures import Figures, GroupFigure, Keeping, ScoreFigure, Strip
from habitue.audit.report_faults import FAULT_WORDS
from habitue.audit.report_voice import Voice, of_stranger
from habitue.words.clock import date_of

Cell = str | Markup
MOST_ROWS, LAST_STEP = 400, 10


@dataclass(frozen=True)
class Table:
    """Headings and rows, ready to be written. The first `texts` columns are words, the rest figures; the first cell of a row is its heading."""

    name: Markup
    heads: tuple[Markup, ...]
    rows: tuple[tuple[Cell, ...], ...]
    texts: int = 1


def _table(voice: Voice, name: Markup, heads: str, rows: Sequence[tuple[Cell, ...]], texts: int = 1) -> Table:
    return Table(name, tuple(voice.say(f"head_{head}") for head in heads.split()), tuple(rows), texts)


def campaigns_table(figures: Figures, voice: Voice) -> Table:
    """Every campaign, up to as many as a page can hold."""
    rows = [(name_of(group, voice), _days(group, voice), *_counts(group, figures, voice)) for group in figures.campaigns[:MOST_ROWS]]
    return _table(voice, voice.say("campaigns_title"), "campaign days " + _heads(figures, "sends judged wrong wrong_share", "answered"), rows, texts=2)


def months_table(figures: Figures, voice: Voice) -> Table:
    """Every month with a send."""
    rows = [(voice.month(group.name), *_counts(group, figures, voice)) for group in figures.months]
    return _table(voice, voice.say("months_title"), "month " + _heads(figures, "sends judged wrong wrong_share", "answered"), rows)


def weeks_table(figures: Figures, voice: Voice) -> Table:
    """Every week with a send."""
    rows = [
        (voice.short_date(week.week), voice.number(week.messages), voice.number(week.customers), voice.decimal(week.words_28, 1), voice.number(week.over))
        for week in figures.weeks
    ]
    return _table(voice, voice.say("pressure_title"), "week messages people heard_mean over", rows)


def pressure_table(figures: Figures, voice: Voice) -> Table:
    """Sends by what she had heard before; the last step of ten holds all that is more."""
    rows = []
    for step in figures.pressure:
        words = voice.say("or_more", n=step.words_28) if step.words_28 >= LAST_STEP else voice.number(step.words_28)
        counts = (voice.number(step.sends), voice.part(step.at_fault, step.sends))
        rows.append((words, *counts, *_if_told(figures, voice.part(step.answered, step.sends))))
    return _table(voice, voice.say("pressure_table"), "heard " + _heads(figures, "sends wrong_of_all", "rate"), rows)


def year_table(strip: Strip, voice: Voice) -> Table:
    """One customer's year by month."""
    starts = [strip.first_day, *(day for day in month_starts(strip.first_day + 1, strip.last_day))]
    rows = []
    for start, after in zip(starts, [*starts[1:], strip.last_day + 1], strict=True):
        days = [day for day in strip.days if start <= day.day < after]
        counts = (sum(day.baskets for day in days), sum(day.messages for day in days), sum(day.at_fault for day in days))
        rows.append((voice.month(f"{date_of(start):%Y-%m}"), *(voice.number(count) for count in counts)))
    return _table(voice, voice.say("year_title", customer=of_stranger(strip.customer)), "month baskets messages wrong", rows)


def said_table(strip: Strip, voice: Voice) -> Table:
    """The days of her year on which something was said to her, with the first wrong of each."""
    rows = [
        (voice.short_date(day.day), fault_title(day.fault, voice) if day.fault else "–", voice.number(day.messages), voice.number(day.at_fault))
        for day in strip.days
        if day.messages
    ]
    return _table(voice, voice.say("head_messages"), "day first_wrong messages wrong", rows, texts=2)


def rates_table(figures: Figures, voice: Voice) -> Table:
    """How often the wrong ones were answered, and all others."""
    silence = figures.silence
    sends = (figures.at_fault, figures.sends - figures.at_fault)
    answers = (silence.answers_at_fault, silence.answers - silence.answers_at_fault)
    rows = [
        (voice.say(name), voice.percent(rate.value), voice.between(rate), voice.number(answered), voice.number(count))
        for name, count, answered, rate in zip(
            ("rate_wrong", "rate_fine"), sends, answers, (silence.answer_rate_at_fault, silence.answer_rate_fine), strict=True
        )
    ]
    return _table(voice, voice.say("silence_title"), "which rate interval answered sends", rows)


def bands_table(score: ScoreFigure, voice: Voice) -> Table:
    """Later sends by their score: foreseen and come."""
    rows = [
        (voice.between_scores(band.low, band.high), voice.number(band.sends), voice.percent(band.foreseen), voice.percent(band.seen)) for band in score.bands
    ]
    return _table(voice, voice.say("bands_title"), "score sends foreseen seen", rows)


def curve_table(curve: Sequence[Keeping], voice: Voice) -> Table:
    """What each share of the best sends keeps."""
    rows = [(voice.whole_percent(point.percent), voice.percent(point.kept.value), voice.between(point.kept)) for point in curve]
    return _table(voice, voice.say("curve_title"), "kept answers_kept interval", rows)


def is_share_known(group: Figures | GroupFigure) -> bool:
    """Whether a share of wrong ones means anything: not where only wrongs show, because no data would show that a send was relevant."""
    return group.judged > group.at_fault or group.judged == group.sends


def share_wrong(group: GroupFigure, voice: Voice) -> str:
    """The wrong ones of those judged; a dash where only wrongs show."""
    return voice.part(group.at_fault, group.judged) if is_share_known(group) else "–"


def fault_title(fault: str, voice: Voice) -> Markup:
    """The heading of a wrong; one that the report does not know says its own name."""
    return voice.either(FAULT_WORDS[fault].title) if fault in FAULT_WORDS else of_stranger(fault)


def name_of(group: GroupFigure, voice: Voice) -> Markup:
    """A campaign's name, or that it has none."""
    return of_stranger(group.name) if group.name.strip() else voice.say("nameless")


def _days(group: GroupFigure, voice: Voice) -> Markup:
    first, last = voice.short_date(group.first_day), voice.short_date(group.last_day)
    return Markup("{}").format(first) if group.first_day == group.last_day else Markup("{} – {}").format(first, last)


def _counts(group: GroupFigure, figures: Figures, voice: Voice) -> tuple[str, ...]:
    counts = (voice.number(count) for count in (group.sends, group.judged, group.at_fault))
    return (*counts, share_wrong(group, voice), *_if_told(figures, voice.number(group.answered)))


def _if_told(figures: Figures, cell: str) -> tuple[str, ...]:
    """A cell about answers; nothing where the files hold none, for an unknown is not nought."""
    return (cell,) if figures.told.get("answers") else ()


def _heads(figures: Figures, heads: str, of_answers: str) -> str:
    return f"{heads} {of_answers}" if figures.told.get("answers") else heads
