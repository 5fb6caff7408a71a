"""Whose a row is: by the brand's own number, or by an exact e-mail address, telephone number or card. Nobody is merged in silence.

A number that is new makes a new customer; so does an e-mail address that nobody has. A telephone number or a card recognises only whom we know.
An address that several people use is nobody's. Inside a transaction that holds the right to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from habitue.events.lookup import look_up
from habitue.identity.model import IdentifierKind, Who
from habitue.identity.records import add_identifiers, welcome, who_have, who_is
from habitue.identity.rules import normalised
from habitue.identity.visitors import visitor_key
from habitue.store import Truth

UNKNOWN = "customer: nobody is known as “{}”"
SHARED = "customer: several people use this address, so it is nobody's; a no of it counts for each of them"


def refused(truth: Truth, by: IdentifierKind, keys: Iterable[str], country: str = "") -> dict[str, str]:
    """The reason for each of these keys that can name nobody; nothing for the others."""
    if by == "customer":
        return {}
    wanted = dict.fromkeys(keys)
    found = who_have(truth, by, wanted, country)
    unknown = {key: UNKNOWN.format(key) for key in wanted if key not in found and by != "email"}
    return unknown | {key: SHARED for key, holders in found.items() if not holders.is_one}


def known_or_new(truth: Truth, by: IdentifierKind, first_seen: Mapping[str, int], zone: str, country: str = "") -> dict[str, Who]:
    """Who these are, by key as it was given; whoever is new becomes a customer, whoever is refused is missing.

    Units: `first_seen` is the UTC second of the earliest fact of each. `country` is that of telephone numbers which name none.
    """
    if by == "customer":
        return welcome(truth, first_seen, zone)
    if by != "email":
        return who_is(truth, by, first_seen, country)
    return _by_email(truth, first_seen, zone)


def _by_email(truth: Truth, first_seen: Mapping[str, int], zone: str) -> dict[str, Who]:
    seen: dict[str, int] = {}
    for key, at in first_seen.items():
        address = normalised("email", key)
        seen[address] = min(at, seen.get(address, at))
    held = who_have(truth, "email", seen)
    found = {address: holders.who[0] for address, holders in held.items() if holders.is_one}
    profiles = {who.profile_id: address for address, who in found.items()}
    numbers = {value: profiles[profile] for profile, value in look_up(truth, "app", "keys_of_profiles", profiles)}
    fresh = {visitor_key(address): address for address in seen if address not in held}
    welcomed = welcome(truth, {key: seen[address] for key, address in (numbers | fresh).items()}, zone)
    add_identifiers(truth, "email", [(address, welcomed[key].profile_id) for key, address in fresh.items()])
    found |= {address: welcomed[key] for key, address in fresh.items()}
    return {key: found[address] for key in first_seen if (address := normalised("email", key)) in found}
