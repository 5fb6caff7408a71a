"""Orders and their lines as relations: a row for each thing that an event adds or takes away, so that plain sums are right.

Whatever is told of an order that we know, a change, a refund, a cancellation, is written in one way: what is true of it now is reckoned from all
that was told of it, and the difference to what stands is added, known from when it was told. So what comes back is taken off where it was bought,
and moves with its purchase.
Units: quantities in thousandths, amounts in cents; lines of quantity 0 are kept but count nothing.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from operator import attrgetter
from typing import Any, NamedTuple

from habitue.events.catalogue import product_ids, types_of
from habitue.events.lookup import look_up
from habitue.events.model import Occurrence, Order, OrderRefunded, Recorded, event_of, name_of
from habitue.events.reckoning import Sums, Told, Where, parts, true_of
from habitue.events.records import source_ids
from habitue.events.shops import shop_ids
from habitue.store import Truth, sql_text
from habitue.words.clock import weekday_of
from habitue.words.keys import positive_number

REFUNDED = "Order Refunded"
Line = tuple[int, int, int, int, int]  # product_id, quantity_milli, amount_cents, is_gift, returned_day
Rows = dict[tuple[Where, tuple[int, int, int]], tuple[int, int]]  # by where and (product_id, is_gift, returned_day): quantity_milli, amount_cents
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


class _Event(NamedTuple):
    """One order event of a batch, with its order's number."""

    order_id: int
    record: Recorded
    order: Order

    @property
    def seq(self) -> int:
        return self.record.seq

    @property
    def what(self) -> Occurrence:
        return self.record.what


class OrderWriter:
    """Turns a batch of order events into rows of `orders` and `order_line`; inside the transaction that recorded them."""

    def __init__(self, truth: Truth, recorded: Sequence[Recorded], zone: str) -> None:
        self.truth = truth
        self.events = [_Event(order_id_of(each.what.source, event.order_key), each, event) for each in recorded for event in (_order(each.what),)]
        self.shops = shop_ids(truth, {each.order.shop_key for each in self.events}, zone)
        self.sources = source_ids(truth, [record.what.source for record in recorded])
        self.elsewhere: list[tuple[_Event, Where, list[Line]]] = []
        self.orders: list[tuple[int | str, ...]] = []
        self.lines: list[tuple[int, ...]] = []

    def write(self) -> None:
        """What these events add and take away. A new order, by far the most frequent, is written as it is told."""
        numbers = Counter([each.order_id for each in self.events])
        self.history = self._history(list(numbers))
        told = [each.order for each in self.events] + [told.event for every in self.history.values() for told in every]
        self.products = product_ids(self.truth, {line.product_key for order in told for line in order.lines})
        self.stands = self._standing(list(self.history))
        again = [each for each in self.events if each.order_id in self.history or numbers[each.order_id] > 1]
        self.customers = dict(look_up(self.truth, "events", "customers_of_profiles", {each.what.profile_id for each in again}))
        known, passing = {each.order_id for each in again}, _passing(again)
        for each in self.events:
            if each.order_id in known:
                self._write_again(each, is_passing=each.seq in passing)
            else:
                self._add(each, self._where(each), self._as_told(each), each.seq)
        self._write()

    def _history(self, order_ids: Sequence[int]) -> dict[int, list[Told]]:
        """All that was told of these orders before; one that was never seen is missing."""
        found: dict[int, list[Told]] = defaultdict(list)
        for order_id, seq, customer_id, *where, body in look_up(self.truth, "events", "order_history", order_ids):
            event = event_of(body)
            assert isinstance(event, Order)
            found[order_id].append(Told(seq, customer_id, Where(*where), event))
        return found

    def _standing(self, order_ids: Sequence[int]) -> dict[int, Rows]:
        found: dict[int, Rows] = defaultdict(dict)
        for order_id, profile_id, day, hour, place, shop_id, product_id, is_gift, returned_day, *sums in look_up(self.truth, "events", "order_sums", order_ids):
            found[order_id][Where(profile_id, day, hour, place, shop_id), (product_id, is_gift, returned_day)] = (sums[0], sums[1])
        return found

    def _write_again(self, new: _Event, *, is_passing: bool) -> None:
        """The difference that this event makes: at its own place under its own number, elsewhere under numbers that are drawn for it."""
        own, history = self._where(new), self.history.setdefault(new.order_id, [])
        told = Told(new.seq, self.customers.get(own.profile_id, own.profile_id), own, new.order)
        insort(history, told, key=attrgetter("seq"))  # of one batch, the kinds of event are written one after the other
        if is_passing:
            self._add(new, own, [], new.seq)
            return
        before, after = self.stands.get(new.order_id, {}), self._rows(true_of(history))
        changed: dict[Where, list[Line]] = {own: []}
        for where, thing in sorted(before.keys() | after.keys()):
            (q, a), (old_q, old_a) = after.get((where, thing), (0, 0)), before.get((where, thing), (0, 0))
            if q != old_q or a != old_a:
                product_id, is_gift, returned_day = thing
                changed.setdefault(where, []).append((product_id, q - old_q, a - old_a, is_gift, returned_day))
        self._add(new, own, changed.pop(own), new.seq)
        self.elsewhere += [(new, where, lines) for where, lines in changed.items()]
        self.stands[new.order_id] = after

    def _rows(self, sums: Sums) -> Rows:
        things = {thing: (self.products[thing.product_key], int(thing.is_gift), thing.returned_day) for _, thing in sums.quantities}
        return {(where, things[thing]): (quantity, sums.amounts[where, thing]) for (where, thing), quantity in sums.quantities.items()}

    def _where(self, new: _Event) -> Where:
        return Where(new.what.profile_id, new.what.day, new.what.hour, int(new.order.place), self.shops[new.order.shop_key])

    def _as_told(self, new: _Event) -> list[Line]:
        products, gifts, returned_day = self.products, new.order.gifts, new.what.day if isinstance(new.order, OrderRefunded) else 0
        return [(products[key], quantity, amount, int(key in gifts), returned_day) for key, quantity, amount in parts(new.order)]

    def _add(self, new: _Event, where: Where, lines: list[Line], seq: int) -> None:
        what, known_at, weekday = new.what, new.what.known_at, weekday_of(where.day)
        quantity, amount = sum([line[1] for line in lines]), sum([line[2] for line in lines])
        key = (where.profile_id, where.day, new.order_id, seq)
        # sold_at is the event's own instant: with profile and seq it is the key of the event that wrote this row
        self.orders.append(
            (*key, self.sources[what.source], new.order.order_key, new.order.sold_at, where.hour, weekday, *where[3:], quantity, amount, known_at)
        )
        self.lines += [(*key, no, p, q, a, known_at, is_gift, returned_day) for no, (p, q, a, is_gift, returned_day) in enumerate(lines)]

    def _write(self) -> None:
        first = self.truth.next_seq(len(self.elsewhere))
        for number, (new, where, lines) in enumerate(self.elsewhere, first):
            self._add(new, where, lines, number)
        self.truth.run_many(sql_text("events", "add_order"), self.orders)
        types = types_of(self.truth, {line[PRODUCT] for line in self.lines})
        self.truth.run_many(sql_text("events", "add_order_line"), [(*line, types[line[PRODUCT]]) for line in self.lines])


def _passing(events: Sequence[_Event]) -> set[int]:
    """The events after which their order is told more within the same second: one difference tells all, or a flood of changes would cost its square."""
    following: dict[int, int] = {}
    passing = set()
    for each in reversed(events):
        if following.get(each.order_id) == each.what.known_at:
            passing.add(each.seq)
        following[each.order_id] = each.what.known_at
    return passing


def _order(what: Occurrence) -> Any:
    if not isinstance(what.event, Order):
        raise TypeError(f"{name_of(what.event)} is no order")
    return what.event
