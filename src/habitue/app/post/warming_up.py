"""A new sender's first weeks: how many words of his own accord may still leave today. What the house owes somebody who asked is never held up."""

from __future__ import annotations

from habitue.channels.email.pace import most_on
from habitue.channels.letters import KINDS, OWED, Kind, due, heard_of_since
from habitue.store import Settings, Truth
from habitue.words.clock import instant_of, local_day_and_hour, parse_day


def due_now(truth: Truth, settings: Settings, kind: Kind, now: int, at_once: int) -> list[int]:
    """The letters of a kind to be taken in hand now, `at_once` at most. A letter that was put off today takes no second turn; of several rooms each asks."""
    today = local_day_and_hour(now, settings.zone)[0]
    is_held = bool(settings.warm_up_from) and kind not in OWED
    most = most_on(today, parse_day(settings.warm_up_from), settings.warm_up_letters) if is_held else None
    if most is None:
        return due(truth, kind, now, at_once)
    since = instant_of(today, 0, settings.zone)
    heard_of = heard_of_since(truth, kind, since, now)
    others = sum(len(heard_of_since(truth, other, since, now)) for other in KINDS if other not in (*OWED, kind))
    again = [number for number, is_due in heard_of.items() if is_due]
    left = max(0, most - len(heard_of) - others)
    fresh = [number for number in due(truth, kind, now, left + len(again)) if number not in heard_of]
    return [*sorted(again), *fresh[:left]][:at_once]
