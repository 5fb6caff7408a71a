"""When a shop is open, as people write it for search engines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from habitue.words.errors import BadInput

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
TIMES = r" ([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)"
SPAN = re.compile(r"((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*)" + TIMES)
OF_DAYS = re.compile(r"([\d-]{1,10}(?:\.\.[\d-]{1,10})?)" + TIMES, re.ASCII)
NOT_OPEN = "Write opening hours as “Tu-Sa 09:00-12:30; Tu-Fr 14:00-19:00”, not as “{text}”."
NOT_CLOSED = "Write when the shop is closed as “2026-12-24..2027-01-02”, several with semicolons between, not as “{text}”."
NOT_SPECIAL = "Write other hours of single days as “2026-12-24 09:00-12:00; 2026-12-31 09:00-12:30”, not as “{text}”."
HOUR_SECONDS = 3_600


@dataclass(frozen=True)
class Span:
    """One span of a weekday in which the shop is open. Units: `weekday` is 1 for Monday to 7 for Sunday; seconds since midnight, by the clock on the wall."""

    weekday: int
    from_seconds: int
    until_seconds: int


def opening_of(text: str) -> tuple[Span, ...]:
    """Opening hours as people write them for search engines: “Tu-Sa 09:00-19:00”, several with semicolons between; none where it is empty.

    Source: schema.org, openingHours. Raises: BadInput where that is no such text, or a span has no length.
    """
    spans = set[Span]()
    for part in filter(None, (each.strip() for each in text.split(";"))):
        found = SPAN.fullmatch(part)
        if not found:
            raise BadInput(NOT_OPEN.format(text=part[:60]))
        begins, ends = _times(found, NOT_OPEN)
        spans |= {Span(weekday, begins, ends) for weekday in _weekdays(found[1])}
    return tuple(sorted(spans, key=lambda each: (each.weekday, each.from_seconds)))


@dataclass(frozen=True)
class Closing:
    """Days on which the shop is closed, the first and the last among them."""

    from_on: date
    until_on: date


def closings_of(text: str) -> tuple[Closing, ...]:
    """When a shop is closed beside its weekdays and public holidays: “2026-12-24..2027-01-02; 2027-05-14”, the last day among them; none where it is empty.

    Raises: BadInput where that is no such text, or one ends before it begins.
    """
    closings = set[Closing]()
    for part in filter(None, (each.strip() for each in text.split(";"))):
        closings.add(_days(part, part, NOT_CLOSED))
    return tuple(sorted(closings, key=lambda each: (each.from_on, each.until_on)))


@dataclass(frozen=True)
class Special:
    """One span in which the shop is open on certain days, whatever its weekdays say. Units: seconds since midnight, by the clock on the wall."""

    days: Closing
    from_seconds: int
    until_seconds: int


def special_of(text: str) -> tuple[Special, ...]:
    """Days with hours of their own, instead of those of their weekday: “2026-12-24 09:00-12:00; 2026-12-28..2026-12-30 10:00-16:00”; none where it is empty.

    A day that has several spans stands there several times. Raises: BadInput where that is no such text, or a span has no length.
    """
    special = set[Special]()
    for part in filter(None, (each.strip() for each in text.split(";"))):
        found = OF_DAYS.fullmatch(part)
        if not found:
            raise BadInput(NOT_SPECIAL.format(text=part[:60]))
        special.add(Special(_days(found[1], part, NOT_SPECIAL), *_times(found, NOT_SPECIAL)))
    return tuple(sorted(special, key=lambda each: (each.days.from_on, each.days.until_on, each.from_seconds)))


def _days(text: str, part: str, wrong: str) -> Closing:
    """The days from one to another, or one day. Raises: BadInput, in words that are `wrong` of that part."""
    begins, dots, ends = text.partition("..")
    try:
        days = Closing(date.fromisoformat(begins.strip()), date.fromisoformat((ends if dots else begins).strip()))
    except ValueError:
        raise BadInput(wrong.format(text=part[:60])) from None
    if days.until_on < days.from_on:
        raise BadInput(wrong.format(text=part[:60]))
    return days


def _times(found: re.Match[str], wrong: str) -> tuple[int, int]:
    """From when to when, of a text that is found. Raises: BadInput where that has no length, or goes over midnight."""
    begins, ends = (int(hour) * HOUR_SECONDS + int(minute) * 60 for hour, minute in (found.group(2, 3), found.group(4, 5)))
    if not begins < ends <= 24 * HOUR_SECONDS:
        raise BadInput(wrong.format(text=found[0][:60]))
    return begins, ends


def _weekdays(text: str) -> set[int]:
    """“Tu-Sa” and “Mo,We” as numbers; “Sa-Mo” goes over the week's end."""
    days = set[int]()
    for part in text.split(","):
        first, *rest = (DAYS.index(each) for each in part.split("-"))
        last = rest[-1] if rest else first
        days |= {(first + each) % 7 + 1 for each in range((last - first) % 7 + 1)}
    return days
