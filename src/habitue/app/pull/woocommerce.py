"""WooCommerce's objects, as its REST API (version 3) and its webhooks tell them. Its instants in GMT carry no zone; ours are UTC.

Source: WooCommerce, "REST API documentation", version 3: Orders, Order refunds, Customers, Products.
"""

from __future__ import annotations

from dataclasses import replace

from msgspec import Struct

from habitue.app.collect.values import cents, plain_text
from habitue.app.pull.lines import Amount, Id, Part, key, product_key, read, together, when, without_empty
from habitue.app.pull.model import Article, Buyer, Product, Purchase, Refund
from habitue.events.model import OrderLine
from habitue.words.vocabulary import Place

NOT_SOLD = frozenset({"pending", "failed", "cancelled", "trash", "draft", "auto-draft", "checkout-draft"})
REFUNDED = "refunded"
AT_THE_TILL = frozenset({"pos", "pos-rest-api", "woocommerce-pos"})


class _Address(Struct):
    first_name: str | None = None
    last_name: str | None = None
    address_1: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    email: str | None = None
    phone: str | None = None


class _Customer(Struct):
    id: Id = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    date_created_gmt: str | None = None
    date_modified_gmt: str | None = None
    billing: _Address | None = None


class _Line(Struct):
    product_id: Id = None
    sku: str | None = None
    name: str | None = None
    parent_name: str | None = None
    quantity: int = 0
    total: Amount = None
    total_tax: Amount = None


class _Refund(Struct):
    id: Id = None
    date_created_gmt: str | None = None
    amount: Amount = None
    line_items: list[_Line] | None = None


class _Refunded(Struct):
    id: Id = None


class _Order(Struct):
    id: Id = None
    status: str | None = None
    currency: str | None = None
    created_via: str | None = None
    prices_include_tax: bool | None = None
    date_created_gmt: str | None = None
    date_modified_gmt: str | None = None
    customer_id: Id = None
    billing: _Address | None = None
    line_items: list[_Line] | None = None
    refunds: list[_Refunded] | None = None
    refund_details: list[_Refund] | None = None
    """What our own fetching laid into the order: the shop tells a refund's lines only at an address of their own."""


class _Category(Struct):
    name: str | None = None


class _Product(Struct):
    id: Id = None
    sku: str | None = None
    name: str | None = None
    date_created_gmt: str | None = None
    date_modified_gmt: str | None = None
    categories: list[_Category] | None = None


def customer(shop: str, body: bytes) -> Buyer:
    """A customer. Raises: BadInput."""
    told = read(body, _Customer)
    billing = told.billing or _Address()
    traits = without_empty(
        email=told.email or billing.email,
        phone=billing.phone,
        firstName=told.first_name or billing.first_name,
        lastName=told.last_name or billing.last_name,
        address=_address(billing),
    )
    created_at = when(told.date_created_gmt, told.date_modified_gmt)
    return Buyer(key(told.id), traits, created_at, when(told.date_modified_gmt, told.date_created_gmt), is_whole=True)


def order(shop: str, body: bytes) -> Purchase | None:
    """An order; nothing for one that cannot be understood before its refunds are fetched. Raises: BadInput."""
    told = read(body, _Order)
    is_sold = told.status not in NOT_SOLD
    if not is_sold and told.refunds and told.refund_details is None:
        return None
    sold = together(_part(shop, told, line) for line in told.line_items or ())
    refunds = _refunds(shop, told, sold)
    if not is_sold:
        sold = together((line.product_key, -line.quantity_milli // 1000, -line.amount_cents) for one in refunds for line in one.lines)
    names = {product_key(shop, line.sku, line.product_id): plain_text(line.parent_name or line.name) for line in told.line_items or ()}
    return Purchase(
        key=key(told.id),
        buyer=_buyer(told),
        at=when(told.date_created_gmt),
        updated_at=when(told.date_modified_gmt, told.date_created_gmt),
        place=Place.SHOP if told.created_via in AT_THE_TILL else Place.WEB,
        currency=told.currency or "",
        lines=sold,
        refunds=tuple(refund for refund in refunds if refund.lines),
        names={product: name for product, name in names.items() if product and name},
    )


def product(shop: str, body: bytes) -> Product:
    """A product. Raises: BadInput."""
    told = read(body, _Product)
    name, category = plain_text(told.name), next((plain_text(one.name) for one in told.categories or () if one.name), "")
    article = Article(product_key(shop, told.sku, told.id), name, category, name)
    return Product(key(told.id), when(told.date_modified_gmt, told.date_created_gmt), (article,))


def _buyer(told: _Order) -> Buyer | None:
    """Who ordered; a guest, whose customer's number is 0, is known by her address."""
    billing, number = told.billing or _Address(), str(told.customer_id or "").strip()
    own = "" if number in ("", "0") else number
    if not own and not billing.email:
        return None
    traits = without_empty(email=billing.email, phone=billing.phone, firstName=billing.first_name, lastName=billing.last_name, address=_address(billing))
    return Buyer(own, traits, when(told.date_created_gmt), when(told.date_modified_gmt, told.date_created_gmt), is_whole=False)


def _address(told: _Address) -> dict[str, str]:
    return without_empty(street=told.address_1, postalCode=told.postcode, city=told.city, country=told.country)


def _part(shop: str, order: _Order, line: _Line) -> Part:
    """A line as its price was shown: with its tax where the shop's prices hold it."""
    amount = cents(line.total or 0, "total") + (cents(line.total_tax or 0, "total_tax") if order.prices_include_tax else 0)
    return product_key(shop, line.sku, line.product_id), line.quantity, amount


def _refunds(shop: str, told: _Order, sold: tuple[OrderLine, ...]) -> list[Refund]:
    """What came back, oldest first. Where all did and the shop names no products, the last refund brings back whatever was still hers."""
    refunds = []
    for one in sorted(told.refund_details or (), key=lambda one: int(str(one.id)) if str(one.id).isdigit() else 0):
        parts = [_part(shop, told, line) for line in one.line_items or ()]
        parts = [(product, -abs(units), -abs(amount)) for product, units, amount in parts if units or amount]
        if not parts:
            parts = [("", 0, -abs(cents(one.amount or 0, "amount")))]
        refunds.append(Refund(key(one.id), key(told.id), when(one.date_created_gmt), together(parts)))
    if refunds and told.status == REFUNDED:
        before = [(line.product_key, line.quantity_milli // 1000, line.amount_cents) for one in refunds[:-1] for line in one.lines]
        hers = together([*((line.product_key, line.quantity_milli // 1000, line.amount_cents) for line in sold), *before])
        rest = together((line.product_key, -line.quantity_milli // 1000, -line.amount_cents) for line in hers)
        refunds[-1] = replace(refunds[-1], lines=rest)
    return refunds
