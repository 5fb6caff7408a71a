"""What was hers alone and has a number of its own — an order, what came back of it, a word of ours, who she was before — is let go by that number."""

from __future__ import annotations

import json

from habitue.app import House
from habitue.app.erasure.forgetting import certificates, forget
from habitue.app.erasure.forgotten import FORGOTTEN
from habitue.app.opening import open_up
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from tests.cast import Shop, thanks
from tests.forget.searching import EMAIL, KEY, found
from tests.forget.test_forgetting import bring, forgotten, hers, sort, tell
from tests.forget.test_somebody_else import DAY

__all__ = ["hers"]
BOUGHT = {"id": 900, "currency": "EUR", "created_at": "2017-10-01T10:00:00Z", "updated_at": "2017-10-01T10:00:00Z"}
LINES = {"line_items": [{"id": 1, "product_id": 7, "title": "Veal", "quantity": 1, "price": "9.00"}]}
BACK = {"id": 901, "order_id": 900, "created_at": "2017-10-20T10:00:00Z", "refund_line_items": [{"line_item_id": 1, "quantity": 1, "subtotal": "9.00"}]}


def pulled(house: House, what: str, body: dict[str, object]) -> None:
    """What a web shop tells, sorted."""
    with house.truth.transaction():
        write_down(house.truth, [("PULL", house.clock.instant() + DAY, f"shopify {what} live", 0, json.dumps(body).encode())])
    sort(house)


def test_an_order_of_hers_that_a_file_tells_under_another_number_is_let_go(hers: Shop) -> None:
    forgotten(hers)
    report = bring(hers.settings, hers.desk, "orders", "order,customer,product,sold_at,quantity,amount\nzq-order-1,stranger,veal,2017-10-07,1,10.00\n")
    assert (report.accepted, [reason for _, reason in report.rejected]) == (0, [FORGOTTEN])


def test_an_answer_to_a_word_that_was_hers_is_let_go_without_a_reason_that_repeats_it(hers: Shop) -> None:
    forgotten(hers)
    report = bring(hers.settings, hers.desk, "answers", f"touch,at\nt-{KEY},2017-10-31\n")
    assert [reason for _, reason in report.rejected] == [FORGOTTEN]


def test_an_order_that_a_shop_tells_again_without_a_buyer_is_let_go_and_so_is_what_came_back_of_it(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        with house.truth.transaction():
            add_write_key(house.truth, WriteKey("PULL", "shop", "shop", is_server=True))
        pulled(
            house,
            "orders",
            BOUGHT | LINES | {"customer": {"id": 5, "email": EMAIL, "created_at": "2017-01-01T00:00:00Z", "updated_at": "2017-01-01T00:00:00Z"}},
        )
        assert house.truth.run("SELECT 1 FROM orders WHERE order_key = '900'") != []
        forget(house, "shop:5")
        pulled(house, "orders", BOUGHT | LINES | {"updated_at": "2017-10-25T10:00:00Z"})
        pulled(house, "refunds", BACK)
        assert house.truth.run("SELECT 1 FROM orders WHERE order_key = '900'") == []
        assert house.truth.run("SELECT 1 FROM dead_letter") == []
        assert house.truth.run("SELECT SUM(messages) FROM forgotten_refused") == [(2,)]


def test_who_she_was_before_brings_nobody_back(hers: Shop) -> None:
    forgotten(hers)
    with hers.open() as house:
        tell(house, {"type": "alias", "userId": "fresh", "previousId": KEY, "timestamp": "2017-10-10T10:00:00Z", "messageId": "a1"})
        assert house.truth.run("SELECT 1 FROM identifier WHERE value = 'fresh'") == []
        assert len(certificates(house.truth)) == 1
    open_up(hers.settings).close()
    assert found(hers.settings) == {}
