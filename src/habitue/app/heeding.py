"""Whoever was forgotten does not come back by a file, a shop, a client or a letter sorted again: each way in asks here first.

What tells of her, dated up to her erasure (in a file: up to the day of it), is let go, whoever tells it. What is dated later begins a new customer only by an
act of her own: an order, or a yes to being written to; from then on, everything later counts again. Nothing of the past comes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from habitue.app.collect.letters import Letter
from habitue.app.pull.model import Refund
from habitue.app.pull.unpacking import Parcel
from habitue.events.lookup import look_up
from habitue.events.model import AnyEvent, ConsentGiven, OrderCompleted
from habitue.identity.tombstones import Named, Tombstones
from habitue.store import Settings, Truth, sql_text
from habitue.words.clock import instant_of, local_day_and_hour
from habitue.words.whom import leaves

LONGEST_VALUE = 320
Pair = tuple[Letter, AnyEvent | None]


@dataclass(frozen=True, slots=True)
class Telling:
    """What names the person of whom something is told: first the identifier by which she is known there, then whatever else is told to be hers.

    Units: `at` is in UTC seconds, none where nothing dates it. `is_act` where it is her own act, by which she may come back.
    """

    named: tuple[Named, ...]
    at: int | None
    is_act: bool


class Heeding:
    """The forgotten of one house, as one way in asks for them."""

    def __init__(self, truth: Truth, settings: Settings, zone: str = "") -> None:
        self.truth, self.zone = truth, zone or settings.zone
        self.tombstones = Tombstones(truth, settings.data, settings.country)

    def is_needed(self) -> bool:
        """Whether anybody was ever forgotten: where nobody was, nothing more is asked."""
        return self.tombstones.is_any()

    def let_go(self, told: Sequence[Telling]) -> list[bool]:
        """Which of these are of somebody forgotten, so that nothing of them is kept; inside the transaction that would keep them."""
        erased = self.tombstones.erased_at(each for telling in told for each in telling.named)
        if not erased:
            return [False] * len(told)
        first = {telling.named[0] for telling in told if any(each in erased for each in telling.named)}
        known = self._known(first)
        coming = {telling.named[0] for telling in told if telling.is_act and _is_later(telling, erased)}
        return [self._is_gone(telling, erased, known, coming) for telling in told]

    def _is_gone(self, telling: Telling, erased: dict[Named, int], known: set[Named], coming: set[Named]) -> bool:
        first = telling.named[0] if telling.named else ("", "")
        if not any(each in erased for each in telling.named):
            return False
        if first not in erased and first in known:
            return False  # somebody else, who shares an address with her
        if telling.at is None:
            return first not in known
        return not (_is_later(telling, erased) and (first in known or first in coming))

    def day_of(self, at: int) -> int:
        """When that day began, for a file that dates a day at noon: what it tells of the day of her erasure was before it."""
        return self.began(local_day_and_hour(at, self.zone)[0])

    def began(self, day: int) -> int:
        """The instant at which a local day began."""
        return instant_of(day, 0, self.zone)

    def letters(self, pairs: Sequence[Pair], parcels: Sequence[Parcel]) -> tuple[list[Pair], list[Parcel], int]:
        """What of these may be kept, and how many were let go."""
        gone = self.let_go([_telling(letter, event) for letter, event in pairs])
        orders = self.tombstones.erased_at(_order(parcel) for parcel in parcels)
        kept = [pair for pair, is_gone in zip(pairs, gone, strict=True) if not is_gone]
        refunds = [parcel for parcel in parcels if _order(parcel) not in orders]
        return kept, refunds, len(pairs) - len(kept) + len(parcels) - len(refunds)

    def are_about(self, bodies: Sequence[bytes]) -> list[bool]:
        """Which of these messages, that nobody could sort, bear an identifier of somebody forgotten in any of their values."""
        named = [list(_values(body)) for body in bodies]
        erased = self.tombstones.erased_at(each for every in named for each in every)
        return [any(each in erased for each in every) for every in named]

    def count(self, way: str, messages: int, at: int) -> None:
        """Counts what was let go, by day and way; inside the transaction."""
        if messages:
            self.truth.run(sql_text("identity", "count_forgotten_refused"), (local_day_and_hour(at, self.zone)[0], way, messages))

    def _known(self, named: Iterable[Named]) -> set[Named]:
        """Which of these somebody bears today."""
        spelt = {each: self.tombstones.spelt(*each) for each in named}
        found: set[Named] = set()
        for kind in {kind for kind, _ in spelt}:
            rows = look_up(self.truth, "identity", "identifiers", {value for each, value in spelt.items() if each[0] == kind and value}, kind)
            values = {row[0] for row in rows}
            found |= {each for each, value in spelt.items() if each[0] == kind and value in values}
        return found


def _is_later(telling: Telling, erased: dict[Named, int]) -> bool:
    return telling.at is not None and telling.at > max((erased[each] for each in telling.named if each in erased), default=-1)


def _telling(letter: Letter, event: AnyEvent | None) -> Telling:
    """A letter by whatever names its person; a name that only a link claims names nobody."""
    phone = letter.traits.get("phone")
    named = [("customer", letter.key), ("email", letter.email), ("device", letter.device), ("phone", phone if isinstance(phone, str) else "")]
    named += [("customer", letter.previous_key), ("device", letter.previous)]
    if isinstance(event, OrderCompleted) and letter.told is None:
        named.append(("order", f"{letter.source.source}\x1f{event.order_key}"))
    return Telling(tuple(each for each in named if each[1]), letter.at, isinstance(event, OrderCompleted | ConsentGiven))


def _order(parcel: Parcel) -> Named:
    return ("order", f"{parcel.source.source}\x1f{parcel.what.order_key}") if isinstance(parcel.what, Refund) else ("", "")


def _values(body: bytes) -> Iterable[Named]:
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    for value in leaves(document):
        if 0 < len(text := str(value)) <= LONGEST_VALUE and isinstance(value, str):
            yield from ((kind, text) for kind in ("customer", "device", *(["email"] if "@" in text else [])))
