"""The log as people and programs read it: what is in it, and who the customers are."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from habitue.consent.records import may_keep_health
from habitue.events.model import AnyEvent, PreferenceStated, event_of
from habitue.identity.model import Person
from habitue.identity.records import keys_of, people
from habitue.store import Truth, sql_text

ROWS_A_PAGE = 1_000


class Logged(msgspec.Struct, frozen=True):
    """One event of the log. Units: `at` and `known_at` are UTC seconds; `customer_key` is empty where nobody is named."""

    seq: int
    at: int
    known_at: int
    source: str
    name: str
    message_id: str
    customer_key: str
    body: AnyEvent


class Known(msgspec.Struct, frozen=True):
    """One customer, by the number of her first profile; those of the others beside it. Units: `since_day` is a local day number."""

    customer_key: str
    other_keys: list[str]
    since_day: int
    name: str
    events: int


def logged(truth: Truth, since: int = 0, now: int = 0) -> Iterator[Logged]:
    """Everything that was written after a write number, oldest first. What touches her health says nothing where she gives no leave for that now.

    Units: `now` is UTC seconds; at 0 nobody had given any leave.
    """
    while rows := truth.run(sql_text("events", "events_since"), (since, ROWS_A_PAGE)):
        for seq, at, known_at, source, name, message_id, key, body, profile in rows:
            yield Logged(seq, at, known_at, source, name, message_id, key or "", _readable(truth, event_of(body), profile, now))
        since = rows[-1][0]


def _readable(truth: Truth, event: AnyEvent, profile: int, now: int) -> AnyEvent:
    if isinstance(event, PreferenceStated) and event.is_about_health and not may_keep_health(truth, profile, now):
        return msgspec.structs.replace(event, item_key="", feeling=0, said_where="", quote="", word="")
    return event


def everybody(truth: Truth) -> Iterator[Known]:
    """Every customer, in the order in which we came to know them."""
    last = 0
    while rows := truth.run(sql_text("app", "customers_known"), (last, ROWS_A_PAGE)):
        numbers = [row[0] for row in rows]
        keys, persons = keys_of(truth, numbers), people(truth, numbers)
        for number, since_day, events in rows:
            person = persons.get(number, Person())
            yield Known(keys[number][0], keys[number][1:], since_day, f"{person.given_name} {person.family_name}".strip(), events)
        last = rows[-1][0]
