"""The hours in which the shop answers: as its settings say, without the public holidays of its country and the days on which it is closed besides.

A day with hours of its own has these, whatever else is said of it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec

from habitue.consent.law.calendar import is_holiday
from habitue.dialogue.promise import Instead, due_at
from habitue.dialogue.promise import open_seconds as open_between
from habitue.store import Settings
from habitue.words.clock import date_of, local_day_and_hour
from habitue.words.opening import Closing, Span, closings_of, opening_of, special_of
from habitue.words.vocabulary import Thread


def promised_at(settings: Settings, since: int, kind: Thread) -> int:
    """Until when whoever writes, or complains, is answered. Units: UTC seconds."""
    return _due_at(_told(settings), since, promised_hours(settings, kind))


def would_be_promised_at(settings: Settings, since: int, kind: Thread) -> int:
    """The same, were the shop not closed beside its weekdays and public holidays."""
    return promised_at(msgspec.structs.replace(settings, closed=""), since, kind)


def closing_at(settings: Settings, at: int) -> Closing | None:
    """The closing into which an instant falls."""
    on = date_of(local_day_and_hour(at, settings.zone)[0])
    return next((each for each in closings_of(settings.closed) if _is_in(on, each)), None)


def promised_hours(settings: Settings, kind: Thread) -> int:
    """Within how many open hours that is."""
    return settings.complaint_hours if kind == Thread.COMPLAINT else settings.answer_hours


def soon_at(settings: Settings, since: int, kind: Thread) -> int:
    """One open hour before. Units: UTC seconds."""
    return _due_at(_told(settings), since, promised_hours(settings, kind) - 1)


def open_seconds(settings: Settings, since: int, until: int) -> int:
    """How long the shop was open between two instants. Units: UTC seconds."""
    return _open_seconds(_told(settings), since, until)


def opens_at(settings: Settings, at: int) -> int:
    """The first instant from that one on at which the shop is open: that one itself, where it is. Units: UTC seconds."""
    return due_at(at, 0, *_hours(_told(settings)))


Told = tuple[str, str, str, str, str]
"""What the settings say of it: opening, closed, special hours, country and zone."""
MOST_REMEMBERED = 32_768
"""Answers that a process remembers: the inbox's page asks the same of every matter of twelve weeks, at each view."""


def _told(settings: Settings) -> Told:
    return settings.opening, settings.closed, settings.special_hours, settings.country, settings.zone


@lru_cache(MOST_REMEMBERED)
def _due_at(told: Told, since: int, hours: int) -> int:
    return due_at(since, hours, *_hours(told))


@lru_cache(MOST_REMEMBERED)
def _open_seconds(told: Told, since: int, until: int) -> int:
    return open_between(since, until, *_hours(told))


@lru_cache(64)
def _hours(told: Told) -> tuple[tuple[Span, ...], str, Instead]:
    opening, closings, special = opening_of(told[0]), closings_of(told[1]), special_of(told[2])
    country, zone_name = told[3:]

    def instead_on(on: date) -> tuple[Span, ...] | None:
        if own := [Span(on.isoweekday(), each.from_seconds, each.until_seconds) for each in special if _is_in(on, each.days)]:
            return tuple(sorted(own, key=lambda span: span.from_seconds))
        return () if any(_is_in(on, each) for each in closings) or (opening and is_holiday(country, on)) else None

    return opening, zone_name, instead_on


def _is_in(on: date, days: Closing) -> bool:
    return days.from_on <= on <= days.until_on
