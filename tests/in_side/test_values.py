"""Single values as shops write them, and what is refused rather than guessed."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habitue.app.imports import values as read
from habitue.app.imports.numbers import number
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput

PARIS = read.Manner("Europe/Paris", "Europe/Paris", 4_000_000_000)


def _manner(**changes: Any) -> read.Manner:
    return read.Manner(**{"zone": "Europe/Paris", "times_in": "Europe/Paris", "latest": 4_000_000_000, **changes})


@pytest.mark.parametrize(
    ("raw", "cents"),
    [
        ("12.50", 1250), ("12,50", 1250), ("1.234,56", 123456), ("1,234.56", 123456), ("1 234,56 €", 123456), ("1\u202f234,56", 123456),
        ("$5", 500), ("(3.00)", -300), ("−2,5", -250), ("-7", -700), (12.1, 1210), (0.285, 28), (3, 300), ("1'234.50", 123450), ("", None), (" ", None),
    ],
)  # fmt: skip
def test_amounts_are_read_exactly(raw: object, cents: int | None) -> None:
    assert read.scaled(raw, PARIS, 100) == cents


@pytest.mark.parametrize(("decimals", "thousandths"), [("comma", 1_234), ("point", 1_234_000)])
def test_what_could_be_two_numbers_is_one_once_the_mapping_says_which(decimals: str, thousandths: int) -> None:
    assert read.scaled("1,234", _manner(decimals=decimals), 1_000) == thousandths


@pytest.mark.parametrize("raw", ["", "one", "1,23,4", "1.2.3", "--1", "NaN", "1e400", "9" * 50, "12:30", True])
def test_what_is_no_number_is_refused_or_nothing(raw: object) -> None:
    if raw == "":
        assert number(raw, "auto") is None
        return
    with pytest.raises(BadInput):
        number(raw, "auto")


@given(st.integers(-(10**10), 10**10))
def test_every_amount_written_in_french_english_or_python_is_the_same(cents: int) -> None:
    english = f"{cents / 100:,.2f}"
    french = english.replace(",", " ").replace(".", ",")
    german = english.replace(",", "_").replace(".", ",").replace("_", ".")
    assert {read.scaled(text, PARIS, 100) for text in (english, french, german)} == {cents}
    assert read.scaled(cents / 100, PARIS, 100) == cents


def test_a_time_without_a_zone_is_the_shop_s_unless_the_mapping_says_otherwise() -> None:
    six = int(datetime(2017, 7, 1, 16, 0, tzinfo=UTC).timestamp())
    assert read.instant("2017-07-01 18:00", PARIS) == six
    assert read.instant("2017-07-01 16:00", _manner(times_in="UTC")) == six
    assert read.instant("2017-07-01T12:00:00-04:00", PARIS) == six
    assert read.instant(datetime(2017, 7, 1, 16, 0, tzinfo=UTC), PARIS) == six
    assert read.instant(str(six), _manner(dates="unix")) == six
    assert read.instant(six * 1000, _manner(dates="unix-milliseconds")) == six


def test_a_day_without_an_hour_is_noon_so_that_no_morning_knows_its_day() -> None:
    noon = int(datetime(2017, 7, 1, 10, 0, tzinfo=UTC).timestamp())
    assert read.instant("2017-07-01", PARIS) == noon
    assert read.instant("2017-07-01 00:00:00", _manner(is_day=True, times_in="UTC")) == noon


def test_day_first_and_month_first_are_told_never_guessed() -> None:
    assert read.day("04/03/2017", _manner(dates="day-first")) == parse_day("2017-03-04")
    assert read.day("04/03/2017", _manner(dates="month-first")) == parse_day("2017-04-03")
    with pytest.raises(BadInput, match="may be two days"):
        read.day("04/03/2017", PARIS)


def test_birthdays_need_no_year() -> None:
    assert [read.birthday(raw, PARIS) for raw in ("1960-05-21", "05-21", "02-29", "")] == [521, 521, 229, None]


def test_keys_are_one_key_however_they_are_typed() -> None:
    assert {read.key(raw, PARIS) for raw in (900, 900.0, "900", " 900 ", "\u00a0900")} == {"900"}
    assert read.key("  ", PARIS) is None


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates()))
def test_no_value_whatever_makes_a_reader_fall_over(raw: object) -> None:
    """Either a value, or nothing, or a reason; never another error."""
    for dates in ("iso", "day-first", "unix"):
        manner = _manner(dates=dates)
        for reader in (read.key, read.text, read.units, read.instant, read.day, read.birthday, read.flag):
            with suppress(BadInput):
                reader(raw, manner)
