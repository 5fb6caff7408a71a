"""Shopify's objects, as its REST Admin API and its webhooks tell them.

Source: Shopify, "REST Admin API reference": Order, Customer, Refund, Product; changelog of 2023-12-05 (`current_quantity`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from msgspec import Struct

from habitue.app.collect.values import cents, instant, plain_text
from habitue.app.pull.lines import Amount, Id, Part, key, product_key, read, together, when, without_empty
from habitue.app.pull.model import NO_DATE, Article, Buyer, MarketingWord, Product, Purchase, Refund
from habitue.events.model import OrderLine
from habitue.words.vocabulary import Channel, Place

IN_THE_SHOP = frozenset({"pos", "iphone", "android", "shopify_draft_order"})
NOT_SOLD = frozenset({"voided", "expired"})
NO = frozenset({"unsubscribed", "redacted"})
YES = "subscribed"
NO_VARIANT = "Default Title"


class _Address(Struct):
    first_name: str | None = None
    last_name: str | None = None
    address1: str | None = None
    zip: str | None = None
    city: str | None = None
    country_code: str | None = None
    phone: str | None = None


class _Consent(Struct):
    state: str | None = None
    opt_in_level: str | None = None
    consent_updated_at: str | None = None


class _Customer(Struct):
    id: Id = None
    email: str | None = None
    phone: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    default_address: _Address | None = None
    email_marketing_consent: _Consent | None = None
    sms_marketing_consent: _Consent | None = None


class _Asked(Struct):
    id: Id = None
    customer_id: Id = None
    email_marketing_consent: _Consent | None = None
    sms_marketing_consent: _Consent | None = None


class _Allocation(Struct):
    amount: Amount = None


class _Line(Struct):
    id: Id = None
    product_id: Id = None
    sku: str | None = None
    name: str | None = None
    title: str | None = None
    quantity: int = 0
    current_quantity: int | None = None
    price: Amount = None
    total_discount: Amount = None
    discount_allocations: list[_Allocation] | None = None


class _RefundLine(Struct):
    line_item_id: Id = None
    quantity: int = 0
    subtotal: Amount = None
    line_item: _Line | None = None


class _Adjustment(Struct):
    kind: str | None = None
    amount: Amount = None


class _Refund(Struct):
    id: Id = None
    order_id: Id = None
    created_at: str | None = None
    processed_at: str | None = None
    refund_line_items: list[_RefundLine] | None = None
    order_adjustments: list[_Adjustment] | None = None


class _Order(Struct):
    id: Id = None
    test: bool | None = None
    email: str | None = None
    contact_email: str | None = None
    phone: str | None = None
    created_at: str | None = None
    processed_at: str | None = None
    updated_at: str | None = None
    cancelled_at: str | None = None
    currency: str | None = None
    financial_status: str | None = None
    source_name: str | None = None
    customer: _Customer | None = None
    billing_address: _Address | None = None
    line_items: list[_Line] | None = None
    refunds: list[_Refund] | None = None


class _Variant(Struct):
    id: Id = None
    sku: str | None = None
    title: str | None = None


class _Product(Struct):
    id: Id = None
    title: str | None = None
    product_type: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    variants: list[_Variant] | None = None


def customer(shop: str, body: bytes) -> Buyer:
    """A customer. Raises: BadInput."""
    return _buyer(read(body, _Customer))


def consents(shop: str, body: bytes) -> Buyer:
    """Her word on marketing, told by itself: a no always, a yes only with its date. Raises: BadInput."""
    told = read(body, _Asked)
    asked = [_word(Channel.EMAIL, told.email_marketing_consent, NO_DATE), _word(Channel.SMS, told.sms_marketing_consent, NO_DATE)]
    words = tuple(word for word in asked if word and (word.at or not word.is_yes))
    at = max((word.at for word in words), default=NO_DATE)
    return Buyer(key(told.customer_id or told.id), {}, at, at, is_whole=False, words=words)


def order(shop: str, body: bytes) -> Purchase | None:
    """An order; nothing for one that only tries the shop out. Raises: BadInput."""
    told = read(body, _Order)
    if told.test:
        return None
    refunds = tuple(_refund(shop, one, key(told.id)) for one in told.refunds or ())
    names = {product_key(shop, line.sku, line.product_id): plain_text(line.title or line.name) for line in told.line_items or ()}
    return Purchase(
        key=key(told.id),
        buyer=_ordering(told, told.customer) if told.customer and told.customer.id else _guest(told),
        at=when(told.processed_at, told.created_at),
        updated_at=when(told.updated_at, told.created_at),
        place=Place.SHOP if told.source_name in IN_THE_SHOP else Place.WEB,
        currency=told.currency or "",
        lines=_sold(shop, told, refunds),
        refunds=tuple(refund for refund in refunds if refund.lines),
        names={product: name for product, name in names.items() if product and name},
    )


def refund(shop: str, body: bytes) -> Refund:
    """What came back of an order, told by itself. Raises: BadInput."""
    told = read(body, _Refund)
    return _refund(shop, told, key(told.order_id))


def product(shop: str, body: bytes) -> Product:
    """A product with its variants. Raises: BadInput."""
    told = read(body, _Product)
    title, category = plain_text(told.title), plain_text(told.product_type)
    articles = {}
    for variant in told.variants or ():
        which = "" if variant.title in (None, NO_VARIANT) else plain_text(variant.title)
        own = product_key(shop, variant.sku, told.id)
        name = title if own == f"{shop}:{told.id}" else f"{title}, {which}" if which else title
        articles[own] = Article(own, title, category, name)
    return Product(key(told.id), when(told.updated_at, told.created_at), tuple(articles.values()))


def _buyer(told: _Customer) -> Buyer:
    address = told.default_address or _Address()
    created_at = when(told.created_at, told.updated_at)
    words = [_word(Channel.EMAIL, told.email_marketing_consent, created_at), _word(Channel.SMS, told.sms_marketing_consent, created_at)]
    traits = without_empty(email=told.email, phone=told.phone or address.phone, firstName=told.first_name, lastName=told.last_name, address=_address(address))
    return Buyer(key(told.id), traits, created_at, when(told.updated_at, told.created_at), True, tuple(word for word in words if word))


def _ordering(told: _Order, who: _Customer) -> Buyer:
    """Who ordered; where the shop keeps back when it came to know or changed her, the order's own instants stand for that, and what it says fills gaps."""
    if who.created_at and who.updated_at:
        return _buyer(who)
    who.created_at, who.updated_at = told.processed_at or told.created_at, told.updated_at or told.created_at
    return replace(_buyer(who), is_whole=False)


def _guest(told: _Order) -> Buyer | None:
    """Whoever ordered without a customer's account, by her address; nobody where she gave none."""
    address, email = told.billing_address or _Address(), told.email or told.contact_email
    if not email:
        return None
    traits = without_empty(email=email, phone=told.phone or address.phone, firstName=address.first_name, lastName=address.last_name, address=_address(address))
    return Buyer("", traits, when(told.processed_at, told.created_at), when(told.updated_at, told.created_at), is_whole=False)


def _address(told: _Address) -> dict[str, str]:
    return without_empty(street=told.address1, postalCode=told.zip, city=told.city, country=told.country_code)


def _word(channel: Channel, told: _Consent | None, otherwise_at: int) -> MarketingWord | None:
    """Her word on marketing; nothing where she was never asked, or has not confirmed yet."""
    if told is None or (told.state != YES and told.state not in NO):
        return None
    return MarketingWord(channel, told.state == YES, instant(told.consent_updated_at) or otherwise_at, plain_text(told.opt_in_level))


def _sold(shop: str, told: _Order, refunds: tuple[Refund, ...]) -> tuple[OrderLine, ...]:
    """What was sold: all that she keeps and all that came back; a cancelled order keeps nothing."""
    if told.cancelled_at or told.financial_status in NOT_SOLD:
        return together((line.product_key, -line.quantity_milli // 1000, -line.amount_cents) for one in refunds for line in one.lines)
    back: dict[str, int] = defaultdict(int)
    for one in told.refunds or ():
        for line in one.refund_line_items or ():
            back[str(line.line_item_id)] += line.quantity
    return together(_sold_line(shop, line, back[str(line.id)]) for line in told.line_items or ())


def _sold_line(shop: str, line: _Line, came_back: int) -> Part:
    """A line without what an edit took out of the order: that was never sold, and never came back."""
    units = line.quantity if line.current_quantity is None else min(line.quantity, line.current_quantity + came_back)
    allocations = line.discount_allocations
    discount = sum([cents(one.amount or 0, "discount") for one in allocations]) if allocations else cents(line.total_discount or 0, "total_discount")
    amount = cents(line.price or 0, "price") * line.quantity - discount
    if units != line.quantity:
        amount = int((Decimal(amount) * units / line.quantity).to_integral_value(ROUND_HALF_EVEN))
    return product_key(shop, line.sku, line.product_id), units, amount


def _refund(shop: str, told: _Refund, order_key: str) -> Refund:
    """What came back, and what was given back beyond or short of it. Carriage counts nowhere, so it is not counted back either."""
    parts: list[Part] = []
    for line in told.refund_line_items or ():
        what = line.line_item or _Line()
        parts.append((product_key(shop, what.sku, what.product_id), -line.quantity, -cents(line.subtotal or 0, "subtotal")))
    parts += [("", 0, cents(one.amount or 0, "amount")) for one in told.order_adjustments or () if one.kind == "refund_discrepancy"]
    return Refund(key(told.id), order_key, when(told.created_at, told.processed_at), together(parts))
