"""No lesson knows what came after it; the shop's rhythm is a plain median; calibration is a plain count."""

from collections import defaultdict
from itertools import pairwise
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from habitue.measure import ItemRhythm, Purchases, area_under_curve, calibration, item_rhythms, lesson_day, training_days
from habitue.measure.training import MOST_MORNINGS, SETTLING_DAYS, WINDOW_DAYS
from habitue.words.clock import parse_day


def test_the_lesson_of_a_day_was_learned_on_the_first_of_its_month() -> None:
    assert lesson_day(parse_day("2017-11-02")) == parse_day("2017-11-01") == lesson_day(parse_day("2017-11-01"))


@given(st.integers(0, 30_000), st.integers(0, 1200))
def test_every_window_had_closed_before_the_lesson(first_day: int, later: int) -> None:
    lesson_on = first_day + later
    days = training_days(first_day, lesson_on)
    assert all(first_day + SETTLING_DAYS <= day and day + WINDOW_DAYS <= lesson_on for day in days)
    assert len(days) <= MOST_MORNINGS
    assert {after - before for before, after in pairwise(days)} <= {7}


def test_a_young_shop_has_no_training_day() -> None:
    assert training_days(1000, 1000 + SETTLING_DAYS) == []
    assert training_days(1000, 1000 + SETTLING_DAYS + WINDOW_DAYS) == [1000 + SETTLING_DAYS]


UNTIL = 61


def plain_gap(hers: list[set[int]], own: list[float]) -> int:
    if len(own) >= 5:
        return round(median(own))
    waited, again = sum(UNTIL - min(days) for days in hers), sum(len(days) - 1 for days in hers)
    return round(waited / (again + 1)) if len(hers) >= 5 else 0


def plain_rhythms(rows: list[tuple[int, int, int, int]]) -> dict[int, ItemRhythm]:
    days: dict[tuple[int, int], set[int]] = defaultdict(set)
    prices = defaultdict(list)
    for customer, item, day, price in rows:
        days[item, customer].add(day)
        if price:
            prices[item].append(price)
    found = {}
    for item in {item for item, _ in days}:
        of_item = [hers for (one, _), hers in days.items() if one == item]
        own = [median(after - before for before, after in pairwise(sorted(hers))) for hers in of_item if len(hers) >= 3]
        found[item] = ItemRhythm(plain_gap(of_item, own), len(of_item), round(median(prices[item])) if prices[item] else 0)
    return found


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 3), st.integers(0, 60), st.integers(0, 900)), max_size=200))
def test_item_rhythms_against_a_plain_count(rows: list[tuple[int, int, int, int]]) -> None:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    assert item_rhythms(Purchases(*columns), UNTIL) == plain_rhythms(rows)


def test_a_lamp_that_nobody_buys_twice_has_a_gap_of_two_years_at_most() -> None:
    bought = Purchases(np.arange(300), np.ones(300, dtype=np.int64), np.arange(300), np.zeros(300, dtype=np.int64))
    assert item_rhythms(bought, 301)[1].gap_days == 730


def test_calibration_counts_each_habit_once_in_its_band() -> None:
    random = np.random.default_rng(1)
    chance = random.integers(0, 1000, 50_000)
    bands = calibration(chance, random.random(50_000) < chance / 1000)
    assert sum(band.habits for band in bands) == 50_000
    assert all(abs(band.seen - band.foreseen) < 30 and band.low <= band.foreseen < band.high for band in bands if band.habits > 2000)


def test_the_area_under_the_curve_against_scikit_learn() -> None:
    random = np.random.default_rng(4)
    chance = random.integers(0, 30, 3000)
    came_true = random.random(3000) < chance / 40
    assert area_under_curve(chance, came_true) == pytest.approx(roc_auc_score(came_true, chance))
    assert area_under_curve(chance, np.ones(3000, dtype=bool)) == 0.5
