"""A new sender's first weeks: how many words of his own accord may still leave today. What the house owes somebody who asked is never held up."""

from __future__ import annotations

from habitue.channels.email.pace import most_on
from habitue.channels.letters import OWED, Kind, begun_since
from habitue.store import Settings, Truth
from habitue.words.clock import instant_of, local_day_and_hour, parse_day


def may_leave_now(truth: Truth, settings: Settings, kind: Kind, now: int, at_once: int) -> int:
    """How many letters of a kind may be taken in hand now, `at_once` at most. Of several post rooms each asks before it takes some."""
    if kind in OWED or not settings.warm_up_from:
        return at_once
    today = local_day_and_hour(now, settings.zone)[0]
    most = most_on(today, parse_day(settings.warm_up_from), settings.warm_up_letters)
    if most is None:
        return at_once
    return min(at_once, max(0, most - begun_since(truth, kind, instant_of(today, 0, settings.zone))))
