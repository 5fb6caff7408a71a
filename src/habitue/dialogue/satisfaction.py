"""Whether we answered her well: asked rarely, by one letter after a conversation, and what she said. Her words beside it are a message of hers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from habitue.store import Truth, sql_text

ACTION = "after a conversation"
"""Under this, the question stands among the words that were said to her; no book can name an action so."""


class Verdict(StrEnum):
    """What she says of it; a no opens the conversation again."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class Asked:
    """One letter that asked, after the message `seq` of a conversation. Units: UTC seconds; `answered_at` is 0, and `verdict` none, until she says something.

    `said` is the number of her message, where she left words with it or the conversation was opened again; 0 for none.
    """

    letter_id: int
    profile_id: int
    thread_id: int
    seq: int
    asked_at: int
    answered_at: int = 0
    verdict: Verdict | None = None
    said: int = 0


def add_asked(truth: Truth, asked: Asked) -> None:
    """That letter asks her. Inside a transaction."""
    truth.run(sql_text("dialogue", "add_asked"), (asked.letter_id, asked.profile_id, asked.thread_id, asked.seq, asked.asked_at))


def drop_asked(truth: Truth, letter_id: int) -> None:
    """The letter did not leave: she was not asked. Inside a transaction."""
    truth.run(sql_text("dialogue", "drop_asked"), (letter_id,))


def asked_by(truth: Truth, letter_id: int) -> Asked | None:
    """What a letter asked; none where it asked nothing, or she was forgotten."""
    rows = truth.run(sql_text("dialogue", "asked_by"), (letter_id,))
    return _asked(*rows[0]) if rows else None


def asked_of_talk(truth: Truth, customer_id: int, thread_id: int, by: int) -> list[Asked]:
    """Each letter that asked her after a conversation, the oldest first, and what she had said by an instant (UTC seconds)."""
    found = [_asked(*row) for row in truth.run(sql_text("dialogue", "asked_of_talk"), (customer_id, thread_id, by))]
    return [one if one.answered_at <= by else replace(one, answered_at=0, verdict=None, said=0) for one in found]


def is_asked_lately(truth: Truth, customer_id: int, thread_id: int, since: int, but_letter: int = 0) -> bool:
    """Whether she was asked after that conversation, or after any since an instant (UTC seconds), by another letter than one."""
    return bool(truth.run(sql_text("dialogue", "asked_lately"), (customer_id, but_letter, thread_id, since)))


def answer_asked(truth: Truth, letter_id: int, verdict: Verdict, at: int, said: int) -> None:
    """She said it, with her message `said` or without (0); what she said first stays. Inside a transaction."""
    truth.run(sql_text("dialogue", "answer_asked"), (at, verdict.value, said, letter_id))


def _asked(letter_id: int, profile_id: int, thread_id: int, seq: int, asked_at: int, answered_at: int, verdict: str, said: int) -> Asked:
    return Asked(letter_id, profile_id, thread_id, seq, asked_at, answered_at, Verdict(verdict) if verdict else None, said)
