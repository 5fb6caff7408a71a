"""What a customer or the shop does at this moment, written down as events of hers: one way in for her page and for the counter."""

from __future__ import annotations

from collections.abc import Sequence

from habitue.app.house import House
from habitue.app.listeners import record
from habitue.app.names import who_is_called
from habitue.app.remembering import OURS
from habitue.events.model import AnyEvent, Occurrence
from habitue.words.clock import local_day_and_hour


def tell(house: House, profile_id: int, events: Sequence[AnyEvent], source: str = OURS) -> list[int]:
    """Records these events of a profile, now; gives their numbers. Inside a transaction."""
    first, now = house.truth.next_seq(len(events)), house.clock.instant()
    day, hour = local_day_and_hour(now, house.settings.zone)
    told = [Occurrence(event, source, f"told {first + place}", profile_id, now, day, hour, now) for place, event in enumerate(events)]
    return [each.seq for each in record(house.truth, told, house.settings.zone, now).recorded]


def profile_of(house: House, customer_key: str) -> int:
    """The profile of a number: whose a word stays, should she turn out to be two people."""
    return who_is_called(house, customer_key).profile_id
