"""What a lesson learns is what the data was made from, and no more."""

import numpy as np
import pytest
from scipy.optimize import minimize

from habitue.measure import CELLS, FULL_CELLS, PULL_UNKNOWN, PULLS, Examples, learn, rules
from habitue.measure.cells import FULL_SIZES, SIZES


def made(truth: np.ndarray, cells: np.ndarray, items: np.ndarray, seed: int = 1) -> Examples:
    return Examples(items, cells, np.random.default_rng(seed).random(len(cells)) < truth)


def test_a_lesson_from_nothing_is_the_prior_for_every_cell() -> None:
    empty = np.zeros(0, dtype=np.int64)
    lesson = learn(Examples(empty, empty, empty.astype(bool)))
    assert sorted(lesson.chance) == list(range(FULL_CELLS))
    assert [lesson.chance[cell * PULLS] for cell in range(CELLS)] == np.rint(1000 * rules.prior_chance()).astype(int).tolist()
    assert lesson.pull == {}


def test_the_prior_says_what_visits_and_share_say() -> None:
    cell = np.ravel_multi_index((12, 7, 0, 0), SIZES)
    assert rules.prior_chance()[cell] == pytest.approx(1 - np.exp(-52 / 13 * 0.920))
    assert np.all(np.diff(rules.prior_chance().reshape(SIZES)[:, 0, 0, 0]) > 0)


def test_chances_of_singles_and_pairs_are_recovered() -> None:
    random = np.random.default_rng(7)
    share, visits, fortnight, due = np.unravel_index(np.arange(CELLS), SIZES)
    truth = 1 / (1 + np.exp(4 - 0.3 * share - 0.2 * visits - 0.3 * fortnight - 0.6 * np.isin(due, (3, 4)) * (share > 5)))
    cells = random.integers(0, CELLS, 600_000)
    lesson = learn(made(truth[cells], cells, random.integers(0, 50, len(cells))))
    learned = np.array([lesson.chance[cell * PULLS + PULL_UNKNOWN] for cell in range(CELLS)]) / 1000
    assert np.abs(learned - truth).mean() < 0.015
    assert np.abs(learned - truth).max() < 0.12


def test_an_item_that_is_bought_again_more_than_others_has_pull() -> None:
    random = np.random.default_rng(3)
    cells, items = random.integers(0, CELLS, 400_000), random.integers(0, 10, 400_000)
    truth = np.where(items == 4, 0.24, np.where(items == 5, 0.06, 0.12))
    lesson = learn(made(truth, cells, items))
    assert lesson.pull[4] == PULLS - 1
    assert lesson.pull[5] == 0
    heavy, light = ([lesson.chance[cell * PULLS + pull] for cell in range(0, CELLS, 50)] for pull in (PULLS - 1, 0))
    assert np.mean(heavy) == pytest.approx(240, abs=15)
    assert np.mean(light) == pytest.approx(60, abs=10)


def test_two_sightings_move_no_pull_by_more_than_a_step() -> None:
    cells, items = np.zeros(4, dtype=np.int64), np.array([8, 8, 9, 9])
    lesson = learn(Examples(items, cells, np.array([False, False, True, False])))
    assert lesson.pull == {8: PULL_UNKNOWN, 9: PULL_UNKNOWN + 1}


def test_a_lesson_does_not_hang_on_the_order_of_its_examples() -> None:
    random = np.random.default_rng(5)
    cells, items = random.integers(0, CELLS, 20_000), random.integers(0, 30, 20_000)
    one = made(np.full(len(cells), 0.2), cells, items)
    order = random.permutation(len(cells))
    other = Examples(one.item[order], one.cell[order], one.is_bought[order])
    assert learn(one) == learn(other)


def test_boosting_agrees_with_an_independent_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same penalised likelihood, given to SciPy's BFGS on a small grid: one table a feature and one a pair."""
    monkeypatch.setattr(rules, "ROUNDS", 2000)
    sizes, random = (3, 2), np.random.default_rng(11)
    seen = random.integers(50, 200, 6).astype(float)
    bought = np.floor(seen * random.random(6))
    design = np.array([[*np.eye(3)[one], *np.eye(2)[other], *np.eye(6)[2 * one + other]] for one in range(3) for other in range(2)])

    def loss(weights: np.ndarray) -> float:
        odds = design @ weights
        return float((seen * np.logaddexp(0, odds) - bought * odds).sum() + rules.RIDGE / 2 * (weights**2).sum())

    solved = minimize(loss, np.zeros(11), method="BFGS").x
    assert rules.fit_additive(seen, bought, sizes, np.zeros(6)) == pytest.approx(design @ solved, abs=1e-3)


def test_the_full_grid_is_small_enough_to_be_kept() -> None:
    assert np.prod(FULL_SIZES) == FULL_CELLS < 30_000
