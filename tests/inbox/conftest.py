"""A shop whose letters go through a real Postfix into real mailboxes, and whose own mailbox is read by IMAP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.post.dovecot import PASSWORD, Dovecot, dovecot
from tests.post.postfix import Postfix, free_port, postfix

AT_ONCE = "minimal_backoff_time = 1s\nmaximal_backoff_time = 1s\nqueue_run_delay = 1s\nmessage_size_limit = 20000000\n"


@pytest.fixture(scope="session")
def running_mailboxes() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def mailboxes(running_mailboxes: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """The shop's mailbox and Jeanne's, empty; the house knows the password of its own."""
    monkeypatch.setenv("HABITUE_MAILBOX_PASSWORD", PASSWORD)
    running_mailboxes.empty()
    return running_mailboxes


@pytest.fixture(scope="session")
def mail_server(running_mailboxes: Dovecot) -> Iterator[Postfix]:
    """Takes mail from anybody, for everybody in those mailboxes."""
    with postfix(lmtp_port=running_mailboxes.lmtp) as running:
        yield running


@dataclass
class HandingOver:
    """A mail server that hands over what comes for example.org at one port of ours, and what comes for far.test at another."""

    server: Postfix
    near: int
    far: int
    read: int = 0

    def log(self) -> str:
        """What it wrote down since the test began."""
        return self.server.log.read_text()[self.read :]


@pytest.fixture(scope="session")
def running_handing_over() -> Iterator[HandingOver]:
    near, far = free_port(), free_port()
    elsewhere = f"transport_maps = inline:{{ {{ far.test = lmtp:inet:127.0.0.1:{far} }} }}\n"
    with postfix(lmtp_port=near, more=AT_ONCE + elsewhere) as server:
        yield HandingOver(server, near, far)


@pytest.fixture
def handing_over(running_handing_over: HandingOver) -> HandingOver:
    running_handing_over.read = len(running_handing_over.server.log.read_text())
    return running_handing_over
