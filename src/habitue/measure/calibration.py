"""Whether a chance of one in three comes true one time in three, and how well chances tell the bought from the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from habitue.measure.model import Bools, Ints

EDGES = (10, 25, 50, 100, 150, 200, 300, 400, 500, 600, 700, 800, 900)


@dataclass(frozen=True, slots=True)
class Band:
    """Habits whose chance lay from `low` to below `high`: how many, and the foreseen and the seen share, all in permille but `habits`."""

    low: int
    high: int
    habits: int
    foreseen: int
    seen: int


def calibration(chance: Ints, came_true: Bools) -> list[Band]:
    """The bands that hold a habit, lowest first."""
    step = np.searchsorted(np.array(EDGES), chance, side="right")
    bounds = (0, *EDGES, 1000)
    return [
        Band(bounds[n], bounds[n + 1], int((step == n).sum()), round(float(chance[step == n].mean())), round(1000 * float(came_true[step == n].mean())))
        for n in np.unique(step)
    ]


def area_under_curve(chance: Ints, came_true: Bools) -> float:
    """How often a bought habit had the higher chance than one not bought; a tie counts half (Mann and Whitney 1947). 0.5 is blind."""
    values, which = np.unique(chance, return_inverse=True)
    yes = np.bincount(which, came_true, len(values))
    no = np.bincount(which, ~came_true, len(values))
    below = np.cumsum(no) - no
    pairs = yes.sum() * no.sum()
    return float((yes * (below + no / 2)).sum() / pairs) if pairs else 0.5
