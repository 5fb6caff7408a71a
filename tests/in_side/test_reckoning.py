"""Whatever is told of an order, in whatever company: the rows add up to what is true of it, and nothing of it is ever below nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habitue.app.listeners import record
from habitue.events.model import Occurrence, Order, OrderCompleted, OrderLine, OrderRefunded, OrderUpdated
from habitue.events.reckoning import Told, Where, true_of
from habitue.store import Truth
from habitue.words.vocabulary import Place

ROWS = """SELECT l.profile_id, l.day, o.hour, o.place, i.key, l.is_gift, l.returned_day, SUM(l.quantity_milli), SUM(l.amount_cents)
FROM order_line AS l JOIN orders AS o ON o.profile_id = l.profile_id AND o.day = l.day AND o.order_id = l.order_id AND o.seq = l.seq
JOIN item AS i ON i.item_id = l.product_id WHERE o.order_key = ? GROUP BY 1, 2, 3, 4, 5, 6, 7"""
NUMBERS = count(1)
LINES = st.dictionaries(st.sampled_from(("lamb", "sage")), st.integers(1, 3), max_size=2)


@st.composite
def tellings(draw: st.DrawFn, whose: st.SearchStrategy[int]) -> list[Told]:
    """What is told of one order, one thing after the other."""
    key, told = f"o{next(NUMBERS)}", []
    for seq in range(1, draw(st.integers(1, 6)) + 1):
        kind = draw(st.sampled_from((OrderCompleted, OrderUpdated, OrderRefunded)))
        sign, who, day, place = (-1 if kind is OrderRefunded else 1), draw(whose), draw(st.integers(17_000, 17_003)), draw(st.sampled_from(Place))
        lines = tuple(OrderLine(product, sign * n * 1000, sign * n * 250) for product, n in sorted(draw(LINES).items()))
        told_at = 0 if kind is OrderRefunded else draw(st.sampled_from((0, 1_500_000_000, 1_500_100_000)))
        event = kind(key, day * 86_400 + 36_000, place, "", "EUR", lines, ("sage",) if draw(st.booleans()) else (), told_at)
        told.append(Told(seq, who, Where(who, day, 11, int(place), 0), event))
    return told


def occurrence(told: Told, number: int) -> Occurrence:
    event = told.event
    assert isinstance(event, OrderCompleted | OrderUpdated | OrderRefunded)
    return Occurrence(event, "site", f"m{number}", told.where.profile_id, event.sold_at, told.where.day, told.where.hour, event.sold_at)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(history=tellings(st.integers(1, 2)), cut=st.integers(0, 6))
def test_the_rows_of_an_order_add_up_to_what_is_true_of_it_however_it_is_cut_into_batches(truth: Truth, history: list[Told], cut: int) -> None:
    key = history[0].event.order_key
    for some in (history[:cut], history[cut:]):
        with truth.transaction():
            record(truth, [occurrence(one, next(NUMBERS)) for one in some], "Europe/Paris", 0)
    found = {tuple(row[:7]): (int(row[7]), int(row[8])) for row in truth.run(ROWS, (key,)) if row[7] or row[8]}
    wanted = true_of(history)
    assert found == {
        (*where[:4], thing.product_key, int(thing.is_gift), thing.returned_day): (quantity, wanted.amounts[where, thing])
        for (where, thing), quantity in wanted.quantities.items()
        if quantity or wanted.amounts[where, thing]
    }


@given(history=tellings(st.just(1)))
def test_of_her_order_no_more_comes_back_than_was_bought(history: list[Told]) -> None:
    named = {line.product_key for told in history if not isinstance(told.event, OrderRefunded) for line in told.event.lines}
    left: Counter[str] = Counter()
    for (_, thing), quantity in true_of(history).quantities.items():
        left[thing.product_key] += quantity
    assert all(left[product] >= 0 for product in named)


@given(history=tellings(st.just(1)))
def test_an_order_stands_in_one_place(history: list[Told]) -> None:
    events: list[Order] = [each.event for each in history if not isinstance(each.event, OrderRefunded)]
    assert not events or len({where for where, _ in true_of(history).quantities}) <= 1


def told(seq: int, kind: type[OrderCompleted | OrderUpdated | OrderRefunded], day: int, lines: dict[str, int], **more: Any) -> Told:
    """One telling of an order, in pieces of 250 cents, of a day after a first one; `at` says when it says that it was told, `who` by whom."""
    sign, who, at, place = (-1 if kind is OrderRefunded else 1), more.get("who", 1), more.get("at", 0), more.get("place", Place.SHOP)
    parts = tuple(OrderLine(product, sign * n * 1000, sign * n * 250) for product, n in sorted(lines.items()))
    return Told(seq, who, Where(who, day, 11, int(place), 0), kind("o", day * 86_400, place, "", "EUR", parts, more.get("gifts", ()), at))


def stands(*history: Told) -> dict[tuple[int, int, int, str, bool, int], int]:
    """Pieces by whose they are, day, place, product, whether a gift, and the day on which they came back."""
    found = true_of(history).quantities.items()
    return {(w.profile_id, w.day, w.place, t.product_key, t.is_gift, t.returned_day): quantity // 1000 for (w, t), quantity in found if quantity}


SHOP, WEB = int(Place.SHOP), int(Place.WEB)


def test_the_last_telling_with_lines_says_what_was_bought_by_whom_when_and_where() -> None:
    first, last = told(1, OrderCompleted, 5, {"lamb": 2}), told(2, OrderUpdated, 4, {"sage": 1}, who=2, place=Place.WEB)
    assert stands(first, last) == {(2, 4, WEB, "sage", False, 0): 1}


def test_a_change_that_says_when_it_was_made_changes_neither_the_day_nor_what_was_told_after_it() -> None:
    bought, changed = told(3, OrderCompleted, 1, {"lamb": 2}, at=100), told(2, OrderUpdated, 5, {"lamb": 3}, at=500)
    again = told(1, OrderUpdated, 6, {"lamb": 4}, at=600)
    assert stands(bought, changed, again) == {(1, 1, SHOP, "lamb", False, 0): 4}
    assert stands(changed, again) == {(1, 5, SHOP, "lamb", False, 0): 4}, "of what was never told as bought, the first change is the day"
    assert stands(told(1, OrderCompleted, 1, {"lamb": 2}), changed) == {(1, 1, SHOP, "lamb", False, 0): 3}


def test_what_came_back_stands_with_the_purchase_a_gift_where_that_was_one_and_is_never_more() -> None:
    bought = told(1, OrderCompleted, 1, {"lamb": 2}, gifts=("lamb",))
    assert stands(bought, told(2, OrderRefunded, 4, {"lamb": 5}, place=Place.WEB)) == {(1, 1, SHOP, "lamb", True, 0): 2, (1, 1, SHOP, "lamb", True, 4): -2}


def test_of_what_a_shop_tells_in_states_the_newest_counts_whichever_came_first() -> None:
    bought, late = told(1, OrderCompleted, 1, {"lamb": 9}), replace(told(2, OrderRefunded, 4, {"lamb": 2}, at=900), message_id="refund 1")
    early, other = (replace(told(seq, OrderRefunded, 4, {"lamb": 1}, at=800), message_id=f"refund {n}") for seq, n in ((3, 1), (4, 2)))
    assert stands(bought, late, early) == {(1, 1, SHOP, "lamb", False, 0): 9, (1, 1, SHOP, "lamb", False, 4): -2}
    assert stands(bought, late, other) == {(1, 1, SHOP, "lamb", False, 0): 9, (1, 1, SHOP, "lamb", False, 4): -3}, "two are two"


def test_of_two_returns_that_are_more_than_was_bought_the_earlier_counts_whichever_came_first() -> None:
    bought, early, late = told(1, OrderCompleted, 1, {"lamb": 2}), told(3, OrderRefunded, 3, {"lamb": 2}), told(2, OrderRefunded, 4, {"lamb": 2})
    assert stands(bought, late, early) == {(1, 1, SHOP, "lamb", False, 0): 2, (1, 1, SHOP, "lamb", False, 3): -2}


def test_what_came_back_under_a_name_that_no_telling_used_is_taken_as_told() -> None:
    assert stands(told(1, OrderCompleted, 1, {"lamb": 2}), told(2, OrderRefunded, 4, {"meat": 1}))[1, 1, SHOP, "meat", False, 4] == -1


@pytest.mark.parametrize("at", [0, 500])
def test_of_an_order_that_is_emptied_what_had_come_back_by_then_was_bought_and_given_back(at: int) -> None:
    bought, back = told(1, OrderCompleted, 0, {"lamb": 2, "sage": 1}), Told(2, 1, Where(1, 3, 11, SHOP, 0), _back(300))
    emptied, late = told(3, OrderUpdated, 5, {}, at=at), Told(4, 1, Where(1, 6, 11, SHOP, 0), _back(600))
    assert stands(bought, back, emptied, late) == {(1, 0, SHOP, "lamb", False, 0): 1, (1, 0, SHOP, "lamb", False, 3): -1}
    assert stands(bought, back, emptied, told(5, OrderUpdated, 0, {"sage": 1}, at=at and 900))[1, 0, SHOP, "sage", False, 0] == 1, "unless it is told again"


def _back(at: int) -> OrderRefunded:
    return OrderRefunded("o", at, Place.SHOP, "", "EUR", (OrderLine("lamb", -1000, -250),))


def test_what_came_back_of_an_order_of_nobody_or_of_somebody_else_stands_by_itself() -> None:
    alone = told(1, OrderRefunded, 4, {"lamb": 1}, who=2)
    assert stands(alone) == {(2, 4, SHOP, "lamb", False, 4): -1}
    assert stands(Told(1, 2, alone.where, msgspec.structs.replace(alone.event, gifts=("lamb",)))) == {(2, 4, SHOP, "lamb", True, 4): -1}
    bought = told(2, OrderCompleted, 1, {"lamb": 2})
    assert stands(alone, bought) == {(2, 4, SHOP, "lamb", False, 4): -1, (1, 1, SHOP, "lamb", False, 0): 2}


@pytest.mark.parametrize("who", [1, 2])
def test_whoever_ever_told_the_order_gives_back_of_it(who: int) -> None:
    bought, moved = told(1, OrderCompleted, 1, {"lamb": 2}), told(2, OrderUpdated, 1, {"lamb": 2}, who=2)
    back = told(3, OrderRefunded, 4, {"lamb": 1}, who=who)
    assert stands(bought, moved, back) == {(2, 1, SHOP, "lamb", False, 0): 2, (2, 1, SHOP, "lamb", False, 4): -1}


def test_of_a_return_that_is_more_than_was_bought_the_money_counts_in_proportion() -> None:
    found = true_of([told(1, OrderCompleted, 1, {"lamb": 2}), told(2, OrderRefunded, 4, {"lamb": 5})])
    assert sorted(found.amounts.values()) == [-500, 500]


def test_where_nobody_told_how_much_money_came_back_it_is_the_part_that_was_paid_for_it() -> None:
    bought = replace(told(1, OrderCompleted, 1, {}), event=_order(OrderCompleted, OrderLine("lamb", 3000, 1000)))
    backs = [replace(told(n, OrderRefunded, 2 + n, {}), event=_order(OrderRefunded, OrderLine("lamb", -1000, 0), is_priced=False)) for n in (2, 3, 4)]
    assert sum(true_of([bought, backs[0]]).amounts.values()) == 666
    assert sum(true_of([bought, *backs]).amounts.values()) == 0
    assert sum(true_of([bought, *backs, replace(backs[0], seq=5)]).amounts.values()) == 0, "and no more than that"
    free = _order(OrderRefunded, OrderLine("lamb", -1000, 0))
    assert sum(true_of([bought, replace(backs[0], event=free)]).amounts.values()) == 1000, "what came back for nothing is paid all the same"


def _order(kind: type[Order], *lines: OrderLine, **more: Any) -> Order:
    return kind("o", 86_400, Place.SHOP, "", "EUR", lines, **more)


@given(history=tellings(st.integers(1, 2)), data=st.data())
def test_where_every_telling_says_when_it_was_told_it_is_all_one_in_which_order_they_come(history: list[Told], data: st.DataObject) -> None:
    dated = [replace(one, event=_dated(one.event, 1_000 + n)) for n, one in enumerate(history)]
    shuffled = [replace(one, seq=seq) for seq, one in enumerate(data.draw(st.permutations(dated)))]
    assert true_of(shuffled) == true_of(dated)


def _dated(event: Order, at: int) -> Order:
    return msgspec.structs.replace(event, sold_at=at, told_at=0 if isinstance(event, OrderRefunded) else at)
