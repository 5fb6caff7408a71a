"""Intervals that respect that one customer appears in many weeks: customers are drawn again, each with all her cases.

Source: Davison and Hinkley (1997), "Bootstrap Methods and their Application", section 3.8 (resampling of clusters, strategy 1), with percentile limits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from habitue.measure.model import Bools, Figure, Floats, Ints

REPEATS = 1000
LEVEL = 0.95
SEED = 20170907


@dataclass(frozen=True, slots=True)
class Ranking:
    """One method's cases by falling certainty: cases of equal certainty share a block, so that no luck of the order decides among them.

    `customer` is the case's customer as an index from 0; `block` its block, from 0 for the most certain.
    """

    customer: Ints
    block: Ints
    came_true: Bools


def ranked(customer: Ints, certainty: Floats, came_true: Bools) -> Ranking:
    """The ranking of cases by their certainty."""
    _, block = np.unique(-certainty, return_inverse=True)
    return Ranking(np.unique(customer, return_inverse=True)[1].astype(np.int64), block.astype(np.int64), came_true)


def hit_shares(ranking: Ranking, weights: Floats, percents: tuple[int, ...]) -> Floats:
    """The share that came true among the most certain percents of cases, each case weighing what its customer weighs.

    Units: shares from 0 to 1. A block that the limit cuts counts in part, with its own mean.
    """
    weight = weights[ranking.customer]
    heavy = np.concatenate(([0.0], np.cumsum(np.bincount(ranking.block, weight))))
    hits = np.concatenate(([0.0], np.cumsum(np.bincount(ranking.block, weight * ranking.came_true))))
    limits = heavy[-1] * np.array(percents) / 100
    return np.asarray(np.interp(limits, heavy, hits) / limits, dtype=np.float64)


def resampled(rankings: list[Ranking], percents: tuple[int, ...], repeats: int = REPEATS, seed: int = SEED) -> Floats:
    """Hit shares of every method under the same redrawn customers.

    Shape: (repeats, methods, percents). All rankings hold the same customers, so differences between methods are paired.
    """
    customers = max(int(ranking.customer.max()) for ranking in rankings) + 1
    drawing = np.random.default_rng(seed)
    even = np.full(customers, 1 / customers)
    shares = np.empty((repeats, len(rankings), len(percents)))
    for repeat in range(repeats):
        weights = drawing.multinomial(customers, even).astype(np.float64)
        for place, ranking in enumerate(rankings):
            shares[repeat, place] = hit_shares(ranking, weights, percents)
    return shares


def figure_of(value: float, draws: Floats) -> Figure:
    """A value with the percentile interval of its draws."""
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(float(value), float(low), float(high))
