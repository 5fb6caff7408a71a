"""What she said by telephone, in the shop or by letter: written down, it binds as her mail does, waits for an answer or does not, and counts once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from habitue.app import House, statements_of
from habitue.app.inbox.talking import conversation
from habitue.app.law.requesting import due_cases
from habitue.app.leaving import leaves_of
from habitue.store import save_settings
from habitue.web import create_site
from tests.cast import Shop, shop, thanks
from tests.command_line import command_line
from tests.web.test_inbox_pages import answer_form, press
from tests.web.test_pages import links_of, words_of

__all__ = ["shop"]
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    shop.bring("customers", "customer,since,given_name,phone\nleo,2017-02-02,Léo,+33 6 10 00 00 09\n")  # whom no letter reaches
    with shop.told(address="https://regulars.example.org", sender="shop@example.org").book(thanks()).open() as opened:
        yield opened


@pytest.fixture
def counter(house: House) -> TestClient:
    made = TestClient(create_site(house), base_url="http://localhost")
    press(made, "/staff", {"name": "Anne"})
    return made


def form_of(counter: TestClient, link: str, words: str, by: str = "phone", stands: str = "waits", **more: str) -> dict[str, str]:
    """The form behind a link, as the page has it, filled in."""
    page = counter.get(link).text
    (once,) = re.findall(r'name="once" value="(\w+)"', page)
    customer = re.findall(r'name="customer" value="([^"]*)"', page)
    return {"once": once, "by": by, "stands": stands, "words": words, **({"customer": customer[0]} if customer else {}), **more}


def note(counter: TestClient, words: str, by: str = "phone", stands: str = "waits", customer: str = "martin") -> int:
    """Noted from her card; gives the number of her message."""
    (link,) = [each for each in links_of(counter.get(f"/customers/{customer}").text) if each.startswith("/inbox/note")]
    return int(press(counter, "/inbox/note", form_of(counter, link, words, by, stands)).removeprefix("/inbox/"))


def noes_of(house: House, customer: str) -> set[tuple[str, str]]:
    return {(line.purpose, line.channel) for line in leaves_of(house, customer) for word in line.words if not word.is_yes and not word.source.startswith("c")}


def test_before_a_word_is_written_it_says_that_no_letter_can_go_to_her(house: House, counter: TestClient) -> None:
    number = note(counter, "Vous avez du lapin samedi ?", customer="leo")
    page = words_of(counter.get(f"/inbox/{number}").text)
    assert "No e-mail address of" in page
    assert "it leaves by e-mail" not in page
    assert "Aucune adresse e-mail" in words_of(counter.get(f"/inbox/{number}?lang=fr").text)


def test_what_she_said_by_telephone_binds_waits_and_is_answered(house: House, counter: TestClient) -> None:
    number = note(counter, "Plus de foie, merci.\nVous avez du lapin samedi ?")
    page = counter.get(f"/inbox/{number}").text
    assert "Jeanne Martin, 2 November 2017, 06:00, by telephone · written down by Anne" in words_of(page)
    assert "She does not want: foie. “Plus de foie, merci.” It holds already; say whether it stays." in words_of(page)
    assert [(one.quote, one.feeling) for one in statements_of(house, "martin")] == [("Plus de foie, merci.", -1)]
    assert "Jeanne Martin Plus de foie, merci. Vous avez du lapin samedi ? by telephone since this morning due: 14:00" in words_of(counter.get("/inbox").text)
    assert "noté par Anne" in words_of(counter.get(f"/inbox/{number}?lang=fr").text)
    assert "No e-mail address of hers" not in page
    assert "it leaves by e-mail, and can be answered" in page  # in no thread: no mail of hers began this
    press(counter, f"/inbox/{number}", answer_form(page, "Oui, deux."))
    assert not conversation(house, number).is_open


def test_it_may_be_settled_or_a_complaint_and_the_same_press_counts_once(counter: TestClient, house: House) -> None:
    done, angry = note(counter, "Vous fermez à quelle heure ?", "shop", "settled"), note(counter, "Trop d'attente.", "post", "complaint", "karim")
    assert not conversation(house, done).is_open
    talk = conversation(house, angry)
    assert (talk.is_open, talk.is_complaint, talk.way, talk.messages[0].who) == (True, True, "post", "Anne")
    thanked = note(counter, "Merci beaucoup !", "shop", "waits", "anne")
    assert not conversation(house, thanked).is_open, "a thank-you opens nothing"
    form = form_of(counter, "/inbox/note?customer=martin", "Plus de foie, merci.")
    first = press(counter, "/inbox/note", form)
    assert press(counter, "/inbox/note", form) == first
    assert len(statements_of(house, "martin")) == 1
    other = press(counter, "/inbox/note", {**form, "customer": "karim"})
    assert conversation(house, int(other.removeprefix("/inbox/"))).customer == "karim"
    assert press(counter, "/inbox/note", {**form, "words": "Et du lapin ?"}) not in (first, other)


def test_a_stop_said_aloud_is_heard_at_once_and_waits_for_nobody_and_a_wish_by_law_opens_its_case(house: House, counter: TestClient) -> None:
    number = note(counter, "Ne m'appelez plus.")
    assert {way for _, way in noes_of(house, "martin")} == {"phone"}
    assert not conversation(house, number).is_open
    note(counter, "Stop.", "shop", customer="karim")
    assert {way for _, way in noes_of(house, "karim")} >= {"email", "sms", "post", "phone"}
    assert "written down by Anne" in {word.proof for line in leaves_of(house, "karim") for word in line.words}
    doubtful = note(counter, "Elle ne veut plus de mails", "phone", "settled", "anne")
    assert noes_of(house, "anne") == set()
    assert conversation(house, doubtful).is_open, "a stop in doubt is read, whoever says that it is settled"
    note(counter, "Effacez toutes mes données", "post", customer="lucie")
    note(counter, "Effacez toutes mes données !", "phone", customer="lucie")
    assert [(case.asked, case.door, case.key) for case in due_cases(house)] == [("erasure", "mail", "lucie")]
    assert noes_of(house, "lucie")


def test_what_she_says_of_a_matter_stands_in_its_conversation(house: House, counter: TestClient) -> None:
    number = note(counter, "Où est ma commande ?")
    (link,) = [each for each in links_of(counter.get(f"/inbox/{number}").text) if each.startswith("/inbox/note")]
    assert link == f"/inbox/note?talk={number}"
    said = press(counter, f"{link}", form_of(counter, link, "Je l'ai reçue.", "shop", "settled"))
    talk = conversation(house, int(said.removeprefix("/inbox/")))
    assert [(each.words, each.way) for each in talk.messages] == [("Où est ma commande ?", "phone"), ("Je l'ai reçue.", "shop")]
    assert (talk.number, talk.is_open) == (number, False)


def test_what_cannot_be_noted_is_said_and_health_is_written_nowhere_without_her_leave(house: House, counter: TestClient) -> None:
    form = form_of(counter, "/inbox/note?customer=martin", "Du <b>lapin</b> ?")
    for changed, status, english, french in (
        ({"words": "Mon fils est allergique au saumon."}, 403, "nothing was kept", "rien n’a été gardé"),
        ({"words": " \0"}, 400, "Write down what she said.", "Notez ce qu’elle a dit."),
        ({"words": "x" * 40_001}, 400, "at most 40,000 letters", "40 000 lettres au plus"),
        ({"customer": "9" * 40}, 404, "There is no customer", "Il n’y a pas de client"),
        ({"customer": "petit@example.org"}, 400, "Several people share", "Plusieurs personnes"),
        ({"by": "email"}, 400, "not the form of this page", "pas le formulaire de cette page"),
        ({"stands": "<b>"}, 400, "not the form of this page", "pas le formulaire de cette page"),
    ):
        for language, sentence in (("en", english), ("fr", french)):
            answer = counter.post(f"/inbox/note?lang={language}", data={**form, **changed}, headers=HERE)
            assert (answer.status_code, sentence in words_of(answer.text)) == (status, True), words_of(answer.text)
    assert not [each for each in house.truth.run("SELECT body FROM event") if "allergique" in str(each)]
    assert counter.post("/inbox/note?talk=404", data=form, headers=HERE).status_code == 404
    assert [counter.get(f"/inbox/note?talk={number}").status_code for number in ("404", "x", "9" * 40)] == [404] * 3


def test_the_terminal_writes_it_down_too(shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    save_settings(shop.book(thanks()).settings)
    shop.open().truth.close()
    habitue = command_line(shop.settings.data, monkeypatch, capsys)
    code, out = habitue("inbox", "note-call", "martin", "--by", "visit", "--words", "Plus de foie, merci.\nDu lapin ?", "--language", "fr")
    assert code == 0
    assert "au magasin Plus de foie, merci. Du lapin ?" in out
    assert "Plus de foie, merci." in habitue("inbox", "list")[1]
    assert habitue("inbox", "note-call", "martin", "--by", "dream", "--words", "x")[0] == 3


def test_a_no_that_tells_of_her_health_is_heard_and_the_rest_is_written_nowhere(house: House, counter: TestClient) -> None:
    form = form_of(counter, "/inbox/note?customer=martin", "Je suis malade du diabète, arrêtez de m’écrire.")
    for language, sentence in (("en", "Her no holds from now on."), ("fr", "Son refus vaut dès maintenant.")):
        answer = counter.post(f"/inbox/note?lang={language}", data=form, headers=HERE)
        assert (answer.status_code, sentence in words_of(answer.text)) == (403, True)
    assert not any(line.is_granted for line in leaves_of(house, "martin", "en") if "e-mail" in line.leave and "order" not in line.leave)
    assert not [each for each in house.truth.run("SELECT body FROM event") if "diab" in str(each)]
