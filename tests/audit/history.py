"""The grocer's real year as a shopkeeper would read it: what each household bought and when, by the definitions of docs/concepts.md.

Plain Python on purpose: nothing here is judgement's own, so that it can disagree with judgement.
Units: `at` is UTC seconds, `day` the ordinal of the shop's local date, `units` pieces as the till counted them.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from math import sqrt
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from habitue.workshop.grocer import ZONE, grocer

SHOP_ZONE = ZoneInfo(ZONE)
SHOPPING_DAYS = (45, 80)
OFTEN, FEWEST, LONGEST_DAYS = 3, 5, 730


class Line(NamedTuple):
    """One line of an order; a thing given back stands under the day of its order, with the instant at which it came back."""

    at: int
    day: int
    order: str
    product: str
    units: int
    cents: int


class Product(NamedTuple):
    key: str
    type: str | None
    category: str | None
    department: str | None

    @property
    def type_key(self) -> str:
        return f"{self.category}/{self.type}"


@dataclass(frozen=True)
class Thing:
    """What a send may name: the text, its level, and the products for which that stands."""

    text: str
    level: str
    products: frozenset[str] = field(hash=False, compare=False)
    types: frozenset[str] = field(hash=False, compare=False)
    categories: frozenset[str] = field(hash=False, compare=False)


@dataclass(frozen=True)
class Standing:
    """How a thing stood with a household at an instant. Half a day of rounding lies between what is bought and what is clear."""

    times: int
    since: int
    gap: float
    spread: float

    @property
    def is_bought(self) -> bool:
        return self.times > 0 and self.since * 2 < self.gap - 1

    @property
    def is_early(self) -> bool:
        return self.since * 2 > self.gap + 1 and self.times >= 4 and self.spread < 0.49 and self.gap > 21.5 and self.since < 0.79 * self.gap

    @property
    def is_clear(self) -> bool:
        too_early = self.times >= 4 and self.spread < 0.51 and self.gap > 20 and self.since < 0.81 * self.gap
        return self.times > 0 and self.gap > 0 and self.since * 2 > self.gap + 1 and not too_early


class History:
    """Some hundred households with all they bought in 2017, lines of no pieces included."""

    def __init__(self, households: int, seed: int) -> None:
        self.lines: dict[str, list[Line]] = defaultdict(list)
        self.products: dict[str, Product] = {}
        self.returned: dict[str, list[Line]] = defaultdict(list)
        self._types: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
        self._sold: dict[str, list[tuple[str, Line]]] = defaultdict(list)
        self._gaps: dict[tuple[Thing, int], float] = {}
        days: dict[int, int] = {}
        for her, order, sold_at, units, cents, *product in _purchases(_chosen(households, seed)):
            made = self.products.setdefault(str(product[0]), Product(str(product[0]), *product[1:]))
            line = Line(sold_at, days.setdefault(sold_at, 0) or day_of(sold_at), str(order), made.key, units, cents)
            days[sold_at] = line.day
            self.lines[her].append(line)
            if units > 0:
                self._types[her][made.type_key].append(line)
                self._sold[made.type_key].append((her, line))

    def afresh(self) -> History:
        """The same year with nothing given back yet."""
        again = object.__new__(History)
        again.__dict__.update(self.__dict__, returned=defaultdict(list))
        return again

    def types_of(self, her: str, at: int) -> list[str]:
        """The types of which she had bought anything before an instant."""
        return [key for key, lines in self._types[her].items() if lines[0].at < at]

    def lines_of(self, her: str, thing: Thing, at: int) -> list[Line]:
        """Her lines of a thing before an instant, what came back among them."""
        bought = [line for key in thing.types for line in self._types[her].get(key, ()) if line.at < at and line.product in thing.products]
        return bought + [line for line in self.returned[her] if line.at < at and line.product in thing.products]

    def standing(self, her: str, thing: Thing, at: int, is_once_enough: bool = False) -> Standing:
        """How a thing stood with her: her own gap, and where she took it once none, or the shop's if that is enough."""
        days = days_kept(self.lines_of(her, thing, at))
        if not days:
            return Standing(0, 9999, 0, 9)
        gaps = [later - earlier for earlier, later in pairwise(days)]
        since = day_of(at) - days[-1]
        if not gaps:
            return Standing(1, since, self.usual_gap(thing, at) if is_once_enough else 0.0, 9)
        gap = sum(gaps) / len(gaps)
        return Standing(len(days), since, gap, sqrt(sum((one - gap) ** 2 for one in gaps) / len(gaps)) / gap)

    def usual_gap(self, thing: Thing, at: int) -> float:
        """How the shop's customers usually buy a thing, as of the first of the month."""
        first = date.fromordinal(day_of(at)).replace(day=1).toordinal()
        if (thing, first) not in self._gaps:
            days: dict[str, set[int]] = defaultdict(set)
            for her, line in (sold for key in thing.types for sold in self._sold[key]):
                if line.day < first and line.product in thing.products:
                    days[her].add(line.day)
            self._gaps[thing, first] = _usual_gap([sorted(some) for some in days.values()], first)
        return self._gaps[thing, first]

    def is_touched(self, her: str, categories: Iterable[str], at: int) -> bool:
        """Whether she had ever bought from one of these categories."""
        wanted = set(categories)
        near = (lines for lines in self._types[her].values() if self.products[lines[0].product].category in wanted)
        return any(lines[0].at < at for lines in near)

    def visits(self, her: str, at: int, days: int) -> int:
        """On how many of the last days she had bought anything."""
        return len({line.day for line in self.lines[her] if line.at < at and line.units > 0 and line.day >= day_of(at) - days})


def days_kept(lines: Iterable[Line]) -> list[int]:
    """The days from which something stayed with her."""
    kept: dict[int, int] = defaultdict(int)
    for line in lines:
        kept[line.day] += line.units
    return sorted(day for day, units in kept.items() if units > 0)


def _usual_gap(buyers: list[list[int]], first: int) -> float:
    gaps = [median(later - earlier for earlier, later in pairwise(days)) for days in buyers if len(days) >= OFTEN]
    if len(gaps) >= FEWEST:
        return float(median(gaps))
    again = sum(len(days) - 1 for days in buyers)
    return min(LONGEST_DAYS, sum(first - days[0] for days in buyers) / (again + 1)) if len(buyers) >= FEWEST else 0.0


def day_of(at: int) -> int:
    return datetime.fromtimestamp(at, SHOP_ZONE).toordinal()


def utc(local: datetime) -> int:
    """UTC seconds of an instant as the shop's clock shows it."""
    return int(local.replace(tzinfo=SHOP_ZONE).timestamp())


def _chosen(households: int, seed: int) -> list[int]:
    asked = "select household_id from transactions group by 1 having count(distinct transaction_timestamp::date) between {} and {} order by 1"
    regulars = [row[0] for row in grocer().ask(asked.format(*SHOPPING_DAYS))]
    return random.Random(seed).sample(regulars, households)


def _purchases(households: list[int]) -> list[tuple]:  # type: ignore[type-arg]
    listed = ", ".join(map(str, households))
    return grocer().ask(
        "select t.household_id::varchar, t.basket_id, epoch(t.transaction_timestamp)::bigint, t.quantity, round(t.sales_value * 100)::bigint, "
        "t.product_id, p.product_type, p.product_category, p.department from transactions t left join products p using (product_id) "
        f"where t.household_id in ({listed}) order by t.transaction_timestamp, t.basket_id, t.product_id"
    )
