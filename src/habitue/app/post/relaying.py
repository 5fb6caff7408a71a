"""The line to the brand's own mail server: made when a letter needs it, kept for those that follow, made anew where it broke.

What is unsure is said to be unsure: where the server took the text and its answer never came, the letter is in doubt. Before that it waits, and where a
line that was kept is gone, one made anew is tried first: the server that hung up had nothing of this letter.
Source: RFC 5321, 4.1.1.4 (DATA: 354, and 250 after the text), 4.1.1.5 (RSET), 4.2.1 (4xx: not now; 5xx: no), 3.8 (421: closing); RFC 3207 (STARTTLS);
RFC 8314, 3.3 (TLS from the first byte); RFC 6531 (SMTPUTF8).
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote, urlsplit

from habitue.channels.email.address import sendable
from habitue.channels.email.mail import Mail
from habitue.channels.letters import Outcome, State
from habitue.channels.returns import Return, return_of
from habitue.store import Settings
from habitue.words.errors import BadInput, SettingsError

PASSWORD = "HABITUE_RELAY_PASSWORD"
PORTS = {"smtp": 587, "smtps": 465}
TALK_SECONDS = 30.0
OK, GO_ON, DONE = 250, range(354, 355), range(200, 300)
LETTERS_A_LINE = 100
"""Many servers take no more over one line."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
CAUSE = re.compile(rb"(5\.[0-9]{1,3}\.[0-9]{1,3})(?=\s|$)")
SAID_SAFELY = re.compile(r"(?<![\w.])[245]\.\d{1,3}\.\d{1,3}(?![\w.])|queued as \w{1,40}", re.ASCII)
"""What may be kept of a server's answer: the code of the cause (RFC 3463) and its number in the queue. The rest may repeat an address."""
BROKE_OFF = "The mail server had the letter, and broke off before it answered."
NO_SENDER = "No letter can leave from the sender that the settings name; write it as shop@example.org."
NO_RELAY = "No letter can leave: the settings name no relay, sender or address (docs/sign-up.md)."


ANSWER_WAITS = (
    "No letter can leave this house yet: its settings lack a mail server, a sender or an address (docs/sign-up.md). An answer by e-mail waits until then."
)


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
    if not names_a_relay(settings):
        raise SettingsError(NO_RELAY)
    try:
        sendable(settings.sender)
    except BadInput as wrong:
        raise SettingsError(NO_SENDER) from wrong
    return relay_at(settings, env)


def names_a_relay(settings: Settings) -> bool:
    """Whether letters can leave at all: the server may be down, yet it is known which one, from whom and where links lead."""
    return bool(settings.relay and settings.sender and settings.address)


def relay_at(settings: Settings, env: Mapping[str, str] = os.environ) -> Relay:
    """The same, whatever else the settings lack."""
    parts = urlsplit(settings.relay)
    host, is_secure = parts.hostname or "", parts.scheme == "smtps"
    return Relay(host, parts.port or PORTS[parts.scheme], unquote(parts.username or ""), env.get(PASSWORD, ""), is_secure, host not in HERE)


def host_of(relay: str) -> str:
    """The name of the machine of a relay."""
    return urlsplit(relay).hostname or ""


@dataclass(frozen=True)
class NotNow(Outcome):
    """A "not now" to this reader, not to us: her mailbox provider would say the same of the next letter."""


@dataclass(frozen=True)
class NoSuchReader(Outcome):
    """The server says before the text, for good and with its cause, that there is no such address; a bare number says no cause."""

    status: str


class NotOurs(Exception):
    """We had stopped for so long that the letter was taken out of our hands."""


class _Gone(Exception):
    """The line is gone, or too old, and the server had nothing of this letter."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


class Line:
    """What carries letters to the relay, one after the other. To be closed."""

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self._server: smtplib.SMTP | None = None
        self._name, self._letters = "", 0

    def deliver(self, mail: Mail, is_ours: Callable[[], bool] = lambda: True) -> Outcome:
        """Hands one letter over and says what became of it. We call ourselves by the domain that its sender has.

        Raises: NotOurs where `is_ours`, asked when the server waits for the text, says no: nothing of it was told.
        """
        name = (mail.sender or mail.message_id.strip("<>")).rpartition("@")[2]
        if self._server and (self._name != name or self._letters >= LETTERS_A_LINE):
            self.close()
        if self._server:
            with suppress(_Gone):
                return self._hand_over(self._server, mail, is_ours)
        try:
            self._server, self._name, self._letters = talk(self.relay, name), name, 0
        except Exception as wrong:  # noqa: BLE001 - a name or a password that cannot be spelt is no SMTPException; no letter may end the round
            return Outcome(State.WAITING, why_not(wrong))
        try:
            return self._hand_over(self._server, mail, is_ours)
        except _Gone as gone:
            return gone.outcome

    def close(self) -> None:
        """Takes leave of the server; how we part changes nothing."""
        if self._server:
            with suppress(Exception):
                self._server.quit()
            self._drop()

    def _hand_over(self, server: smtplib.SMTP, mail: Mail, is_ours: Callable[[], bool]) -> Outcome:
        """The letter itself. Raises: _Gone where another line may take it; NotOurs."""
        if mail.is_international and not server.has_extn("smtputf8"):
            return Outcome(State.FAILED, "The mail server takes no letter to such an address (SMTPUTF8).")
        is_kept, self._letters = self._letters > 0, self._letters + 1
        try:
            if is_kept and server.rset()[0] != OK:
                raise smtplib.SMTPServerDisconnected
            refused = self._announce(server, mail)
        except Exception as wrong:  # noqa: BLE001 - as above
            self._drop()
            raise _Gone(Outcome(State.WAITING, why_not(wrong))) from None
        if refused is None:
            with self._dropped_where_it_fails():
                if not is_ours():
                    raise NotOurs
            return self._tell(server, mail)
        if refused.answer.startswith("421") or (is_kept and not isinstance(refused, NotNow) and refused.state == State.WAITING):
            self._drop()
            raise _Gone(refused)
        return refused

    def _announce(self, server: smtplib.SMTP, mail: Mail) -> Outcome | None:
        """Who writes, to whom; none where the server waits for the text. Raises: where what it says answers nothing that we asked."""
        options = ["SMTPUTF8", "BODY=8BITMIME"] if mail.is_international else []
        steps: tuple[tuple[Callable[[], tuple[int, bytes]], range, type[Outcome]], ...] = (
            (partial(server.mail, mail.sender, options), DONE, Outcome),
            (partial(server.rcpt, mail.to), DONE, NotNow),
            (partial(server.docmd, "DATA"), GO_ON, Outcome),
        )
        for step, yes, not_now in steps:
            code, said = step()
            if code not in yes and not 400 <= code < 600:
                raise smtplib.SMTPServerDisconnected
            if code not in yes:
                return (_no_such_reader(code, said) if not_now is NotNow else None) or _refused(code, said, not_now)
        return None

    def _tell(self, server: smtplib.SMTP, mail: Mail) -> Outcome:
        """The text; whatever breaks from here on leaves a doubt."""
        try:
            server.send(re.sub(rb"(?m)^\.", b"..", mail.raw) + b".\r\n")
            code, said = server.getreply()
        except Exception:  # noqa: BLE001 - as above
            code, said = -1, b""
        if code == OK:
            return Outcome(State.SENT, _safe(code, said))
        if 400 <= code < 600 and code != 421:
            return _refused(code, said, NotNow)
        self._drop()
        return _refused(code, said, Outcome) if code == 421 else Outcome(State.IN_DOUBT, BROKE_OFF)  # anything else is no answer to a text

    @contextmanager
    def _dropped_where_it_fails(self) -> Iterator[None]:
        """A server that waits for a text must get no other letter's."""
        try:
            yield
        except BaseException:
            self._drop()
            raise

    def _drop(self) -> None:
        if self._server:
            self._server.close()
            self._server = None


def deliver(mail: Mail, relay: Relay) -> Outcome:
    """Hands one letter over, on a line of its own."""
    with closing(Line(relay)) as line:
        return line.deliver(mail)


def talk(relay: Relay, name: str, seconds: float = 0) -> smtplib.SMTP:
    """A conversation with the relay, secured and logged in, each step of it within so many seconds (0: `TALK_SECONDS`).

    Raises: what `why_not` tells apart.
    """
    seconds = seconds or TALK_SECONDS
    if relay.is_secure_at_once:
        server: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, name, timeout=seconds, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(relay.host, relay.port, name, seconds)
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


def _refused(code: int, said: bytes, not_now: type[Outcome]) -> Outcome:
    return Outcome(State.FAILED, _safe(code, said)) if 500 <= code < 600 else not_now(State.WAITING, _safe(code, said))


def _no_such_reader(code: int, said: bytes) -> Outcome | None:
    """Source: RFC 2034, 4 (the cause stands first in the text)."""
    found = CAUSE.match(said) if 500 <= code < 600 else None
    status = found[1].decode("ascii") if found else ""
    return NoSuchReader(State.FAILED, _safe(code, said), status) if return_of(status, is_for_good=True) == Return.GONE else None


def _safe(code: int, said: bytes) -> str:
    """What a server answered, without what it may have repeated of an address."""
    return " ".join([str(code), *SAID_SAFELY.findall(said.decode("utf-8", "replace"))][:4])


def why_not(wrong: Exception) -> str:
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
