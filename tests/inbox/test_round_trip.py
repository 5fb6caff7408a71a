"""The whole round through real servers: the day's word lands in her mailbox, she answers, it binds at once, a person answers her, and her card shows it.

Postfix carries every mail, Dovecot holds her mailbox and the shop's; the shop's is read by `habitue inbox fetch`.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from habitue.app import House, decide_for, plan_day, statements_of
from habitue.app.card import card_of
from habitue.app.her.saying import allow
from habitue.app.inbox.answering import answer, keep
from habitue.app.inbox.talking import Conversation, open_conversations
from habitue.app.post.gate import open_gate
from habitue.words.clock import date_of
from habitue.words.errors import Refused
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Purpose
from tests.cast import Shop, shop, veal
from tests.command_line import Run, command_line
from tests.inbox.test_answers import answer_to
from tests.post.dovecot import Dovecot
from tests.post.peer import text_of
from tests.post.postfix import Postfix
from tests.post.test_touches import send, written

__all__ = ["shop"]
JEANNE, OURS = "jeanne@example.org", "answers@example.org"


@pytest.fixture
def house(shop: Shop, mail_server: Postfix, mailboxes: Dovecot) -> Iterator[House]:
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{mail_server.port}"}
    mailbox = f"imap://answers%40example.org@127.0.0.1:{mailboxes.imap}"
    with written(shop.told(**told, mailbox=mailbox), veal(letter='"aside"')).open() as opened:
        open_gate(opened.settings, opened.clock.instant())
        yield opened


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return command_line(house.settings.data, monkeypatch, capsys)


@pytest.fixture
def letter(house: House, mailboxes: Dovecot) -> EmailMessage:
    """The word that the day's plan said to Jeanne Martin, read in her mailbox."""
    plan_day(house)
    send(house)
    (got,) = mailboxes.letters(JEANNE, 1)
    return got


def write(mail_server: Postfix, mailboxes: Dovecot, raw: bytes, to: str, sender: str = JEANNE) -> None:
    """What her mail program does, until it lies in the shop's mailbox."""
    lie_there = len(mailboxes.lying(OURS))
    with smtplib.SMTP("127.0.0.1", mail_server.port, local_hostname="her.example.org") as server:
        server.sendmail(sender, [to], raw)
    mailboxes.letters(OURS, lie_there + 1)


def hers(house: House) -> list[Conversation]:
    return [each for each in open_conversations(house) if each.customer == "martin"]


def test_no_more_veal_goes_the_whole_round(house: House, letter: EmailMessage, mail_server: Postfix, mailboxes: Dovecot, run: Run) -> None:
    to = str(letter["Reply-To"])
    assert to.startswith("answers+")
    write(mail_server, mailboxes, answer_to(letter, "plus de veau, merci"), to)

    code, said = run("inbox", "fetch")
    assert (code, "Jeanne Martin" in said, "plus de veau, merci" in said) == (0, True, True)
    assert (mailboxes.lying(OURS), len(mailboxes.lying(OURS, "Habitue"))) == ([], 1)
    assert decide_for(house, "martin").reason in {Reason.DISLIKED, Reason.WAITING_FOR_OUR_ANSWER}
    (stated,) = [one for one in statements_of(house, "martin") if one.feeling < 0]
    assert (stated.quote, stated.told, stated.standing, stated.on) == ("plus de veau, merci", "she_said", "counts", date_of(house.today))
    (talk,) = hers(house)

    answer(house, talk.number, "Bonjour Jeanne,\n\nc’est noté : plus de veau.", "Camille", talk.last)
    assert hers(house) == []
    send(house)
    _, got = mailboxes.letters(JEANNE, 2)
    assert (got["In-Reply-To"], got["Subject"]) == (talk.answers, f"Re: {letter['Subject']}")
    assert "c’est noté : plus de veau." in text_of(got)
    assert card_of(house, "martin", language="fr").never == ("Pas de ceci\u202f: veau. Elle nous l’a dit le 2 novembre 2017.",)
    assert run("inbox", "fetch") == (0, "No mail waits in the mailbox.")


def test_an_allergy_of_her_son_waits_for_her_leave(house: House, letter: EmailMessage, mail_server: Postfix, mailboxes: Dovecot, run: Run) -> None:
    write(mail_server, mailboxes, answer_to(letter, "Mon fils est allergique au café."), str(letter["Reply-To"]))
    run("inbox", "fetch")
    (talk,) = hers(house)
    (line,) = [each for each in talk.messages[0].proposals if each.what == "allergy"]
    assert (line.state, line.needs_leave) == ("waiting", True)
    with pytest.raises(Refused):
        keep(house, talk.number, line.number, "Camille")
    assert [one for one in statements_of(house, "martin") if "allergique" in one.quote] == []
    answer(house, talk.number, "Merci de nous l’avoir dit.", "Camille", asks_leave=True)
    send(house)
    _, asked = mailboxes.letters(JEANNE, 2)
    assert "#leaves" in text_of(asked)
    allow(house, "martin", is_yes=True, purpose=Purpose.HEALTH)
    keep(house, talk.number, line.number, "Camille")
    assert [one.is_about_health for one in statements_of(house, "martin") if "allergique" in one.quote] == [True]
