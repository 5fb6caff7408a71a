"""Alone as among everyone: real customers on several days, on SQLite, PostgreSQL and whichever DuckDB is installed, to the last column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from habitue.app import open_house
from habitue.store import Settings
from habitue.words.reasons import Reason
from habitue.workshop.bench_houses import on_postgres
from habitue.workshop.equality import compared, moments, some_customers
from tests.bench.speaking import speak

DAYS, CUSTOMERS = 4, 25


@pytest.mark.equality
@pytest.mark.slow
@pytest.mark.postgres
def test_real_customers_are_judged_alone_as_among_everyone_on_every_engine(demo_house: Settings) -> None:
    with open_house(demo_house) as house:
        whens, customers = moments(house, DAYS), some_customers(house, CUSTOMERS)
        with on_postgres(demo_house) as copy, open_house(copy) as other:
            found = compared((house, other), whens, customers)
    assert found.differing == 0, "\n".join(found.examples)
    assert found.decisions == DAYS * CUSTOMERS
    assert found.verdicts > 5 * found.decisions


@pytest.mark.equality
@pytest.mark.slow
@pytest.mark.postgres
def test_what_they_say_give_away_and_bring_back_is_judged_alone_as_among_everyone(demo_copy: Settings) -> None:
    with open_house(demo_copy) as house:
        customers = some_customers(house, CUSTOMERS, seed=2)
        speak(house, customers, DAYS)
        whens = moments(house, DAYS)
        standings = {row["standing"] for customer in customers for row in house.alone.read("stated", customer, whens[-1])}
        assert standings == set(range(8)), "each way of standing occurs"
        with on_postgres(demo_copy) as copy, open_house(copy) as other:
            found = compared((house, other), whens, customers)
        reasons = {row["reason"] for when in whens for customer in customers for row in house.alone.judge(customer, when)[1]}
    assert found.differing == 0, "\n".join(found.examples)
    assert {Reason.DISLIKED, Reason.UNWELCOME_WAY, Reason.UNWELCOME_HOUR} <= {Reason(number) for number in reasons}


@pytest.mark.equality
@pytest.mark.slow
def test_a_comparison_sees_one_that_is_not_the_same(demo_house: Settings) -> None:
    with open_house(demo_house) as house:
        when, customers = moments(house, 1)[0], some_customers(house, 3)
        honest = house.alone.judge
        house.alone.judge = lambda customer, at, with_verdicts=True: honest(customer, replace(at, today=at.today - 1), with_verdicts)  # type: ignore[method-assign]
        assert compared((house,), [when], customers).differing > 0
