"""What stops a word because of what it is, what was said before, and what there is of it."""

from __future__ import annotations

import pytest

from habitue.app import House, plan_day
from habitue.app.days import the_day
from habitue.app.names import customer_of
from habitue.words.keys import control_permille
from habitue.words.reasons import Reason
from tests.cast import REGULARS, SHOP, Shop, same_among_everyone, thanks, veal, verdicts_of

OFFER = veal(key='"veal-offer"', kind='"offer"', purpose='"offers"', asks='"purchase"')


def test_what_was_said_is_not_said_again_within_its_days(shop: Shop) -> None:
    shop.touch("martin", "2017-10-06", "veal-aside", "set-aside", level="type", item="MEAT/VEAL")
    decision = shop.decides("martin")
    assert decision.reason == Reason.SAID_ALREADY
    assert decision.sentences[0] == "We said it 27 days ago; twice would be a nuisance."
    assert shop.decides("martin", "2017-11-03").is_touch  # 28 days: but for this, nothing stops it


def test_what_was_said_about_nothing_in_particular_counts_for_every_thing(shop: Shop) -> None:
    shop.touch("martin", "2017-10-20", "veal-aside", "set-aside")
    assert shop.decides("martin").reason == Reason.SAID_ALREADY


def test_what_was_said_of_another_thing_stops_nothing(shop: Shop) -> None:
    shop.touch("martin", "2017-10-20", "veal-aside", "set-aside", level="type", item="MEAT/LAMB")
    assert shop.decides("martin").is_touch


def test_three_words_of_a_kind_without_an_answer_are_enough_until_she_answers(shop: Shop) -> None:
    for n, said in enumerate(("2017-08-10", "2017-08-20", "2017-09-01")):
        assert shop.decides("martin", f"2017-10-0{n + 4}").reason != Reason.IGNORED_LATELY
        shop.touch("martin", said, kind="set-aside", touch=said)
    decision = shop.decides("martin", "2017-10-12")
    assert decision.reason == Reason.IGNORED_LATELY
    assert decision.sentences[0] == "She let the last 3 words of this kind pass without an answer."
    shop.bring("answers", "touch,at\n2017-09-01,2017-10-12T18:00:00\n")
    assert shop.decides("martin", "2017-10-19").reason != Reason.IGNORED_LATELY


def test_a_word_is_ignored_when_it_is_a_week_old(shop: Shop) -> None:
    for said in ("2017-08-10", "2017-08-20", "2017-10-26"):
        shop.touch("martin", said, kind="set-aside", touch=said)
    assert shop.decides("martin", "2017-11-01").reason != Reason.IGNORED_LATELY
    assert shop.decides("martin", "2017-11-02").reason == Reason.IGNORED_LATELY


def test_an_answer_wipes_out_what_she_let_pass_before(shop: Shop) -> None:
    for said in ("2017-08-10", "2017-08-20", "2017-09-01", "2017-09-20"):
        shop.touch("martin", said, kind="set-aside", touch=said)
    assert shop.decides("martin", "2017-10-12").reason == Reason.IGNORED_LATELY
    shop.bring("answers", "touch,at\n2017-09-20,2017-10-12T18:00:00\n")
    assert shop.decides("martin", "2017-10-12").reason == Reason.IGNORED_LATELY  # as it was known in the morning
    assert shop.decides("martin", "2017-10-13").reason != Reason.IGNORED_LATELY


@pytest.mark.parametrize("given", ["content", "service", "gesture", "set-aside"])
def test_first_we_give_and_then_we_ask(shop: Shop, given: str) -> None:
    for said in ("2017-08-10", "2017-08-20", "2017-09-01"):
        shop.touch("martin", said, kind="question")
    shop.book(OFFER, thanks())
    assert verdicts_of(shop.decides("martin")) == {"veal-offer": Reason.ASKED_MORE_THAN_GIVEN, "thanks": Reason.SAID}
    shop.touch("martin", "2017-09-20", kind=given)
    assert verdicts_of(shop.decides("martin", "2017-10-26"))["veal-offer"] != Reason.ASKED_MORE_THAN_GIVEN


def test_a_word_that_follows_another_waits_for_it_and_explains_no_silence(shop: Shop) -> None:
    shop.book(veal(after='{ action = "thanks", days = 5 }'), thanks(when="{ until = 2017-10-30 }", relation_cents="1"))
    decision = shop.decides("martin")
    assert verdicts_of(decision)["veal-aside"] == Reason.OUT_OF_SEQUENCE
    assert decision.reason == Reason.NOT_WORTH_HER_ATTENTION
    shop.touch("martin", "2017-10-29", "thanks", "gesture")
    assert verdicts_of(shop.decides("martin", "2017-11-02"))["veal-aside"] == Reason.OUT_OF_SEQUENCE
    assert shop.decides("martin", "2017-11-03").is_touch


@pytest.mark.parametrize(("when", "expected"), [("2017-11-01", Reason.EXPIRED), ("2017-11-02", Reason.SAID)])
def test_a_word_is_said_on_its_last_day_and_not_after(shop: Shop, when: str, expected: Reason) -> None:
    assert shop.book(veal(when=f"{{ until = {when} }}")).decides("martin").reason == expected


def test_a_word_of_tomorrow_or_of_another_weekday_concerns_nobody_today(shop: Shop) -> None:
    shop.book(veal(when="{ from = 2017-11-03 }"), thanks(when="{ weekdays = [1, 2, 3, 5, 6, 7] }"))
    assert set(verdicts_of(shop.decides("martin")).values()) == {Reason.NOT_CONCERNED}
    assert verdicts_of(shop.decides("martin", "2017-11-03"))["veal-aside"] != Reason.NOT_CONCERNED


def test_a_budget_that_was_spent_is_spent(shop: Shop) -> None:
    shop.book(veal(budget="{ most = 1, days = 7 }"))
    shop.touch("karim", "2017-10-30", "veal-aside", "set-aside")
    assert shop.decides("martin").reason == Reason.OVER_BUDGET
    with shop.open() as house:  # the guard itself says so, before anything is shared out
        assert house.alone.decide(customer_of(house, "martin"), house.when())["reason"] == Reason.OVER_BUDGET
    assert shop.decides("martin", "2017-11-06").is_touch


def test_what_is_left_of_a_budget_goes_where_it_is_worth_most(shop: Shop) -> None:
    shop.book(veal(budget="{ most = 2, days = 7 }"))
    shop.touch("karim", "2017-10-20")  # her attention costs more
    with shop.open() as house:
        today = the_day(house)
        found = {name: same_among_everyone(house, name, today).reason for name in ("martin", "anne", "marc", "karim")}
    assert found == {"martin": Reason.SAID, "karim": Reason.OVER_BUDGET, "anne": Reason.SAID, "marc": Reason.OVER_BUDGET}


def test_silence_wins_where_a_word_is_worth_just_what_it_costs(shop: Shop) -> None:
    assert shop.book(thanks(relation_cents="10", cost_cents="2")).decides("martin").is_touch
    assert shop.book(thanks(relation_cents="10", cost_cents="3")).decides("martin").reason == Reason.NOT_WORTH_HER_ATTENTION


def test_below_the_floor_of_usefulness_nothing_is_said_whatever_it_would_earn(shop: Shop) -> None:
    decision = shop.book(veal(use="29", relation_cents="90000")).decides("martin")
    assert decision.reason == Reason.NOT_WORTH_HER_ATTENTION
    assert decision.sentences[0] == "It would be of use to her one time in 34, and that is not worth her attention this week."


def test_what_costs_more_than_it_is_worth_is_not_said(shop: Shop) -> None:
    assert shop.book(veal(cost_cents="900")).decides("martin").reason == Reason.NOT_WORTH_HER_ATTENTION


def test_each_unanswered_word_doubles_the_price_of_her_attention(shop: Shop) -> None:
    shop.book(shop=SHOP.replace("base_cents = 1", "base_cents = 100"))
    shop.touch("martin", "2017-10-20")
    decision = shop.decides("martin")
    assert decision.chosen is not None
    assert decision.chosen.terms["attention"] == 100 * (1 + 1) * 2
    shop.touch("martin", "2017-10-21")
    assert shop.decides("martin", "2017-11-03").reason == Reason.NOT_WORTH_HER_ATTENTION


def test_the_word_that_is_worth_most_wins_and_the_other_says_so(shop: Shop) -> None:
    assert verdicts_of(shop.book(veal(), thanks(use="300")).decides("martin")) == {"veal-aside": Reason.SAID, "thanks": Reason.ANOTHER_IS_WORTH_MORE}


def test_priority_breaks_ties_only(shop: Shop) -> None:
    tied = shop.book(thanks(priority="2"), thanks(key='"thanks-again"', priority="5")).decides("martin")
    assert verdicts_of(tied) == {"thanks": Reason.ANOTHER_IS_WORTH_MORE, "thanks-again": Reason.SAID}
    more = shop.book(thanks(use="401", priority="2"), thanks(key='"thanks-again"', priority="5")).decides("martin")
    assert verdicts_of(more) == {"thanks": Reason.SAID, "thanks-again": Reason.ANOTHER_IS_WORTH_MORE}


@pytest.fixture
def half(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every second customer is in the control group; gives the regulars who are."""
    monkeypatch.setattr("habitue.app.house.CONTROL_FROM_CUSTOMERS", 1)
    monkeypatch.setattr("habitue.app.house.CONTROL_PERMILLE", 500)
    return {name for name in REGULARS if (control_permille(name) + (2017 * 2 + 1) * 500) % 1000 < 500}


def test_a_control_group_is_left_without_offers_and_the_offer_is_kept(shop: Shop, half: set[str]) -> None:
    shop.book(OFFER)
    able = {"martin", "karim", "anne", "marc"}
    assert 0 < len(half & able) < len(able)
    with shop.open() as house:
        today = the_day(house)
        found = {name: same_among_everyone(house, name, today).reason for name in able}
        assert found == {name: Reason.HELD_OUT if name in half else Reason.SAID for name in able}
        assert _written(house) == [(0, 1, 500), (int(Reason.HELD_OUT), 1, 500)]
        assert plan_day(house).touches == len(able - half)


def test_a_gesture_is_never_held_out(shop: Shop, half: set[str]) -> None:
    assert half
    shop.book(thanks())
    with shop.open() as house:
        today = the_day(house)
        assert {same_among_everyone(house, name, today).reason for name in half - {"lucie", "paul"}} <= {Reason.SAID}


def test_under_two_thousand_customers_there_is_no_control_group(shop: Shop) -> None:
    shop.book(OFFER)
    with shop.open() as house:
        assert Reason.HELD_OUT not in the_day(house).reasons


def _written(house: House) -> list[tuple[int, ...]]:
    """Reason, action and propensity of every line of the ledger in which the offer would be or was made."""
    rows = house.truth.run("SELECT DISTINCT reason, action_id, propensity_permille FROM decision WHERE reason IN (0, 52) ORDER BY reason")
    return [tuple(int(value) for value in row) for row in rows]
