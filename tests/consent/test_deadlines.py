"""Until when a request of the law is to be answered: a calendar month, to the same date, and never a day on which nobody works.

Source: Regulation (EU) 2016/679, article 12(3); Regulation (EEC, Euratom) 1182/71, article 3.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habitue.consent.law.calendar import is_holiday
from habitue.consent.law.rules import due_day, longer_day
from habitue.words.clock import date_of, day_number, weekday_of


def off(on: date) -> bool:
    return is_holiday("FR", on)


@pytest.mark.parametrize(
    ("received", "due", "why"),
    [
        ("2026-03-05", "2026-04-07", "5 April is a Sunday, the 6th Easter Monday"),
        ("2026-11-23", "2026-12-23", "the same date of the next month"),
        ("2026-08-31", "2026-09-30", "September has no 31st"),
        ("2026-01-31", "2026-03-02", "February ends on the 28th, a Saturday"),
        ("2027-01-31", "2027-03-01", "its last day is a Sunday"),
        ("2028-01-31", "2028-02-29", "a leap year"),
        ("2026-11-25", "2026-12-28", "Christmas is a Friday: the next working day is Monday"),
        ("2026-12-14", "2027-01-14", "over the end of the year"),
        ("2026-12-01", "2027-01-04", "New Year's Day is a Friday"),
    ],
)
def test_a_month_ends_on_the_same_date_or_on_the_next_working_day(received: str, due: str, why: str) -> None:
    assert date_of(due_day(day_number(date.fromisoformat(received)), off)).isoformat() == due, why


def test_two_further_months_are_counted_from_the_day_on_which_she_asked() -> None:
    assert date_of(longer_day(day_number(date(2026, 11, 30)), off)).isoformat() == "2027-03-01"  # the 28th is a Sunday


@given(st.dates(date(2018, 5, 25), date(2090, 12, 31)))
def test_a_last_day_is_a_working_day_a_month_or_a_little_more_away(on: date) -> None:
    received = day_number(on)
    due = due_day(received, lambda day: day.day == 1)
    assert weekday_of(due) < 6
    assert date_of(due).day != 1
    assert 28 <= due - received <= 36


def test_a_country_that_no_calendar_knows_has_no_holidays() -> None:
    assert not is_holiday("XX", date(2026, 12, 25))
