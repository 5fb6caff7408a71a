"""Importing people: who they are, what judgement may know of them, and their names and addresses in the one place for those."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from habitue.app.import_desk import Desk, Row
from habitue.events.model import CustomerDescribed
from habitue.identity.model import Person, Revision, SharedKind, Who
from habitue.identity.proposals import propose_sharers
from habitue.identity.records import add_identifiers, keep_people, revisions_of, told_of, welcome, who_is
from habitue.identity.rules import is_described
from habitue.words.clock import instant_of

PERSON_FIELDS = ("title", "given_name", "family_name", "email", "phone", "street", "postcode", "city", "country", "language")
IDENTIFIED_BY: tuple[SharedKind, ...] = ("email", "phone", "card")


def import_customers(desk: Desk, rows: list[Row]) -> None:
    """Each row describes one customer, new or known; what the file has no column for stays as it was.

    The first description counts from her first day, a later one from `known_at`, or else from now.
    Where one customer stands twice in a batch, the last row wins.
    """
    last = {row["customer"]: row for row in rows}
    desk.repeated += len(rows) - len(last)
    zone = desk.mapping.zone
    known = who_is(desk.truth, "customer", last)
    who = welcome(desk.truth, {key: _first_seen(desk, row) for key, row in last.items()}, zone)
    numbers = [each.profile_id for each in who.values()]
    before, revisions = told_of(desk.truth, numbers), revisions_of(desk.truth, numbers)
    persons: dict[int, Person] = {}
    for key, row in last.items():
        number = who[key].profile_id
        person = _person(row, before.get(number, Person()))
        is_described_anew = _describe(desk, row, who[key], revisions[number], person)
        if person != before.get(number, Person()):
            persons[number] = person
        if not is_described_anew:  # then no event counts it
            is_news = key not in known or number in persons
            desk.accepted += is_news
            desk.repeated += not is_news
    keep_people(desk.truth, persons)
    for kind in IDENTIFIED_BY:
        told = [(row[kind], who[key].profile_id) for key, row in last.items() if row.get(kind)]
        add_identifiers(desk.truth, kind, told, desk.mapping.country)
        propose_sharers(desk.truth, kind, {value for value, _ in told}, desk.now, desk.mapping.country)


def _first_seen(desk: Desk, row: Row) -> int:
    """The earliest instant that the row gives for her; without any, now."""
    given: list[int] = [row["known_at"]] if row.get("known_at") is not None else []
    if row.get("since") is not None:
        given.append(instant_of(row["since"], 0, desk.mapping.zone))
    return min(given, default=desk.now)


def _person(row: Row, before: Person) -> Person:
    told: dict[str, Any] = {name: row[name] or "" for name in PERSON_FIELDS if name in row}
    return replace(before, **told)


def _describe(desk: Desk, row: Row, who: Who, revisions: list[Revision], person: Person) -> bool:
    """Takes down what is new of her for judgement; says whether anything is."""
    old = revisions[-1]
    has = {
        "has_email": bool(person.email),
        "has_sms": bool(person.phone),
        "has_phone": bool(person.phone),
        "has_post": bool(person.street and (person.postcode or person.city)),
    }
    told = {name: bool(row[name]) for name in has if row.get(name) is not None}
    event = CustomerDescribed(
        since_day=row["since"] if row.get("since") is not None else old.since_day,
        birthday_mmdd=row["birthday"] or 0 if "birthday" in row else old.birthday_mmdd,
        **{**has, **{name: bool(getattr(old, name)) for name in has if not _tells(name, row)}, **told},
    )
    if event == CustomerDescribed(old.since_day, old.birthday_mmdd, *map(bool, (old.has_email, old.has_sms, old.has_post, old.has_phone))):
        return False
    first = not any(map(is_described, revisions))
    known_at = row.get("known_at") or (revisions[0].known_at if first else max(desk.now, old.known_at))
    desk.tell({**row, "at": known_at, "id": f"{row['customer']} described after {old.seq}"}, who, event)
    return True


def _tells(name: str, row: Row) -> bool:
    """Whether the row has a column from which the flag follows."""
    columns = {"has_email": ("email",), "has_sms": ("phone",), "has_phone": ("phone",), "has_post": ("street",)}
    return name in row or any(column in row for column in columns[name])
