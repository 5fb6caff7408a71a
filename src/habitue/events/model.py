"""Everything that can happen to a customer, as a closed family of frozen types in the past tense.

The names are Segment's where Segment has one (Order Completed, Order Refunded, Product Viewed), and ours in the same manner.
An event carries keys of the source, never our numbers and never a name or an address, so that its body means the same in ten years.

Units: instants are UTC seconds, days are whole local days since 1970-01-01, money is cents, quantities are thousandths.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from habitue.words.vocabulary import Basis, Channel, Collected, Kind, Level, Place, Purpose, Strength, Subject, Thread, Told


class OrderLine(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """One line of an order; written as a list of three to keep a year of lines small."""

    product_key: str
    quantity_milli: int
    amount_cents: int


class Event(msgspec.Struct, frozen=True, tag_field="event", omit_defaults=True):
    """The head of the family; the tag in the body is the event's public name."""


class Order(Event, frozen=True):
    """What the three events of an order share.

    `lines` stand in one fixed order (product, quantity, amount), so that the same order read twice has the same body.
    `gifts` are the keys of the products in it that are for somebody else, ascending. `told_at` is when its source says that it
    was told, where that, and not when it came, puts it in its place among what is told of the order.
    """

    order_key: str
    sold_at: int
    place: Place
    shop_key: str
    currency: str
    lines: tuple[OrderLine, ...]
    gifts: tuple[str, ...] = ()
    told_at: int = 0


class OrderCompleted(Order, frozen=True, tag="Order Completed"):
    """She bought."""


class OrderUpdated(Order, frozen=True, tag="Order Updated"):
    """The source tells an order differently than before: these lines take the place of the earlier ones."""


class OrderRefunded(Order, frozen=True, tag="Order Refunded"):
    """Things came back: quantities and amounts are negative; `sold_at` is the instant of the refund. Unless `is_priced`, 0 is an amount that nobody told."""

    is_priced: bool = True


class ProductViewed(Event, frozen=True, tag="Product Viewed"):
    """She looked at a product."""

    product_key: str


class PageViewed(Event, frozen=True, tag="Page Viewed"):
    """She looked at a page of the site, or at a screen of the app; `path` is without what stands after the question mark."""

    name: str = ""
    path: str = ""
    is_screen: bool = False


class Tracked(Event, frozen=True, tag="Tracked"):
    """Something that a source tells under a name of its own, with what it says of it."""

    name: str
    properties: dict[str, Any] = {}


class GroupJoined(Event, frozen=True, tag="Group Joined"):
    """A source counts her to a group: a household, a company."""

    group_key: str


class Aliased(Event, frozen=True, tag="Aliased"):
    """A source says that she was known to it by another key before."""

    previous_key: str


class CustomersMerged(Event, frozen=True, tag="Customers Merged"):
    """A person of the shop said that another customer is she; `because` is one word of ours for what made them think so."""

    other_key: str
    because: str


class CustomersUnmerged(Event, frozen=True, tag="Customers Unmerged"):
    """A person of the shop took a merge apart: the other one is somebody else."""

    other_key: str


class HouseholdJoined(Event, frozen=True, tag="Household Joined"):
    """She and another customer live together; they stay two people."""

    other_key: str


class HouseholdLeft(Event, frozen=True, tag="Household Left"):
    """She and another customer do not live together any more, or never did."""

    other_key: str


class Leave(Event, frozen=True):
    """What her yes and her no share: a purpose, a channel, and what proves the word.

    `proof` says where and how in words, `notice_hash` which text she was shown (`consent.notices`), `confirmed_by` the number of the message by which she
    confirmed it. Source: ISO/IEC TS 27560:2023, 6.3; Regulation (EU) 2016/679, article 7(1).
    """

    purpose: Purpose
    channel: Channel
    proof: str = ""
    collected: Collected = Collected.SOURCE
    basis: Basis = Basis.CONSENT
    notice_hash: str = ""
    confirmed_by: str = ""


class ConsentGiven(Leave, frozen=True, tag="Consent Given"):
    """She allowed us to write to her for a purpose by a channel."""


class ConsentWithdrawn(Leave, frozen=True, tag="Consent Withdrawn"):
    """She took that leave back."""


class PreferenceStated(Event, frozen=True, tag="Preference Stated"):
    """She likes (+1) or dislikes (−1) a thing, what things are like, a way to be reached or an hour; 0: she minds no more.

    `item_key` names what it is about: a thing of that `level`, an attribute ("organic"), a channel ("phone"), hours and weekdays ("0-10 6-7": before
    ten on Saturdays and Sundays), or "rhythm"; the level means nothing but for a thing. `quote` holds her own words, and `word` the one by which she named
    several things at once. Units: `until_day` is a local day number, 0 where she gave no end.
    One that she had forgotten has no `item_key`, and tells nothing any more.
    """

    level: Level
    item_key: str
    feeling: int
    said_where: str = ""
    subject: Subject = Subject.THING
    strength: Strength = Strength.PLAIN
    told: Told = Told.SHE_SAID
    quote: str = ""
    until_day: int = 0
    is_about_health: bool = False
    word: str = ""


class StatementWithdrawn(Event, frozen=True, tag="Statement Withdrawn"):
    """A statement of preference no longer stands: she took it back, or it was noted wrongly. Named by its source and message id."""

    statement_source: str
    statement_id: str


class PauseAsked(Event, frozen=True, tag="Pause Asked"):
    """She wants to be left in peace up to and including a day."""

    until_day: int


class ConversationOpened(Event, frozen=True, tag="Conversation Opened"):
    """She wrote or called; `words` are hers, where she wrote them to us. Of an e-mail, `subject` is what it is about and `number` its Message-ID.

    `who` of the shop wrote down what she said by telephone, in the shop or on paper.
    """

    thread_key: str
    kind: Thread
    words: str = ""
    way: Channel | None = None
    subject: str = ""
    number: str = ""
    who: str = ""


class ConversationAnswered(Event, frozen=True, tag="Conversation Answered"):
    """We answered: a question is no longer waiting; a complaint stays open until it is closed. `words` are ours, where they left from here.

    `asks_leave`: with a question whether we may remember what touches her health.
    """

    thread_key: str
    kind: Thread
    words: str = ""
    who: str = ""
    asks_leave: bool = False


class ConversationClosed(Event, frozen=True, tag="Conversation Closed"):
    """The matter is done; `words` are hers, where she said so herself by a thank-you."""

    thread_key: str
    kind: Thread
    words: str = ""


class TouchSent(Event, frozen=True, tag="Touch Sent"):
    """We said something to her; `item_key` is empty where it was about no thing."""

    touch_key: str
    action_key: str
    kind: Kind
    channel: Channel
    level: Level
    item_key: str
    is_asking: bool


class TouchAnswered(Event, frozen=True, tag="Touch Answered"):
    """She replied, clicked, came or redeemed."""

    touch_key: str


class StockCounted(Event, frozen=True, tag="Stock Counted"):
    """How many units of a thing there are; concerns no customer."""

    level: Level
    item_key: str
    units: int


class CustomerDescribed(Event, frozen=True, tag="Customer Described"):
    """What judgement may know of her: how long she is a customer, her birthday, her country, and which addresses exist (never the addresses).

    Units: `birthday_mmdd` is month × 100 + day, 0 where unknown; `country` two letters (ISO 3166), ZZ where what was told is none, empty where none was told.
    """

    since_day: int
    birthday_mmdd: int
    has_email: bool
    has_sms: bool
    has_post: bool
    has_phone: bool
    country: str = ""


AnyEvent = (
    OrderCompleted
    | OrderUpdated
    | OrderRefunded
    | ProductViewed
    | PageViewed
    | Tracked
    | GroupJoined
    | Aliased
    | CustomersMerged
    | CustomersUnmerged
    | HouseholdJoined
    | HouseholdLeft
    | ConsentGiven
    | ConsentWithdrawn
    | PreferenceStated
    | StatementWithdrawn
    | PauseAsked
    | ConversationOpened
    | ConversationAnswered
    | ConversationClosed
    | TouchSent
    | TouchAnswered
    | StockCounted
    | CustomerDescribed
)


_DECODER = msgspec.json.Decoder(AnyEvent)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event with its circumstances: who, when, from where, and since when we know it.

    `day` and `hour` are local to the shop, made once when the event is written; the profile is 0 where it concerns nobody.
    """

    event: AnyEvent
    source: str
    message_id: str
    profile_id: int
    at: int
    day: int
    hour: int
    known_at: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """An occurrence that was new, with the number under which it was written."""

    seq: int
    what: Occurrence


def name_of(event: AnyEvent) -> str:
    """The public name of an event: “Order Completed”."""
    return str(event.__struct_config__.tag)


def body_of(event: AnyEvent) -> bytes:
    """The event as JSON, the same bytes for the same event."""
    return msgspec.json.encode(event)


def event_of(body: str | bytes) -> AnyEvent:
    """The event that a body tells.

    Raises: msgspec.ValidationError where the body is none of ours.
    """
    event: AnyEvent = _DECODER.decode(body)
    return event
