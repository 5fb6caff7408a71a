"""Whose an order is already. A write key in a page can be read by everybody: by such a key nobody takes, changes or cancels somebody else's order.

Whoever told an order first keeps it, a device until somebody with a name tells it; a server of the brand may give it to another. What is kept aside is
known on no card, and a person can read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from habitue.app.collect.letters import Letter
from habitue.events.lookup import look_up
from habitue.events.model import Occurrence, Order, OrderCompleted, OrderLine, OrderRefunded
from habitue.events.order_rows import history_of
from habitue.events.orders import order_id_of
from habitue.identity.records import whose
from habitue.store import Truth

New = tuple[Letter, Occurrence]
NOT_HERS = (
    "The order “{}” was told before as somebody else's, and stays so. Where it is hers, let a server of yours say so (`habitue source add NAME --server`)."
)


def told_of_others(truth: Truth, new: Sequence[New]) -> tuple[list[New], list[tuple[Letter, str]]]:
    """What of this is not about somebody else's order; and of the rest what is no mere repetition, with the reason. Inside the transaction that records it."""
    numbers = {order_id_of(what.source, what.event.order_key) for letter, what in new if _is_to_be_asked(letter, what) and isinstance(what.event, Order)}
    if not numbers:
        return list(new), []
    return _Owning(truth, new, numbers).parted()


def _is_to_be_asked(letter: Letter, what: Occurrence) -> bool:
    return letter.told is not None and not letter.source.is_server and isinstance(what.event, Order) and not isinstance(what.event, OrderRefunded)


class _Owning:
    """The orders of one batch: who told each, and as what."""

    def __init__(self, truth: Truth, new: Sequence[New], numbers: set[int]) -> None:
        self.new = new
        self.told: dict[int, list[tuple[int, tuple[OrderLine, ...]]]] = defaultdict(list)
        for number, every in history_of(truth, list(numbers)).items():
            self.told[number] = [(told.customer_id, told.event.lines) for told in every if not isinstance(told.event, OrderRefunded)]
        self.customers = {profile: who.customer_id for profile, who in whose(truth, {what.profile_id for _, what in new}).items()}
        everybody = {customer for every in self.told.values() for customer, _ in every} | set(self.customers.values())
        self.named = {row[0] for row in look_up(truth, "identity", "customers_known", everybody)}

    def parted(self) -> tuple[list[New], list[tuple[Letter, str]]]:
        kept, others = list[New](), list[tuple[Letter, str]]()
        for letter, what in self.new:
            event = what.event
            if not isinstance(event, Order) or isinstance(event, OrderRefunded):
                kept.append((letter, what))
                continue
            before, customer = self.told[order_id_of(what.source, event.order_key)], self.customers[what.profile_id]
            if not _is_to_be_asked(letter, what) or self._may_tell(customer, [teller for teller, _ in before]):
                before.append((customer, event.lines))
                kept.append((letter, what))
            elif not (isinstance(event, OrderCompleted) and any(lines == event.lines for _, lines in before)):
                others.append((letter, NOT_HERS.format(event.order_key)))
        return kept, others

    def _may_tell(self, customer: int, tellers: Sequence[int]) -> bool:
        return not tellers or customer in tellers or (customer in self.named and not self.named.intersection(tellers))
