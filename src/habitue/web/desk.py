"""The one place where the console reaches the house: each question and each order answered by `habitue.app`.

Everything above this module speaks to a `Desk`, so that a page can be tried on states that real data seldom shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from habitue import app
from habitue.app.comparing import Comparison, PairLine, compared, pairs_to_look_at
from habitue.app.her.awaiting import waits_of
from habitue.app.house import CONTROL_FROM_CUSTOMERS
from habitue.app.inbox.receiving import Received, receive
from habitue.app.leaving import LeaveLine, Said, leaves_of, rules_for, say_leave, without_yes
from habitue.app.looking import LookBook, LookLine, her_looks, looked, looked_at_keys
from habitue.app.merging import Pairing
from habitue.app.model import Card, DayPlan, Decision, HerWait, PersonLine, TouchLine
from habitue.app.names import customer_of, people, voice_of
from habitue.app.post.relay_returns import Tally, take_returns
from habitue.app.post.ways_out import WayOut, step_out
from habitue.app.remembering import Statement
from habitue.app.stating import Note
from habitue.consent.countries import Rule
from habitue.consent.model import Notice
from habitue.consent.notices import Notices, notice_named
from habitue.decide.pronouns import Voice
from habitue.events.arrivals import DeadLetter, count_dead_letters, dead_letters, replay, replay_all, write_keys
from habitue.store.settings import Settings
from habitue.web.case_desk import CaseDesk, HouseCases
from habitue.web.door_desk import Door
from habitue.web.inbox_desk import HouseInbox, InboxDesk
from habitue.web.keeping import Keeper
from habitue.web.letters_desk import HouseLetters, LettersDesk
from habitue.words.errors import Unknown
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Purpose

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

    def name(self, key: str) -> str: ...

    def voice(self, key: str, language: str) -> Voice: ...

    def leaves(self, key: str, language: str) -> list[LeaveLine]: ...

    def rules_for(self, key: str) -> tuple[list[Rule], list[Rule]]: ...

    def without_yes(self, key: str) -> frozenset[tuple[str, str]]: ...

    def waits(self, key: str) -> list[HerWait]: ...

    def say_leave(self, key: str, said: Said) -> int: ...

    def step_out(self, secret: str, way_out: WayOut) -> None: ...

    def may_hand_over_mail(self, key: str) -> bool: ...

    def receive_mail(self, raw: bytes, came_to: str = "") -> Received: ...

    def take_returns(self, relay: str, raw: bytes) -> Tally: ...

    def notices(self) -> Notices: ...

    def notice(self, name: str) -> Notice: ...

    def looks(self, key: str, language: str) -> list[LookLine]: ...

    @property
    def cases(self) -> CaseDesk: ...

    @property
    def letters_of_book(self) -> LettersDesk: ...

    @property
    def inbox(self) -> InboxDesk: ...

    @property
    def door(self) -> Door: ...

    @property
    def keeper(self) -> Keeper: ...


class HouseDesk:
    """The desk of an open house."""

    def __init__(self, house: app.House, looks: LookBook | None = None) -> None:
        self._house = house
        self._looks = looks

    def _seen(self, what: str, customers: Iterable[int]) -> None:
        """Whoever asks sees these: it is written down."""
        looked(self._house, what, customers, self._looks)

    @property
    def house(self) -> app.House:
        """The house itself, for her own page."""
        return self._house

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
        found = app.touches_of(self._house, on, language, limit=limit, offset=offset, kind=kind)
        self._seen("list", [line.customer_id for line in found])
        return found

    def people(self, on: int, reason: Reason, language: str, limit: int, offset: int) -> list[PersonLine]:
        found = app.people_by_reason(self._house, on, reason, language, limit, offset)
        self._seen("list", [line.customer_id for line in found])
        return found

    def search(self, text: str, on: int, language: str, limit: int) -> list[PersonLine]:
        found = app.search_people(self._house, text, on, language, limit)
        self._seen("list", [line.customer_id for line in found])
        return found

    def decision(self, key: str, on: int, language: str) -> Decision:
        made = app.decide_for(self._house, key, on, language)
        self._seen("why", [made.customer_id])
        return made

    def card(self, key: str, on: int, language: str) -> Card:
        shown = app.card_of(self._house, key, on, language)
        self._seen("card", [shown.customer_id])
        return shown

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
        count, found = pairs_to_look_at(self._house, language, limit, offset)
        if found:
            looked_at_keys(self._house, "list", [key for line in found for key in (line.one_key, line.other_key)], self._looks)
        return count, found

    def comparison(self, one: str, other: str, language: str) -> Comparison:
        found = compared(self._house, one, other, language)
        looked_at_keys(self._house, "pair", [one, other], self._looks)
        return found

    def say_of_pair(self, one: str, other: str, word: str) -> None:
        house = self._house
        with house.truth.transaction():
            house.truth.next_seq(0)  # waits for whoever is writing
            PAIR_ANSWERS[word](Pairing(house.truth, house.settings, one, other, house.clock.instant()))

    def statements(self, key: str, on: int, language: str) -> list[Statement]:
        """What she told us, as of a day."""
        found = app.statements_of(self._house, key, on, language)
        looked_at_keys(self._house, "card", [key], self._looks)
        return found

    def note(self, key: str, noted: Note) -> int:
        return app.note(self._house, key, noted)

    def withdraw(self, key: str, number: int) -> None:
        app.withdraw(self._house, key, number)

    def correct(self, key: str, number: int, noted: Note) -> int:
        return app.correct(self._house, key, number, noted)

    def name(self, key: str) -> str:
        """What a customer is called."""
        customer = customer_of(self._house, key)
        return people(self._house, [customer])[customer][1]

    def voice(self, key: str, language: str) -> Voice:
        """How a sentence of ours is said about a customer; about nobody that we know, as it stands."""
        return voice_of(self._house, customer_of(self._house, key), language) if key else str

    def leaves(self, key: str, language: str) -> list[LeaveLine]:
        """What she allows at this moment."""
        found = leaves_of(self._house, key, language)
        looked_at_keys(self._house, "leave", [key], self._looks)
        return found

    def rules_for(self, key: str) -> tuple[list[Rule], list[Rule]]:
        """By which rules she is written to today, and for how long."""
        return rules_for(self._house, key)

    def without_yes(self, key: str) -> frozenset[tuple[str, str]]:
        """For what, and by which way, the law asks no yes of hers, until she says no."""
        free = without_yes(self._house, customer_of(self._house, key))
        return frozenset((Purpose(purpose).name.lower(), Channel(channel).name.lower()) for purpose, channel in free)

    def looks(self, key: str, language: str) -> list[LookLine]:
        """Who looked at her."""
        return her_looks(self._house, key, language)

    def waits(self, key: str) -> list[HerWait]:
        """The conversations with a customer that are open at this moment."""
        return waits_of(self._house, key)

    def say_leave(self, key: str, said: Said) -> int:
        return say_leave(self._house, key, said)

    def step_out(self, secret: str, way_out: WayOut) -> None:
        step_out(self._house, secret, way_out)

    def may_hand_over_mail(self, key: str) -> bool:
        """Whether that is the write key of a server; a browser's stands in every page of the shop."""
        source = write_keys(self._house.truth).get(key)
        return source is not None and source.is_server

    def receive_mail(self, raw: bytes, came_to: str = "") -> Received:
        return receive(self._house, raw, came_to)

    def take_returns(self, relay: str, raw: bytes) -> Tally:
        return take_returns(self._house, relay, raw)

    def notices(self) -> Notices:
        """What she is shown today when she is asked."""
        return self._house.notices

    def notice(self, name: str) -> Notice:
        return notice_named(self._house.truth, name)

    @property
    def cases(self) -> CaseDesk:
        """Where requests of the law are answered."""
        return HouseCases(self._house, self._looks)

    @property
    def inbox(self) -> InboxDesk:
        """Where customers who wrote are answered."""
        return HouseInbox(self._house, self._looks)

    @property
    def letters_of_book(self) -> LettersDesk:
        """Where the letters of the book are looked at."""
        return HouseLetters(self._house, self._looks)

    @property
    def door(self) -> Door:
        """What strangers may ask."""
        return Door(self._house)

    @property
    def keeper(self) -> Keeper:
        """What is kept for how long."""
        return Keeper(self._house)
