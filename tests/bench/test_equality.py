"""Alone as among everyone: real customers on several days, on SQLite, PostgreSQL and whichever DuckDB is installed, to the last column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from habitue.app import open_house
from habitue.store import Settings
from habitue.workshop.bench_houses import on_postgres
from habitue.workshop.equality import compared, moments, some_customers

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
def test_a_comparison_sees_one_that_is_not_the_same(demo_house: Settings) -> None:
    with open_house(demo_house) as house:
        when, customers = moments(house, 1)[0], some_customers(house, 3)
        honest = house.alone.judge
        house.alone.judge = lambda customer, at, with_verdicts=True: honest(customer, replace(at, today=at.today - 1), with_verdicts)  # type: ignore[method-assign]
        assert compared((house,), [when], customers).differing > 0
