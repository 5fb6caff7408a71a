"""A mail server that breaks off, refuses or repeats addresses exactly where a test says so: aiosmtpd on a loopback port."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.post.postfix import free_port


@dataclass
class Peer:
    """What it answers at each step (`on_rcpt_of`: by address or domain), what it was asked and got. `breaks_off`: it has the letter and says no word."""

    on_rcpt: str = "250 OK"
    on_data: str = "250 2.0.0 Ok: queued as ABC123"
    breaks_off: bool = False
    user: str = ""
    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    sent_by: list[str] = field(default_factory=list)
    on_rcpt_of: dict[str, str] = field(default_factory=dict)
    asked_for: list[str] = field(default_factory=list)

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802 - its way
        self.asked_for.append(address)
        answer = self.on_rcpt_of.get(address) or self.on_rcpt_of.get(address.rpartition("@")[2], self.on_rcpt)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its way
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.to += envelope.rcpt_tos
        self.sent_by.append(str(envelope.mail_from))
        if self.breaks_off:
            assert server.transport
            server.transport.abort()
        return self.on_data

    def knows(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, told: Any) -> AuthResult:
        is_right = isinstance(told, LoginPassword) and (told.login, told.password) == (self.user.encode(), b"right")
        return AuthResult(success=is_right, handled=False)

    @property
    def letters(self) -> list[EmailMessage]:
        """What it got, read as a mail reader does."""
        read = [message_from_bytes(raw, policy=policy.default) for raw in self.raw]
        return [each for each in read if isinstance(each, EmailMessage)]


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """The words of a letter."""
    part = letter.get_body((kind,))
    assert part
    return str(part.get_content())


def links_in(letter: EmailMessage) -> list[str]:
    """Every address that the plain text of a letter holds, without its house."""
    return re.findall(r"https://regulars\.example\.org(/\S+)", text_of(letter))


@contextmanager
def listening_peer(certificate: Path | None = None, user: str = "", made: Peer | None = None) -> Iterator[Peer]:
    """A peer on a free port; with a certificate it offers STARTTLS, with a user it knows her and nobody else."""
    peer, more = made or Peer(user=user), {}
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        more["tls_context"] = context
    if user:
        more |= {"authenticator": peer.knows, "auth_require_tls": False}
    peer.port = free_port()
    controller = Controller(peer, hostname="127.0.0.1", port=peer.port, enable_SMTPUTF8=True, server_hostname="peer.example.org", **more)
    controller.start()
    try:
        yield peer
    finally:
        controller.stop()
