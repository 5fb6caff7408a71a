"""What can be said only once it is known who each letter is about: which words on marketing count, and whose a refund told by itself is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from habitue.app.collect.letters import Letter
from habitue.app.pull.model import Refund
from habitue.app.pull.unpacking import Parcel, letter_of, refund_id
from habitue.app.pull.wording import HISTORY
from habitue.consent.mailboxes import KINDS, Mailboxes
from habitue.consent.rules import Standing, after, may_be_given, narrowed_from
from habitue.consent.standing import standings
from habitue.events.arrivals import Arrival
from habitue.events.model import AnyEvent, ConsentGiven, ConsentWithdrawn, Order, OrderRefunded
from habitue.events.orders import is_telling, order_id_of, standing_of
from habitue.identity.model import SharedKind, Who
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
    """Without the yes that cannot give leave any more, hers or of her address; a no counts always, and outlasts every earlier yes.

    Every no is heard before any yes, for whoever has that address: the order of the letters decides nothing.
    """
    speaking = [each for each in told if isinstance(each[1], ConsentGiven | ConsentWithdrawn)]
    if not speaking:
        return list(told)
    words = _Words(truth, {who.customer_id for _, _, who in speaking}, _addresses(told, country), now)
    noes = {id(letter): words.refused(letter, event, who) for letter, event, who in speaking if isinstance(event, ConsentWithdrawn)}
    counting: list[Told] = []
    for letter, event, who in told:
        if isinstance(event, ConsentGiven):
            counting += words.given(letter, event, who)
        else:
            counting += noes.get(id(letter), [(letter, event, who)])
    return counting


class _Words:
    """What is known of these customers' leaves, while more is said of them. Units: `now` is when the last letter came, in UTC seconds."""

    def __init__(self, truth: Truth, customer_ids: set[int], told: Iterable[tuple[SharedKind, str, Who]], now: int) -> None:
        self.truth, self.now, self.known = truth, now, set(customer_ids)
        self.hers, self.own = standings(truth, customer_ids)
        self.mailboxes = Mailboxes(truth, customer_ids, told)

    def given(self, letter: Letter, event: ConsentGiven, who: Who) -> list[Told]:
        """Her yes, where it gives leave."""
        leave = who.customer_id, event.purpose, event.channel
        if self.mailboxes.have_left(*leave) or not may_be_given(self.hers.get(leave)):
            return []
        return [self._known(letter, event, who, min(letter.received_at, self.now))]

    def refused(self, letter: Letter, event: ConsentWithdrawn, who: Who) -> list[Told]:
        """Her no; and, where it is news, that of everybody else at her address who has allowed it."""
        leave, own = (who.customer_id, event.purpose, event.channel), self.own.get((who.profile_id, event.purpose, event.channel))
        told = [self._narrowed(letter, event, who)]
        self.mailboxes.leaves(*leave)
        if own and not own.is_granted:
            return told
        for other in self.mailboxes.beside(who.customer_id, event.channel):
            if any(known and known.is_granted for known in self._standings_of(other, event)):
                told.append(self._narrowed(replace(letter, message_id=f"{letter.message_id} beside {other.profile_id}"), event, other))
        return told

    def _standings_of(self, who: Who, event: ConsentWithdrawn) -> tuple[Standing | None, Standing | None]:
        """What is known of a leave, hers and of the profile alone: whoever is one customer today may be taken apart. She need not be among these."""
        if who.customer_id not in self.known:
            self.known.add(who.customer_id)
            for known, found in zip((self.hers, self.own), standings(self.truth, [who.customer_id]), strict=True):
                known.update(found)
        leave = event.purpose, event.channel
        return self.hers.get((who.customer_id, *leave)), self.own.get((who.profile_id, *leave))

    def _narrowed(self, letter: Letter, event: ConsentWithdrawn, who: Who) -> Told:
        said_at = min(letter.received_at, self.now)
        return self._known(letter, event, who, max(narrowed_from(known, said_at, self.now) for known in self._standings_of(who, event)))

    def _known(self, letter: Letter, event: ConsentGiven | ConsentWithdrawn, who: Who, known_at: int) -> Told:
        is_yes = isinstance(event, ConsentGiven)
        for told, number in ((self.hers, who.customer_id), (self.own, who.profile_id)):
            leave = number, event.purpose, event.channel
            told[leave] = after(told.get(leave), is_yes, known_at)
        return replace(letter, arrival=replace(letter.arrival, received_at=known_at)), event, who


def _addresses(told: Sequence[Told], country: str) -> Iterator[tuple[SharedKind, str, Who]]:
    """What everybody tells of herself in the same letters, by kind and as it is kept."""
    for letter, _, who in told:
        if letter.message.type == "identify":
            for kind in KINDS:
                value = letter.traits.get(kind)
                if isinstance(value, str) and (spelt := normalised(kind, value, country)):
                    yield kind, spelt, who


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
            event = OrderRefunded(refund.order_key, refund.at, found[1], "", currency, refund.lines, told_at=refund.at)
            result.told.append((letter_of(parcel, refund_id(refund), refund.at, None), event, found[0]))


def _ordered(truth: Truth, numbers: set[int]) -> dict[int, tuple[Who, Place]]:
    """Who made these orders, and where, as they were told last."""
    last = {number: [s for s in every if is_telling(s)][-1:] for number, every in standing_of(truth, sorted(numbers)).items()}
    owners = whose(truth, {s.profile_id for found in last.values() for s in found})
    return {number: (owners[s.profile_id], Place(s.place)) for number, found in last.items() for s in found}
