"""What an expression can amount to: never narrower than what happens, and narrow enough to see what can never be."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from habitue.content.audience import checked
from habitue.content.number_range import can_be_true, range_of
from tests.content.expressions import CONDITIONS, NUMBERS, PERSON, SOME

DUCK = duckdb.connect()


@pytest.mark.parametrize(
    "text",
    [
        "false",
        "weekday = 8",
        "weekday in (0, 8)",
        "is_regular > 1",
        "birthday_in_days between 31 and 40",
        "item_times < 0",
        "item_times > 5 and item_times < 4",
        "item_times > 5 and (words_7 = 0 and 5 >= item_times)",
        "item_times between 4 and 2",
        "weekday = 1 and weekday = 2",
        "weekday * 2 > 14 or weekday <> weekday + 0 and false",
        "3 <> 3",
        "item_times > 5 and item_times < 6",
        "item_times = 3 and item_times // 2 = 2",
    ],
)
def test_it_sees_what_can_never_be_true(text: str) -> None:
    assert not can_be_true(checked(text))


@pytest.mark.parametrize(
    "text", ["true", "weekday = 7", "item_times > 5 and item_times < 7", "not false", "weekday = 1 or weekday = 2", "3 < item_times and item_times < 5"]
)
def test_it_leaves_alone_what_can_be(text: str) -> None:
    assert can_be_true(checked(text))


@given(CONDITIONS, PERSON)
def test_whatever_is_true_of_somebody_can_be_true(text: str, person: tuple[int, ...]) -> None:
    if _ask(text, person):
        assert can_be_true(checked(text))


@given(NUMBERS, PERSON)
def test_no_number_leaves_its_range(text: str, person: tuple[int, ...]) -> None:
    tree = checked(f"{text} = 0").this
    assert isinstance(tree, exp.Expr)
    low, high = range_of(tree)
    assert low <= _ask(text, person) <= high


@given(st.integers(-50, 50), st.integers(1, 9))
def test_a_division_cuts_towards_zero_within_its_range(number: int, divisor: int) -> None:
    text = f"({number}) // {divisor}".replace("(-", "-(") if number < 0 else f"{number} // {divisor}"
    low, high = range_of(checked(f"{text} = 0").this)
    assert low <= _ask(text, (0, 1, 0, 0)) <= high


def _ask(text: str, person: tuple[int, ...]) -> int:
    row = ", ".join(f"CAST({value} AS BIGINT) AS {name}" for value, name in zip(person, SOME, strict=True))
    found = DUCK.execute(f"SELECT {text} FROM (SELECT {row})").fetchone()
    assert found is not None
    return int(found[0])
