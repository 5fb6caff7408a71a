"""What a shop tells by itself: whether a hook is really its own, and which request it becomes.

Source: Shopify, "Verify webhook deliveries"; WooCommerce, "Webhooks" (REST API documentation, version 3); Standard Webhooks, specification, "Signature scheme".
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from habitue.app.collect.wire import BATCH, ONE, envelope
from habitue.app.pull.shops import Shop, shop_named
from habitue.app.pull.wording import GONE, words_for
from habitue.words.errors import BadInput, Refused, Unknown

HOOKS = "/hooks/"
MOST_HOOK_BYTES = 4 * 1024 * 1024
TOLERANCE_SECONDS = 300
PING = re.compile(rb"webhook_id=\d+")
Headers = Mapping[bytes, bytes]

SHOPIFY_TOPICS: Mapping[str, str] = {
    **dict.fromkeys(("orders/create", "orders/updated", "orders/paid", "orders/cancelled", "orders/fulfilled", "orders/partially_fulfilled"), "orders"),
    **dict.fromkeys(("customers/create", "customers/update", "customers/enable", "customers/disable"), "customers"),
    **dict.fromkeys(("customers_marketing_consent/update", "customers_email_marketing_consent/update"), "consents"),
    **dict.fromkeys(("products/create", "products/update"), "products"),
    "refunds/create": "refunds",
}
SHOPIFY_GONE: Mapping[str, str] = {
    **dict.fromkeys(("customers/delete", "customers/redact", "customers/data_request", "shop/redact"), "customers"),
    "orders/delete": "orders",
}
WOOCOMMERCE_TOPICS: Mapping[str, str] = {
    f"{one}.{event}": f"{one}s" for one in ("order", "customer", "product") for event in ("created", "updated", "restored")
}
WOOCOMMERCE_GONE: Mapping[str, str] = {"customer.deleted": "customers", "order.deleted": "orders"}


@dataclass(frozen=True, slots=True)
class Hook:
    """What is to be written down: the words of a request and its body."""

    words: str
    body: bytes


def hooked(data: Path, path: str) -> Shop:
    """The shop that tells by that address. Raises: Unknown where there is none, or where it has no secret: then there is no such address."""
    shop = shop_named(data, path.removeprefix(HOOKS).rstrip("/"))
    if shop is None or not shop.hook_secret:
        raise Unknown("There is no such address.")
    return shop


def opened(shop: Shop, headers: Headers, body: bytes, now: int) -> Hook | None:
    """The request that a hook becomes; nothing for a first greeting, or for a topic that tells nothing of use here.

    Raises: Refused where the signature is not the shop's, or too old; BadInput where a hook says nothing that can be understood.
    """
    if shop.kind == "shopify":
        _signed(shop, headers.get(b"x-shopify-hmac-sha256", b""), body)
        return _told("shopify", _topic(headers, b"x-shopify-topic"), SHOPIFY_TOPICS, SHOPIFY_GONE, body)
    if shop.kind == "woocommerce":
        if PING.fullmatch(body.strip()):
            return None
        _signed(shop, headers.get(b"x-wc-webhook-signature", b""), body)
        return _told("woocommerce", _topic(headers, b"x-wc-webhook-topic"), WOOCOMMERCE_TOPICS, WOOCOMMERCE_GONE, body)
    return _standard(shop, headers, body, now)


def _topic(headers: Headers, name: bytes) -> str:
    topic = headers.get(name, b"").decode("latin-1").strip().lower()
    if not topic:
        raise BadInput("The hook does not say what it tells: its topic is missing.")
    return topic


def _told(kind: str, topic: str, topics: Mapping[str, str], gone: Mapping[str, str], body: bytes) -> Hook | None:
    if topic in gone:
        return Hook(words_for(kind, gone[topic], f"{GONE} {topic}"), body)
    return Hook(words_for(kind, topics[topic]), body) if topic in topics else None


def _signed(shop: Shop, told: bytes, body: bytes) -> None:
    """Compares in constant time. While a secret takes another's place, either may have signed."""
    right = [hmac.compare_digest(base64.b64encode(hmac.digest(secret.encode(), body, "sha256")), told.strip()) for secret in shop.hook_secret]
    if not any(right):
        raise Refused("This hook is not signed with the secret of that shop.")


def _standard(shop: Shop, headers: Headers, body: bytes, now: int) -> Hook:
    number, at, told = (headers.get(name, b"").strip() for name in (b"webhook-id", b"webhook-timestamp", b"webhook-signature"))
    if not number or not at.isdigit() or len(at) > 12 or not told:
        raise Refused("A hook must tell webhook-id, webhook-timestamp and webhook-signature.")
    if abs(now - int(at)) > TOLERANCE_SECONDS:
        raise Refused(f"This hook was signed more than {TOLERANCE_SECONDS // 60} minutes from now by our clock.")
    right = [b"v1," + base64.b64encode(hmac.digest(_standard_key(secret), b".".join((number, at, body)), "sha256")) for secret in shop.hook_secret]
    if not any(hmac.compare_digest(one, each) for one in right for each in told.split()):
        raise Refused("This hook is not signed with the secret of that source.")
    return _message(number.decode("latin-1"), int(at), body)


def _standard_key(secret: str) -> bytes:
    text = secret.removeprefix("whsec_")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True) or text.encode()
    except binascii.Error:
        return text.encode()


def _message(number: str, at: int, body: bytes) -> Hook:
    """A message of Segment's shape, or several; one that has no number or instant of its own has those of its hook, so that a repetition is known as one."""
    if envelope(body).batch is not None:
        return Hook(BATCH, body)
    try:
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError) as wrong:
        raise BadInput("The body is no JSON object that could be read.") from wrong
    if not told.get("messageId"):
        told["messageId"] = number
    if not told.get("timestamp") and not told.get("originalTimestamp"):
        told["timestamp"] = datetime.fromtimestamp(at, UTC).isoformat()
    return Hook(ONE, msgspec.json.encode(told))
