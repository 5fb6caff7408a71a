"""Who looked at a customer's card, written down and shown: to the shop, and to her."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from habitue.app.card_words import Words
from habitue.app.house import House
from habitue.app.names import bare_number, customer_of, holders_of
from habitue.events.lookup import look_up
from habitue.identity.looks import EVERYBODY, Look, looks_at, write_looks
from habitue.identity.records import who_is
from habitue.store import Settings, Truth, open_truth
from habitue.words.asking import ASKING
from habitue.words.clock import local_day_and_hour

WAIT_SECONDS = 1.0
MOST_WAITING = 100_000
LAST_TRIES = 3
log = logging.getLogger("habitue.looks")
WHAT: dict[str, tuple[str, str]] = {
    "card": ("her card", "sa fiche"),
    "why": ("what we would say to her", "ce que nous lui dirions"),
    "leave": ("what she allows", "ce qu’elle permet"),
    "pair": ("her card beside another", "sa fiche à côté d’une autre"),
    "list": ("her name in a list", "son nom dans une liste"),
    "asks": ("what she asks by law", "ce qu’elle demande au nom de la loi"),
    "inbox": ("what she wrote to us", "ce qu’elle nous a écrit"),
    "link": ("a new link to her page", "un nouveau lien vers sa page"),
    "data": ("all her data, taken out", "toutes ses données, sorties"),
    "everybody": ("everybody at once, taken out", "tout le monde à la fois, sorti"),
}
WHAT_OF_YOURS: dict[str, tuple[str, str]] = {
    "card": ("your card", "votre fiche"),
    "why": ("what we would say to you", "ce que nous vous dirions"),
    "leave": ("what you allow", "ce que vous permettez"),
    "pair": ("your card beside another", "votre fiche à côté d’une autre"),
    "list": ("your name in a list", "votre nom dans une liste"),
    "asks": ("what you ask by law", "ce que vous demandez au nom de la loi"),
    "inbox": ("what you wrote to us", "ce que vous nous avez écrit"),
    "link": ("a new link to your page", "un nouveau lien vers votre page"),
    "data": ("all your data, taken out", "toutes vos données, sorties"),
    "everybody": ("everybody at once, taken out", "tout le monde à la fois, sorti"),
}
DOORS: dict[str, tuple[str, str]] = {
    "console": ("at the console", "à la console"),
    "api": ("a program, through the console", "un programme, par la console"),
    "cli": ("on the machine itself", "sur la machine elle-même"),
}
SOMEBODY = ("Somebody who gave no name", "Quelqu’un qui n’a pas dit son nom")


@dataclass(frozen=True)
class LookLine:
    """One look as people read it. Units: `at` in UTC seconds."""

    at: int
    who: str
    door: str
    what: str
    sentence: str


class LookBook:
    """Writes looks down beside the pages, many at a time, so that no page waits for the disk or for whoever is writing; a context manager.

    Costs: a page pays an append to a list. What was looked at in the last second before a power cut is lost.
    """

    def __init__(self, settings: Settings) -> None:
        self._truth = open_truth(settings)
        self._turn = threading.Lock()
        self._waiting: list[Look] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="looks", daemon=True)

    def __enter__(self) -> LookBook:
        self._thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._ended.set()
        self._thread.join()
        self._truth.close()

    def put(self, looks: Iterable[Look]) -> None:
        """Takes looks; they are on disk within a second or two."""
        with self._turn:
            self._waiting += looks
            if len(self._waiting) > MOST_WAITING:
                log.error("looks cannot be written down: %d were lost", len(self._waiting) - MOST_WAITING)
                del self._waiting[:-MOST_WAITING]

    def _work(self) -> None:
        while not self._ended.wait(WAIT_SECONDS):
            self._write()
        if not any(self._write() for _ in range(LAST_TRIES)):
            log.error("looks could not be written down: %d were lost", len(self._waiting))

    def _write(self) -> bool:
        """Whether nothing waits any more of what waited."""
        with self._turn:
            taken, self._waiting = self._waiting, []
        if not taken:
            return True
        try:
            with self._truth.transaction():
                write_looks(self._truth, taken)
        except Exception as wrong:  # noqa: BLE001 - the one thread that writes looks goes on, whatever it was
            log.warning("looks wait to be written down: %s", type(wrong).__name__)
            with self._turn:
                taken += self._waiting
                self._waiting = []
            self.put(taken)
            return False
        return True


def looked(house: House, what: str, customers: Iterable[int], book: LookBook | None = None) -> None:
    """Writes down that whoever asks sees these customers; nothing where nobody of the shop does. Without a book, at once."""
    asking, now = ASKING.get(), house.clock.instant()
    if not asking.door:
        return
    looks = [Look(customer, now, asking.who, asking.door, what) for customer in dict.fromkeys(customers)]
    if book:
        book.put(looks)
    elif looks:
        with house.truth.transaction():
            write_looks(house.truth, looks)


def looked_at_keys(house: House, what: str, keys: Sequence[str], book: LookBook | None = None) -> None:
    """The same for customers by what they are called: their numbers, or a single address."""
    found = who_is(house.truth, "customer", [bare_number(key) for key in keys])
    called = [who.customer_id for who in found.values()]
    looked(house, what, called or [customer for key in keys for customer in holders_of(house, key).customers], book)


def looked_at_everybody(truth: Truth, now: int) -> None:
    """Writes down that whoever asks took the list of all customers."""
    asking = ASKING.get()
    with truth.transaction():
        write_looks(truth, [Look(EVERYBODY, now, asking.who, asking.door, "everybody")] if asking.door else [])


def her_looks(house: House, customer_key: str, language: str = "en", is_to_her: bool = False) -> list[LookLine]:
    """Who looked at a customer, the newest first, said to the shop or to her. Raises: Unknown where nobody has that key."""
    customer = customer_of(house, customer_key)
    profiles = [profile for profile, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer])]
    words = WHAT_OF_YOURS if is_to_her else WHAT
    return [LookLine(look.at, look.who, look.door, look.what, _sentence(house, look, words, language)) for look in looks_at(house.truth, profiles)]


def _sentence(house: House, look: Look, things: dict[str, tuple[str, str]], language: str) -> str:
    place, words = int(language == "fr"), Words(language)
    day, hour = local_day_and_hour(look.at, house.settings.zone)
    who, door, what = look.who or SOMEBODY[place], DOORS[look.door][place], things[look.what][place]
    return f"{who} ({door}){words.colon}{what}, " + (f"le {words.date(day)}, vers {hour} h." if place else f"on {words.date(day)}, about {hour}:00.")
