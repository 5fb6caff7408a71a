"""What both kinds of shop need to read their objects: typed JSON, product keys, and lines put together to one a product."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from habitue.app.collect.values import instant
from habitue.events.model import OrderLine
from habitue.words.errors import BadInput

Id = int | str | None
Amount = str | int | float | None
Part = tuple[str, int, int]
"""Product key, whole units, cents."""

FIRST_INSTANT = 631_152_000  # 1990
MOST_UNITS = 10**9
Kind = TypeVar("Kind")


def read(body: bytes, kind: type[Kind]) -> Kind:
    """An object of a shop as the type that we know of it; what we do not know of it is let go.

    Raises: BadInput with the place of the mistake.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise BadInput(f"The object is not what this shop is known to tell: {wrong}.") from wrong
    except RecursionError as wrong:
        raise BadInput("The object is nested too deeply.") from wrong


def key(value: Id) -> str:
    """The shop's own number of an object. Raises: BadInput where there is none."""
    text = "" if value is None else str(value).replace("\0", "").strip()
    if not text or len(text) > 200:
        raise BadInput("The object has no “id”.")
    return text


def when(*texts: str | None) -> int:
    """The first of these instants that is told. Raises: BadInput where none is, or where it lies before 1990."""
    told = next((at for text in texts if (at := instant(text)) is not None), 0)
    if told < FIRST_INSTANT:
        raise BadInput("The object tells no instant at which it was made or changed.")
    return told


def product_key(shop: str, sku: str | None, number: Id) -> str:
    """A product by its article number, which the till has too; without one, by the shop's own number. Empty where it is no product."""
    if text := (sku or "").replace("\0", "").strip()[:200]:
        return text
    return f"{shop}:{number}" if number else ""


def together(parts: Iterable[Part]) -> tuple[OrderLine, ...]:
    """Lines in their fixed order, one a product; what adds up to nothing is left out."""
    sums: dict[str, list[int]] = {}
    for product, units, amount in parts:
        if abs(units) > MOST_UNITS:
            raise BadInput(f"A quantity is {units}, which is too large to be true.")
        line = sums.setdefault(product, [0, 0])
        line[0] += units * 1000
        line[1] += amount
    return tuple(sorted(OrderLine(product, quantity, amount) for product, (quantity, amount) in sums.items() if quantity or amount))


def without_empty(**traits: Any) -> dict[str, Any]:
    """The traits that are told."""
    return {name: value for name, value in traits.items() if value}
