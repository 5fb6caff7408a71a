"""The interval is the one that an independent bootstrap over customers gives, and it is wider than one that forgets them."""

import numpy as np
import pytest
from scipy.stats import bootstrap

from habitue.measure.intervals import figure_of, hit_shares, ranked, resampled


def made_cases() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(2)
    weeks = random.integers(1, 17, 300)
    customer = np.repeat(np.arange(300), weeks)
    certainty = np.repeat(random.random(300), weeks).round(2)
    return customer, certainty, random.random(len(customer)) < certainty


@pytest.mark.parametrize("percent", [25, 100])
def test_the_interval_against_scipy(percent: int) -> None:
    customer, certainty, came_true = made_cases()
    draws = resampled([ranked(customer, certainty, came_true)], (percent,), repeats=2000)[:, 0, 0]
    rows = [np.flatnonzero(customer == one) for one in range(300)]

    def share(chosen: np.ndarray) -> float:
        cases = np.concatenate([rows[int(one)] for one in chosen])
        order = np.argsort(-certainty[cases], kind="stable")[: round(len(cases) * percent / 100)]
        return float(came_true[cases[order]].mean())

    theirs = bootstrap((np.arange(300),), share, n_resamples=1500, vectorized=False, method="percentile", rng=5).confidence_interval
    ours = figure_of(0.0, draws)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.012)


def test_forgetting_who_the_cases_belong_to_would_flatter() -> None:
    customer, certainty, came_true = made_cases()
    by_customer = resampled([ranked(customer, certainty, came_true)], (100,))[:, 0, 0]
    by_case = resampled([ranked(np.arange(len(customer)), certainty, came_true)], (100,))[:, 0, 0]
    assert by_customer.std() > 1.3 * by_case.std()


def test_equal_certainty_shares_its_luck() -> None:
    ranking = ranked(np.arange(4), np.array([1.0, 0.5, 0.5, 0.5]), np.array([True, True, False, False]))
    assert hit_shares(ranking, np.ones(4), (25, 50, 100)) == pytest.approx([1.0, (1 + 1 / 3) / 2, 0.5])


def test_the_same_customers_are_drawn_for_every_method_and_every_run() -> None:
    ranking = ranked(*made_cases())
    draws = resampled([ranking, ranking], (10, 100), repeats=20)
    assert np.array_equal(draws[:, 0], draws[:, 1])
    assert np.array_equal(draws, resampled([ranking, ranking], (10, 100), repeats=20))
