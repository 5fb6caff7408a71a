"""What a lesson and a replay are made of: columns in, tables and figures out.

Units: chances and certainties of ours in permille; days as day numbers (words.clock); `decayed` in thousandths of a purchase day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Examples:
    """What a lesson is learned from: columns of equal length, one row a moment and habit, as of that moment.

    `cell` is the habit's cell without the item's pull (measure.cells); `is_bought` whether she bought the item in the window after the moment.
    """

    item: Ints
    cell: Ints
    is_bought: Bools


@dataclass(frozen=True, slots=True)
class Learned:
    """A lesson: for each full cell the chance in permille, for each item its pull (0 to 7)."""

    chance: dict[int, int]
    pull: dict[int, int]
    note: str


@dataclass(frozen=True, slots=True)
class Purchases:
    """What the shop sold, for the items' rhythm: columns of equal length, one row a customer, item and local day.

    Units: `price_cents` is paid for one unit; 0 where it is unknown.
    """

    customer: Ints
    item: Ints
    day: Ints
    price_cents: Ints


@dataclass(frozen=True, slots=True)
class ItemRhythm:
    """How the shop's customers buy an item: the median of their own median gaps in days (0: unknown), how many ever bought it, its median price."""

    gap_days: int
    buyers: int
    price_cents: int


@dataclass(frozen=True, slots=True)
class Habits:
    """What was known on the mornings that are replayed: columns of equal length, one row a customer, day and habit.

    Each (customer, day) with a row here is a case. `chance` is ours, in permille.
    """

    customer: Ints
    day: Ints
    item: Ints
    times: Ints
    times_28: Ints
    decayed: Ints
    chance: Ints


@dataclass(frozen=True, slots=True)
class Bought:
    """What happened afterwards: one row a customer, replayed day and item that she bought in that day's window."""

    customer: Ints
    day: Ints
    item: Ints


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one method foresaw: one row a case, in the order of customer and day, with how sure it was (any scale) and whether it came true."""

    method: str
    customer: Ints
    day: Ints
    item: Ints
    certainty: Floats
    came_true: Bools


@dataclass(frozen=True, slots=True)
class Figure:
    """A share between 0 and 1 (or a difference of two) with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a method's curve: of its most certain `percent` of cases, the share that came true.

    `ahead` is how much better ours did there than this method, on the same resampled households; of ours itself, zero.
    """

    method: str
    percent: int
    cases: int
    hit: Figure
    ahead: Figure
