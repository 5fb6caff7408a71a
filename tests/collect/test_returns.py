"""What comes back, told over HTTP or by a web shop, undoes its purchase where that was made, whoever of her tells it and however little is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from habitue.app import House
from habitue.app.collect.sorting import Sorter
from habitue.app.merging import Pairing
from habitue.app.names import customer_of
from habitue.app.pull.wording import words_for
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.events.orders import order_id_of
from habitue.store import open_truth
from habitue.words.clock import instant_of
from tests.cast import AFTERWARDS, Shop, day, shop
from tests.pull.peer import recorded
from tests.store.test_projection import refreshed, rows_of, truth_rows

__all__ = ["shop"]
ON = "2017-11-02"
READ = ("bought_type", "bought_product", "visit", "habit", "rhythm", "steady", "affinity", "given_away")
LAMB, SAGE = {"product_id": "lamb", "price": 9}, {"product_id": "sage", "price": 2}
MARTIN = {"userId": "martin"}


class Source:
    """A web site and a shop of a kind that tell things; each request is received when it happens, and sorted at once."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.truth, self.numbers = shop, open_truth(shop.settings), count()
        with self.truth.transaction():
            for name in ("site", "woo"):
                add_write_key(self.truth, WriteKey(name, name, "" if name == "site" else name, is_server=True))

    def tell(self, *messages: dict[str, Any], on: str = "2017-10-20") -> None:
        """Messages of one request, at ten in the morning of a day."""
        body = {"batch": [{"messageId": f"m{next(self.numbers)}", **message} for message in messages]}
        self.receive("site", "batch", body, on)

    def receive(self, key: str, words: str, body: dict[str, Any], on: str) -> None:
        with self.truth.transaction():
            write_down(self.truth, [(key, instant_of(day(on), 10, self.shop.settings.zone), words, 0, json.dumps(body).encode())])
        while Sorter(self.truth, self.shop.settings).sort_some():
            pass
        assert self.truth.run("SELECT reason FROM dead_letter") == []

    def known(self, who: str = "martin") -> dict[str, list[dict[str, Any]]]:
        with self.shop.open(AFTERWARDS) as house:
            return {name: rows(house, name, who) for name in READ}

    def returned(self) -> list[int]:
        with self.shop.open(AFTERWARDS) as house:
            return [row["last_day"] for row in rows(house, "returned", "martin")]


def rows(house: House, relation: str, who: str) -> list[dict[str, Any]]:
    found = house.alone.read(relation, customer_of(house, who), house.when(day(ON)))
    return sorted(found, key=lambda row: tuple(row.values()))


def order(event: str, number: str, *products: dict[str, Any], who: dict[str, str] = MARTIN, **more: Any) -> dict[str, Any]:
    told = {"order_id": number, **({"products": list(products)} if products else {}), **more}
    return {"type": "track", "event": event, "properties": told, **who}


@pytest.fixture
def source(shop: Shop) -> Iterator[Source]:
    made = Source(shop)
    yield made
    made.truth.close()


def test_what_she_bought_as_a_guest_and_gave_back_under_her_name_was_not_bought(source: Source) -> None:
    before = source.known()
    source.tell(order("Order Completed", "g", LAMB, who={"anonymousId": "dev1"}))
    source.tell({"type": "identify", "anonymousId": "dev1", **MARTIN}, on="2017-10-21")
    assert source.known() != before
    source.tell(order("Order Refunded", "g", LAMB), on="2017-10-24")
    assert source.known() == before
    assert source.returned() == [day("2017-10-24")]


def test_what_one_of_two_cards_bought_and_the_other_gave_back_was_not_bought_once_they_are_one(source: Source) -> None:
    with source.truth.transaction():
        source.truth.next_seq(0)
        Pairing(source.truth, source.shop.settings, "martin", "karim", instant_of(day("2017-10-01"), 10, "Europe/Paris")).merge()
    before = source.known()
    source.tell(order("Order Completed", "k", LAMB, who={"userId": "karim"}))
    source.tell(order("Order Refunded", "k", LAMB), on="2017-10-24")
    assert source.known() == before
    assert source.returned() == [day("2017-10-24")]


def pair(source: Source, *, is_merge: bool) -> None:
    with source.truth.transaction():
        source.truth.next_seq(0)
        pairing = Pairing(source.truth, source.shop.settings, "martin", "karim", instant_of(day("2017-10-26"), 10, "Europe/Paris"))
        pairing.merge() if is_merge else pairing.unmerge()


def test_what_one_of_two_cards_bought_and_the_other_gave_back_is_undone_as_long_as_they_are_one_and_no_longer(source: Source) -> None:
    pair(source, is_merge=True)
    nothing_bought = source.known()
    pair(source, is_merge=False)
    source.tell(order("Order Completed", "k", LAMB, who={"userId": "karim"}))
    source.tell(order("Order Refunded", "k", LAMB), on="2017-10-24")
    as_two = source.known("martin"), source.known("karim")
    refreshed(source.shop.settings)
    pair(source, is_merge=True)
    assert (source.known(), source.returned()) == (nothing_bought, [day("2017-10-24")])
    refreshed(source.shop.settings)
    assert rows_of(source.shop.settings) == truth_rows(source.shop.settings)
    pair(source, is_merge=False)
    assert (source.known("martin"), source.known("karim")) == as_two
    refreshed(source.shop.settings)
    assert rows_of(source.shop.settings) == truth_rows(source.shop.settings)


def test_what_a_device_bought_and_she_gave_back_before_she_said_that_it_is_hers_was_not_bought(source: Source) -> None:
    before = source.known()
    source.tell(order("Order Completed", "g", LAMB, who={"anonymousId": "dev1"}))
    source.tell(order("Order Refunded", "g", LAMB), on="2017-10-24")
    refreshed(source.shop.settings)
    source.tell({"type": "identify", "anonymousId": "dev1", **MARTIN}, on="2017-10-25")
    assert (source.known(), source.returned()) == (before, [day("2017-10-24")])
    refreshed(source.shop.settings)
    assert rows_of(source.shop.settings) == truth_rows(source.shop.settings)


@pytest.mark.parametrize("end", ["Order Cancelled", "Order Refunded"])
def test_an_order_whose_end_is_told_before_its_beginning_was_not_bought(source: Source, end: str) -> None:
    before = source.known()
    source.tell({**order(end, "e"), "timestamp": "2017-10-19T18:00:00Z"})
    source.tell({**order("Order Completed", "e", LAMB), "timestamp": "2017-10-19T10:00:00Z"})
    assert source.known() == before


def test_the_number_of_somebody_elses_order_gives_nothing_of_it_back(source: Source) -> None:
    source.tell(order("Order Completed", "m", LAMB))
    before = source.known()
    source.tell(order("Order Refunded", "m", LAMB, who={"userId": "karim"}), on="2017-10-24")
    source.tell(order("Order Updated", "m", LAMB), on="2017-10-25")
    assert source.known() == before


@pytest.mark.parametrize("rest", [order("Order Refunded", "a1"), order("Order Cancelled", "a1")], ids=["refunded", "cancelled"])
@pytest.mark.parametrize("is_part_first", [True, False])
def test_a_whole_refund_beside_one_of_a_part_leaves_her_other_purchase_alone(source: Source, rest: dict[str, Any], is_part_first: bool) -> None:
    source.tell(order("Order Completed", "a2", LAMB))
    before = source.known()
    source.tell(order("Order Completed", "a1", LAMB, SAGE))
    part = order("Order Refunded", "a1", LAMB)
    for said in (part, rest) if is_part_first else (rest, part):
        source.tell(said, on="2017-10-24")
    assert source.known() == before
    assert source.returned() == ([day("2017-10-24")] if is_part_first else []), "what is cancelled as a whole is not asked about"


def test_a_refund_without_a_price_gives_back_what_was_paid(source: Source) -> None:
    source.tell(order("Order Completed", "a1", LAMB))
    one = source.known()
    source.tell(order("Order Updated", "a1", {**LAMB, "quantity": 2}))
    source.tell(order("Order Refunded", "a1", {"product_id": "lamb", "quantity": 1}), on="2017-10-24")
    assert source.known() == one


def test_the_same_refund_under_another_number_takes_nothing_back_twice(source: Source) -> None:
    source.tell(order("Order Completed", "a2", LAMB))
    before = source.known()
    source.tell(order("Order Completed", "a1", LAMB))
    for on in ("2017-10-24", "2017-10-25"):
        source.tell(order("Order Refunded", "a1", LAMB), on=on)
    assert source.known() == before


def test_what_is_told_of_an_order_at_once_counts_as_if_it_came_one_by_one(source: Source) -> None:
    before = source.known()
    both, lamb = order("Order Completed", "a", SAGE, LAMB), order("Order Refunded", "a", LAMB)
    source.tell(order("Order Updated", "a", SAGE), order("Order Updated", "a", LAMB), both, lamb)
    with source.shop.open(AFTERWARDS) as house:
        assert [row["amount_cents"] for row in rows(house, "visit", "martin") if row["day"] == day("2017-10-20")] == [200]
    source.tell(order("Order Refunded", "a", SAGE), on="2017-10-24")
    assert source.known() == before


def test_a_flood_of_changes_of_one_order_writes_one_difference(source: Source) -> None:
    source.tell(order("Order Completed", "a", LAMB))
    source.tell(*[order("Order Updated", "a", {**LAMB, "price": n}) for n in range(200)], on="2017-10-21")
    ((lines, cents),) = source.truth.run("SELECT count(*), sum(amount_cents) FROM order_line WHERE order_id = ?", (order_id_of("site", "a"),))
    assert (int(lines), int(cents)) == (2, 19_900)


@pytest.mark.parametrize("end", ["Order Cancelled", "Order Refunded"])
def test_an_order_of_the_shop_that_ends_with_no_word_of_where_leaves_no_visit(source: Source, end: str) -> None:
    before = source.known()
    source.tell(order("Order Completed", "s", LAMB, place="shop"))
    assert source.known() != before
    source.tell(order(end, "s"), on="2017-10-24")
    assert source.known() == before


def test_money_back_without_goods_is_no_return(source: Source) -> None:
    line = {"id": 1, "name": "Lamb", "product_id": 61, "quantity": 1, "total": "9.00", "total_tax": "0.00", "sku": "lamb"}
    dates = {"date_created_gmt": "2017-10-20T08:00:00", "date_modified_gmt": "2017-10-20T08:00:00"}
    told = {**recorded("woocommerce")["orders"][0], **dates, "id": 1, "line_items": [line], "refunds": []}
    back = {"id": 2, "date_created_gmt": "2017-10-24T08:00:00", "amount": "2.00", "line_items": [{**line, "quantity": 0, "total": "-2.00"}]}
    source.receive("woo", words_for("woocommerce", "orders"), told, "2017-10-20")
    later = {**told, "refunds": [{"id": 2, "total": "-2.00"}], "refund_details": [back], "date_modified_gmt": "2017-10-24T08:00:00"}
    source.receive("woo", words_for("woocommerce", "orders"), later, "2017-10-24")
    with source.shop.open(AFTERWARDS) as house:
        assert [row["amount_cents"] for row in rows(house, "visit", "woo:7")] == [700]
        assert rows(house, "returned", "woo:7") == []
