"""Invents what the demo's people said and asked in the shop: likes and dislikes, pauses, conversations, and what ran out.

Everything follows from hashes and from what each household bought before the day on which it is said to have spoken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from habitue.words.clock import day_number, instant_of
from habitue.words.keys import positive_number
from habitue.words.vocabulary import Thread
from habitue.workshop.cast import CAST, LIVER, MARTIN, PAUL
from habitue.workshop.grocer import ZONE
from habitue.workshop.invented import permille

OPENS, ANSWERED, CLOSED = "opened", "answered", "closed"


@dataclass(frozen=True)
class Taste:
    """One thing that she said she likes (+1) or dislikes (−1). Units: `at` in UTC seconds, here and below."""

    household: str
    at: int
    type_key: str
    feeling: int
    said_where: str


@dataclass(frozen=True)
class Pause:
    """She asked to be left in peace up to and including a day."""

    household: str
    at: int
    until: date


@dataclass(frozen=True)
class Turn:
    """One turn of a conversation: opened by her, answered by us, closed."""

    household: str
    at: int
    thread: str
    kind: Thread
    what: str


@dataclass(frozen=True)
class Count:
    """So many units of a type on the shelf."""

    at: int
    type_key: str
    units: int


def _at(on: date, hour: int) -> int:
    return instant_of(day_number(on), hour, ZONE)


DISLIKED = (
    *LIVER, "MISCELLANEOUS/SAUERKRAUT", "OLIVES/RIPE OLIVES", "MILK BY-PRODUCTS/COTTAGE CHEESE", "SEAFOOD - SHELF STABLE/TUNA",
    "VEGETABLES - SHELF STABLE/BEETS", "MUSHROOMS/MUSHROOMS W/WHOLE PKG", "BROCCOLI/CAULIFLOWER/BROCCOLI WHOLE&CROWNS", "VEGETABLES - ALL OTHERS/CELERY",
    "TROPICAL FRUIT/AVOCADO", "BREAD/BREAD:SAVORY/SPECIALTY", "VEGETABLES - SHELF STABLE/SPINACH & GREENS", "CITRUS/GRAPEFRUIT",
)  # fmt: skip
"""What people here say they cannot stand."""
SAID_AT = ("at the counter", "at the till", "on the telephone", "on her own page")
TASTES_FROM = day_number(date(2017, 9, 1))
LIKES, DISLIKES, PAUSES = 110, 90, 12
"""Of a thousand households, how many told us a liking, a dislike, and asked for a pause."""


def tastes(bought: Mapping[str, Sequence[str]]) -> Iterator[Taste]:
    """Likings of what she buys most, dislikes of what she never bought; `bought` holds each household's types, the most bought first, to 31 August."""
    march = _at(date(2017, 3, 14), 11)
    yield from (Taste(MARTIN.household, march, key, -1, "at the counter") for key in LIVER)
    yield Taste(MARTIN.household, march, "BEEF/CHOICE BEEF", 1, "at the counter")
    yield Taste(MARTIN.household, _at(date(2017, 5, 9), 10), "BREAD/BREAD:SAVORY/SPECIALTY", 1, "at the till")
    for household, types in bought.items():
        if household in CAST:
            continue
        at = instant_of(TASTES_FROM + positive_number("demo", "said", household) % 60, 11, ZONE)
        where = SAID_AT[positive_number("demo", "where", household) % len(SAID_AT)]
        if types and permille("likes", household) < LIKES:
            yield Taste(household, at, types[0], 1, where)
        never = [key for key in DISLIKED if key not in types]
        if never and permille("dislikes", household) < DISLIKES:
            yield Taste(household, at, never[positive_number("demo", "dislikes what", household) % len(never)], -1, where)


def pauses(households: Sequence[str]) -> Iterator[Pause]:
    """Some ask for four weeks of peace, some day of the autumn."""
    for household in households:
        if household not in CAST and permille("pause", household) < PAUSES:
            asked = TASTES_FROM + 14 + positive_number("demo", "pause on", household) % 90
            yield Pause(household, instant_of(asked, 19, ZONE), date.fromordinal(date(1970, 1, 1).toordinal() + asked + 28))


TALKS_FROM, TALKS_UNTIL = day_number(date(2017, 8, 1)), day_number(date(2017, 12, 30))
QUESTIONS_A_DAY = 3


def conversations(households: Sequence[str]) -> Iterator[Turn]:
    """Three questions a day and a complaint every other day through the autumn; most are answered within hours, some wait for days."""
    yield Turn(PAUL.household, _at(date(2017, 10, 30), 10), "paul-1", Thread.COMPLAINT, OPENS)
    yield Turn(PAUL.household, _at(date(2017, 11, 6), 15), "paul-1", Thread.COMPLAINT, ANSWERED)
    yield Turn(PAUL.household, _at(date(2017, 11, 8), 9), "paul-1", Thread.COMPLAINT, CLOSED)
    others = [household for household in households if household not in CAST]
    for day in range(TALKS_FROM, TALKS_UNTIL):
        for place in range(QUESTIONS_A_DAY + day % 2):
            thread = f"talk-{day}-{place}"
            who = others[positive_number("demo", thread) % len(others)]
            yield from _talk(who, thread, day, Thread.COMPLAINT if place == QUESTIONS_A_DAY else Thread.QUESTION)


def _talk(household: str, thread: str, day: int, kind: Thread) -> Iterator[Turn]:
    """One conversation: seven in ten have their answer within five hours, one in ten waits four days."""
    opened = instant_of(day, 9 + positive_number("demo", "hour", thread) % 11, ZONE)
    luck = permille("answer", thread)
    hours = 1 + luck % 5 if luck < 700 else 20 + luck % 24 if luck < 900 else 90 + luck % 12
    answered = opened + hours * 3600
    yield Turn(household, opened, thread, kind, OPENS)
    yield Turn(household, answered, thread, kind, ANSWERED)
    yield Turn(household, answered + (3600 if kind == Thread.QUESTION else (24 + luck % 150) * 3600), thread, kind, CLOSED)


RAN_OUT = (
    ("BERRIES/STRAWBERRIES", date(2017, 10, 31), date(2017, 11, 6)),
    ("PIES/PIES: PUMPKIN/CUSTARD", date(2017, 11, 1), date(2017, 11, 4)),
    ("SEAFOOD-FRESH/SEAFOOD-FRE-SALMON", date(2017, 11, 1), date(2017, 11, 3)),
    ("DELI MEATS/MEAT: TURKEY BULK", date(2017, 11, 2), date(2017, 11, 3)),
    ("COFFEE/FLAVORED BEAN COFFEE", date(2017, 10, 25), date(2017, 11, 9)),
    ("CITRUS/CLEMENTINES", date(2017, 9, 18), date(2017, 9, 25)),
    ("TURKEY/GROUND TURKEY", date(2017, 11, 20), date(2017, 11, 24)),
    ("BAKING NEEDS/BITS & MORSELS", date(2017, 12, 12), date(2017, 12, 15)),
)
"""Types that ran out, from a morning to the morning on which they were back."""


def counts() -> list[Count]:
    """What the shelf was counted to hold: 120 on the first day, none while it was out, 80 when it was back."""
    first = [Count(_at(date(2017, 1, 1), 5), key, 120) for key, _, _ in RAN_OUT]
    gone = [Count(_at(since, 5), key, 0) for key, since, _ in RAN_OUT]
    back = [Count(_at(until, 5), key, 80) for key, _, until in RAN_OUT]
    return sorted(first + gone + back, key=lambda count: (count.at, count.type_key))
