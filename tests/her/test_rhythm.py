"""How often she hears from us: less than everybody, as the book says, or when a word is worth a little less; alone and among everyone alike."""

from __future__ import annotations

import pytest

from habitue.app import House, note
from habitue.app.stating import RHYTHM, Note
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Strength, Subject, Told
from tests.cast import SHOP, Shop, veal

LESS, USUAL, MORE = -1, 0, 1


def chooses(shop: Shop, pace: int, on: str = "2017-10-01") -> None:
    with shop.book(veal()).open(on) as house:
        keep(house, pace)


def keep(house: House, pace: int) -> None:
    note(house, "martin", Note(Subject.RHYTHM, RHYTHM, pace, Strength.PLAIN, Told.SHE_SAID))


@pytest.mark.parametrize(
    ("pace", "words", "reason"),
    [
        (USUAL, ["2017-10-28"], Reason.SAID),
        (LESS, ["2017-10-28"], Reason.PRESSED_TOO_OFTEN),
        (LESS, ["2017-10-25"], Reason.SAID),
        (LESS, ["2017-10-25", "2017-10-15"], Reason.PRESSED_TOO_OFTEN),
        (USUAL, ["2017-10-25", "2017-10-15"], Reason.SAID),
        (MORE, ["2017-10-28", "2017-10-29"], Reason.PRESSED_TOO_OFTEN),
        (USUAL, ["2017-10-28", "2017-10-29"], Reason.PRESSED_TOO_OFTEN),
    ],
    ids=lambda each: str(each) if isinstance(each, int) else "+".join(each) if isinstance(each, list) else "",
)
def test_who_asked_for_less_hears_one_word_a_week_and_half_of_the_month_s(shop: Shop, pace: int, words: list[str], reason: Reason) -> None:
    chooses(shop, pace)
    for said in words:
        shop.touch("martin", said)
        shop.bring("answers", f"touch,at\n{touch_key(shop)},{said}T13:00:00\n")
    assert shop.decides("martin").reason == reason


def touch_key(shop: Shop) -> str:
    from habitue.events.model import TouchSent, event_of
    from habitue.store import open_truth

    truth = open_truth(shop.settings)
    try:
        body = truth.run("SELECT body FROM event WHERE name = 'Touch Sent' ORDER BY seq DESC LIMIT 1")[0][0]
    finally:
        truth.close()
    event = event_of(body)
    assert isinstance(event, TouchSent)
    return event.touch_key


@pytest.mark.parametrize(("pace", "reason"), [(LESS, Reason.NOT_WORTH_HER_ATTENTION), (USUAL, Reason.SAID), (MORE, Reason.SAID)])
@pytest.mark.parametrize("base_cents", [500])
def test_her_attention_costs_twice_as_much_where_she_asked_for_less(shop: Shop, pace: int, reason: Reason, base_cents: int) -> None:
    """The word is worth 818 cents to her: an attention of 500 lets it pass, one of 1,000 does not."""
    chooses(shop, pace)
    shop.book(veal(), shop=SHOP.replace("base_cents = 1", f"base_cents = {base_cents}"))
    assert shop.decides("martin").reason == reason


@pytest.mark.parametrize(("pace", "reason"), [(USUAL, Reason.NOT_WORTH_HER_ATTENTION), (MORE, Reason.SAID)])
def test_her_attention_costs_half_where_she_asked_for_more(shop: Shop, pace: int, reason: Reason) -> None:
    chooses(shop, pace)
    shop.book(veal(), shop=SHOP.replace("base_cents = 1", "base_cents = 1200"))
    assert shop.decides("martin").reason == reason


def test_her_newest_word_on_it_counts_and_it_holds_from_the_day_on_which_it_was_said(shop: Shop) -> None:
    shop.touch("martin", "2017-10-28")
    chooses(shop, LESS, "2017-11-01")
    assert shop.decides("martin", "2017-11-01").reason == Reason.SAID
    assert shop.decides("martin").reason == Reason.PRESSED_TOO_OFTEN
    chooses(shop, USUAL, "2017-11-03")
    assert shop.decides("martin", "2017-11-04").reason != Reason.PRESSED_TOO_OFTEN
