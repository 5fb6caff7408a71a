"""Names, for people's eyes only: of customers, of things, of ways. Nothing here is ever handed to judgement."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from habitue.app.house import House
from habitue.decide.pronouns import as_he
from habitue.identity import records
from habitue.identity.model import Holders, Person, SharedKind, Who
from habitue.identity.records import keys_of
from habitue.store import sql_text
from habitue.words.clock import date_of
from habitue.words.errors import Several, Unknown
from habitue.words.vocabulary import Channel, Kind

TELEPHONE = re.compile(r"[+(]?\d[\d\s().\-/]*")
FEWEST_DIGITS = 6
MEN = ("m", "mr", "monsieur")
HOW: dict[Channel, dict[str, str]] = {
    Channel.EMAIL: {"en": "e-mail", "fr": "courriel"},
    Channel.SMS: {"en": "text message", "fr": "SMS"},
    Channel.POST: {"en": "card, by post", "fr": "carte, par la poste"},
    Channel.SHOP: {"en": "at the counter", "fr": "au comptoir"},
    Channel.PHONE: {"en": "a call to make", "fr": "un appel à passer"},
    Channel.SITE: {"en": "on the site", "fr": "sur le site"},
}


def thing_name(house: House, item_id: int, language: str) -> str:
    """What a shopkeeper calls a thing; its key where nobody has named it; nothing for no thing."""
    if not item_id:
        return ""
    if (item_id, language) not in house.names:
        rows = house.truth.run(sql_text("app", "thing_name"), (language, item_id))
        house.names[item_id, language] = str(rows[0][0]) if rows else ""
    return house.names[item_id, language]


def who_is_called(house: House, text: str) -> Who:
    """The one whom a customer number, an e-mail address or a telephone number names.

    Raises: Unknown where there is none; Several where an address or a telephone number is that of several.
    """
    called = holders_of(house, text)
    if not called.who:
        raise Unknown(f"There is no customer “{text.strip()}” here; look her up by name in the console, or with `habitue customers NAME`.")
    if not called.is_one:
        raise Several(text.strip(), [key for key, _ in people(house, called.customers).values()])
    return called.who[0]


def customer_of(house: House, text: str) -> int:
    """The customer whom a number or an address names. Raises: as `who_is_called`."""
    return who_is_called(house, text).customer_id


def holders_of(house: House, text: str) -> Holders:
    """All who have this as their number, else as their e-mail address or telephone number. Costs: a step in an index for each, however many customers."""
    text = text.strip().replace("\0", "")
    if rows := house.truth.run(sql_text("app", "customer_of_key"), (text,)):
        return Holders((Who(*rows[0]),), is_shared=False)
    kind = address_kind(text)
    found = records.who_have(house.truth, kind, [text], house.settings.country) if kind else {}
    return found.get(text, Holders((), is_shared=False))


def address_kind(text: str) -> SharedKind | None:
    """What a text that somebody typed can be besides a name or a number of ours: an e-mail address, a telephone number, or neither."""
    if "@" in text:
        return "email"
    return "phone" if TELEPHONE.fullmatch(text.strip()) and sum(sign.isdigit() for sign in text) >= FEWEST_DIGITS else None


def not_known_yet(customer_key: str, day: int) -> str:
    """What is said of somebody of whom the morning of a day knows nothing."""
    return f"Customer “{customer_key}” was not known yet on the morning of {date_of(day)}; whoever comes in the course of a day has her card on the next."


def people(house: House, customers: list[int]) -> dict[int, tuple[str, str]]:
    """Key and full name of each customer."""
    keys, persons = keys_of(house.truth, customers), records.people(house.truth, customers)
    out: dict[int, tuple[str, str]] = {}
    for customer in customers:
        key, person = keys.get(customer, [str(customer)])[0], persons.get(customer, Person())
        out[customer] = key, f"{person.given_name} {person.family_name}".strip() or f"N° {key}"
    return out


def person_of(house: House, customer: int) -> Person:
    """Her name and addresses, as far as they are known."""
    return records.people(house.truth, [customer]).get(customer, Person())


def voice_of(house: House, customer: int, language: str) -> Callable[[str], str]:
    """How a sentence of ours is said about this customer: he for a man."""
    is_man = person_of(house, customer).title.lower().rstrip(".") in MEN
    return lambda sentence: as_he(sentence, language) if is_man else sentence


@cache
def kind_word(kind: Kind) -> str:
    """The kind as the book writes it."""
    return kind.name.lower().replace("_", "-")
