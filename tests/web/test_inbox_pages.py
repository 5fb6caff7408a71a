"""The inbox in the console: who waits is on top, what she said is kept or let go, and a person's answer leaves in the thread of her mail."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from habitue.app import House, statements_of
from habitue.app.her.awaiting import open_wait
from habitue.app.her.saying import allow
from habitue.app.inbox.talking import conversation
from habitue.app.looking import her_looks
from habitue.events.arrivals import WriteKey, add_write_key
from habitue.web import create_site
from habitue.web.desk import HouseDesk
from habitue.words.vocabulary import Purpose, Thread
from tests.cast import Shop, shop, thanks
from tests.post.peer import Peer, listening_peer, text_of
from tests.post.test_touches import send
from tests.web.conftest import served
from tests.web.test_pages import links_of, words_of

__all__ = ["shop"]
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
SERVER = {"authorization": "Basic " + b64encode(b"wk_server:").decode(), "content-type": "message/rfc822"}
HERS = "J'adore l'agneau. Plus de foie, merci.\nMon fils est allergique au saumon. Vous avez du poulet samedi ?"


@pytest.fixture
def peer() -> Iterator[Peer]:
    with listening_peer() as made:
        yield made


@pytest.fixture
def house(shop: Shop, peer: Peer) -> Iterator[House]:
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
    shop.bring("customers", "customer,since,given_name\nolga,2017-02-02,Olga\n")
    with shop.told(**told).book(thanks()).open() as opened:
        with opened.truth.transaction():
            add_write_key(opened.truth, WriteKey("wk_server", "mail", "", True))
        yield opened


@pytest.fixture
def counter(house: House) -> TestClient:
    return TestClient(create_site(house), base_url="http://localhost")


def mail_in(counter: TestClient, words: str, sender: str = "jeanne@example.org", subject: str = "Samedi") -> int:
    """An e-mail that the brand's mail server hands over; gives the number of her message."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = sender, "shop@example.org", subject, f"<{words.encode().hex()[:40]}@client.test>"
    made.set_content(words)
    answer = counter.post("/api/mail", content=made.as_bytes(), headers=SERVER)
    assert (answer.status_code, answer.json()["came"]) == (200, "answer")
    return int(answer.json()["message"])


def press(counter: TestClient, path: str, form: dict[str, str]) -> str:
    answer = counter.post(path, data=form, headers=HERE, follow_redirects=False)
    assert answer.status_code == 303, words_of(answer.text)
    return str(answer.headers["location"])


def proposed(page: str, words: str, do: str) -> dict[str, str]:
    """The form behind the button of what her words propose, as the page has it."""
    for button in re.findall(r"<button .*?</button>", page, re.DOTALL):
        if words in words_of(button) and f'value="{do}"' in button:
            return {**dict(re.findall(r"(message|proposal)=(\d+)", button)), "do": do}
    raise AssertionError(f"no button {do} for {words}")


def answer_form(page: str, words: str, **more: str) -> dict[str, str]:
    (seen,) = re.findall(r'name="seen" value="(\d+)"', page)
    return {"do": "answer", "words": words, "seen": seen, **more}


def test_a_mail_comes_in_is_kept_answered_and_ends(house: House, counter: TestClient, peer: Peer) -> None:
    press(counter, "/staff", {"name": "Camille"})
    number = mail_in(counter, HERS)
    listed = counter.get("/inbox").text
    assert "Jeanne Martin, Samedi Samedi J'adore l'agneau. Plus de foie, merci." in words_of(listed)
    assert "by e-mail since this morning due: 14:00" in words_of(listed)
    assert "Complaint for 3 days late" in words_of(listed)
    page = counter.get(f"/inbox/{number}").text
    assert "She has been waiting since this morning. Due: 14:00." in words_of(page)
    assert "Jeanne Martin, 2 November 2017, 06:00, by e-mail" in words_of(page)
    assert "She does not want: foie. “Plus de foie, merci.” It holds already; say whether it stays." in words_of(page)
    assert "Only with her leave: ask for it in your answer." in words_of(page)
    assert "/customers/martin" in links_of(page)

    assert press(counter, f"/inbox/{number}", proposed(page, "agneau", "keep")) == f"/inbox/{number}#m{number}"
    press(counter, f"/inbox/{number}", proposed(page, "foie", "let_go"))
    page = counter.get(f"/inbox/{number}").text
    assert "She likes: agneau. “Samedi J'adore l'agneau.” Kept, with her words and their day. Let go" in words_of(page)
    assert "She does not want: foie. “Plus de foie, merci.” Let go. Keep" in words_of(page)
    assert {(one.feeling, one.counts) for one in statements_of(house, "martin")} == {(1, True), (-1, False)}
    assert "J'adore l'agneau." in words_of(counter.get("/customers/martin").text)

    press(counter, f"/inbox/{number}", answer_form(page, "Bonjour Jeanne,\r\n\r\noui, un beau <poulet>.", leave="1"))
    page = words_of(counter.get(f"/inbox/{number}").text)
    assert "She waits for nothing here." in page
    assert "Camille, 2 November 2017, 06:00 · waits to be sent Bonjour Jeanne, oui, un beau <poulet>." in page
    assert "Nobody waits for an answer." not in words_of(counter.get("/inbox").text), "Paul complained, and waits"
    assert "Jeanne Martin" not in words_of(counter.get("/inbox").text)
    send(house)
    (got,) = [each for each in peer.letters if each["To"] == "jeanne@example.org"]
    assert (got["Subject"], got["In-Reply-To"]) == ("Re: Samedi", f"<{HERS.encode().hex()[:40]}@client.test>")
    assert "oui, un beau <poulet>." in text_of(got)
    assert "https://regulars.example.org/her/" in text_of(got)
    assert " · sent Bonjour" in words_of(counter.get(f"/inbox/{number}").text)
    assert "An answer to what she wrote sent" in words_of(counter.get("/door").text)


def test_it_speaks_french(counter: TestClient) -> None:
    number = mail_in(counter, HERS)
    assert "Jeanne Martin, Samedi" in words_of(counter.get("/inbox?lang=fr").text)
    page = words_of(counter.get(f"/inbox/{number}?lang=fr").text).replace("\u202f", " ")
    for said in (
        "Elle attend depuis ce matin. Échéance : 14 h.",
        "Elle n’en veut pas : foie. « Plus de foie, merci. » Compte déjà ; dites si cela reste. Garder",
        "Seulement si elle le permet : demandez-le dans votre réponse. Laisser",
        "Lui demander si nous pouvons retenir ce qui touche à sa santé Envoyer la réponse C’est fait",
    ):
        assert said in page


def test_an_allergy_is_kept_once_she_allows_it(house: House, counter: TestClient) -> None:
    number = mail_in(counter, HERS)
    page = counter.get(f"/inbox/{number}").text
    form = proposed(page, "saumon", "let_go")
    answer = counter.post(f"/inbox/{number}?lang=fr", data={**form, "do": "keep"}, headers=HERE)
    assert (answer.status_code, "Demandez-lui son accord dans votre réponse" in words_of(answer.text)) == (403, True)
    allow(house, "martin", is_yes=True, purpose=Purpose.HEALTH)
    page = counter.get(f"/inbox/{number}").text
    assert "Ask her whether" not in page
    press(counter, f"/inbox/{number}", proposed(page, "saumon", "keep"))
    assert [one.quote for one in statements_of(house, "martin") if one.is_about_health] == ["Mon fils est allergique au saumon."]


def test_nobody_talks_past_what_was_said_meanwhile_and_no_word_of_the_answer_is_lost(counter: TestClient) -> None:
    number = mail_in(counter, "Avez-vous du lapin ?")
    form = answer_form(counter.get(f"/inbox/{number}").text, "Non, <b>hélas</b>.", leave="1")
    press(counter, "/staff", {"name": "Camille"})
    press(counter, f"/inbox/{number}", {**form, "words": "Oui, du lapin."})
    for language, sentence in (("en", "Something was said meanwhile. Read it first"), ("fr", "Quelque chose s’est dit entre-temps. Lisez-le d’abord")):
        answer = counter.post(f"/inbox/{number}?lang={language}", data=form, headers=HERE)
        assert (answer.status_code, sentence in words_of(answer.text)) == (403, True)
        assert "Non, &lt;b&gt;hélas&lt;/b&gt;.</textarea>" in answer.text
        assert "Oui, du lapin." in words_of(answer.text)
    press(counter, f"/inbox/{number}", answer_form(answer.text, "Et du canard."))
    assert counter.get(f"/inbox/{number}").text.count("Camille") == 3, "two answers, and who is at the desk"


def test_what_is_half_written_comes_along_with_every_press_and_still_talks_past_nothing(counter: TestClient) -> None:
    number = mail_in(counter, HERS)
    page = counter.get(f"/inbox/{number}").text
    half = answer_form(page, "Bonjour <Jeanne>", had="")
    presses = (proposed(page, "foie", "let_go"), {"do": "give", "person": "Zoé"}, {"do": "note", "note": "Lundi."}, {"do": "suggest", "message": str(number)})
    for pressed in presses:
        told = counter.post(f"/inbox/{number}", data=half | pressed, headers=HERE).text
        assert "Bonjour &lt;Jeanne&gt;</textarea>" in told, pressed
        told = counter.post(f"/inbox/{number}", data=half | pressed, headers=HERE).text  # a page is loaded again
    assert ("Zoé has it in hand" in words_of(told), told.count("Lundi.")) == (True, 2), "in the list alone"
    press(counter, f"/inbox/{number}", answer_form(page, "Oui, du poulet."))
    told = counter.post(f"/inbox/{number}", data={**half, "do": "back", "had": "Zoé"}, headers=HERE).text
    told = counter.post(f"/inbox/{number}", data={**answer_form(told, "Bonjour !"), "note": "Mardi."}, headers=HERE)
    assert (told.status_code, "Something was said meanwhile" in words_of(told.text), ">Mardi.</textarea>" in told.text) == (403, True, True)
    told = counter.post(f"/inbox/{number}", data={**answer_form(told.text, "Bonjour !"), "do": "done"}, headers=HERE)
    assert press(counter, f"/inbox/{number}", answer_form(told.text, "Bonjour !")), "what one has done oneself was not said meanwhile"


def test_complaints_come_first_and_stay_until_they_are_settled(counter: TestClient) -> None:
    mail_in(counter, "Avez-vous du lapin ?", "karim@example.org", "Lapin")
    number = mail_in(counter, "Je suis très déçue, la viande était avariée !", subject="Samedi")
    listed = words_of(counter.get("/inbox").text)
    assert "3 conversations wait for us. What is due next stands first." in listed
    assert listed.index("Paul Roche") < listed.index("Jeanne Martin") < listed.index("Karim Haddad")
    press(counter, f"/inbox/{number}", answer_form(counter.get(f"/inbox/{number}").text, "Nous vous la remboursons."))
    page = counter.get(f"/inbox/{number}").text
    assert "She complained and has our answer; it is still to be settled." in words_of(page)
    assert "Jeanne Martin, Samedi Samedi Je suis très déçue, la viande était avariée ! Complaint by e-mail answered, to be settled" in words_of(
        counter.get("/inbox").text
    )
    assert press(counter, f"/inbox/{number}", {"do": "done"}) == f"/inbox/{number}"
    assert "She waits for nothing here." in words_of(counter.get(f"/inbox/{number}").text)
    assert "Jeanne" not in words_of(counter.get("/inbox").text)


def test_programs_are_told_the_same(counter: TestClient) -> None:
    number = mail_in(counter, HERS)
    (paul, hers) = counter.get("/api/inbox").json()
    assert (paul["name"], hers["number"], hers["subject"]) == ("Paul Roche", number, "Samedi")
    told = counter.get(f"/api/inbox/{number}").json()
    assert told == hers
    assert "profile_id" not in told
    (said,) = told["messages"]
    assert [(line["what"], line["state"], line["needs_leave"]) for line in said["proposals"]] == [
        ("like", "waiting", False),
        ("refusal", "bound", False),
        ("allergy", "waiting", True),
        ("question", "waiting", False),
    ]
    assert counter.get("/api/inbox/404").status_code == 404


def test_what_she_wrote_on_her_page_stands_there_too_and_her_card_leads_to_it(house: House, counter: TestClient) -> None:
    open_wait(house, "karim", Thread.QUESTION, "Où est ma commande ?")
    (link,) = [each for each in links_of(counter.get("/customers/karim").text) if re.fullmatch(r"/inbox/\d+", each)]
    page = counter.get(link).text
    assert "He has been waiting since this morning." in words_of(page)
    assert "Où est ma commande ?" in page
    assert "/customers/karim" in links_of(page)
    press(counter, link, answer_form(page, "Elle arrive."))
    assert not [each for each in links_of(counter.get("/customers/karim").text) if re.fullmatch(r"/inbox/\d+", each)]


@pytest.mark.parametrize(
    ("form", "status", "english", "french"),
    [
        ({"do": "answer", "words": " ", "seen": "LAST"}, 400, "an empty letter says nothing", "une lettre vide ne dit rien"),
        ({"do": "answer", "words": "x"}, 400, "not the form of this page", "pas le formulaire de cette page"),
        ({"do": "answer", "words": "x", "seen": "9" * 19}, 400, "not the form of this page", "pas le formulaire de cette page"),
        ({"do": "burn"}, 400, "not the form of this page", "pas le formulaire de cette page"),
        ({"do": "keep", "message": "LAST", "proposal": "7"}, 404, "cannot be kept as it stands", "ne peut pas être gardé tel quel"),
        ({"do": "keep", "message": "LAST", "proposal": "QUESTION"}, 400, "there is nothing to keep of it", "il n’y a rien à en garder"),
    ],
)
def test_what_cannot_be_done_is_said(house: House, counter: TestClient, form: dict[str, str], status: int, english: str, french: str) -> None:
    number = mail_in(counter, "Avez-vous du lapin ?")
    (question,) = [line.number for said in conversation(house, number).messages for line in said.proposals]
    sent = {name: value.replace("LAST", str(number)).replace("QUESTION", str(question)) for name, value in form.items()}
    for language, sentence in (("en", english), ("fr", french)):
        answer = counter.post(f"/inbox/{number}?lang={language}", data=sent, headers=HERE)
        assert (answer.status_code, sentence in words_of(answer.text)) == (status, True), words_of(answer.text)


def test_who_has_no_sure_address_is_answered_by_another_way(house: House, counter: TestClient) -> None:
    open_wait(house, "olga", Thread.QUESTION, "Et samedi ?")
    (link,) = [each for each in links_of(counter.get("/customers/olga").text) if re.fullmatch(r"/inbox/\d+", each)]
    form = answer_form(counter.get(link).text, "Oui.")
    for language, sentence in (("en", "No e-mail address of hers is known for sure."), ("fr", "Aucune adresse e-mail n’est la sienne à coup sûr.")):
        answer = counter.post(f"{link}?lang={language}", data=form, headers=HERE)
        assert (answer.status_code, sentence in words_of(answer.text), ">Oui.</textarea>" in answer.text) == (403, True, True)
    press(counter, link, {"do": "done"})
    assert "Et samedi" not in words_of(counter.get("/inbox").text)


def test_whoever_looks_is_written_down(house: House, counter: TestClient) -> None:
    number = mail_in(counter, HERS)
    press(counter, "/staff", {"name": "Camille"})
    counter.get(f"/inbox/{number}")
    assert {(line.who, line.what) for line in her_looks(house, "martin")} == {("Camille", "inbox")}
    assert her_looks(house, "paul") == []
    counter.get("/inbox")
    assert {(line.who, line.what) for line in her_looks(house, "paul")} == {("Camille", "inbox")}
    assert [line.sentence for line in her_looks(house, "martin", is_to_her=True)] == [
        "Camille (at the console): what you wrote to us, on 2 November 2017, about 6:00."
    ]


def test_only_a_page_of_this_console_may_press_and_no_number_breaks_it(counter: TestClient) -> None:
    number = mail_in(counter, HERS)
    assert counter.post(f"/inbox/{number}", data={"do": "done"}).status_code == 403
    for large in ("404", str(2**63), "9" * 40):
        for path in (f"/inbox/{large}", f"/cases/{large}"):
            assert counter.get(path).status_code == 404
            assert counter.post(path, data={"do": "done"}, headers=HERE).status_code in (400, 404)
    assert "Jeanne Martin" in words_of(counter.get("/inbox").text)


def test_a_browser_without_scripts_answers_by_keyboard_alone(house: House, counter: TestClient, browser: Browser) -> None:
    mail_in(counter, HERS)
    with served(HouseDesk(house)) as address:
        page = browser.new_context(java_script_enabled=False, locale="fr-FR").new_page()
        page.goto(f"{address}/?lang=fr")
        page.get_by_role("link", name="Courrier").press("Enter")
        page.get_by_role("link", name="Jeanne Martin").press("Enter")
        page.get_by_label("Votre réponse").fill("Oui !\n\nÀ samedi.")
        page.get_by_label("Lui demander si nous pouvons retenir").press("Space")
        page.get_by_role("button", name=re.compile("Garder.*agneau")).press("Enter")
        expect(page.locator(".proposed")).to_contain_text("Gardé")
        page.locator("summary", has_text="Noter quelque chose").press("Enter")
        page.get_by_label("Votre note").fill("Elle rappellera")
        page.locator("summary", has_text="La confier à quelqu’un").press("Enter")
        page.get_by_label("Nom").fill("Zoé")
        page.get_by_label("Nom").press("Enter")
        expect(page.locator(".hands")).to_contain_text("Zoé s’en occupe.")
        expect(page.get_by_label("Votre note")).to_have_value("Elle rappellera")
        page.get_by_role("button", name="Noter", exact=True).press("Enter")
        expect(page.locator(".note-words")).to_have_text("Elle rappellera")
        expect(page.get_by_label("Votre réponse")).to_have_value("Oui !\n\nÀ samedi.")
        expect(page.get_by_label("Lui demander si nous pouvons retenir")).to_be_checked()
        page.get_by_role("button", name="Envoyer la réponse").press("Enter")
        expect(page.locator("body")).to_contain_text("Elle n’attend plus rien ici.")
        page.context.close()
