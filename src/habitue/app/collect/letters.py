"""What one message says: when it happened, whose it is by its own word, and which event of ours it tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import msgspec

from habitue.app.collect.links import Claims, said_by_link
from habitue.app.collect.values import LONGEST_NAME, cents, instant, instant_told, number, plain_text
from habitue.app.collect.wire import Message, Told, key_of, message_of, own_id, trimmed
from habitue.consent.tcf import refused_in
from habitue.events.arrivals import Arrival, WriteKey
from habitue.events.model import Aliased, AnyEvent, GroupJoined, OrderCompleted, OrderLine, OrderRefunded, OrderUpdated, PageViewed, ProductViewed, Tracked
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Place

FIRST_INSTANT = 631_152_000  # 1990
PLACES = {"shop": Place.SHOP, "store": Place.SHOP, "pos": Place.SHOP, "till": Place.SHOP, "phone": Place.PHONE, "telephone": Place.PHONE}
GIFT = frozenset(("true", "1", "1.0", "yes", "oui"))
ORDERED_BY = "prop email"
SINCE = ("createdAt", "created_at")
BROWSING = (PageViewed, ProductViewed, Tracked)
"""What a visitor who asks not to be followed does unseen: it is let go."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message understood. Units: `at` and `received_at` are UTC seconds."""

    arrival: Arrival
    source: WriteKey
    message: Message
    message_id: str
    key: str
    device: str
    is_key_by_link: bool
    is_device_by_link: bool
    is_quiet: bool
    at: int
    told: Told | None = None
    """As its client wrote it; nothing where a shop's object was read."""
    since: int | None = None
    """Where somebody is described: since when she is a customer there, in UTC seconds."""
    address: str = ""
    """The e-mail address that a shop tells of whom it names by a number."""
    by_link: frozenset[str] = frozenset()
    """The traits that the address of the page told, and `prop email` where it told the address of whoever orders: they count for nothing."""

    @property
    def received_at(self) -> int:
        return self.arrival.received_at

    @property
    def is_dated(self) -> bool:
        """Whether it says itself when it happened: all that a shop tells does."""
        return self.told is None or bool(self.message.timestamp or self.message.original_timestamp)

    @property
    def traits(self) -> dict[str, Any]:
        """What is said of her, in whichever of the two places, and not by a link."""
        told = _traits(self.message)
        return {name: value for name, value in told.items() if name not in self.by_link} if self.by_link else told

    @property
    def previous(self) -> str:
        """By what she was known before, as an alias says."""
        return key_of(self.message.previous_id) if self.message.type == "alias" else ""

    @property
    def previous_key(self) -> str:
        """The same, as a customer's number would be written."""
        return f"{self.source.ids}:{self.previous}" if self.previous and self.source.ids else self.previous

    @property
    def email(self) -> str:
        """Her address, where the message tells one: of her, or of whoever orders. In other events an address may be a friend's."""
        is_ordering = self.message.event in ORDERS and ORDERED_BY not in self.by_link
        told = self.traits.get("email") or ((self.message.properties or {}).get("email") if is_ordering else None)
        return told.strip() if isinstance(told, str) and "@" in told and "\0" not in told and len(told) <= LONGEST_NAME else ""


def letter_of(arrival: Arrival, source: WriteKey, told: Told) -> Letter:
    """A message read.

    A number that the address of the page claims (`ajs_uid`) is the word of whoever wrote the link: it names nobody, whatever else is said there. The site's
    own `identify({email})` on that page sends the number along, which its client has kept.
    Raises: BadInput with what is wrong with it.
    """
    message = message_of(arrival.words, told.raw)
    linked = said_by_link(message)
    by_link = _by_link(message, linked)
    key, device = key_of(message.user_id), key_of(message.anonymous_id)
    return Letter(
        arrival=arrival,
        source=source,
        message=message,
        message_id=own_id(message, arrival.number, told),
        key=f"{source.ids}:{key}" if key and source.ids else key,
        device=device,
        is_key_by_link=bool(key) and key in linked.get("ajs_uid", ()),
        is_device_by_link=bool(device) and device in linked.get("ajs_aid", ()),
        is_quiet=arrival.is_quiet or _refuses(message),
        at=_happened(message, told.sent_at, arrival.received_at),
        told=told,
        since=_since(message, by_link) if message.type == "identify" else None,
        by_link=by_link,
    )


def _since(message: Message, by_link: frozenset[str]) -> int | None:
    """Since when somebody is a customer, as her client says; nothing where it does not, or a link does.

    Source: Segment, "Identify", Traits (`createdAt`).
    """
    traits = [value for name, value in _traits(message).items() if name in SINCE and name not in by_link]
    told = next((value for value in traits if isinstance(value, str | int | float) and not isinstance(value, bool)), "")
    try:
        return instant_told(told)
    except BadInput:
        return None


def _traits(message: Message) -> dict[str, Any]:
    return {**((message.context.traits if message.context else None) or {}), **(message.traits or {})}


def _by_link(message: Message, linked: Claims) -> frozenset[str]:
    """What a message repeats of the link, by the name of the trait."""
    if not linked:
        return frozenset()
    told = {f"ajs_trait_{name}": (name, value) for name, value in _traits(message).items()}
    told["ajs_prop_email"] = (ORDERED_BY, (message.properties or {}).get("email"))
    return frozenset(name for claim, (name, value) in told.items() if trimmed(str(value)) in linked.get(claim, ()))


def _refuses(message: Message) -> bool:
    """Whether the site's banner was told a no. A yes there is leave for nothing of ours."""
    consent = message.context.consent if message.context else None
    return consent is not None and (not all((consent.category_preferences or {}).values()) or bool(refused_in(consent.tc_string or "")))


def _happened(message: Message, sent_at: str, received_at: int) -> int:
    """The instant of an event by our clock: received − (sent − told), so that a wrong clock of hers does not matter; never after it was received.

    Source: Segment, "Common fields", Timestamp overview.
    """
    told, sent = instant(message.timestamp or message.original_timestamp), instant(message.sent_at or sent_at)
    if told is None:
        return received_at
    at = min(received_at, told if sent is None else received_at - (sent - told))
    if at < FIRST_INSTANT:
        raise BadInput(f"The event says that it happened at “{(message.timestamp or message.original_timestamp or '')[:40]}”, before 1990.")
    return at


def event_of(letter: Letter, currency: str) -> AnyEvent | None:
    """The event that a message tells; nothing for one that only says who somebody is.

    Raises: BadInput where what it says makes no sense.
    """
    message = letter.message
    properties = message.properties or {}
    if message.type in ("page", "screen"):
        path = message.context.page.path if message.context and message.context.page else None
        name = message.name or (message.context.page.title if message.context and message.context.page else None)
        return PageViewed(plain_text(name), plain_text(properties.get("path") or path).partition("?")[0], message.type == "screen")
    if message.type == "group":
        return GroupJoined(_needed(key_of(message.group_id), "groupId"))
    if message.type == "alias":
        return Aliased(_needed(key_of(message.previous_id), "previousId"))
    if message.type != "track":
        return None
    if message.event in ORDERS:
        return ORDERS[message.event](letter, properties, currency)
    if message.event == "Product Viewed" and _product(properties):
        return ProductViewed(_product(properties))
    return Tracked(plain_text(message.event), _plain(properties))


def _completed(letter: Letter, properties: dict[str, Any], currency: str) -> OrderCompleted:
    lines = _lines(properties) or (OrderLine("", 1_000, cents(_sold(properties.get("total", properties.get("revenue", 0)), "total"), "total")),)
    return OrderCompleted(*_head(letter, properties, currency), lines, _gifts(properties, lines), letter.at)


def _updated(letter: Letter, properties: dict[str, Any], currency: str) -> OrderUpdated:
    order = _completed(letter, properties, currency)
    return OrderUpdated(**msgspec.structs.asdict(order))


def _refunded(letter: Letter, properties: dict[str, Any], currency: str) -> OrderRefunded | OrderUpdated:
    """What came back; where no products are told, all of it. Some tell it with minus signs and some without: it never sells again."""
    lines = _lines(properties, is_back=True)
    if not lines:
        return _cancelled(letter, properties, currency)
    is_priced = all(one.get("price") is not None for one in properties["products"])
    return OrderRefunded(*_head(letter, properties, currency), lines, is_priced=is_priced)


def _cancelled(letter: Letter, properties: dict[str, Any], currency: str) -> OrderUpdated:
    return OrderUpdated(*_head(letter, properties, currency), (), told_at=letter.at)


ORDERS: dict[str, Callable[[Letter, dict[str, Any], str], AnyEvent]] = {
    "Order Completed": _completed,
    "Order Updated": _updated,
    "Order Refunded": _refunded,
    "Order Cancelled": _cancelled,
}


def _head(letter: Letter, properties: dict[str, Any], currency: str) -> tuple[str, int, Place, str, str]:
    told = plain_text(properties.get("currency") or currency).upper()
    if told != currency:
        raise BadInput(f"The order is in {told}; this house counts in {currency}.")
    place = PLACES.get(plain_text(properties.get("place") or properties.get("channel")).casefold(), Place.WEB)
    return _needed(key_of(_id(properties.get("order_id", properties.get("orderId")))), "properties.order_id"), letter.at, place, "", currency


def _lines(properties: dict[str, Any], *, is_back: bool = False) -> tuple[OrderLine, ...]:
    """The lines of an order in their fixed order, one a product; of what came back, with minus signs."""
    told = properties.get("products") or []
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise BadInput("“properties.products” must be a list of products.")
    sums: dict[str, list[int]] = {}
    for one in told:
        if is_back:
            quantity, price = -abs(number(one.get("quantity", 1), "quantity")), abs(number(one.get("price", 0), "price"))
        else:
            quantity, price = _sold(one.get("quantity", 1), "quantity"), _sold(one.get("price", 0), "price")
        amount = cents(quantity * price, "price × quantity")
        line = sums.setdefault(_product(one), [0, 0])
        line[0] += int((quantity * 1000).to_integral_value(ROUND_HALF_EVEN))
        line[1] += amount
    return tuple(sorted(OrderLine(key, quantity, amount) for key, (quantity, amount) in sums.items()))


def _sold(value: object, what: str) -> Decimal:
    """A number of something that was bought. Raises: BadInput as `number`, and for less than nothing."""
    amount = number(value, what)
    if amount < 0:
        raise BadInput(f"“{what}” is {amount}: nobody buys less than nothing. What came back is told by Order Refunded.")
    return amount


def _gifts(properties: dict[str, Any], lines: tuple[OrderLine, ...]) -> tuple[str, ...]:
    """The products that are for somebody else: those that say so, or all of an order that does."""
    if _is_gift(properties):
        return tuple(line.product_key for line in lines)
    return tuple(sorted({_product(one) for one in properties.get("products") or [] if _is_gift(one)}))


def _is_gift(told: Mapping[str, Any]) -> bool:
    """Whether an order or a product says so, as `is_gift` or `gift`: true, 1 or yes."""
    return any(str(told.get(name)).strip().casefold() in GIFT for name in ("is_gift", "isGift", "gift"))


def _product(told: Mapping[str, Any]) -> str:
    return next((key for name in ("product_id", "productId", "sku") if (key := key_of(_id(told.get(name))))), "")


def _id(value: object) -> str | int | None:
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None


def _needed(text: str, name: str) -> str:
    if not text:
        raise BadInput(f"“{name}” is missing.")
    return text


def _plain(properties: dict[str, Any]) -> dict[str, Any]:
    """Properties that every database can keep: without zero bytes."""
    return dict(_without_zeros(properties)) if rb"\u0000" in msgspec.json.encode(properties) else properties


def _without_zeros(value: Any) -> Any:
    if isinstance(value, dict):
        return {_without_zeros(name): _without_zeros(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_zeros(one) for one in value]
    return value.replace("\0", "") if isinstance(value, str) else value
