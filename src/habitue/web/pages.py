"""The pages of the console: each takes a visit and the desk, and answers with a template and its values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from habitue.app.model import DayPlan, PersonLine, Verdict
from habitue.app.names import address_kind
from habitue.web.desk import Desk
from habitue.web.groups import WAITING, Group, groups_of, waiting_for_us
from habitue.web.rendering import Page
from habitue.web.strip import strip_of
from habitue.web.visit import Visit
from habitue.web.wording import BECAUSE, GROUPS, KINDS, NO_CUSTOMER, NO_DAY, TERMS, kind_title
from habitue.words.errors import BadInput, Unknown
from habitue.words.reasons import Reason

TOUCHES_A_PAGE = 20
PEOPLE_A_PAGE = 50
MOST_FOUND = 30
SMALLEST_SHOWN = 0.05  # cents or percent; a term below it would read as nothing


@dataclass(frozen=True)
class Pager:
    """Where one page of a list lies. Units: `first` and `last` count from 1."""

    number: int
    size: int
    total: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def has_more(self) -> bool:
        return self.last < self.total


@dataclass(frozen=True)
class Stopped:
    """What one reason stopped."""

    title: str
    verdicts: tuple[Verdict, ...]

    @property
    def shared(self) -> str:
        """The sentence that all of them have in common; empty where each has its own."""
        first = self.verdicts[0].sentence
        return first if len(self.verdicts) > 1 and all(verdict.sentence == first for verdict in self.verdicts) else ""


def today(visit: Visit, desk: Desk) -> Page:
    """Who is worth a word today, and who is left in peace, and why."""
    plan = _plan(visit, desk)
    kind = _kind_asked(visit, plan)
    pager = _pager(visit, TOUCHES_A_PAGE, plan.kinds.get(kind, 0) if kind else plan.touches)
    groups = groups_of(plan)
    values = {
        "plan": plan,
        "kind": kind,
        "kinds": [(name, kind_title(name), count) for name, count in _in_order(plan.kinds)],
        "touches": desk.touches(visit.on, visit.language, pager.size, pager.offset, kind or None),
        "pager": pager,
        "because": BECAUSE,
        "waiting": waiting_for_us(plan),
        "waiting_reason": next((r for r in WAITING if plan.reasons.get(r)), WAITING[0]).name.lower(),
        **_group_values(visit, desk, groups),
        "has_control_group": desk.has_control_group(plan),
    }
    return Page("today.html", values)


def people(visit: Visit, desk: Desk) -> Page:
    """The people behind a figure: by reason, by group, or the list of all reasons where none is asked for."""
    plan = _plan(visit, desk)
    groups = groups_of(plan)
    wanted, group_wanted = visit.asked("reason"), visit.asked("group")
    values = {"plan": plan, **_group_values(visit, desk, groups), "has_control_group": desk.has_control_group(plan)}
    if not wanted and not group_wanted:
        return Page("silences.html", values)
    if group_wanted:
        group = groups.get(group_wanted)
        if group is None:
            raise Unknown(visit.tongue.say("There is no group “%(group)s”.", group=group_wanted))
        title = visit.tongue.say(GROUPS[group.name])
    else:
        reason = _reason_asked(visit, wanted)
        count = plan.touches if reason is Reason.SAID else plan.reasons.get(reason, 0)
        group = Group(wanted, ((reason, count),))
        title = visit.tongue.say("Worth a word") if reason is Reason.SAID else desk.reason_title(reason, visit.language)
    pager = _pager(visit, PEOPLE_A_PAGE, group.total)
    lines = [line for part in group.stretch(pager.size, pager.offset) for line in _people(visit, desk, *part)]
    return Page("people.html", {**values, "title": title, "people": lines, "pager": pager})


def customers(visit: Visit, desk: Desk) -> Page:
    """Finding a customer by name or number."""
    text = visit.asked("q")
    found = desk.search(text, visit.on, visit.language, MOST_FOUND) if text else []
    return Page(
        "customers.html",
        {
            "text": text,
            "people": found,
            "is_cut": len(found) == MOST_FOUND,
            "is_shared": len(found) > 1 and bool(address_kind(text)),
            "pairs": desk.pairs(visit.language, 0, 0)[0],
            "letters": desk.count_letters(),
        },
    )


def card(visit: Visit, desk: Desk, key: str) -> Page:
    """The butcher's card, and what she told us; words are noted, corrected and withdrawn on today's page only."""
    with in_the_reader_s_words(visit, NO_CUSTOMER, key=key):
        shown, said = desk.card(key, visit.on, visit.language), desk.statements(key, visit.on, visit.language)
    told: dict[str, object] = {
        "counting": [one for one in said if one.counts],
        "past": [one for one in said if not one.counts],
        "is_open": visit.on == visit.today,
    }
    told["waits"] = desk.waits(key) if visit.on == visit.today else []
    return Page("card.html", {"card": shown, "strip": strip_of(shown), **told, "problem": "", "written": {}, "written_for": -1})


def why(visit: Visit, desk: Desk, key: str) -> Page:
    """What was decided for one customer, and what stopped everything else."""
    with in_the_reader_s_words(visit, NO_CUSTOMER, key=key):
        decision = desk.decision(key, visit.on, visit.language)
    stopped = _by_reason(decision.others)
    unconcerned = stopped.pop(Reason.NOT_CONCERNED, [])
    voice = desk.voice(key, visit.language)
    # what came nearest to being said is read first: judgement asks in the order of the numbers
    rest = [Stopped(voice(desk.reason_title(reason, visit.language)), tuple(stopped[reason])) for reason in sorted(stopped, reverse=True)]
    terms = _terms(visit, decision.chosen, desk.settings.currency) if decision.chosen else []
    return Page("why.html", {"decision": decision, "rest": rest, "unconcerned": unconcerned, "terms": terms})


@contextmanager
def in_the_reader_s_words(visit: Visit, sentence: str, **values: str) -> Iterator[None]:
    """The house says in English what it does not know; a reader of another language is told in hers."""
    try:
        yield
    except Unknown as missing:
        if visit.language == "en":
            raise
        raise Unknown(visit.tongue.say(sentence, day=visit.tongue.date(visit.on), **values)) from missing


def _plan(visit: Visit, desk: Desk) -> DayPlan:
    with in_the_reader_s_words(visit, NO_DAY):
        return desk.plan(visit.on)


def _by_reason(verdicts: tuple[Verdict, ...]) -> dict[Reason, list[Verdict]]:
    found: dict[Reason, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        found[verdict.reason].append(verdict)
    return found


def _terms(visit: Visit, verdict: Verdict, currency: str) -> list[tuple[str, str]]:
    """Each term of a value in plain words, and its figure with its unit."""
    written = {"cents": lambda cents: visit.tongue.money(cents, currency), "percent": visit.tongue.percent}
    told = {name: figure for name, figure in verdict.terms.items() if abs(figure) >= SMALLEST_SHOWN}
    return [(visit.tongue.say(title), written[unit](sign * told[name])) for name, (title, unit, sign) in TERMS.items() if name in told]


def _group_values(visit: Visit, desk: Desk, groups: dict[str, Group]) -> dict[str, object]:
    reasons = {reason for group in groups.values() for reason, _ in group.counts}
    return {
        "peace": groups["peace"],
        "not_ours": groups["not-ours"],
        "control": groups["control"],
        "reason_titles": {reason: desk.reason_title(reason, visit.language) for reason in reasons},
    }


def _people(visit: Visit, desk: Desk, reason: Reason, limit: int, offset: int) -> list[PersonLine]:
    if reason is not Reason.SAID:
        return desk.people(visit.on, reason, visit.language, limit, offset)
    touches = desk.touches(visit.on, visit.language, limit, offset, None)
    return [PersonLine(touch.customer_id, touch.customer_key, touch.name, touch.say) for touch in touches]


def _pager(visit: Visit, size: int, total: int) -> Pager:
    """Raises: Unknown where the list ends before the page asked for."""
    pager = Pager(visit.page(), size, total)
    if pager.number > 1 and pager.offset >= total:
        raise Unknown(visit.tongue.say("This list has no page %(page)s.", page=visit.tongue.number(pager.number)))
    return pager


def _kind_asked(visit: Visit, plan: DayPlan) -> str:
    kind = visit.asked("kind")
    if kind and kind not in plan.kinds and kind.replace("_", "-") not in KINDS:
        raise BadInput(visit.tongue.say("“%(kind)s” is not a kind of word.", kind=kind))
    return kind


def _reason_asked(visit: Visit, name: str) -> Reason:
    try:
        return Reason[name.upper()]
    except KeyError as missing:
        raise BadInput(visit.tongue.say("“%(reason)s” is not a reason that this house knows.", reason=name)) from missing


def _in_order(kinds: dict[str, int]) -> list[tuple[str, int]]:
    """Kinds that have a word today, in the order in which the vocabulary names them."""
    order = list(KINDS)
    known = [kind.replace("_", "-") for kind in kinds]
    places = {kind: order.index(plain) if plain in order else len(order) for kind, plain in zip(kinds, known, strict=True)}
    return sorted(((kind, count) for kind, count in kinds.items() if count), key=lambda pair: places[pair[0]])
