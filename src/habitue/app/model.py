"""What the front doors show: plain frozen answers, already in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from habitue.words.reasons import Reason


@dataclass(frozen=True)
class PersonLine:
    """One customer in a list: who, and one sentence on why she is in it; `is_new` where she has no card before tomorrow."""

    customer_id: int
    customer_key: str
    name: str
    sentence: str
    is_new: bool = False


@dataclass(frozen=True)
class TouchLine:
    """One word decided for one customer today."""

    customer_id: int
    customer_key: str
    name: str
    action_key: str
    title: str
    how: str  # the channel, in words: "e-mail", "card, by post"
    say: str  # what is said or done, one sentence
    why: str  # the reason a shopkeeper would say aloud
    value_cents: int


@dataclass(frozen=True)
class DayPlan:
    """A day, judged.

    Units: counts of customers; touches + silences = customers. `reasons` counts silences by the reason that best explains each.
    """

    on: date
    planned_at: str
    customers: int
    touches: int
    silences: int
    reasons: dict[Reason, int]
    kinds: dict[str, int]  # touches by kind: offer, content, …
    is_rehearsal: bool


@dataclass(frozen=True)
class Verdict:
    """One action judged for one customer: said, or what stopped it."""

    action_key: str
    title: str
    thing: str  # the item's plain name; empty where the action is about none
    reason: Reason
    sentence: str
    value_cents: float
    terms: dict[str, float] = field(default_factory=dict)  # each term of the value, in cents or per cent, by its name


@dataclass(frozen=True)
class Decision:
    """One customer on one day: what was decided, said as a shopkeeper would, then every other action with what stopped it."""

    customer_id: int
    customer_key: str
    name: str
    on: date
    is_touch: bool
    reason: Reason
    headline: str
    sentences: tuple[str, ...]
    chosen: Verdict | None
    others: tuple[Verdict, ...]


@dataclass(frozen=True)
class Fact:
    """One box of the card: its heading, what is known, and how it is known."""

    heading: str
    text: str
    proof: str


@dataclass(frozen=True)
class YearMark:
    """One mark on the strip of a year: a basket (how full, 0 to 1) or a word of ours (answered or not)."""

    day: int
    is_basket: bool
    height: float
    is_answered: bool


@dataclass(frozen=True)
class Card:
    """The butcher's card of one customer as of a day."""

    customer_id: int
    customer_key: str
    name: str
    since: str
    on: date
    greet: str
    facts: tuple[Fact, ...]  # comes, loves, avoids, due, last said, her year with us
    never: tuple[str, ...]  # what must not be said or given (red)
    set_aside: tuple[str, ...]  # what is put aside for her (sage)
    do_not_say: tuple[str, ...]  # today's actions that would be wrong, with why
    year: tuple[YearMark, ...]
    other_keys: tuple[str, ...] = ()  # further numbers of hers, where two customers turned out to be one
    joined: tuple[tuple[str, str], ...] = ()  # which two numbers of hers somebody joined: these can be taken apart
    household: tuple[tuple[str, str], ...] = ()  # those who live with her: number and name
    shares: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # what others use too, in words, and who they are


@dataclass(frozen=True)
class HerLine:
    """One thing that was said or noted of her, as her own page says it. `can_correct`: she may put another word in its place."""

    number: int
    sentence: str
    how: str
    quote: str
    counts: bool
    about: str
    feeling: int
    can_correct: bool


@dataclass(frozen=True)
class HerHabit:
    """One thing that she buys, as we infer it; `about` names it for a word of hers, as “type:MEAT/VEAL”."""

    about: str
    thing: str
    often: str


@dataclass(frozen=True)
class HerWord:
    """One word of ours to her: what, when, by which way, and why; `number` names it, 0 for what is decided today. Units: `day` is a local day number.

    One about no thing has no thing that she could refuse: she takes back the leave by which it came (`leave`), where it was not about an order of hers.
    """

    number: int
    headline: str
    thing: str
    day: int
    way: str
    why: str
    is_answered: bool
    leave: HerLeave | None = None


@dataclass(frozen=True)
class HerWait:
    """One conversation that is open; her own words where she wrote them here. Units: `day` is a local day number."""

    number: int
    day: int
    is_complaint: bool
    words: str


@dataclass(frozen=True)
class HerLeave:
    """One leave: a purpose by a way, and what she said of it; none where she has not spoken.

    `basis` is the key of what the law says in place of her yes (as in `Basis`); empty where it says nothing.
    """

    purpose: str
    channel: str
    title: str
    is_granted: bool | None
    basis: str = ""


@dataclass(frozen=True)
class HerPage:
    """All that her own page shows.

    Units: `paused_until` and `today` are local day numbers, 0 where there is no pause; `pace` is −1 less often, 0 as everybody, 1 more often.
    """

    name: str
    today: int
    lines: tuple[HerLine, ...]
    habits: tuple[HerHabit, ...]
    decided: str
    word: HerWord | None
    words: tuple[HerWord, ...]
    waits: tuple[HerWait, ...]
    pace: int
    paused_until: int
    silences: tuple[tuple[int, str], ...]  # the hours at which she wants silence: number of the word, and the hours
    ways: tuple[tuple[str, str, bool], ...]  # its key, in words, and whether she refuses it
    leaves: tuple[tuple[str, tuple[HerLeave, ...]], ...]  # purpose by purpose
    kept: tuple[HerLeave, ...]
    birthday: tuple[int, int]  # month and day, zeros where unknown
