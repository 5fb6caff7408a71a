"""What is known of her, worked out by hand for a small history, at every level of the catalogue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from habitue.app import House
from habitue.app.names import customer_of
from tests.cast import AFTERWARDS, ORDERS, TODAY, Shop, day, weekly

LAMBS = "order,customer,product,sold_at,quantity,amount,place\n" + "".join(
    f"l{n},nina,{product},{on}T10:00:00,{quantity},{amount},{place}\n"
    for n, (product, on, quantity, amount, place) in enumerate(
        [
            ("lamb", "2017-10-03", 1, "8.00", "shop"),
            ("lamb", "2017-10-13", 1, "9.00", "web"),
            ("liver", "2017-10-13", 2, "3.00", "web"),
            ("lamb", "2017-10-23", 2, "21.00", "shop"),
        ]
    )
)
LEVELS: dict[str, dict[str, str]] = {"type": {}, "category": {"bought_type": "bought_category"}, "product": {"bought_type": "bought_product"}}


def her(house: House, name: str, relation: str = "her", on: str = TODAY, **instead: str) -> list[dict[str, Any]]:
    return house.alone.read(relation, customer_of(house, name), house.when(day(on)), instead or None)


def habit_of(house: House, key: str, level: str = "type", on: str = TODAY) -> dict[str, Any]:
    item = house.truth.run("SELECT item_id FROM item WHERE key = ? AND level = ?", (key, {"product": 1, "type": 2, "category": 3}[level]))[0][0]
    return next(row for row in her(house, "nina", "cell_of", on, **LEVELS[level]) if row["item_id"] == item)


def test_her_rhythm_is_her_own(shop: Shop) -> None:
    shop.bring("orders", LAMBS)
    with shop.open() as house:
        found = her(house, "nina")[0]
    assert {name: found[name] for name in ("visits", "baskets_28", "baskets_91", "web_baskets_91", "gap_days", "days_since_last", "days_since_first")} == {
        "visits": 3,
        "baskets_28": 3,  # two on the 13th, of different orders; the one of the 3rd is 30 days old
        "baskets_91": 4,
        "web_baskets_91": 2,
        "gap_days": 10,
        "days_since_last": 10,
        "days_since_first": 30,
    }
    assert (found["spend_28_cents"], found["spend_365_cents"], found["late_permille"], found["is_regular"]) == (3300, 4100, 1000, 0)


def test_a_habit_is_counted_by_days_and_fades(shop: Shop) -> None:
    shop.bring("orders", LAMBS)
    with shop.open() as house:
        lamb, liver = habit_of(house, "MEAT/LAMB"), habit_of(house, "MEAT/LIVER")
    assert (lamb["times"], lamb["times_28"], lamb["gap_days"], lamb["due_permille"], lamb["days_since"]) == (3, 2, 10, 1000, 10)
    # half-life 90 days: 2^(-30/90), 2^(-20/90), 2^(-10/90)
    assert lamb["decayed"] == 794 + 857 + 926
    assert lamb["price_cents"] == 1050  # the last: two for 21.00
    assert (liver["times"], liver["gap_days"], liver["due_permille"], liver["price_cents"]) == (1, 0, 0, 150)
    assert lamb["share_permille"] == 1000
    assert liver["share_permille"] == 857 * 1000 // (794 + 857 + 926)


def test_lately_is_a_fortnight_and_four_weeks_to_the_day(shop: Shop) -> None:
    days = ("2017-10-04", "2017-10-05", "2017-10-18", "2017-10-19")  # 29, 28, 15 and 14 days ago
    shop.bring("orders", ORDERS + "".join(weekly("nina", on, 1, "lamb") for on in days))
    with shop.open() as house:
        found = her(house, "nina", "habit")[0]
    assert (found["times"], found["times_28"], found["times_14"]) == (4, 3, 1)


@pytest.mark.parametrize(("level", "key", "times"), [("type", "MEAT/LAMB", 3), ("category", "MEAT", 3), ("product", "lamb", 3), ("product", "liver", 1)])
def test_the_same_habit_is_known_at_every_level(shop: Shop, level: str, key: str, times: int) -> None:
    shop.bring("orders", LAMBS)
    with shop.open() as house:
        found = habit_of(house, key, level)
    assert found["times"] == times
    assert found["gap_days"] == (10 if times == 3 else 0)


@pytest.mark.parametrize(("days", "is_regular"), [((0, 7, 14, 21), 1), ((0, 7, 15, 21), 1), ((0, 7, 14, 35), 0), ((0, 1, 2, 30), 0), ((0, 7, 14), 0)])
def test_regular_is_four_times_at_gaps_that_vary_by_no_more_than_half(shop: Shop, days: tuple[int, ...], is_regular: int) -> None:
    rows = "".join(weekly("nina", (date.fromisoformat("2017-09-20") + timedelta(days=n)).isoformat(), 1, "lamb") for n in days)
    shop.bring("orders", ORDERS + rows)
    with shop.open() as house:
        assert her(house, "nina", "foreseen")[0]["is_regular"] == is_regular


def test_a_usual_weekday_needs_proof(shop: Shop) -> None:
    with shop.open() as house:
        assert her(house, "martin")[0]["usual_weekday"] == 4  # Thursdays, twenty times
        early = her(house, "martin", on="2017-06-30")[0]
        assert (early["visits"], early["usual_weekday"]) == (3, 0)  # three of three could be chance


def test_quantity_nothing_is_no_purchase(shop: Shop) -> None:
    shop.bring("orders", ORDERS + "z,nina,lamb,2017-10-20T10:00:00,0,0.00,shop\n")
    with shop.open() as house:
        assert her(house, "nina", "habit") == []
        assert her(house, "nina")[0]["visits"] == 0


def test_a_refund_and_a_corrected_order_leave_what_a_right_history_would(shop: Shop) -> None:
    order = "m1,nina,lamb,2017-10-20T10:00:00,{},{},shop\n"
    shop.bring("orders", ORDERS + order.format(5, "50.00") + "m2,nina,veal,2017-10-21T10:00:00,1,9.00,shop\n")
    shop.bring("orders", ORDERS + order.format(2, "20.00"))  # the source has changed it: known from now on
    shop.bring("orders", ORDERS + "m2,nina,veal,2017-10-22T10:00:00,-1,9.00,shop\n", 'kind = "orders"\nnegative = "refund"\n')
    shop.bring("orders", ORDERS + "r1,marc,lamb,2017-10-20T10:00:00,2,20.00,shop\n")
    with shop.open(AFTERWARDS) as house:
        mended = her(house, "nina", "habit", "2017-12-30")
        lamb = next(row for row in her(house, "marc", "habit", "2017-12-30") if row["item_id"] == mended[0]["item_id"])
        assert [{**row, "customer": 0} for row in mended] == [{**lamb, "customer": 0}]
        assert her(house, "nina")[0]["spend_28_cents"] == 5000  # on the second of November, nobody knew better


def test_birthdays_and_anniversaries_are_seen_thirty_days_ahead(shop: Shop) -> None:
    shop.bring("customers", "customer,known_at,birthday,since\nanne,2017-10-01T12:00:00,12-02,2016-11-12\nmarc,2017-10-01T12:00:00,12-03,2017-02-02\n")
    with shop.open() as house:
        anne, marc = her(house, "anne")[0], her(house, "marc")[0]
    assert (anne["birthday_in_days"], anne["anniversary_in_days"], anne["months_as_customer"]) == (30, 10, 11)
    assert (marc["birthday_in_days"], marc["anniversary_in_days"]) == (-1, -1)


def test_what_we_asked_and_gave_is_in_balance_over_thirteen_weeks(shop: Shop) -> None:
    for on, kind in (("2017-08-02", "offer"), ("2017-08-04", "offer"), ("2017-10-06", "content"), ("2017-10-27", "service")):
        shop.touch("nina", on, kind=kind, touch=on)
    shop.bring("answers", "touch,at\n2017-10-27,2017-10-28T09:00:00\n")
    with shop.open() as house:
        found = her(house, "nina")[0]
    assert (found["asked_91"], found["given_91"], found["words_28"], found["words_7"], found["unanswered_28"]) == (1, 2, 2, 1, 1)
