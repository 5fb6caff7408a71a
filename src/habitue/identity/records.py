"""Reading and writing who is who: numbers given in sequence, one profile a customer, revisions that are only ever added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields, replace
from itertools import starmap
from operator import attrgetter

from habitue.events.lookup import look_up, take_numbers
from habitue.events.model import CustomerDescribed, Recorded
from habitue.identity.model import Holders, IdentifierKind, Person, Revision, Who
from habitue.identity.rules import as_told, is_described, letter_address, normalised, one_person
from habitue.store import Truth, sql_text
from habitue.words.clock import local_day_and_hour
from habitue.words.keys import bucket_hash, control_permille

_COLUMNS = attrgetter(*(field.name for field in fields(Revision)))


def who_is(truth: Truth, kind: IdentifierKind, values: Iterable[str], country: str = "") -> dict[str, Who]:
    """Whom these identifiers name, by the value as it was given; one that nobody has, or several people, is missing."""
    return {value: those.who[0] for value, those in who_have(truth, kind, values, country).items() if those.is_one}


def who_have(truth: Truth, kind: IdentifierKind, values: Iterable[str], country: str = "", vouched_only: bool = False) -> dict[str, Holders]:
    """All who have these identifiers, by the value as it was given; one that nobody has is missing. `vouched_only`: not whom a browser alone says it of."""
    spelt = {value: normalised(kind, value, country) for value in values}
    found: dict[str, Holders] = {}
    query = "vouched_identifiers" if vouched_only else "identifiers"
    for value, profile_id, customer_id, is_shared in look_up(truth, "identity", query, set(spelt.values()) - {""}, kind):
        before = found.get(value, Holders((), is_shared=False))
        found[value] = Holders((*before.who, Who(profile_id, customer_id)), before.is_shared or bool(is_shared))
    return {value: found[spelling] for value, spelling in spelt.items() if spelling in found}


def whose(truth: Truth, profile_ids: Iterable[int]) -> dict[int, Who]:
    """To whom these profiles belong now."""
    return {row[0]: Who(*row[:2]) for row in look_up(truth, "identity", "profiles", profile_ids)}


def welcome(truth: Truth, first_seen: Mapping[str, int], zone: str) -> dict[str, Who]:
    """Who these customers are, by key; the unknown become customers, the known are customers from their earliest fact on.

    Inside a transaction. Units: `first_seen` is the UTC second of the earliest fact we hold of each customer key.
    """
    known = who_is(truth, "customer", first_seen)
    _known_from(truth, {known[key].profile_id: at for key, at in first_seen.items() if key in known}, zone)
    fresh = [key for key in first_seen if key not in known]
    if not fresh:
        return known
    who = dict(zip(fresh, strangers(truth, len(fresh)), strict=True))
    truth.run_many(sql_text("identity", "add_identifier"), [("customer", key, w.profile_id, 1, "customer", key) for key, w in who.items()])
    seq = truth.next_seq(len(fresh))
    revisions = [_first_revision(key, who[key].profile_id, first_seen[key], seq + place, zone) for place, key in enumerate(fresh)]
    add_revisions(truth, revisions)
    return known | who


def strangers(truth: Truth, how_many: int) -> list[Who]:
    """Fresh profiles, each a customer of its own, of whom nothing is known yet: a customer bears the number of her first profile. Inside a transaction."""
    if not how_many:
        return []
    first = take_numbers(truth, "profile", how_many)
    fresh = [Who(number, number) for number in range(first, first + how_many)]
    truth.run_many(sql_text("identity", "add_profile"), [(who.profile_id, who.customer_id) for who in fresh])
    return fresh


def _first_revision(key: str, profile_id: int, at: int, seq: int, zone: str) -> Revision:
    day, _hour = local_day_and_hour(at, zone)
    return Revision(profile_id, at, seq, day, 0, 0, 0, 0, 0, 0, control_permille(key), bucket_hash(key))


def _known_from(truth: Truth, first_seen: Mapping[int, int], zone: str) -> None:
    """Where an earlier fact than any before has come in, she has been a customer since then, and every page of the past says so."""
    added: list[Revision] = []
    for profile_id, revisions in revisions_of(truth, first_seen).items():
        at = first_seen[profile_id]
        if at >= revisions[0].known_at:
            continue
        since = min(local_day_and_hour(at, zone)[0], revisions[0].since_day)
        added.append(replace(revisions[0], known_at=at, since_day=since))
        added += [replace(r, since_day=since) for r in revisions if r.since_day > since]
    if added:
        seq = truth.next_seq(len(added))
        add_revisions(truth, [replace(r, seq=seq + place) for place, r in enumerate(added)])


def revisions_of(truth: Truth, profile_ids: Iterable[int]) -> dict[int, list[Revision]]:
    """All that each of these profiles ever told, oldest first."""
    found: dict[int, list[Revision]] = defaultdict(list)
    for revision in starmap(Revision, look_up(truth, "identity", "revisions", profile_ids)):
        found[revision.profile_id].append(revision)
    return found


def add_revisions(truth: Truth, revisions: Sequence[Revision]) -> None:
    """Adds what is known from now on; inside a transaction."""
    truth.run_many(sql_text("identity", "add_customer_revision"), map(_COLUMNS, revisions))


def people(truth: Truth, customer_ids: Iterable[int]) -> dict[int, Person]:
    """The names and addresses of these customers, from all their profiles."""
    told: dict[int, list[Person]] = defaultdict(list)
    for customer, *rest in look_up(truth, "identity", "people", customer_ids):
        told[customer].append(Person(*rest))
    return {customer: one_person(persons) for customer, persons in told.items()}


def letter_addresses(truth: Truth, customer_ids: Iterable[int]) -> dict[int, set[str]]:
    """How letters to these customers are addressed, by any of their profiles, each in its one spelling."""
    found: dict[int, set[str]] = defaultdict(set)
    for customer, *rest in look_up(truth, "identity", "people", customer_ids):
        found[customer] |= {letter_address(Person(*rest))} - {""}
    return found


def address_to_write_to(truth: Truth, customer_id: int) -> str:
    """The first e-mail address that her profiles tell, that not only a browser told of her, since that may be somebody else's, and that letters do not come
    back from; empty where there is none.
    """
    hers = {number for number, _ in look_up(truth, "identity", "profiles_of_customers", [customer_id])}
    told = [Person(*rest).email for _, *rest in look_up(truth, "identity", "people", [customer_id])]
    return next((email for email in told if email and hers & _living(truth, email)), "")


def _living(truth: Truth, email: str) -> set[int]:
    return {profile for (profile,) in truth.run(sql_text("identity", "living_address"), (normalised("email", email),))}


def told_of(truth: Truth, profile_ids: Iterable[int]) -> dict[int, Person]:
    """The name and addresses that each of these profiles tells."""
    return {row[0]: Person(*row[1:]) for row in look_up(truth, "identity", "persons_told", profile_ids)}


def keys_of(truth: Truth, customer_ids: Iterable[int]) -> dict[int, list[str]]:
    """The customer numbers of these customers as sources know them, that of her first profile first."""
    found: dict[int, list[str]] = defaultdict(list)
    for customer, key in look_up(truth, "identity", "customer_keys", customer_ids):
        found[customer].append(key)
    return found


def keep_people(truth: Truth, persons: Mapping[int, Person]) -> None:
    """Writes or replaces what profiles tell of names and addresses; inside a transaction."""
    truth.run_many(sql_text("identity", "set_person"), [(number, *astuple(person)) for number, person in persons.items()])


def add_identifiers(truth: Truth, kind: IdentifierKind, values: Iterable[tuple[str, int]], country: str = "", is_vouched: bool = True) -> None:
    """Lets these values recognise these profiles; one that several people have names nobody. Inside a transaction.

    `is_vouched` is False where a browser alone tells them: anybody may write by the key that stands in a page, so nothing of hers is sent there.
    """
    rows = sorted({(kind, spelling, profile, int(is_vouched)) for value, profile in values if (spelling := normalised(kind, value, country))})
    truth.run_many(sql_text("identity", "add_identifier"), [(*row, *row[:2]) for row in rows])


def vouched(truth: Truth, kind: IdentifierKind, value: str) -> set[int]:
    """The profiles for which a file, a server or she herself has told that identifier: what is hers may be sent there."""
    return {profile for (profile,) in truth.run(sql_text("identity", "vouched"), (kind, normalised(kind, value)))}


def write_described(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Adds a revision for each description; control share and bucket stay what they were. Inside the transaction that recorded it.

    A later revision that says nothing of her yet must not hide the description, so it is told again with it.
    """
    before = revisions_of(truth, {record.what.profile_id for record in recorded})
    rows = []
    for record in recorded:
        event, revisions = record.what.event, before[record.what.profile_id]
        if not isinstance(event, CustomerDescribed):
            continue
        instants = {record.what.known_at} | {r.known_at for r in revisions if r.known_at > record.what.known_at and not is_described(r)}
        rows += [replace(as_told(revisions[-1], event), known_at=at, seq=record.seq) for at in instants]
    add_revisions(truth, rows)
