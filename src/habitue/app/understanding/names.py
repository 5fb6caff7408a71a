"""How columns are called, from `column_names.toml`: which field a column tells, as far as its name says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from habitue.app.understanding.layouts_words import plain

FILE = Path(__file__).with_name("column_names.toml")
EXACT = 300


@dataclass(frozen=True, slots=True)
class Called:
    """The names of one field, plain, surest first, and the words that no column of this field has in its name."""

    names: tuple[str, ...]
    never: frozenset[str] = frozenset()

    def score(self, column: str) -> int:
        """How well a plain name fits: about 300 where it is one of the names, under 100 where it holds one, 0 where it does not."""
        if column in self.names:
            return EXACT - self.names.index(column)
        words = set(column.split())
        if self.never & words:
            return 0
        fits = [(len(set(name.split())), -place) for place, name in enumerate(self.names) if set(name.split()) <= words]
        if not fits:
            return 0
        count, place = max(fits)
        return max(1, 40 + 15 * count + place // 2 - 5 * (len(words) - count))


@cache
def names_of(kind: str) -> dict[str, Called]:
    """The names of each field of a kind of file; of each kind of identifier under `identities`."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8")).get(kind, {})
    return {field: Called(tuple(map(plain, one["names"])), frozenset(one.get("never", ()))) for field, one in told.items()}


TELLING: dict[str, frozenset[str]] = {
    "sends": frozenset(("campaign", "subject", "message", "answered", "answered_at", "bounced", "bounced_at", "sender", "text", "channel")),
    "orders": frozenset(("order", "product", "quantity", "amount", "price", "name")),
    "preferences": frozenset(("feeling", "item")),
    "messages": frozenset(("thread", "direction", "state")),
    "consents": frozenset(("granted", "purpose")),
    "catalogue": frozenset(("part_of", "category", "department", "type")),
    "stock": frozenset(("units", "item")),
    "products": frozenset(("category", "department", "type", "name_en")),
    "customers": frozenset(("given_name", "family_name", "email", "phone", "birthday", "street", "postcode", "city", "agrees_email", "agrees_sms")),
}
"""The fields by which a kind of file is told from the others."""
