"""What stops a word because of the thing that it is about: her own rhythm with it, her taste, the shelf."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from habitue.words.reasons import Reason
from tests.cast import ORDERS, TODAY, Shop, veal, verdicts_of, weekly

LIKES = "customer,level,item,feeling,at\n"
STOCK = "level,item,units,at\n"
LAMB = veal(key='"lamb-aside"', about='{ types = ["MEAT/LAMB"] }')
COFFEE = veal(key='"coffee-offer"', kind='"offer"', purpose='"offers"', asks='"purchase"', about='{ types = ["HOT/COFFEE"] }')
HERB = veal(key='"sage-with-it"', kind='"content"', basis='"because"', about='{ types = ["HERBS/SAGE"] }', because='{ types = ["MEAT/VEAL"], within_days = 8 }')
NEW = veal(key='"try-lamb"', kind='"content"', basis='"near"', about='{ types = ["MEAT/LAMB", "MEAT/LIVER"] }')


def test_it_stays_silent_when_she_bought_it_in_the_shop_yesterday(shop: Shop) -> None:
    shop.buys("martin", "veal", "2017-11-01", place="shop")
    decision = shop.decides("martin")
    assert decision.reason == Reason.ALREADY_BOUGHT
    assert decision.sentences[0] == "She bought it yesterday (veal), and usually takes it every six days."


def test_what_karim_bought_in_the_shop_is_not_said_to_him_online(shop: Shop) -> None:
    shop.bring("orders", ORDERS + weekly("karim", "2017-10-28", 10, "lamb").replace(",shop", ",web"))
    shop.book(LAMB)
    assert shop.decides("karim").is_touch
    shop.buys("karim", "lamb", "2017-11-02", place="shop")
    assert shop.decides("karim", "2017-11-03").reason == Reason.ALREADY_BOUGHT


def test_half_her_own_gap_later_it_may_be_said_again(shop: Shop) -> None:
    shop.buys("martin", "veal", "2017-10-30")  # her gap is now a little under seven days; three have passed
    assert shop.decides("martin").reason == Reason.SAID


def test_another_thing_bought_yesterday_stops_nothing(shop: Shop) -> None:
    shop.buys("martin", "lamb", "2017-11-01")
    assert shop.decides("martin").is_touch


def test_a_refund_takes_the_purchase_back(shop: Shop) -> None:
    shop.buys("martin", "veal", "2017-11-01")
    back = ORDERS + "shop-martin-veal-2017-11-01,martin,veal,2017-11-01T15:00:00,-1,10.00,shop\n"
    shop.bring("orders", back, 'kind = "orders"\nnegative = "refund"\n')
    assert shop.decides("martin").is_touch


def test_it_waits_where_her_own_gap_is_long_and_regular(shop: Shop) -> None:
    shop.bring("orders", ORDERS + weekly("martin", "2017-10-12", 6, "lamb", every=28))
    decision = shop.book(LAMB).decides("martin")
    assert decision.reason == Reason.NOT_DUE
    assert decision.sentences[0] == "She takes it like clockwork every 28 days (lamb), and it has been 21 days."


@pytest.mark.parametrize(("every", "ago", "expected"), [(21, 16, Reason.NOT_DUE), (21, 17, Reason.SAID), (20, 15, Reason.SAID)])
def test_long_is_three_weeks_and_due_is_four_fifths_of_her_gap(shop: Shop, every: int, ago: int, expected: Reason) -> None:
    last = date.fromisoformat(TODAY) - timedelta(days=ago)
    shop.bring("orders", ORDERS + weekly("martin", last.isoformat(), 6, "lamb", every=every))
    assert shop.book(LAMB).decides("martin").reason == expected


def test_it_does_not_wait_where_her_gap_is_long_and_irregular(shop: Shop) -> None:
    days = ("2017-02-02", "2017-02-09", "2017-06-15", "2017-06-20", "2017-10-05")
    shop.bring("orders", ORDERS + "".join(weekly("martin", on, 1, "lamb") for on in days))
    decision = shop.book(LAMB).decides("martin")
    assert verdicts_of(decision) == {"lamb-aside": Reason.ALREADY_BOUGHT}  # 28 days of about 61
    assert shop.decides("martin", "2017-11-08").is_touch


@pytest.mark.parametrize(("level", "item"), [("product", "veal"), ("type", "MEAT/VEAL"), ("category", "MEAT"), ("department", "BUTCHER")])
def test_what_she_cannot_stand_is_never_said(shop: Shop, level: str, item: str) -> None:
    shop.bring("preferences", LIKES + f"martin,{level},{item},dislikes,2017-10-30\n")
    decision = shop.decides("martin")
    assert decision.reason == Reason.DISLIKED
    assert decision.sentences[0] == "She told us that she does not like it (veal, three days ago)."


def test_a_product_of_no_known_type_that_she_cannot_stand_stops_nothing_else(shop: Shop) -> None:
    shop.bring("products", "product,type,category\ntripe,TRIPE,OFFAL\n")  # of no known department
    shop.bring("orders", ORDERS + weekly("martin", product="tripe") + weekly("martin", "2017-05-01", 1, "kidney"))
    shop.bring("preferences", LIKES + "martin,product,kidney,dislikes,2017-10-01\n")
    assert shop.book(veal(about='{ types = ["OFFAL/TRIPE"] }')).decides("martin").is_touch


def test_her_word_on_the_thing_itself_weighs_more_than_on_its_category(shop: Shop) -> None:
    shop.bring("preferences", LIKES + "martin,type,MEAT/VEAL,likes,2017-10-01\nmartin,category,MEAT,dislikes,2017-10-30\n")
    assert shop.decides("martin").is_touch


def test_a_taste_may_change(shop: Shop) -> None:
    shop.bring("preferences", LIKES + "martin,type,MEAT/VEAL,dislikes,2017-10-01\nmartin,type,MEAT/VEAL,likes,2017-10-30\n")
    assert shop.decides("martin").is_touch


def test_of_two_things_worth_the_same_the_one_that_the_catalogue_knew_first_is_told(shop: Shop) -> None:
    decision = shop.book(NEW).decides("martin")
    assert decision.chosen is not None
    assert decision.chosen.thing == "liver"


def test_what_she_once_bought_is_not_new_to_her(shop: Shop) -> None:
    shop.buys("martin", "lamb", "2017-08-01")
    assert shop.book(NEW.replace(', "MEAT/LIVER"', "")).decides("martin").reason == Reason.NOT_WORTH_HER_ATTENTION


@pytest.mark.parametrize(("visits", "expected"), [(2, Reason.NOT_CONCERNED), (3, Reason.SAID)])
def test_a_new_thing_is_for_who_loves_its_category(shop: Shop, visits: int, expected: Reason) -> None:
    shop.bring("orders", ORDERS + weekly("nina", weeks=visits))
    assert verdicts_of(shop.book(NEW).decides("nina")) == {"try-lamb": expected}


@pytest.mark.parametrize(("on", "expected"), [("2017-03-27", Reason.NOT_CONCERNED), ("2017-05-06", Reason.SAID)])
def test_what_she_took_once_is_forgotten_after_seven_months(shop: Shop, on: str, expected: Reason) -> None:
    shop.buys("martin", "lamb", on)
    assert verdicts_of(shop.book(LAMB).decides("martin")) == {"lamb-aside": expected}


def test_mme_martin_who_hates_liver_is_offered_the_other_new_thing(shop: Shop) -> None:
    shop.bring("preferences", LIKES + "martin,type,MEAT/LIVER,dislikes,2017-10-01\n")
    decision = shop.book(NEW).decides("martin")
    assert decision.is_touch
    assert decision.chosen is not None
    assert decision.chosen.thing == "lamb"


def test_nothing_is_promised_that_is_out_of_stock(shop: Shop) -> None:
    shop.bring("stock", STOCK + "type,MEAT/VEAL,0,2017-11-01\n")
    assert shop.decides("martin").reason == Reason.OUT_OF_STOCK
    shop.bring("stock", STOCK + "type,MEAT/VEAL,12,2017-11-02T12:00:00\n")
    assert shop.decides("martin", "2017-11-03").is_touch
    assert shop.decides("martin").reason == Reason.OUT_OF_STOCK  # as it was counted then


def test_a_thing_counted_product_by_product_is_out_when_all_of_them_are(shop: Shop) -> None:
    shop.bring("stock", STOCK + "product,veal,0,2017-11-01\n")
    assert shop.decides("martin").reason == Reason.OUT_OF_STOCK


def test_what_is_out_of_stock_gives_way_to_what_is_not(shop: Shop) -> None:
    shop.bring("orders", ORDERS + weekly("martin", "2017-10-26", 4, "lamb"))
    shop.bring("stock", STOCK + "type,MEAT/VEAL,0,2017-11-01\n")
    decision = shop.book(veal(about='{ categories = ["MEAT"] }', use='"love"')).decides("martin")
    assert decision.chosen is not None
    assert decision.chosen.thing == "lamb"


def test_an_offer_of_what_she_has_nothing_to_do_with_is_not_made(shop: Shop) -> None:
    decision = shop.book(COFFEE).decides("martin")
    assert verdicts_of(decision) == {"coffee-offer": Reason.NO_AFFINITY}
    assert not decision.is_touch


def test_a_newcomer_has_not_enough_history_to_have_no_affinity(shop: Shop) -> None:
    assert verdicts_of(shop.book(COFFEE).decides("nina")) == {"coffee-offer": Reason.NOT_CONCERNED}


@pytest.mark.parametrize(("visits", "expected"), [(4, Reason.NOT_CONCERNED), (5, Reason.NO_AFFINITY)])
def test_five_visits_in_a_quarter_are_history_enough(shop: Shop, visits: int, expected: Reason) -> None:
    shop.bring("orders", ORDERS + weekly("nina", weeks=visits))
    assert verdicts_of(shop.book(COFFEE).decides("nina")) == {"coffee-offer": expected}


def test_what_goes_with_her_purchase_is_said_while_it_is_fresh(shop: Shop) -> None:
    decision = shop.book(HERB).decides("martin")
    assert decision.sentences[1] == "She bought veal seven days ago, and this goes with it."
    assert shop.decides("martin", "2017-11-03").is_touch
    assert verdicts_of(shop.decides("martin", "2017-11-04")) == {"sage-with-it": Reason.NOT_CONCERNED}


def test_of_two_things_that_it_goes_with_the_one_bought_last_is_told(shop: Shop) -> None:
    shop.buys("martin", "lamb", "2017-10-30")
    both = HERB.replace('types = ["MEAT/VEAL"]', 'types = ["MEAT/VEAL", "MEAT/LAMB"]')
    assert shop.book(both).decides("martin").sentences[1] == "She bought lamb three days ago, and this goes with it."


def test_what_goes_with_it_is_not_said_when_she_took_it_along(shop: Shop) -> None:
    shop.buys("martin", "sage", "2017-10-26")
    decision = shop.book(HERB).decides("martin")
    assert decision.reason == Reason.ALREADY_BOUGHT
