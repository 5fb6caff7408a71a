"""What can be said only once it is known who each letter is about: which words on marketing count, and whose a refund told by itself is."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

from habitue.app.collect.letters import Letter
from habitue.app.pull.model import Refund
from habitue.app.pull.unpacking import Parcel, letter_of, refund_id
from habitue.app.pull.wording import HISTORY
from habitue.consent.rules import after, may_be_given, narrowed_from
from habitue.consent.standing import standings, taken_back_beside
from habitue.events.arrivals import Arrival
from habitue.events.model import AnyEvent, ConsentGiven, ConsentWithdrawn, Order, OrderRefunded
from habitue.events.orders import is_telling, order_id_of, standing_of
from habitue.identity.model import Who
from habitue.identity.records import welcome, whose
from habitue.identity.rules import normalised
from habitue.store import Settings, Truth
from habitue.words.vocabulary import Place

Told = tuple[Letter, AnyEvent | None, Who]
NO_ORDER = "The order that this came back of is not known yet: fetch it with `habitue pull`, which brings the refund with it."


@dataclass
class Settled:
    """Letters with whose they are, and what is set aside."""

    told: list[Told]
    dead: list[tuple[Arrival, bytes, str]] = field(default_factory=list)


def settle(truth: Truth, settings: Settings, told: Sequence[Told], refunds: Sequence[Parcel], now: int) -> Settled:
    """What stands of these letters; inside the transaction that records them. Units: `now` is when the last of them came, in UTC seconds."""
    result = Settled(_words_that_count(truth, settings.country, told, now))
    _known_since(truth, told, settings.zone)
    _refunds(truth, settings.currency, refunds, result)
    return result


def _known_since(truth: Truth, told: Sequence[Told], zone: str) -> None:
    """Where history tells of her before we knew her, she has been a customer since then."""
    first_seen: dict[str, int] = {}
    for letter, _, _ in told:
        if letter.key and letter.arrival.words.endswith(HISTORY):
            first_seen[letter.key] = min(letter.at, first_seen.get(letter.key, letter.at))
    if first_seen:
        welcome(truth, first_seen, zone)


def _words_that_count(truth: Truth, country: str, told: Sequence[Told], now: int) -> list[Told]:
    """Without the yes that cannot give leave any more, hers or of her address; a no counts always, and outlasts every earlier yes."""
    customers = {who.customer_id for _, event, who in told if isinstance(event, ConsentGiven | ConsentWithdrawn)}
    hers, _ = standings(truth, customers)
    beside = taken_back_beside(truth, customers, _addresses(told, customers, country))
    counting: list[Told] = []
    for letter, event, who in told:
        if isinstance(event, ConsentGiven | ConsentWithdrawn):
            leave, is_yes = (who.customer_id, event.purpose, event.channel), isinstance(event, ConsentGiven)
            if is_yes and (leave in beside or not may_be_given(hers.get(leave))):
                continue
            known_at = letter.received_at if is_yes else narrowed_from(hers.get(leave), letter.received_at, now)
            letter = replace(letter, arrival=replace(letter.arrival, received_at=known_at))
            hers[leave] = after(hers.get(leave), is_yes, known_at)
        counting.append((letter, event, who))
    return counting


def _addresses(told: Sequence[Told], customers: Container[int], country: str) -> dict[str, dict[str, int]]:
    """What these customers tell of themselves in the same letters, by kind and as it is kept."""
    found: dict[str, dict[str, int]] = {}
    for letter, _, who in told:
        if who.customer_id in customers and letter.message.type == "identify":
            for kind in ("email", "phone"):
                value = letter.traits.get(kind)
                if isinstance(value, str) and (spelt := normalised(kind, value, country)):
                    found.setdefault(kind, {})[spelt] = who.customer_id
    return found


def _refunds(truth: Truth, currency: str, refunds: Sequence[Parcel], result: Settled) -> None:
    """Refunds that say only of which order: hers who ordered, as of the same place."""
    orders = {order_id_of(letter.source.source, event.order_key): (who, event.place) for letter, event, who in result.told if isinstance(event, Order)}
    numbers = {order_id_of(parcel.source.source, parcel.what.order_key) for parcel in refunds if isinstance(parcel.what, Refund)}
    orders |= _ordered(truth, numbers - orders.keys())
    for parcel in refunds:
        assert isinstance(parcel.what, Refund)
        refund, found = parcel.what, orders.get(order_id_of(parcel.source.source, parcel.what.order_key))
        if found is None:
            result.dead.append((parcel.arrival, parcel.arrival.body, NO_ORDER))
        elif refund.lines:
            event = OrderRefunded(refund.order_key, refund.at, found[1], "", currency, refund.lines)
            result.told.append((letter_of(parcel, refund_id(refund), refund.at, None), event, found[0]))


def _ordered(truth: Truth, numbers: set[int]) -> dict[int, tuple[Who, Place]]:
    """Who made these orders, and where, as they were told last."""
    last = {number: [s for s in every if is_telling(s)][-1:] for number, every in standing_of(truth, sorted(numbers)).items()}
    owners = whose(truth, {s.profile_id for found in last.values() for s in found})
    return {number: (owners[s.profile_id], Place(s.place)) for number, found in last.items() for s in found}
