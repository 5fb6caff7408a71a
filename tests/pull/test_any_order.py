"""Hooks and pulls may bring the states of an order in any order, several times, in any company: it ends as if only the last had been told."""

from __future__ import annotations

import copy
import itertools
import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habitue.app.collect.sorting import Sorter
from habitue.app.pull.wording import HISTORY, LIVE, words_for
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.identity.records import people, who_is
from habitue.store import Settings, Truth
from habitue.words.vocabulary import Channel
from tests.pull.peer import recorded

NOW = 1_795_300_000
NUMBERS = itertools.count(100_000)
Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["refund", "edit", "take out", "cancel", "give back all", "money back", "rename", "another buyer"]), st.integers(0, 1)),
    max_size=4,
)
quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def sorter(truth: Truth, settings: Settings) -> Sorter:
    with truth.transaction():
        for name in ("any", "last"):
            add_write_key(truth, WriteKey(name, name, name, is_server=True))
    return Sorter(truth, msgspec.structs.replace(settings, currency="EUR"))


def tell(sorter: Sorter, source: str, told: list[tuple[str, Any]]) -> None:
    """Some requests at once."""
    with sorter.truth.transaction():
        write_down(sorter.truth, [(source, NOW, words, 0, json.dumps(what).encode()) for words, what in told])
    while sorter.sort_some():
        pass


def stands(sorter: Sorter, source: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Thousandths and cents of every order and product of a source."""
    rows = sorter.truth.run(
        "SELECT o.order_key, i.key, SUM(l.quantity_milli), SUM(l.amount_cents) FROM order_line AS l "
        "JOIN orders AS o ON o.profile_id = l.profile_id AND o.day = l.day AND o.order_id = l.order_id AND o.seq = l.seq "
        "JOIN source AS s ON s.source_id = o.source_id JOIN item AS i ON i.item_id = l.product_id WHERE s.name = ? GROUP BY 1, 2",
        (source,),
    )
    return {(order, product.removeprefix(f"{source}:")): (int(q), int(a)) for order, product, q, a in rows if q or a}


def shopify_states(number: int, steps: list[Step]) -> list[dict[str, Any]]:
    """An order as it was told at first and after each step."""
    order = copy.deepcopy(recorded("shopify")["orders"][0])
    order |= {"id": number, "refunds": [], "updated_at": "2026-11-02T12:00:00+01:00"}
    for line in order["line_items"]:
        line |= {"id": line["id"] + number, "quantity": 3, "current_quantity": 3, "discount_allocations": []}
    states = [copy.deepcopy(order)]
    for hour, (step, which) in enumerate(steps, 13):
        line, at = order["line_items"][which], f"2026-11-02T{hour}:00:00+01:00"
        if step == "refund" and line["current_quantity"]:
            line["current_quantity"] -= 1
            order["refunds"].append(shopify_refund(order, at, [(line, 1)]))
        elif step == "give back all":
            order["refunds"].append(shopify_refund(order, at, [(one, one["current_quantity"]) for one in order["line_items"] if one["current_quantity"]]))
            for one in order["line_items"]:
                one["current_quantity"] = 0
        elif step == "edit":
            line["quantity"] += 2
            line["current_quantity"] += 2
        elif step == "take out" and line["current_quantity"]:
            line["current_quantity"] -= 1
        elif step == "cancel":
            order["cancelled_at"] = at
        elif step == "money back":
            order["refunds"].append(
                shopify_refund(order, at, [], [{"kind": "refund_discrepancy", "amount": "-1.50"}, {"kind": "shipping_refund", "amount": "-4.90"}])
            )
        elif step == "rename":
            for one in [*order["line_items"], *(back["line_item"] for refund in order["refunds"] for back in refund["refund_line_items"])]:
                one["sku"] = f"{hour}-{one['id']}"
        elif step == "another buyer":
            order["customer"] = {**order["customer"], "id": number * 10 + hour}
        order["updated_at"] = at
        states.append(copy.deepcopy(order))
    return states


def shopify_refund(order: dict[str, Any], at: str, lines: list[tuple[dict[str, Any], int]], adjustments: Any = ()) -> dict[str, Any]:
    number = order["id"] * 100 + len(order["refunds"])
    back = [{"line_item_id": line["id"], "quantity": n, "subtotal": round(n * float(line["price"]), 2), "line_item": line} for line, n in lines]
    return {"id": number, "order_id": order["id"], "created_at": at, "refund_line_items": copy.deepcopy(back), "order_adjustments": list(adjustments)}


def woocommerce_states(number: int, steps: list[Step]) -> list[dict[str, Any]]:
    order = copy.deepcopy(recorded("woocommerce")["orders"][0])
    order |= {"id": number, "refunds": [], "refund_details": [], "date_modified_gmt": "2026-11-02T12:00:00"}
    hers = {0: 3, 1: 1}
    states = [copy.deepcopy(order)]
    for hour, (step, which) in enumerate(steps, 13):
        at, line = f"2026-11-02T{hour}:00:00", order["line_items"][which]
        if order["status"] in ("cancelled", "refunded"):
            break
        if step == "refund" and hers[which] > 1:
            hers[which] -= 1
            woocommerce_refund(order, at, "5.90", [{**line, "quantity": -1, "total": "-5.59", "total_tax": "-0.31"}])
        elif step == "money back":
            woocommerce_refund(order, at, "1.50", [])
        elif step == "give back all":
            woocommerce_refund(order, at, "20.00", [])
            order["status"] = "refunded"
        elif step == "rename":
            for one in [*order["line_items"], *(back for refund in order["refund_details"] for back in refund["line_items"])]:
                one["sku"] = f"{hour}-{one['product_id']}"
        elif step == "another buyer":
            order["customer_id"] = number * 10 + hour
        elif step == "cancel":
            order["status"] = "cancelled"
        elif step == "edit":
            line["quantity"] += 1
            hers[which] += 1
        order["date_modified_gmt"] = at
        states.append(copy.deepcopy(order))
    return states


def woocommerce_refund(order: dict[str, Any], at: str, amount: str, lines: list[Any]) -> None:
    number = order["id"] * 100 + len(order["refunds"])
    order["refunds"].append({"id": number, "reason": "", "total": f"-{amount}"})
    order["refund_details"].append({"id": number, "date_created_gmt": at, "amount": amount, "line_items": copy.deepcopy(lines)})


def hooked(state: dict[str, Any]) -> dict[str, Any]:
    """As WooCommerce's hook tells it: without the lines of what came back."""
    return {name: value for name, value in state.items() if name != "refund_details"}


@st.composite
def tellings(draw: st.DrawFn, count: int) -> list[list[tuple[int, str]]]:
    """Which states are told, by which way, in which order and company; the last is among them, by a pull."""
    told = draw(
        st.lists(st.tuples(st.sampled_from([*range(count), count - 1, count - 1]), st.sampled_from(["hook", "pull", "history", "refunds"])), max_size=5)
    )
    told = draw(st.permutations([*told, (count - 1, "pull")]))
    cuts = sorted(draw(st.lists(st.integers(0, len(told)), max_size=3)))
    return [told[a:b] for a, b in itertools.pairwise([0, *cuts, len(told)]) if told[a:b]]


@pytest.mark.parametrize("kind", ["shopify", "woocommerce"])
@quick
@given(data=st.data(), steps=STEPS)
def test_it_ends_as_if_only_the_last_had_been_told(sorter: Sorter, kind: str, data: st.DataObject, steps: list[Step]) -> None:
    number = next(NUMBERS)
    states = (shopify_states if kind == "shopify" else woocommerce_states)(number, steps)
    tell(sorter, "last", [(words_for(kind, "orders", LIVE), states[-1])])
    for some in data.draw(tellings(len(states))):
        requests: list[tuple[str, Any]] = []
        for which, way in some:
            state = states[which]
            if way == "refunds":
                requests += [(words_for(kind, "refunds", LIVE), refund) for refund in state["refunds"]] if kind == "shopify" else []
            else:
                is_bare = kind == "woocommerce" and way == "hook"
                requests.append((words_for(kind, "orders", HISTORY if way == "history" else LIVE), hooked(state) if is_bare else state))
        tell(sorter, "any", requests)
    found, wanted = stands(sorter, "any"), stands(sorter, "last")
    assert {key: value for key, value in found.items() if key[0] == str(number)} == {key: value for key, value in wanted.items() if key[0] == str(number)}
    assert sorter.truth.run("SELECT COUNT(*) FROM dead_letter WHERE reason LIKE 'It broke%'") == [(0,)]


@pytest.mark.parametrize("later", ["rename", "another buyer"])
@pytest.mark.parametrize("kind", ["shopify", "woocommerce"])
def test_what_came_back_is_undone_also_where_the_shop_tells_it_otherwise_later(sorter: Sorter, kind: str, later: str) -> None:
    number, words = next(NUMBERS), words_for(kind, "orders")
    states = (shopify_states if kind == "shopify" else woocommerce_states)(number, [("refund", 0), (later, 0)])
    for state in states:
        tell(sorter, "any", [(words, state)])
    tell(sorter, "last", [(words, states[-1])])
    assert stands(sorter, "any") == stands(sorter, "last")
    assert sorter.truth.run("SELECT reason FROM dead_letter") == []


def test_an_order_whose_money_was_given_back_before_all_of_it_was_refunded_comes_to_nothing(sorter: Sorter) -> None:
    words, told = words_for("woocommerce", "orders"), woocommerce_states(next(NUMBERS), [("money back", 0)])[-1]
    for state in (told, {**told, "status": "refunded", "date_modified_gmt": "2026-11-02T15:00:00"}):
        tell(sorter, "any", [(words, state)])
    assert not stands(sorter, "any")


@quick
@given(order=st.permutations(range(4)), cut=st.integers(0, 4))
def test_of_a_customer_the_newest_state_stands(sorter: Sorter, order: list[int], cut: int) -> None:
    number = next(NUMBERS)
    her = {**recorded("shopify")["customers"][0], "id": number, "email": f"c{number}@example.org"}
    states = [(words_for("shopify", "customers"), {**her, "first_name": f"N{n}", "updated_at": f"2026-11-02T1{n}:00:00Z"}) for n in order]
    for some in (states[:cut], states[cut:]):
        tell(sorter, "any", some)
    who = who_is(sorter.truth, "customer", [f"any:{number}"])[f"any:{number}"]
    assert people(sorter.truth, [who.customer_id])[who.customer_id].given_name == "N3"


WORDS = st.lists(st.tuples(st.sampled_from(["email", "sms"]), st.booleans(), st.integers(10, 19), st.booleans()), min_size=1, max_size=5)


@quick
@given(words=WORDS, data=st.data())
def test_in_whichever_order_her_words_come_one_no_by_a_channel_withdraws_it(
    sorter: Sorter, words: list[tuple[str, bool, int, bool]], data: st.DataObject
) -> None:
    """Each by a hook of its own, or with all that she had said by then; that a newer word is known hides no “no”."""
    number, stands = next(NUMBERS), dict[str, Any]()
    told: list[tuple[str, Any]] = []
    for channel, is_yes, hour, is_whole in sorted(words, key=lambda word: word[2]):
        at = f"2026-11-02T{hour}:00:00Z"
        word = {f"{channel}_marketing_consent": {"state": "subscribed" if is_yes else "unsubscribed", "consent_updated_at": at}}
        stands |= word
        her = {"id": number, "email": f"c{number}@example.org", "created_at": "2026-11-01T00:00:00Z", "updated_at": at, **stands}
        told.append((words_for("shopify", "customers"), her) if is_whole else (words_for("shopify", "consents"), {"customer_id": number, **word}))
    told, cut = data.draw(st.permutations([*told, told[0]])), data.draw(st.integers(0, len(told)))
    for some in (told[:cut], told[cut:]):
        tell(sorter, "any", some)
    who = who_is(sorter.truth, "customer", [f"any:{number}"])[f"any:{number}"]
    rows = sorter.truth.run("SELECT channel, is_granted FROM consent WHERE customer_id = ? ORDER BY known_at, seq", (who.customer_id,))
    noes = {channel for channel, is_yes, _, _ in words if not is_yes}
    assert {Channel(by).name.lower(): bool(yes) for by, yes in rows} == {channel: channel not in noes for channel, *_ in words}


def test_a_hook_that_tells_no_refund_takes_none_back(sorter: Sorter) -> None:
    number, words = next(NUMBERS), words_for("woocommerce", "orders")
    last = woocommerce_states(number, [("refund", 0)])[-1]
    tell(sorter, "any", [(words, last), (words, hooked(last))])
    assert stands(sorter, "any") == {(str(number), "TER-LAP"): (2000, 1180), (str(number), "62"): (1000, 1800)}


def test_an_order_that_was_cancelled_before_we_knew_it_and_given_back_after_comes_to_nothing(sorter: Sorter) -> None:
    number, words = next(NUMBERS), words_for("shopify", "orders")
    states = shopify_states(number, [("cancel", 0), ("refund", 0)])
    tell(sorter, "any", [(words, states[1]), (words, states[2])])
    assert not stands(sorter, "any")
