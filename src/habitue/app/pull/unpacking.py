"""From a shop's objects to letters: who bought, what she bought, what came back, what she said to marketing; newest states only.

1. Each object is read; one that cannot be is a dead letter with the reason. 2. Of each object only the newest state counts; only a no in an older one
counts too, since a shop may tell it late. 3. What is left becomes letters with their events, as any client's message does, so that recognition, log and cards
have one way in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec

from habitue.app.collect.letters import Letter
from habitue.app.collect.wire import Message
from habitue.app.pull.model import Buyer, MarketingWord, Product, Purchase, Refund, ShopObject, buyer_in
from habitue.app.pull.states import State, States, state_of
from habitue.app.pull.wording import GONE, HISTORY, READERS
from habitue.consent.model import MARKETING
from habitue.events.arrivals import Arrival, WriteKey
from habitue.events.catalogue import ProductRow, item_ids, keep_names, keep_products, type_key
from habitue.events.lookup import look_up
from habitue.events.model import AnyEvent, ConsentGiven, ConsentWithdrawn, OrderCompleted, OrderRefunded
from habitue.events.orders import order_id_of, standing_of
from habitue.identity.records import who_is
from habitue.store import Settings, Truth
from habitue.words.errors import BadInput
from habitue.words.keys import key_hash
from habitue.words.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Parcel:
    """One object of a shop, and the request that told it."""

    arrival: Arrival
    source: WriteKey
    what: ShopObject

    @property
    def is_history(self) -> bool:
        return self.arrival.words.endswith(HISTORY)

    def key_of(self, buyer: Buyer) -> str:
        """Her number, told apart from those of other sources; empty for a guest."""
        return f"{self.source.ids}:{buyer.key}" if buyer.key and self.source.ids else buyer.key


@dataclass
class Unpacked:
    """What became of some requests."""

    letters: list[tuple[Letter, AnyEvent | None]] = field(default_factory=list)
    refunds: list[Parcel] = field(default_factory=list)
    """Told by themselves, without a word of whose order it was."""
    dead: list[tuple[Arrival, bytes, str]] = field(default_factory=list)


def unpack(truth: Truth, settings: Settings, arrivals: Sequence[tuple[Arrival, WriteKey]]) -> Unpacked:
    """The letters in these requests; inside the transaction that records them. The catalogue is brought up to date at once."""
    result, parcels = Unpacked(), []
    for arrival, source in arrivals:
        try:
            what = _opened(arrival, source, settings)
        except BadInput as wrong:
            result.dead.append((arrival, arrival.body, str(wrong)))
            continue
        if isinstance(what, Refund):
            result.refunds.append(Parcel(arrival, source, what))
        elif what:
            parcels.append(Parcel(arrival, source, what))
    Unpacking(truth, settings, parcels, result).unpack()
    return result


def _opened(arrival: Arrival, source: WriteKey, settings: Settings) -> ShopObject | None:
    kind, what, tense = arrival.words.split(" ", 2)
    if tense.startswith(GONE):
        said = tense.removeprefix(GONE).strip()
        raise BadInput(f"The shop says “{said}” of one of its {what}. Nothing is deleted here by itself: look whether she asked to be forgotten.")
    told = READERS[kind][what](source.source, arrival.body)
    if isinstance(told, Purchase) and told.currency.upper() != settings.currency:
        raise BadInput(f"The order is in {told.currency or 'no currency'}; this house counts in {settings.currency}.")
    return told


class Unpacking:
    """The parcels of one batch."""

    def __init__(self, truth: Truth, settings: Settings, parcels: list[Parcel], result: Unpacked) -> None:
        self.truth, self.settings, self.result = truth, settings, result
        self.parcels = [(parcel, state_of(parcel.source.source, parcel.what)) for parcel in parcels if not isinstance(parcel.what, Refund)]
        buyers = [(parcel, parcel.what.buyer) for parcel in parcels if isinstance(parcel.what, Purchase)]
        self.states = States(truth, [*(state for _, state in self.parcels), *(state_of(p.source.source, b) for p, b in buyers if b and b.is_whole)])

    def unpack(self) -> None:
        """All of them, in the order in which they came."""
        are_news = [self.states.is_news(state) for _, state in self.parcels]
        news = [told for told, is_news in zip(self.parcels, are_news, strict=True) if is_news]
        self.known = who_is(self.truth, "customer", {p.key_of(b) for p, _ in news if (b := buyer_in(p.what)) and b.key})
        self.emails = who_is(self.truth, "email", {str(b.traits.get("email", "")) for p, _ in news if (b := buyer_in(p.what)) and not b.key})
        self._keep_catalogue([parcel for parcel, _ in news])
        purchases = [(p, p.what, state) for p, state in news if isinstance(p.what, Purchase)]
        empty = {order_id_of(p.source.source, what.key) for p, what, state in purchases if not what.lines and self.states.is_newest(state)}
        self.never_bought = empty - standing_of(self.truth, list(empty)).keys()
        for (parcel, state), is_news in zip(self.parcels, are_news, strict=True):
            if not is_news:
                self._withdraw(parcel, buyer_in(parcel.what))
            elif isinstance(parcel.what, Buyer):
                self._describe(parcel, parcel.what)
            elif isinstance(parcel.what, Purchase):
                self._tell(parcel, parcel.what, state)
        self.states.keep()

    def _keep_catalogue(self, parcels: list[Parcel]) -> None:
        """Products as the shop describes them; one that only an order names is named after it, until the shop tells more."""
        language = self.settings.language
        rows = [
            ProductRow(article.key, article.type, article.category, names={language: article.name})
            for parcel in parcels
            if isinstance(parcel.what, Product)
            for article in parcel.what.articles
        ]
        named = {key: name for parcel in parcels if isinstance(parcel.what, Purchase) for key, name in parcel.what.names.items()}
        known = item_ids(self.truth, Level.PRODUCT, named).keys() | {row.key for row in rows}
        rows += [ProductRow(key, names={language: name}) for key, name in named.items() if key not in known]
        if rows:
            keep_products(self.truth, rows)
            self._name_types({type_key(row.category, row.type): row.type for row in rows if row.type})

    def _name_types(self, names: dict[str, str]) -> None:
        """Types that nobody has named yet get the plain name by which the shop calls them."""
        items = item_ids(self.truth, Level.TYPE, names)
        language = self.settings.language
        named = {item for item, spoken, _ in look_up(self.truth, "events", "item_names", items.values()) if spoken == language}
        keep_names(self.truth, {item: {language: names[key]} for key, item in items.items() if item not in named})

    def _describe(self, parcel: Parcel, buyer: Buyer) -> None:
        """Who she is, and what she said to marketing. A customer whom a first sweep brings is one since the shop knows her."""
        is_known = parcel.key_of(buyer) in self.known if buyer.key else str(buyer.traits.get("email", "")) in self.emails
        at = buyer.created_at if parcel.is_history and not is_known else parcel.arrival.received_at
        letter = letter_of(parcel, f"customer {buyer.key} {key_hash(msgspec.json.encode(buyer).decode()).hex()}", at, buyer)
        source = parcel.source if buyer.is_whole else replace(parcel.source, is_server=False)
        self.result.letters.append((replace(letter, source=source, since=buyer.created_at, message=Message(type="identify", traits=buyer.traits)), None))
        self._speak(parcel, buyer, buyer.words)

    def _withdraw(self, parcel: Parcel, buyer: Buyer | None) -> None:
        """Of a state that is no news, what she refuses; where that is known already, its number says so."""
        if buyer:
            self._speak(parcel, buyer, buyer.noes)

    def _speak(self, parcel: Parcel, buyer: Buyer, words: tuple[MarketingWord, ...]) -> None:
        for word in words:
            kind, at = ConsentGiven if word.is_yes else ConsentWithdrawn, word.at or parcel.arrival.received_at
            proof = ", ".join(filter(None, (parcel.source.source, word.how)))
            for purpose in MARKETING:
                number = f"{'yes' if word.is_yes else 'no'} {buyer.key} {purpose.name} {word.channel.name} {at}".lower()
                self.result.letters.append((letter_of(parcel, number, at, buyer), kind(purpose, word.channel, proof)))

    def _tell(self, parcel: Parcel, bought: Purchase, state: State) -> None:
        """An order and what came back of it. Of several states within a batch the newest tells the order; what came back stays so, whichever tells it."""
        buyer, stand_in = bought.buyer, f"{parcel.source.source} order {bought.key}"
        if buyer and (not buyer.is_whole or self.states.is_news(state_of(parcel.source.source, buyer))):
            self._describe(parcel, buyer)
        else:
            self._withdraw(parcel, buyer)
        if self.states.is_newest(state) and order_id_of(parcel.source.source, bought.key) not in self.never_bought:
            event = OrderCompleted(bought.key, bought.at, bought.place, "", bought.currency.upper(), bought.lines)
            self.result.letters.append((letter_of(parcel, bought.key, bought.at, buyer, stand_in), event))
        for refund in bought.refunds:
            back = OrderRefunded(bought.key, refund.at, bought.place, "", bought.currency.upper(), refund.lines, told_at=bought.updated_at)
            self.result.letters.append((letter_of(parcel, refund_id(refund), refund.at, buyer, stand_in), back))


def refund_id(refund: Refund) -> str:
    """Under which number a refund is recorded, whoever tells it."""
    return f"refund {refund.key}"


def letter_of(parcel: Parcel, message_id: str, at: int, buyer: Buyer | None, otherwise: str = "") -> Letter:
    """What a parcel says of one instant: hers by her number, else by her address, else by a device that stands for the order alone.

    It is known from when it happened where it is history, and never before it happened.
    """
    email = "" if buyer is None or buyer.key else buyer.traits.get("email", "")
    return Letter(
        arrival=replace(parcel.arrival, received_at=at if parcel.is_history else max(at, parcel.arrival.received_at)),
        source=parcel.source,
        message=Message(type="track", event="Order Completed", properties={"email": email}),
        message_id=message_id,
        key=parcel.key_of(buyer) if buyer else "",
        device="" if buyer and (buyer.key or email) else otherwise,
        is_key_by_link=False,
        is_device_by_link=False,
        is_quiet=False,
        at=at,
        address=str(buyer.traits.get("email", "")) if buyer and buyer.key else "",
    )
