"""A house, a shop on loopback, and what a test asks of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import msgspec
import pytest

from habitue.app.collect.sorting import Sorter
from habitue.app.log import Logged, everybody, logged
from habitue.app.pull.opening import add_shop
from habitue.app.pull.pulling import Pulled, pull
from habitue.app.pull.shops import Shop
from habitue.events.arrivals import DeadLetter, dead_letters
from habitue.identity.model import Person
from habitue.identity.records import people, who_is
from habitue.store import Settings, Truth
from tests.pull.peer import KEY, SECRET, TOKEN, Peer

CREDENTIALS: dict[str, dict[str, Any]] = {"shopify": {"token": TOKEN}, "woocommerce": {"key": KEY, "secret": SECRET}}
HOOK_SECRET = "hush"


class House:
    """A house that fetches from one shop; waits are noted, never waited."""

    def __init__(self, settings: Settings, truth: Truth, peer: Peer) -> None:
        self.settings, self.truth, self.peer = settings, truth, peer
        told = {**CREDENTIALS[peer.kind], "hook_secret": HOOK_SECRET}
        self.shop: Shop = add_shop(settings, "atelier", peer.kind, peer.address, None, told)
        self.pauses: list[float] = []

    def pull(self) -> Pulled:
        return pull(self.settings, self.shop, self.pauses.append)

    def sort(self) -> None:
        while Sorter(self.truth, self.settings).sort_some():
            pass

    def log(self) -> list[Logged]:
        return list(logged(self.truth))

    def names(self, key: str) -> list[str]:
        return sorted(one.name for one in self.log() if one.customer_key == key)

    def customers(self) -> dict[str, str]:
        return {known.customer_key: known.name for known in everybody(self.truth)}

    def person(self, key: str) -> Person:
        who = who_is(self.truth, "customer", [key])[key]
        return people(self.truth, [who.customer_id])[who.customer_id]

    def bought(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """Thousandths and cents by customer, order and product, refunds taken off; what adds up to nothing is left out."""
        rows = self.truth.run(BOUGHT)
        return {(key or "", order, product): (int(q), int(a)) for key, order, product, q, a in rows if q or a}

    def allowed(self) -> dict[str, set[tuple[int, int, int]]]:
        """Every word on leave by customer: purpose, channel, yes or no."""
        found: dict[str, set[tuple[int, int, int]]] = {}
        for key, purpose, channel, is_granted in self.truth.run(WORDS):
            found.setdefault(key, set()).add((purpose, channel, is_granted))
        return found

    def letters(self) -> list[DeadLetter]:
        return dead_letters(self.truth)


KEY_OF = "(SELECT i.value FROM identifier AS i JOIN profile AS q ON q.profile_id = i.profile_id WHERE i.kind = 'customer' AND q.customer_id = {0} LIMIT 1)"
BOUGHT = f"""SELECT {KEY_OF.format("p.customer_id")} AS customer, o.order_key, i.key, SUM(l.quantity_milli), SUM(l.amount_cents)
  FROM order_line AS l JOIN orders AS o ON o.profile_id = l.profile_id AND o.day = l.day AND o.order_id = l.order_id AND o.seq = l.seq
  JOIN profile AS p ON p.profile_id = l.profile_id JOIN item AS i ON i.item_id = l.product_id GROUP BY 1, 2, 3"""
WORDS = f"SELECT {KEY_OF.format('c.customer_id')}, c.purpose, c.channel, c.is_granted FROM consent AS c ORDER BY c.seq"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """On a day after everything that the shop has recorded."""
    return msgspec.structs.replace(settings, today="2026-11-21")


@pytest.fixture
def open_house(settings: Settings, truth: Truth) -> Iterator[Callable[[str], House]]:
    """A house and a shop of that kind."""
    with ExitStack() as stack:
        yield lambda kind: House(settings, truth, stack.enter_context(Peer(kind)))


@pytest.fixture
def shopify(open_house: Callable[[str], House]) -> House:
    return open_house("shopify")


@pytest.fixture
def woocommerce(open_house: Callable[[str], House]) -> House:
    return open_house("woocommerce")
