"""Answers that nobody here is known to have written: kept until a person says whose each is. Each mail once, by its keyed number."""

from __future__ import annotations

from dataclasses import dataclass

from habitue.dialogue.attachments import give_attachments
from habitue.events.lookup import take_numbers
from habitue.store import Truth, sql_text
from habitue.words.vocabulary import Channel


@dataclass(frozen=True)
class Stray:
    """One such mail, or what somebody wrote in the contact form; `mail` is its keyed number, `answers` its Message-ID. Units: `at` is in UTC seconds.

    `name` and `language` are what the form told. `answer` is ours, which `answered_by` wrote and the letter `letter_id` carries; 0 while it waits.
    """

    number: int
    mail: str
    at: int
    sender: str
    subject: str
    words: str
    answers: str
    way: int = Channel.EMAIL
    name: str = ""
    language: str = ""
    answer: str = ""
    answered_by: str = ""
    letter_id: int = 0


@dataclass(frozen=True)
class Sent:
    """By which way it came, and what a form told besides; `chat` is the hash of the secret of its chat."""

    way: Channel = Channel.EMAIL
    name: str = ""
    language: str = ""
    chat: str = ""


def add_stray(truth: Truth, mail: str, at: int, sender: str, subject: str, words: str, answers: str, sent: Sent = Sent()) -> tuple[int, int]:
    """Keeps it, once; gives its number while it waits, and the event that it is by now in somebody's conversation, each 0 for none. Inside a transaction."""
    if before := truth.run(sql_text("dialogue", "stray_of_mail"), (mail,)):
        return int(before[0][0]), int(before[0][1])
    number = take_numbers(truth, "stray", 1)
    truth.run(sql_text("dialogue", "add_stray"), (number, mail, at, sender, subject, words, answers, int(sent.way), sent.name, sent.language, sent.chat))
    return number, 0


def is_nobodys_yet(truth: Truth, mail: str) -> bool:
    """Whether such a mail came before, and nobody said that it is somebody's: it waits, or was let go, whoever has its address by now."""
    before = truth.run(sql_text("dialogue", "stray_of_mail"), (mail,))
    return bool(before) and not before[0][1]


def strays(truth: Truth, how_many: int) -> list[Stray]:
    """Those that wait for somebody to say whose they are, the longest waiting first."""
    return [Stray(*row) for row in truth.run(sql_text("dialogue", "strays"), (how_many,))]


def stray_of_number(truth: Truth, number: int) -> Stray | None:
    """One that waits."""
    rows = truth.run(sql_text("dialogue", "stray_of_number"), (number,))
    return Stray(*rows[0]) if rows else None


def stray_of_letter(truth: Truth, letter_id: int) -> Stray | None:
    """What a letter of ours to a stranger answers, while nobody said whose it is."""
    rows = truth.run(sql_text("dialogue", "stray_of_letter"), (letter_id,))
    return Stray(*rows[0]) if rows else None


def chat_said(truth: Truth, chat: str) -> list[tuple[int, str, str, str, int]]:
    """What was written in a chat: the number of each message, its words, our answer, who wrote that, and its letter, 0 for none."""
    return [(int(number), words, answer, who, int(letter)) for number, words, answer, who, letter in truth.run(sql_text("dialogue", "chat_said"), (chat,))]


def answer_stray(truth: Truth, number: int, words: str, who: str, letter_id: int) -> None:
    """Somebody of the shop answered it by that letter. Inside a transaction."""
    truth.run(sql_text("dialogue", "answer_stray"), (words, who, letter_id, number))


def count_waiting(truth: Truth, way: Channel) -> int:
    """How many wait for a person that came by a way."""
    return int(truth.run(sql_text("dialogue", "count_strays_waiting"), (int(way),))[0][0])


def settle_stray(truth: Truth, number: int, who: str, seq: int) -> None:
    """Somebody of the shop said that it is hers whose event that is, or, with 0, nobody's: its words are here no more. Inside a transaction."""
    truth.run(sql_text("dialogue", "settle_stray"), (who, seq, number))
    give_attachments(truth, number, seq)
