"""The one place where the console reaches the house: each question and each order answered by `habitue.app`.

Everything above this module speaks to a `Desk`, so that a page can be tried on states that real data seldom shows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from habitue import app
from habitue.app.comparing import Comparison, PairLine, compared, pairs_to_look_at
from habitue.app.house import CONTROL_FROM_CUSTOMERS
from habitue.app.merging import Pairing
from habitue.app.model import Card, DayPlan, Decision, PersonLine, TouchLine
from habitue.app.remembering import Statement
from habitue.app.stating import Note
from habitue.events.arrivals import DeadLetter, count_dead_letters, dead_letters, replay, replay_all, write_keys
from habitue.store.settings import Settings
from habitue.words.errors import Unknown
from habitue.words.reasons import Reason

PAIR_ANSWERS: dict[str, Callable[[Pairing], None]] = {
    "same": Pairing.merge,
    "household": Pairing.say_household,
    "apart": Pairing.say_apart,
    "part": Pairing.part_household,
    "unmerge": Pairing.unmerge,
}
"""What somebody may say of two customers."""


class Desk(Protocol):
    """What a page may ask. Days are day numbers; unknown customers and days outside the data raise errors of the family."""

    @property
    def settings(self) -> Settings: ...

    def today(self) -> int: ...

    def is_well(self) -> bool: ...

    def is_known_day(self, on: int) -> bool: ...

    def plan(self, on: int) -> DayPlan: ...

    def has_control_group(self, plan: DayPlan) -> bool: ...

    def touches(self, on: int, language: str, limit: int, offset: int, kind: str | None) -> list[TouchLine]: ...

    def people(self, on: int, reason: Reason, language: str, limit: int, offset: int) -> list[PersonLine]: ...

    def search(self, text: str, on: int, language: str, limit: int) -> list[PersonLine]: ...

    def decision(self, key: str, on: int, language: str) -> Decision: ...

    def card(self, key: str, on: int, language: str) -> Card: ...

    def reason_title(self, reason: Reason, language: str) -> str: ...

    def count_letters(self) -> int: ...

    def letters(self, limit: int, offset: int) -> list[DeadLetter]: ...

    def sources(self) -> dict[str, str]: ...

    def sort_again(self, numbers: list[int] | None) -> int: ...

    def pairs(self, language: str, limit: int, offset: int) -> tuple[int, list[PairLine]]: ...

    def comparison(self, one: str, other: str, language: str) -> Comparison: ...

    def say_of_pair(self, one: str, other: str, word: str) -> None: ...

    def statements(self, key: str, on: int, language: str) -> list[Statement]: ...

    def note(self, key: str, noted: Note) -> int: ...

    def withdraw(self, key: str, number: int) -> None: ...

    def correct(self, key: str, number: int, noted: Note) -> int: ...


class HouseDesk:
    """The desk of an open house."""

    def __init__(self, house: app.House) -> None:
        self._house = house

    @property
    def settings(self) -> Settings:
        return self._house.settings

    def today(self) -> int:
        """The local day on which the clock stands."""
        return self._house.today

    def is_well(self) -> bool:
        """Whether the truth answers."""
        return self._house.truth.run("SELECT 1") == [(1,)]

    def is_known_day(self, on: int) -> bool:
        """Whether the house can say anything as of that day."""
        try:
            self._house.when(on)
        except Unknown:
            return False
        return True

    def plan(self, on: int) -> DayPlan:
        return app.plan_day(self._house, on)

    def has_control_group(self, plan: DayPlan) -> bool:
        """Whether there are customers enough to hold some out and prove anything by it."""
        return plan.customers >= CONTROL_FROM_CUSTOMERS

    def touches(self, on: int, language: str, limit: int, offset: int, kind: str | None) -> list[TouchLine]:
        return app.touches_of(self._house, on, language, limit=limit, offset=offset, kind=kind)

    def people(self, on: int, reason: Reason, language: str, limit: int, offset: int) -> list[PersonLine]:
        return app.people_by_reason(self._house, on, reason, language, limit, offset)

    def search(self, text: str, on: int, language: str, limit: int) -> list[PersonLine]:
        return app.search_people(self._house, text, on, language, limit)

    def decision(self, key: str, on: int, language: str) -> Decision:
        return app.decide_for(self._house, key, on, language)

    def card(self, key: str, on: int, language: str) -> Card:
        return app.card_of(self._house, key, on, language)

    def reason_title(self, reason: Reason, language: str) -> str:
        return app.reason_title(reason, language)

    def count_letters(self) -> int:
        """How many messages wait that could not be sorted."""
        return count_dead_letters(self._house.truth)

    def letters(self, limit: int, offset: int) -> list[DeadLetter]:
        return dead_letters(self._house.truth, limit, offset)

    def sources(self) -> dict[str, str]:
        """The name of each source, by its key."""
        return {key: source.source for key, source in write_keys(self._house.truth).items()}

    def sort_again(self, numbers: list[int] | None) -> int:
        """Puts these back among what came in (none: all of them); says how many."""
        if numbers is None:
            return replay_all(self._house.truth)
        with self._house.truth.transaction():
            return replay(self._house.truth, numbers)

    def pairs(self, language: str, limit: int, offset: int) -> tuple[int, list[PairLine]]:
        """How many there are, and a stretch of them."""
        return pairs_to_look_at(self._house, language, limit, offset)

    def comparison(self, one: str, other: str, language: str) -> Comparison:
        return compared(self._house, one, other, language)

    def say_of_pair(self, one: str, other: str, word: str) -> None:
        house = self._house
        with house.truth.transaction():
            house.truth.next_seq(0)  # waits for whoever is writing
            PAIR_ANSWERS[word](Pairing(house.truth, house.settings, one, other, house.clock.instant()))

    def statements(self, key: str, on: int, language: str) -> list[Statement]:
        """What she told us, as of a day."""
        return app.statements_of(self._house, key, on, language)

    def note(self, key: str, noted: Note) -> int:
        return app.note(self._house, key, noted)

    def withdraw(self, key: str, number: int) -> None:
        app.withdraw(self._house, key, number)

    def correct(self, key: str, number: int, noted: Note) -> int:
        return app.correct(self._house, key, number, noted)
