"""The curve counts what a slow and plain count would count."""

from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from habitue.measure import METHODS, OURS, Bought, Foreseen, Habits, curve_objects, curve_of, curve_table, foresee


def column(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def random_week(seed: int) -> tuple[Habits, Bought]:
    random = np.random.default_rng(seed)
    every = [(customer, day, item) for customer in range(40) for day in (10, 17, 24) for item in range(8) if random.random() < 0.6]
    customer, day, item = (np.array(values) for values in zip(*every, strict=True))
    figures = [random.integers(0, high, len(every)) for high in (6, 4, 5, 4)]
    happened = random.random(len(every)) < 0.3
    return Habits(customer, day, item, *figures), Bought(customer[happened], day[happened], item[happened])


def plainly(habits: Habits, bought: Bought, figures: np.ndarray, percent: int) -> float:
    """Best item a case by sorting; a tie at the limit counts with its mean."""
    happened = set(zip(bought.customer.tolist(), bought.day.tolist(), bought.item.tolist(), strict=True))
    best: dict[tuple[int, int], tuple[int, int, int]] = {}
    for row in range(len(habits.item)):
        case = (int(habits.customer[row]), int(habits.day[row]))
        mine = (-int(figures[row]), -int(habits.decayed[row]), int(habits.item[row]))
        best[case] = min(best.get(case, mine), mine)
    hits = [(-figure, (*case, item) in happened) for case, (figure, _, item) in best.items()]
    wanted = len(hits) * percent / 100
    sure, found = 0.0, 0.0
    for certainty in sorted({one for one, _ in hits}, reverse=True):
        block = [hit for one, hit in hits if one == certainty]
        taken = min(len(block), wanted - sure)
        sure, found = sure + taken, found + taken * sum(block) / len(block)
    return found / wanted


@pytest.mark.parametrize("seed", range(5))
def test_the_curve_against_a_plain_count(seed: int) -> None:
    habits, bought = random_week(seed)
    points = curve_of(foresee(habits, bought), repeats=10)
    for method, figures in ((OURS, habits.chance), ("decayed count", habits.decayed), ("most frequent", habits.times)):
        for point in (one for one in points if one.method == method):
            assert point.hit.value == pytest.approx(plainly(habits, bought, figures, point.percent))


def test_the_bestseller_is_named_to_everyone_of_the_day_even_to_her_who_never_bought_it() -> None:
    habits = Habits(column(1, 2, 2, 1), column(7, 7, 7, 14), column(5, 6, 5, 6), column(1, 1, 1, 1), column(2, 9, 1, 1), column(1, 1, 1, 1), column(0, 0, 0, 0))
    found = {one.method: one for one in foresee(habits, Bought(column(1), column(7), column(6)))}
    assert tuple(found) == METHODS
    assert found["bestseller"].item.tolist() == [6, 6, 6]
    assert found["bestseller"].came_true.tolist() == [True, False, False]


def test_a_tie_goes_to_the_decayed_count_and_then_to_the_smaller_id() -> None:
    habits = Habits(column(1, 1, 1), column(7, 7, 7), column(9, 4, 3), column(1, 1, 1), column(1, 1, 1), column(50, 80, 80), column(400, 400, 400))
    assert foresee(habits, Bought(column(), column(), column()))[0].item.tolist() == [3]


def test_chance_is_blind_but_the_same_each_time() -> None:
    habits, bought = random_week(1)
    one, other = (foresee(habits, bought)[-1] for _ in range(2))
    assert one.item.tolist() == other.item.tolist()
    hits = [foresee(*random_week(seed))[-1].came_true.mean() for seed in range(20)]
    assert np.mean(hits) == pytest.approx(0.3, abs=0.03)


def test_nothing_to_replay_is_said() -> None:
    with pytest.raises(ValueError, match="no case"):
        curve_of([])


def test_the_table_and_the_objects_show_every_method_at_every_point() -> None:
    points = curve_of(foresee(*random_week(2)), repeats=50)
    page = StringIO()
    Console(width=170, file=page).print(curve_table(points, "Replay"))
    text = page.getvalue()
    assert all(method in text for method in METHODS)
    assert "surest 5 %" in text
    objects = curve_objects(points)
    assert [(one["method"], one["percent"]) for one in objects] == [(method, percent) for method in METHODS for percent in (5, 10, 25, 50, 100)]
    assert all(one["low"] <= one["hit"] <= one["high"] for one in objects if one["percent"] == 100)
    assert {one["ahead"] for one in objects if one["method"] == OURS} == {0.0}


def test_a_method_that_is_always_right_is_ahead_by_what_the_other_misses() -> None:
    customers, days = np.repeat(np.arange(200), 2), np.tile(column(7, 14), 200)
    right = Foreseen(OURS, customers, days, days, np.ones(400), np.ones(400, dtype=bool))
    half = Foreseen("decayed count", customers, days, days, np.ones(400), customers % 2 == 0)
    (point,) = (one for one in curve_of([right, half], repeats=200) if one.method == "decayed count" and one.percent == 100)
    assert point.ahead.value == pytest.approx(0.5)
    assert 0.4 < point.ahead.low < 0.5 < point.ahead.high < 0.6
