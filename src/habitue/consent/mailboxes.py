"""Who else is written to at an address: a no that is said there ends what each of them had allowed, and nothing from outside brings a yes to it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from habitue.events.lookup import look_up
from habitue.identity.model import SharedKind, Who
from habitue.identity.waiting import told_apart
from habitue.store import Truth
from habitue.words.vocabulary import Channel, Purpose

WRITTEN_TO: dict[Channel, SharedKind] = {Channel.EMAIL: "email", Channel.SMS: "phone", Channel.PHONE: "phone"}
KINDS: tuple[SharedKind, ...] = ("email", "phone")
Address = tuple[SharedKind, str]
"""A kind of address, and one in its one spelling."""


class Mailboxes:
    """The addresses of some customers: who has told them, and who has left there; kept up to date while words are taken down.

    `told` are addresses that were told just now and are not kept yet, each by whom.
    """

    def __init__(self, truth: Truth, customer_ids: Iterable[int], told: Iterable[tuple[SharedKind, str, Who]] = ()) -> None:
        self._truth = truth
        self._hers: dict[int, set[Address]] = defaultdict(set)
        self._who: dict[Address, set[Who]] = defaultdict(set)
        self._left: dict[tuple[Address, Purpose, Channel], set[int]] = defaultdict(set)
        for customer, kind, value in look_up(truth, "identity", "addresses_of_customers", set(customer_ids)):
            self._hers[customer].add((kind, value))
        for kind, value, who in told:
            self._hers[who.customer_id].add((kind, value))
            self._who[kind, value].add(who)
        for kind in KINDS:
            self._look_up(kind, {value for hers in self._hers.values() for each, value in hers if each == kind})

    def _look_up(self, kind: SharedKind, values: set[str]) -> None:
        for value, profile, customer, _ in look_up(self._truth, "identity", "identifiers", values, kind):
            self._who[kind, value].add(Who(profile, customer))
        for value, customer, purpose, channel in look_up(self._truth, "consent", "taken_back_at", values, kind):
            self._left[(kind, value), Purpose(purpose), Channel(channel)].add(customer)

    def have_left(self, customer_id: int, purpose: Purpose, channel: Channel) -> bool:
        """Whether somebody else has ever taken back that leave at an address of hers: whoever says yes, that mailbox has left."""
        return bool(self.who_left(customer_id, purpose, channel))

    def who_left(self, customer_id: int, purpose: Purpose, channel: Channel) -> set[int]:
        """The others who have ever taken back that leave at an address of hers."""
        return {who for address in self._of(customer_id, channel) for who in self._left[address, purpose, channel]} - {customer_id}

    def leaves(self, customer_id: int, purpose: Purpose, channel: Channel) -> None:
        """She takes that leave back, at all her addresses."""
        for address in self._of(customer_id, channel):
            self._left[address, purpose, channel].add(customer_id)

    def beside(self, customer_id: int, channel: Channel) -> list[Who]:
        """The others who have told an address of hers, save those whom a person has told from her: they speak for themselves."""
        every = {who for address in self._of(customer_id, channel) for who in self._who[address] if who.customer_id != customer_id}
        if not every:
            return []
        apart = {each.customers for each in told_apart(self._truth, {customer_id, *(who.customer_id for who in every)})}
        return sorted((who for who in every if frozenset((customer_id, who.customer_id)) not in apart), key=lambda who: who.profile_id)

    def who_brought_a_no(self, customer_id: int, purpose: Purpose, channel: Channel) -> list[int]:
        """Those of her profiles that have told an address at which somebody else, who was not told from her, has taken that leave back."""
        beside = {who.customer_id for who in self.beside(customer_id, channel)}
        left = [address for address in self._of(customer_id, channel) if self._left[address, purpose, channel] & beside]
        return sorted({who.profile_id for address in left for who in self._who[address] if who.customer_id == customer_id})

    def _of(self, customer_id: int, channel: Channel) -> list[Address]:
        return [address for address in self._hers.get(customer_id, ()) if address[0] == WRITTEN_TO.get(channel)]
