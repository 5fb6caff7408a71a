"""What a web shop's objects say, the same for every kind of shop.

Units: instants are UTC seconds; `updated_at` is when the shop changed the object last. Keys are the shop's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from habitue.events.model import OrderLine
from habitue.words.vocabulary import Channel, Place

NO_DATE = 0
"""Where the shop does not say when: it is the instant at which we are told."""


@dataclass(frozen=True, slots=True)
class MarketingWord:
    """Her yes or no to marketing by one channel, as the shop has it; `how` is the shop's word for how she gave it. `at` may be `NO_DATE`."""

    channel: Channel
    is_yes: bool
    at: int
    how: str


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer of the shop; without a key, a guest.

    `is_whole` where the shop describes her herself, whose word replaces what was known; what an order says of its buyer only fills gaps.
    """

    key: str
    traits: dict[str, Any]
    created_at: int
    updated_at: int
    is_whole: bool
    words: tuple[MarketingWord, ...] = ()

    @property
    def noes(self) -> tuple[MarketingWord, ...]:
        """What she refuses: that counts even where a newer state of hers is known."""
        return tuple(word for word in self.words if not word.is_yes)


@dataclass(frozen=True, slots=True)
class Refund:
    """What came back of an order; quantities and amounts are negative. An amount alone has no product and no quantity."""

    key: str
    order_key: str
    at: int
    lines: tuple[OrderLine, ...]


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order: the lines as they were sold, whatever came back of them, and the plain name of each product."""

    key: str
    buyer: Buyer | None
    at: int
    updated_at: int
    place: Place
    currency: str
    lines: tuple[OrderLine, ...]
    refunds: tuple[Refund, ...] = ()
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """A product as it is sold: one variant of what the shop calls a product."""

    key: str
    type: str
    category: str
    name: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the shop, with every variant that is sold."""

    key: str
    updated_at: int
    articles: tuple[Article, ...]


ShopObject = Purchase | Refund | Buyer | Product


def buyer_in(what: ShopObject) -> Buyer | None:
    """Whom an object tells of."""
    if isinstance(what, Purchase):
        return what.buyer
    return what if isinstance(what, Buyer) else None
