"""Where to tell of a case that another system passed on: kept with it, and dropped with the last that there is to tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from habitue.store import Truth, sql_text

MOST_CALLBACKS = 5


@dataclass(frozen=True, slots=True)
class Callback:
    """One address, and which status it was told. Units: `due_at` in UTC seconds; `attempts` counts those in vain since then."""

    number: int
    url: str
    told: str
    attempts: int
    due_at: int


def keep_callbacks(truth: Truth, number: int, urls: Iterable[str], told: str) -> None:
    """Keeps where to tell of a case, and which status is known there already: five addresses at most, however often it comes. Inside a transaction."""
    known = {url for (url,) in truth.run(sql_text("consent", "case_callbacks"), (number,))}
    fresh = [url for url in dict.fromkeys(urls) if url not in known][: max(MOST_CALLBACKS - len(known), 0)]
    truth.run_many(sql_text("consent", "add_case_callback"), [(number, url, told) for url in fresh])


def due_callbacks(truth: Truth, now: int) -> list[Callback]:
    """Every address at which it is time to look whether there is anything new to tell."""
    return [Callback(*row) for row in truth.run(sql_text("consent", "due_case_callbacks"), (now,))]


def claim(truth: Truth, callback: Callback, next_at: int) -> bool:
    """Takes the next attempt, unless somebody else has; without a word of how it ended, it comes again at that instant."""
    row = next_at, callback.number, callback.url, callback.attempts, callback.due_at
    return bool(truth.run(sql_text("consent", "claim_case_callback"), row))


def settle(truth: Truth, callback: Callback, told: str, is_last: bool) -> None:
    """Keeps what was told; after the last there is nothing to keep."""
    if is_last:
        truth.run(sql_text("consent", "drop_case_callback"), (callback.number, callback.url))
    else:
        truth.run(sql_text("consent", "set_case_callback"), (told, callback.number, callback.url))
