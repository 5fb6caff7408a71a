"""How the shop's customers buy each item: the rhythm that stands in where a customer's own is not known yet."""

from __future__ import annotations

import numpy as np

from habitue.measure.model import Floats, Ints, ItemRhythm, Purchases

OFTEN = 3  # purchase days that a customer needs before her own gap counts
FEWEST = 5  # customers whose gap counts, before the item has a rhythm
LONGEST_DAYS = 730  # what is bought once and hardly ever again


def item_rhythms(bought: Purchases, until_day: int) -> dict[int, ItemRhythm]:
    """Each item's rhythm over all its buyers; everything in `bought` is taken to be known, and `until_day` is the day from which it is looked at.

    1. A customer's gap for an item is the median of the days between her purchase days, where she has at least three.
    2. The item's gap is the median of those, rounded, where at least five customers have one.
    3. Where fewer have, as with shoes or a lamp, it is the days for which all its buyers have had it over the times that one of them took it again
       (one more, so that never counts as once), at most two years; with fewer than five buyers 0, which says unknown.

    Source of 3: Cox and Oakes (1984), "Analysis of Survival Data", chapter 3 (the exponential mean where most are still waiting).
    """
    customer, item, day = _purchase_days(bought)
    again = (item[1:] == item[:-1]) & (customer[1:] == customer[:-1])
    start = np.flatnonzero(np.concatenate((np.ones(min(len(item), 1), dtype=bool), ~again)))
    buyers = dict(zip(*np.unique(item[start], return_counts=True), strict=True))
    gap_owner = (np.cumsum(np.concatenate((np.zeros(min(len(item), 1), dtype=np.int64), ~again))))[1:][again]
    owners, gaps, counts = medians(gap_owner, np.diff(day)[again].astype(np.float64))
    steady = counts >= OFTEN - 1
    items, medians_of_items, customers = medians(item[start][owners[steady]], gaps[steady])
    gap_of = {int(one): round(float(gap)) for one, gap, many in zip(items, medians_of_items, customers, strict=True) if many >= FEWEST}
    for one, waited, times, many in zip(*_waiting(customer, item, day, until_day), strict=True):
        if many >= FEWEST and int(one) not in gap_of:
            gap_of[int(one)] = min(LONGEST_DAYS, round(waited / (times + 1)))
    priced = bought.price_cents > 0
    priced_items, prices, _ = medians(bought.item[priced], bought.price_cents[priced].astype(np.float64))
    price_of = {int(one): round(float(price)) for one, price in zip(priced_items, prices, strict=True)}
    return {int(one): ItemRhythm(gap_of.get(int(one), 0), int(many), price_of.get(int(one), 0)) for one, many in buyers.items()}


def _waiting(customer: Ints, item: Ints, day: Ints, until_day: int) -> tuple[Ints, Ints, Ints, Ints]:
    """By item: the days since its buyers first took it, summed, how often one of them took it again, and how many they are."""
    fresh = np.ones(len(item), dtype=bool)
    fresh[1:] = (item[1:] != item[:-1]) | (customer[1:] != customer[:-1])
    items, which = np.unique(item, return_inverse=True)
    waited = np.bincount(which, np.where(fresh, until_day - day, 0), len(items)).astype(np.int64)
    buyers = np.bincount(which, fresh, len(items)).astype(np.int64)
    return items, waited, np.bincount(which, ~fresh, len(items)).astype(np.int64), buyers


def medians(group: Ints, value: Floats) -> tuple[Ints, Floats, Ints]:
    """Each group once, ascending, with the median of its values and how many it has."""
    order = np.lexsort((value, group))
    names, first, counts = np.unique(group[order], return_index=True, return_counts=True)
    ranked = value[order]
    if not len(ranked):
        return names, ranked, counts
    middle = (ranked[first + (counts - 1) // 2] + ranked[first + counts // 2]) / 2
    return names, middle, counts


def _purchase_days(bought: Purchases) -> tuple[Ints, Ints, Ints]:
    """Customer, item and day of each purchase, each day once, by item, customer and day."""
    order = np.lexsort((bought.day, bought.customer, bought.item))
    customer, item, day = bought.customer[order], bought.item[order], bought.day[order]
    fresh = np.ones(len(day), dtype=bool)
    fresh[1:] = (item[1:] != item[:-1]) | (customer[1:] != customer[:-1]) | (day[1:] != day[:-1])
    return customer[fresh], item[fresh], day[fresh]
