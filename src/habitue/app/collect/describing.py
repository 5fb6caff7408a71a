"""What an identify tells of a person: her names and addresses into their one place, and for judgement only that they exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from habitue.app.collect.letters import Letter
from habitue.consent.living import law_country
from habitue.consent.suppression import suppress_told
from habitue.events.lookup import look_up
from habitue.events.model import CustomerDescribed
from habitue.identity.dead_addresses import dead_addresses, dead_for, is_written_to
from habitue.identity.model import Person, Revision, SharedKind, Who
from habitue.identity.proposals import propose_sharers
from habitue.identity.records import add_identifiers, keep_people, revisions_of, told_of, whose
from habitue.identity.rules import as_described, as_told
from habitue.store import Truth
from habitue.words.country import UNREADABLE, country_code
from habitue.words.naming import CARD_FIELDS, PHONE_FIELDS

TRAITS: dict[str, tuple[str, ...]] = {
    "given_name": ("firstName", "first_name", "firstname", "givenName", "given_name"),
    "family_name": ("lastName", "last_name", "lastname", "familyName", "family_name"),
    "email": ("email",),
    "phone": PHONE_FIELDS,
    "language": ("language", "locale"),
}
ADDRESS: dict[str, tuple[str, ...]] = {
    "street": ("street", "address1", "line1"),
    "postcode": ("postalCode", "postal_code", "postcode", "zip"),
    "city": ("city",),
    "country": ("country",),
}
BIRTHDAY = ("birthday", "birthdate", "birth_date")
IDENTIFYING: dict[SharedKind, tuple[str, ...]] = {"email": TRAITS["email"], "phone": TRAITS["phone"], "card": CARD_FIELDS}
LONGEST = 200


class Describing:
    """The people of one batch; inside the transaction that records it."""

    def __init__(self, truth: Truth, whom: Iterable[Who], country: str) -> None:
        self.truth, self.country = truth, country
        profiles = {who.profile_id for who in whom}
        self.users: dict[int, int] = dict(look_up(truth, "identity", "users_of_devices", profiles))
        numbers = profiles | set(self.users.values())
        self.revisions: dict[int, Revision] = {number: every[-1] for number, every in revisions_of(truth, numbers).items()}
        self.people, self.dead = told_of(truth, numbers), dead_addresses(truth, numbers)
        self.changed: dict[int, Person] = {}
        self.identifiers: list[tuple[SharedKind, str, Who, int, bool]] = []

    def home(self, who: Who) -> int:
        """The profile that keeps what is said of her: her own, or for a device that of whoever said that she uses it."""
        return self.users.get(who.profile_id, who.profile_id)

    def told(self, letter: Letter, who: Who) -> CustomerDescribed | None:
        """What is new for judgement in what a message says of her; her person is kept aside until `settle`.

        A browser fills what nobody has told; a server of the brand replaces it.
        """
        home = self.home(who)
        old = self.revisions.get(home)
        if old is None:  # nobody knows whom this is about
            return None
        traits = letter.traits
        before = self.people.get(home, Person())
        told = {name: text for name, text in person_told(traits).items() if letter.source.is_server or not getattr(before, name)}
        person = replace(before, **told)
        if person != before:
            self.people[home] = self.changed[home] = person
        if person.email != before.email:
            self.dead |= dead_for(self.truth, [(person.email, home)])
        self._identified(traits, who, letter)
        mmdd = _birthday(traits)
        event = CustomerDescribed(
            since_day=old.since_day,
            birthday_mmdd=mmdd if mmdd and (letter.source.is_server or not old.birthday_mmdd) else old.birthday_mmdd,
            has_email=bool(old.has_email) if not person.email else is_written_to(person.email, home, self.dead),
            has_sms=bool(old.has_sms or person.phone),
            has_post=bool(old.has_post or (person.street and (person.postcode or person.city))),
            has_phone=bool(old.has_phone or person.phone),
            country=self._country(told["country"], letter) if "country" in told else country_code(old.country),
        )
        if event == as_described(old):
            return None
        self.revisions[home] = as_told(old, event)
        return event

    def _country(self, text: str, letter: Letter) -> str:
        """By whose law she is written to. What a browser alone tells may ask for her yes, and never spare it: of another country than ours nothing is known."""
        country = law_country(text)
        return country if letter.source.is_server or country == law_country(self.country) else UNREADABLE

    def _identified(self, traits: dict[str, Any], who: Who, letter: Letter) -> None:
        for kind, names in IDENTIFYING.items():
            if text := _first(traits, names):
                self.identifiers.append((kind, text, who, letter.received_at, letter.source.is_server))

    def settle(self, now: int) -> None:
        """Keeps the people, and lets their addresses recognise them; one that several customers have names nobody, and proposes them to a person.

        Units: `now` is when the last of them was received, in UTC seconds.
        """
        keep_people(self.truth, self.changed)
        for kind in IDENTIFYING:
            told = [(text, self.home(who), at, is_server) for each, text, who, at, is_server in self.identifiers if each == kind]
            for is_vouched in (True, False):
                values = [(text, home) for text, home, _, is_server in told if is_server == is_vouched]
                add_identifiers(self.truth, kind, values, self.country, is_vouched)
            if told:
                propose_sharers(self.truth, kind, {text for text, *_ in told}, max(at for _, _, at, _ in told), self.country)
        if profiles := self.changed.keys() | {self.home(who) for _, _, who, _, _ in self.identifiers}:
            suppress_told(self.truth, {who.customer_id for who in whose(self.truth, profiles).values()}, now)


def person_told(traits: dict[str, Any]) -> dict[str, str]:
    """What the traits tell of names and addresses, by the fields of `Person`."""
    address = traits.get("address")
    found = {name: _first(traits, names) for name, names in TRAITS.items()}
    if isinstance(address, dict):
        found |= {name: _first(address, names) for name, names in ADDRESS.items()}
    if not found["given_name"] and not found["family_name"] and (name := _first(traits, ("name",))):
        found["given_name"], _, found["family_name"] = name.partition(" ")
    found["language"] = found["language"][:2].lower()
    known = {field.name for field in fields(Person)}
    return {name: text for name, text in found.items() if text and name in known}


def _first(traits: dict[str, Any], names: Iterable[str]) -> str:
    for name in names:
        value = traits.get(name)
        text = str(value).replace("\0", "").strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if text and len(text) <= LONGEST:
            return text
    return ""


def _birthday(traits: dict[str, Any]) -> int:
    """Month × 100 + day; 0 where none, or none that can be read, is told."""
    text = _first(traits, BIRTHDAY)
    try:
        on = date.fromisoformat(f"2000-{text}" if len(text) == len("02-29") else text[:10])
    except ValueError:
        return 0
    return on.month * 100 + on.day
