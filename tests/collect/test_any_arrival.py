"""What is told of an order may arrive in any order, twice, cut into any requests, while people are joined and parted: one thing is true at the end."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count, pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from habitue.app.collect.sorting import Sorter
from habitue.app.merging import Pairing
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.events.catalogue import product_ids
from habitue.events.order_rows import history_of, rows_of, stands_of
from habitue.events.orders import order_id_of
from habitue.events.reckoning import true_of
from habitue.identity.records import welcome
from habitue.store import Settings, Truth

SATURDAY = 1_795_255_200  # 10:00 in Paris on 21 November 2026
DAY_SECONDS = 86_400
NUMBERS = count(1)
ROWS = """SELECT COALESCE(i.value, 'nobody'), l.day, it.key, l.is_gift, l.returned_day, SUM(l.quantity_milli), SUM(l.amount_cents)
FROM order_line AS l JOIN item AS it ON it.item_id = l.product_id JOIN profile AS p ON p.profile_id = l.profile_id
LEFT JOIN identifier AS i ON i.profile_id = p.customer_id AND i.kind = 'customer'
JOIN orders AS o ON o.profile_id = l.profile_id AND o.day = l.day AND o.order_id = l.order_id AND o.seq = l.seq WHERE o.order_key = ? GROUP BY 1, 2, 3, 4, 5"""
LAMB, SAGE = {"product_id": "lamb", "price": 9}, {"product_id": "sage", "price": 2}
quick = settings(
    max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class Town:
    """Two people and a device, whose numbers are a test's own, in a truth that others use too."""

    def __init__(self, truth: Truth, house: Settings) -> None:
        self.truth, self.settings, self.number = truth, msgspec.structs.replace(house, currency="EUR"), next(NUMBERS)
        self.sent = count(1)
        with truth.transaction():
            truth.next_seq(0)
            self.products = product_ids(truth, ("lamb", "sage"))
            welcome(truth, {self.named(name): SATURDAY for name in ("martin", "karim")}, "Europe/Paris")

    def tell(self, *told: dict[str, Any]) -> None:
        """One request of several messages, sorted at once."""
        with self.truth.transaction():
            write_down(self.truth, [("site", SATURDAY + 60 * DAY_SECONDS, "batch", 0, json.dumps({"batch": list(told)}).encode())])
        while Sorter(self.truth, self.settings).sort_some():
            pass

    def named(self, name: str) -> str:
        return f"{name}-{self.number}"

    def who(self, name: str) -> dict[str, str]:
        return {"anonymousId" if name == "device" else "userId": self.named(name)}

    def said(self, event: str, who: str, day: int, *products: dict[str, Any], **more: Any) -> dict[str, Any]:
        """What is told of the one order, as it happened at ten o'clock of a day after Saturday."""
        told = {"order_id": f"o-{self.number}", **({"products": list(products)} if products else {}), **more}
        at = datetime.fromtimestamp(SATURDAY + day * DAY_SECONDS, UTC).isoformat()
        return {"type": "track", "event": event, "properties": told, "timestamp": at, "messageId": f"m-{self.number}-{next(self.sent)}", **self.who(who)}

    def identify(self) -> dict[str, Any]:
        return {"type": "identify", **self.who("device"), **self.who("martin"), "messageId": f"i-{self.number}"}

    def pair(self, *, is_merge: bool) -> None:
        with self.truth.transaction():
            self.truth.next_seq(0)
            pairing = Pairing(self.truth, self.settings, self.named("martin"), self.named("karim"), SATURDAY)
            pairing.merge() if is_merge else pairing.unmerge()

    def stands(self) -> dict[tuple[str, int, str, int, int], tuple[int, int]]:
        """What stands of the order: whose, of which day, of what, a gift, when it came back."""
        rows, number = self.truth.run(ROWS, (f"o-{self.number}",)), order_id_of("site", f"o-{self.number}")
        sums = {key: value for key, value in stands_of(self.truth, [number])[number].items() if any(value)}
        anew = rows_of(true_of(history_of(self.truth, [number])[number]), self.products)
        assert sums == {key: value for key, value in anew.items() if any(value)}, "what was written bit by bit is what the log tells as a whole"
        return {(who.partition("-")[0], day, *rest): (int(q), int(a)) for who, day, *rest, q, a in rows if q or a}

    def letters(self) -> list[str]:
        return [reason for (reason,) in self.truth.run("SELECT reason FROM dead_letter")]


@pytest.fixture
def site(truth: Truth, settings: Settings) -> Settings:
    with truth.transaction():
        add_write_key(truth, WriteKey("site", "site", "", is_server=True))
    return settings


def facts(town: Town, which: str) -> list[dict[str, Any]]:
    two, bought = {**LAMB, "quantity": 2}, ({**LAMB, "quantity": 3}, SAGE)
    told = {
        "bought": town.said("Order Completed", "martin", 0, *bought),
        "bought otherwise": town.said("Order Completed", "martin", 1, LAMB, SAGE),
        "by device": town.said("Order Completed", "device", 0, *bought, is_gift=True),
        "changed": town.said("Order Updated", "martin", 1, two, {**SAGE, "quantity": 2}),
        "changed again": town.said("Order Updated", "martin", 2, {**LAMB, "quantity": 4}),
        "part": town.said("Order Refunded", "martin", 3, LAMB),
        "more": town.said("Order Refunded", "martin", 4, {**LAMB, "quantity": 3, "price": 8}, SAGE),
        "by karim": town.said("Order Refunded", "karim", 4, LAMB),
        "all": town.said("Order Refunded", "martin", 5),
        "cancelled": town.said("Order Cancelled", "martin", 6),
        "hello": town.identify(),
    }
    return [told[one] for one in which.split(", ")]


@pytest.mark.parametrize(
    "which",
    [
        "bought, bought otherwise",
        "bought, bought otherwise, changed again, part, more",
        "bought, part, more, cancelled",
        "bought, changed, part, all, more",
        "changed, changed again, part",
        "by device, part, hello",
        "by device, part, hello, changed, all",
        "bought, part, by karim",
        "bought, by karim, changed, cancelled",
    ],
)
@quick
@given(data=st.data())
def test_one_thing_is_true_in_whichever_order_it_arrives(truth: Truth, site: Settings, which: str, data: st.DataObject) -> None:
    right, town = Town(truth, site), Town(truth, site)
    right.tell(*facts(right, which))
    told = facts(town, which)
    told = data.draw(st.permutations([*told, *data.draw(st.lists(st.sampled_from(told), max_size=2))]))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(told)), max_size=3)))
    for a, b in pairwise([0, *cuts, len(told)]):
        if told[a:b]:
            town.tell(*told[a:b])
    assert town.stands() == right.stands()
    assert town.letters() == []


@pytest.mark.parametrize("is_unmerged", [False, True])
@quick
@given(data=st.data())
def test_it_is_all_one_when_two_were_joined(truth: Truth, site: Settings, is_unmerged: bool, data: st.DataObject) -> None:
    """A refund by another card than that which bought undoes it as soon as both are hers, and only as long as they are."""
    right, town, which = Town(truth, site), Town(truth, site), "bought, changed, part, by karim"
    if not is_unmerged:
        right.pair(is_merge=True)
    right.tell(*facts(right, which))
    told: list[Any] = list(facts(town, which))
    told = data.draw(st.permutations([*told, "pair"]))
    if is_unmerged:
        told.insert(data.draw(st.integers(told.index("pair") + 1, len(told))), "part")
    for one in told:
        if isinstance(one, str):
            town.pair(is_merge=one == "pair")
        else:
            town.tell(one)
    assert town.stands() == right.stands()
