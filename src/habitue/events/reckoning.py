"""What is true of an order, reckoned from everything that was told of it, in whatever order it came.

Tellings follow one another as they were made, where they say when; else as they came.
1. The last telling with lines says what was bought, by whom and where; and when, unless it says only when that changed: then it is the first that does.
2. What came back stands with that purchase, a gift where that was one, and never takes away more than was bought of a thing; of what a shop tells of it in
   states, the newest counts.
3. A telling without lines says that she kept nothing: what had come back by then is still known to have been bought and given back, the rest was not bought.
4. What came back of an order that nobody told, or by the number of somebody else's order, stands by itself.
Units: quantities in thousandths, amounts in cents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
    """One event of an order: its write number, whose it is now, where it stood by its own word, and under which id it was told."""

    seq: int
    customer_id: int
    where: Where
    event: Order
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """Quantities and amounts by where they stand and what they are about."""

    quantities: Counter[tuple[Where, Thing]]
    amounts: Counter[tuple[Where, Thing]]

    def add(self, where: Where, thing: Thing, quantity: int, amount: int) -> None:
        self.quantities[where, thing] += quantity
        self.amounts[where, thing] += amount


def true_of(history: Sequence[Told]) -> Sums:
    """What stands of an order once all of this has been told."""
    result = Sums(Counter(), Counter())
    tellings = sorted((told for told in history if not isinstance(told.event, OrderRefunded)), key=lambda told: (told.event.told_at, told.seq))
    hers = {told.customer_id for told in tellings}
    back = sorted(_newest(told for told in history if isinstance(told.event, OrderRefunded)), key=lambda told: (told.event.sold_at, told.event.lines))
    for told in back:
        if told.customer_id not in hers:
            _add_apart(result, told)
    if tellings:
        _add_order(result, tellings, [told for told in back if told.customer_id in hers])
    return result


def _newest(back: Iterable[Told]) -> list[Told]:
    """Of what a shop tells in states, the newest of each."""
    found: dict[object, Told] = {}
    for told in sorted(back, key=lambda told: (told.event.told_at, told.seq)):
        found[told.message_id if told.event.told_at else told.seq] = told
    return list(found.values())


def _add_apart(result: Sums, told: Told) -> None:
    for key, quantity, amount in parts(told.event):
        result.add(told.where, Thing(key, key in told.event.gifts, told.where.day), quantity, amount)


def _add_order(result: Sums, tellings: list[Told], back: list[Told]) -> None:
    last = next((n for n in reversed(range(len(tellings))) if tellings[n].event.lines), 0)
    home, emptied = tellings[last], next((told for told in tellings[last:] if not told.event.lines), None)
    where = _when_bought(home, tellings)
    if emptied:
        back = [told for told in back if _is_before(told, emptied)]
    for thing, quantity, amount in _came_back(home, back, {key for told in tellings for key, _, _ in parts(told.event)}):
        result.add(where, thing, quantity, amount)
        if emptied:
            result.add(where, thing._replace(returned_day=0), -quantity, -amount)
    if not emptied:
        for key, quantity, amount in parts(home.event):
            result.add(where, Thing(key, key in home.event.gifts, 0), quantity, amount)


def _when_bought(home: Told, tellings: list[Told]) -> Where:
    """Where a purchase stands, on the day of whichever telling knows when it was made."""
    first = next((told for told in reversed(tellings) if not told.event.told_at), tellings[0])
    return home.where._replace(day=first.where.day, hour=first.where.hour) if home.event.told_at else home.where


def _is_before(back: Told, emptied: Told) -> bool:
    """Whether that had come back by then."""
    return (back.event.sold_at, back.seq) < (emptied.event.told_at, emptied.seq) if emptied.event.told_at else back.seq < emptied.seq


def _came_back(home: Told, back: list[Told], ever_told: set[str]) -> Iterator[tuple[Thing, int, int]]:
    """Each return, as a gift where the purchase was one, at most as much as is left of it. A thing under a name that no telling used is taken as told."""
    left: Counter[str] = Counter()
    money: Counter[str] = Counter()
    for key, quantity, amount in parts(home.event):
        left[key] += quantity
        money[key] += amount
    bought = set(left)
    for told in back:
        for key, quantity, amount in parts(told.event):
            most = max(quantity, min(0, -left[key])) if key in ever_told else quantity
            cents = amount if most == quantity else amount * most // quantity
            if not _is_priced(told, amount) and left[key] > 0:
                cents = money[key] * most // left[key]
            left[key] += most
            money[key] += cents
            is_gift = key in (home if key in bought else told).event.gifts
            yield Thing(key, is_gift, told.where.day), most, cents


def _is_priced(told: Told, amount: int) -> bool:
    """Whether it says how much money came back; else it is the part of what was paid for as many."""
    return bool(amount) or (isinstance(told.event, OrderRefunded) and told.event.is_priced)


def parts(event: Order) -> Iterator[tuple[str, int, int]]:
    """Product, quantity and amount of each line."""
    for line in event.lines:
        yield line.product_key, line.quantity_milli, line.amount_cents
