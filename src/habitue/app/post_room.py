"""The post room: the only place from which anything leaves for somebody. It hands letters to the brand's own mail server, one conversation each.

What is unsure is said to be unsure: where the server took the text and its answer never came, the letter is in doubt, and a service letter goes again
under the same Message-ID. A refusal for good ends it; a "not now" is tried again later.
Source: RFC 5321, 4.2.1 (4xx: not now; 5xx: no), 4.5.4.1 (trying again); RFC 3207 (STARTTLS); RFC 8314, 3.3 (TLS from the first byte); RFC 6531 (SMTPUTF8).
"""

from __future__ import annotations

import logging
import os
import re
import smtplib
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import unquote, urlsplit

from habitue.app.door import drop_request, forget_unproved, is_any_over
from habitue.app.knocking import stopped_kinds
from habitue.app.letter_writing import Unwritten, write_letter
from habitue.app.opening import open_up
from habitue.channels.email.address import sendable
from habitue.channels.email.mail import Mail
from habitue.channels.email.signing import Keys, signed
from habitue.channels.email.signing_keys import signing_keys
from habitue.channels.letters import KINDS, Letter, Outcome, State, claim, due, settle
from habitue.store import Settings, Truth, clock_of
from habitue.store.house_key import house_key
from habitue.words.clock import Clock
from habitue.words.errors import BadInput, HabitueError, SettingsError

PASSWORD = "HABITUE_RELAY_PASSWORD"
PORTS = {"smtp": 587, "smtps": 465}
TALK_SECONDS = 30.0
LETTERS_AT_ONCE = 50
LOOK_AGAIN_SECONDS = 2.0
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
SAID_SAFELY = re.compile(r"(?<![\w.])[245]\.\d{1,3}\.\d{1,3}(?![\w.])|queued as \w{1,40}", re.ASCII)
"""What may be kept of a server's answer: the code of the cause (RFC 3463) and its number in the queue. The rest may repeat an address."""
NOBODY = "There is nobody to send it to any more."
BROKE_OFF = "The mail server had the letter, and broke off before it answered."
NO_SENDER = "No letter can leave from the sender that the settings name; write it as shop@example.org."
NO_RELAY = "No letter can leave: the settings name no relay, sender or address (docs/sign-up.md)."
log = logging.getLogger("habitue.post")


@dataclass(frozen=True)
class Relay:
    """The mail server that takes our letters. `must_secure`: nothing is told to it but through TLS, with a certificate that holds."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    is_secure_at_once: bool = False
    must_secure: bool = True


def relay_of(settings: Settings, env: Mapping[str, str] = os.environ) -> Relay:
    """The relay that the settings name; on this very machine it may do without TLS.

    Raises: SettingsError where they name none, or no sender that a letter can come from, or no address for links.
    """
    if not (settings.relay and settings.sender and settings.address):
        raise SettingsError(NO_RELAY)
    try:
        sendable(settings.sender)
    except BadInput as wrong:
        raise SettingsError(NO_SENDER) from wrong
    parts = urlsplit(settings.relay)
    host, is_secure = parts.hostname or "", parts.scheme == "smtps"
    return Relay(host, parts.port or PORTS[parts.scheme], unquote(parts.username or ""), env.get(PASSWORD, ""), is_secure, host not in HERE)


def deliver(mail: Mail, relay: Relay, name: str) -> Outcome:
    """Hands one letter to the relay and says what became of it. `name` is how we call ourselves (the domain of the sender)."""
    try:
        server = _talk(relay, name)
    except Exception as wrong:  # noqa: BLE001 - a name or a password that cannot be spelt is no SMTPException; no letter may end the round
        return Outcome(State.WAITING, _why_not(wrong))
    try:
        return _hand_over(server, mail)
    finally:
        server.close()


def _hand_over(server: smtplib.SMTP, mail: Mail) -> Outcome:
    """The letter itself, step by step, so that we know what the server had when it broke off."""
    if mail.is_international and not server.has_extn("smtputf8"):
        return Outcome(State.FAILED, "The mail server takes no letter to such an address (SMTPUTF8).")
    options = ["SMTPUTF8", "BODY=8BITMIME"] if mail.is_international else []
    is_told = False
    try:
        for step in (partial(server.mail, mail.sender, options), partial(server.rcpt, mail.to), partial(server.docmd, "DATA")):
            code, said = step()
            if not 200 <= code < 400:
                return _refused(code, said)
        is_told = True
        server.send(re.sub(rb"(?m)^\.", b"..", mail.raw) + b".\r\n")
        code, said = server.getreply()
    except Exception as wrong:  # noqa: BLE001 - as above
        return Outcome(State.IN_DOUBT, BROKE_OFF) if is_told else Outcome(State.WAITING, _why_not(wrong))
    with suppress(Exception):  # the letter has left; how we part changes nothing
        server.quit()
    if 200 <= code < 300:
        return Outcome(State.SENT, _safe(code, said))
    return _refused(code, said) if 400 <= code < 600 else Outcome(State.IN_DOUBT, BROKE_OFF)  # anything else is no answer to a text


def _talk(relay: Relay, name: str) -> smtplib.SMTP:
    """A conversation with the relay, secured and logged in."""
    if relay.is_secure_at_once:
        server: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, name, timeout=TALK_SECONDS, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(relay.host, relay.port, name, TALK_SECONDS)
    try:
        server.ehlo_or_helo_if_needed()
        if relay.must_secure and not relay.is_secure_at_once:
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if relay.user:
            server.login(relay.user, relay.password)
    except BaseException:
        server.close()
        raise
    return server


def _refused(code: int, said: bytes) -> Outcome:
    return Outcome(State.FAILED if 500 <= code < 600 else State.WAITING, _safe(code, said))


def _safe(code: int, said: bytes) -> str:
    """What a server answered, without what it may have repeated of an address."""
    return " ".join([str(code), *SAID_SAFELY.findall(said.decode("utf-8", "replace"))][:4])


def _why_not(wrong: Exception) -> str:
    """Why no letter could be handed over; never what was said, which may hold an address."""
    if isinstance(wrong, smtplib.SMTPAuthenticationError):
        return f"The mail server does not know us ({_safe(wrong.smtp_code, b'')}): look at relay and {PASSWORD}."
    if isinstance(wrong, smtplib.SMTPNotSupportedError):
        return "The mail server offers no way to speak to it safely, or none to log in."
    if isinstance(wrong, ssl.SSLError):
        return "The mail server's certificate does not hold."
    if isinstance(wrong, smtplib.SMTPResponseException):
        return _safe(wrong.smtp_code, wrong.smtp_error if isinstance(wrong.smtp_error, bytes) else b"")
    if isinstance(wrong, (smtplib.SMTPException, OSError)):
        return f"The mail server cannot be reached ({type(wrong).__name__})."
    return f"The letter could not be handed over ({type(wrong).__name__}): look at relay and {PASSWORD}."


class PostRoom:
    """Sends what waits. Several may run at once, here or in another process: each letter is in one hand at a time."""

    def __init__(self, truth: Truth, settings: Settings, clock: Clock, relay: Relay) -> None:
        self.truth, self.settings, self.clock, self.relay = truth, settings, clock, relay

    def send_some(self) -> int:
        """Sends the letters whose time has come, some at a time, and deletes addresses whose time is over; gives how many letters were tried.

        Raises: SettingsError where the keys that sign are broken: no letter is touched, and none leaves unsigned.
        """
        tried, keys = 0, signing_keys(self.settings.data)
        if is_any_over(self.truth, self.clock.instant()):
            with self.truth.transaction():
                self.truth.next_seq(0)  # waits for whoever is writing
                forget_unproved(self.truth, self.clock.instant())
        stopped = stopped_kinds(self.truth)
        going = [kind for kind in KINDS if kind not in stopped]
        for number in [number for kind in going for number in due(self.truth, kind, self.clock.instant(), LETTERS_AT_ONCE)]:
            tried += self._send(number, keys)
        return tried

    def _send(self, number: int, keys: Keys | None) -> bool:
        key = house_key(self.settings.data)
        try:
            taken = self._take(number, key)
        except Unwritten as wrong:
            return self._give_up(number, str(wrong))
        if taken is None:
            return False
        letter, mail = taken
        if mail:
            mail = replace(mail, raw=signed(mail.raw, keys)) if keys else mail
            self._settle(letter, deliver(mail, self.relay, mail.sender.rpartition("@")[2]))
        return True

    def _take(self, number: int, key: bytes) -> tuple[Letter, Mail | None] | None:
        """A letter in our hands, written; settled where it has nobody to go to, none where somebody else has it."""
        with self.truth.transaction():
            self.truth.next_seq(0)  # waits for whoever is writing
            letter = claim(self.truth, number, self.clock.instant())
            if letter is None:
                return None
            mail = write_letter(self.truth, self.settings, letter, self.clock.instant(), key)
            if mail is None:
                settle(self.truth, letter, Outcome(State.FAILED, NOBODY), self.clock.instant())
        return letter, mail

    def _give_up(self, number: int, why: str) -> bool:
        """Ends a letter that cannot be written, after the half of it that was written is undone: the next in the row must not wait for it."""
        with self.truth.transaction():
            self.truth.next_seq(0)
            letter = claim(self.truth, number, self.clock.instant())
            if letter:
                settle(self.truth, letter, Outcome(State.FAILED, why), self.clock.instant())
                drop_request(self.truth, number)
        return letter is not None

    def _settle(self, letter: Letter, outcome: Outcome) -> None:
        with self.truth.transaction():
            self.truth.next_seq(0)
            settle(self.truth, letter, outcome, self.clock.instant())
            if letter.kind == "page" and outcome.state in (State.SENT, State.FAILED):
                drop_request(self.truth, letter.letter_id)  # the address has served


class PostWorker:
    """A thread that sends what waits, for as long as the house is served; where no relay is named it sends nothing and says so once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="post room", daemon=True)

    def __enter__(self) -> PostWorker:
        if self.settings.relay:
            self._thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join(TALK_SECONDS)

    def _work(self) -> None:
        truth = open_up(self.settings)
        try:
            room = PostRoom(truth, self.settings, clock_of(self.settings), relay_of(self.settings))
            while not self._ended.is_set():
                if not _tried(room):
                    self._ended.wait(LOOK_AGAIN_SECONDS)
        except SettingsError as wrong:
            log.error("the post room is closed: %s", wrong)
        finally:
            truth.close()


def _tried(room: PostRoom) -> int:
    try:
        return room.send_some()
    except Exception as wrong:  # noqa: BLE001 - the post room must not end before the house does; what waits is tried again
        log.error("letters wait: %s", wrong if isinstance(wrong, HabitueError) else type(wrong).__name__)
        return 0
