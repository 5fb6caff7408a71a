"""How likely two people are one: neither strangers who happen to agree, nor two of one household, who share an address by nature.

How often people come twice, and how often two of one household are customers, differs from house to house and is learned from the pairs themselves by
expectation and maximisation: what the present shares make of each pair gives the next shares, until they stand still.

Source: Dempster, Laird and Rubin (1977) for the method; Fellegi and Sunter (1969) for the weights. Both unknown shares start from, and are held by, a belief.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from habitue.app.likeness.levels import EXCHANGED, FIELDS, HALF_EXCHANGED, Level

Floats = npt.NDArray[np.float64]

ONE_BELIEF, HOUSE_BELIEF = 5.0, 10.0
"""What is believed before anything is seen, as a count of pairs: few come twice, and twice as many live together."""
ROUNDS = 60
NAME, PLACE = ("given_name", "family_name"), ("street", "town", "email", "phone", "birthday")


def chances(table: pa.Table, pairs: int) -> tuple[Floats, Floats]:
    """The chance that each pair is one person, and the chance that it is one person or two of one household.

    Units: `pairs` is how many pairs there are in the whole house.
    """
    if not table.num_rows:
        return np.zeros(0), np.zeros(0)
    for_one = np.exp2(table.column("weight").to_numpy())
    for_house = for_one * against_one(table)
    one, house = ONE_BELIEF / pairs, HOUSE_BELIEF / pairs
    for _ in range(ROUNDS):
        every = 1.0 + one * for_one + house * for_house
        one = (ONE_BELIEF + float(np.sum(one * for_one / every))) / pairs
        house = (HOUSE_BELIEF + float(np.sum(house * for_house / every))) / pairs
    every = 1.0 + one * for_one + house * for_house
    has_reason = _has_reason(table)
    is_one: Floats = np.where(has_reason & ~_two_given_names(table), one * for_one / every, 0.0)
    is_either: Floats = np.where(has_reason, 1.0 - 1.0 / every, 0.0)
    return is_one, is_either


def against_one(table: pa.Table) -> Floats:
    """How much more often two of one household stand to each other like that than one person to herself."""
    ratio = np.ones(table.num_rows)
    for name in FIELDS:
        levels = telling(name)
        by_level = np.array([level.house / level.one for level in levels] + [1.0])
        ratio *= by_level[table.column(name).to_numpy()]  # the level -1, unknown, is the last
    return ratio


def telling(field: str) -> list[Level]:
    """The levels of a field by the number that Splink gives them: those that say something, from the last to the first."""
    return [level for level in reversed(FIELDS[field]) if level.agreement != "unknown"]


def exchanged(given_name_level: int) -> bool:
    """Whether that level of the given name says that one record has both names exchanged, or run together."""
    return given_name_level >= 0 and telling("given_name")[given_name_level].sql == EXCHANGED


def _has_reason(table: pa.Table) -> npt.NDArray[np.bool_]:
    """A name alone is no reason, however rare, nor is an address: something of both must agree, exactly or nearly."""
    return _agrees(table, NAME) & _agrees(table, PLACE)


def _two_given_names(table: pa.Table) -> npt.NDArray[np.bool_]:
    """Two given names are two people, whatever else they share: her husband, her twin, her son."""
    by_level = np.array([level.agreement == "other" or level.sql == HALF_EXCHANGED for level in telling("given_name")] + [False])
    found: npt.NDArray[np.bool_] = by_level[table.column("given_name").to_numpy()]
    return found


def _agrees(table: pa.Table, names: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    agrees = np.zeros(table.num_rows, dtype=bool)
    for name in names:
        by_level = np.array([level.agreement in ("same", "near") for level in telling(name)] + [False])
        agrees |= by_level[table.column(name).to_numpy()]
    return agrees
