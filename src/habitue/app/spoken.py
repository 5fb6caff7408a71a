"""What was said to her: words that left. Of those that we plan ourselves, only what was claimed; a plan is no word said yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from habitue.app.house import House
from habitue.decide.model import When
from habitue.events.lookup import look_up
from habitue.memory.records import touch_id_of
from habitue.store import Truth


def planned_number(day: int, customer: int) -> int:
    """The number of the word that a day's plan has for a customer; no source's word has such a one."""
    return touch_id_of(planned_key(day, customer))


def planned_key(day: int, customer: int) -> str:
    """What that word is called; the sign between the two stands in no source's key."""
    return f"{day}\x1f{customer}"


def not_left(truth: Truth, profiles: Iterable[int], before: int) -> frozenset[int]:
    """The words of our plans that nobody had claimed before an instant. Units: `before` in UTC seconds."""
    rows = look_up(truth, "app", "claims_of", profiles)
    return frozenset(touch for touch, profile, day, at in rows if touch == planned_number(day, profile) and (at is None or at >= before))


def said_to(house: House, customer: int, when: When) -> list[dict[str, Any]]:
    """Each word that was said to her within a year, the newest first, as in `said_before`."""
    profiles = [profile for profile, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer])]
    waiting = not_left(house.truth, profiles, when.as_of)
    said = [row for row in house.alone.read("said_before", customer, when) if row["touch_id"] not in waiting]
    return sorted(said, key=lambda row: (-row["day"], row["touch_id"]))
