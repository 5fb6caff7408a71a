"""What she and the shop are told was said to her: what left, and neither what is only planned nor what was taken back."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from habitue.app import House, card_of
from habitue.app.card_words import Words
from habitue.app.planning import write_plan
from habitue.app.post.claiming import claim
from tests.cast import TODAY, Shop, day, veal
from tests.consent.test_claim import touch_of
from tests.web.test_pages import words_of

VEAL = "omething put aside for you: veal."


def why(browser: TestClient, hers: str) -> str:
    """What she reads under “Why we wrote”."""
    return words_of(browser.get(f"{hers}?lang=en").text).split("Why we wrote")[-1].split("What we know of you")[0]


def in_the_zip(browser: TestClient, hers: str) -> list[str]:
    with ZipFile(BytesIO(browser.get(f"{hers}/data?lang=en").content)) as kept:
        return [message["on"] for message in json.loads(kept.read("data.json"))["messages"]]


def last_said(house: House) -> str:
    return next(fact.text for fact in card_of(house, "martin").facts if fact.heading == "Last said")


def test_a_word_that_is_planned_is_today_s_and_was_not_said(house: House, browser_of_hers: TestClient, hers: str) -> None:
    write_plan(house)
    shown = why(browser_of_hers, hers)
    assert f"Today we have this for you: s{VEAL}" in shown
    assert "On 2 November 2017" not in shown
    assert in_the_zip(browser_of_hers, hers) == []


def test_a_word_that_she_refused_before_it_left_was_never_said(house: House, browser_of_hers: TestClient, hers: str) -> None:
    write_plan(house)
    browser_of_hers.post(f"{hers}/out")
    assert "Today we leave you in peace" in why(browser_of_hers, hers)
    assert "We have not written to you within a year." in why(browser_of_hers, hers)
    claim(house, touch_of(house, "martin"))  # it is withdrawn
    assert "We have not written to you within a year." in why(browser_of_hers, hers)
    assert in_the_zip(browser_of_hers, hers) == []


def test_a_word_that_was_claimed_stands_once_and_still_stands_when_she_refuses_the_next(house: House, browser_of_hers: TestClient, hers: str) -> None:
    write_plan(house)
    assert claim(house, touch_of(house, "martin")).may_leave
    assert "Today we have this for you" in why(browser_of_hers, hers)
    assert "On 2 November 2017" not in why(browser_of_hers, hers), "today’s word stands once, as today’s"
    assert in_the_zip(browser_of_hers, hers) == [TODAY]
    browser_of_hers.post(f"{hers}/out")
    assert "Something put aside for you: veal On 2 November 2017, by e-mail." in why(browser_of_hers, hers), "it had left"


@pytest.mark.parametrize("is_claimed", [False, True], ids=["never claimed", "claimed"])
def test_the_card_of_the_next_day_says_last_what_left(shop: Shop, is_claimed: bool) -> None:
    shop.touch("martin", "2017-10-20", "another")
    with shop.book(veal()).open() as house:
        write_plan(house)
        if is_claimed:
            claim(house, touch_of(house, "martin"))
    with shop.open("2017-11-03") as house:
        card = card_of(house, "martin")
        assert ("yesterday" in last_said(house), "14 days ago" in last_said(house)) == (is_claimed, not is_claimed)
        assert [mark.day for mark in card.year if not mark.is_basket] == [day("2017-10-20"), *([day(TODAY)] if is_claimed else [])]


def test_a_man_s_card_says_since_when_in_either_gender_and_the_first_of_a_month_as_french_does(house: House) -> None:
    card = card_of(house, "karim", language="fr")
    assert (card.greet, card.since.split(",")[0]) == ("Bonjour monsieur Haddad", "chez nous depuis février 2017")
    assert Words("fr").date(day("2017-01-01")) == "1er janvier 2017"
