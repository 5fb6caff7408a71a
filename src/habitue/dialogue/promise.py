"""Until when we owe an answer: so many hours in which the shop is open, in its zone, without its holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from habitue.words.clock import date_of, instant_of, local_day_and_hour, weekday_of
from habitue.words.opening import HOUR_SECONDS, Span

DAYS_LOOKED_AHEAD = 400
"""A shop that is not open for longer promises no answer by its hours."""


def due_at(since: int, hours: int, opening: tuple[Span, ...], zone_name: str, is_holiday: Callable[[date], bool]) -> int:
    """The instant until which an answer is promised: so many hours after she wrote, counted while the shop is open; without opening hours, every hour counts.

    Units: UTC seconds. A clock that is turned takes or gives no hour: what counts is the time that passes.
    """
    left = hours * HOUR_SECONDS
    if not opening:
        return since + left
    at = since
    first, _ = local_day_and_hour(since, zone_name)
    for day in range(first, first + DAYS_LOOKED_AHEAD):
        if is_holiday(date_of(day)):
            continue
        for span in opening:
            if span.weekday == weekday_of(day):
                begins, ends = (_instant(day, seconds, zone_name) for seconds in (span.from_seconds, span.until_seconds))
                begins = max(begins, at)
                if begins < ends:
                    if left <= ends - begins:
                        return begins + left
                    left -= ends - begins
                    at = ends  # spans that overlap count once
    return since + hours * HOUR_SECONDS


def _instant(day: int, seconds: int, zone_name: str) -> int:
    if seconds == 24 * HOUR_SECONDS:
        return instant_of(day + 1, 0, zone_name)
    return instant_of(day, seconds // HOUR_SECONDS, zone_name) + seconds % HOUR_SECONDS
