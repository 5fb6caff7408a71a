"""Until when an answer is promised: in the hours in which the shop is open."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habitue.consent.law.calendar import is_holiday
from habitue.dialogue.promise import due_at, open_seconds
from habitue.words.errors import BadInput
from habitue.words.opening import Closing, closings_of, opening_of, special_of

PARIS = "Europe/Paris"
SHOP = opening_of("Tu-Sa 09:00-12:30; Tu-Fr 14:00-19:00")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(PARIS)).timestamp())


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        ("2017-11-02 09:00", 2, "2017-11-02 11:00"),
        ("2017-11-02 12:00", 2, "2017-11-02 15:30"),  # half an hour before noon, the rest from two o'clock on
        ("2017-11-02 18:00", 2, "2017-11-03 10:00"),
        ("2017-11-04 12:00", 2, "2017-11-07 10:30"),  # over Sunday and Monday
        ("2017-11-05 10:00", 1, "2017-11-07 10:00"),
        ("2017-10-31 18:30", 1, "2017-11-02 09:30"),  # All Saints' Day is a holiday
        ("2017-11-02 03:00", 4, "2017-11-02 14:30"),
        ("2017-11-02 11:30", 1, "2017-11-02 12:30"),
        ("2018-03-24 12:00", 1, "2018-03-27 09:30"),  # the clock is turned between
    ],
)
def test_an_answer_is_due_after_so_many_open_hours(since: str, hours: int, due: str) -> None:
    assert due_at(at(since), hours, SHOP, PARIS, lambda on: () if is_holiday("FR", on) else None) == at(due)


def test_a_shop_that_says_no_hours_counts_every_hour_and_one_that_is_never_open_promises_as_if_it_were() -> None:
    assert due_at(at("2017-11-05 10:00"), 24, (), PARIS, lambda _: None) == at("2017-11-06 10:00")
    assert due_at(at("2017-11-05 10:00"), 24, SHOP, PARIS, lambda _: ()) == at("2017-11-06 10:00")


def test_with_no_hours_at_all_it_is_the_instant_at_which_the_shop_opens() -> None:
    for when, opens in (("2017-11-02 12:29", "2017-11-02 12:29"), ("2017-11-02 12:30", "2017-11-02 14:00"), ("2017-11-04 18:00", "2017-11-07 09:00")):
        assert due_at(at(when), 0, SHOP, PARIS, lambda _: None) == at(opens)


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        ("2017-11-02 12:00", "2017-11-02 15:00", 1.5),
        ("2017-11-02 18:00", "2017-11-03 10:00", 2),
        ("2017-11-04 13:00", "2017-11-07 08:00", 0),
        ("2017-11-02 15:00", "2017-11-02 15:00", 0),
        ("2017-11-02 15:00", "2017-11-02 14:00", 0),
        ("2017-01-02 00:00", "2018-01-01 00:00", 52 * 37.5),
    ],
)
def test_how_long_it_was_open_between_two_instants(since: str, until: str, hours: float) -> None:
    assert open_seconds(at(since), at(until), SHOP, PARIS, lambda _: None) == hours * 3_600


def test_the_days_on_which_a_shop_is_closed_are_read_and_a_wrong_text_is_refused() -> None:
    assert closings_of("2027-05-14; 2026-12-24..2027-01-02 ") == (
        Closing(date(2026, 12, 24), date(2027, 1, 2)),
        Closing(date(2027, 5, 14), date(2027, 5, 14)),
    )
    assert closings_of("") == ()
    for wrong in ("Noël", "2026-12-24..", "2026-12-24..2026-12-23", "2026-02-30", "..2026-12-24", "9" * 40):
        with pytest.raises(BadInput, match="is closed as"):
            closings_of(wrong)


def test_days_with_other_hours_are_read_and_a_wrong_text_is_refused() -> None:
    (one, several) = special_of("2026-12-28..2026-12-30 10:00-24:00; 2026-12-24 09:00-12:30 ;")
    assert (one.days, one.from_seconds, one.until_seconds) == (Closing(date(2026, 12, 24), date(2026, 12, 24)), 9 * 3_600, 12 * 3_600 + 1_800)
    assert (several.days.until_on, several.until_seconds) == (date(2026, 12, 30), 86_400)
    assert special_of("") == ()
    wrong = ("Noël 09:00-12:00", "2026-12-24", "2026-12-24 9-12", "2026-12-24 12:00-09:00", "2026-12-24 23:00-24:30", "2026-12-24..2026-12-23 09:00-12:00")
    more = ("2026-02-30 09:00-12:00", "Th 09:00-12:00", f"{'9' * 40} 09:00-12:00", "2026-12-24 09:00-12:00, 14:00-16:00", "²026-12-24 09:00-12:00")
    for text in (*wrong, *more):
        with pytest.raises(BadInput, match="other hours"):
            special_of(text)


def test_hours_are_read_as_search_engines_read_them() -> None:
    assert [(each.weekday, each.from_seconds) for each in opening_of("Sa-Mo 10:00-11:00")] == [(1, 36_000), (6, 36_000), (7, 36_000)]
    assert len(opening_of("Mo-Fr,Su 00:00-24:00")) == 6
    assert opening_of("") == ()
    for wrong in ("Tu-Sa", "9-19", "Tu-Sa 19:00-09:00", "Lu-Ve 09:00-12:00", "Mo 09:00-09:00", "Mo 24:30-24:40", "Mo 23:00-24:30"):
        with pytest.raises(BadInput, match="opening hours"):
            opening_of(wrong)


SPANS = st.lists(
    st.tuples(st.sampled_from(("Mo", "Tu-Fr", "Sa-Su", "We,Su")), st.integers(0, 22), st.integers(1, 23)).filter(lambda each: each[1] < each[2]),
    min_size=1,
    max_size=4,
).map(lambda spans: opening_of("; ".join(f"{days} {begins:02}:00-{ends:02}:00" for days, begins, ends in spans)))


@given(st.integers(at("2017-01-01 00:00"), at("2019-01-01 00:00")), st.integers(1, 60), SPANS)
def test_so_many_hours_are_open_between_and_it_is_due_while_the_shop_is_open(since: int, hours: int, opening: tuple) -> None:  # type: ignore[type-arg]
    """Counted minute by minute."""
    since -= since % 60
    due = due_at(since, hours, opening, PARIS, lambda _: None)

    def is_open(instant: int) -> bool:
        there = datetime.fromtimestamp(instant, UTC).astimezone(ZoneInfo(PARIS))
        seconds = there.hour * 3_600 + there.minute * 60
        return any(each.weekday == there.isoweekday() and each.from_seconds <= seconds < each.until_seconds for each in opening)

    assert sum(is_open(minute) for minute in range(since, due, 60)) == hours * 60
    assert is_open(due - 60)
