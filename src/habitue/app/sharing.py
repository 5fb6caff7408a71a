"""What several people use: mailboxes, telephones, cards, devices. It names nobody, and everybody who looks can see that."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from habitue.events.lookup import look_up
from habitue.identity.linking import end_link, linked
from habitue.identity.model import SHARED_KINDS, SharedKind
from habitue.identity.records import keys_of, who_have
from habitue.identity.rules import normalised
from habitue.store import Truth, sql_text
from habitue.words.errors import BadInput, Unknown

DEVICE = "device"


class Shared(msgspec.Struct, frozen=True):
    """One identifier that names nobody, and the customers who have it, each by her first number."""

    kind: str
    value: str
    customer_keys: list[str]


def everything_shared(truth: Truth) -> list[Shared]:
    """Every address, number and card that several customers have, every device that several used, and whatever a person said so of."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for kind, value, customer in truth.run(sql_text("identity", "shared_identifiers")):
        found[kind, value].append(customer)
    keys = keys_of(truth, {customer for customers in found.values() for customer in customers})
    return [Shared(*which, sorted({keys[customer][0] for customer in customers if customer in keys})) for which, customers in found.items()]


def say_shared(truth: Truth, kind: str, value: str, country: str, is_shared: bool, at: int) -> None:
    """Keeps that several people use it, or one alone; inside a transaction that holds the right to write (`next_seq`).

    What a device had brought to a card, as hers, is taken off it. Units: `at` is in UTC seconds.
    Raises: BadInput for a kind that there is not; Unknown where nobody has it.
    """
    if kind == DEVICE:
        spelt = value.strip()
    elif kind in SHARED_KINDS:
        spelt = normalised(kind, value, country)
    else:
        raise BadInput(f"“{kind}” is nothing that people share; say {', '.join((*SHARED_KINDS, DEVICE))}.")
    if kind == DEVICE and is_shared:
        _let_go(truth, spelt, at)
    if not truth.run(sql_text("identity", "mark_shared"), (int(is_shared), kind, spelt)):
        raise Unknown(f"Nobody here has the {kind} “{value}”.")


def _let_go(truth: Truth, device: str, at: int) -> None:
    """What came by a device alone is nobody's again: the link that put it on a card is ended."""
    hers = {profile for _, profile, _, _ in look_up(truth, "identity", "identifiers", [device], DEVICE)}
    for each in linked(truth, hers):
        if each.kind == "device" and each.one_profile_id in hers:
            end_link(truth, each.one_profile_id, each.other_profile_id, "device", at, truth.next_seq())


def shared_with(truth: Truth, customer_id: int) -> dict[SharedKind, list[int]]:
    """Which sorts of hers others have too, and which customers those are; nobody where a person said that it is shared, but not with whom."""
    profiles = [profile for profile, _ in look_up(truth, "identity", "profiles_of_customers", [customer_id])]
    hers = look_up(truth, "identity", "identifiers_of_profiles", profiles)
    found: dict[SharedKind, list[int]] = {}
    for kind in SHARED_KINDS:
        holders = who_have(truth, kind, {value for each, value in hers if each == kind}).values()
        if any(not those.is_one for those in holders):
            found[kind] = sorted({who.customer_id for those in holders for who in those.who} - {customer_id})
    return found
