"""Numbers, dates, hours and money as each language writes them; and whose language a reader is given."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from habitue.web.tongue import language_wanted, tongue
from habitue.words.clock import parse_day
from habitue.words.typesetting import NARROW

DAY = parse_day("2017-11-02")
ENGLISH, FRENCH = tongue("en"), tongue("fr")


def test_dates_are_written_as_people_write_them() -> None:
    assert (ENGLISH.full_date(DAY), FRENCH.full_date(DAY)) == ("Thursday 2 November 2017", "jeudi 2 novembre 2017")
    assert (ENGLISH.weekday(DAY), FRENCH.weekday(DAY)) == ("Thursday", "Jeudi")


def test_the_first_of_a_month_is_the_first_in_french() -> None:
    assert FRENCH.date(DAY - 1) == "1er novembre 2017"
    assert FRENCH.date(DAY + 8) == "10 novembre 2017"
    assert ENGLISH.date(DAY - 1) == "1 November 2017"


def test_numbers_and_shares_are_grouped_by_language() -> None:
    assert (ENGLISH.number(1843), FRENCH.number(1843)) == ("1,843", f"1{NARROW}843")
    assert (ENGLISH.percent(41.0), FRENCH.percent(41.0)) == ("41%", "41\u00a0%")


def test_a_word_is_worth_cents_and_more_is_money() -> None:
    assert (ENGLISH.money(12.04, "USD"), FRENCH.money(-3.0, "EUR")) == ("12.0 cents", "−3,0 centimes")
    assert (ENGLISH.money(123.6, "USD"), FRENCH.money(123.6, "EUR")) == ("$1.24", "1,24\u00a0€")


def test_hours_are_french_in_french() -> None:
    assert (FRENCH.hour("06:00"), FRENCH.hour("11:04"), ENGLISH.hour("06:00")) == (f"6{NARROW}h", f"11{NARROW}h{NARROW}04", "06:00")
    assert FRENCH.hour("à l'aube") == "à l'aube"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("de, en-GB;q=0.7, fr;q=0.8", "fr"),
        ("en;q=0, fr;q=0.1", "fr"),
        ("de", ""),
        ("", ""),
        (";;q=,,fr;q=oops", ""),
    ],
)
def test_the_browser_s_wishes_are_heard_by_weight(header: str, language: str) -> None:
    assert language_wanted(header) == language


def test_a_link_wins_over_the_cookie_and_the_cookie_over_the_browser(client: TestClient) -> None:
    asked = client.get("/?lang=fr", headers={"Accept-Language": "en"})
    assert 'lang="fr"' in asked.text
    kept = client.get("/", headers={"Accept-Language": "en"})
    assert "Jeudi au comptoir" in kept.text
    assert "Thursday at the counter" in client.get("/?lang=en").text


def test_a_language_that_is_not_ours_is_passed_over(client: TestClient) -> None:
    answer = client.get("/?lang=tlh", headers={"Accept-Language": "xx"})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert 'lang="en"' in answer.text


def test_the_light_is_kept_until_it_follows_the_system_again(client: TestClient) -> None:
    assert 'data-theme="dark"' in client.get("/?theme=dark").text
    assert 'data-theme="dark"' in client.get("/people").text
    assert "data-theme" not in client.get("/?theme=system").text
    assert "data-theme" not in client.get("/people").text
