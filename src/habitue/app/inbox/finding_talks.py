"""Looking for words in all conversations: hers, ours and names, large or small, with accents or without. No index is kept: an index is one more place to erase.

Costs: every message is read, the newest first, until enough is found. Of 100,000 (324 bytes each), a word that nobody wrote takes 2.0 s of one core, a
frequent one 0.06 s.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from habitue.app.house import House
from habitue.app.names import people
from habitue.dialogue.strays import names_of_talks, said_with_strangers
from habitue.events.lookup import look_up
from habitue.events.model import ConversationAnswered, ConversationClosed, ConversationOpened, event_of
from habitue.store import sql_text
from habitue.words.errors import BadInput

MOST_FOUND = 50
AT_A_TIME = 2_000
AROUND = 70
"""Letters shown on either side of what was found."""
NO_WORDS = "Write what you are looking for."
_ACCENTS = re.compile("[\u0300-\u036f]+")
_TWO_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


@dataclass(frozen=True)
class Found:
    """A conversation in which all words were found: the newest message with them, `words` what stands around the first. Units: `at` in UTC seconds.

    Where nobody here knows who it is (`is_stranger`), there is no `customer`, and `number` is one of what was said with strangers.
    """

    number: int
    customer: str
    name: str
    at: int
    is_hers: bool
    words: str
    is_stranger: bool = False


def folded(text: str) -> str:
    """Small letters without accents: “Œuf à l’Été” is “oeuf a l'ete”."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold().translate(_TWO_LETTERS)))


def find_talks(house: House, text: str) -> list[Found]:
    """The conversations, with customers and with strangers, in which each of these words stands, in one message or in her name, the newest first; at most
    `MOST_FOUND`.

    Raises: BadInput without a word.
    """
    words = folded(text).split()
    if not words:
        raise BadInput(NO_WORDS)
    both = [*_with_customers(house, words), *_with_strangers(house, words)]
    return sorted(both, key=lambda each: each.at, reverse=True)[:MOST_FOUND]


def _with_strangers(house: House, words: list[str]) -> list[Found]:
    """The same of what strangers wrote and we answered; a stranger's name is also the address."""
    called = names_of_talks(house.truth)
    missing = {talk: [word for word in words if word not in name] for talk, names in called.items() for name in (folded(" ".join(names)),)}
    found: dict[str, Found] = {}
    for number, talk, at, is_theirs, said in said_with_strangers(house.truth, AT_A_TIME):
        if talk in missing and talk not in found and (around := _words_found(said, missing[talk])) is not None:
            found[talk] = Found(number, "", called[talk][0], at, is_theirs, around, is_stranger=True)
            if len(found) == MOST_FOUND:
                break
    return list(found.values())


def _with_customers(house: House, words: list[str]) -> list[Found]:
    rows = house.truth.run(sql_text("app", "every_conversation"), (house.clock.instant(),))
    called = people(house, sorted({customer for customer, *_ in rows}))
    missing = {customer: [word for word in words if word not in name] for customer, (_, full) in called.items() for name in (folded(full),)}
    found: dict[tuple[int, int], Found] = {}
    for first in range(0, len(rows), AT_A_TIME):
        part = rows[first : first + AT_A_TIME]
        bodies = {seq: body for seq, _, _, _, body in look_up(house.truth, "events", "events_by_seq", [seq for _, _, seq, _ in part])}
        for customer, thread, seq, at in part:
            if (customer, thread) not in found and (body := bodies.get(seq)) and (one := _found(body, missing[customer])) is not None:
                found[customer, thread] = Found(seq, *called[customer], at, *one)
                if len(found) == MOST_FOUND:
                    return list(found.values())
    return list(found.values())


def _found(body: str, words: list[str]) -> tuple[bool, str] | None:
    """Whether she said it, and what stands around; none where a word is missing. The whole body is looked at first: that is quick."""
    plain = folded(body)
    if any(word not in plain for word in words):
        return None
    event = event_of(body)
    if not isinstance(event, ConversationOpened | ConversationAnswered | ConversationClosed):
        return None
    around = _words_found(f"{event.subject if isinstance(event, ConversationOpened) else ''} {event.words}", words)
    return None if around is None else (not isinstance(event, ConversationAnswered), around)


def _words_found(text: str, words: list[str]) -> str | None:
    """What stands around the first of these words in a text; none where one is missing."""
    said = " ".join(text.split())
    plain = folded(said)
    if any(word not in plain for word in words):
        return None
    return _around(said, plain.find(words[0]) if words else 0)


def _around(said: str, at: int) -> str:
    """What stands around a place; folding moves it by some letters at most."""
    start, end = max(0, at - AROUND), at + 2 * AROUND
    return ("…" if start else "") + said[start:end].strip() + ("…" if end < len(said) else "")
