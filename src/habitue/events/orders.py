"""Orders and their lines as relations: a row for each thing that an event adds or takes away, so that plain sums are right.

A correction takes the earlier lines back (with minus signs) and adds the new ones; a refund adds negative lines on the order's own day and at its place,
and says on which day they came back. What was bought for somebody else stays a gift when it comes back.
Units: quantities in thousandths, amounts in cents; lines of quantity 0 are kept but count nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from habitue.events.catalogue import product_ids, types_of
from habitue.events.lookup import look_up
from habitue.events.model import Occurrence, Order, OrderRefunded, Recorded, name_of
from habitue.events.records import source_ids
from habitue.events.shops import shop_ids
from habitue.store import Truth, sql_text
from habitue.words.clock import weekday_of
from habitue.words.keys import positive_number

REFUNDED = "Order Refunded"
Line = tuple[int, int, int, int]  # product_id, quantity_milli, amount_cents, is_gift
PRODUCT = 5  # its place in a row of `order_line`


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order stands: one revision's place in the relation and the event that made it (empty where it only takes back)."""

    order_id: int
    profile_id: int
    day: int
    seq: int
    hour: int
    weekday: int
    place: int
    shop_id: int
    sold_at: int
    event_name: str


def order_id_of(source: str, order_key: str) -> int:
    """The number of an order, the same on every machine."""
    return positive_number(source, order_key)


def standing_of(truth: Truth, order_ids: Sequence[int]) -> dict[int, list[Standing]]:
    """Every revision of these orders, oldest first; an order that was never seen is missing."""
    found: dict[int, list[Standing]] = defaultdict(list)
    for standing in starmap(Standing, look_up(truth, "events", "orders_by_id", order_ids)):
        found[standing.order_id].append(standing)
    return found


def is_telling(standing: Standing) -> bool:
    """Whether the row came with Order Completed or Order Updated, and not with a refund or to take something back."""
    return standing.event_name not in ("", REFUNDED)


class OrderWriter:
    """Turns a batch of order events into rows of `orders` and `order_line`; inside the transaction that recorded them."""

    def __init__(self, truth: Truth, recorded: Sequence[Recorded], zone: str) -> None:
        events = [_order(record.what) for record in recorded]
        self.truth = truth
        self.recorded = list(zip(recorded, events, strict=True))
        self.products = product_ids(truth, {line.product_key for event in events for line in event.lines})
        self.shops = shop_ids(truth, {event.shop_key for event in events}, zone)
        self.sources = source_ids(truth, [record.what.source for record in recorded])
        self.orders: list[tuple[int | str, ...]] = []
        self.lines: list[tuple[int, ...]] = []

    def write_completed(self) -> None:
        """New orders, each on its own day."""
        for record, event in self.recorded:
            self._add(record, event, record.what.profile_id, record.what.day, self._numbered(event))
        self._write()

    def write_updated(self) -> None:
        """Changed orders: what the last telling said is taken back, where it stood, and the new telling added."""
        standing = standing_of(self.truth, [order_id_of(r.what.source, e.order_key) for r, e in self.recorded])
        for record, event in self.recorded:
            order_id, what = order_id_of(record.what.source, event.order_key), record.what
            old = [s for s in standing.get(order_id, []) if s.event_name != REFUNDED]
            back = self._taken_back(order_id, old)
            same = back.pop((what.profile_id, what.day), [])
            for (profile_id, day), lines in back.items():
                self._add(record, event, profile_id, day, lines)
            self._add(record, event, what.profile_id, what.day, same + self._numbered(event))
        self._write()

    def write_refunded(self) -> None:
        """Refunds: on the day of the order that they take back; where we never saw it, on their own day."""
        standing = standing_of(self.truth, [order_id_of(r.what.source, e.order_key) for r, e in self.recorded])
        for record, event in self.recorded:
            what = record.what
            told = [s for s in standing.get(order_id_of(what.source, event.order_key), []) if is_telling(s) and s.profile_id == what.profile_id]
            gifts = self._gifts(told[-1]) if told else set()
            lines = [(p, q, a, int(p in gifts or is_gift)) for p, q, a, is_gift in self._numbered(event)]
            self._add(record, event, what.profile_id, told[-1].day if told else what.day, lines, told[-1] if told else None)
        self._write()

    def _taken_back(self, order_id: int, old: list[Standing]) -> dict[tuple[int, int], list[Line]]:
        """Minus what still stands of the earlier tellings (refunds apart), by profile and day."""
        result: dict[tuple[int, int], list[Line]] = {}
        for place in {(s.profile_id, s.day) for s in old}:
            told = {s.seq for s in old if (s.profile_id, s.day) == place}
            sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
            for seq, product_id, quantity, amount, is_gift in self.truth.run(sql_text("events", "order_lines"), (*place, order_id)):
                if seq in told:
                    sums[product_id, is_gift][0] += quantity
                    sums[product_id, is_gift][1] += amount
            result[place] = [(product, -q, -a, is_gift) for (product, is_gift), (q, a) in sorted(sums.items()) if q or a]
        return {place: lines for place, lines in result.items() if lines}

    def _gifts(self, order: Standing) -> set[int]:
        """The products that were for somebody else when the order was last told."""
        rows = self.truth.run(sql_text("events", "order_lines"), (order.profile_id, order.day, order.order_id))
        return {product_id for seq, product_id, quantity, _amount, is_gift in rows if seq == order.seq and quantity > 0 and is_gift}

    def _numbered(self, event: Order) -> list[Line]:
        products, gifts = self.products, set(event.gifts)
        return [(products[line.product_key], line.quantity_milli, line.amount_cents, int(line.product_key in gifts)) for line in event.lines]

    def _add(self, record: Recorded, event: Order, profile_id: int, day: int, lines: list[Line], taken_back: Standing | None = None) -> None:
        what, seq = record.what, record.seq
        order_id = order_id_of(what.source, event.order_key)
        quantity, amount = sum([line[1] for line in lines]), sum([line[2] for line in lines])
        # sold_at is the event's own instant: with profile and seq it is the key of the event that wrote this row
        head = (profile_id, day, order_id, seq, self.sources[what.source], event.order_key, event.sold_at, what.hour, weekday_of(day))
        place = taken_back.place if taken_back else int(event.place)  # what came back in the shop still was bought on the web
        returned_day = what.day if isinstance(event, OrderRefunded) else 0
        self.orders.append((*head, place, self.shops[event.shop_key], quantity, amount, what.known_at))
        known_at = what.known_at
        self.lines += [(profile_id, day, order_id, seq, no, p, q, a, known_at, is_gift, returned_day) for no, (p, q, a, is_gift) in enumerate(lines)]

    def _write(self) -> None:
        self.truth.run_many(sql_text("events", "add_order"), self.orders)
        types = types_of(self.truth, {line[PRODUCT] for line in self.lines})
        self.truth.run_many(sql_text("events", "add_order_line"), [(*line, types[line[PRODUCT]]) for line in self.lines])


def _order(what: Occurrence) -> Any:
    if not isinstance(what.event, Order):
        raise TypeError(f"{name_of(what.event)} is no order")
    return what.event
