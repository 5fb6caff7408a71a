"""What stops a word because of her, whatever it says: from a file that tells it to a silence that names it, alone as among everyone."""

from __future__ import annotations

import pytest

from habitue.app.days import the_day
from habitue.words.clock import local_day_and_hour
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Purpose
from tests.cast import CONSENTS, ORDERS, Shop, day, same_among_everyone, thanks, veal, verdicts_of, weekly

THREADS = "customer,thread,kind,state,at\n"
SERVICE = veal(key='"veal-is-in"', kind='"service"', purpose='"service"', use="350")


def test_a_regular_whose_veal_is_due_gets_a_word(shop: Shop) -> None:
    decision = shop.decides("martin")
    assert decision.is_touch
    assert decision.sentences[:2] == ("Tell Jeanne that veal is kept for her.", "She takes it about every seven days, and it has been seven days.")


def test_it_stays_silent_where_she_withdrew_her_consent(shop: Shop) -> None:
    assert shop.decides("lucie").reason == Reason.NO_CONSENT


def test_consent_given_again_lets_it_speak_again(shop: Shop) -> None:
    shop.says_yes("lucie", "2017-11-01")
    assert shop.decides("lucie").is_touch


def test_a_yes_to_offers_is_no_yes_to_advice(shop: Shop) -> None:
    shop.says_yes("lucie", "2017-11-01", Purpose.OFFERS)
    assert shop.decides("lucie").reason == Reason.NO_CONSENT


def test_consent_given_this_morning_after_six_is_not_known_yet(shop: Shop) -> None:
    shop.says_yes("lucie", "2017-11-02T06:00:00")
    assert shop.decides("lucie").reason == Reason.NO_CONSENT


def test_the_counter_needs_no_consent_and_respects_a_no(shop: Shop) -> None:
    shop.book(veal(channels='["shop"]'))
    assert shop.decides("lucie").is_touch
    shop.bring("consents", CONSENTS + "lucie,advice,shop,no,2017-11-01\n")
    assert shop.decides("lucie", "2017-11-03").reason == Reason.NO_CONSENT


def test_it_stays_silent_where_no_address_fits(shop: Shop) -> None:
    shop.bring("customers", "customer,known_at,email\nkarim,2017-11-01T12:00:00,\n")
    assert shop.decides("karim").reason == Reason.UNREACHABLE


def test_the_next_way_is_taken_where_the_first_does_not_reach_her(shop: Shop) -> None:
    shop.book(veal(channels='["post", "email"]'))
    shop.bring("consents", CONSENTS + "karim,advice,post,yes,2017-11-01\nmartin,advice,post,yes,2017-11-01\n")
    assert "by post" in shop.decides("martin").sentences[-1]
    assert "e-mail" in shop.decides("karim").sentences[-1]


def test_a_complaint_is_settled_before_anything_else_is_said(shop: Shop) -> None:
    decision = shop.decides("paul")
    assert decision.reason == Reason.COMPLAINT_OPEN
    assert decision.sentences[0] == "She complained (three days ago), and it is not settled; nothing else is said before that."


@pytest.mark.parametrize(("state", "expected"), [("answered", Reason.COMPLAINT_OPEN), ("closed", Reason.SAID)])
def test_an_answered_complaint_is_not_a_settled_one(shop: Shop, state: str, expected: Reason) -> None:
    shop.bring("conversations", THREADS + f"paul,p1,complaint,{state},2017-11-01\n")
    assert shop.decides("paul").reason == expected


def test_a_question_is_answered_before_we_speak(shop: Shop) -> None:
    shop.bring("conversations", THREADS + "martin,q1,question,opened,2017-11-01T18:00:00\n")
    assert shop.decides("martin").reason == Reason.WAITING_FOR_OUR_ANSWER
    shop.bring("conversations", THREADS + "martin,q1,question,answered,2017-11-02T18:00:00\n")
    assert shop.decides("martin", "2017-11-03").is_touch


def test_a_service_message_may_be_said_while_a_complaint_is_open(shop: Shop) -> None:
    assert shop.book(veal(), SERVICE).decides("paul").chosen.action_key == "veal-is-in"  # type: ignore[union-attr]


@pytest.mark.parametrize(("until", "expected"), [("2017-11-02", Reason.PAUSED), ("2017-11-01", Reason.SAID)])
def test_a_pause_holds_to_its_last_day_and_no_longer(shop: Shop, until: str, expected: Reason) -> None:
    shop.bring("pauses", f"customer,until,at\nmartin,{until},2017-10-20\n")
    assert shop.decides("martin").reason == expected


def test_a_pause_holds_for_service_too(shop: Shop) -> None:
    shop.bring("pauses", "customer,until,at\nmartin,2017-12-24,2017-10-20\n")
    decision = shop.book(SERVICE).decides("martin")
    assert decision.reason == Reason.PAUSED
    assert decision.sentences[0] == "She asked us to be quiet until 24 December 2017."


def test_a_pause_explains_the_silence_even_where_nothing_was_worth_saying(shop: Shop) -> None:
    shop.bring("pauses", "customer,until,at\nmartin,2017-12-24,2017-10-20\n")
    assert shop.book(thanks(relation_cents="0")).decides("martin").reason == Reason.PAUSED


def test_the_latest_pause_is_the_one_that_holds(shop: Shop) -> None:
    shop.bring("pauses", "customer,until,at\nmartin,2017-12-24,2017-10-20\nmartin,2017-10-31,2017-10-25\n")
    assert shop.decides("martin").is_touch


def test_two_words_a_week_are_enough_over_all_channels_together(shop: Shop) -> None:
    shop.touch("martin", "2017-10-30", channel="post")
    assert shop.decides("martin").is_touch
    shop.touch("martin", "2017-11-02", channel="shop")
    assert shop.decides("martin", "2017-11-03").reason == Reason.PRESSED_TOO_OFTEN


def test_a_week_is_seven_days(shop: Shop) -> None:
    for said in ("2017-10-26", "2017-10-30"):
        shop.touch("martin", said, kind="gesture", touch=said)
        shop.bring("answers", f"touch,at\n{said},{said}T18:00:00\n")
    assert shop.decides("martin", "2017-11-01").reason == Reason.PRESSED_TOO_OFTEN
    assert shop.decides("martin", "2017-11-02").is_touch


def test_five_words_in_four_weeks_are_enough(shop: Shop) -> None:
    for said in ("2017-10-06", "2017-10-12", "2017-10-18", "2017-10-24", "2017-11-02"):
        assert shop.decides("martin").is_touch
        shop.touch("martin", said, kind="gesture", touch=said)
        shop.bring("answers", f"touch,at\n{said},{said}T18:00:00\n")
    assert shop.decides("martin", "2017-11-03").reason == Reason.SAID  # the first is four weeks old
    shop.touch("martin", "2017-10-08")
    assert shop.decides("martin", "2017-11-03").reason == Reason.PRESSED_TOO_OFTEN


def test_service_words_are_never_capped_but_they_are_counted(shop: Shop) -> None:
    shop.book(veal(), SERVICE)
    shop.touch("martin", "2017-10-31", kind="service", channel="sms")
    shop.touch("martin", "2017-11-01", kind="service", channel="sms")
    decision = shop.decides("martin")
    assert verdicts_of(decision) == {"veal-is-in": Reason.SAID, "veal-aside": Reason.PRESSED_TOO_OFTEN}


@pytest.mark.parametrize(("hour", "expected"), [(7, Reason.QUIET_HOURS), (8, Reason.SAID), (20, Reason.SAID), (21, Reason.QUIET_HOURS)])
def test_nobody_is_woken_and_the_hour_is_the_shops_own(shop: Shop, hour: int, expected: Reason) -> None:
    with shop.open() as house:
        utc = house.when().as_of + (hour - 6) * 3600
        _, local_hour = local_day_and_hour(utc, house.settings.zone)
        assert local_hour == hour
        decided = house.alone.decide(1, house.when(hour=local_hour))
    assert decided["reason"] == expected


def test_a_word_planned_for_the_night_is_not_said_but_at_the_counter(shop: Shop) -> None:
    shop.book(veal(when="{ hour = 22 }"), thanks(channels='["shop"]', when="{ hour = 22 }"))
    assert verdicts_of(shop.decides("martin")) == {"veal-aside": Reason.QUIET_HOURS, "thanks": Reason.SAID}


@pytest.mark.parametrize(("last", "expected"), [("2017-08-02", Reason.UNREACHABLE), ("2017-08-03", Reason.SAID)])
def test_at_the_counter_only_who_came_within_a_quarter_is_reached(shop: Shop, last: str, expected: Reason) -> None:
    shop.bring("orders", ORDERS + weekly("nina", last, 5))
    assert shop.book(thanks(channels='["shop"]')).decides("nina").reason == expected


def test_nobody_is_called_at_night(shop: Shop) -> None:
    shop.bring("consents", CONSENTS + "martin,advice,phone,yes,2017-06-01\n")
    assert shop.book(veal(channels='["phone"]', when="{ hour = 20 }")).decides("martin").is_touch
    assert shop.book(veal(channels='["phone"]', when="{ hour = 22 }")).decides("martin").reason == Reason.QUIET_HOURS


def test_two_people_behind_one_address_are_two_customers(shop: Shop) -> None:
    shop.buys("marc", "veal", "2017-11-01")
    with shop.open() as house:
        today = the_day(house)
        assert same_among_everyone(house, "anne", today).is_touch
        assert same_among_everyone(house, "marc", today).reason == Reason.ALREADY_BOUGHT


def test_a_newcomer_is_not_silenced_for_being_new(shop: Shop) -> None:
    shop.book(veal(), thanks(whom='"months_as_customer = 0"'))
    assert shop.decides("nina").chosen.action_key == "thanks"  # type: ignore[union-attr]


def test_a_customer_of_tomorrow_is_not_known_today(shop: Shop) -> None:
    shop.bring("customers", "customer,since\nzoe,2017-11-03\n")
    with shop.open("2017-11-03") as house:
        assert len(the_day(house, day("2017-11-02")).rows["customer_id"]) == 7
        assert len(the_day(house).rows["customer_id"]) == 8
