"""Requests of the law in the console: opened from her card, made sure of, answered with her data, and kept with who did what."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

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


@pytest.mark.parametrize(
    ("path", "form", "status", "english", "french"),
    [
        ("/cases", {**FORM, "customer": "nobody"}, 404, "There is no customer", "There is no customer"),
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
        assert "Son refus a été noté" in words_of(page.content())
        page.goto(f"{address}/customers/martin/leave")
        assert "Offres, par courriel non" in words_of(page.content())
        page.context.close()
