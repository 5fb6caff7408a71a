"""What she allows, on a page: each leave as it stands, a form for what she says, and every word that was ever written down."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from habitue.app.leaving import leaves_of
from habitue.web import create_site
from habitue.web.desk import HouseDesk
from tests.cast import Shop, shop, thanks
from tests.web.conftest import served
from tests.web.test_pages import words_of

__all__ = ["shop"]
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
FORM = {"word": "yes", "for-offers": "1", "by-sms": "1", "how": "counter", "proof": "card <b>signed</b>"}
PAGE = "/customers/nina/leave"


@pytest.fixture
def counter(shop: Shop) -> Iterator[TestClient]:
    with shop.book(thanks()).open() as house:
        yield TestClient(create_site(house), base_url="http://localhost")


def test_what_she_says_is_written_down_and_shown(counter: TestClient) -> None:
    before = words_of(counter.get(PAGE).text)
    assert "Offers, by e-mail yes" in before
    assert "Offers, by text message" not in before
    answer = counter.post(PAGE, data=FORM, headers=HERE, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    after = counter.get(PAGE).text
    assert "Offers, by text message yes Yes, on 2 November 2017. She said so at the counter. “card <b>signed</b>”" in words_of(after)
    assert "card <b>" not in after
    [sms] = [line for line in counter.get("/api/customers/nina/leave").json() if line["channel"] == "sms"]
    assert (sms["purpose"], sms["is_granted"], sms["words"][0]["proof"]) == ("offers", True, "card <b>signed</b>")
    counter.post(PAGE, data={"word": "no", "how": "call"}, headers=HERE)
    assert "Offers, by text message no No, on 2 November 2017. She said so on the telephone." in words_of(counter.get(PAGE).text)


def test_the_rules_on_it_are_those_of_the_country_in_which_she_lives(counter: TestClient, shop: Shop) -> None:
    ours, strict = "CPCE, art. L. 34-5", "Of this country’s law nothing is known here"
    before = words_of(counter.get(PAGE).text)
    shop.bring("customers", "customer,known_at,country\nnina,2017-11-01,Belgique\n")
    after = words_of(counter.get(PAGE).text)
    assert (ours in before, strict in before, ours in after, strict in after) == (True, False, False, True)


@pytest.mark.parametrize(
    ("language", "button", "ways", "how"),
    [
        ("en", "She says stop: nothing more at all", {"email", "sms", "post", "phone"}, "counter"),
        ("fr", "Elle dit stop\u202f: plus rien du tout", {"email", "sms", "post", "phone"}, "counter"),
        ("en", "Her card came back: no more post", {"post"}, "letter"),
        ("fr", "Sa carte est revenue\u202f: plus de courrier", {"post"}, "letter"),
    ],
)
def test_her_stop_and_a_card_that_came_back_are_one_press_without_scripts(
    shop: Shop, browser: Browser, language: str, button: str, ways: set[str], how: str
) -> None:
    with shop.book(thanks()).open() as house, served(HouseDesk(house)) as console:
        page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
        page.goto(f"{console}{PAGE}?lang={language}")
        page.get_by_role("button", name=button).click()
        page.get_by_role("heading", level=1).wait_for()
        page.context.close()
        refused = {(line.channel, line.words[0].collected) for line in leaves_of(house, "nina") if not line.is_granted}
    assert refused == {(way, how) for way in ways}


@pytest.mark.parametrize(
    ("form", "english", "french"),
    [
        ({**FORM, "for-offers": None}, "Tick for what she allows it", "Cochez pour quoi elle le permet"),
        ({**FORM, "by-sms": None}, "Tick by which way she allows it", "Cochez par quel moyen elle le permet"),
        ({**FORM, "word": "perhaps"}, "not the form of this page", "pas le formulaire de cette page"),
        ({**FORM, "how": "her_page"}, "not the form of this page", "pas le formulaire de cette page"),
        ({**FORM, "proof": "x" * 1_001}, "not the form of this page", "pas le formulaire de cette page"),
    ],
)
def test_what_cannot_be_written_down_is_said_and_what_was_ticked_stays(counter: TestClient, form: dict[str, str | None], english: str, french: str) -> None:
    for language, sentence in (("en", english), ("fr", french)):
        told = {name: value for name, value in form.items() if value}
        answer = counter.post(f"{PAGE}?lang={language}", data=told, headers=HERE)
        assert answer.status_code == 400
        assert sentence in words_of(answer.text)
        assert f'name="{"for-offers" if form["for-offers"] else "by-sms"}" value="1" checked' in answer.text
    assert "by text message no" not in words_of(counter.get(PAGE + "?lang=en").text)


def test_only_a_page_of_this_console_may_press_and_nobody_is_a_sentence(counter: TestClient) -> None:
    assert counter.post(PAGE, data=FORM).status_code == 403
    assert counter.get("/customers/nobody/leave").status_code == 404
    assert "Personne ici n’a le numéro nobody" in words_of(counter.get("/customers/nobody/leave?lang=fr").text)


def test_a_browser_without_scripts_says_yes_and_no(shop: Shop, browser: Browser) -> None:
    with shop.book(thanks()).open() as house, served(HouseDesk(house)) as address:
        page = browser.new_context(java_script_enabled=False, locale="fr-FR").new_page()
        page.goto(f"{address}/customers/nina?lang=fr")
        page.get_by_role("link", name="Ce qu’elle permet").click()
        page.get_by_label("invitations").check()
        page.get_by_label("par la poste").check()
        page.get_by_label("Ce qui le prouve").fill("carte signée")
        page.get_by_role("button", name="Elle dit oui à cela").click()
        expect(page.locator("body")).to_contain_text(re.compile(r"Invitations, par la poste\s+oui"))
        page.get_by_role("button", name="Elle dit non à cela").click()
        expect(page.locator("body")).to_contain_text(re.compile(r"Invitations, par la poste\s+non"))
        page.context.close()
