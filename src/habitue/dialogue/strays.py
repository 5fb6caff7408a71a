"""What somebody wrote whom nobody here is known to be, and what we answered: kept until a person says whose it is. Each mail once, by its keyed number.

What comes from one address, or in one chat, is one talk; what was said in it, by them and by us, bears numbers of one sequence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from typing import Any

from habitue.dialogue.attachments import give_attachments
from habitue.events.lookup import look_up, take_numbers
from habitue.identity.rules import normalised
from habitue.store import Truth, sql_text
from habitue.store.schema import drop_where
from habitue.words.vocabulary import Channel, Thread


@dataclass(frozen=True)
class Stray:
    """One such mail, or what somebody wrote in the contact form or a chat; `mail` is its keyed number, `answers` its Message-ID. Units: `at` in UTC seconds.

    `name` and `language` are what the form told; `chat` is the hash of the secret of its chat; `answered` is the number of our answer, 0 while it waits,
    its own where it only thanks and waits for none. `kind` is what it is about, a `Thread`; `person` is who of the shop has the talk in hand, empty for nobody.
    """

    number: int
    talk: str
    mail: str
    at: int
    sender: str
    subject: str
    words: str
    answers: str
    way: int = Channel.EMAIL
    name: str = ""
    language: str = ""
    chat: str = ""
    answered: int = 0
    kind: int = Thread.QUESTION
    person: str = ""


@dataclass(frozen=True)
class OurAnswer:
    """What `who` of the shop answered to that stray and what stood before it, by that letter; with 0, nothing was to be said. Units: `at` in UTC seconds."""

    number: int
    talk: str
    stray: int
    letter_id: int
    at: int
    words: str
    who: str


@dataclass(frozen=True)
class Sent:
    """By which way it came, and what a form told besides; `chat` is the hash of the secret of its chat; `talk` is what it goes on, where known.

    `is_complaint` where it complains; `is_thanks` where it thanks and says nothing else.
    """

    way: Channel = Channel.EMAIL
    name: str = ""
    language: str = ""
    chat: str = ""
    talk: str = ""
    is_complaint: bool = False
    is_thanks: bool = False


def add_stray(truth: Truth, mail: str, at: int, sender: str, subject: str, words: str, answers: str, sent: Sent = Sent()) -> tuple[int, int]:
    """Keeps it, once; gives its number while it waits, and the event that it is by now in somebody's conversation, each 0 for none. Inside a transaction."""
    if same := truth.run(sql_text("dialogue", "stray_of_mail"), (mail,)):
        return int(same[0][0]), int(same[0][1])
    number, talk = take_numbers(truth, "stray", 1), sent.talk or sent.chat or normalised("email", sender)
    before = strays_of(truth, [talk])
    goes_on = kind_of(before, answers_of(truth, [talk]))
    kind = Thread.COMPLAINT if sent.is_complaint else Thread.QUESTION
    answered = number if sent.is_thanks and goes_on is None else 0
    person = before[-1].person if before else ""
    row = (number, mail, at, sender, subject, words, answers, int(sent.way), sent.name, sent.language, sent.chat, talk, int(kind), answered, person)
    truth.run(sql_text("dialogue", "add_stray"), row)
    return number, 0


def kind_of(strays: Iterable[Stray], answers: Iterable[OurAnswer]) -> Thread | None:
    """What a talk is about, as long as it is open; none where nobody waits. A complaint is open, also once it is answered, until a person says it is done."""
    strays, done = list(strays), max((each.number for each in answers if not each.letter_id), default=0)
    if any(each.kind == Thread.COMPLAINT and each.number > done for each in strays):
        return Thread.COMPLAINT
    return None if all(each.answered for each in strays) else Thread.QUESTION


def is_nobodys_yet(truth: Truth, mail: str) -> bool:
    """Whether such a mail came before, and nobody said that it is somebody's: it waits, or was let go, whoever has its address by now."""
    before = truth.run(sql_text("dialogue", "stray_of_mail"), (mail,))
    return bool(before) and not before[0][1]


def talks_waiting(truth: Truth, how_many: int) -> list[str]:
    """The talks in which somebody waits for a person, complaints first, then the longest waiting."""
    return [str(talk) for (talk,) in truth.run(sql_text("dialogue", "stray_talks_waiting"), (how_many,))]


def talks_answered(truth: Truth, how_many: int) -> list[str]:
    """The talks in which it is their turn, the newest answer first."""
    return [str(talk) for (talk,) in truth.run(sql_text("dialogue", "stray_talks_answered"), (how_many,))]


def talk_of_number(truth: Truth, number: int) -> str:
    """The talk in which something of that number was said; empty for none."""
    rows = truth.run(sql_text("dialogue", "stray_talk_of_number"), (number, number))
    return str(rows[0][0]) if rows else ""


def talk_of_letter(truth: Truth, letter_id: int) -> str:
    """The talk that a letter of ours answers, while nobody said whose it is; empty for none."""
    found = stray_of_letter(truth, letter_id)
    return found[0].talk if found else ""


def strays_of(truth: Truth, talks: Iterable[str]) -> list[Stray]:
    """What they wrote in these talks, in its order."""
    return sorted((Stray(*row) for row in look_up(truth, "dialogue", "strays_of_talks", talks)), key=lambda each: each.number)


def answers_of(truth: Truth, talks: Iterable[str]) -> list[OurAnswer]:
    """What we answered in these talks, in its order."""
    return sorted((OurAnswer(*row) for row in look_up(truth, "dialogue", "stray_answers_of_talks", talks)), key=lambda each: each.number)


def stray_of_letter(truth: Truth, letter_id: int) -> tuple[Stray, OurAnswer] | None:
    """What a letter of ours to a stranger answers, and with what, while nobody said whose it is."""
    rows = truth.run(sql_text("dialogue", "stray_answer_of_letter"), (letter_id,))
    if not rows:
        return None
    answer = OurAnswer(*rows[0])
    return next(each for each in strays_of(truth, [answer.talk]) if each.number == answer.stray), answer


def chat_said(truth: Truth, chat: str, after: int = 0) -> list[tuple[int, str, str, bool]]:
    """What was written in a chat behind a number, and answered to that, in its order: its number, its words, who of us wrote it, whether it is theirs."""
    rows = truth.run(sql_text("dialogue", "chat_said"), (chat, after, chat, after))
    return [(int(number), words, who, bool(is_theirs)) for number, words, who, is_theirs in rows]


def names_of_talks(truth: Truth) -> dict[str, list[str]]:
    """By which names and addresses strangers wrote, by their talk: the last name, or else the last address, first."""
    called: dict[str, list[str]] = {}
    for talk, name, sender in truth.run(sql_text("dialogue", "stray_names")):
        called.setdefault(talk, []).extend(each for each in (name, sender) if each)
    return called


def said_with_strangers(truth: Truth, at_a_time: int) -> Iterator[tuple[int, str, int, bool, str]]:
    """All that was said with strangers, by them and by us, the newest first: its number, its talk, when, whether it is theirs, and its subject and words."""
    both = (_before(truth, query, at_a_time) for query in ("stray_words_before", "stray_answers_before"))
    for number, talk, at, is_theirs, subject, words in merge(*both, key=lambda row: row[0], reverse=True):
        yield number, talk, at, bool(is_theirs), f"{subject} {words}"


def steps_of_strays(truth: Truth, by: int, since: int) -> Iterator[tuple[str, int, Thread | None, bool]]:
    """What was said by an instant in the talks with strangers in which they wrote anything since another, the oldest of each talk first.

    Its talk, when, what it is about where they wrote it, and whether we said with it that it is done. What only thanks is left out. Units: UTC seconds.
    """
    for talk, _, at, kind, letter_id in truth.run(sql_text("dialogue", "stray_steps"), (by, since, by, since)):
        yield talk, int(at), Thread(kind) if letter_id < 0 else None, letter_id == 0


def _before(truth: Truth, query: str, at_a_time: int) -> Iterator[tuple[Any, ...]]:
    """All rows of a query, page by page."""
    last = 1 << 62
    while rows := truth.run(sql_text("dialogue", query), (last, at_a_time)):
        yield from rows
        last = rows[-1][0]


def answer_talk(truth: Truth, last: Stray, letter_id: int, at: int, words: str, who: str) -> int:
    """Somebody of the shop answered a talk up to what they wrote last, by that letter, or said, with 0, that nothing is to be said; gives its number.

    Inside a transaction.
    """
    number = take_numbers(truth, "stray", 1)
    truth.run(sql_text("dialogue", "add_stray_answer"), (number, last.number, letter_id, at, words, who))
    truth.run(sql_text("dialogue", "answer_strays"), (number, last.talk))
    return number


def count_waiting(truth: Truth, way: Channel) -> int:
    """How many wait for a person that came by a way."""
    return int(truth.run(sql_text("dialogue", "count_strays_waiting"), (int(way),))[0][0])


def settle_stray(truth: Truth, number: int, who: str, seq: int) -> None:
    """Somebody of the shop said that it is hers whose event that is, or, with 0, nobody's: its words are here no more, nor ours. Inside a transaction."""
    truth.run(sql_text("dialogue", "settle_stray"), (who, seq, number))
    if seq:
        truth.run(sql_text("dialogue", "give_stray_reminders"), (seq, number, seq))
    for relation in ("stray_answer", "stray_note", "stray_reminder"):
        drop_where(truth, relation, "stray_id", [number])
    give_attachments(truth, number, seq)
