"""Those whom nobody here knows, on the console: answered there, and whose each is, is said by a press, in both languages; who looked is written down."""

from __future__ import annotations

from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.inbox.chatting import chat_in, lines_after
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.strangers import LONGEST_ANSWER, answer_stranger, answered_strangers, stranger, strangers
from habitue.app.inbox.talking import open_conversations
from habitue.app.inbox.writing_in import Writing
from habitue.app.looking import her_looks
from habitue.web.desk import HouseDesk
from tests.cast import shop
from tests.inbox.test_attachments import JPEG, mail
from tests.inbox.test_chat import brand
from tests.web.conftest import served
from tests.web.test_browser import LISTEN
from tests.web.test_inbox_pages import HERE, counter, house, peer
from tests.web.test_pages import words_of

__all__ = ["brand", "counter", "house", "peer", "shop"]


def press(counter: TestClient, talk: int, language: str = "en", **form: str | int) -> tuple[int, str, str]:
    """A press on the page of that number; gives the status, where it leads, and what is read."""
    told = {name: str(value) for name, value in form.items()}
    answer = counter.post(f"/inbox/strangers/{talk}?lang={language}", data=told, headers=HERE, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", "").partition("?")[0], words_of(answer.text).replace("\u202f", " ").replace("\u00a0", " ")


def test_whose_it_is_is_said_by_a_press_and_nothing_is_attached_by_guess(house: House, counter: TestClient) -> None:
    first = receive(house, mail(("rôti.jpg", JPEG), words="Vous avez <b>du lapin</b> ?", sender="who@knows.example")).stray
    second = receive(house, mail(words="Et du canard, les deux Petit ?", sender="petit@example.org")).stray
    listed = words_of(counter.get("/inbox?lang=fr").text).replace("\u202f", " ").replace("\u00a0", " ")
    assert ("2 personnes attendent, que nul ici ne connaît, échéance : " in listed, "Personne n’attend" in listed) == (True, False)
    assert 'href="/inbox/strangers/' in counter.get("/inbox/strangers?lang=en").text
    page = counter.get(f"/inbox/strangers/{first}?lang=en").text
    assert ("du lapin</b>" not in page, "photo (JPEG), 6 kB" in page) == (True, True)
    assert {key: f"customer={key}" in counter.get(f"/inbox/strangers/{second}").text for key in ("anne", "marc", "martin")} == {
        "anne": True, "marc": True, "martin": False,
    }  # fmt: skip

    status, _, said = press(counter, first, "fr", do="hers", customer="personne", seen=first, words="À moitié")
    assert (status, "personne" in said, "À moitié" in said) == (404, True, True)
    assert press(counter, first, "fr", do="hers", customer="", seen=first)[::2][0] == 400
    assert len(strangers(house)) == 2

    assert press(counter, first, do="hers", customer="martin", seen=first)[:2] == (303, f"/inbox/{open_conversations(house)[-1].number}")
    (talk,) = [each for each in open_conversations(house) if each.customer == "martin"]
    assert [file.name for file in talk.messages[-1].files] == ["rôti.jpg"]
    assert "what she wrote to us" in her_looks(house, "martin")[0].sentence

    assert press(counter, second, do="nobodys", seen=second)[:2] == (303, "/inbox/strangers")
    assert strangers(house) == []
    status, _, said = press(counter, second, do="nobodys", seen=second)
    assert (status, "whose it is, or let it go" in said) == (404, True)
    assert press(counter, 10**40, do="nobodys", seen=1)[0] == 404
    assert counter.get(f"/inbox/strangers/{10**40}").status_code == 404
    for form in ({"do": "else", "seen": 1}, {}, {"do": "answer", "seen": "9" * 40, "words": "x"}):
        assert press(counter, first, **form)[0] in (400, 404)
    assert "nobody waits for an answer" in words_of(counter.get("/inbox/strangers?lang=en").text)


def test_an_answer_is_sent_once_and_never_past_what_was_said_meanwhile(house: House, counter: TestClient) -> None:
    number = receive(house, mail(words="Vous avez du lapin ?", sender="who@knows.example")).stray
    for language, sentence in (("en", "100,000 letters"), ("fr", "100 000 lettres")):
        status, _, said = press(counter, number, language, do="answer", seen=number, words="é" * (LONGEST_ANSWER + 1))
        assert (status, sentence in said, "ééé" in said) == (400, True, True)
    for _ in range(2):
        assert press(counter, number, do="answer", seen=number, words="Oui.\r\n")[:2] == (303, f"/inbox/strangers/{number}")
    assert [said.words for said in stranger(house, number).said] == ["Vous avez du lapin ?", "Oui."]
    status, _, said = press(counter, number, "fr", do="answer", seen=number, words="Non, <i>désolé</i>.")
    assert (status, "Quelque chose a été dit entre-temps" in said or "entre-temps" in said, "<i>désolé</i>" in said) == (403, True, True)
    assert "They have our answer" in words_of(counter.get("/inbox/strangers?lang=en").text)
    last = stranger(house, number).last
    assert f'name="seen" value="{last}"' in counter.get(f"/inbox/strangers/{number}").text
    kept = press(counter, number, do="answer", seen=last, words="Et du canard.", customer="mart")
    assert (kept[0], len(answered_strangers(house)[0].said)) == (200, 3), "what is half written stays"
    receive(house, mail(words="no", sender="Postmaster9@knows.example"))
    machine = strangers(house)[-1].number
    assert "celle d’une machine" in words_of(counter.get(f"/inbox/strangers/{machine}?lang=fr").text).replace("\u202f", " ")
    assert press(counter, machine, do="done", seen=machine)[:2] == (303, "/inbox/strangers")
    assert strangers(house) == []


def test_a_complaint_is_shown_as_one_until_it_is_settled(house: House, counter: TestClient) -> None:
    number = receive(house, mail(words="Le rôti était avarié, je suis très déçue.", sender="who@knows.example")).stray
    shown = [words_of(counter.get(f"{page}?lang=fr").text).replace("\u202f", " ") for page in ("/inbox", "/inbox/strangers", f"/inbox/strangers/{number}")]
    assert [
        sentence in page for sentence, page in zip(("dont une réclamation", "Réclamation", "une réclamation ; une réponse est attendue"), shown, strict=True)
    ] == [True] * 3
    assert press(counter, number, do="answer", seen=number, words="Nous vous remboursons.")[0] == 303
    assert "still to be settled" in words_of(counter.get(f"/inbox/strangers/{number}?lang=en").text)
    assert press(counter, number, do="done", seen=stranger(house, number).last)[0] == 303
    assert 'id="done"' not in counter.get(f"/inbox/strangers/{number}").text


def test_a_chat_is_answered_by_keyboard_and_heard_where_she_wrote(house: House, brand: tuple[str, list[str]], browser: Browser) -> None:
    site, places = brand
    with served(HouseDesk(house)) as address:
        places.append(address)
        hers = browser.new_page(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
        hers.goto(site)
        hers.get_by_role("button", name="Write to us").press("Enter")
        hers.get_by_label("Your message").fill("Do you have rabbit?")
        hers.get_by_label("Your e-mail address").fill("zoe@example.net")
        for sentence in ("Do you have rabbit?", "And duck?"):
            hers.get_by_label("Your message").fill(sentence)
            hers.get_by_label("Your e-mail address").press("Enter")
            expect(hers.get_by_role("log")).to_contain_text(sentence)
        desk = browser.new_page()
        desk.add_init_script(LISTEN)
        desk.goto(f"{address}/inbox/strangers")
        expect(desk.locator(".people .who")).to_have_count(1)
        desk.keyboard.press("j")
        desk.keyboard.press("Enter")
        desk.wait_for_url("**/inbox/strangers/*")  # with its keys
        expect(desk.locator(".log li")).to_have_count(2)
        desk.keyboard.press("r")
        expect(desk.get_by_label("Your answer")).to_be_focused()
        desk.keyboard.type("Yes, two of both.")
        desk.keyboard.press("Tab")
        expect(desk.get_by_role("button", name="Send the answer")).to_be_focused()
        desk.keyboard.press("Enter")
        expect(desk.locator(".log li.ours")).to_contain_text("Yes, two of both.")
        expect(hers.get_by_role("log")).to_contain_text("Yes, two of both.")
        assert desk.evaluate("window.broken") == []
        desk.get_by_label("Her number, e-mail address or telephone number").focus()
        desk.keyboard.type("nobody")
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("alert")).to_contain_text("There is no customer “nobody” here.")
        desk.close()
        hers.close()
    (one,) = answered_strangers(house)
    assert [said.is_theirs for said in one.said] == [True, True, False]


def test_what_was_said_in_a_chat_is_hers_from_then_on_with_our_answers(house: House, counter: TestClient) -> None:
    secret = chat_in(house, Writing("zoe@example.net", "Bonjour ?", "", "127.0.0.1", "fr"), "")
    (one,) = strangers(house)
    letter = answer_stranger(house, one.number, "Oui ?", "Anne")
    assert "encore à la poste" in press(counter, one.number, "fr", do="hers", customer="martin", seen=one.last + 1)[2]
    house.truth.run("UPDATE letter SET state = 'sent' WHERE letter_id = ?", (letter,))
    status, _, said = press(counter, one.number, do="hers", customer="martin", seen=one.last + 1, words="Half written")
    assert (status, "Bonjour ?" in said, "Oui ?" in said, "Half written" in said) == (200, True, True, True)
    assert lines_after(house, secret, "") == [], "what is hers is read by her alone"


def test_somebody_takes_a_stranger_s_conversation_and_notes_something(house: House, counter: TestClient) -> None:
    number = receive(house, mail(words="Vous avez du lapin ?", sender="who@knows.example")).stray
    assert "Nobody has it in hand. Give it to somebody" in words_of(counter.get(f"/inbox/strangers/{number}").text)
    counter.post("/staff", data={"name": "Camille"}, headers=HERE)
    assert press(counter, number, do="take", had="", seen=number)[:2] == (303, f"/inbox/strangers/{number}")
    assert "Camille has it in hand. Give it back" in words_of(counter.get(f"/inbox/strangers/{number}").text)
    assert "for Camille" in words_of(counter.get("/inbox/strangers").text)
    assert ["1 person waits whom nobody" in words_of(counter.get(f"/inbox?of={of}").text) for of in ("", "mine", "nobody")] == [True, True, False]
    status, _, said = press(counter, number, "fr", do="give", person="Anne", had="", seen=number, words="À moitié")
    assert (status, "Quelqu’un d’autre s’en occupe entre-temps." in said, "À moitié" in said) == (403, True, True)
    assert press(counter, number, do="enter", person="Anne", had="Camille", seen=number, customer="")[0] == 303
    status, _, said = press(counter, number, do="note", note="Rappeler <lundi>", seen=number, words="Half")
    assert (status, "Rappeler <lundi> Delete" in said, "Half" in said) == (200, True, True)
    status, _, said = press(counter, number, "fr", do="note", note="Allergique aux noix", seen=number)
    assert (status, "Dites d’abord de qui c’est" in said) == (403, True)
    (note,) = stranger(house, number).notes
    assert (stranger(house, number).person, note.who) == ("Anne", "Camille")
    assert press(counter, number, do="unnote", number=note.number, seen=number)[0] == 303
    assert press(counter, number, do="unnote", number=note.number, seen=number)[0] == 404
    assert press(counter, number, do="back", had="Anne", seen=number)[0] == 303
    assert (stranger(house, number).person, stranger(house, number).notes) == ("", ())
