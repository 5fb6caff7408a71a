"""The grid on which chances are kept: which features of a habit count, and where their steps lie. Written once, for numpy and for SQL.

The steps were chosen on the grocer's weeks before 7 September 2017 and looked at afterwards only once. A cell numbers the steps of all four
features in mixed radix; the full cell adds the item's pull: `cell * PULLS + pull`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from habitue.measure.model import Ints


@dataclass(frozen=True, slots=True)
class Feature:
    """A column of a habit and its steps: step 0 lies below the first edge, step n from the n-th edge on.

    `typical` is a value that stands for each step, for the prior; empty where the prior does not look at the feature.
    """

    column: str
    edges: tuple[int, ...]
    typical: tuple[int, ...] = ()

    @property
    def steps(self) -> int:
        return len(self.edges) + 1


FEATURES = (
    # in how many of a thousand of her shopping days, lately counting more, the thing was bought
    Feature("share_permille", (40, 70, 100, 140, 190, 250, 320, 400, 490, 600, 720, 850), (25, 55, 85, 120, 165, 220, 285, 360, 445, 545, 660, 785, 920)),
    # on how many days she came in the last 13 weeks
    Feature("visits_91", (5, 9, 13, 18, 24, 32, 42), (3, 7, 11, 15, 21, 28, 37, 52)),
    # on how many days of the last two weeks she bought the thing
    Feature("times_14", (1, 2, 3, 5)),
    # how much of her own gap has gone by; -1 where she bought the thing on one day only
    Feature("due_permille", (0, 300, 600, 1000, 1600, 2500)),
)
PULL_EDGES = (0.60, 0.75, 0.87, 0.96, 1.04, 1.13, 1.25)
PULLS = len(PULL_EDGES) + 1
PULL_UNKNOWN = 4
SIZES = tuple(feature.steps for feature in FEATURES)
FULL_SIZES = (*SIZES, PULLS)
CELLS = int(np.prod(SIZES))
FULL_CELLS = CELLS * PULLS


def cells_of(columns: Mapping[str, Ints]) -> Ints:
    """The cell, without pull, of each habit: columns by the features' names, of equal length."""
    cell = np.zeros(len(columns[FEATURES[0].column]), dtype=np.int64)
    for feature in FEATURES:
        cell = cell * feature.steps + np.searchsorted(np.array(feature.edges), columns[feature.column], side="right")
    return cell


def cell_expression() -> str:
    """The same cell as an expression in our portable SQL, over columns named like the features.

    Example: `CASE WHEN times_14 < 1 THEN 0 WHEN times_14 < 2 THEN 1 … ELSE 4 END` for each feature, joined by `* steps +`.
    """
    text = _case(FEATURES[0])
    for feature in FEATURES[1:]:
        text = f"({text}) * {feature.steps} + {_case(feature)}"
    return text


def _case(feature: Feature) -> str:
    whens = " ".join(f"WHEN {feature.column} < {edge} THEN {step}" for step, edge in enumerate(feature.edges))
    return f"CASE {whens} ELSE {len(feature.edges)} END"
