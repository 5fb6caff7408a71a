"""Importing people: who they are, what judgement may know of them, and their names and addresses in the one place for those."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from habitue.app.imports.desk import Desk, Row
from habitue.app.imports.leave import Leaves
from habitue.app.imports.whose import SHARED, known_or_new, refused
from habitue.consent.living import law_country
from habitue.consent.model import MARKETING
from habitue.consent.suppression import suppress_told
from habitue.events.model import CustomerDescribed
from habitue.identity.dead_addresses import dead_addresses, dead_for, is_written_to
from habitue.identity.model import Holders, Person, Revision, SharedKind, Who
from habitue.identity.proposals import propose_sharers
from habitue.identity.records import add_identifiers, keep_people, revisions_of, told_of, who_have, who_is
from habitue.identity.rules import as_described, is_described, normalised
from habitue.identity.visitors import Newcomer, join_visitors, visitor_key
from habitue.words.clock import instant_of
from habitue.words.country import country_code
from habitue.words.vocabulary import Channel, Purpose

PERSON_FIELDS = ("title", "given_name", "family_name", "email", "phone", "street", "postcode", "city", "country", "language")
CHANNELS = {"email": Channel.EMAIL, "sms": Channel.SMS}
Anew = tuple[Row, Who, SharedKind]
"""A row that tells an address of somebody known which was not known to be hers."""
IDENTIFIED_BY: tuple[SharedKind, ...] = ("email", "phone", "card")


def import_customers(desk: Desk, rows: list[Row]) -> None:
    """Each row describes one customer, new or known; what the file has no column for stays as it was.

    The first description counts from her first day, a later one from `known_at`, or else from now.
    Where one customer stands twice in a batch, the last row wins; what each says of being written to counts.
    """
    by, zone, country = desk.mapping.customers_by, desk.mapping.zone, desk.mapping.country
    rows = _named(desk, rows)
    last = {row["customer"]: row for row in rows}
    for row in rows:
        if row is not last[row["customer"]]:
            desk.same(row)
    known = who_is(desk.truth, by, last, country)
    first_seen = {key: _first_seen(desk, row) for key, row in last.items()}
    who = known_or_new(desk.truth, by, first_seen, zone, country)
    if by == "customer":
        fresh = [key for key in last if key not in known]
        newcomers = [(who[key], normalised("email", last[key].get("email") or ""), last[key].get("given_name") or "") for key in fresh]
        join_visitors(desk.truth, [Newcomer(*each, desk.now) for each in newcomers])
        who |= who_is(desk.truth, by, fresh)
    numbers = {number for each in who.values() for number in (each.profile_id, each.customer_id)}
    before, revisions = told_of(desk.truth, numbers), revisions_of(desk.truth, numbers)
    # what is said of her is kept by her own profile; of one that is a device of hers, by her first
    home = {key: replace(each, profile_id=each.profile_id if each.profile_id in revisions else each.customer_id) for key, each in who.items()}
    persons: dict[int, Person] = {}
    dead = dead_addresses(desk.truth, numbers) | dead_for(desk.truth, [(row.get("email") or "", home[key].profile_id) for key, row in last.items()])
    for key, row in last.items():
        number = home[key].profile_id
        person = _person(desk, row, persons.get(number, before.get(number, Person())))
        if person != before.get(number, Person()):
            persons[number] = person
        if not _describe(desk, row, home[key], revisions[number], person, dead):  # then no event tells what became of the row
            desk.news(row) if key not in known or number in persons else desk.same(row)
    desk.people_new += sum(key not in known for key in last)
    desk.people_changed += sum(key in known and home[key].profile_id in persons for key in last)
    keep_people(desk.truth, persons)
    anew: list[Anew] = []
    for kind in IDENTIFIED_BY:
        told = [(row[kind], who[key].profile_id) for key, row in last.items() if row.get(kind)]
        held = who_have(desk.truth, kind, {last[key][kind] for key in known if last[key].get(kind)}, country)
        anew += [(last[key], who[key], kind) for key in known if last[key].get(kind) and not _has(held.get(last[key][kind]), who[key])]
        add_identifiers(desk.truth, kind, told, country)
        propose_sharers(desk.truth, kind, {value for value, _ in told}, desk.now, country)
    told_of_whom = {each.customer_id for key, each in who.items() if home[key].profile_id in persons} | {each.customer_id for _, each, _ in anew}
    suppress_told(desk.truth, told_of_whom, desk.now)
    _leaves(desk, rows, who, anew)


def _has(held: Holders | None, who: Who) -> bool:
    """Whether one of these is her."""
    return held is not None and any(each.profile_id == who.profile_id for each in held.who)


def _named(desk: Desk, rows: list[Row]) -> list[Row]:
    """The rows that name one person; the others are set aside."""
    reasons = refused(desk.truth, desk.mapping.customers_by, {row["customer"] for row in rows}, desk.mapping.country)
    for row in rows:
        if reason := reasons.get(row["customer"]):
            desk.reject(row, reason)
            desk.shared += [row] if reason == SHARED else []
    return [row for row in rows if row["customer"] not in reasons]


def _leaves(desk: Desk, rows: list[Row], who: dict[str, Who], anew: list[Anew]) -> None:
    """What the rows say of being written to; every no before any yes, so that their order decides nothing. An address told anew brings its own noes."""
    told = [(row, channel) for row in (*rows, *desk.shared) for channel in CHANNELS if row.get(f"agrees_{channel}") is not None]
    holders = desk.holders(row for row, _ in told)
    named = [who[row["customer"]] for row, _ in told if row["customer"] in who]
    leaves = Leaves(desk, [*named, *(each for held in holders.values() for each in held), *(each for _, each, _ in anew)])
    for row, channel in told:
        if not row[f"agrees_{channel}"]:
            leaves.refuse(row, holders.get(row["customer"]) or [who[row["customer"]]], *_said(desk, row, channel, "did not agree, or left"))
    for row, her, kind in anew:
        leaves.told_anew(row, her, kind, f"{desk.origin}: somebody with the same {kind} did not agree, or left")
    for row, channel in told:
        if row[f"agrees_{channel}"] and row["customer"] in who:
            leaves.agree(row, who[row["customer"]], *_said(desk, row, channel, "agreed"))


def _said(desk: Desk, row: Row, channel: str, what: str) -> tuple[tuple[Purpose, ...], Channel, int | None, str]:
    """The purposes, the way, the instant and the proof of one answer in a row."""
    column = desk.run.columns.get(f"agrees_{channel}")
    return MARKETING, CHANNELS[channel], row.get(f"agrees_{channel}_at"), f"{desk.origin}: {what}{f' ({column})' if column else ''}"


def _first_seen(desk: Desk, row: Row) -> int:
    """The earliest instant that the row gives for her; without any, now."""
    given: list[int] = [row["known_at"]] if row.get("known_at") is not None else []
    if row.get("since") is not None:
        given.append(instant_of(row["since"], 0, desk.mapping.zone))
    return min(given, default=desk.now)


def _person(desk: Desk, row: Row, before: Person) -> Person:
    """Her name and addresses. An export's empty cells empty nothing, nor does any her country, whose law protects her; and a tool that knows her by her
    address alone only fills gaps.
    """
    told: dict[str, Any] = {name: row[name] or "" for name in PERSON_FIELDS if row.get(name) or (name in row and name != "country")}
    if desk.mapping.is_tidied:
        is_filling = desk.mapping.customers_by != "customer"
        told = {name: text for name, text in told.items() if text and not (is_filling and getattr(before, name))}
    return replace(before, **told)


def _describe(desk: Desk, row: Row, who: Who, revisions: list[Revision], person: Person, dead: set[tuple[int, str]]) -> bool:
    """Takes down what is new of her for judgement; says whether anything is. An address that letters come back from reaches nobody, however often told."""
    old = revisions[-1]
    has = {
        "has_email": bool(person.email),
        "has_sms": bool(person.phone),
        "has_phone": bool(person.phone),
        "has_post": bool(person.street and (person.postcode or person.city)),
    }
    told = {name: bool(row[name]) for name in has if row.get(name) is not None}
    told |= {} if is_written_to(person.email, who.profile_id, dead) or not person.email else {"has_email": False}
    birthday = row.get("birthday") or (old.birthday_mmdd if desk.mapping.is_tidied else 0)
    since = row["since"] if row.get("since") is not None else old.since_day
    event = CustomerDescribed(
        since_day=min(since, old.since_day) if desk.mapping.is_tidied else since,  # her first order may be older than her account
        birthday_mmdd=birthday if "birthday" in row else old.birthday_mmdd,
        **{**has, **{name: bool(getattr(old, name)) for name in has if not _tells(name, row)}, **told},
        country=law_country(person.country) if row.get("country") else country_code(old.country),
    )
    if event == as_described(old):
        return False
    first = not any(map(is_described, revisions))
    known_at = row.get("known_at") or (revisions[0].known_at if first else max(desk.now, old.known_at))
    desk.tell({**row, "at": known_at, "id": f"{_key(desk, row)} described after {old.seq}"}, who, event)
    return True


def _key(desk: Desk, row: Row) -> str:
    """By what an event's id may name her: never by an address."""
    return str(row["customer"]) if desk.mapping.customers_by == "customer" else visitor_key(normalised("email", row["customer"]))


def _tells(name: str, row: Row) -> bool:
    """Whether the row has a column from which the flag follows."""
    columns = {"has_email": ("email",), "has_sms": ("phone",), "has_phone": ("phone",), "has_post": ("street",)}
    return name in row or any(column in row for column in columns[name])
