"""An answer that nobody here is known to have written is lost to nobody: a person says whose it is, or lets it go."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from habitue.app import House, statements_of
from habitue.app.erasure.forgetting import everything_of, forget, whom_of
from habitue.app.inbox.attaching import attach
from habitue.app.inbox.hearing_stop import Outcome
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.strangers import drop, strangers
from habitue.app.inbox.talking import conversation, open_conversations
from habitue.app.leaving import leaves_of
from habitue.app.retaining import keepings, let_go
from habitue.dialogue.incoming import Came
from habitue.store import save_settings
from habitue.store.schema import rows_where
from habitue.words.errors import Unknown
from tests.cast import Shop, shop, thanks
from tests.command_line import command_line
from tests.inbox.test_answers import answer_to, hers

__all__ = ["shop"]
FROM = "who@knows.example"
UNKNOWN = {"Message-ID": "<x@y.test>", "Reply-To": "shop@example.org", "Subject": "Le rôti"}


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.book(thanks()).open() as opened:
        yield opened


def stranger(words: str, sender: str = FROM) -> bytes:
    """A mail that names no letter of ours."""
    made = EmailMessage()
    for name, value in UNKNOWN.items():
        made[name] = value
    return answer_to(made, words, sender)


def by_mail(house: House) -> list[str]:
    """For what Jeanne Martin is written to by e-mail."""
    return [line.purpose for line in leaves_of(house, "martin") if line.is_granted and line.channel == "email"]


def test_it_waits_apart_once_and_becomes_hers_when_a_person_says_so(house: House) -> None:
    raw = stranger("plus de veau pour moi. Vous avez du lapin ?")
    came = receive(house, raw)
    assert (came.came, came.customer, came.number, came.stray > 0) == (Came.ANSWER, "", 0, True)
    assert receive(house, raw) == came
    (one,) = strangers(house)
    assert (one.sender, one.subject, one.words, one.may_be) == (FROM, "Re: Le rôti", "plus de veau pour moi. Vous avez du lapin ?", ())
    assert hers(house) == []
    number = attach(house, one.number, "martin", "Camille")
    assert strangers(house) == []
    (talk,) = hers(house)
    assert (talk.number, talk.subject, talk.messages[0].words, talk.answers) == (number, one.subject, one.words, talk.answers)
    assert [(line.what, line.state) for line in talk.messages[0].proposals] == [("refusal", "bound"), ("question", "waiting")]
    assert [each.quote for each in statements_of(house, "martin") if each.feeling < 0 and each.quote.startswith("plus de veau")]
    again = receive(house, raw)
    assert (again.number, again.stray, len(conversation(house, number).messages)) == (number, 0, 1)
    assert rows_where(house.truth, "stray", "seq", [number])[0]["who"] == "Camille"


def test_what_is_let_go_is_gone_and_the_same_mail_brings_nothing_back(house: House) -> None:
    raw = stranger("Buy our watches")
    (number,) = [receive(house, raw).stray]
    drop(house, number, "Camille")
    assert strangers(house) == []
    assert "watches" not in str(rows_where(house.truth, "stray", "stray_id", [number]))
    assert receive(house, raw).stray == 0
    assert strangers(house) == []
    for act in (lambda: drop(house, number, "Camille"), lambda: attach(house, number, "martin", "Camille"), lambda: attach(house, 99, "martin", "")):
        with pytest.raises(Unknown):
            act()


def test_a_mail_stays_what_it_was_when_a_file_tells_its_address_afterwards(house: House, shop: Shop) -> None:
    gone, waiting = stranger("Buy our watches"), stranger("Avez-vous du lapin ?")
    drop(house, receive(house, gone).stray, "Camille")
    number = receive(house, waiting).stray
    shop.bring("customers", f"customer,since,email\nolga,2017-02-02,{FROM}\n")
    assert [(each.stray, each.number) for each in (receive(house, gone), receive(house, waiting))] == [(0, 0), (number, 0)]
    assert [talk for talk in open_conversations(house) if talk.customer == "olga"] == []
    assert receive(house, stranger("Et samedi ?")).customer == "olga"


def test_a_stop_of_a_stranger_is_heard_and_a_person_may_say_whose_it_is(house: House) -> None:
    heard = receive(house, stranger("STOP")).heard
    assert heard is not None
    assert (heard.outcome, heard.customers) == (Outcome.OUT, 0)
    (waiting,) = strangers(house)
    assert (waiting.words, waiting.is_out) == ("STOP", True)
    receive(house, stranger("Avez-vous du lapin ?", "other@knows.example"))
    assert [each.is_out for each in strangers(house)] == [True, False]
    assert by_mail(house)
    attach(house, waiting.number, "martin", "Camille")
    assert not by_mail(house), "she said it from an address of which nobody knew"


def test_a_stop_from_an_address_that_somebody_has_or_had_before_her_erasure_waits_for_nobody(house: House) -> None:
    receive(house, stranger("STOP", "jeanne@example.org"))
    forget(house, "martin")
    receive(house, stranger("Stop", "jeanne@example.org"))
    assert strangers(house) == []


def test_who_may_have_written_it_is_proposed_and_it_is_erased_with_whom_it_names(house: House) -> None:
    named = receive(house, stranger("Bonjour, je suis Jeanne Martin, avez-vous du lapin ?")).stray
    other = receive(house, stranger("Avez-vous du lapin demain ?", "else@knows.example")).stray
    assert [row["stray_id"] for row in everything_of(house.truth, whom_of(house.truth, 1))["stray"]] == [named]
    forget(house, "martin")
    assert [each.number for each in strangers(house)] == [other]


def test_it_goes_by_itself_after_a_year(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        receive(house, stranger("Avez-vous du lapin ?"))
        assert {each.kind: each.due for each in keepings(house)}["strays"] == 0
    with shop.open("2018-11-02") as later:
        assert let_go(later)["strays"] == 0
    with shop.open("2018-11-04") as later:
        assert let_go(later)["strays"] == 1
        assert strangers(later) == []


def test_the_terminal_lists_them_after_those_who_wait(shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    save_settings(shop.book(thanks()).settings)
    with shop.open() as house:
        number = receive(house, stranger("Avez-vous du lapin ?")).stray
    habitue = command_line(shop.settings.data, monkeypatch, capsys)
    code, out = habitue("inbox", "list", "--language", "fr")
    assert code == 0
    assert "On ne sait pas qui a écrit ceci" in out
    assert FROM in out
    assert "lapin" in habitue("inbox", "attach", str(number), "martin")[1]
    assert FROM not in habitue("inbox", "list")[1]


def test_a_stop_beside_what_somebody_attaches_is_her_no(house: House) -> None:
    came = receive(house, stranger("Plus de mails svp. Vos SMS sont inutiles.", "petit@example.org"))
    attach(house, came.stray, "martin", "Camille")
    assert not by_mail(house)
