"""What a shop tells by itself: only with its own signature, once, and whatever it says ends in the same state as a pull."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from habitue.app.pull.opening import add_shop
from habitue.events.arrivals import replay
from habitue.store import Settings
from habitue.words.vocabulary import Channel
from tests.collect.conftest import Listening, listen
from tests.pull.conftest import CREDENTIALS, HOOK_SECRET
from tests.pull.peer import recorded

__all__ = ["listen"]
WHSEC = "whsec_" + base64.b64encode(b"a key of twenty-four byt").decode()
ORDER = recorded("shopify")["orders"][0]
NAMES = {"shopify": ("X-Shopify-Hmac-Sha256", "X-Shopify-Topic"), "woocommerce": ("X-WC-Webhook-Signature", "X-WC-Webhook-Topic")}


def signed(body: bytes, secret: str = HOOK_SECRET) -> str:
    """What both kinds of shop sign by."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


class Door:
    """A house that listens, with one shop of a kind."""

    def __init__(self, listening: Listening, kind: str) -> None:
        self.listening, self.kind = listening, kind

    def tell(self, topic: str, what: Any, secret: str = HOOK_SECRET, **headers: str) -> int:
        """Posts a hook; gives the status of the answer."""
        body = what if isinstance(what, bytes) else json.dumps(what).encode()
        by, named = NAMES[self.kind]
        return self.post(body, {by: signed(body, secret), named: topic, **headers})

    def post(self, body: bytes, headers: dict[str, str], path: str = "/hooks/atelier", method: str = "POST") -> int:
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        line = f"{method} {path} HTTP/1.1\r\nHost: shop.example\r\n{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return self.listening.send(line.encode() + body)[0]


@pytest.fixture
def door(listen: Callable[..., Listening], settings: Settings) -> Callable[..., Door]:
    """Opens the house with a shop of that kind."""

    def open_door(kind: str, **told: Any) -> Door:
        address = "" if kind == "webhooks" else "https://shop.example"
        add_shop(settings, "atelier", kind, address, None, told or {**CREDENTIALS.get(kind, {}), "hook_secret": HOOK_SECRET})
        return Door(listen(keys=()), kind)

    return open_door


def names(door: Door) -> list[tuple[str, str]]:
    return [(one.name, one.customer_key) for one in door.listening.settled()]


def amount(door: Door) -> list[tuple[int, int]]:
    door.listening.settled()
    return [(int(q or 0), int(a or 0)) for q, a in door.listening.truth.run("SELECT SUM(quantity_milli), SUM(amount_cents) FROM order_line")]


def test_an_order_that_shopify_tells_is_on_her_card(door: Callable[..., Door]) -> None:
    shop = door("shopify")
    assert shop.tell("orders/create", ORDER) == 200
    told = names(shop)
    assert {key for _, key in told} == {"atelier:7001001"}
    assert [name for name, _ in told].count("Order Completed") == 1
    assert shop.listening.customers() == {"atelier:7001001": "Jeanne Martin"}
    assert amount(shop) == [(3000, 4267)]


def test_the_same_hook_again_and_an_older_state_of_it_change_nothing(door: Callable[..., Door]) -> None:
    shop = door("shopify")
    shop.tell("orders/updated", ORDER)
    once = names(shop)
    older = {**ORDER, "updated_at": "2026-11-02T11:30:00+01:00", "line_items": [], "refunds": []}
    for topic, what in (("orders/updated", ORDER), ("orders/create", older), ("orders/paid", older)):
        assert shop.tell(topic, what) == 200
        assert names(shop) == once
    assert shop.listening.truth.run("SELECT COUNT(*) FROM event_refused") == [(0,)]


def test_a_refund_told_by_itself_goes_with_its_order_once(door: Callable[..., Door]) -> None:
    shop = door("shopify")
    refund = ORDER["refunds"][0]
    bare = {
        **ORDER,
        "refunds": [],
        "line_items": [{**line, "current_quantity": line["quantity"]} for line in ORDER["line_items"]],
        "updated_at": ORDER["created_at"],
    }
    assert shop.tell("orders/create", bare) == 200
    assert amount(shop) == [(4000, 4800)]
    assert shop.tell("refunds/create", refund) == 200
    assert amount(shop) == [(3000, 4267)]
    shop.tell("orders/updated", ORDER)
    assert amount(shop) == [(3000, 4267)]
    assert [name for name, _ in names(shop)].count("Order Refunded") == 1
    assert shop.listening.truth.run("SELECT COUNT(*) FROM event_refused") == [(0,)]


def test_a_refund_of_an_order_that_nobody_knows_waits_for_it(door: Callable[..., Door]) -> None:
    shop = door("shopify")
    shop.tell("refunds/create", ORDER["refunds"][0])
    assert names(shop) == []
    (letter,) = shop.listening.letters()
    assert "not known yet" in letter.reason
    shop.tell("orders/updated", ORDER)
    assert amount(shop) == [(3000, 4267)]
    with shop.listening.truth.transaction():
        replay(shop.listening.truth, [letter.number])
    assert amount(shop) == [(3000, 4267)]
    assert not shop.listening.letters()


def test_her_word_on_marketing_told_by_itself_counts(door: Callable[..., Door]) -> None:
    shop = door("shopify")
    shop.tell("customers/create", recorded("shopify")["customers"][0])
    shop.listening.settled()
    word = {"state": "unsubscribed", "opt_in_level": "single_opt_in", "consent_updated_at": "2026-11-20T08:00:00+01:00"}
    told = {"customer_id": 7001001, "email_address": "jeanne.martin@example.org", "email_marketing_consent": word}
    assert shop.tell("customers_email_marketing_consent/update", told) == 200
    assert sorted(name for name, _ in names(shop)) == ["Consent Given"] * 3 + ["Consent Withdrawn"] * 3 + ["Customer Described"]


def word(state: str, at: str | None, channel: str = "email") -> dict[str, Any]:
    """What a hook on consent alone tells."""
    return {"customer_id": 77, f"{channel}_marketing_consent": {"state": state, "opt_in_level": "single_opt_in", "consent_updated_at": at}}


def leave(shop: Door) -> dict[str, bool]:
    """Her last word by channel, the same for every purpose."""
    shop.listening.settled()
    rows = shop.listening.truth.run("SELECT purpose, channel, is_granted FROM consent ORDER BY known_at, seq")
    last = {(purpose, channel): bool(is_granted) for purpose, channel, is_granted in rows}
    channels = {channel for _, channel in last}
    assert all(len({yes for (_, by), yes in last.items() if by == channel}) == 1 for channel in channels)
    return {Channel(channel).name.lower(): yes for (_, channel), yes in last.items()}


EMAIL_HOOK, SMS_HOOK = "customers_email_marketing_consent/update", "customers_marketing_consent/update"


def test_a_no_without_a_date_counts_from_when_it_came(door: Callable[..., Door]) -> None:
    shop = door("shopify")
    shop.tell(EMAIL_HOOK, word("subscribed", "2026-11-20T08:00:00+01:00"))
    assert leave(shop) == {"email": True}
    for _ in range(2):
        assert shop.tell(EMAIL_HOOK, word("unsubscribed", None)) == 200
        assert leave(shop) == {"email": False}


def test_a_yes_without_a_date_gives_no_leave(door: Callable[..., Door]) -> None:
    shop = door("shopify")
    assert shop.tell(EMAIL_HOOK, word("subscribed", None)) == 200
    assert leave(shop) == {}


def test_a_no_that_is_older_than_her_yes_by_another_channel_counts(door: Callable[..., Door]) -> None:
    shop = door("shopify")
    shop.tell(EMAIL_HOOK, word("subscribed", "2026-11-20T09:00:00Z"))
    shop.tell(SMS_HOOK, word("subscribed", "2026-11-20T10:05:00Z", "sms"))
    assert leave(shop) == {"email": True, "sms": True}
    shop.tell(EMAIL_HOOK, word("unsubscribed", "2026-11-20T10:00:00Z"))
    assert leave(shop) == {"email": False, "sms": True}


def test_a_no_that_is_told_after_a_newer_yes_counts_and_once(door: Callable[..., Door]) -> None:
    shop = door("shopify")
    customer = {**recorded("shopify")["customers"][0], "id": 77, "updated_at": "2026-11-20T10:05:00Z", "sms_marketing_consent": None}
    consent = word("subscribed", "2026-11-20T10:05:00Z")["email_marketing_consent"]
    shop.tell("customers/update", {**customer, "email_marketing_consent": consent})
    assert leave(shop) == {"email": True}
    older = {**customer, "updated_at": "2026-11-20T10:00:00Z", "email_marketing_consent": {**consent, "state": "unsubscribed"}}
    for _ in range(2):
        shop.tell("customers/update", older)
        assert leave(shop) == {"email": False}
    assert [name for name, _ in names(shop)].count("Consent Withdrawn") == 3


@pytest.mark.parametrize(
    ("kind", "topic", "what"),
    [
        ("shopify", "customers/redact", {"shop_id": 1, "customer": {"id": 7001001, "email": "jeanne.martin@example.org"}, "orders_to_redact": []}),
        ("shopify", "customers/delete", {"id": 7001001}),
        ("woocommerce", "customer.deleted", {"id": 7}),
        ("woocommerce", "order.deleted", {"id": 727}),
    ],
)
def test_what_is_gone_there_is_shown_to_a_person_and_deleted_by_nobody(door: Callable[..., Door], kind: str, topic: str, what: dict[str, Any]) -> None:
    shop = door(kind)
    assert shop.tell(topic, what) == 200
    shop.listening.settled()
    assert [f"“{topic}”" in letter.reason and "Nothing is deleted here by itself" in letter.reason for letter in shop.listening.letters()] == [True]


def test_a_hook_of_woocommerce_and_its_unsigned_greeting(door: Callable[..., Door]) -> None:
    shop = door("woocommerce")
    assert shop.post(b"webhook_id=12", {"Content-Type": "application/x-www-form-urlencoded"}) == 200
    assert names(shop) == []
    for order in recorded("woocommerce")["orders"]:
        assert shop.tell("order.updated", order, **{"X-WC-Webhook-Delivery-ID": "1"}) == 200
    assert shop.tell("customer.created", recorded("woocommerce")["customers"][0]) == 200
    assert shop.tell("product.updated", recorded("woocommerce")["products"][0]) == 200
    told = names(shop)
    assert [name for name, _ in told].count("Order Completed") == 2
    assert "Jeanne Martin" in shop.listening.customers().values()
    assert not shop.listening.letters()


@pytest.mark.parametrize("kind", ["shopify", "woocommerce"])
def test_whoever_has_not_the_secret_is_refused(door: Callable[..., Door], kind: str) -> None:
    shop = door(kind)
    body = json.dumps(recorded(kind)["orders"][0]).encode()
    by, topic = NAMES[kind]
    assert shop.tell("orders/create", body, secret="guessed") == 401
    assert shop.post(body, {topic: "orders/create"}) == 401
    assert shop.post(body + b" ", {by: signed(body), topic: "orders/create"}) == 401
    assert shop.post(body, {by: "é", topic: "orders/create"}) == 401
    assert shop.post(body, {by: signed(body)}) == 400
    assert shop.post(b"", {}, method="GET") == 405
    assert names(shop) == []


def test_while_a_secret_takes_anothers_place_either_signs(door: Callable[..., Door]) -> None:
    shop = door("shopify", hook_secret=["new", "old"])
    assert [shop.tell("products/update", recorded("shopify")["products"][0], secret=secret) for secret in ("new", "old", "older")] == [200, 200, 401]


@pytest.mark.parametrize("path", ["/hooks/atelier", "/hooks/atelier/", "/hooks/nobody", "/hooks/../shops/atelier", "/hooks/ATELIER", "/hooks/%00"])
def test_without_a_secret_there_is_no_such_address(door: Callable[..., Door], path: str) -> None:
    shop = door("shopify", **CREDENTIALS["shopify"])
    body = json.dumps(ORDER).encode()
    assert shop.post(body, {"X-Shopify-Hmac-Sha256": signed(body, ""), "X-Shopify-Topic": "orders/create"}, path) == 404
    assert names(shop) == []


def test_a_hook_that_says_nothing_of_use_or_nonsense_is_no_error(door: Callable[..., Door]) -> None:
    shop = door("shopify")
    assert shop.tell("carts/update", {"id": 1}) == 200
    for body in (
        b"",
        b"[]",
        b"NaN",
        b"\xff",
        b'{"id":"\\u0000"}',
        b'{"id":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b'{"id":1,"line_items":[{"quantity":1e400}]}',
        b'{"id":1,"currency":"EUR","created_at":"2026-11-01T00:00:00Z","line_items":[{"id":1,"sku":"a","quantity":1,"price":"1E+9999999"}]}',
    ):
        assert shop.tell("orders/updated", body) == 200
    assert shop.tell("orders/updated", b" " * (5 * 1024 * 1024)) == 413
    assert names(shop) == []
    assert len(shop.listening.letters()) == 8
    assert not [letter for letter in shop.listening.letters() if "broke our side" in letter.reason]


def message(**more: Any) -> bytes:
    return json.dumps({"type": "track", "event": "Product Viewed", "userId": "42", "properties": {"product_id": "p"}, **more}).encode()


def standard(body: bytes, number: str = "msg_1", at: datetime | None = None, secret: str = WHSEC, since: int = 0) -> dict[str, str]:
    """The three headers, signed by the specification's own library."""
    at = at or datetime.fromtimestamp(since, UTC)
    return {"webhook-id": number, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": Webhook(secret).sign(number, at, body.decode())}


NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)  # where the house's clock stands


def test_standard_webhooks_bring_messages_of_the_known_shape(door: Callable[..., Door]) -> None:
    shop = door("webhooks", hook_secret=WHSEC)
    body = message()
    for _ in range(2):
        assert shop.post(body, standard(body, at=NOW)) == 200
    batch = json.dumps({"batch": [json.loads(message(messageId="b1")), {"type": "dance"}]}).encode()
    assert shop.post(batch, standard(batch, "msg_2", NOW)) == 200
    assert names(shop) == [("Product Viewed", "atelier:42")] * 2
    assert shop.listening.truth.run("SELECT COUNT(*) FROM event_refused") == [(0,)]


def test_of_several_signatures_one_is_enough_and_none_is_not(door: Callable[..., Door]) -> None:
    shop = door("webhooks", hook_secret=WHSEC)
    body = message()
    right = standard(body, at=NOW)
    wrong = standard(body, at=NOW, secret="whsec_" + base64.b64encode(b"somebody else's key here").decode())["webhook-signature"]
    assert shop.post(body, {**right, "webhook-signature": f"{wrong} v1a,xyz {right['webhook-signature']}"}) == 200
    for headers in (
        {**right, "webhook-signature": wrong},
        {**right, "webhook-signature": right["webhook-signature"].replace("v1,", "v2,")},
        {**right, "webhook-signature": "nonsense , ,, v1"},
        {**right, "webhook-id": "msg_9"},
        {name: value for name, value in right.items() if name != "webhook-id"},
        standard(body, at=NOW.replace(hour=4, minute=54)),
        standard(body, at=NOW.replace(minute=6)),
        {**right, "webhook-timestamp": "soon"},
        {**right, "webhook-timestamp": "9" * 40},
    ):
        assert shop.post(body, headers) == 401, headers
    bad = message(userId=None)
    assert shop.post(bad, standard(bad, at=NOW)) == 400
    assert len(names(shop)) == 1
