"""A link says who its visitor is, and is not believed, however it writes it and whichever client reads it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from habitue.events.arrivals import WriteKey
from habitue.identity.records import people, who_is
from tests.collect.conftest import KEY, Listening
from tests.collect.test_client_script import loaded, told
from tests.collect.test_clients import TOLD

LANDINGS = [
    ("?ajs_uid=alice", "alice"),
    ("?ajs_uid=%20alice", " alice"),
    ("?ajs_uid=alice&ajs_trait_x=", "alice"),
    ("?ajs_uid=alice=1", "alice"),
    ("?ajs_uid=alice=1", "alice=1"),
    ("?ajs_uid=%61lice+", "alice "),
    ("?ajs_uid=%61l+ice", "al+ice"),
    ("?%61js_uid=alice", "alice"),
    ("?ajs_uid=alice%E9", "alice%E9"),
    ("?ajs_uid=bob&ajs_uid=alice", "alice"),
    ("?ajs_uid=al%C2%A0ice", "al ice"),
    ("?a?b&ajs_uid=al?ice", "al?ice"),
    ("https://shop.example/#/?ajs_uid=alice", "alice"),
    ("https://shop.example/?ajs_uid=alice#top", "alice"),
]
"""What an address holds, and what a client reads there."""


def landed(address: str) -> dict[str, Any]:
    return {"page": {"url": address} if "://" in address else {"search": address, "url": "https://shop.example/"}}


def test_a_link_names_nobody_however_it_is_written_and_whatever_the_site_says_beside_it(door: Listening) -> None:
    batch: list[dict[str, Any]] = []
    for n, (address, key) in enumerate(LANDINGS):
        who = {"anonymousId": f"a-{n}", "context": landed(address)}
        batch += [
            {"type": "track", "event": "Product Viewed", "messageId": f"v{n}", **who, "context": {}, "properties": {"product_id": "p"}},
            {"type": "identify", "messageId": f"i{n}", "userId": key, "traits": {"x": ""} if "trait" in address else {}, **who},
            {"type": "identify", "messageId": f"j{n}", "userId": key, "traits": {"email": f"follower{n}@example.org"}, **who},
            {"type": "page", "messageId": f"p{n}", "userId": key, **who, "context": {}},
        ]
    assert door.post("/v1/batch", {"batch": batch})[0] == 200
    assert [(one.name, one.customer_key) for one in door.settled()] == [("Product Viewed", ""), ("Page Viewed", "")] * len(LANDINGS)
    assert not door.letters()
    assert door.customers() == {}


@pytest.mark.parametrize("name", ["search", "url"])
def test_a_page_may_tell_its_address_among_its_properties_alone(door: Listening, name: str) -> None:
    link = "?ajs_uid=alice" if name == "search" else "https://shop.example/?ajs_uid=alice"
    door.post("/v1/page", {"userId": "alice", "anonymousId": "a-1", "messageId": "m", "properties": {name: link}})
    assert [one.customer_key for one in door.settled()] == [""]
    assert door.customers() == {}


def test_what_a_link_tells_of_its_visitor_lands_on_no_card(door: Listening) -> None:
    door.post("/v1/identify", {"userId": "alice", "messageId": "m0", "traits": {"email": "alice@example.org"}})
    door.post("/v1/identify", {"userId": "bob", "anonymousId": "a-2", "messageId": "m1"})
    door.settled()
    link = "?ajs_trait_email=alice@example.org&ajs_trait_firstName=Mallory&ajs_event=Order+Completed&ajs_prop_email=alice@example.org"
    said = {"email": "alice@example.org", "firstName": "Mallory"}
    for device in ("a-1", "a-2"):
        who = {"anonymousId": device, "context": {**landed(link), "traits": said}}
        door.post("/v1/identify", {**who, "messageId": f"{device} i", "traits": said})
        bought = {"order_id": f"o {device}", "total": 5, "email": "alice@example.org"}
        door.post("/v1/track", {**who, "messageId": f"{device} t", "event": "Order Completed", "properties": bought})
    assert [one.customer_key for one in door.settled() if one.name == "Order Completed"] == ["", "bob"]
    bob = who_is(door.truth, "customer", ["bob"])["bob"].customer_id
    assert people(door.truth, [bob]) == {}, "nobody has told her name or address"


ASKED = ", { useQueryString: true }"


@pytest.mark.parametrize(("address", "more"), [("#/?ajs_uid=alice", ASKED), ("?ajs_uid=alice&ajs_trait_x=", ""), ("?ajs_uid=alice=1", ASKED)])
def test_the_script_that_we_hand_out_lets_no_link_say_who_she_is(door: Listening, page: Page, address: str, more: str) -> None:
    loaded(door, page, address, more)
    page.wait_for_function("() => window.analytics.initialized")
    page.evaluate("() => { analytics.track('Product Viewed', { product_id: 'p1' }); analytics.identify({ email: 'follower@example.fr' }) }")
    page.wait_for_function("() => analytics.user().traits().email")
    page.evaluate("() => analytics.page('Home')")
    told(door, page, 2)
    assert "alice" not in door.customers()


def test_segments_npm_client_needs_its_switch_for_what_stands_after_the_hash(door: Listening, page: Page) -> None:
    script = (TOLD / "node_modules/@segment/analytics-next/dist/umd/index.js").read_text(encoding="utf-8")
    page.goto(f"http://localhost:{door.port}/shop#/?ajs_uid=alice")
    page.add_script_tag(content=script)
    settings = f"{{ writeKey: '{KEY}', cdnURL: 'http://127.0.0.1:{door.port}' }}, {{ useQueryString: false }}"
    page.evaluate(f"async () => {{ const [a] = await AnalyticsNext.AnalyticsBrowser.load({settings}); await a.page('Home') }}")
    assert told(door, page, 1) == [("Page Viewed", "")]
    assert door.customers() == {}


def said(device: str, number: str, kind: str, key: str = "", **more: Any) -> dict[str, Any]:
    return {"type": kind, "messageId": number, "anonymousId": device, **({"userId": key} if key else {}), **more}


def test_what_the_client_has_kept_of_a_link_names_nobody_on_the_next_page_whatever_the_site_says_there(door: Listening) -> None:
    """A newsletter's form on the next page says `identify({email})`, and the client adds the number that it has kept."""
    door.post("/v1/identify", {"userId": "alice", "messageId": "m0", "traits": {"firstName": "Alice"}})
    door.settled()
    for message in (
        said("a-1", "m1", "identify", "alice", context=landed("?ajs_uid=alice")),
        said("a-1", "m2", "identify", "alice", traits={"email": "follower@example.org"}),
        said("a-1", "m3", "page", "alice"),
    ):
        door.post("/v1/batch", {"batch": [message]})
        door.settled()
    assert [one.customer_key for one in door.settled() if one.name == "Page Viewed"] == [""]
    assert who_is(door.truth, "email", ["follower@example.org"]) == {}


def test_a_number_that_a_link_claimed_counts_once_the_client_has_forgotten_it_or_a_server_says_it(listen: Any) -> None:
    door: Listening = listen((WriteKey(KEY, "web", "", is_server=False), WriteKey("WK_SERVER", "shop", "", is_server=True)))
    for device in ("a-1", "a-2"):
        door.post("/v1/batch", {"batch": [said(device, f"{device} 1", "identify", "alice", context=landed("?ajs_uid=alice"))]})
    door.post("/v1/batch", {"batch": [said("a-1", "m2", "page"), said("a-1", "m3", "identify", "alice"), said("a-1", "m4", "page", "alice")]})
    door.post("/v1/batch", {"batch": [said("a-2", "m5", "identify", "alice")]}, key="WK_SERVER")
    door.settled()
    door.post("/v1/batch", {"batch": [said("a-2", "m6", "page", "alice"), said("a-3", "m7", "page")]})
    assert [one.customer_key for one in door.settled() if one.name == "Page Viewed"] == ["alice", "alice", "alice", ""]


def test_what_the_script_has_kept_of_a_link_is_not_believed_on_the_next_page(door: Listening, page: Page) -> None:
    for n, (address, spoken) in enumerate((("?ajs_uid=alice", ""), ("", "analytics.identify({ email: 'follower@example.org' }); ")), 1):
        loaded(door, page, address, ASKED)
        page.wait_for_function("() => window.analytics.initialized && analytics.user().id() === 'alice'")
        page.evaluate(f"() => {{ {spoken}analytics.page('Home') }}")
        assert told(door, page, n) == [("Page Viewed", "")] * n
    assert door.customers() == {}
