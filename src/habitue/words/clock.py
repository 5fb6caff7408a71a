"""One clock for the house, and the only place where an instant becomes a local day and hour.

Units: instants are UTC seconds since 1970-01-01, days are whole local days since 1970-01-01, hours are 0 to 23,
weekdays are 1 (Monday) to 7 (Sunday).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from habitue.words.errors import BadInput

EPOCH = date(1970, 1, 1)
PLAN_HOUR = 6


class Clock(Protocol):
    """Whatever can say which instant it is."""

    def instant(self) -> int: ...


class SystemClock:
    """The machine's own clock."""

    def instant(self) -> int:
        return int(time.time())


@dataclass(frozen=True)
class StoppedClock:
    """A clock that stands at one instant: for the demo, for rehearsals and for tests."""

    at: int

    def instant(self) -> int:
        return self.at


@cache
def zone(name: str) -> ZoneInfo:
    """The IANA zone of that name.

    Raises: BadInput where no such zone exists.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as missing:  # “America” is a folder of zones
        raise BadInput(f"“{name}” is not a time zone; write it as Europe/Paris or America/New_York.") from missing


def day_number(on: date) -> int:
    """A calendar date as whole days since 1970-01-01."""
    return (on - EPOCH).days


def date_of(day: int) -> date:
    """The calendar date of a day number."""
    return EPOCH + timedelta(days=day)


def local_day_and_hour(instant: int, zone_name: str) -> tuple[int, int]:
    """The local day number and hour of an instant in a zone."""
    there = datetime.fromtimestamp(instant, zone(zone_name))
    return day_number(there.date()), there.hour


def weekday_of(day: int) -> int:
    """1 for Monday to 7 for Sunday (1970-01-01 was a Thursday)."""
    return (day + 3) % 7 + 1


def instant_of(day: int, hour: int, zone_name: str) -> int:
    """The instant at which a local hour of a local day begins."""
    on = date_of(day)
    return int(datetime(on.year, on.month, on.day, hour, tzinfo=zone(zone_name)).astimezone(UTC).timestamp())


def instant_text(instant: int) -> str:
    """An instant as 2017-11-02T05:00:00Z. Source: RFC 3339."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_day(text: str) -> int:
    """A day number from 2017-11-02.

    Raises: BadInput where the text is no such date.
    """
    try:
        return day_number(date.fromisoformat(text))
    except ValueError as wrong:
        raise BadInput(f"“{text}” is not a day; write it as 2017-11-02.") from wrong
