"""The strip of a year: where each basket and each word of ours stands, in percent of the width, and the same in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from habitue.app.model import Card
from habitue.words.clock import date_of, day_number

YEAR_DAYS = 365
GROUND = 52  # y of the ground line, in pixels; baskets stand on it
TALLEST = 46  # pixels of the fullest basket
SHORTEST = 5
ROOM_FOR_A_NAME = 96  # percent; a month that begins later has no room for its name


@dataclass(frozen=True)
class Bar:
    """A basket. Units: `x` in percent of the width, `y` and `height` in pixels."""

    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Dot:
    """A word of ours, answered or not. Units: `x` in percent of the width."""

    x: float
    is_answered: bool


@dataclass(frozen=True)
class MonthStart:
    """Where a month begins under the strip; on a phone only every third is written (`is_minor` are not)."""

    x: float
    day: int
    is_minor: bool


@dataclass(frozen=True)
class MonthCount:
    """One month in figures, for those who do not see the strip."""

    day: int
    baskets: int
    words: int
    answered: int


@dataclass(frozen=True)
class Strip:
    """A year, ready to draw and ready to read."""

    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    months: tuple[MonthStart, ...]
    counts: tuple[MonthCount, ...]
    baskets: int
    words: int


def strip_of(card: Card) -> Strip:
    """The year that ends on the card's day; marks outside of it are left out."""
    last = day_number(card.on)
    first = last - YEAR_DAYS + 1
    marks = [mark for mark in card.year if first <= mark.day <= last]
    bars = tuple(_bar(_x(m.day, first), m.height) for m in marks if m.is_basket)
    dots = tuple(Dot(_x(m.day, first), m.is_answered) for m in marks if not m.is_basket)
    months = [month for month in _months(first, last) if month >= first]
    starts = tuple(MonthStart(_x(day, first), day, place % 3 != 0) for place, day in enumerate(months) if _x(day, first) < ROOM_FOR_A_NAME)
    return Strip(bars, dots, starts, tuple(_counts(card, first, last)), len(bars), len(dots))


def _x(day: int, first: int) -> float:
    """Percent of the width, with half a percent of air on both sides."""
    return round(0.5 + 99 * (day - first) / (YEAR_DAYS - 1), 2)


def _bar(x: float, fullness: float) -> Bar:
    height = round(SHORTEST + (TALLEST - SHORTEST) * min(max(fullness, 0.0), 1.0), 1)
    return Bar(x, round(GROUND - height, 1), height)


def _months(first: int, last: int) -> list[int]:
    """The first days of every month that the span touches."""
    start, days = date_of(first).replace(day=1), []
    while day_number(start) <= last:
        days.append(day_number(start))
        start = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return days


def _counts(card: Card, first: int, last: int) -> list[MonthCount]:
    rows = []
    for begin in _months(first, last):
        month = date_of(begin)
        marks = [m for m in card.year if first <= m.day <= last and date_of(m.day).replace(day=1) == month]
        words = [m for m in marks if not m.is_basket]
        rows.append(MonthCount(begin, len(marks) - len(words), len(words), sum(m.is_answered for m in words)))
    return rows
