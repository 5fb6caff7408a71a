"""Two numbers, one person: from the command that says so to the card, the plan and the silence, and back."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from habitue.app.days import the_day
from habitue.store import open_truth
from habitue.words.reasons import Reason
from tests.cast import ORDERS, TODAY, Shop, day, same_among_everyone, thanks, veal, weekly
from tests.identity.conftest import Run


def test_one_person_with_two_numbers_has_one_card(shop: Shop, habitue: Run) -> None:
    before = card(habitue, "martin"), card(habitue, "karim")
    assert habitue("merge", "martin", "karim", "--yes") == (0, "They are one customer now.")
    assert card(habitue, "martin") == card(habitue, "karim") != before[0]
    assert "40 baskets" in card(habitue, "karim")
    assert habitue("merge", "karim", "martin", "--yes") == (5, "“karim” and “martin” are one customer already.")
    assert habitue("unmerge", "martin", "karim", "--yes") == (0, "They are two customers again.")
    assert (card(habitue, "martin"), card(habitue, "karim")) == before


def test_alone_and_among_everyone_she_is_one_and_then_two_again(shop: Shop, habitue: Run) -> None:
    shop.book(veal(), thanks())
    judged(shop, "martin", customers=7)
    habitue("merge", "martin", "nina", "--yes")
    judged(shop, "nina", customers=6)
    habitue("unmerge", "nina", "martin", "--yes")
    judged(shop, "nina", customers=7)


def judged(shop: Shop, customer: str, customers: int) -> None:
    """The projection is refreshed, never made anew: what a merge changed must reach it."""
    with shop.open() as house:
        today = the_day(house, day("2017-11-01"))
        assert len(today.rows["customer_id"]) == customers
        same_among_everyone(house, customer, today)


def test_where_either_said_no_no_it_stays_until_she_says_yes_again(shop: Shop, habitue: Run) -> None:
    assert shop.decides("karim").reason == Reason.SAID
    habitue("merge", "karim", "lucie", "--yes")
    assert shop.decides("karim").reason == Reason.NO_CONSENT
    shop.says_yes("karim", "2017-11-03")
    assert shop.decides("lucie", "2017-11-09").reason == Reason.SAID
    habitue("unmerge", "lucie", "karim", "--yes")
    assert shop.decides("lucie", "2017-11-09").reason == Reason.NO_CONSENT


def test_what_was_said_to_either_counts_for_both(shop: Shop, habitue: Run) -> None:
    shop.book(veal(), shop="[caps]\nweek = 1\nmonth = 4\n[quiet]\nfrom = 21\nuntil = 8\n")
    habitue("plan")
    with shop.open() as house:
        assert Reason(the_day(house, day(TODAY)).rows["reason"][0]) == Reason.SAID
    habitue("merge", "martin", "karim", "--yes")
    tomorrow = shop.told(today="2017-11-03")
    tomorrow.bring("orders", ORDERS + weekly("martin", until="2017-10-27", product="lamb"))
    with tomorrow.open("2017-11-03") as house:
        assert house.truth.run("SELECT COUNT(*) FROM touch WHERE customer_id = 1") == [(2,)]
        assert same_among_everyone(house, "martin", the_day(house, day("2017-11-03"))).reason == Reason.PRESSED_TOO_OFTEN


def test_two_who_live_together_stay_two(shop: Shop, habitue: Run) -> None:
    assert habitue("household", "anne", "marc") == (0, "They are known to live together.")
    assert "one household" in habitue("merge", "anne", "marc", "--yes")[1]
    assert habitue("household", "marc", "anne", "--part") == (0, "Nobody takes them to live together any more.")
    assert habitue("household", "marc", "anne", "--part")[0] == 5
    assert habitue("merge", "anne", "marc", "--yes")[0] == 0
    assert habitue("household", "anne", "marc")[0] == 5


def test_three_are_taken_apart_where_they_were_joined(shop: Shop, habitue: Run) -> None:
    habitue("merge", "martin", "karim", "--yes")
    habitue("merge", "karim", "paul", "--yes")
    assert habitue("unmerge", "martin", "paul", "--yes")[1].endswith("What was joined: “martin” with “karim”, “karim” with “paul”.")
    habitue("unmerge", "karim", "paul", "--yes")
    assert json.loads(habitue("customers", "--json")[1].replace("} {", "},{").join("[]"))[0]["other_keys"] == ["karim"]


def test_bad_input_is_answered_with_a_sentence(habitue: Run) -> None:
    assert habitue("merge", "martin", "nobody", "--yes") == (4, "There is no customer “nobody” here; look her up with `habitue customers NAME`.")
    assert habitue("merge", "martin", "martin", "--yes") == (5, "That is one and the same number.")
    assert habitue("unmerge", "martin", "karim", "--yes") == (5, "“martin” and “karim” are two customers.")


def test_who_decides_sees_both_and_may_change_her_mind(habitue: Run, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    code, said = habitue("merge", "anne", "marc")
    assert code == 5
    for shown in ("E-mail petit@example.org petit@example.org the same", "Anne Petit", "8 rue Basse, 69001 Lyon", "Where either has said no"):
        assert shown in said
    truth = open_truth(shop.settings)
    try:
        assert truth.run("SELECT COUNT(*) FROM link") == [(0,)]
    finally:
        truth.close()


def card(habitue: Run, key: str) -> str:
    return habitue("card", key)[1]
