"""Whoever was forgotten does not come back by a file, a shop, a client or a letter sorted again: each way in asks here first.

What tells of her, dated up to her erasure (in a file: up to the day of it), is let go, whoever tells it. What is dated later begins a new customer only by an
act of her own: an order, or a yes to being written to; from then on, everything later counts again. Nothing of the past comes with it but her noes.
Whoever shares an address with her has a number of his own: one that is known here stays, and a new one comes by anything that is dated later. Dated before,
or not at all, a new number with her address may be she herself in an old file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import msgspec

from habitue.app.collect.letters import Letter
from habitue.app.collect.values import instant
from habitue.app.erasure.noes_kept import No, keep_late, say_again
from habitue.app.pull.model import Refund
from habitue.app.pull.unpacking import Parcel
from habitue.consent.forget import CARRIED_BY
from habitue.events.arrivals import Arrival, write_keys
from habitue.events.lookup import look_up
from habitue.events.model import AnyEvent, ConsentGiven, ConsentWithdrawn, OrderCompleted
from habitue.identity.tombstones import Named, Tombstones
from habitue.store import Settings, Truth, clock_of, sql_text
from habitue.words.clock import instant_of, local_day_and_hour
from habitue.words.errors import BadInput
from habitue.words.naming import leaves, messages_in, named_in
from habitue.words.whom import FEWEST_SIGNS

LONGEST_VALUE = 320
Pair = tuple[Letter, AnyEvent | None]


@dataclass(frozen=True, slots=True)
class Telling:
    """What names the person of whom something is told: first the identifier by which she is known there, then whatever else is told to be hers.

    Units: UTC seconds; `at` is none where nothing dates it. `came_at` is when she came, by an act of her own or as whoever describes her dates it;
    `seen_at` is the instant that something else of hers gives itself, as an order or a visit does; none where that is not told. `noes` is what she wants no
    more. `is_describing` where whatever it names is kept as hers.
    """

    named: tuple[Named, ...]
    at: int | None
    came_at: int | None = None
    seen_at: int | None = None
    noes: tuple[No, ...] = ()
    is_describing: bool = False


class Heeding:
    """The forgotten of one house, as one way in asks for them."""

    def __init__(self, truth: Truth, settings: Settings, zone: str = "") -> None:
        self.truth, self.zone = truth, zone or settings.zone
        self.tombstones, self.clock = Tombstones(truth, settings.data, settings.country), clock_of(settings)
        self.back: dict[Named, set[Named]] = {}

    def is_needed(self) -> bool:
        """Whether anybody was ever forgotten: where nobody was, nothing more is asked."""
        return self.tombstones.is_any()

    def let_go(self, told: Sequence[Telling]) -> list[bool]:
        """Which of these are of somebody forgotten, so that nothing of them is kept but a no; inside the transaction that would keep them."""
        erased = self.tombstones.erased_at(each for telling in told for each in telling.named)
        if not erased:
            return [False] * len(told)
        theirs = [telling for telling in told if any(each in erased for each in telling.named)]
        bearers = self._bearers({telling.named[0] for telling in theirs} | {each for telling in theirs if telling.is_describing for each in telling.named})
        known = set(bearers)
        coming = {telling.named[0] for telling in told if telling.named and _is_later(telling, erased, _came_at(telling, erased))}
        gone = [self._is_gone(telling, erased, known, coming) for telling in told]
        for telling, is_gone in zip(told, gone, strict=True):
            if is_gone and telling.noes:
                keep_late(self.tombstones, telling.named, telling.noes, self.clock.instant())
            elif not is_gone and (new := _new(telling, erased, bearers)):
                self.back.setdefault(telling.named[0], set()).update(new)
        return gone

    def say_again(self) -> None:
        """Whoever was let back in is heeded in what she said before; in the same transaction, as soon as she is known."""
        say_again(self.tombstones, self.back, self.zone, self.clock.instant())
        self.back = {}

    def _is_gone(self, telling: Telling, erased: dict[Named, int], known: set[Named], coming: set[Named]) -> bool:
        first = telling.named[0] if telling.named else ("", "")
        if not any(each in erased for each in telling.named):
            return False
        if first not in erased and first in known:
            return False  # somebody else, who shares an address with her
        if telling.at is None:
            return first not in known
        return not (_is_later(telling, erased, telling.at) and (first in known or first in coming))

    def day_of(self, at: int) -> int:
        """When that day began, for a file that dates a day at noon: what it tells of the day of her erasure was before it."""
        return self.began(local_day_and_hour(at, self.zone)[0])

    def began(self, day: int) -> int:
        """The instant at which a local day began."""
        return instant_of(day, 0, self.zone)

    def letters(self, pairs: Sequence[Pair], parcels: Sequence[Parcel]) -> tuple[list[Pair], list[Parcel], int]:
        """What of these may be kept, and how many were let go."""
        gone = self.let_go(_with_addresses([_telling(letter, event) for letter, event in pairs]))
        orders = self.tombstones.erased_at(_order(parcel) for parcel in parcels)
        kept = [pair for pair, is_gone in zip(pairs, gone, strict=True) if not is_gone]
        refunds = [parcel for parcel in parcels if _order(parcel) not in orders]
        return kept, refunds, len(pairs) - len(kept) + len(parcels) - len(refunds)

    def are_about(self, dead: Sequence[tuple[Arrival, bytes]]) -> list[bool]:
        """Which of these messages, that nobody could sort, tell of somebody forgotten."""
        ids = {key: source.ids for key, source in write_keys(self.truth).items()}
        told = [list(_tellings(arrival, body, ids.get(arrival.key, ""))) for arrival, body in dead]
        gone = iter(self.let_go([telling for every in told for telling in every]))
        return [any(list(islice(gone, len(every)))) for every in told]

    def count(self, way: str, messages: int, at: int) -> None:
        """Counts what was let go, by day and way; inside the transaction."""
        if messages:
            self.truth.run(sql_text("identity", "count_forgotten_refused"), (local_day_and_hour(at, self.zone)[0], way, messages))

    def _bearers(self, named: Iterable[Named]) -> dict[Named, set[int]]:
        """The customers who bear each of these today; one that nobody bears is missing."""
        spelt = {each: self.tombstones.spelt(*each) for each in named}
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for kind in {kind for kind, _ in spelt}:
            values = {value for each, value in spelt.items() if each[0] == kind and value}
            for value, _, customer, _ in look_up(self.truth, "identity", "identifiers", values, kind):
                found[kind, value].add(customer)
        return {each: found[each[0], value] for each, value in spelt.items() if (each[0], value) in found}


def _new(telling: Telling, erased: dict[Named, int], bearers: dict[Named, set[int]]) -> set[Named]:
    """What was buried, and is told of whoever is let in: all of it where she is new; of one that is known, what is kept as hers, and was not hers before."""
    hers = {each for each in telling.named if each in erased}
    if telling.named and (who := bearers.get(telling.named[0])):
        return {each for each in hers if telling.is_describing and not who & bearers.get(each, set())}
    return hers


def _is_later(telling: Telling, erased: dict[Named, int], at: int | None) -> bool:
    return at is not None and at > max((erased[each] for each in telling.named if each in erased), default=-1)


def _came_at(telling: Telling, erased: dict[Named, int]) -> int | None:
    """When she came; somebody who is told by a number that nobody buried came at the latest when he was seen."""
    is_somebody_else = telling.named[0][0] == "customer" and telling.named[0] not in erased
    return telling.seen_at if telling.came_at is None and is_somebody_else else telling.came_at


def _telling(letter: Letter, event: AnyEvent | None) -> Telling:
    """A letter by whatever names its person; by a number that only a link claims nobody comes."""
    phone = letter.traits.get("phone")
    email = letter.email or letter.address
    named = [("customer", letter.key), ("email", email), ("device", letter.device), ("phone", phone if isinstance(phone, str) else "")]
    named += [("customer", letter.previous_key), ("device", letter.previous)]
    if isinstance(event, OrderCompleted) and letter.told is None:
        named.append(("order", f"{letter.source.source}\x1f{event.order_key}"))
    is_act, otherwise = isinstance(event, OrderCompleted | ConsentGiven), 0 if letter.is_key_by_link else letter.since
    noes = ((event.purpose, event.channel, letter.at),) if isinstance(event, ConsentWithdrawn) else ()
    seen_at = letter.at if event is not None and letter.is_dated else None  # of what says only who somebody is, the day is that of the list
    is_describing = letter.message.type == "identify" and not letter.is_key_by_link
    return Telling(tuple(each for each in named if each[1]), letter.at, letter.at if is_act else otherwise, seen_at, noes, is_describing)


def _with_addresses(told: Sequence[Telling]) -> list[Telling]:
    """A shop tells her no by her number alone, and her addresses in another letter: they go with it."""
    beside: dict[Named, list[Named]] = defaultdict(list)
    for telling in told:
        if telling.named:
            beside[telling.named[0]] += [each for each in telling.named if each[0] in CARRIED_BY]
    return [replace(each, named=tuple(dict.fromkeys((*each.named, *beside[each.named[0]])))) if each.noes and each.named else each for each in told]


def _order(parcel: Parcel) -> Named:
    return ("order", f"{parcel.source.source}\x1f{parcel.what.order_key}") if isinstance(parcel.what, Refund) else ("", "")


def _tellings(arrival: Arrival, body: bytes, ids: str) -> Iterable[Telling]:
    """The messages of a request that nobody could sort, each by whatever names somebody in it; a number of another source is told apart as everywhere."""
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    for message in messages_in(document):
        texts = [value for value in leaves(message) if isinstance(value, str) and 0 < len(value) <= LONGEST_VALUE]
        fields = named_in(message, arrival.words)
        numbers = [(kind, f"{ids}:{text}" if ids else text) for kind, text in fields if kind == "customer"]
        others = [("email", text) for text in texts if "@" in text] + [(kind, text) for kind, text in fields if kind != "customer"]
        if not fields:
            others += [(kind, text) for kind in ("device", "customer") for text in texts if len(text) >= FEWEST_SIGNS]
        told = _dated(message)
        yield Telling((*numbers, *others), arrival.received_at if told is None else min(told, arrival.received_at), seen_at=told)


def _dated(message: object) -> int | None:
    """When a message happened, as far as it says so."""
    told = message.get("timestamp") if isinstance(message, dict) else None
    try:
        return instant(told) if isinstance(told, str) else None
    except BadInput:
        return None
