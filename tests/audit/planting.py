"""Everything that is planted into real history, and what keeps the scenes apart that plant it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zlib import crc32

from tests.audit.history import History, Product, Thing

OPENING, FIRST, LAST = date(2017, 1, 13), date(2017, 4, 3), date(2017, 12, 27)
LEAFLETS = 30
ALWAYS = datetime.fromisoformat("2016-12-15T09:00:00")


@dataclass
class Said:
    """One message to one household; `faults` are those of the message, each thing has its own beside."""

    customer: str
    at: datetime
    things: list[tuple[Thing | None, tuple[str, ...]]]
    faults: tuple[str, ...]
    scene: str
    kind: str = "offer"
    channel: str = "email"
    campaign: str = ""
    message: str = ""
    subject: str = ""
    text: str = ""
    sender: str = ""
    answered_at: datetime | None = None
    bounced_at: datetime | None = None
    is_answer_settled: bool = False


@dataclass
class Plan:
    """Everything that the files will tell, and what keeps the scenes apart."""

    history: History
    chance: random.Random
    said: list[Said] = field(default_factory=list)
    rows: dict[str, list[tuple[object, ...]]] = field(default_factory=lambda: defaultdict(list))
    played: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    consents_from: dict[str, datetime] = field(default_factory=dict)
    used: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    spoiled: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    out: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        known = [product for product in self.history.products.values() if product.type and product.category]
        self.by_level = {
            "product": {product.key: thing(product.key, "product", [product]) for product in known},
            "type": {key: thing(key, "type", some) for key, some in _grouped(known, lambda one: one.type_key)},
            "category": {key: thing(key, "category", some) for key, some in _grouped(known, lambda one: str(one.category))},
        }
        some = [self.chance.sample(known, 6) for _ in range(LEAFLETS // 2)] + [self.chance.sample(of, 4) for of in self._small_categories(known)]
        self.by_level["leaflet"] = {f"Leaflet {n}": thing(f"Leaflet {n}", "", products) for n, products in enumerate(some, 1)}

    def _small_categories(self, known: list[Product]) -> list[list[Product]]:
        rare = [of for _, of in _grouped(known, lambda one: str(one.category)) if 4 <= len(of) <= 25]
        return self.chance.sample(rare, LEAFLETS - LEAFLETS // 2)

    def has_sms(self, her: str) -> bool:
        return crc32(her.encode()) % 2 == 0

    def counted_by(self, what: Thing) -> str:
        """Of each type either the whole is counted or its products, never both."""
        return "product" if all(crc32(key.encode()) % 2 for key in what.types) else "type"

    def is_out(self, what: Thing, at: datetime) -> bool:
        return any(start <= at <= end for key in what.types for start, end in self.out[key])

    def is_free(self, her: str, what: Thing, at: datetime) -> bool:
        return not self.is_out(what, at) and not what.categories & self.spoiled[her] and what.text.lower() not in self.used[her]


def thing(text: str, level: str, products: Iterable[Product]) -> Thing:
    listed = list(products)
    types, categories = frozenset(p.type_key for p in listed), frozenset(str(p.category) for p in listed)
    return Thing(text, level, frozenset(p.key for p in listed), types, categories)


def _grouped(products: list[Product], by: Callable[[Product], str]) -> Iterator[tuple[str, list[Product]]]:
    groups: dict[str, list[Product]] = defaultdict(list)
    for product in products:
        groups[by(product)].append(product)
    yield from groups.items()
