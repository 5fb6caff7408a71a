"""Invents the people of the demo: names, addresses, birthdays, how they can be reached. The same household is the same person for ever.

The grocer's households have no names. Nothing here is drawn by chance: everything follows from a hash of the household's number, so two
machines invent the same shop. Streets and postcodes exist nowhere, e-mail stands at the domains that RFC 2606 (section 3) keeps for
examples, and telephone numbers are the 555-0100 to 555-0199 that the North American plan keeps for fiction.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from habitue.words.keys import positive_number
from habitue.workshop.cast import CAST, ROSA, SHARED_ADDRESS, THEO

WORDS = Path(__file__).with_name("invented_words.toml")
SINCE = date(2017, 1, 1)
"""All households are customers from the first day of the data."""
CITIES = (("Larkhaven", "00047"), ("Marrow Falls", "00048"), ("Quillport", "00061"), ("Easter Hollow", "00062"), ("Tamsin Bridge", "00073"))
DOMAINS = ("example.com", "example.net", "example.org")
AREA_CODES = (212, 315, 347, 516, 518, 585, 607, 631, 646, 716, 718, 845, 914, 917, 929, 203, 860, 201, 609, 732, 908, 973, 215, 267, 412)
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

HAS_EMAIL, HAS_PHONE, HAS_POST, HAS_BIRTHDAY = 780, 640, 960, 450
"""Of a thousand people, how many left an e-mail address, a telephone number, a postal address and a birthday."""


@dataclass(frozen=True)
class Person:
    """One invented person. Empty texts: she never told us; `birthday_mmdd` is month × 100 + day, 0 where unknown."""

    household: str
    title: str
    given_name: str
    family_name: str
    language: str
    email: str
    phone: str
    street: str
    postcode: str
    city: str
    birthday_mmdd: int


@dataclass(frozen=True)
class _Words:
    women: list[str]
    men: list[str]
    families: list[str]
    streets: list[str]


def permille(what: str, household: str) -> int:
    """0 to 999: where a household falls on the wheel of one question; the wheels of two questions turn independently."""
    return positive_number("demo", what, household) % 1000


def pick(what: str, household: str, among: Sequence[str]) -> str:
    """One of several, always the same for one household and question."""
    return among[positive_number("demo", what, household) % len(among)]


def people(households: Sequence[str], had_letters: Collection[str] = ()) -> list[Person]:
    """One person for each household, in the order given; whoever had a letter has a postal address.

    Telephone numbers are handed out in that order, because fiction has only a hundred in each area: at most 2,500 people can have one.
    """
    phones = iter(f"+1{area}55501{line:02d}" for line in range(100) for area in AREA_CODES)
    return [_person(household, household in had_letters, next(phones) if _leaves("phone", household, HAS_PHONE) else "") for household in households]


def _leaves(what: str, household: str, share: int) -> bool:
    """The cast has every address; of the others, so many in a thousand."""
    return household in CAST or permille(what, household) < share


def _person(household: str, had_letters: bool, phone: str) -> Person:
    title, given, family, language = _name(household)
    street, postcode, city = _address(household) if had_letters or _leaves("post", household, HAS_POST) else ("", "", "")
    mailbox = f"{given}.{family}.{household}".lower().replace(" ", "-")
    email = f"{mailbox}@{pick('domain', household, DOMAINS)}" if _leaves("email", household, HAS_EMAIL) else ""
    return Person(household, title, given, family, language, email, phone, street, postcode, city, _birthday(household))


def _name(household: str) -> tuple[str, str, str, str]:
    """Title, given name, family name and language."""
    if role := CAST.get(household):
        return role.title, role.given_name, role.family_name, role.language
    words = _words()
    is_woman = permille("woman", household) < 580
    given = pick("given", household, words.women if is_woman else words.men)
    return "Ms" if is_woman else "Mr", given, pick("family", household, words.families), "en"


def _address(household: str) -> tuple[str, str, str]:
    """Street, postcode and city; Rosa and Theo share theirs."""
    if household in (ROSA.household, THEO.household):
        return SHARED_ADDRESS
    city, postcode = CITIES[positive_number("demo", "city", household) % len(CITIES)]
    return f"{1 + permille('house', household) % 240} {pick('street', household, _words().streets)}", postcode, city


def _birthday(household: str) -> int:
    if role := CAST.get(household):
        return role.birthday_mmdd
    if permille("birthday", household) >= HAS_BIRTHDAY:
        return 0
    day = positive_number("demo", "day", household) % 365
    for month, length in enumerate(MONTH_DAYS, start=1):
        if day < length:
            return month * 100 + day + 1
        day -= length
    raise AssertionError("a year has 365 days")


@cache
def _words() -> _Words:
    return _Words(**tomllib.loads(WORDS.read_text(encoding="utf-8")))
