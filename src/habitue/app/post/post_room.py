"""The post room: the only place from which anything leaves for somebody. It hands letters to the brand's own mail server
(`relaying.py`), and to no mailbox provider faster than he takes them.

What is unsure is said to be unsure: where the server took the text and its answer never came, the letter is in doubt, and a service letter goes again
under the same Message-ID. A refusal for good ends it; a "not now" is tried again later.
Source: RFC 5321, 4.5.4.1 (trying again).
"""

from __future__ import annotations

import logging
import time
from contextlib import closing
from dataclasses import replace
from functools import partial

from habitue.app.door import drop_request, forget_unproved, is_any_over
from habitue.app.house import House
from habitue.app.inbox.asking_after import ask, asking_ended, decent_from
from habitue.app.inbox.reminding import leaves_from, remind
from habitue.app.knocking import stopped_kinds
from habitue.app.post.claiming import give_up
from habitue.app.post.evidence import settle_by_evidence
from habitue.app.post.gate import lets_out, opened_at
from habitue.app.post.letter_writing import OURS, Unwritten, write_letter
from habitue.app.post.relaying import Line, NotNow, NotOurs, Relay
from habitue.app.post.sending import end_what_is_over, end_with_books, post_today, settled, stopped
from habitue.app.post.turned_away import TurnedAway
from habitue.app.post.warming_up import due_now
from habitue.channels.email.mail import Mail
from habitue.channels.email.pace import Paces, provider_of
from habitue.channels.email.signing import Keys, signed
from habitue.channels.email.signing_keys import signing_keys
from habitue.channels.letters import (
    BY_ITSELF,
    KINDS,
    ONCE,
    OWED,
    Kind,
    Letter,
    Outcome,
    State,
    claim,
    is_doubted_before,
    is_in_hand,
    may_be_settled,
    put_off,
    settle,
)
from habitue.channels.relays import marked
from habitue.store.house_key import house_key
from habitue.words.errors import Busy
from habitue.words.reasons import Reason

LETTERS_AT_ONCE = 50
JUDGED: tuple[Kind, ...] = ("touch", "ask")
"""Words of our own accord to her: the guards are read again, and each bears a way out that can be pressed."""
REMIND_SECONDS, ASK_SECONDS = 60, 300
"""How often the inbox's clock is looked at, and whom to ask whether we answered well."""
SETTLING_SECONDS, PAUSE_SECONDS = 60.0, 0.1
"""How long what a mail server answered waits for whoever is writing: unwritten, nobody knows whether she got it."""
NO_NEED = "There is no need of it any more."
LOOK_AGAIN_SECONDS = 30
"""The mail server's log is read no more often than that."""
NOBODY = "There is nobody to send it to any more."
BROKE_HERE = "Something broke on our side while it was handed over; the log says what."
log = logging.getLogger("habitue.post")


class NotYet(Exception):
    """The reader's mailbox provider takes no letter before that instant, or nobody of the shop is there to read it."""

    def __init__(self, until: int) -> None:
        self.until = until


class PostRoom:
    """Sends what waits. Several may run at once, here or in another process: each letter is in one hand at a time."""

    def __init__(self, house: House, relay: Relay) -> None:
        self.house, self.relay = house, relay
        self.truth, self.settings, self.clock = house.truth, house.settings, house.clock
        self.paces, self.turned_away = Paces(house.settings.letters_a_minute), TurnedAway(house)
        self._looked_at, self._said = 0, ""
        self._reminded_at = self._asked_at = 0

    def send_some(self) -> int:
        """Sends the letters whose time has come, some at a time, and deletes addresses whose time is over; gives how many letters were tried.

        Raises: SettingsError where the keys that sign are broken: no letter is touched, and none leaves unsigned.
        """
        keys = signing_keys(self.settings.data)
        if is_any_over(self.truth, self.clock.instant()):
            with self.truth.transaction():
                self.truth.next_seq(0)  # waits for whoever is writing
                forget_unproved(self.truth, self.clock.instant())
        self._remind()
        self._look_for_evidence()
        tried = self._send_due([kind for kind in KINDS if kind in OWED], keys)  # nothing of our own accord stands before what somebody asked for
        end_what_is_over(self.house)
        post_today(self.house)
        self._ask()
        return tried + sum(self._send_due([kind], keys) for kind in JUDGED)  # the second counts what the first took of a new sender's day

    def _remind(self) -> None:
        """Looks at the inbox's clock, now and then; what breaks there holds up no letter."""
        now = self.clock.instant()
        if 0 <= now - self._reminded_at < REMIND_SECONDS:
            return
        self._reminded_at = now
        try:
            remind(self.house)
        except OURS:
            raise
        except Exception as wrong:  # noqa: BLE001 - as it says
            log.error("nobody is told of the inbox: %s", type(wrong).__name__)

    def _ask(self) -> None:
        """Now and then, as above."""
        now = self.clock.instant()
        if 0 <= now - self._asked_at < ASK_SECONDS:
            return
        self._asked_at = now
        try:
            ask(self.house)
        except OURS:
            raise
        except Exception as wrong:  # noqa: BLE001 - it holds up no letter
            log.error("nobody is asked whether we answered well: %s", type(wrong).__name__)

    def _look_for_evidence(self) -> None:
        """Now and then; a log that cannot be read holds up no letter."""
        now = self.clock.instant()
        if 0 <= now - self._looked_at < LOOK_AGAIN_SECONDS:
            return
        self._looked_at, said = now, ""
        try:
            settle_by_evidence(self.house)
        except OSError as wrong:
            said = f"the mail server’s log cannot be read ({type(wrong).__name__}): what is in doubt stays so; look at relay_log"
        except OURS:
            raise
        except Exception as wrong:  # noqa: BLE001 - as it says
            log.error("nobody looks for evidence: %s", type(wrong).__name__)
        if said and said != self._said:
            log.warning("%s", said)
        self._said = said

    def _send_due(self, kinds: list[Kind], keys: Keys | None) -> int:
        waiting = [(kind, number) for kind in kinds if self._goes(kind) for number in self._due(kind)]
        if any(kind in JUDGED for kind, _ in waiting):
            self.house.alone.make_ready(self.house.when())
        with closing(Line(self.relay)) as line:  # somebody may close the gate between two touches
            return sum(self._send(number, line, keys) for kind, number in waiting if kind not in BY_ITSELF or self._goes(kind))

    def _goes(self, kind: Kind) -> bool:
        """Whether letters of a kind may leave at this instant."""
        is_open = lets_out(self.settings) if kind in JUDGED else kind not in BY_ITSELF or bool(opened_at(self.settings))
        return is_open and not stopped_kinds(self.truth) & {kind, "touch" if kind == "ask" else kind}

    def _due(self, kind: Kind) -> list[int]:
        return due_now(self.truth, self.settings, kind, self.clock.instant(), LETTERS_AT_ONCE)

    def _send(self, number: int, line: Line, keys: Keys | None) -> bool:
        key = house_key(self.settings.data)
        try:
            taken = self._take(number, key)
        except Unwritten as wrong:
            return self._give_up(number, str(wrong))
        except NotYet as not_yet:
            return self._put_off(number, not_yet.until)
        except OURS:
            raise
        except Exception as wrong:  # noqa: BLE001 - what one letter brings to light holds up no other
            log.error("letter %s waits: %s", number, type(wrong).__name__)
            return self._try_later(number, f"The letter could not be written ({type(wrong).__name__}).")
        if taken is None:
            return False
        letter, mail = taken
        if mail:
            self._hand_over(letter, mail, line, keys)
        return True

    def _hand_over(self, letter: Letter, mail: Mail, line: Line, keys: Keys | None) -> None:
        """Signs a letter, hands it over and writes down what came of it. What breaks before it is handed over lets it wait; from then on it is in doubt."""
        provider, outcome = provider_of(mail.to), Outcome(State.WAITING, BROKE_HERE)
        try:
            mail = marked(mail, self.relay.host)
            mail = replace(mail, raw=signed(mail.raw, keys)) if keys else mail
            self.paces.begun(provider, self.clock.instant())
            outcome = Outcome(State.IN_DOUBT, BROKE_HERE)
            outcome = line.deliver(mail, partial(is_in_hand, self.truth, letter))
            self.paces.answered(provider, isinstance(outcome, NotNow), self.clock.instant())
        except NotOurs:
            return
        except Exception as wrong:  # noqa: BLE001 - it holds up no other
            log.error("letter %s: %s", letter.letter_id, type(wrong).__name__)
        try:
            self._settle(letter, outcome)
            self.turned_away.heard(letter, mail.to, outcome)
        except OURS:
            raise
        except Exception as wrong:  # noqa: BLE001 - as above; nobody wrote down what became of it, so it is in doubt when its time is over
            log.error("letter %s is not settled: %s", letter.letter_id, type(wrong).__name__)

    def _take(self, number: int, key: bytes) -> tuple[Letter, Mail | None] | None:
        """A letter in our hands, written; settled where it has nobody to go to, none where somebody else has it. Raises: NotYet, and it is untouched."""
        with self.truth.transaction():
            self.truth.next_seq(0)  # waits for whoever is writing
            letter = claim(self.truth, number, self.clock.instant())
            if letter is None:
                return None
            if (until := self._leaves_from(letter)) > self.clock.instant():
                raise NotYet(until)
            why_not = stopped(self.house, letter) if letter.kind == "touch" else self._is_told_once(letter)
            mail = None if why_not else write_letter(self.house, letter, self.clock.instant(), key)
            if mail is None and why_not is None and letter.kind == "touch":
                give_up(self.house, letter.touch_id, Reason.UNREACHABLE)
            if mail is None:
                nobody = Outcome(State.WITHDRAWN, NO_NEED) if letter.kind in BY_ITSELF - {"touch"} else Outcome(State.FAILED, NOBODY)
                settle(self.truth, letter, why_not or nobody, self.clock.instant())
                self._ended(letter, why_not or nobody)
            elif (until := self.paces.next_at(provider_of(mail.to), self.clock.instant())) > self.clock.instant():
                raise NotYet(until)
        return letter, mail

    def _leaves_from(self, letter: Letter) -> int:
        """From which instant on: what asks her something, at a decent hour."""
        now = self.clock.instant()
        return decent_from(self.house, now) if letter.kind == "ask" else leaves_from(self.house, letter, now)

    def _ended(self, letter: Letter, outcome: Outcome) -> None:
        """The books of a question of ours. Inside a transaction."""
        if letter.kind == "ask":
            asking_ended(self.house, letter, outcome)

    def _is_told_once(self, letter: Letter) -> Outcome | None:
        """Where whoever had it before may have sent it: it stays in doubt."""
        return Outcome(State.IN_DOUBT, BROKE_HERE) if letter.kind in ONCE and is_doubted_before(self.truth, letter) else None

    def _put_off(self, number: int, until: int) -> bool:
        """Lets a letter wait with others to the same provider; that is no attempt."""
        with self.truth.transaction():
            self.truth.next_seq(0)
            return put_off(self.truth, number, until, self.clock.instant())

    def _try_later(self, number: int, why: str) -> bool:
        """Writes down an attempt that broke here, after its half is undone: the letter is tried as often as where a mail server puts it off, and then ends."""
        with self.truth.transaction():
            self.truth.next_seq(0)
            letter = claim(self.truth, number, self.clock.instant())
            if letter:
                settle(self.truth, letter, Outcome(State.WAITING, why), self.clock.instant())
        return letter is not None

    def _give_up(self, number: int, why: str) -> bool:
        """Ends a letter that cannot be written, after the half of it that was written is undone: the next in the row must not wait for it."""

        def end() -> Letter | None:
            letter = claim(self.truth, number, self.clock.instant())
            if letter:
                settle(self.truth, letter, Outcome(State.FAILED, why), self.clock.instant())
                drop_request(self.truth, number)
            return letter

        def books(letter: Letter | None) -> None:
            if letter and letter.kind == "touch":
                give_up(self.house, letter.touch_id, Reason.UNREACHABLE)
            elif letter:
                self._ended(letter, Outcome(State.FAILED, why))

        return end_with_books(self.house, end, books) is not None

    def _settle(self, letter: Letter, outcome: Outcome) -> None:
        def end() -> bool:
            if not may_be_settled(self.truth, letter, outcome):
                return False
            settle(self.truth, letter, outcome, self.clock.instant())
            if letter.kind == "page" and outcome.state in (State.SENT, State.FAILED):
                drop_request(self.truth, letter.letter_id)  # the address has served
            return True

        def books(is_ours: bool) -> None:
            if is_ours and letter.kind == "touch":
                settled(self.house, letter, outcome)
            elif is_ours:
                self._ended(letter, outcome)

        until = time.monotonic() + SETTLING_SECONDS
        while True:
            try:
                end_with_books(self.house, end, books)
                return
            except Busy:  # nothing of it was kept
                if time.monotonic() > until:
                    raise
            time.sleep(PAUSE_SECONDS)
