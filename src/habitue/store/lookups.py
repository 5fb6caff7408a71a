"""The look-up tables that judgement joins instead of computing: decay by age, the calendar, the weekday test."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from math import comb

from habitue.words.clock import date_of

HALF_LIFE_DAYS = 90
OLDEST_DAYS = 730
MOST_VISITS = 182
WEEKDAY_LEVEL = 0.01 / 7

Rows = list[tuple[int, ...]]


@cache
def decay() -> Rows:
    """Weight by age in days, in thousandths: 1000 today, half after 90 days, down to two years."""
    return [(age, round(1000 * 2 ** (-age / HALF_LIFE_DAYS))) for age in range(OLDEST_DAYS + 1)]


def calendar(from_day: int, until_day: int) -> Rows:
    """Day number and month-day (MMDD) of each day; 29 February is kept on the 28th in common years."""
    rows: Rows = []
    for day in range(from_day, until_day + 1):
        on = date_of(day)
        rows.append((day, on.month * 100 + on.day))
        if (on.month, on.day) == (2, 28) and (on + timedelta(days=1)).month == 3:
            rows.append((day, 229))
    return rows


@cache
def weekday_test() -> Rows:
    """How many of n visits must fall on one weekday to be more than chance.

    Units: visits; one-sided binomial test with p = 1/7 at .01, divided by the seven days tried (Bonferroni).
    """
    return [(visits, _needed(visits)) for visits in range(1, MOST_VISITS + 1)]


def _needed(visits: int) -> int:
    tail = 0.0
    for hits in range(visits, -1, -1):
        tail += comb(visits, hits) * (1 / 7) ** hits * (6 / 7) ** (visits - hits)
        if tail > WEEKDAY_LEVEL:
            return hits + 1
    return 0
