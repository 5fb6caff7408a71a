"""The strip of a year says the same in lines, in dots and in figures."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from habitue.app.model import YearMark
from habitue.web.strip import GROUND, strip_of
from tests.web.paper import TODAY, card

CARD = card(0, TODAY)


def test_only_this_year_s_marks_are_drawn() -> None:
    strip = strip_of(CARD)
    assert (strip.baskets, strip.words) == (72, 4)
    assert sum(month.baskets for month in strip.counts) == 72
    assert (sum(month.words for month in strip.counts), sum(month.answered for month in strip.counts)) == (4, 3)


@given(st.lists(st.tuples(st.integers(-400, 10), st.floats(-1, 3), st.booleans())))
def test_nothing_is_drawn_outside_of_the_strip(marks: list[tuple[int, float, bool]]) -> None:
    year = tuple(YearMark(TODAY + days, is_basket, height, False) for days, height, is_basket in marks)
    strip = strip_of(replace(CARD, year=year))
    assert all(0 < bar.x < 100 and 0 < bar.y < GROUND and bar.y + bar.height <= GROUND + 0.1 for bar in strip.bars)
    assert all(0 < dot.x < 100 for dot in strip.dots)


def test_today_is_the_right_edge_and_a_year_ago_the_left() -> None:
    year = (YearMark(TODAY, True, 1.0, False), YearMark(TODAY - 364, True, 1.0, False))
    strip = strip_of(replace(CARD, year=year))
    assert [bar.x for bar in strip.bars] == [99.5, 0.5]


def test_twelve_or_thirteen_months_have_a_row_and_none_is_written_over_the_edge() -> None:
    strip = strip_of(replace(CARD, year=()))
    assert len(strip.counts) == 13
    assert all(month.x < 96 for month in strip.months)
    assert 3 <= sum(not month.is_minor for month in strip.months) <= 5
