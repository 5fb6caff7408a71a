"""How a request that tells a shop's object names it: “shopify orders live”. The kind of shop, what it is, and whether it tells what is or what was.

What a first sweep brings is *history*: it counts as known from when it happened, as imported files do; everything else from when we came to know it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from habitue.app.pull import shopify, woocommerce
from habitue.app.pull.model import ShopObject

LIVE, HISTORY, GONE = "live", "history", "gone"
Reader = Callable[[str, bytes], ShopObject | None]

READERS: Mapping[str, Mapping[str, Reader]] = {
    "shopify": {
        "products": shopify.product,
        "customers": shopify.customer,
        "consents": shopify.consents,
        "orders": shopify.order,
        "refunds": shopify.refund,
    },
    "woocommerce": {"products": woocommerce.product, "customers": woocommerce.customer, "orders": woocommerce.order},
}


def words_for(kind: str, what: str, tense: str = LIVE) -> str:
    """The words of a request that tells one object of a shop."""
    return f"{kind} {what} {tense}"


def is_of_a_shop(words: str) -> bool:
    """Whether a request tells an object of a shop."""
    return words.partition(" ")[0] in READERS
