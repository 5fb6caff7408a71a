"""Who of the shop looked at a customer: written once an hour for each who, door and thing, and never rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from habitue.events.lookup import look_up
from habitue.store import Truth, sql_text

HOUR_SECONDS = 3600
EVERYBODY = 0
"""The profile of a look at all customers at once."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look. Units: `at` in UTC seconds; `who` is empty where nobody said who was at the desk."""

    profile_id: int
    at: int
    who: str
    door: str
    what: str


def write_looks(truth: Truth, looks: Sequence[Look]) -> None:
    """Keeps these looks; of several within an hour the first. Inside a transaction."""
    rows = [(look.profile_id, look.at - look.at % HOUR_SECONDS, look.who, look.door, look.what, look.at) for look in looks]
    truth.run_many(sql_text("identity", "add_look"), rows)


def looks_at(truth: Truth, profile_ids: Iterable[int]) -> list[Look]:
    """Every look at these profiles, and at everybody, the newest first."""
    rows = look_up(truth, "identity", "looks", [EVERYBODY, *profile_ids])
    return [Look(*row) for row in sorted(rows, key=lambda row: (-row[1], row[2:]))]
