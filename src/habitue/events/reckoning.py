"""What is true of an order, reckoned from everything that was told of it, in whatever order it came.

1. The last telling with lines says what was bought, by whom, when and where.
2. What came back stands with that purchase, a gift where that was one, and never takes away more than was bought of a thing.
3. A telling without lines says that she kept nothing: what had come back by then is still known to have been bought and given back, the rest was not bought.
4. What came back of an order that nobody told, or by the number of somebody else's order, stands by itself.
Units: quantities in thousandths, amounts in cents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from habitue.events.model import Order, OrderRefunded


class Where(NamedTuple):
    """Where rows of an order stand: judgement adds up those that stand alike."""

    profile_id: int
    day: int
    hour: int
    place: int
    shop_id: int


class Thing(NamedTuple):
    """What a line is about; `returned_day` is 0 where it is no return."""

    product_key: str
    is_gift: bool
    returned_day: int


@dataclass(frozen=True, slots=True)
class Told:
    """One event of an order: its write number, whose it is now, and where it stood by its own word."""

    seq: int
    customer_id: int
    where: Where
    event: Order


@dataclass(frozen=True, slots=True)
class Sums:
    """Quantities and amounts by where they stand and what they are about."""

    quantities: Counter[tuple[Where, Thing]]
    amounts: Counter[tuple[Where, Thing]]

    def add(self, where: Where, thing: Thing, quantity: int, amount: int) -> None:
        self.quantities[where, thing] += quantity
        self.amounts[where, thing] += amount


def true_of(history: Sequence[Told]) -> Sums:
    """What stands of an order once all of this has been told, oldest first."""
    result = Sums(Counter(), Counter())
    tellings = [told for told in history if not isinstance(told.event, OrderRefunded)]
    hers = {told.customer_id for told in tellings}
    back = [told for told in history if isinstance(told.event, OrderRefunded)]
    for told in back:
        if told.customer_id not in hers:
            _add_apart(result, told)
    if tellings:
        _add_order(result, tellings, [told for told in back if told.customer_id in hers])
    return result


def _add_apart(result: Sums, told: Told) -> None:
    for key, quantity, amount in parts(told.event):
        result.add(told.where, Thing(key, key in told.event.gifts, told.where.day), quantity, amount)


def _add_order(result: Sums, tellings: list[Told], back: list[Told]) -> None:
    home = next((told for told in reversed(tellings) if told.event.lines), tellings[0])
    emptied = next((told for told in tellings if told.seq >= home.seq and not told.event.lines), None)
    if emptied:
        back = [told for told in back if told.seq < emptied.seq]
    for thing, quantity, amount in _came_back(home, back, {key for told in tellings for key, _, _ in parts(told.event)}):
        result.add(home.where, thing, quantity, amount)
        if emptied:
            result.add(home.where, thing._replace(returned_day=0), -quantity, -amount)
    if not emptied:
        for key, quantity, amount in parts(home.event):
            result.add(home.where, Thing(key, key in home.event.gifts, 0), quantity, amount)


def _came_back(home: Told, back: list[Told], ever_told: set[str]) -> Iterator[tuple[Thing, int, int]]:
    """Each return, as a gift where the purchase was one, at most as much as is left of it. A thing under a name that no telling used is taken as told."""
    left: Counter[str] = Counter()
    for key, quantity, _ in parts(home.event):
        left[key] += quantity
    bought = set(left)
    for told in back:
        for key, quantity, amount in parts(told.event):
            most = max(quantity, min(0, -left[key])) if key in ever_told else quantity
            left[key] += most
            is_gift = key in (home if key in bought else told).event.gifts
            yield Thing(key, is_gift, told.where.day), most, amount if most == quantity else amount * most // quantity


def parts(event: Order) -> Iterator[tuple[str, int, int]]:
    """Product, quantity and amount of each line."""
    for line in event.lines:
        yield line.product_key, line.quantity_milli, line.amount_cents
