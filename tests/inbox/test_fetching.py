"""Mail comes in from a real mailbox: each is taken in once and moved aside, what a person must read stays there flagged, nothing is lost whatever breaks."""

from __future__ import annotations

import logging
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from habitue.app import House
from habitue.app.inbox import fetching_mail
from habitue.app.inbox.fetching_mail import COPY, TOO_LARGE, TRIED, Fetched, MailWorker, fetch_mail
from habitue.app.inbox.hearing_stop import Outcome
from habitue.app.inbox.mailbox import PASSWORD, Account, MailboxAway, account_of, opened_mailbox
from habitue.app.inbox.receiving import Received, receive
from habitue.app.inbox.talking import open_conversations
from habitue.app.post.gate import keep_closed_until, open_gate
from habitue.dialogue.incoming import Came
from habitue.dialogue.mail import MOST_BYTES
from habitue.store import Settings, load_settings
from habitue.words.errors import Busy, SettingsError
from tests.cast import Shop, shop
from tests.command_line import command_line
from tests.post import dovecot as peer
from tests.post.dovecot import Dovecot, dovecot
from tests.post.test_post_room import certificate

__all__ = ["shop"]
OURS = "answers@example.org"
FROM_HER = b"From: Jeanne <jeanne@example.org>\r\nTo: answers@example.org\r\nMessage-ID: <%s@client.test>\r\nSubject: %s\r\n\r\n%s\r\n"
NAMES_NOBODY = "This e-mail names nobody who wrote it. Read it yourself: it may say stop."
BROKEN = b"From: \r\nFrom jeanne@example.org\r\n\r\nplus de veau\r\n"


@pytest.fixture
def house(shop: Shop, mailboxes: Dovecot) -> Iterator[House]:
    with shop.told(sender="shop@example.org", mailbox=f"imap://answers%40example.org@127.0.0.1:{mailboxes.imap}").open() as opened:
        yield opened


def mail(number: int, words: str, subject: str = "Bonjour") -> bytes:
    """What Jeanne Martin writes to the shop's address."""
    return FROM_HER % (str(number).encode(), subject.encode(), words.encode())


def fetched(house: House, tries: Counter[str] | None = None) -> list[Fetched]:
    """One round."""
    with opened_mailbox(account_of(house.settings)) as mailbox:
        return list(fetch_mail(house, mailbox, Counter() if tries is None else tries))


def asked(house: House) -> list[str]:
    """What Jeanne Martin waits for, oldest first."""
    talks = [each for each in open_conversations(house) if each.customer == "martin"]
    return [said.words for talk in sorted(talks, key=lambda talk: talk.number) for said in talk.messages]


def test_mails_are_taken_in_oldest_first_and_lie_in_a_folder_of_their_own_afterwards(house: House, mailboxes: Dovecot) -> None:
    for n in range(3):
        mailboxes.hand_in(mail(n, f"Avez-vous du lapin {n} ?"), OURS)
    assert [each.received and each.received.customer for each in fetched(house)] == ["martin"] * 3
    assert asked(house) == [f"Bonjour\nAvez-vous du lapin {n} ?" for n in range(3)]
    assert mailboxes.lying(OURS) == []
    assert len(mailboxes.lying(OURS, "Habitue")) == 3
    assert mailboxes.lying(OURS, "Habitue", "SEEN") == [], "who looks into the folder sees what nobody has opened there"
    assert fetched(house) == []


def test_a_mail_that_was_taken_in_and_not_moved_when_the_power_failed_counts_once(house: House, mailboxes: Dovecot) -> None:
    mailboxes.hand_in(mail(1, "Avez-vous du lapin ?"), OURS)
    (raw,) = mailboxes.lying(OURS)
    first = receive(house, raw)
    assert fetched(house) == [Fetched(first)]
    assert (len(asked(house)), len(mailboxes.lying(OURS, "Habitue"))) == (1, 1)


def test_what_a_person_must_read_stays_flagged_and_is_not_tried_again_until_the_flag_is_taken_off(house: House, mailboxes: Dovecot) -> None:
    large = mail(1, "x\r\n" * (MOST_BYTES // 3), "Photos")
    strange = mail(2, "Avez-vous du lapin ?").replace(b"jeanne@example.org", b"who@knows.example")
    loop = mail(3, "plus de veau").replace(b"To:", b"Delivered-To: answers@example.org\r\nDelivered-To: answers@example.org\r\nTo:")
    for raw in (large, BROKEN, strange, loop, mail(4, "STOP", "STOP"), mail(5, "Avez-vous du lapin ?")):
        mailboxes.hand_in(raw, OURS)
    too_large, broken, nobodys, came_back, stop, question = fetched(house)
    assert (too_large, broken) == (Fetched(stays=TOO_LARGE), Fetched(stays=NAMES_NOBODY))
    assert nobodys.received
    assert nobodys.received.stray, "it is kept, and waits for a person to say whose it is"
    assert came_back.received == Received(Came.LOOP)
    assert stop.received
    assert stop.received.heard
    assert stop.received.heard.outcome == Outcome.OUT
    assert question.received
    assert question.received.customer == "martin"
    assert (len(mailboxes.lying(OURS)), len(mailboxes.lying(OURS, "INBOX", "FLAGGED")), len(mailboxes.lying(OURS, "Habitue"))) == (2, 2, 4)
    assert fetched(house) == []
    with mailboxes.reader(OURS) as program:
        program.select("INBOX")
        program.store("2", "-FLAGS", r"(\Flagged)")
    assert fetched(house) == [Fetched(stays=NAMES_NOBODY)]


def test_a_mail_that_breaks_something_of_ours_holds_up_no_other_and_is_left_to_a_person_after_five_rounds(
    house: House, mailboxes: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(house: House, raw: bytes, came_to: str = "") -> Received:
        if b"rabbit" in raw:
            raise ValueError("a surprise")
        return receive(house, raw, came_to)

    monkeypatch.setattr(fetching_mail, "receive", breaking)
    tries: Counter[str] = Counter()
    mailboxes.hand_in(mail(1, "rabbit"), OURS)
    for n in range(5):
        mailboxes.hand_in(mail(2 + n, f"Avez-vous du lapin {n} ?"), OURS)
        assert [each.stays for each in fetched(house, tries)] == [""]
    assert fetched(house, tries) == [Fetched(stays=TRIED)]
    assert (len(asked(house)), len(mailboxes.lying(OURS, "INBOX", "FLAGGED"))) == (5, 1)


def test_a_mail_that_the_server_does_not_move_holds_up_no_other_and_is_flagged_in_the_end(house: House, mailboxes: Dovecot) -> None:
    in_the_way = mailboxes.home / "mail" / OURS / ".Habitue"
    for n in range(2):
        mailboxes.hand_in(mail(n, f"Avez-vous du lapin {n} ?"), OURS)
    shutil.rmtree(in_the_way, ignore_errors=True)
    in_the_way.write_text("no folder")
    tries: Counter[str] = Counter()
    for _ in range(5):
        with pytest.raises(MailboxAway, match="says no"):
            fetched(house, tries)
        assert len(asked(house)) == 2, "each is taken in, and once"
    assert [each.stays for each in fetched(house, tries)] == [TRIED] * 2
    in_the_way.unlink()
    assert len(mailboxes.lying(OURS, "INBOX", "FLAGGED")) == 2


def test_what_the_house_says_of_itself_is_no_fault_of_the_mail(house: House, mailboxes: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> Received:
        raise Busy("Another writes.")

    mailboxes.hand_in(mail(1, "Avez-vous du lapin ?"), OURS)
    tries: Counter[str] = Counter()
    with monkeypatch.context() as broken:
        broken.setattr(fetching_mail, "receive", busy)
        for _ in range(7):
            with pytest.raises(Busy):
                fetched(house, tries)
    assert [each.stays for each in fetched(house, tries)] == [""]
    assert len(asked(house)) == 1


@pytest.mark.parametrize("how", ["", "imap_capability = IMAP4rev1 UIDPLUS AUTH=PLAIN NAMESPACE"], ids=["a prefix", "a prefix, and no MOVE"])
def test_a_server_that_spells_folders_its_own_way_or_moves_nothing_serves_as_well(shop: Shop, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setenv(PASSWORD, peer.PASSWORD)
    monkeypatch.setattr("habitue.app.inbox.mailbox.NUMBERS_AT_ONCE", 2)
    with dovecot(prefix="INBOX.", more=how) as mailboxes:
        told = {"sender": "shop@example.org", "mailbox": f"imap://answers%40example.org@127.0.0.1:{mailboxes.imap}"}
        with shop.told(**told).open() as house:
            for n in range(5):
                mailboxes.hand_in(mail(n, f"Avez-vous du lapin {n} ?"), OURS)
            assert len(fetched(house)) == 5
            assert fetched(house) == []
            assert len(asked(house)) == 5
        assert mailboxes.lying(OURS, "INBOX", "UNDELETED") == []
        assert len(mailboxes.lying(OURS, "INBOX.Habitue")) == 5


# the line


def test_nothing_is_told_to_a_far_server_but_through_tls_with_a_certificate_that_holds(
    mailboxes: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MailboxAway, match="no way to speak to it safely"), opened_mailbox(Account("127.0.0.1", mailboxes.imap, OURS, "right")):
        pass
    with dovecot(certificate(tmp_path)) as secure:
        after_a_word, at_once = Account("127.0.0.1", secure.imap, OURS, "right"), Account("127.0.0.1", secure.imaps, OURS, "right", is_secure_at_once=True)
        for account in (after_a_word, at_once):
            with pytest.raises(MailboxAway, match="certificate of the mailbox's server does not hold"), opened_mailbox(account):
                pass
        assert "Login" not in (secure.home / "log").read_text()
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        for account in (after_a_word, at_once):
            with opened_mailbox(account) as mailbox:
                assert mailbox.waiting() == []
        assert (secure.home / "log").read_text().count("TLS") >= 2


def test_a_far_server_must_be_safe_and_a_password_stands_in_the_environment_alone(tmp_path: Path) -> None:
    told = {PASSWORD: "s3cret"}
    far = account_of(Settings(data=tmp_path, mailbox="imap://shop%40example.org@mail.example.org"), told)
    assert far == Account("mail.example.org", 143, "shop@example.org", "s3cret")
    assert "s3cret" not in repr(far)
    near = account_of(Settings(data=tmp_path, mailbox="imaps://shop@localhost"), told)
    assert (near.port, near.is_secure_at_once, near.must_secure) == (993, True, False)
    with pytest.raises(SettingsError, match=PASSWORD):
        account_of(Settings(data=tmp_path, mailbox="imaps://shop@localhost"), {})
    with pytest.raises(SettingsError, match="no mailbox"):
        account_of(Settings(data=tmp_path), told)


@pytest.mark.parametrize("told", ["pop://a@b.example", "imaps://b.example", "imaps://a:secret@b.example", "imaps://a@b.example/INBOX", "imaps://a@b.example:x"])
def test_a_mailbox_that_is_none_is_refused_before_anything_is_served(tmp_path: Path, told: str) -> None:
    with pytest.raises(SettingsError, match="mailbox") as wrong:
        load_settings(tmp_path, {"HABITUE_MAILBOX": told})
    assert "secret" not in str(wrong.value)


def test_one_round_by_hand_says_what_came(house: House, mailboxes: Dovecot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run = command_line(house.settings.data, monkeypatch, capsys)
    assert run("inbox", "fetch") == (0, "No mail waits in the mailbox.")
    mailboxes.hand_in(mail(1, "Avez-vous du lapin ?"), OURS)
    mailboxes.hand_in(BROKEN, OURS)
    code, said = run("inbox", "fetch")
    assert (code, "Jeanne Martin" in said, "Avez-vous du lapin ?" in said) == (0, True, True)
    assert f"A mail stays in the mailbox, flagged, for a person to read: {NAMES_NOBODY}" in said
    monkeypatch.setenv(PASSWORD, "wrong")
    assert run("inbox", "fetch") == (6, f"The mailbox's server does not know us: look at mailbox and {PASSWORD}.")


# by itself


@pytest.fixture
def worker(house: House, monkeypatch: pytest.MonkeyPatch) -> MailWorker:
    monkeypatch.setattr(fetching_mail, "LOOK_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(fetching_mail, "LONGEST_PAUSE_SECONDS", 0.2)
    return MailWorker(house.settings)


def soon(is_so: Callable[[], bool]) -> bool:
    """Whether something comes true within some seconds."""
    until = time.monotonic() + 20
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)
    return is_so()


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.name == "habitue.inbox"]


def test_a_served_house_fetches_by_itself_and_goes_on_when_the_mailbox_is_back(
    house: House, worker: MailWorker, mailboxes: Dovecot, caplog: pytest.LogCaptureFixture
) -> None:
    mailboxes.hand_in(mail(1, "Avez-vous du lapin ?"), OURS)
    with worker:
        assert soon(lambda: len(mailboxes.lying(OURS, "Habitue")) == 1)
        mailboxes.stop()
        assert soon(lambda: "no mail comes in: The mailbox cannot be reached (ConnectionRefusedError)." in said(caplog))
        time.sleep(0.5)
        mailboxes.start()
        mailboxes.hand_in(mail(2, "Et du canard ?"), OURS)
        assert soon(lambda: len(mailboxes.lying(OURS, "Habitue")) == 2)
    assert not worker._thread.is_alive()
    assert asked(house) == ["Bonjour\nAvez-vous du lapin ?", "Bonjour\nEt du canard ?"]
    assert said(caplog) == ["no mail comes in: The mailbox's server broke off.", "no mail comes in: The mailbox cannot be reached (ConnectionRefusedError)."]


def test_a_copy_of_a_house_takes_no_mail_from_the_one_that_works(
    house: House, worker: MailWorker, mailboxes: Dovecot, caplog: pytest.LogCaptureFixture
) -> None:
    keep_closed_until(house.settings, house.today)
    mailboxes.hand_in(mail(1, "Avez-vous du lapin ?"), OURS)
    with worker:
        assert soon(lambda: said(caplog) == [COPY])
        time.sleep(0.3)
        assert (len(mailboxes.lying(OURS)), said(caplog)) == (1, [COPY])
        open_gate(house.settings, house.clock.instant())
        assert soon(lambda: mailboxes.lying(OURS) == [])
    assert len(asked(house)) == 1


def test_a_wrong_password_is_said_once_and_never_shown(worker: MailWorker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv(PASSWORD, "s3cret")
    with caplog.at_level(logging.DEBUG), worker:
        assert soon(lambda: bool(said(caplog)))
        time.sleep(0.5)
    assert said(caplog) == [f"no mail comes in: The mailbox's server does not know us: look at mailbox and {PASSWORD}."]
    assert "s3cret" not in caplog.text
