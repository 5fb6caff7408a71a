"""What real clients sent comes in over a socket; what happened comes out on the right card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
import pytest

from habitue.app.merging import Pairing
from habitue.events.arrivals import WriteKey
from habitue.events.model import OrderCompleted, OrderLine, ProductViewed
from habitue.identity.records import people, who_is
from habitue.identity.waiting import open_pairs
from habitue.store.projection import files_of, refresh
from habitue.words.clock import SystemClock
from tests.collect.conftest import KEY, VECTORS, Listening
from tests.consent.test_tcf import tc_string

NOW = "2026-11-21T20:31:18Z"


def order(number: str, amount: float, product: str = "veal", **more: Any) -> dict[str, Any]:
    return {"order_id": number, "total": amount, "products": [{"product_id": product, "quantity": 1, "price": amount}], **more}


def track(event: str, who: dict[str, Any], properties: dict[str, Any], number: str, **more: Any) -> dict[str, Any]:
    return {"type": "track", "event": event, "messageId": number, "properties": properties, "timestamp": NOW, "sentAt": NOW, **who, **more}


def names(door: Listening, key: str) -> list[str]:
    return [one.name for one in door.settled() if one.customer_key == key]


@pytest.mark.parametrize("file", sorted(path.name for path in (VECTORS / "server").glob("*.http")))
def test_what_a_servers_client_sent_lands_on_her_card(door: Listening, file: str) -> None:
    status, _, answer = door.send((VECTORS / "server" / file).read_bytes())
    assert (status, answer) == (200, b'{"success":true}')
    log = door.settled()
    assert not door.letters()
    assert log
    assert {one.customer_key for one in log} == {"cust-42"}
    assert door.truth.run("SELECT COUNT(*) FROM event_refused") == [(0,)]


def test_the_whole_of_the_python_client(door: Listening) -> None:
    door.send((VECTORS / "server" / "001-post_v1_batch.http").read_bytes())
    log = {one.name: one for one in door.settled()}
    assert list(log) == ["Customer Described", "Product Viewed", "Order Completed", "Page Viewed", "Group Joined", "Aliased"]
    bought = log["Order Completed"].body
    assert isinstance(bought, OrderCompleted)
    assert (bought.order_key, bought.currency, bought.lines) == ("o-1", "EUR", (OrderLine("p1", 1000, 2490),))
    assert isinstance(viewed := log["Product Viewed"].body, ProductViewed)
    assert viewed.product_key == "p1"
    who = who_is(door.truth, "email", ["camille@example.fr"])["camille@example.fr"]
    person = people(door.truth, [who.customer_id])[who.customer_id]
    assert (person.given_name, person.email, person.postcode, person.city) == ("Camille", "camille@example.fr", "69002", "Lyon")
    assert door.truth.run("SELECT birthday_mmdd, has_email FROM customer ORDER BY seq DESC LIMIT 1") == [(229, 1)]


def test_a_browser_asks_first_whether_it_may(door: Listening) -> None:
    status, headers, body = door.send((VECTORS / "snippet" / "002-options_v1_t.http").read_bytes())
    assert (status, body) == (204, b"")
    assert headers["access-control-allow-origin"] == "http://localhost:8813"
    assert headers["access-control-allow-headers"] == "authorization"


def test_a_link_identifies_nobody_until_she_says_herself_who_she_is(door: Listening) -> None:
    for file in sorted((VECTORS / "snippet").glob("*.http")):
        status, _, answer = door.send(file.read_bytes())
        assert status in (200, 204), answer
    log = door.settled()
    assert not door.letters()
    assert set(door.customers()) == {"cust-42"}
    found = [(one.name, one.customer_key) for one in log]
    assert [name for name, key in found if not key] == ["Tracked", "Page Viewed"], "whoever followed the link to cust-77"
    assert [name for name, key in found if key == "cust-42"] == ["Product Viewed", "Customer Described"]


def test_what_came_before_she_said_who_she_is_joins_her(door: Listening) -> None:
    visitor = {"anonymousId": "a-1"}
    door.post("/v1/track", track("Product Viewed", visitor, {"product_id": "veal"}, "m1"))
    assert [(one.name, one.customer_key) for one in door.settled()] == [("Product Viewed", "")]
    assert door.customers() == {}
    door.post("/v1/identify", {**visitor, "userId": "martin", "messageId": "m2", "traits": {"firstName": "Jeanne", "lastName": "Martin"}})
    assert [(one.name, one.customer_key) for one in door.settled()] == [("Product Viewed", "martin")]
    assert door.customers() == {"martin": "Jeanne Martin"}


def test_what_a_visitor_bought_is_in_nobodys_file_until_she_says_who_she_is(door: Listening) -> None:
    door.post("/v1/track", track("Order Completed", {"anonymousId": "a-1"}, order("o-1", 12.5), "m1"))
    door.settled()
    refresh(door.truth, door.settings)
    assert bought(door) == []
    door.post("/v1/identify", {"anonymousId": "a-1", "userId": "martin", "messageId": "m2"})
    door.settled()
    refresh(door.truth, door.settings)
    martin = who_is(door.truth, "customer", ["martin"])["martin"].customer_id
    assert bought(door) == [(martin, 1250)]


def bought(door: Listening) -> list[tuple[int, int]]:
    """Customer and cents of every line in the projection."""
    files = [file for bucket in range(door.settings.buckets) for file in files_of(door.truth, door.settings, "line", bucket)]
    rows = [row for file in files for row in pq.read_table(file).to_pylist()]
    return [(row["customer_id"], row["amount_cents"]) for row in rows]


def test_a_computer_that_two_people_use_is_nobodys(door: Listening) -> None:
    for n, who in enumerate(({"userId": "martin"}, {"userId": "karim"}, {})):
        door.post("/v1/track", track("Product Viewed", {"anonymousId": "shared", **who}, {"product_id": f"p{n}"}, f"m{n}"))
    assert [one.customer_key for one in door.settled()] == ["martin", "karim", ""]
    assert [each.reason for pair in open_pairs(door.truth) for each in pair.proposals] == ["device"], "whether they are one is for a person to say"


def test_what_comes_by_a_device_goes_to_whoever_said_that_she_uses_it_even_while_she_is_taken_for_another(door: Listening) -> None:
    for key in ("martin", "karim"):
        door.post("/v1/identify", {"userId": key, "messageId": key})
    door.post("/v1/identify", {"userId": "karim", "anonymousId": "a-1", "messageId": "m1"})
    door.settled()
    _pair(door, Pairing.merge)
    door.post("/v1/track", track("Order Completed", {"anonymousId": "a-1"}, order("o-1", 12.5), "m2"))
    door.post("/v1/identify", {"anonymousId": "a-1", "messageId": "m3", "traits": {"birthday": "1980-02-29", "firstName": "Karim"}})
    assert {one.customer_key for one in door.settled()} == {"martin"}
    _pair(door, Pairing.unmerge)
    refresh(door.truth, door.settings)
    karim = who_is(door.truth, "customer", ["karim"])["karim"].customer_id
    assert bought(door) == [(karim, 1250)]
    assert door.truth.run("SELECT customer_id FROM customer WHERE birthday_mmdd = 229") == [(karim,)]
    assert people(door.truth, [karim])[karim].given_name == "Karim"


def _pair(door: Listening, decide: Callable[[Pairing], None]) -> None:
    with door.truth.transaction():
        door.truth.next_seq(0)
        decide(Pairing(door.truth, door.settings, "martin", "karim", SystemClock().instant()))


def test_the_same_message_again_changes_nothing(door: Listening) -> None:
    said = track("Order Completed", {"userId": "martin"}, order("o-9", 12.5), "m1")
    for _ in range(3):
        assert door.post("/v1/track", said)[0] == 200
        door.settled()
    assert names(door, "martin") == ["Order Completed"]


def test_a_thank_you_page_that_is_loaded_again_sells_nothing(door: Listening) -> None:
    door.post("/v1/track", track("Order Completed", {"userId": "martin"}, order("o-9", 12.5), "m1", timestamp="2026-11-01T10:00:00Z"))
    door.settled()
    door.post("/v1/track", track("Order Completed", {"userId": "martin"}, order("o-9", 12.5), "m2", timestamp="2026-11-05T10:00:00Z"))
    assert names(door, "martin") == ["Order Completed"]
    assert door.truth.run("SELECT SUM(amount_cents) FROM order_line") == [(1250,)]


def test_an_order_that_is_cancelled_was_not_bought(door: Listening) -> None:
    for n, (event, said) in enumerate((("Order Completed", order("o-9", 12.5)), ("Order Cancelled", {"order_id": "o-9"}))):
        door.post("/v1/track", track(event, {"userId": "martin"}, said, f"m{n}"))
        door.settled()
    assert door.truth.run("SELECT SUM(quantity_milli), SUM(amount_cents) FROM order_line") == [(0, 0)]


def test_part_of_an_order_comes_back(door: Listening) -> None:
    told = order("o-9", 10, products=[{"sku": "a", "quantity": 2, "price": "3.50"}, {"sku": "b", "price": 3}])
    door.post("/v1/track", track("Order Completed", {"userId": "martin"}, told, "m1"))
    door.settled()
    door.post("/v1/track", track("Order Refunded", {"userId": "martin"}, {"order_id": "o-9", "products": [{"sku": "a", "quantity": 1, "price": 3.5}]}, "m2"))
    door.settled()
    assert door.truth.run("SELECT SUM(quantity_milli), SUM(amount_cents) FROM order_line") == [(2000, 650)]


@pytest.mark.parametrize(("quantity", "price"), [(1, 10), (-1, 10), ("-1", "10"), (1, -10), (-1, -10)])
def test_what_comes_back_is_never_sold_again_whichever_sign_it_is_told_with(door: Listening, quantity: int | str, price: int | str) -> None:
    door.post("/v1/track", track("Order Completed", {"userId": "martin"}, order("o-9", 10), "m1"))
    door.settled()
    back = {"order_id": "o-9", "products": [{"product_id": "veal", "quantity": quantity, "price": price}]}
    door.post("/v1/track", track("Order Refunded", {"userId": "martin"}, back, "m2"))
    assert not [one.name for one in door.settled() if one.name == "Order Updated"]
    assert door.truth.run("SELECT SUM(quantity_milli), SUM(amount_cents) FROM order_line") == [(0, 0)]


def test_nobody_buys_less_than_nothing(door: Listening) -> None:
    said = [{"products": [{"sku": "a", "quantity": -2, "price": 5}]}, {"products": [{"sku": "a", "price": "-5"}]}, {"total": -5}]
    for n, more in enumerate(said):
        for event in ("Order Completed", "Order Updated"):
            door.post("/v1/track", track(event, {"userId": "martin"}, {"order_id": f"o-{n}", **more}, f"{event}{n}"))
    assert door.settled() == []
    reasons = [letter.reason.partition(":")[0] for letter in door.letters()]
    assert sorted(reasons) == ["“price” is -5"] * 2 + ["“quantity” is -2"] * 2 + ["“total” is -5"] * 2
    assert all(letter.reason.endswith("What came back is told by Order Refunded.") for letter in door.letters())


def test_a_clock_of_hers_that_is_wrong_does_not_matter(door: Listening) -> None:
    wrong = {"timestamp": "1999-05-01T10:00:00Z", "sentAt": "1999-05-01T11:00:00Z"}
    door.post("/v1/track", {**track("Product Viewed", {"userId": "martin"}, {"product_id": "p"}, "m1"), **wrong})
    (one,) = door.settled()
    assert one.known_at - one.at == 3600


def test_who_asks_not_to_be_followed_is_not_but_what_she_buys_is_hers(door: Listening) -> None:
    who = {"userId": "martin", "anonymousId": "a-1"}
    door.post("/v1/track", track("Product Viewed", {"anonymousId": "a-1"}, {"product_id": "p"}, "m0"))
    for headers, more in (({"Sec-GPC": "1"}, {}), ({}, {"context": {"consent": {"categoryPreferences": {"marketing": False, "functional": True}}}})):
        door.post("/v1/page", {"type": "page", "messageId": f"m1{bool(more)}", **who, **more}, headers)
        door.post("/v1/track", track("Order Completed", who, order(f"o-{bool(more)}", 5), f"m2{bool(more)}", **more), headers)
    log = [one for one in door.settled() if one.name != "Consent Withdrawn"]
    assert [(one.name, one.customer_key) for one in log] == [("Product Viewed", ""), ("Order Completed", "martin"), ("Order Completed", "martin")]


def test_a_browser_fills_what_is_unknown_and_a_server_replaces_what_is_known(listen: Callable[..., Listening]) -> None:
    door = listen(keys=(WriteKey("browser", "web", "", is_server=False), WriteKey("server", "till", "", is_server=True)))
    for key, name in (("browser", "Jeanne"), ("browser", "Mallory"), ("server", "Jehanne")):
        door.post("/v1/identify", {"userId": "martin", "traits": {"firstName": name}, "messageId": name}, key=key)
        door.settled()
        assert door.customers() == {"martin": "Jehanne" if key == "server" else "Jeanne"}


def test_whoever_gives_only_an_address_is_somebody_and_keeps_her_history_when_she_gets_a_number(door: Listening) -> None:
    door.post("/v1/identify", {"anonymousId": "a-1", "traits": {"email": "Jeanne@Example.org"}, "messageId": "m1"})
    door.post("/v1/track", track("Product Viewed", {"anonymousId": "a-1"}, {"product_id": "p"}, "m2"))
    door.settled()
    (visitor,) = door.customers()
    assert visitor.startswith("visitor-")
    assert "jeanne" not in visitor
    door.post("/v1/identify", {"userId": "martin", "traits": {"email": "jeanne@example.org"}, "messageId": "m3"})
    assert names(door, "martin") == ["Customer Described", "Product Viewed", "Customer Described"], "as one, and as the other"
    assert set(door.customers()) == {"martin"}


def test_the_address_of_a_friend_in_an_event_names_nobody_and_that_of_an_order_names_the_buyer(door: Listening) -> None:
    door.post("/v1/track", track("Friend Invited", {"anonymousId": "a-1"}, {"email": "friend@example.org"}, "m1"))
    assert [(one.name, one.customer_key) for one in door.settled()] == [("Tracked", "")]
    assert door.customers() == {}
    door.post("/v1/track", track("Order Completed", {"anonymousId": "a-1"}, order("o-1", 5, email="jeanne@example.org"), "m2"))
    assert {one.customer_key for one in door.settled()} == set(door.customers())
    assert len(door.customers()) == 1


def test_two_people_on_one_computer_within_one_batch_are_two(door: Listening) -> None:
    door.post("/v1/identify", {"userId": "martin", "traits": {"email": "jeanne@example.org"}, "messageId": "m0"})
    door.settled()
    batch = [
        {"type": "identify", "anonymousId": "a-1", "traits": {"email": "jeanne@example.org"}, "messageId": "m1"},
        {"type": "identify", "anonymousId": "a-1", "userId": "karim", "messageId": "m2"},
        track("Product Viewed", {"anonymousId": "a-1"}, {"product_id": "p"}, "m3"),
    ]
    door.post("/v1/batch", {"batch": batch})
    assert [one.customer_key for one in door.settled() if one.name == "Product Viewed"] == [""]
    assert door.truth.run("SELECT kind, other_profile_id FROM link") == [("device", who_is(door.truth, "customer", ["martin"])["martin"].profile_id)]


def test_an_address_that_two_customers_have_names_neither(door: Listening) -> None:
    for n, who in enumerate(("martin", "karim")):
        door.post("/v1/identify", {"userId": who, "traits": {"email": "both@example.org"}, "messageId": f"m{n}"})
    door.settled()
    door.post("/v1/identify", {"anonymousId": "a-1", "traits": {"email": "both@example.org"}, "messageId": "m3"})
    door.post("/v1/track", track("Product Viewed", {"anonymousId": "a-1"}, {"product_id": "p"}, "m4"))
    assert [(one.name, one.customer_key) for one in door.settled()][-1] == ("Product Viewed", "")
    assert set(door.customers()) == {"martin", "karim"}


def test_two_sources_with_numbers_of_their_own_do_not_meet(listen: Callable[..., Listening]) -> None:
    door = listen(keys=(WriteKey(KEY, "web", "", is_server=False), WriteKey("other", "shopify", "shopify", is_server=True)))
    for n, key in enumerate((KEY, "other")):
        door.post("/v1/identify", {"userId": "42", "messageId": f"m{n}"}, key=key)
    door.settled()
    assert set(door.customers()) == {"42", "shopify:42"}


def test_what_her_browser_refuses_is_a_no_of_hers_once_and_what_it_allows_is_nothing(door: Listening) -> None:
    who = {"userId": "martin", "anonymousId": "a-1"}
    refusing = {"context": {"consent": {"tcString": tc_string(frozenset(range(1, 25)) - {6})}}}
    allowing = {"context": {"consent": {"tcString": tc_string(frozenset(range(1, 25)))}}}
    door.post("/v1/track", track("Order Completed", who, order("o-0", 5), "m0", **allowing))
    for number in (1, 2):
        door.post("/v1/track", track("Order Completed", who, order(f"o-{number}", 5), f"m{number}"), {"Sec-GPC": "1"})
        door.post("/v1/track", track("Order Completed", who, order(f"p-{number}", 5), f"n{number}", **refusing))
        door.settled()
    names = sorted(one.name for one in door.settled())
    assert names == ["Consent Withdrawn"] * 3 + ["Order Completed"] * 5
    noes = door.truth.run("SELECT purpose, channel, is_granted FROM consent_fact ORDER BY purpose")
    assert noes == [(6, 6, 0), (7, 6, 0), (8, 6, 0)]
