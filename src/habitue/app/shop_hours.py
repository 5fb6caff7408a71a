"""The hours in which the shop answers: as its settings say, without the public holidays of its country and the days on which it is closed besides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from habitue.consent.law.calendar import is_holiday
from habitue.dialogue.promise import due_at
from habitue.dialogue.promise import open_seconds as open_between
from habitue.store import Settings
from habitue.words.opening import Closing, Span, closings_of, opening_of
from habitue.words.vocabulary import Thread


def promised_at(settings: Settings, since: int, kind: Thread) -> int:
    """Until when whoever writes, or complains, is answered. Units: UTC seconds."""
    return due_at(since, promised_hours(settings, kind), *_hours(settings))


def promised_hours(settings: Settings, kind: Thread) -> int:
    """Within how many open hours that is."""
    return settings.complaint_hours if kind == Thread.COMPLAINT else settings.answer_hours


def soon_at(settings: Settings, since: int, kind: Thread) -> int:
    """One open hour before. Units: UTC seconds."""
    return due_at(since, promised_hours(settings, kind) - 1, *_hours(settings))


def open_seconds(settings: Settings, since: int, until: int) -> int:
    """How long the shop was open between two instants. Units: UTC seconds."""
    return open_between(since, until, *_hours(settings))


def opens_at(settings: Settings, at: int) -> int:
    """The first instant from that one on at which the shop is open: that one itself, where it is. Units: UTC seconds."""
    return due_at(at, 0, *_hours(settings))


def _hours(settings: Settings) -> tuple[tuple[Span, ...], str, Callable[[date], bool]]:
    opening, closings = opening_of(settings.opening), closings_of(settings.closed)

    def is_off(on: date) -> bool:
        return is_closed(closings, on) or (bool(opening) and is_holiday(settings.country, on))

    return opening, settings.zone, is_off


def is_closed(closings: tuple[Closing, ...], on: date) -> bool:
    """Whether the shop is closed on a day, beside its weekdays and public holidays."""
    return any(closing.from_on <= on <= closing.until_on for closing in closings)
