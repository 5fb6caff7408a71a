"""What the book of actions says, once it has been read: plain frozen values, no file and no store.

Units: money in thousandths of a cent (millicents), chances and factors in permille, days as day numbers (words.clock), hours 0 to 23,
weekdays 1 (Monday) to 7. The integers of the enumerations are part of the relations that judgement reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum, StrEnum

from habitue.words.errors import BookError
from habitue.words.vocabulary import Channel, Kind, Purpose

ALWAYS_FROM = 0
ALWAYS_UNTIL = 2_932_896  # 9999-12-31
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
LANGUAGES = ("en", "fr")
DEFAULT_CHANNEL_COSTS_MILLICENTS = {"email": 100, "sms": 7_000, "post": 130_000, "shop": 0, "phone": 250_000, "site": 0}


class Basis(IntEnum):
    """By what an action comes to a thing, if it is about one."""

    CUSTOMER = 1
    HABIT = 2
    BECAUSE = 3
    NEAR = 4
    RETURNED = 5


class UseBasis(IntEnum):
    """How likely the word is of use to her: a fixed number, the chance that she buys the thing now, or how much she loves it."""

    FIXED = 1
    CHANCE = 2
    LOVE = 3


class Gives(StrEnum):
    """What the word gives her."""

    NOTHING = "nothing"
    RECIPE = "recipe"
    ADVICE = "advice"
    MONEY = "money"
    THING = "thing"
    WELCOME = "welcome"
    REMINDER = "reminder"


class Asks(StrEnum):
    """What the word asks of her."""

    NOTHING = "nothing"
    PURCHASE = "purchase"
    ANSWER = "answer"
    VISIT = "visit"
    TIME = "time"


class Mode(StrEnum):
    """Whether the action runs by itself, by itself with samples a day to look at, or waits for a person."""

    ITSELF = "itself"
    SAMPLES = "samples"
    WAITS = "waits"


def word_of(member: Enum) -> str:
    """The word that the book's files use for a value: `Kind.SET_ASIDE` is "set-aside"."""
    return member.name.lower().replace("_", "-")


@dataclass(frozen=True)
class Things:
    """What an action is about, as the union of catalogue keys; `any` stands for every thing in the catalogue."""

    products: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    any: bool = False

    def is_empty(self) -> bool:
        return not (self.any or self.products or self.types or self.categories or self.departments)


@dataclass(frozen=True)
class When:
    """When an action may be said; both ends of its validity belong to it."""

    hour: int = 10
    weekdays: tuple[int, ...] = EVERY_DAY
    from_day: int = ALWAYS_FROM
    until_day: int = ALWAYS_UNTIL


@dataclass(frozen=True)
class After:
    """The action that must have been said first, and how many days ago at least."""

    action: str
    days: int


@dataclass(frozen=True)
class Budget:
    """The most touches of one action, over all customers, in so many days."""

    most: int
    days: int


@dataclass(frozen=True)
class Action:
    """One thing that the shop could say or do."""

    key: str
    kind: Kind
    purpose: Purpose
    title: Mapping[str, str]
    say: Mapping[str, str]
    channels: tuple[Channel, ...]
    basis: Basis
    gives: Gives
    asks: Asks
    relation_millicents: int
    use_basis: UseBasis
    use_permille: int = 0  # only where the basis of use is fixed
    cost_millicents: int = 0
    factor_permille: int = 0  # 0: by kind
    when: When = When()
    about: Things = Things()
    because: Things = Things()
    because_days: int = 0
    whom: str = "true"
    repeat_days: int = 28
    after: After | None = None
    budget: Budget | None = None
    mode: Mode = Mode.ITSELF
    priority: int = 5
    letter: str = ""  # the name of the letter that it leaves as by e-mail


@dataclass(frozen=True)
class Shop:
    """What the judgement must know of the shop: what it earns, what a word costs, and how much of one it allows itself."""

    margins_permille: Mapping[str, int] = field(default_factory=dict)  # by department key
    default_margin_permille: int = 250
    channel_costs_millicents: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_CHANNEL_COSTS_MILLICENTS))  # by the channel's word
    attention_millicents: int = 4_000
    floor_use_permille: int = 150
    week_cap: int = 2
    month_cap: int = 5
    quiet_from: int = 21
    quiet_until: int = 8

    def cost_of(self, channel: Channel) -> int:
        """What one word costs by a channel, in millicents."""
        return self.channel_costs_millicents[word_of(channel)]

    def is_quiet_at(self, hour: int) -> bool:
        """True where nothing may be sent at that hour; equal ends mean that no hour is quiet."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


@dataclass(frozen=True)
class Book:
    """All actions in their order, and the shop; `hash` names this content, whatever its comments and layout."""

    actions: tuple[Action, ...]
    shop: Shop
    hash: str

    def rank(self, key: str) -> int:
        """The place of an action in the book, from 0.

        Raises: KeyError where the book has no such action.
        """
        for rank, action in enumerate(self.actions):
            if action.key == key:
                return rank
        raise KeyError(key)


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to say about a book: a mistake (the book cannot be used) or a warning (it can, and perhaps should not)."""

    file: str
    line: int
    is_mistake: bool
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {'mistake' if self.is_mistake else 'warning'}: {self.what}"


class BookErrors(BookError):
    """Every mistake found in a book at once, in the order of files and lines."""

    def __init__(self, mistakes: tuple[BookError, ...]) -> None:
        first = mistakes[0]
        super().__init__(first.file, first.line, first.what)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(BookError.__str__(mistake) for mistake in self.mistakes)
