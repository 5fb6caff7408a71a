"""What is kept for how long: rules by kind of data, what goes when, and the daily round that lets it go.

Nothing goes by itself before a person has read what would go and has said so (`let_run`); from then on, once a day.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from importlib.resources import files
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec

from habitue.app.house import House, open_house
from habitue.app.retention_kinds import KINDS, quiet_customers
from habitue.app.rounds import rounds
from habitue.store import Settings, sql_text
from habitue.store.log import note
from habitue.words.errors import SettingsError

FILE = "retention.toml"
DAY_SECONDS = 86_400
SOON_DAYS = 30
LOOK_EVERY_SECONDS, MOST_SECONDS = 600.0, 6 * 3600.0
log = logging.getLogger("habitue.keeping")


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    days: int
    source: dict[str, str]
    en: dict[str, str]
    fr: dict[str, str]


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a house says itself: for how many days it keeps a kind, and whether the daily round lets go what is due."""

    is_running: bool = False
    days: dict[str, int] = {}


@dataclass(frozen=True)
class Keeping:
    """One kind of data: for how long it is kept, why, and what goes when. Units: `first_at` is in UTC seconds, of the oldest that is still here."""

    kind: str
    what: str
    why: str
    source: str
    days: int
    due: int
    due_soon: int
    first_at: int | None

    @property
    def goes_at(self) -> int | None:
        """When the oldest of it goes, unless it has gone before. Units: UTC seconds."""
        return None if self.first_at is None else self.first_at + self.days * DAY_SECONDS


def keepings(house: House, language: str = "en") -> list[Keeping]:
    """Each rule, with what is due now and what will be within thirty days. Nothing is changed.

    Raises: SettingsError where the house's own file is wrong.
    """
    now, found = house.clock.instant(), []
    for kind, (days, rule) in _rules(house.settings.data).items():
        before = now - days * DAY_SECONDS
        words = rule.fr if language == "fr" else rule.en
        due, first_at = KINDS[kind].due(house, before)
        due_soon, later_at = KINDS[kind].due(house, before + SOON_DAYS * DAY_SECONDS)
        first = first_at if first_at is not None else later_at
        found.append(Keeping(kind, words["what"], words["why"], rule.source.get(language, rule.source["en"]), days, due, due_soon - due, first))
    return found


def let_go(house: House) -> dict[str, int]:
    """Lets everything go that is due; gives how many of each kind. A run that is ended goes on with the next; a kind that fails keeps no other from going.

    Raises: SettingsError where the house's own file is wrong; after all kinds, what the first that failed raised: Busy where somebody else writes for too
    long, StoreError where the disk says no.
    """
    now, gone, failed = house.clock.instant(), dict[str, int](), list[Exception]()
    for kind, (days, _) in _rules(house.settings.data).items():
        try:
            gone[kind] = KINDS[kind].let_go(house, now - days * DAY_SECONDS)
        except Exception as wrong:  # noqa: BLE001 - raised below, when the others have gone
            log.error("what is due of %s stays for now: %s", kind, type(wrong).__name__)
            failed.append(wrong)
    note(house.settings.data, "retention", house.clock, **gone)
    if failed:
        raise failed[0]
    return gone


def who_goes(house: House, how_many: int) -> list[tuple[int, int]]:
    """The first customers who are due, or will be within thirty days: each with the instant (UTC seconds) from which she is."""
    days, _ = _rules(house.settings.data)["quiet_customers"]
    soon = house.clock.instant() - (days - SOON_DAYS) * DAY_SECONDS
    first = nsmallest(how_many, quiet_customers(house.truth, soon), key=itemgetter(1))
    return [(customer, signed_at + days * DAY_SECONDS) for customer, signed_at in first]


def choice_of(data: Path) -> Choice:
    """What the house says itself.

    Raises: SettingsError where its file cannot be read, or names a kind or a number of days that cannot be.
    """
    file = data / FILE
    try:
        chosen = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Choice) if file.exists() else Choice()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as wrong:
        raise SettingsError(f"{file} cannot be read: {wrong}.") from wrong
    for kind, days in chosen.days.items():
        if kind not in _shipped():
            raise SettingsError(f"{file}: “{kind}” is none of {', '.join(_shipped())}.")
        if not 1 <= days <= 36_500:
            raise SettingsError(f"{file}: {kind} is kept for {days} days; use 1 to 36500.")
    return chosen


def let_run(data: Path, is_running: bool) -> None:
    """Keeps whether the daily round lets go what is due; the days stay as they are."""
    chosen = choice_of(data)
    lines = [f"is_running = {str(is_running).lower()}", "", "[days]", *(f"{kind} = {days}" for kind, days in chosen.days.items())]
    fresh = data / (FILE + ".new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(data / FILE)


@contextmanager
def kept_in_bounds(settings: Settings) -> Iterator[None]:
    """While this lasts, what is due goes once a day, where somebody has said so."""
    with rounds("keeping", LOOK_EVERY_SECONDS, lambda: daily_round(settings), MOST_SECONDS):
        yield


def daily_round(settings: Settings) -> dict[str, int]:
    """Lets go what is due, where somebody has said so and it was not done today; gives how many of each kind.

    What fails is not done: the next round tries again. Raises: as `let_go`.
    """
    if not choice_of(settings.data).is_running:
        return {}
    with open_house(settings) as house:
        today = house.today
        if any(done >= today for (done,) in house.truth.run(sql_text("app", "retained_on"))):
            return {}
        gone = let_go(house)
        with house.truth.transaction():
            house.truth.run(sql_text("app", "set_retained_on"), (today,))
        return gone


def _rules(data: Path) -> dict[str, tuple[int, _Rule]]:
    chosen = choice_of(data).days
    return {kind: (chosen.get(kind, rule.days), rule) for kind, rule in _shipped().items()}


@cache
def _shipped() -> Mapping[str, _Rule]:
    text = (files("habitue.app") / "retention.toml").read_text(encoding="utf-8")
    rules: Any = msgspec.convert(tomllib.loads(text), dict[str, _Rule])
    return {kind: rules[kind] for kind in KINDS}
