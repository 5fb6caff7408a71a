"""Requests of the law in the console: opened from her card, made sure of, answered with her data, and kept with who did what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from habitue.identity.records import add_identifiers, welcome
from habitue.web import create_site
from habitue.web.desk import HouseDesk
from tests.cast import Shop, shop, thanks
from tests.web.conftest import served
from tests.web.test_pages import words_of

__all__ = ["shop"]
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
FORM = {"asked": "access", "door": "mail", "received": "2017-10-30", "words": "<b>all</b> of it"}


@pytest.fixture
def counter(shop: Shop) -> Iterator[TestClient]:
    with shop.book(thanks()).open() as house:
        yield TestClient(create_site(house), base_url="http://localhost")


def press(counter: TestClient, path: str, form: dict[str, str]) -> str:
    answer = counter.post(path, data=form, headers=HERE, follow_redirects=False)
    assert answer.status_code == 303, words_of(answer.text)
    return str(answer.headers["location"])


def test_she_writes_and_is_given_her_data_by_whoever_is_at_the_desk(counter: TestClient) -> None:
    press(counter, "/staff", {"name": "Odile  Renaud"})
    page = press(counter, "/customers/martin/asks", FORM)
    shown = counter.get(page).text
    assert "She asks to see what we hold of her. To be answered by Thursday 30 November 2017: 28 days left." in words_of(shown)
    assert "<b>all" not in shown
    assert "Take her data out" not in shown
    press(counter, page, {"do": "identify", "known": "by_a_document"})
    answer = counter.post(f"{page}/data", headers=HERE)
    assert answer.headers["content-disposition"] == 'attachment; filename="case-1.zip"'
    with ZipFile(BytesIO(answer.content)) as archive:
        assert b"jeanne@example.org" in archive.read("data.json")
    press(counter, page, {"do": "finish", "words": "by hand"})
    shown = words_of(counter.get(page).text)
    assert "answered" in shown.lower()
    assert "She was given her data, on 2 November 2017. “by hand” Odile Renaud" in shown
    case = counter.get("/api/cases/1").json()
    assert [step["did"] for step in case["steps"]] == ["opened", "identified", "handed", "done"]
    assert {step["who"] for step in case["steps"]} == {"Odile Renaud"}


def test_what_is_due_next_is_on_top_and_red(counter: TestClient) -> None:
    for day in ("2017-10-30", "2017-10-01"):
        press(counter, "/cases", {**FORM, "customer": "karim", "received": day, "asked": "erasure"})
    listed = counter.get("/cases?lang=fr").text
    assert "2 personnes attendent notre réponse. La première : c’est le dernier jour." in words_of(listed).replace("\u202f", " ")
    assert listed.index('href="/cases/2') < listed.index('href="/cases/1')
    assert listed.count('class="urgent"') == 1
    due = counter.get("/api/cases").json()["due"]
    assert [(case["number"], case["days_left"]) for case in due] == [(2, 0), (1, 28)]
    assert [case["number"] for case in counter.get("/api/customers/karim/asks").json()] == [2, 1]


def test_nothing_is_said_of_what_we_hold_before_she_was_looked_for(counter: TestClient) -> None:
    page = press(counter, "/cases", {**FORM, "customer": ""})
    shown = counter.get(page).text
    assert "We hold nothing" not in words_of(shown)
    assert 'value="identify"' not in shown
    assert 'value="finish"' not in shown
    press(counter, page, {"do": "seek", "called": "zoe@example.org"})
    assert "We looked for “zoe@example.org” and found nobody." in words_of(counter.get(page).text)
    assert 'value="finish"' in counter.get(page).text
    press(counter, page, {"do": "seek", "called": "JEANNE@example.org"})
    shown = words_of(counter.get(page).text)
    assert "Jeanne Martin" in shown
    assert "Make sure that it is she." in shown
    assert "She was found, on 2 November 2017. “JEANNE@example.org”" in shown
    assert counter.post(f"{page}/data", headers=HERE).status_code == 403


def test_an_address_opens_her_case_and_one_that_two_share_names_neither(counter: TestClient) -> None:
    press(counter, "/cases", {**FORM, "customer": "06 10 00 00 01"})
    assert counter.get("/api/cases/1").json()["key"] == "martin"
    answer = counter.post("/cases", data={**FORM, "customer": "petit@example.org"}, headers=HERE)
    assert (answer.status_code, "names none of them; say which by number: anne, marc." in words_of(answer.text)) == (400, True)
    assert "dites laquelle par son numéro" in words_of(counter.post("/cases?lang=fr", data={**FORM, "customer": "petit@example.org"}, headers=HERE).text)


def test_the_console_finds_her_by_address_and_telephone(counter: TestClient) -> None:
    for asked in ("jeanne@example.org", " Jeanne@Example.org", "+33 6 10 00 00 01", "06.10.00.00.01", "06\u201110\u201100\u201300\u201101"):
        assert "Jeanne Martin" in words_of(counter.get("/customers", params={"q": asked}).text)
    shared = words_of(counter.get("/customers?q=petit@example.org").text)
    assert "They share it, so it names none of them: choose the one you mean." in shared
    assert "Anne Petit" in shared
    assert "Marc Petit" in shared
    assert "her name in a list" in words_of(counter.get("/customers/marc/looks").text)
    assert "Nobody answers to" in words_of(counter.get("/customers?q=zoe@example.org").text)


def test_whoever_signed_up_today_is_found_by_her_address(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        with house.truth.transaction():
            who = welcome(house.truth, {"visitor-1": house.clock.instant()}, house.settings.zone)["visitor-1"]
            add_identifiers(house.truth, "email", [("zoe@example.org", who.profile_id)])
        counter = TestClient(create_site(house), base_url="http://localhost")
        shown = counter.get("/customers?q=zoe@example.org").text
        assert "Here since today only" in words_of(shown)
        assert counter.get("/customers/visitor-1/leave").status_code == 200
        assert "/customers/visitor-1/leave" in shown
        assert "Nobody answers" in words_of(counter.get("/customers?q=zoe@example.org&on=2017-11-01").text)


@pytest.mark.parametrize(
    ("path", "form", "status", "english", "french"),
    [
        ("/cases", {**FORM, "customer": "nobody"}, 404, "There is no customer", "Il n’y a pas de client"),
        ("/cases", {**FORM, "asked": "money"}, 400, "not the form of this page", "pas le formulaire de cette page"),
        ("/cases", {**FORM, "door": "opendsr"}, 400, "not the form of this page", "pas le formulaire de cette page"),
        ("/cases", {**FORM, "received": "2017-11-03"}, 400, "has not come yet", "pas encore venu"),
        ("/cases", {**FORM, "words": "x" * 2_001}, 400, "not the form of this page", "pas le formulaire de cette page"),
        ("/cases/1", {"do": "finish"}, 403, "First make sure that it is she", "Assurez-vous d’abord"),
        ("/cases/1", {"do": "refuse"}, 403, "Write the reason", "Écrivez la raison"),
        ("/cases/1", {"do": "identify", "known": "by_who_passed_it_on"}, 400, "not the form of this page", "pas le formulaire de cette page"),
        ("/cases/1/data", {}, 403, "First make sure that it is she", "Assurez-vous d’abord"),
    ],
)
def test_what_the_law_or_the_case_does_not_allow_is_said(counter: TestClient, path: str, form: dict[str, str], status: int, english: str, french: str) -> None:
    press(counter, "/cases", {**FORM, "customer": "karim"})
    for language, sentence in (("en", english), ("fr", french)):
        answer = counter.post(f"{path}?lang={language}", data=form, headers=HERE)
        assert answer.status_code == status
        assert sentence in words_of(answer.text)
    assert len(counter.get("/api/cases").json()["due"]) == 1


def test_only_a_page_of_this_console_may_press(counter: TestClient) -> None:
    assert counter.post("/cases", data=FORM).status_code == 403
    assert counter.post("/staff", data={"name": "x"}).status_code == 403
    assert counter.get("/cases/7").status_code == 404
    assert counter.get("/cases/1/data").status_code == 405


def test_a_browser_without_scripts_writes_an_objection_down(shop: Shop, browser: Browser) -> None:
    with shop.book(thanks()).open() as house, served(HouseDesk(house)) as address:
        page = browser.new_context(java_script_enabled=False, locale="fr-FR").new_page()
        page.goto(f"{address}/customers/martin?lang=fr")
        page.get_by_role("link", name="Ce qu’elle demande au nom de la loi").click()
        page.get_by_label("Ce qu’elle demande").select_option("objection")
        page.get_by_role("button", name="Ouvrir le dossier").click()
        page.get_by_role("button", name="C’est fait").click()
        expect(page.locator("body")).to_contain_text("Son refus a été noté")
        page.goto(f"{address}/customers/martin/leave")
        expect(page.locator("body")).to_contain_text(re.compile(r"Offres, par courriel\s+non"))
        page.context.close()


def test_what_a_stranger_wrote_turns_the_direction_of_nothing_of_ours(counter: TestClient) -> None:
    page = press(counter, "/customers/martin/asks", {**FORM, "words": "a\u202eevil\u2067 שלום"})
    assert "“aevil שלום”" in words_of(counter.get(page).text)
    assert "Nobody answers to “aevil”." in words_of(counter.get("/customers?q=a%E2%80%AEevil").text)
