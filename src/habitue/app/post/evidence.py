"""Evidence for letters in doubt: what the mail server on this very machine wrote down of them.

Found in its queue, a letter was sent. Where its log is whole and says that it never had it, a word of our own accord waits again, in its hours. What the log
does not tell stays in doubt. That it never had one is believed of a log that tells of an earlier letter of ours, at the time at which we sent that: so it is
the right one, by the same clock, and was before; whoever has changed servers since has sent by another one.
"""

from __future__ import annotations

import hmac
import logging
import os
import re
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from habitue.app.door import drop_request
from habitue.app.house import House
from habitue.app.post.gate import may_leave_on
from habitue.app.post.relaying import HERE, host_of
from habitue.app.post.sending import settled
from habitue.channels.email.relay_log import Queued, RelayLog
from habitue.channels.letters import FORGOTTEN_SECONDS, NEVER, Doubt, Outcome, State, doubts, letter_of_number, letter_proof, resolve, was_sent_at
from habitue.words.errors import Unknown

MOST_BYTES = 64 * 2**20
"""So much of the end of a log is read, and of the one before it."""
CLOCK_SECONDS = 60
"""A witness was taken within the attempt at sending it, or so long about it."""
FOUND, NEVER_HAD = "The mail server’s log has it: queued as {}.", "The mail server’s log says that it never had it."
BY_HAND, NOT_BY_HAND = "A person says that it was sent.", "A person says that it never left."
OURS = re.compile(r"<[a-z]{1,20}\.([1-9][0-9]{0,17})\.([0-9a-f]{24})@[^@<>\s]+>", re.ASCII)
log = logging.getLogger("habitue.post")


def settle_by_evidence(house: House) -> int:
    """Settles what is in doubt and the mail server's log tells of; gives how many. Nothing where no log is named, or the mail server is elsewhere.

    Raises: OSError where the log cannot be read.
    """
    settings, now = house.settings, house.clock.instant()
    if not settings.relay_log or settings.today or host_of(settings.relay) not in HERE:
        return 0
    found = doubts(house.truth, now)
    if not found:
        return 0
    lines = _lines(Path(settings.relay_log))
    if lines is None:
        return 0
    told = RelayLog(lines, now)
    ours = _ours(house, told)
    ours_since = min((letter.at for number, letter in ours.items() if _is_witness(house, number, letter)), default=NEVER) - CLOCK_SECONDS
    return sum(_settle(house, each, ours.get(each.letter_id), ours_since <= each.begun_at and told.never_had(each.begun_at, each.doubted_at)) for each in found)


def _ours(house: House, told: RelayLog) -> dict[int, Queued]:
    """The letters of ours that are in the queue, by their number: each is proven by the house's key."""
    named = ((OURS.fullmatch(message_id), letter) for message_id, letter in told.taken.items())
    return {int(name[1]): letter for name, letter in named if name and hmac.compare_digest(name[2], letter_proof(house.key, int(name[1])))}


def _is_witness(house: House, number: int, letter: Queued) -> bool:
    """Whether a letter was taken when we sent it, by our own books."""
    return any(begun - CLOCK_SECONDS <= letter.at <= min(ended, begun + FORGOTTEN_SECONDS) + CLOCK_SECONDS for begun, ended in was_sent_at(house.truth, number))


def _settle(house: House, doubt: Doubt, queued: Queued | None, never_had: bool) -> bool:
    if queued:
        outcome = Outcome(State.SENT, FOUND.format(queued.queue_id))
    elif never_had and doubt.touch_id and may_leave_on(house.settings, doubt.day):
        outcome = Outcome(State.WAITING, NEVER_HAD)
    else:
        return False
    return settle_doubt(house, doubt.letter_id, outcome, doubt.attempt)


def settle_by_hand(house: House, number: int, was_sent: bool) -> None:
    """A person says of a letter in doubt whether it left. One that did not waits again: its guards are read once more, and its hours may be over.

    Raises: Unknown where no letter of that number is in doubt.
    """
    outcome = Outcome(State.SENT, BY_HAND) if was_sent else Outcome(State.WAITING, NOT_BY_HAND)
    if not settle_doubt(house, number, outcome):
        raise Unknown(f"No letter of the number {number} is in doubt; nothing was changed. `habitue post --doubts` lists those that are.")


def settle_doubt(house: House, number: int, outcome: Outcome, attempt: int = 0) -> bool:
    """Writes down what became of a letter in doubt (of that attempt at it), with the books of its touch; gives whether it was in doubt still."""
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        letter = letter_of_number(house.truth, number)
        if letter is None or letter.state != State.IN_DOUBT or (attempt and letter.attempts != attempt):
            return False
        resolve(house.truth, letter, outcome, house.clock.instant())
        if letter.kind == "page" and outcome.state == State.SENT:
            drop_request(house.truth, number)
        if letter.touch_id:
            settled(house, letter, outcome)
        return True


def _lines(file: Path) -> Iterator[str] | None:
    """The lines of a log and of the one before it (`.1`), the oldest first; none where it was turned over while we opened it.

    Raises: OSError where it cannot be read.
    """
    before = file.with_name(f"{file.name}.1")
    with ExitStack() as opened:
        last = opened.enter_context(_open(file))
        first = opened.enter_context(_open(before)) if before.exists() else None
        text = (_tail(first) if first else b"") + _tail(last)
        is_still = os.path.samestat(os.fstat(last.fileno()), file.stat()) and os.fstat(last.fileno()).st_size >= last.tell()
        if not is_still or before.exists() != bool(first) or (first and not _is_same(first, before)):
            return None
    return (line.decode("utf-8", "replace") for line in text.split(b"\n")[:-1])


def _is_same(first: BinaryIO, before: Path) -> bool:
    """Whether the log before is still the one that was read, and as long."""
    return os.path.samestat(os.fstat(first.fileno()), before.stat()) and first.tell() == before.stat().st_size


def _open(file: Path) -> BinaryIO:
    """A plain file: a pipe would hold up the post. Raises: OSError."""
    opened = os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        opened.close()
        raise OSError(f"{file} is no plain file")
    return opened


def _tail(opened: BinaryIO) -> bytes:
    """Its last lines, whole ones."""
    size = os.fstat(opened.fileno()).st_size
    opened.seek(max(0, size - MOST_BYTES))
    text = opened.read()
    return text.partition(b"\n")[2] if size > MOST_BYTES else text
