"""Letters that are to leave: kept until they have, each attempt written down. Whoever adds one does so in a transaction of its own.

`waiting -> sending -> sent | failed | in_doubt | withdrawn | expired`, and by evidence `in_doubt -> sent | waiting`. A letter that nobody knows to have left or
not is in doubt: one that the house owes is then sent again, under the same Message-ID, better twice than never; a touch, a word of our own accord, is not,
nor is a machine's note that the shop is closed, nor its question whether we answered well: better never than twice. A touch is withdrawn where its guards
speak against it when it would leave, and expires when its time is over. No letter holds an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, get_args

from habitue.events.lookup import take_numbers
from habitue.store import Truth, sql_text
from habitue.store.house_key import keyed_hash

Kind = Literal["confirm", "page", "answer", "closed", "remind", "escalate", "touch", "ask"]
"""Confirm what was asked for at the door; a fresh link to her page; a person's answer to what she wrote; a machine's, that the shop is closed; to the
shop's own people, which answers are due soon, and which are late; a word that judgement decided on; after a conversation, whether we answered well.
"""
KINDS: tuple[Kind, ...] = get_args(Kind)
OWED: frozenset[Kind] = frozenset({"confirm", "page", "answer", "closed", "remind", "escalate"})
"""What somebody asked for or relies on: it stands behind no other letter."""
TO_STAFF: tuple[Kind, ...] = ("remind", "escalate")
BY_ITSELF: frozenset[Kind] = frozenset({"closed", *TO_STAFF, "touch", "ask"})
"""What leaves though nobody asked for it or wrote it: through an open gate alone."""
ONCE: frozenset[Kind] = frozenset({"closed", "ask"})
"""What is not sent again where nobody knows whether it left: a person is told or asked once by a machine, or not at all."""
RETRY_AFTER_SECONDS = (60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400)
"""How long a letter rests after each attempt that may be made again; after the last of them it has failed."""
FORGOTTEN_SECONDS = 600
"""A letter that is `sending` for so long is in nobody's hands any more: no conversation with a mail server lasts that long here."""
DOUBTED_SECONDS = 3 * 86_400
"""Evidence is looked for so long: after that logs are put away."""

NEVER = 2**53
"""An instant that no clock reaches."""


class State(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Letter:
    """One letter. `profile_id` is 0 where nobody has proved the address yet. Units: UTC seconds; `attempts` counts those begun.

    Of a touch, `touch_id` is its number, and it leaves before `until_at` or not at all.
    """

    letter_id: int
    kind: Kind
    language: str
    profile_id: int
    state: State
    made_at: int
    due_at: int
    attempts: int
    answer: str = ""
    touch_id: int = 0
    until_at: int = 0


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt, and what the mail server said, without anybody's address."""

    state: State
    answer: str


@dataclass(frozen=True)
class Doubt:
    """A letter in doubt: which attempt at it began when, and since when it is doubted (UTC seconds). `touch_id` and `day` are 0 of one that is owed."""

    letter_id: int
    touch_id: int
    day: int
    attempt: int
    begun_at: int
    doubted_at: int


@dataclass(frozen=True)
class Waiting:
    """A word that was decided on, on a local `day`, to leave from `due_at` on and before `until_at` (UTC seconds)."""

    touch_id: int
    profile_id: int
    day: int
    language: str
    due_at: int
    until_at: int


def owe(truth: Truth, kind: Kind, language: str, profile_id: int, now: int) -> int:
    """A letter to be sent, in the caller's transaction; gives its number."""
    number = take_numbers(truth, "letter", 1)
    truth.run(sql_text("channels", "add_letter"), (number, kind, language, profile_id, State.WAITING, now, now, 0, 0, 0))
    return number


def add_touches(truth: Truth, words: Sequence[Waiting], now: int) -> None:
    """Words that were decided on, each a letter of its own that waits for its hour; the same twice is one. In the caller's transaction."""
    first = take_numbers(truth, "letter", len(words)) if words else 0
    rows = [
        (first + n, "touch", each.language, each.profile_id, State.WAITING, now, each.due_at, each.touch_id, each.until_at, each.day)
        for n, each in enumerate(words)
    ]
    truth.run_many(sql_text("channels", "add_letter"), rows)


def touches_over(truth: Truth, now: int) -> list[tuple[int, int]]:
    """Some of the touches whose time was over before they left: the number of each letter, and of its touch."""
    return [(int(letter), int(touch)) for letter, touch in truth.run(sql_text("channels", "touches_over"), (now,))]


def expire(truth: Truth, letter_id: int, now: int) -> bool:
    """Ends a touch whose time was over before it left; gives whether it was still waiting. Inside a transaction."""
    return bool(truth.run(sql_text("channels", "expire_touch"), (NEVER, letter_id, now)))


def is_any_adrift(truth: Truth, now: int) -> bool:
    """Whether `doubt_adrift` would doubt any."""
    return bool(truth.run(sql_text("channels", "any_adrift"), (now - FORGOTTEN_SECONDS,)))


def doubt_adrift(truth: Truth, now: int, gone_seconds: int = FORGOTTEN_SECONDS) -> int:
    """Puts in doubt the touches that were in the hands of somebody who is gone; gives how many. Inside a transaction."""
    doubted = truth.run(sql_text("channels", "doubt_touches"), (NEVER, now - gone_seconds))
    for (number,) in doubted:
        truth.run(sql_text("channels", "doubt_attempts"), (now, number))
    return len(doubted)


def doubt_all_touches(truth: Truth) -> None:
    """In a truth that a backup brought back, what had not left then may have left since: nobody sends it again. Inside a transaction."""
    truth.run(sql_text("channels", "doubt_all_touches"))
    for kind in BY_ITSELF - {"touch"}:
        truth.run(sql_text("channels", "withdraw_all"), (kind,))


def due(truth: Truth, kind: Kind, now: int, limit: int) -> list[int]:
    """The numbers of the letters of a kind whose time has come, the longest waiting first."""
    return [number for (number,) in truth.run(sql_text("channels", "letters_due"), (kind, now, now - FORGOTTEN_SECONDS, limit))]


def claim(truth: Truth, letter_id: int, now: int) -> Letter | None:
    """Takes a letter in hand, for whoever comes first; none where it is not due any more. Inside a transaction."""
    rows = truth.run(sql_text("channels", "claim_letter"), (now, letter_id, now, now, now, now - FORGOTTEN_SECONDS))
    if not rows:
        return None
    letter = _letter(*rows[0])
    truth.run(sql_text("channels", "doubt_attempts"), (now, letter_id))  # whoever began one before and did not end it
    truth.run(sql_text("channels", "begin_attempt"), (letter_id, letter.attempts, now))
    return letter


def is_doubted_before(truth: Truth, letter: Letter) -> bool:
    """Whether nobody knows what became of the attempt before the one that was begun."""
    return bool(truth.run(sql_text("channels", "attempt_is_doubted"), (letter.letter_id, letter.attempts - 1)))


def put_off(truth: Truth, letter_id: int, until: int, now: int) -> bool:
    """Lets a letter that is due wait until later, without an attempt; gives whether it was. Inside a transaction."""
    return bool(truth.run(sql_text("channels", "put_off_letter"), (until, letter_id, now)))


def heard_of_since(truth: Truth, kind: Kind, since: int, now: int) -> dict[int, bool]:
    """The letters of a kind that a mail server has heard of since an instant, each once however often it was tried, and whether it is due again."""
    return {number: bool(is_due) for number, is_due in truth.run(sql_text("channels", "letters_heard_of"), (now, kind, since))}


def settle(truth: Truth, letter: Letter, outcome: Outcome, now: int) -> None:
    """Writes down what became of an attempt. Inside a transaction."""
    truth.run(sql_text("channels", "settle_letter"), (*_rests(letter, outcome.state, now), letter.letter_id))
    truth.run(sql_text("channels", "end_attempt"), (now, outcome.state, outcome.answer, letter.letter_id, letter.attempts))


def _rests(letter: Letter, state: State, now: int) -> tuple[State, int]:
    """Where a letter is after an attempt that ended so, and from when it is looked at again."""
    if state not in (State.WAITING, State.IN_DOUBT):
        return state, now
    if letter.attempts > len(RETRY_AFTER_SECONDS) or (letter.kind in ONCE and state == State.IN_DOUBT):
        return State.FAILED if state == State.WAITING else State.IN_DOUBT, NEVER
    return state, now + RETRY_AFTER_SECONDS[letter.attempts - 1]


def is_in_hand(truth: Truth, letter: Letter) -> bool:
    """Whether a letter that we took in hand still is, and nobody has doubted it since."""
    return _is_at(truth, letter, State.SENDING, State.SENDING)


def may_be_settled(truth: Truth, letter: Letter, outcome: Outcome) -> bool:
    """Whether what became of an attempt is still for us to write down: nobody has taken the letter anew, or settled it.

    That one which is owed was sent always is: it is sent no more.
    """
    return (letter.kind in OWED and outcome.state == State.SENT) or _is_at(truth, letter, State.SENDING, State.IN_DOUBT)


def _is_at(truth: Truth, letter: Letter, *states: State) -> bool:
    return bool(truth.run(sql_text("channels", "letter_is_at"), (letter.letter_id, letter.attempts, *states)))


def doubts(truth: Truth, now: int) -> list[Doubt]:
    """The letters whose last attempt left a doubt in the last days, the oldest first."""
    return [Doubt(*map(int, row)) for row in truth.run(sql_text("channels", "doubts"), (now - DOUBTED_SECONDS,))]


def was_sent_at(truth: Truth, letter_id: int) -> list[tuple[int, int]]:
    """When the attempts at a letter that a mail server said yes to began and ended (UTC seconds)."""
    return [(int(begun), int(ended)) for begun, ended in truth.run(sql_text("channels", "sent_attempts"), (letter_id,))]


def resolve(truth: Truth, letter: Letter, outcome: Outcome, now: int) -> None:
    """Writes down what became of the attempt that a letter was in doubt of; one that waits again is due now. Inside a transaction."""
    truth.run(sql_text("channels", "settle_letter"), (outcome.state, now, letter.letter_id))
    truth.run(sql_text("channels", "end_attempt"), (now, outcome.state, outcome.answer, letter.letter_id, letter.attempts))


def letters(truth: Truth, limit: int, offset: int = 0) -> list[Letter]:
    """The letters, the newest first, each with what the mail server said last."""
    rows = truth.run(sql_text("channels", "letters"), (limit, offset))
    return [_letter(*row) for row in rows]


def letters_in_doubt(truth: Truth) -> list[Letter]:
    """Every letter that nobody knows to have left or not, as `letters`."""
    return [_letter(*row) for row in truth.run(sql_text("channels", "letters_in_doubt"))]


def letter_of_number(truth: Truth, number: int) -> Letter | None:
    """One letter, if there is one of that number."""
    rows = truth.run(sql_text("channels", "letter_of_number"), (number,))
    return _letter(*rows[0]) if rows else None


def letter_proof(key: bytes, number: int) -> str:
    """What stands beside a letter's number in its Message-ID, so that nobody without the house's key can name one."""
    return keyed_hash(key, "letter", str(number)).hex()[:24]


def count_letters(truth: Truth) -> dict[State, int]:
    """How many letters there are in each state."""
    return {State(state): count for state, count in truth.run(sql_text("channels", "letters_by_state"))}


def _letter(letter_id: int, kind: Kind, language: str, profile_id: int, state: str, *rest: Any) -> Letter:
    return Letter(letter_id, kind, language, profile_id, State(state), *rest)
