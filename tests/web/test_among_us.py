"""The shop among itself, beside a conversation: who has it in hand, and notes. Neither hides what is due, neither leaves in a letter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.erasure.forgetting import forget
from habitue.app.her.awaiting import open_wait
from habitue.app.her.data import her_data
from habitue.app.her.saying import allow
from habitue.app.inbox.among_us import drop_note, give, note, take
from habitue.app.inbox.answering import answer
from habitue.app.inbox.talking import conversation, open_conversations
from habitue.app.retaining import keepings, let_go
from habitue.store import save_settings
from habitue.web import create_site
from habitue.words.errors import Refused, Unknown
from habitue.words.vocabulary import Purpose, Thread
from tests.cast import Shop, shop, thanks
from tests.command_line import command_line
from tests.post.peer import listening_peer, text_of
from tests.post.test_touches import send
from tests.web.test_inbox_pages import HERE, press
from tests.web.test_pages import words_of

__all__ = ["shop"]
SAID = "Elle vient toujours avec son chien Zébulon."


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.told(sender="shop@example.org").book(thanks()).open() as opened:
        yield opened


@pytest.fixture
def counter(house: House) -> TestClient:
    return TestClient(create_site(house), base_url="http://localhost")


def asked_by(house: House, who: str, words: str = "Et samedi ?") -> int:
    """A question; gives its number."""
    open_wait(house, who, Thread.QUESTION, words)
    return max(talk.number for talk in open_conversations(house))


def test_somebody_takes_it_gives_it_on_and_back_and_the_list_stays_whole_and_in_its_order(house: House, counter: TestClient) -> None:
    number, other = asked_by(house, "martin"), asked_by(house, "karim")
    before = [talk.number for talk in open_conversations(house)]
    assert "I take it" not in words_of(counter.get(f"/inbox/{number}").text), "nobody said who is at the desk"
    press(counter, "/staff", {"name": "Camille"})
    assert "Nobody has it in hand. I take it" in words_of(counter.get(f"/inbox/{number}").text)
    press(counter, f"/inbox/{number}", {"do": "take", "had": ""})
    assert "Camille has it in hand. Give it back" in words_of(counter.get(f"/inbox/{number}").text)
    press(counter, f"/inbox/{other}", {"do": "give", "had": "", "person": " Anne\u0007 "})
    listed = words_of(counter.get("/inbox").text)
    assert ("for Camille" in listed, "for Anne" in listed) == (True, True)
    assert [talk.number for talk in open_conversations(house)] == before
    mine = words_of(counter.get("/inbox?of=mine").text)
    assert ("Jeanne Martin" in mine, "Karim" in mine, "1 of 3 conversations that wait for us." in mine) == (True, False, True)
    nobodys = words_of(counter.get("/inbox?of=nobody&lang=fr").text)
    assert ("Jeanne Martin" in nobodys, "Paul Roche" in nobodys, "1 conversation sur 3 qui nous attendent." in nobodys) == (False, True, True)
    press(counter, f"/inbox/{number}", {"do": "back", "had": "Camille"})
    assert conversation(house, number).person == ""
    assert [each["person"] for each in counter.get("/api/inbox?of=anne").json()] == ["Anne"]
    assert {each["person"] for each in counter.get("/api/inbox?of=").json()} == {""}


@pytest.mark.parametrize(("language", "sentence"), [("en", "Somebody else has it in hand by now."), ("fr", "Quelqu’un d’autre s’en occupe entre-temps.")])
def test_of_two_who_take_it_at_once_the_second_is_told(house: House, counter: TestClient, language: str, sentence: str) -> None:
    number = asked_by(house, "martin")
    press(counter, "/staff", {"name": "Camille"})
    take(house, number, "Anne")
    for form in ({"do": "take", "had": ""}, {"do": "give", "had": "", "person": "Zoé"}, {"do": "back", "had": "Camille"}):
        told = counter.post(f"/inbox/{number}?lang={language}", data=form, headers=HERE)
        assert (told.status_code, sentence in words_of(told.text), "Anne" in words_of(told.text)) == (403, True, True)
    with pytest.raises(Refused):
        take(house, number, "Camille")
    take(house, number, "anne")
    press(counter, f"/inbox/{number}", {"do": "take", "had": "anne"})
    assert conversation(house, number).person == "Camille"


def test_what_is_answered_stays_in_those_hands(house: House) -> None:
    number = asked_by(house, "martin")
    take(house, number, "Anne")
    answer(house, number, "Oui.", "Anne")
    assert conversation(house, number).person == "Anne"
    assert [talk.person for talk in open_conversations(house, of="Anne")] == []


def test_a_note_is_the_shop_s_alone_and_hers_by_law(shop: Shop) -> None:
    with listening_peer() as peer:
        told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
        with shop.told(**told).book(thanks()).open() as house:
            counter = TestClient(create_site(house), base_url="http://localhost")
            number = asked_by(house, "martin")
            press(counter, "/staff", {"name": "Camille"})
            assert press(counter, f"/inbox/{number}", {"do": "note", "note": f"{SAID}\r\n<b>"}) == f"/inbox/{number}#among-us"
            page = counter.get(f"/inbox/{number}").text
            assert f"{SAID} <b> Delete" in words_of(page)
            assert "<b>\n" not in page
            assert SAID not in words_of(counter.get("/inbox").text), "the list shows her words, and no others"
            assert counter.get(f"/api/inbox/{number}").json()["notes"][0]["who"] == "Camille"
            answer(house, number, "Oui, samedi.", "Camille")
            send(house)
            assert [text for text in map(text_of, peer.letters) if "Oui, samedi." in text]
            assert [text for text in map(text_of, peer.letters) if "bulon" in text] == []
            for language, title in (("en", "What the shop noted beside your letters"), ("fr", "Ce que la boutique a noté à côté de vos lettres")):
                with ZipFile(BytesIO(her_data(house, "martin", language))) as hers:
                    page, data = hers.read("data.html").decode(), json.loads(hers.read("data.json"))
                assert (title in page, "Zébulon" in page) == (True, True)
                assert [(each["who"], each["words"]) for each in data["notes"]] == [("Camille", f"{SAID}\n<b>")]
            give(house, number, "Zébulon", "Camille")
            forget(house, "martin")
            assert [house.truth.run(f"SELECT COUNT(*) FROM {relation}") for relation in ("talk_given", "talk_note")] == [[(0,)], [(0,)]]


def test_a_note_is_deleted_at_the_press_and_by_itself_after_a_year(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        number, karim = asked_by(house, "martin"), asked_by(house, "karim")
        one, other = note(house, number, SAID, ""), note(house, number, "Rappeler lundi.", "Anne")
        with pytest.raises(Unknown):
            drop_note(house, karim, one)
        counter = TestClient(create_site(house), base_url="http://localhost")
        press(counter, f"/inbox/{number}", {"do": "unnote", "number": str(one)})
        assert [each.number for each in conversation(house, number).notes] == [other]
        assert {each.kind: each.due for each in keepings(house)}["talk_notes"] == 0
    with shop.open("2018-11-04") as later:
        assert let_go(later)["talk_notes"] == 1
        assert conversation(later, number).notes == ()


@pytest.mark.parametrize(
    ("words", "status", "english", "french"),
    [
        (" \r\n", 400, "an empty note says nothing", "une note vide ne dit rien"),
        ("x" * 4_001, 400, "A note has at most 4,000 letters", "Une note a 4 000 signes au plus"),
        ("Son fils est allergique aux noix.", 403, "so nothing was kept", "rien n’a été gardé"),
    ],
)
def test_what_cannot_be_noted_is_said_and_stays_in_its_field(counter: TestClient, house: House, words: str, status: int, english: str, french: str) -> None:
    number = asked_by(house, "martin")
    for language, sentence in (("en", english), ("fr", french)):
        told = counter.post(f"/inbox/{number}?lang={language}", data={"do": "note", "note": words}, headers=HERE)
        assert (told.status_code, sentence in words_of(told.text).replace("\u202f", " ")) == (status, True)
        assert (f">{words}</textarea>" in told.text) == bool(words.strip())
    assert conversation(house, number).notes == ()


def test_a_note_on_her_health_is_shown_for_as_long_as_she_allows_it(house: House, counter: TestClient) -> None:
    number = asked_by(house, "martin")
    allow(house, "martin", is_yes=True, purpose=Purpose.HEALTH)
    note(house, number, "Son fils est allergique aux noix.", "Anne")
    assert "allergique" in words_of(counter.get(f"/inbox/{number}").text)
    allow(house, "martin", is_yes=False, purpose=Purpose.HEALTH)
    page = words_of(counter.get(f"/inbox/{number}").text)
    assert ("allergique" in page, "it is shown no more" in page) == (False, True)


def test_the_terminal_does_the_same(shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    save_settings(shop.book(thanks()).settings)
    with shop.open() as house:
        number = str(asked_by(house, "martin"))
    monkeypatch.setattr("habitue.cli.whoever_types", lambda: "anne")
    habitue = command_line(shop.settings.data, monkeypatch, capsys)
    assert "for anne" in habitue("inbox", "mine", number)[1]
    assert "Jeanne" in habitue("inbox", "list", "--mine")[1]
    assert "Jeanne" not in habitue("inbox", "list", "--nobodys")[1]
    assert "pour Camille" in habitue("inbox", "give", number, "Camille", "--language", "fr")[1]
    code, said = habitue("inbox", "mine", number)
    assert (code != 0, "Somebody else has it in hand by now." in said) == (True, True)
    assert habitue("inbox", "note", number, "--words", SAID) == (0, "It is noted (note 1).")
    assert f"| {SAID}" in habitue("inbox", "show", number)[1]
    assert habitue("inbox", "drop-note", number, "1")[0] == 0
    assert SAID not in habitue("inbox", "show", number)[1]
    assert "for" not in habitue("inbox", "give-back", number)[1].split("samedi")[1]
    assert habitue("inbox", "give", number, "\u0007")[0] != 0
