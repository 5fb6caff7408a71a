"""Whatever is told of an order, in whatever company: the rows add up to what is true of it, and nothing of it is ever below nothing."""

from __future__ import annotations

from collections import Counter
from itertools import count

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
        event = kind(key, day * 86_400 + 36_000, place, "", "EUR", lines, ("sage",) if draw(st.booleans()) else ())
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
            record(truth, [occurrence(told, next(NUMBERS)) for told in some], "Europe/Paris", 0)
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
    told: list[Order] = [each.event for each in history if not isinstance(each.event, OrderRefunded)]
    assert not told or len({where for where, _ in true_of(history).quantities}) <= 1
