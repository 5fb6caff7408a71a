"""What she told us, on her card: noted, corrected and withdrawn by forms alone, from this console only, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from habitue.app import House, statements_of
from habitue.app.stating import Note
from habitue.store import Settings
from habitue.web import create_site
from habitue.words.vocabulary import Strength, Subject, Told
from tests.web.conftest import served
from tests.web.paper import TODAY, PaperDesk
from tests.web.test_pages import words_of
from tests.web.test_story import built

HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
FORM = {"feeling": "dislikes", "subject": "thing", "about": "liver", "told": "she_said", "strength": "plain", "quote": "Beurk", "until": "2017-12-24"}


def test_a_note_is_kept_and_leads_back_to_the_card(client: TestClient, desk: PaperDesk) -> None:
    answer = client.post("/customers/0/said", data=FORM, headers=HERE, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/customers/0#said")
    assert desk.asked == [("note", "0", Note(Subject.THING, "liver", -1, Strength.PLAIN, Told.SHE_SAID, "Beurk", TODAY + 52))]


def test_correcting_and_withdrawing_name_the_word(client: TestClient, desk: PaperDesk) -> None:
    assert client.post("/customers/0/said/41/correct", data={**FORM, "health": "1"}, headers=HERE).status_code == 200
    assert client.post("/customers/0/said/41/withdraw", headers=HERE).status_code == 200
    noted = Note(Subject.THING, "liver", -1, Strength.PLAIN, Told.SHE_SAID, "Beurk", TODAY + 52)
    assert desk.asked == [("correct", "0", 41, replace(noted, is_about_health=True)), ("withdraw", "0", 41)]


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}])
def test_only_a_page_of_this_console_may_press(client: TestClient, desk: PaperDesk, headers: dict[str, str]) -> None:
    for path in ("/customers/0/said", "/customers/0/said/41/withdraw", "/customers/0/said/41/correct"):
        assert client.post(path, data=FORM, headers=headers).status_code == 403
    assert desk.asked == []


@pytest.mark.parametrize(
    ("change", "status", "english", "french"),
    [
        ({"about": "nuts"}, 403, "Ask her leave first", "Demandez-lui d’abord son accord"),
        ({"about": "unicorn"}, 404, "has nothing called “unicorn”", "n’a rien qui s’appelle"),
        ({"about": "twins", "subject": "hour"}, 400, "names no hours", "ne dit pas d’heures"),
        ({"about": "twins", "subject": "channel"}, 400, "no way to reach her", "pas un moyen de la joindre"),
        ({"until": "soon"}, 400, "“soon” is not a day", "n’est pas un jour"),
        ({"about": "over", "until": "2016-01-01"}, 400, "“2016-01-01” is past", "est passé"),
        ({"feeling": "adores"}, 400, "not the form of this page", "pas le formulaire de cette page"),
        ({"told": "inferred"}, 400, "not the form of this page", "pas le formulaire de cette page"),
        ({"about": ""}, 400, "not the form of this page", "pas le formulaire de cette page"),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_written_stays(client: TestClient, change: dict[str, str], status: int, english: str, french: str) -> None:
    for language, sentence in (("en", english), ("fr", french)):
        answer = client.post(f"/customers/0/said?lang={language}", data={**FORM, **change}, headers=HERE)
        assert answer.status_code == status
        assert sentence in words_of(answer.text)
        assert 'value="Beurk"' in answer.text


def test_too_much_or_nonsense_is_no_form(client: TestClient) -> None:
    for content in (b"x" * 20_000, b"\xff\xfe", b"&".join(b"a%d=1" % n for n in range(50))):
        answer = client.post("/customers/0/said", content=content, headers={**HERE, "Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status_code == 400


def test_words_are_shown_as_they_are_and_never_as_markup(client: TestClient) -> None:
    shown = client.get("/customers/5").text
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_what_is_withdrawn_offers_no_button_to_withdraw_it(client: TestClient) -> None:
    assert [f"/said/{number}/withdraw" in client.get("/customers/0").text for number in (41, 43, 44)] == [True, True, False]


def test_of_a_day_past_they_are_only_read(client: TestClient) -> None:
    assert "<form" not in client.get("/customers/0?on=2017-10-05").text.partition('id="said"')[2].partition("</section>")[0]


def test_programs_read_the_same(client: TestClient) -> None:
    found = client.get("/api/customers/0/said").json()
    assert [(one["number"], one["counts"]) for one in found] == [(41, True), (42, True), (43, False), (44, False)]


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    from datetime import date

    with built(settings, date(2017, 10, 20)) as made:
        yield made


def test_from_the_form_to_the_card_and_back(house: House) -> None:
    """A seller writes that Mme Martin wants no paupiettes; the card says never; withdrawn, it says so no more."""
    with TestClient(create_site(house), base_url="http://localhost") as client:
        client.post("/customers/martin/said", data={**FORM, "about": "paupiettes de veau", "until": ""}, headers=HERE)
        card = words_of(client.get("/customers/martin").text)
        assert "No veal paupiettes: she told us on" in card
        assert "Beurk" in card
        number = statements_of(house, "martin")[0].number
        client.post(f"/customers/martin/said/{number}/withdraw", headers=HERE)
        card = words_of(client.get("/customers/martin").text)
        assert "No veal paupiettes" not in card
        assert "1 word that no longer counts" in card


def test_without_a_script_and_by_keyboard_alone(browser: Browser) -> None:
    desk = PaperDesk()
    with served(desk) as address:
        context = browser.new_context(java_script_enabled=False, locale="fr")
        page = context.new_page()
        page.goto(address + "/customers/0")
        page.get_by_text("Noter ce qu’elle a dit").focus()
        page.keyboard.press("Enter")
        form = page.locator("details[open] .note-form")
        form.get_by_label("De quoi").select_option("channel")
        form.get_by_label("Laquelle").fill("phone")
        form.get_by_label("Dans ses mots à elle").focus()
        page.keyboard.type("N’appelez pas")
        page.keyboard.press("Enter")
        page.wait_for_url("**/customers/0#said")
        context.close()
    assert desk.asked == [("note", "0", Note(Subject.CHANNEL, "phone", -1, Strength.PLAIN, Told.SHE_SAID, "N’appelez pas"))]
