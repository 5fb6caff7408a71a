"""The claim of a planned touch: nothing that she has taken back by now leaves, and what does not leave costs her nothing."""

from __future__ import annotations

import pytest

from habitue.app import House, plan_day
from habitue.app.leaving import Said, say_leave
from habitue.app.listeners import record
from habitue.app.merging import Pairing
from habitue.app.post.claiming import Claim, Step, claim
from habitue.events.model import Occurrence, PauseAsked
from habitue.identity.records import who_is
from habitue.words.errors import Unknown
from habitue.words.keys import positive_number
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Purpose
from tests.cast import CONSENTS, ORDERS, TODAY, Shop, day, thanks, veal, weekly

ADVICE_BY_EMAIL = (Purpose.ADVICE,), (Channel.EMAIL,)


def touch_of(house: House, customer: str) -> int:
    """The number of today's word to her."""
    return positive_number("touch", str(day(TODAY)), str(who_is(house.truth, "customer", [customer])[customer].customer_id))


def claimed(house: House, customer: str) -> Claim:
    return claim(house, touch_of(house, customer))


def tokens(house: House, customer: str) -> int:
    """How many of hers are taken."""
    number = who_is(house.truth, "customer", [customer])[customer].customer_id
    return int(house.truth.run("SELECT COUNT(*) FROM token WHERE customer_id = ? AND free_at > ?", (number, house.clock.instant()))[0][0])


def test_a_planned_touch_is_claimed_once(shop: Shop) -> None:
    with shop.open() as house:
        plan_day(house)
        first, again = claimed(house, "martin"), claimed(house, "martin")
        assert (first.step, first.may_leave) == (Step.CLAIMED, True)
        assert (again.step, again.may_leave) == (Step.CLAIMED, False)
        assert tokens(house, "martin") == 2


def test_a_no_after_the_plan_withdraws_the_touch_and_what_it_took_is_hers_again(shop: Shop) -> None:
    with shop.open() as house:
        plan_day(house)
        say_leave(house, "martin", Said(False))
        gone = claimed(house, "martin")
        assert (gone.step, gone.reason, gone.may_leave) == (Step.WITHDRAWN, Reason.NO_CONSENT, False)
        assert tokens(house, "martin") == 0
        assert not house.truth.run("SELECT 1 FROM touch WHERE touch_id = ?", (gone.touch_id,))
        say_leave(house, "martin", Said(True, *ADVICE_BY_EMAIL))
        assert claimed(house, "martin") == Claim(gone.touch_id, gone.customer_id, Step.WITHDRAWN, Reason.NO_CONSENT, is_first=False)
        assert claimed(house, "karim").may_leave


def test_a_pause_after_the_plan_withdraws_it(shop: Shop) -> None:
    with shop.open() as house:
        plan_day(house)
        who, now = who_is(house.truth, "customer", ["martin"])["martin"], house.clock.instant()
        with house.truth.transaction():
            record(house.truth, [Occurrence(PauseAsked(day(TODAY)), "her page", "p1", who.profile_id, now, day(TODAY), 6, now)], "Europe/Paris", now)
        assert claimed(house, "martin").reason == Reason.PAUSED


def test_a_no_that_a_file_dates_ahead_counts_at_the_claim(shop: Shop) -> None:
    """The clock of whoever wrote the file is fast."""
    with shop.open() as house:
        plan_day(house)
        shop.bring("consents", CONSENTS + "martin,advice,email,no,2017-11-02T23:00:00\n")
        assert claimed(house, "martin").reason == Reason.NO_CONSENT


def test_a_merge_after_the_plan_brings_the_no_of_either(shop: Shop) -> None:
    shop.bring("consents", CONSENTS + "nina,advice,email,no,2017-10-31\n")
    with shop.open() as house:
        plan_day(house)
        with house.truth.transaction():
            Pairing(house.truth, house.settings, "nina", "martin", house.clock.instant()).merge()
        number = who_is(house.truth, "customer", ["martin"])["martin"].profile_id
        assert claim(house, positive_number("touch", str(day(TODAY)), str(number))).reason == Reason.NO_CONSENT


def test_the_counter_and_news_of_an_order_need_no_leave_and_heed_a_no(shop: Shop) -> None:
    shop.book(veal(purpose='"service"', kind='"service"'))
    with shop.open() as house:
        plan_day(house)
        assert claimed(house, "martin").may_leave
        say_leave(house, "karim", Said(False, (Purpose.SERVICE,), (Channel.EMAIL,)))
        assert claimed(house, "karim").reason == Reason.NO_CONSENT
        assert tokens(house, "karim") == 0


def test_a_book_that_was_changed_since_the_plan_changes_nothing(shop: Shop) -> None:
    with shop.open() as house:
        plan_day(house)
    with shop.book(thanks()).open() as house:
        assert claimed(house, "martin").may_leave


def test_what_nobody_planned_is_not_claimed(shop: Shop) -> None:
    shop.touch("martin", "2017-11-01", touch="t1")
    with shop.open() as house:
        plan_day(house)
        with pytest.raises(Unknown, match="No touch of the number 5"):
            claim(house, 5)
        with pytest.raises(Unknown, match="No touch"):
            claim(house, positive_number("touch", "t1"))


def test_a_word_that_rests_on_her_purchases_is_withdrawn_once_she_says_no_to_profiling(shop: Shop) -> None:
    with shop.open() as house:
        plan_day(house)
        say_leave(house, "martin", Said(False, (Purpose.PROFILING,)))
        assert claimed(house, "martin").reason == Reason.NO_PROFILING
        assert tokens(house, "martin") == 0


def test_what_goes_without_her_yes_is_claimed_until_she_refuses(shop: Shop) -> None:
    shop = shop.told(similar_products_form="order form, box 3", similar_products_since="2017-06-01")
    shop.bring("customers", "customer,since,email\nrose,2017-02-02,rose@example.org\nruth,2017-02-02,ruth@example.org\n")
    shop.bring("orders", ORDERS + weekly("rose") + weekly("ruth"))
    with shop.book(veal(purpose='"offers"')).open() as house:
        plan_day(house)
        assert claimed(house, "rose").may_leave
        say_leave(house, "ruth", Said(False, (Purpose.OFFERS,), (Channel.EMAIL,)))
        assert claimed(house, "ruth").reason == Reason.NO_CONSENT


def test_what_was_planned_on_her_last_day_is_withdrawn_once_three_years_without_a_sign_are_over(shop: Shop) -> None:
    """Nina bought on 2 January 2023, and never again."""
    shop.book(thanks(), thanks(key='"ready"', kind='"service"', purpose='"service"'))
    shop.buys("nina", "veal", "2023-01-02")
    shop.bring("orders", ORDERS + weekly("karim", until="2025-12-29"))
    planned = {}
    with shop.open("2026-01-01") as house:
        plan_day(house)
        for customer in ("nina", "karim"):
            number = who_is(house.truth, "customer", [customer])[customer].customer_id
            planned[customer] = positive_number("touch", str(day("2026-01-01")), str(number))
    with shop.open("2026-01-02") as house:
        assert claim(house, planned["nina"]).reason == Reason.LAPSED
        assert claim(house, planned["karim"]).may_leave
