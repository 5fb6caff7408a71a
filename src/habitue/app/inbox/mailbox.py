"""The line to the brand's own mailbox: what waits in its INBOX, oldest first, and where each mail goes.

Nothing is deleted: what was taken in is moved to a folder of its own, and what a person must read stays, flagged.
Source: RFC 3501 (IMAP); RFC 6851 (MOVE); RFC 2342 (how folders' names begin); RFC 4616 (PLAIN, which RFC 3501, 6.2.1 asks of every server);
RFC 8314, 3.2 (TLS from the first byte).
"""

from __future__ import annotations

import imaplib
import os
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from habitue.app.post.relaying import HERE, TALK_SECONDS
from habitue.dialogue.mail import MOST_BYTES
from habitue.store import Settings
from habitue.words.errors import Busy, SettingsError

PASSWORD = "HABITUE_MAILBOX_PASSWORD"
PORTS = {"imap": 143, "imaps": 993}
FOLDER = "Habitue"
"""Where a mail lies that was taken in; plain ASCII, which every server spells alike."""
NUMBERS_AT_ONCE = 1000
"""Of so many mails the numbers are asked at once: a line that names more is too long for `imaplib`."""
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
PREFIX = re.compile(rb'\(\("([^"\\]{0,100})"')
SAID_SAFELY = re.compile(rb"\[([A-Z-]{2,40})[\] ]")
"""What may be repeated of a server's no: its code (RFC 5530). The rest may hold an address."""


class MailboxAway(Busy):
    """The mailbox cannot be reached, or says no; what lies in it lies there still."""


class MailboxRefuses(MailboxAway):
    """The mailbox's server is there, and says no to one thing."""


@dataclass(frozen=True)
class Account:
    """Whose mailbox, and where. `must_secure`: nothing is told to its server but through TLS, with a certificate that holds."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    is_secure_at_once: bool = False
    must_secure: bool = True


def account_of(settings: Settings, env: Mapping[str, str] = os.environ) -> Account:
    """The mailbox that the settings name; on this very machine it may do without TLS.

    Raises: SettingsError where they name none, or its password is not told.
    """
    if not settings.mailbox:
        raise SettingsError('The settings name no mailbox: write mailbox = "imaps://user@host:993" (docs/inbox.md).')
    if not env.get(PASSWORD):
        raise SettingsError(f"The password of the mailbox is missing: give it as {PASSWORD}.")
    parts = urlsplit(settings.mailbox)
    host, is_secure = parts.hostname or "", parts.scheme == "imaps"
    return Account(host, parts.port or PORTS[parts.scheme], unquote(parts.username or ""), env[PASSWORD], is_secure, host not in HERE)


class Mailbox:
    """An open mailbox. Each call raises MailboxAway where the line breaks or the server says no."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self._server = server
        can = _line(self._ask(server.capability)).upper().split()  # many servers tell it only to whom they know
        self._moves = b"MOVE" in can
        prefix = PREFIX.match(_line(self._ask(server.namespace))) if b"NAMESPACE" in can else None
        self._folder = f'"{prefix[1].decode("ascii", "replace") if prefix else ""}{FOLDER}"'
        with suppress(MailboxAway):
            self._ask(server.create, self._folder)  # a no: it is there
            self._ask(server.subscribe, self._folder)

    def waiting(self) -> list[str]:
        """The numbers of the mails of its INBOX that nobody has flagged or deleted, oldest first."""
        there = int(_line(self._ask(self._server.select, "INBOX")))
        starts = range(1, there + 1, NUMBERS_AT_ONCE)
        found = [self._uid("SEARCH", f"{start}:{min(start + NUMBERS_AT_ONCE - 1, there)}", "UNFLAGGED", "UNDELETED") for start in starts]
        return [number.decode("ascii") for lines in found for number in _line(lines).split()]

    def size(self, number: str) -> int | None:
        """How many bytes a mail has; none where it is gone."""
        found = SIZE.search(_line(self._uid("FETCH", number, "(RFC822.SIZE)")))
        return int(found[1]) if found else None

    def raw(self, number: str) -> bytes:
        """A mail as it came, at most one byte more than is read of any; it is not marked as read."""
        told = self._uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)")
        return next((each[1] for each in told if isinstance(each, tuple) and b"BODY[" in each[0]), b"")

    def file_away(self, number: str) -> None:
        """Moves a mail to our folder; where the server moves none, it is copied there and marked as deleted."""
        if self._moves:
            self._uid("MOVE", number, self._folder)
            return
        self._uid("COPY", number, self._folder)
        self._uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)")

    def leave_to_person(self, number: str) -> None:
        """Flags a mail, which stays where it is."""
        self._uid("STORE", number, "+FLAGS.SILENT", r"(\Flagged)")

    def _uid(self, command: str, *told: str) -> list[Any]:
        return self._ask(self._server.uid, command, *told)

    def _ask(self, ask: Callable[..., tuple[str, list[Any]]], *told: str) -> list[Any]:
        with _clearly():
            answer, said = ask(*told)
        if answer != "OK":
            raise MailboxRefuses(_no(said))
        return said


@contextmanager
def opened_mailbox(account: Account) -> Iterator[Mailbox]:
    """A mailbox, secured and logged in.

    Raises: MailboxAway with what to do.
    """
    with _clearly():
        server = _talk(account)
    try:
        yield Mailbox(server)
    finally:
        with suppress(Exception):  # how we part changes nothing
            server.logout()
        with suppress(OSError):
            server.shutdown()


def _talk(account: Account) -> imaplib.IMAP4:
    if account.is_secure_at_once:
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(account.host, account.port, ssl_context=ssl.create_default_context(), timeout=TALK_SECONDS)
    else:
        server = imaplib.IMAP4(account.host, account.port, timeout=TALK_SECONDS)
    try:
        if account.must_secure and not account.is_secure_at_once:
            if "STARTTLS" not in server.capabilities:
                raise MailboxAway("The mailbox's server offers no way to speak to it safely; where it has one, write imaps:// and its port.")
            server.starttls(ssl.create_default_context())
        if "AUTH=PLAIN" not in server.capabilities:
            raise MailboxAway("The mailbox's server lets nobody in by a password alone.")
        _log_in(server, account)
    except BaseException:
        with suppress(OSError):
            server.shutdown()
        raise
    return server


def _log_in(server: imaplib.IMAP4, account: Account) -> None:
    secret = f"\0{account.user}\0{account.password}".encode()
    try:
        server.authenticate("PLAIN", lambda _: secret)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as wrong:
        raise MailboxAway(f"The mailbox's server does not know us: look at mailbox and {PASSWORD}.") from wrong


@contextmanager
def _clearly() -> Iterator[None]:
    """Says what broke in a sentence; never what a server said, which may hold an address."""
    try:
        yield
    except ssl.SSLCertVerificationError as wrong:
        raise MailboxAway("The certificate of the mailbox's server does not hold.") from wrong
    except (imaplib.IMAP4.abort, ConnectionResetError, BrokenPipeError) as wrong:
        raise MailboxAway("The mailbox's server broke off.") from wrong
    except MailboxAway:
        raise
    except Exception as wrong:  # what a server says may break the reading of it in any way
        raise MailboxAway(f"The mailbox cannot be reached ({type(wrong).__name__}).") from wrong


def _line(said: list[Any]) -> bytes:
    """What a server said, on one line."""
    return b" ".join(each for each in said if isinstance(each, bytes))


def _no(said: list[Any]) -> str:
    code = SAID_SAFELY.match(_line(said))
    return f"The mailbox's server says no{f' ({code[1].decode()})' if code else ''}."
