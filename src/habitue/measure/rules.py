"""How chances are learned from everyone: an additive model of steps and pairs of steps, laid out as one table.

Source: Lou, Caruana, Gehrke and Hooker (2013), "Accurate intelligible models with pairwise interactions", and Nori, Jenkins, Koch and
Caruana (2019), "InterpretML": cyclic boosting of singles and pairs. Each step of ours is one Newton step of the ridge-penalised
log-likelihood (Friedman, Hastie and Tibshirani 2000, section 3, on the logistic loss), taken on counts by cell, so that its cost
does not grow with the number of examples.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from habitue.measure.cells import CELLS, FEATURES, FULL_SIZES, PULL_EDGES, SIZES
from habitue.measure.model import Bools, Examples, Floats, Ints, Learned

ROUNDS = 150
RATE = 0.2
RIDGE = 30.0  # an imagined weight of evidence for "no different from the prior", in each step and pair
PULL_EXPECTED = 10.0  # purchases of an item that must be expected before its pull counts half


def learn(examples: Examples) -> Learned:
    """The chances and pulls that these examples teach; without examples, the prior.

    1. A table over the habit's own steps. 2. From it, each item's pull: how much more often it was bought than expected.
    3. The table once more, with the pull as a fifth feature.
    """
    plain = _fitted(examples.cell, examples.is_bought, SIZES, _prior_log_odds())
    pull = pulls(examples, chance_of(plain))
    items = np.array(sorted(pull), dtype=np.int64)
    classes = np.array([pull[int(item)] for item in items], dtype=np.int64)
    of_example = classes[np.searchsorted(items, examples.item)] if len(items) else np.zeros(0, dtype=np.int64)
    full = _fitted(examples.cell * FULL_SIZES[-1] + of_example, examples.is_bought, FULL_SIZES, np.repeat(_prior_log_odds(), FULL_SIZES[-1]))
    permille = np.clip(np.rint(1000 * chance_of(full)), 0, 999).astype(np.int64)
    note = f"{len(examples.cell)} examples, {int(examples.is_bought.sum())} came true, {len(pull)} items"
    return Learned(dict(enumerate(permille.tolist())), pull, note)


def prior_chance() -> Floats:
    """The chance in each cell before anything was learned: that at least one visit of the coming week holds the thing.

    Visits come at her own pace, the thing lies in each with her own share, independently: 1 - exp(-visits a week * share).
    """
    share, visits = FEATURES[0], FEATURES[1]
    a_week = np.outer(np.array(share.typical) / 1000, np.array(visits.typical) / 13)
    return np.repeat(1 - np.exp(-a_week.ravel()), CELLS // a_week.size)


def pulls(examples: Examples, expected: Floats) -> dict[int, int]:
    """Each item's pull: the class of (bought + k) / (expected + k) where `expected` is the chance by cell; few examples leave it in the middle."""
    items, which = np.unique(examples.item, return_inverse=True)
    foreseen = np.bincount(which, expected[examples.cell], len(items))
    bought = np.bincount(which, examples.is_bought, len(items))
    ratio = (bought + PULL_EXPECTED) / (foreseen + PULL_EXPECTED)
    classes = np.searchsorted(np.array(PULL_EDGES), ratio, side="right")
    return {int(item): int(pull) for item, pull in zip(items, classes, strict=True)}


def chance_of(log_odds: Floats) -> Floats:
    """Log-odds as a chance between 0 and 1."""
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=np.float64)


def fit_additive(seen: Floats, bought: Floats, sizes: tuple[int, ...], start: Floats) -> Floats:
    """Log-odds for every cell of the grid: `start` plus a sum of tables over one and over two features.

    Shape: `seen`, `bought` and `start` have one entry a cell, `prod(sizes)` in all. Cells nobody reached are filled by the sum.
    """
    every = np.unravel_index(np.arange(len(seen)), sizes)
    where = [np.asarray(every[one]) for one in range(len(sizes))]
    where += [every[one] * sizes[other] + every[other] for one, other in combinations(range(len(sizes)), 2)]
    reached = np.flatnonzero(seen)
    here = [term[reached] for term in where]
    tables = [np.zeros(int(term.max()) + 1) for term in where]
    many, came_true, odds = seen[reached], bought[reached], start[reached].copy()
    for _ in range(ROUNDS if len(reached) else 0):
        for term, table in zip(here, tables, strict=True):
            chance = chance_of(odds)
            pull = np.bincount(term, came_true - many * chance, len(table)) - RIDGE * table
            weight = np.bincount(term, many * chance * (1 - chance), len(table)) + RIDGE
            step = RATE * pull / weight
            table += step
            odds += step[term]
    return np.asarray(start + np.sum([table[term] for term, table in zip(where, tables, strict=True)], axis=0), dtype=np.float64)


def _fitted(cell: Ints, is_bought: Bools, sizes: tuple[int, ...], start: Floats) -> Floats:
    seen = np.bincount(cell, minlength=len(start)).astype(np.float64)
    bought = np.bincount(cell[is_bought], minlength=len(start)).astype(np.float64)
    return fit_additive(seen, bought, sizes, start)


def _prior_log_odds() -> Floats:
    chance = prior_chance()
    return np.asarray(np.log(chance / (1 - chance)), dtype=np.float64)
