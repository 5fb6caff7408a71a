"""Names, for people's eyes only: of customers, of things, of ways. Nothing here is ever handed to judgement."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from habitue.app.house import House
from habitue.decide.pronouns import Voice, as_he
from habitue.identity import records
from habitue.identity.model import Holders, Person, SharedKind, Who
from habitue.identity.records import keys_of, who_have
from habitue.store import sql_text
from habitue.words.addresses import addresses_within
from habitue.words.clock import date_of
from habitue.words.errors import OnlyTold, Several, Unknown
from habitue.words.telephones import BETWEEN_DIGITS
from habitue.words.vocabulary import Channel, Kind

TELEPHONE = re.compile(rf"[+(]?\d[\d{BETWEEN_DIGITS}]*")
BARE_TELEPHONE = re.compile(rf"(?<![^\s(:])(?:\(?\+|\(?0)\d[\d{BETWEEN_DIGITS}]*")
FEWEST_DIGITS = 6
NUMBER = "number:"
"""Said before a customer number that has the shape of an address: that number is meant, whoever else has the address."""
ADDRESSES: tuple[SharedKind, ...] = ("email", "phone")
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

    Raises: Unknown where there is none; Several where an address or a telephone number is that of several; OnlyTold where a browser alone told it.
    """
    called = holders_of(house, text)
    if not called.who:
        raise Unknown(f"There is no customer “{text.strip()}” here; look her up by name in the console, or with `habitue customers NAME`.")
    if not called.is_one:
        raise (OnlyTold if called.is_told_only else Several)(text.strip(), list(called_alone(house, called.customers).values()))
    return called.who[0]


def customer_of(house: House, text: str) -> int:
    """The customer whom a number or an address names. Raises: as `who_is_called`."""
    return who_is_called(house, text).customer_id


def holders_of(house: House, text: str) -> Holders:
    """All whom a text names: by their number, and by their e-mail address or telephone number. What begins with `number:` is a number and nothing else.

    Costs: a step in an index for each, however many customers.
    """
    text = text.strip().replace("\0", "")
    if text.startswith(NUMBER) and (found := who_have(house.truth, "customer", [bare_number(text)])):
        return next(iter(found.values()))
    return _holders(house, [text]).get(text, Holders((), is_shared=False))


def _holders(house: House, texts: list[str]) -> dict[str, Holders]:
    """All who have each of these as number or address; a number may have the shape of somebody else's address, and then it names neither."""
    found = who_have(house.truth, "customer", texts)
    for kind in ADDRESSES:
        spelt = [text for text in texts if address_kind(text) == kind]
        vouched = who_have(house.truth, kind, spelt, house.settings.country, vouched_only=True) if spelt else {}
        for text, held in vouched.items():
            found[text] = Holders((*found[text].who, *held.who) if text in found else held.who, held.is_shared)
        told = [text for text in spelt if text not in found]
        for text, held in (who_have(house.truth, kind, told, house.settings.country) if told else {}).items():
            found[text] = Holders(held.who, held.is_shared, is_told_only=True)
    return found


def everybody_with(house: House, text: str) -> list[int]:
    """Whom a search by an address or a number shows: whomever it names, and of whom a browser says that it is theirs."""
    kind, text = address_kind(text), text.strip().replace("\0", "")
    told = who_have(house.truth, kind, [text], house.settings.country) if kind else {}
    return list(dict.fromkeys(each.customer_id for held in (holders_of(house, text), *told.values()) for each in held.who))


def called_alone(house: House, customers: Iterable[int]) -> dict[int, str]:
    """What names each customer and nobody else: her first number, after `number:` where it can be taken for somebody's address, too."""
    first = {customer: keys[0] for customer, keys in keys_of(house.truth, customers).items()}
    held = _holders(house, [key for key in first.values() if address_kind(key)])
    return {customer: key if _names_alone(held.get(key), customer, key) else NUMBER + key for customer, key in first.items()}


def _names_alone(held: Holders | None, customer: int, key: str) -> bool:
    return not key.startswith(NUMBER) and (held is None or (held.is_one and held.customers == [customer]))


def bare_number(text: str) -> str:
    """A number without the word that says that it is one."""
    return text.strip().removeprefix(NUMBER).strip()


def address_kind(text: str) -> SharedKind | None:
    """What a text that somebody typed can be besides a name or a number of ours: an e-mail address, a telephone number, or neither."""
    if "@" in text:
        return "email"
    return "phone" if TELEPHONE.fullmatch(text.strip()) and sum(sign.isdigit() for sign in text) >= FEWEST_DIGITS else None


def addresses_in(text: str) -> list[str]:
    """The e-mail addresses, or else the telephone numbers, that stand in what somebody typed, without what is written round them."""
    if "@" in text:
        return addresses_within(text)
    if address_kind(text):
        return [text.strip()]
    return [each for each in (re.sub(rf"^\(|[{BETWEEN_DIGITS}]+$", "", found) for found in BARE_TELEPHONE.findall(text)) if address_kind(each)]


def told_alone(house: House, text: str) -> str:
    """What was typed, where that names anybody as it is; else the one address or telephone number in it."""
    found = addresses_in(text)
    return found[0] if len(found) == 1 and not holders_of(house, text).who else text


def not_known_yet(customer_key: str, day: int) -> str:
    """What is said of somebody of whom the morning of a day knows nothing."""
    return f"Customer “{customer_key}” was not known yet on the morning of {date_of(day)}; whoever comes in the course of a day has her card on the next."


def people(house: House, customers: list[int]) -> dict[int, tuple[str, str]]:
    """Key and full name of each customer."""
    keys, persons = called_alone(house, customers), records.people(house.truth, customers)
    out: dict[int, tuple[str, str]] = {}
    for customer in customers:
        key, person = keys.get(customer, str(customer)), persons.get(customer, Person())
        out[customer] = key, f"{person.given_name} {person.family_name}".strip() or f"N° {bare_number(key)}"
    return out


def person_of(house: House, customer: int) -> Person:
    """Her name and addresses, as far as they are known."""
    return records.people(house.truth, [customer]).get(customer, Person())


def voice_of(house: House, customer: int, language: str) -> Voice:
    """How a sentence of ours is said about this customer: he for a man. It is for the sentence alone, before anything is put into it."""
    is_man = person_of(house, customer).title.lower().rstrip(".") in MEN
    return lambda sentence: as_he(sentence, language) if is_man else sentence


@cache
def kind_word(kind: Kind) -> str:
    """The kind as the book writes it."""
    return kind.name.lower().replace("_", "-")
