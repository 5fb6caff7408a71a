"""Until when we owe an answer: so many hours in which the shop is open, in its zone, without its holidays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import takewhile

from habitue.words.clock import date_of, instant_of, local_day_and_hour, weekday_of
from habitue.words.opening import HOUR_SECONDS, Span

EVERY_HOUR = tuple(Span(weekday, 0, 24 * HOUR_SECONDS) for weekday in range(1, 8))
"""A shop that says no hours counts all of them."""
DAYS_LOOKED_AHEAD = 400
"""A shop that is not open for longer promises no answer by its hours."""

Instead = Callable[[date], tuple[Span, ...] | None]
"""In which spans the shop is open on a date, instead of those of its weekday: none on a day off; None where the date is as its weekday."""


def due_at(since: int, hours: int, opening: tuple[Span, ...], zone_name: str, instead_on: Instead) -> int:
    """The instant until which an answer is promised: so many hours after she wrote, counted while the shop is open; without opening hours, every hour counts
    but those of the days off. With 0 `hours`, the first instant at which it is open.

    Units: UTC seconds. A clock that is turned takes or gives no hour: what counts is the time that passes.
    """
    left = hours * HOUR_SECONDS
    for begins, ends in _open_spans(since, DAYS_LOOKED_AHEAD, opening, zone_name, instead_on):
        if left <= ends - begins:
            return begins + left
        left -= ends - begins
    return since + hours * HOUR_SECONDS


def open_seconds(since: int, until: int, opening: tuple[Span, ...], zone_name: str, instead_on: Instead) -> int:
    """How long the shop was open between two instants. Units: UTC seconds."""
    first, last = (local_day_and_hour(each, zone_name)[0] for each in (since, max(since, until)))
    spans = _open_spans(since, last - first + 1, opening, zone_name, instead_on)
    return sum(min(ends, until) - begins for begins, ends in takewhile(lambda span: span[0] < until, spans))


def _open_spans(since: int, days: int, opening: tuple[Span, ...], zone_name: str, instead_on: Instead) -> Iterator[tuple[int, int]]:
    """From when to when the shop is open, from an instant on, for so many days; spans that overlap count once."""
    at = since
    first, _ = local_day_and_hour(since, zone_name)
    for day in range(first, first + days):
        instead = instead_on(date_of(day))
        for span in [span for span in opening or EVERY_HOUR if span.weekday == weekday_of(day)] if instead is None else instead:
            begins, ends = (_instant(day, seconds, zone_name) for seconds in (span.from_seconds, span.until_seconds))
            begins = max(begins, at)
            if begins < ends:
                yield begins, ends
                at = ends


def _instant(day: int, seconds: int, zone_name: str) -> int:
    if seconds == 24 * HOUR_SECONDS:
        return instant_of(day + 1, 0, zone_name)
    return instant_of(day, seconds // HOUR_SECONDS, zone_name) + seconds % HOUR_SECONDS
