"""From what a WooCommerce shop tells to who the customers are and what they bought."""

from __future__ import annotations

from typing import Any

from tests.pull.conftest import House

MARTIN = "atelier:7"


def test_a_first_pull_brings_who_bought_what(woocommerce: House) -> None:
    assert woocommerce.pull().news == {"products": 2, "customers": 1, "orders": 3}
    assert not woocommerce.letters()
    (guest,) = set(woocommerce.customers()) - {MARTIN}
    assert woocommerce.customers() == {MARTIN: "Jeanne Martin", guest: "Paul Roche"}
    assert woocommerce.bought() == {
        (MARTIN, "727", "TER-LAP"): (2000, 1180),  # with their tax, as the prices were shown; one of three came back
        (MARTIN, "727", "atelier:62"): (1000, 1800),
        (guest, "728", "TER-LAP"): (2000, 1180),
    }
    assert woocommerce.names(MARTIN) == ["Customer Described", "Order Completed", "Order Refunded"]
    assert woocommerce.person(MARTIN).phone == "0639980101"


def test_only_what_changed_is_asked_for_in_universal_time(woocommerce: House) -> None:
    woocommerce.pull()
    assert woocommerce.pull().news == {"products": 0, "customers": 0, "orders": 0}
    assert {(q["modified_after"], q["dates_are_gmt"], q["orderby"]) for q in woocommerce.peer.pages_of("orders")[-1:]} == {
        ("2026-11-20T04:55:00", "true", "id")
    }


def test_money_given_back_without_a_thing_leaves_the_things_hers(woocommerce: House) -> None:
    woocommerce.peer.holds["refunds"]["727"] = [refund(731, "2.00", [])]
    woocommerce.pull()
    assert woocommerce.bought()[MARTIN, "727", "TER-LAP"] == (3000, 1770)
    assert woocommerce.bought()[MARTIN, "727", ""] == (0, -200)


def test_an_order_given_back_as_a_whole_brings_its_things_back(woocommerce: House) -> None:
    woocommerce.peer.holds["refunds"]["727"] = [refund(731, "5.90", woocommerce.peer.holds["refunds"]["727"][0]["line_items"]), refund(732, "29.80", [])]
    woocommerce.peer.change("orders", 727, "2026-11-10T08:06:00", status="refunded")
    woocommerce.pull()
    assert not [key for key in woocommerce.bought() if key[1] == "727"]
    assert woocommerce.names(MARTIN).count("Order Refunded") == 2


def test_an_order_that_is_cancelled_or_never_paid_was_not_bought(woocommerce: House) -> None:
    woocommerce.pull()
    woocommerce.peer.change("orders", 728, "2026-11-20T08:06:00", status="cancelled")
    woocommerce.pull()
    assert {key[1] for key in woocommerce.bought()} == {"727"}


def refund(number: int, amount: str, lines: list[Any]) -> dict[str, Any]:
    """One of the shop's refunds."""
    return {"id": number, "parent_id": 727, "date_created_gmt": "2026-11-10T08:05:00", "amount": amount, "reason": "", "line_items": lines}
