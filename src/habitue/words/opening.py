"""When a shop is open, as people write it for search engines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from habitue.words.errors import BadInput

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
SPAN = re.compile(r"((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*) ([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
NOT_OPEN = "Write opening hours as “Tu-Sa 09:00-12:30; Tu-Fr 14:00-19:00”, not as “{text}”."
NOT_CLOSED = "Write when the shop is closed as “2026-12-24..2027-01-02”, several with semicolons between, not as “{text}”."
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
        begins, ends = (int(hour) * HOUR_SECONDS + int(minute) * 60 for hour, minute in (found.group(2, 3), found.group(4, 5)))
        if not begins < ends <= 24 * HOUR_SECONDS:
            raise BadInput(NOT_OPEN.format(text=part[:60]))
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
        begins, dots, ends = part.partition("..")
        try:
            closing = Closing(date.fromisoformat(begins.strip()), date.fromisoformat((ends if dots else begins).strip()))
        except ValueError:
            raise BadInput(NOT_CLOSED.format(text=part[:60])) from None
        if closing.until_on < closing.from_on:
            raise BadInput(NOT_CLOSED.format(text=part[:60]))
        closings.add(closing)
    return tuple(sorted(closings, key=lambda each: (each.from_on, each.until_on)))


def _weekdays(text: str) -> set[int]:
    """“Tu-Sa” and “Mo,We” as numbers; “Sa-Mo” goes over the week's end."""
    days = set[int]()
    for part in text.split(","):
        first, *rest = (DAYS.index(each) for each in part.split("-"))
        last = rest[-1] if rest else first
        days |= {(first + each) % 7 + 1 for each in range((last - first) % 7 + 1)}
    return days
