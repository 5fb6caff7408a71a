"""A shop whose letters go through a real Postfix into real mailboxes, and whose own mailbox is read by IMAP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.post.dovecot import PASSWORD, Dovecot, dovecot
from tests.post.postfix import Postfix, postfix


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
