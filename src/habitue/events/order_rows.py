"""The rows of orders as they are read and written: what was told of an order, what stands of it, and the difference that a new truth makes.

Units: quantities in thousandths, amounts in cents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from habitue.events.catalogue import types_of
from habitue.events.lookup import look_up
from habitue.events.model import Order, event_of
from habitue.events.reckoning import Sums, Told, Where
from habitue.store import Truth, sql_text
from habitue.words.clock import weekday_of

Line = tuple[int, int, int, int, int]  # product_id, quantity_milli, amount_cents, is_gift, returned_day
Rows = dict[tuple[Where, tuple[int, int, int]], tuple[int, int]]  # by where and (product_id, is_gift, returned_day): quantity_milli, amount_cents
PRODUCT = 5  # its place in a row of `order_line`


class Head(NamedTuple):
    """What all rows of one telling share. Units: `sold_at` and `known_at` in UTC seconds."""

    order_id: int
    source_id: int
    order_key: str
    sold_at: int
    known_at: int


def history_of(truth: Truth, order_ids: Sequence[int]) -> dict[int, list[Told]]:
    """All that was told of these orders, oldest first; one that was never seen is missing."""
    found: dict[int, list[Told]] = defaultdict(list)
    for order_id, seq, customer_id, *where, message_id, body in look_up(truth, "events", "order_history", order_ids):
        event = event_of(body)
        assert isinstance(event, Order)
        found[order_id].append(Told(seq, customer_id, Where(*where), event, message_id))
    return found


def stands_of(truth: Truth, order_ids: Sequence[int]) -> dict[int, Rows]:
    """What stands of these orders."""
    found: dict[int, Rows] = defaultdict(dict)
    for order_id, profile_id, day, hour, place, shop_id, product_id, is_gift, returned_day, *sums in look_up(truth, "events", "order_sums", order_ids):
        found[order_id][Where(profile_id, day, hour, place, shop_id), (product_id, is_gift, returned_day)] = (sums[0], sums[1])
    return found


def rows_of(sums: Sums, products: Mapping[str, int]) -> Rows:
    """What is true of an order, by the numbers of its products."""
    things = {thing: (products[thing.product_key], int(thing.is_gift), thing.returned_day) for _, thing in sums.quantities}
    return {(where, things[thing]): (quantity, sums.amounts[where, thing]) for (where, thing), quantity in sums.quantities.items()}


def difference(before: Rows, after: Rows) -> dict[Where, list[Line]]:
    """The lines that make one of the other, by where they stand."""
    changed: dict[Where, list[Line]] = defaultdict(list)
    for where, thing in sorted(before.keys() | after.keys()):
        (q, a), (old_q, old_a) = after.get((where, thing), (0, 0)), before.get((where, thing), (0, 0))
        if q != old_q or a != old_a:
            product_id, is_gift, returned_day = thing
            changed[where].append((product_id, q - old_q, a - old_a, is_gift, returned_day))
    return changed


class OrderRows:
    """Rows of `orders` and `order_line`, kept back until all of a batch are known; inside the transaction that writes them."""

    def __init__(self, truth: Truth) -> None:
        self.truth = truth
        self.elsewhere: list[tuple[Head, Where, list[Line]]] = []
        self.orders: list[tuple[int | str, ...]] = []
        self.lines: list[tuple[int, ...]] = []

    def add(self, head: Head, where: Where, lines: list[Line], seq: int) -> None:
        """One row of `orders` and its lines under a write number. By profile, `sold_at` and number, the event that it came with is found."""
        key = (where.profile_id, where.day, head.order_id, seq)
        quantity, amount = sum([line[1] for line in lines]), sum([line[2] for line in lines])
        self.orders.append((*key, head.source_id, head.order_key, head.sold_at, where.hour, weekday_of(where.day), *where[3:], quantity, amount, head.known_at))
        self.lines += [(*key, no, p, q, a, head.known_at, is_gift, returned_day) for no, (p, q, a, is_gift, returned_day) in enumerate(lines)]

    def add_elsewhere(self, head: Head, changed: Mapping[Where, list[Line]]) -> None:
        """Rows under numbers that are drawn for them: no event has these."""
        self.elsewhere += [(head, where, lines) for where, lines in changed.items()]

    def write(self) -> None:
        """All of them, each line with the type that its product is of now."""
        first = self.truth.next_seq(len(self.elsewhere))
        for number, (head, where, lines) in enumerate(self.elsewhere, first):
            self.add(head, where, lines, number)
        self.truth.run_many(sql_text("events", "add_order"), self.orders)
        types = types_of(self.truth, {line[PRODUCT] for line in self.lines})
        self.truth.run_many(sql_text("events", "add_order_line"), [(*line, types[line[PRODUCT]]) for line in self.lines])
