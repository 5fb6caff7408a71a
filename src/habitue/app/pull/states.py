"""Which state of a shop's object is the newest: hooks and fetched pages may bring them in any order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import msgspec

from habitue.app.pull.model import Buyer, Product, Purchase
from habitue.events.lookup import look_up
from habitue.store import Truth, sql_text
from habitue.words.keys import positive_number


@dataclass(frozen=True, slots=True)
class State:
    """One state of one object. Units: `updated_at` is the shop's, in UTC seconds."""

    number: int
    updated_at: int
    body_hash: bytes


def state_of(source: str, what: Purchase | Buyer | Product) -> State:
    """The state in which an object is told. Of a customer told in part, each channel has states of its own: one says nothing of the other's age."""
    kind = [type(what).__name__] if not isinstance(what, Buyer) or what.is_whole else ["Buyer in part", *(word.channel.name for word in what.words)]
    number = positive_number("shop state", source, " ".join(kind), what.key)
    return State(number, what.updated_at, blake2b(msgspec.json.encode(what), digest_size=16).digest())


class States:
    """The newest states known, within one batch and one transaction."""

    def __init__(self, truth: Truth, asked: Iterable[State]) -> None:
        self.truth = truth
        rows = look_up(truth, "app", "shop_states", {state.number for state in asked})
        self.known = {number: State(number, at, bytes(body)) for number, at, body in rows}
        self.changed: dict[int, State] = {}

    def is_news(self, state: State) -> bool:
        """Whether nothing newer is known, nor the very same; it is then the newest. Of two that the shop dates alike, the one told later counts."""
        known = self.known.get(state.number)
        if known and (state.updated_at < known.updated_at or state == known):
            return False
        self.known[state.number] = self.changed[state.number] = state
        return True

    def is_known(self, state: State) -> bool:
        """Whether the newest is the very same."""
        return self.known.get(state.number) == state

    def is_newest(self, state: State) -> bool:
        """Whether nothing newer has come within the batch."""
        return self.known[state.number] is state

    def keep(self) -> None:
        """Writes what has changed."""
        self.truth.run_many(sql_text("app", "set_shop_state"), [(s.number, s.updated_at, s.body_hash) for s in self.changed.values()])
