"""How an identifier is written so that the same address always reads the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from habitue.events.model import CustomerDescribed
from habitue.identity.model import IdentifierKind, Person, Revision
from habitue.words.country import country_code, country_number

TWO_LETTERS = str.maketrans({"œ": "oe", "æ": "ae"})
BETWEEN_DIGITS = str.maketrans("", "", " -.\u00a0\u202f")
TOLD_TOGETHER = (("title", "given_name", "family_name"), ("email",), ("phone",), ("street", "postcode", "city", "country"), ("language",))
"""What belongs together in a person: a name is never put together from two, nor an address."""


def normalised(kind: IdentifierKind, value: str, country: str = "") -> str:
    """An identifier in its one spelling: e-mail addresses in small letters, telephone numbers as E.164, cards without spaces and dashes.

    A number that names no country is read as one of `country` (ISO 3166); where it can be none there, its digits are kept as they are.
    Source: ITU-T E.164.
    """
    value = value.strip()
    if kind == "email":
        return unicodedata.normalize("NFC", value.lower())  # not folded: “straße.de” and “strasse.de” are two houses
    if kind == "phone":
        return _phone(value, country)
    if kind == "card":
        return value.translate(BETWEEN_DIGITS).casefold()
    return value


def _phone(value: str, country: str) -> str:
    import phonenumbers  # a tenth of a second that most commands need not wait

    try:
        number = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is not None and phonenumbers.is_possible_number(number):
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    digits = "".join(sign for sign in value if sign.isdigit())
    return "+" + digits if value.startswith("+") and digits else digits


def plain(text: str) -> str:
    """Letters and digits alone, small and without accents: how a name or a street compares, however it was typed."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold().translate(TWO_LETTERS)) if sign.isalnum())


def letter_address(person: Person) -> str:
    """How a letter to her is addressed, in one spelling: her name, street and postcode; nothing where one of them is unknown.

    Another order of her names is the same letter, and so are hyphens, apostrophes and spaces in them; another abbreviation of the street is not.
    """
    name = "".join(sorted(plain(f"{person.given_name}{person.family_name}")))
    parts = (name, plain(person.street), plain(person.postcode))
    return " ".join(parts) if all(parts) else ""


def is_described(revision: Revision) -> bool:
    """Whether anybody ever told us more of her than that she bought."""
    return any((revision.birthday_mmdd, revision.has_email, revision.has_sms, revision.has_post, revision.has_phone, revision.country))


def as_described(revision: Revision) -> CustomerDescribed:
    """What a revision tells, as the event by which it was told."""
    has = {name: bool(getattr(revision, name)) for name in ("has_email", "has_sms", "has_post", "has_phone")}
    return CustomerDescribed(revision.since_day, revision.birthday_mmdd, **has, country=country_code(revision.country))


def as_told(before: Revision, event: CustomerDescribed) -> Revision:
    """A revision as it is once that was told."""
    has = {name: int(getattr(event, name)) for name in ("has_email", "has_sms", "has_post", "has_phone")}
    return replace(before, since_day=event.since_day, birthday_mmdd=event.birthday_mmdd, **has, country=country_number(event.country))


def one_person(told: Sequence[Person]) -> Person:
    """The person whom several profiles tell of: each thing as the first that knows it tells it."""
    whole = Person()
    for names in TOLD_TOGETHER:
        parts: list[dict[str, Any]] = [{name: getattr(person, name) for name in names} for person in told]
        whole = replace(whole, **next((part for part in parts if any(part.values())), {}))
    return whole
