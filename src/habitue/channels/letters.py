"""Letters that the house owes: kept until they have left, each attempt written down. Whoever owes one says so in a transaction of its own.

`waiting -> sending -> sent | failed | in_doubt`. A letter that nobody knows to have left or not is in doubt, and a service letter in doubt is sent again,
under the same Message-ID: better twice than never. No letter holds an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

from habitue.events.lookup import take_numbers
from habitue.store import Truth, sql_text

Kind = Literal["confirm", "page"]
"""Confirm what was asked for at the door; a fresh link to her page."""
KINDS: tuple[Kind, ...] = get_args(Kind)
RETRY_AFTER_SECONDS = (60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400)
"""How long a letter rests after each attempt that may be made again; after the last of them it has failed."""
FORGOTTEN_SECONDS = 600
"""A letter that is `sending` for so long is in nobody's hands any more: no conversation with a mail server lasts that long here."""


NEVER = 2**53
"""An instant that no clock reaches."""


class State(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True)
class Letter:
    """One letter. `profile_id` is 0 where nobody has proved the address yet. Units: UTC seconds; `attempts` counts those begun."""

    letter_id: int
    kind: Kind
    language: str
    profile_id: int
    state: State
    made_at: int
    due_at: int
    attempts: int
    answer: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt, and what the mail server said, without anybody's address."""

    state: State
    answer: str


def owe(truth: Truth, kind: Kind, language: str, profile_id: int, now: int) -> int:
    """A letter to be sent, in the caller's transaction; gives its number."""
    number = take_numbers(truth, "letter", 1)
    truth.run(sql_text("channels", "add_letter"), (number, kind, language, profile_id, State.WAITING, now, now))
    return number


def due(truth: Truth, kind: Kind, now: int, limit: int) -> list[int]:
    """The numbers of the letters of a kind whose time has come, the longest waiting first."""
    return [number for (number,) in truth.run(sql_text("channels", "letters_due"), (kind, now, now - FORGOTTEN_SECONDS, limit))]


def claim(truth: Truth, letter_id: int, now: int) -> Letter | None:
    """Takes a letter in hand, for whoever comes first; none where it is not due any more. Inside a transaction."""
    rows = truth.run(sql_text("channels", "claim_letter"), (now, letter_id, now, now - FORGOTTEN_SECONDS))
    if not rows:
        return None
    letter = _letter(*rows[0])
    truth.run(sql_text("channels", "doubt_attempts"), (now, letter_id))  # whoever began one before and did not end it
    truth.run(sql_text("channels", "begin_attempt"), (letter_id, letter.attempts, now))
    return letter


def put_off(truth: Truth, letter_id: int, until: int, now: int) -> bool:
    """Lets a letter that is due wait until later, without an attempt; gives whether it was. Inside a transaction."""
    return bool(truth.run(sql_text("channels", "put_off_letter"), (until, letter_id, now)))


def settle(truth: Truth, letter: Letter, outcome: Outcome, now: int) -> None:
    """Writes down what became of an attempt. Inside a transaction."""
    state, due_at = outcome.state, now
    if state in (State.WAITING, State.IN_DOUBT):
        if letter.attempts > len(RETRY_AFTER_SECONDS):
            state = State.FAILED if state == State.WAITING else State.IN_DOUBT
            due_at = NEVER
        else:
            due_at = now + RETRY_AFTER_SECONDS[letter.attempts - 1]
    truth.run(sql_text("channels", "settle_letter"), (state, due_at, letter.letter_id))
    truth.run(sql_text("channels", "end_attempt"), (now, outcome.state, outcome.answer, letter.letter_id, letter.attempts))


def letters(truth: Truth, limit: int, offset: int = 0) -> list[Letter]:
    """The letters, the newest first, each with what the mail server said last."""
    rows = truth.run(sql_text("channels", "letters"), (limit, offset))
    return [_letter(*row) for row in rows]


def count_letters(truth: Truth) -> dict[State, int]:
    """How many letters there are in each state."""
    return {State(state): count for state, count in truth.run(sql_text("channels", "letters_by_state"))}


def _letter(letter_id: int, kind: Kind, language: str, profile_id: int, state: str, made_at: int, due_at: int, attempts: int, answer: str = "") -> Letter:
    return Letter(letter_id, kind, language, profile_id, State(state), made_at, due_at, attempts, answer)
