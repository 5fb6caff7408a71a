"""How the shop's customers buy each item: the rhythm that stands in where a customer's own is not known yet."""

from __future__ import annotations

import numpy as np

from habitue.measure.model import Floats, Ints, ItemRhythm, Purchases

OFTEN = 3  # purchase days that a customer needs before her own gap counts
FEWEST = 5  # customers whose gap counts, before the item has a rhythm


def item_rhythms(bought: Purchases) -> dict[int, ItemRhythm]:
    """Each item's rhythm over all its buyers; everything in `bought` is taken to be known.

    1. A customer's gap for an item is the median of the days between her purchase days, where she has at least three.
    2. The item's gap is the median of those, rounded, where at least five customers have one; 0 says unknown.
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
    priced = bought.price_cents > 0
    priced_items, prices, _ = medians(bought.item[priced], bought.price_cents[priced].astype(np.float64))
    price_of = {int(one): round(float(price)) for one, price in zip(priced_items, prices, strict=True)}
    return {int(one): ItemRhythm(gap_of.get(int(one), 0), int(many), price_of.get(int(one), 0)) for one, many in buyers.items()}


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
