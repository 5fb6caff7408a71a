"""The replay's curve: what each method foresaw on past mornings, and how often it came true among those it was surest of.

Every method names one item a case. Ours ranks by the learned chance; against it stand the decayed count (the method to beat), her own most
frequent item, the shop's bestseller and chance. Nothing here reads a clock or a database: habits as they stood come in, with what followed.
"""

from __future__ import annotations

import numpy as np

from habitue.measure.intervals import REPEATS, SEED, figure_of, hit_shares, ranked, resampled
from habitue.measure.model import Bools, Bought, Figure, Floats, Foreseen, Habits, Ints, Point

PERCENTS = (5, 10, 25, 50, 100)
OURS = "ours"
METHODS = (OURS, "decayed count", "most frequent", "bestseller", "chance")


def foresee(habits: Habits, bought: Bought) -> list[Foreseen]:
    """What each method names in each case, in the order of METHODS.

    1. Ours, decayed count and most frequent take her habit with the highest figure (a tie: decayed count, then the smaller id), as sure as it is high.
    2. The bestseller is the item bought on most days of the last four weeks by that morning's households; it is as sure of everyone.
    3. Chance takes one of her items blindly, as sure as they are few.
    """
    case = _case_number(habits)
    first = np.unique(case, return_index=True)[1]
    plain = {OURS: habits.chance, "decayed count": habits.decayed, "most frequent": habits.times}
    picks = {method: _best(habits, case, figure) for method, figure in plain.items()}
    found = [_foreseen(method, habits, picks[method], habits.item[picks[method]], plain[method][picks[method]].astype(np.float64), bought) for method in plain]
    best = _bestsellers(habits)
    sure_of_all = np.zeros(len(first))
    found.append(_foreseen("bestseller", habits, first, best[np.searchsorted(np.unique(habits.day), habits.day[first])], sure_of_all, bought))
    blind = _blind(case)
    found.append(_foreseen("chance", habits, blind, habits.item[blind], 1 / np.bincount(case), bought))
    return found


def curve_of(found: list[Foreseen], percents: tuple[int, ...] = PERCENTS, repeats: int = REPEATS, seed: int = SEED) -> list[Point]:
    """Each method's curve with 95 % intervals, and how far the first method is ahead of it, paired by household.

    Raises: ValueError where there is no case.
    """
    if not found or not len(found[0].customer):
        raise ValueError("no case to replay")
    rankings = [ranked(one.customer, one.certainty, one.came_true) for one in found]
    even = np.ones(int(rankings[0].customer.max()) + 1)
    shares = np.array([hit_shares(ranking, even, percents) for ranking in rankings])
    draws = resampled(rankings, percents, repeats, seed)
    return [
        Point(one.method, percent, round(len(one.customer) * percent / 100), figure_of(shares[m, p], draws[:, m, p]), _ahead(shares, draws, m, p))
        for m, one in enumerate(found)
        for p, percent in enumerate(percents)
    ]


def _ahead(shares: Floats, draws: Floats, method: int, point: int) -> Figure:
    return figure_of(shares[0, point] - shares[method, point], draws[:, 0, point] - draws[:, method, point])


def _case_number(habits: Habits) -> Ints:
    """A number from 0 for each (customer, day), ascending by customer, then day."""
    return _ranks(_pairs(_ranks(habits.customer), _ranks(habits.day)))


def _best(habits: Habits, case: Ints, figure: Ints) -> Ints:
    """The row of each case with the highest figure; a tie goes to the higher decayed count, then to the smaller item id."""
    highest = np.full(int(case.max(initial=-1)) + 1, np.iinfo(np.int64).min)
    np.maximum.at(highest, case, figure)
    rows = np.flatnonzero(figure == highest[case])
    order = np.lexsort((habits.item[rows], -habits.decayed[rows], case[rows]))
    return np.asarray(rows[order[np.unique(case[rows][order], return_index=True)[1]]], dtype=np.int64)


def _blind(case: Ints) -> Ints:
    """A row of each case, each as likely as the others, the same on every run."""
    order = np.lexsort((np.random.default_rng(SEED).random(len(case)), case))
    return np.asarray(order[np.unique(case[order], return_index=True)[1]], dtype=np.int64)


def _bestsellers(habits: Habits) -> Ints:
    """For each replayed day, ascending, the item with the most purchase days in the four weeks before; a tie goes to the smaller id."""
    best = []
    for day in np.unique(habits.day):
        today = habits.day == day
        items, which = np.unique(habits.item[today], return_inverse=True)
        best.append(items[np.argmax(np.bincount(which, habits.times_28[today]))])
    return np.array(best, dtype=np.int64)


def _foreseen(method: str, habits: Habits, rows: Ints, item: Ints, certainty: Floats, bought: Bought) -> Foreseen:
    customer, day = habits.customer[rows], habits.day[rows]
    return Foreseen(method, customer, day, item, certainty, _came_true(customer, day, item, bought))


def _came_true(customer: Ints, day: Ints, item: Ints, bought: Bought) -> Bools:
    """Whether each (customer, day, item) is among the bought."""
    customers, days, items = (_ranks(np.concatenate(both)) for both in ((customer, bought.customer), (day, bought.day), (item, bought.item)))
    number = _pairs(_pairs(customers, days), items)
    return np.isin(number[: len(customer)], number[len(customer) :])


def _ranks(values: Ints) -> Ints:
    """Each value's rank among the distinct ones, from 0."""
    return np.asarray(np.unique(values, return_inverse=True)[1], dtype=np.int64)


def _pairs(left: Ints, right: Ints) -> Ints:
    """A number for each pair of ranks, in the order of the left, then of the right."""
    return left * (int(right.max(initial=0)) + 1) + right
