"""How each kind of shop is asked for what is new, page by page, and how it says where its list goes on.

Source: Shopify, "Make paginated requests to the REST Admin API"; WooCommerce, "REST API documentation", version 3, Pagination.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import msgspec

from habitue.app.pull.fetching import Answer, Broken, Fetching, NotThis, decoded

SHOPIFY_VERSION = "2026-07"
"""Where it has gone, Shopify answers with the oldest that it still speaks."""
SHOPIFY_PAGE, WOOCOMMERCE_PAGE = "250", "100"
NEXT = re.compile(r'<([^>]+)>;\s*rel="?next"?')
WHATS = ("products", "customers", "orders")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `next_page` is empty at its end. Units: `at` is the shop's clock in UTC seconds, 0 where it does not say."""

    objects: list[bytes]
    next_page: str
    at: int


class Asking(Protocol):
    """Whoever can ask a shop for its lists."""

    def page(self, what: str, since_at: int, next_page: str) -> Page:
        """What the shop has changed since an instant (0: ever), from a place in the list on.

        Raises: as `Fetching.get`; NotThis where that place is gone, too: the list is to be begun anew.
        """


class AskingShopify:
    """A cursor leads from page to page; everything else of the question is in it."""

    def __init__(self, fetching: Fetching) -> None:
        self.fetching = fetching

    def page(self, what: str, since_at: int, next_page: str) -> Page:
        params = {"limit": SHOPIFY_PAGE}
        if next_page:
            params["page_info"] = next_page
        else:
            params |= {"status": "any"} if what == "orders" else {}
            params |= {"updated_at_min": _iso(since_at) + "Z"} if since_at else {}
        return self.fetching.get(f"/admin/api/{SHOPIFY_VERSION}/{what}.json", params, lambda answer: self._read(what, answer))

    def _read(self, what: str, answer: Answer) -> Page:
        """Of the link to the next page only its cursor is taken: nobody is followed to wherever it leads."""
        listed = decoded(answer, dict[str, list[msgspec.Raw]])
        if what not in listed:
            raise Broken
        link = NEXT.search(answer.headers.get("link", ""))
        cursor = parse_qs(urlsplit(link[1]).query).get("page_info", [""])[0] if link else ""
        return Page([bytes(raw) for raw in listed[what]], cursor, answer.at)


class _Counted(msgspec.Struct):
    id: int = 0
    refunds: list[msgspec.Raw] | None = None


class AskingWooCommerce:
    """Pages are counted, by number of the object, so that one which changes meanwhile moves nobody; where one vanishes, the list is begun anew.

    Customers have no date by which they could be asked for: all of them are looked through each time.
    """

    def __init__(self, fetching: Fetching) -> None:
        self.fetching = fetching

    def page(self, what: str, since_at: int, next_page: str) -> Page:
        number, total = map(int, next_page.split()) if next_page else (1, 0)
        params = {"per_page": WOOCOMMERCE_PAGE, "page": str(number), "orderby": "id", "order": "asc"}
        if since_at and what != "customers":
            params |= {"modified_after": _iso(since_at), "dates_are_gmt": "true"}
        objects, now, pages, at = self._list(f"/wp-json/wc/v3/{what}", params)
        if now < total and not (objects and not now):  # an answer from a cache may have lost its count
            raise NotThis(f"{total - now} of {total} {what} are gone while they are read.")
        if what == "orders":
            objects = [self._with_refunds(raw) for raw in objects]
        is_last = number >= pages if pages else len(objects) < int(WOOCOMMERCE_PAGE)
        return Page(objects, "" if is_last else f"{number + 1} {now or total}", at)

    def _list(self, path: str, params: Mapping[str, str]) -> tuple[list[bytes], int, int, int]:
        """The objects, how many there are in all, on how many pages, and the shop's clock."""

        def read(answer: Answer) -> tuple[list[bytes], int, int, int]:
            counts = [int(text) if (text := answer.headers.get(name, "")).isdigit() else 0 for name in ("x-wp-total", "x-wp-totalpages")]
            return [bytes(raw) for raw in decoded(answer, list[msgspec.Raw])], counts[0], counts[1], answer.at

        return self.fetching.get(path, params, read)

    def _with_refunds(self, raw: bytes) -> bytes:
        """An order with its refunds laid in: the list tells only their sums."""
        try:
            order = msgspec.json.decode(raw, type=_Counted)
        except msgspec.DecodeError:
            return raw  # it becomes a dead letter, with its reason
        if not order.refunds:
            return raw
        refunds, *_ = self._list(f"/wp-json/wc/v3/orders/{order.id}/refunds", {"per_page": WOOCOMMERCE_PAGE})
        return raw.strip()[:-1] + b',"refund_details":[' + b",".join(refunds) + b"]}"


def asking(fetching: Fetching) -> Asking:
    """Whoever can ask that shop."""
    return AskingShopify(fetching) if fetching.shop.kind == "shopify" else AskingWooCommerce(fetching)


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S")
