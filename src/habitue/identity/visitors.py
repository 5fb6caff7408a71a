"""Whoever was known by her e-mail address alone, and gets a number: both are one customer where nothing speaks against it, by a link that can be ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from habitue.identity.linking import Link, link
from habitue.identity.model import Who
from habitue.identity.records import keys_of, told_of, who_have
from habitue.identity.rules import plain
from habitue.store import Truth
from habitue.words.keys import positive_number

VISITOR = "visitor-"
"""How the key begins that we give to somebody who is known by her e-mail address alone."""


def visitor_key(email: str) -> str:
    """The key of whoever is known by that address alone; it does not tell the address."""
    return f"{VISITOR}{positive_number('email', email):016x}"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A number that is new, with the address and the given name that came with it. Units: `at` is in UTC seconds; `email` is in its one spelling."""

    who: Who
    email: str
    given_name: str
    at: int


def join_visitors(truth: Truth, newcomers: Iterable[Newcomer]) -> None:
    """Joins each newcomer with whoever was known by her address alone, unless their given names differ; the first of several. Inside a transaction.

    Whoever is not joined shares the address from now on, and is proposed for that.
    """
    first = {each.email: each for each in reversed(list(newcomers)) if each.email}
    owners = {email: held.who[0] for email, held in who_have(truth, "email", first).items() if held.is_one}
    keys = keys_of(truth, {who.customer_id for who in owners.values()})
    alone = {email: who for email, who in owners.items() if keys.get(who.customer_id) == [visitor_key(email)]}
    names = {number: person.given_name for number, person in told_of(truth, {who.profile_id for who in alone.values()}).items()}
    links = [
        Link(who.profile_id, first[email].who.profile_id, "person", first[email].at, "email")
        for email, who in alone.items()
        if _may_be_one(names.get(who.profile_id, ""), first[email].given_name)
    ]
    if links:
        link(truth, links, truth.next_seq(len(links)))


def _may_be_one(one: str, other: str) -> bool:
    """Whether two given names do not speak against each other: one of them is unknown, or they are the same but for accents, capitals and dashes."""
    return len({plain(one), plain(other)} - {""}) < 2
