"""The claim of a planned touch: one transaction that looks again whether it may leave, and takes it, or withdraws it with the reason.

Whoever sends must have claimed first, and sends nothing that was withdrawn. The claim waits for whoever is writing and lets nobody write until it is kept:
so every word of hers is either before it, and read, or after it. A touch is claimed once, by whichever process asks first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from habitue.app.house import House
from habitue.consent.model import MARKETING
from habitue.consent.suppression import LISTED_BY, addresses_of, bring_level, is_level, suppressed_at
from habitue.content.relation_rows import is_reckoned
from habitue.identity.records import whose
from habitue.store import Truth, sql_text
from habitue.store.bases import RULES
from habitue.store.projection import customers_changed
from habitue.store.relations import compiled
from habitue.store.truth import Dialect, Row
from habitue.words.clock import PLAN_HOUR, instant_of, local_day_and_hour
from habitue.words.errors import Unknown
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Kind, Purpose

SPANS_DAYS = (7, 28)
COME_TO_HER = (Channel.EMAIL, Channel.SMS, Channel.POST, Channel.PHONE)
NEVER_BOUGHT = 9_999
"""Days since her last order where there is none, as in `her`."""
END = 1 << 62
"""Later than every instant: of what is dated ahead, a no counts today, and a yes when its day comes."""


class Step(IntEnum):
    """What became of a planned touch; the numbers are part of the stored data."""

    CLAIMED = 1
    WITHDRAWN = 2


@dataclass(frozen=True)
class Claim:
    """What a claim came to. `is_first` where this call took the step; else it was taken before, and whoever took it acts on it."""

    touch_id: int
    customer_id: int
    step: Step
    reason: Reason
    is_first: bool = True

    @property
    def may_leave(self) -> bool:
        """Whether the caller, and nobody else, is to send it now."""
        return self.step == Step.CLAIMED and self.is_first


@dataclass(frozen=True, slots=True)
class _Planned:
    touch_id: int
    profile_id: int
    customer_id: int
    day: int
    purpose: Purpose
    kind: Kind
    channel: Channel
    is_reckoned: bool


def claim(house: House, touch_id: int) -> Claim:
    """Claims a planned touch, or withdraws it where her leave, the suppression list, a pause of hers or her years of silence speak against it by now.

    A touch that is withdrawn gives its tokens back and presses nobody: it was never said.

    Raises: Unknown where no such touch was planned; Busy where another holds the truth for long: nothing was claimed then.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing: what she says from here on comes after the claim
        return claim_within(house, touch_id)


def claim_within(house: House, touch_id: int) -> Claim:
    """The same inside a transaction that holds the right to write.

    Raises: as `claim`.
    """
    truth = house.truth
    if taken := truth.run(sql_text("app", "step_of_touch"), (touch_id,)):
        step, reason, customer = taken[0]
        return Claim(touch_id, int(customer), Step(step), Reason(reason), is_first=False)
    planned = _planned(house, touch_id)
    reason = _stopped_by(house, planned)
    step = Step.WITHDRAWN if reason else Step.CLAIMED
    _write(house, planned, step, reason)
    return Claim(touch_id, planned.customer_id, step, reason)


def give_up(house: House, touch_id: int, reason: Reason) -> None:
    """Withdraws a planned touch that never left, claimed or not, for a reason that nothing of hers is. Inside a transaction that holds the right to write."""
    drop_claim(house.truth, touch_id)
    if not house.truth.run(sql_text("app", "step_of_touch"), (touch_id,)):
        _write(house, _planned(house, touch_id), Step.WITHDRAWN, reason)


def drop_claim(truth: Truth, touch_id: int) -> None:
    """What was claimed did not leave, and is tried again: the next claim looks again. Inside a transaction."""
    truth.run(sql_text("app", "drop_claim"), (touch_id, int(Step.CLAIMED)))


def _write(house: House, planned: _Planned, step: Step, reason: Reason) -> None:
    seq, now = house.truth.next_seq(), house.clock.instant()
    house.truth.run(sql_text("app", "add_touch_step"), (planned.touch_id, int(step), planned.profile_id, now, seq, int(reason)))
    if step == Step.WITHDRAWN:
        _take_back(house, planned, now, seq)


def _planned(house: House, touch_id: int) -> _Planned:
    rows = house.truth.run(sql_text("app", "planned_touch"), (touch_id,))
    if not rows:
        raise Unknown(f"No touch of the number {touch_id} was planned here.")
    profile, day, action_id, kind, channel = rows[0]
    if not house.action(action_id):
        house.by_book(int(house.truth.run(sql_text("app", "plan_of_day"), (day,))[0][0]))
    action = house.action(action_id)
    assert action, "the book by which a day was planned is kept"
    customer = whose(house.truth, [profile])[profile].customer_id
    return _Planned(touch_id, profile, customer, day, action.purpose, Kind(kind), Channel(channel), is_reckoned(action))


def _stopped_by(house: House, planned: _Planned) -> Reason:
    """Why it may not leave, by all that is written at this instant; `SAID` where it may."""
    truth, now = house.truth, house.clock.instant()
    if paused_until(truth, planned.customer_id) >= local_day_and_hour(now, house.settings.zone)[0]:
        return Reason.PAUSED
    if not _allows(house, planned, now):
        return Reason.NO_CONSENT
    if planned.purpose in MARKETING and planned.channel in COME_TO_HER and _is_lapsed(house, planned.customer_id, now):
        return Reason.LAPSED
    if planned.is_reckoned and _rows(house, "no_profiling", planned.customer_id, now):
        return Reason.NO_PROFILING
    if kinds := LISTED_BY.get(planned.channel):
        addresses = [each for each in addresses_of(truth, [planned.customer_id])[planned.customer_id] if each[0] in kinds]
        if not addresses:
            return Reason.UNREACHABLE
        if not is_level(truth):
            bring_level(truth)  # the database was set back while we work
        if suppressed_at(truth, addresses, planned.purpose, planned.channel):
            return Reason.NO_CONSENT
    return Reason.SAID


def _allows(house: House, planned: _Planned, now: int) -> bool:
    """Her leave, as judgement reads it: as of now, and as of the end of time, by which every no that is written has come to count."""
    rows = _rows(house, "permission", planned.customer_id, now)
    told = {moment: bool(granted) for moment, purpose, channel, granted, _ in rows if (purpose, channel) == (planned.purpose, planned.channel)}
    needs_none = planned.channel == Channel.SHOP or planned.purpose == Purpose.SERVICE
    return all(told.get(moment, needs_none) for moment in (1, 2))


def _is_lapsed(house: House, customer_id: int, now: int) -> bool:
    """Whether she has given no sign for as long as the rules of the country count, as judgement reads it."""
    today = local_day_and_hour(now, house.settings.zone)[0]
    text = _compiled_silence(house.truth.dialect, tuple(house.question.tables["lapse_rule"]))
    return any(bool(house.truth.run(text, (customer_id, now + 1, today, today - since))) for since in _since(house.truth, customer_id))


def _since(truth: Truth, customer_id: int) -> list[int]:
    """The day since which she has been a customer; nothing for nobody."""
    return [int(row[1]) for row in truth.run(_compiled(truth.dialect, "customer_now", ()), (customer_id, END, 0, customer_id, END, 0))][:1]


def paused_until(truth: Truth, customer_id: int) -> int:
    """The last local day of the longest pause that she asked for; 0 where there is none."""
    rows = truth.run(_compiled(truth.dialect, "customer_now", ()), (customer_id, END, 0, customer_id, END, 0))
    return int(rows[0][-1]) if rows else 0


def _rows(house: House, relation: str, customer_id: int, now: int) -> list[Row]:
    """The rows of a relation as of now, and as of the end of time, by the rules of the law that hold today."""
    today = local_day_and_hour(now, house.settings.zone)[0]
    text = _compiled(house.truth.dialect, relation, tuple(house.question.tables["leave_rule"]))
    return house.truth.run(text, (customer_id, now + 1, today, customer_id, END, today))


@cache
def _compiled(dialect: Dialect, relation: str, rules: tuple[tuple[int, ...], ...]) -> str:
    whole = "INTEGER" if dialect == "sqlite" else "BIGINT"
    values = ", ".join(f"CAST(? AS {whole}) AS {column}" for column in ("customer_id", "as_of", "today"))
    moments = " UNION ALL ".join(f"SELECT {number} AS moment_id, {values}" for number in (1, 2))
    return compiled(relation, dialect, given={"moment": moments, "leave_rule": _as_rows(whole, "leave_rule", rules)})


@cache
def _compiled_silence(dialect: Dialect, rules: tuple[tuple[int, ...], ...]) -> str:
    """`lapsed` for one customer; when she bought last is left for it to look up."""
    whole = "INTEGER" if dialect == "sqlite" else "BIGINT"
    values = ", ".join(f"CAST(? AS {whole}) AS {column}" for column in ("customer_id", "as_of", "today", "days_first"))
    her = f"SELECT 1 AS moment_id, {values}, {NEVER_BOUGHT} AS days_since_last"
    return compiled("lapsed", dialect, given={"her": her, "lapse_rule": _as_rows(whole, "lapse_rule", rules)}, bases=frozenset({"her"}))


def _as_rows(whole: str, relation: str, rules: tuple[tuple[int, ...], ...]) -> str:
    """The rules as a SELECT of whole numbers; none of them, where there is none."""
    columns = RULES[relation]
    each = [", ".join(f"CAST({value} AS {whole}) AS {column}" for column, value in zip(columns, rule, strict=True)) for rule in rules]
    none = ", ".join(f"CAST(0 AS {whole}) AS {column}" for column in columns)
    return " UNION ALL ".join(f"SELECT {one}" for one in each) if each else f"SELECT {none} WHERE 1 = 0"


def _take_back(house: House, planned: _Planned, now: int, seq: int) -> None:
    """The word was never said: what it took of her attention is hers again."""
    truth = house.truth
    for days in () if planned.kind == Kind.SERVICE else SPANS_DAYS:
        until = instant_of(planned.day + days, PLAN_HOUR, house.settings.zone)
        slot = truth.run(sql_text("decide", "tokens_taken"), (planned.profile_id, days, until))[0][0]
        if slot is not None:
            truth.run(sql_text("decide", "give_back_token"), (now, planned.profile_id, days, slot))
    truth.run(sql_text("app", "drop_touch"), (planned.touch_id,))
    customers_changed(truth, [planned.customer_id], seq)
