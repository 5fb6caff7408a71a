"""Orders and their lines as relations: a row for each thing that an event adds or takes away, so that plain sums are right.

Whatever is told of an order that we know, a change, a refund, a cancellation, is written in one way: what is true of it now is reckoned from all
that was told of it, and the difference to what stands is added, known from when it was told. So what comes back is taken off where it was bought,
and moves with its purchase.
Units: quantities in thousandths, amounts in cents; lines of quantity 0 are kept but count nothing.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap
from operator import attrgetter
from typing import Any, NamedTuple

from habitue.events.catalogue import product_ids
from habitue.events.lookup import look_up
from habitue.events.model import Occurrence, Order, OrderRefunded, Recorded, name_of
from habitue.events.order_rows import Head, Line, OrderRows, difference, history_of, rows_of, stands_of
from habitue.events.reckoning import Told, Where, parts, true_of
from habitue.events.records import source_ids
from habitue.events.shops import shop_ids
from habitue.store import Truth
from habitue.words.keys import positive_number

REFUNDED = "Order Refunded"


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
        self.rows = OrderRows(truth)

    def write(self) -> None:
        """What these events add and take away. A new order, by far the most frequent, is written as it is told."""
        numbers = Counter([each.order_id for each in self.events])
        self.history = history_of(self.truth, list(numbers))
        told = [each.order for each in self.events] + [told.event for every in self.history.values() for told in every]
        self.products = product_ids(self.truth, {line.product_key for order in told for line in order.lines})
        self.stands = stands_of(self.truth, list(self.history))
        again = [each for each in self.events if each.order_id in self.history or numbers[each.order_id] > 1]
        self.customers = dict(look_up(self.truth, "events", "customers_of_profiles", {each.what.profile_id for each in again}))
        known, passing = {each.order_id for each in again}, _passing(again)
        for each in self.events:
            if each.order_id in known:
                self._write_again(each, is_passing=each.seq in passing)
            else:
                self.rows.add(self._head(each), self._where(each), self._as_told(each), each.seq)
        self.rows.write()

    def _write_again(self, new: _Event, *, is_passing: bool) -> None:
        """The difference that this event makes: at its own place under its own number, elsewhere under numbers that are drawn for it."""
        own, history = self._where(new), self.history.setdefault(new.order_id, [])
        told = Told(new.seq, self.customers.get(own.profile_id, own.profile_id), own, new.order, new.what.message_id)
        insort(history, told, key=attrgetter("seq"))  # of one batch, the kinds of event are written one after the other
        if is_passing:
            self.rows.add(self._head(new), own, [], new.seq)
            return
        after = rows_of(true_of(history), self.products)
        changed = difference(self.stands.get(new.order_id, {}), after)
        self.rows.add(self._head(new), own, changed.pop(own, []), new.seq)
        self.rows.add_elsewhere(self._head(new), changed)
        self.stands[new.order_id] = after

    def _head(self, new: _Event) -> Head:
        what = new.what
        # sold_at is the event's own instant: with profile and seq it is the key of the event that wrote this row
        return Head(new.order_id, self.sources[what.source], new.order.order_key, new.order.sold_at, what.known_at)

    def _where(self, new: _Event) -> Where:
        return Where(new.what.profile_id, new.what.day, new.what.hour, int(new.order.place), self.shops[new.order.shop_key])

    def _as_told(self, new: _Event) -> list[Line]:
        products, gifts, returned_day = self.products, new.order.gifts, new.what.day if isinstance(new.order, OrderRefunded) else 0
        return [(products[key], quantity, amount, int(key in gifts), returned_day) for key, quantity, amount in parts(new.order)]


def reckon_anew(truth: Truth, profile_ids: Iterable[int]) -> None:
    """Of orders that one of these profiles and another tell of: what is true of them now that the profiles have changed hands.

    Known since the last of it was told, as if they had always belonged so: to whom a profile belongs has no date. Inside the transaction of the change.
    """
    orders = {row[0]: Head(*row) for row in look_up(truth, "events", "orders_told_by_several", profile_ids)}
    if not orders:
        return
    history, stands, rows = history_of(truth, list(orders)), stands_of(truth, list(orders)), OrderRows(truth)
    products = product_ids(truth, {line.product_key for every in history.values() for told in every for line in told.event.lines})
    for order_id, head in sorted(orders.items()):
        rows.add_elsewhere(head, difference(stands[order_id], rows_of(true_of(history[order_id]), products)))
    rows.write()


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
