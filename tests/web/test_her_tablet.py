"""On the seller's tablet she allows text messages, calls and post herself: kept with the text she read, where, when and with whom; never ticked for her."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.leaving import ledger_of
from habitue.app.names import customer_of
from habitue.consent.model import Word
from habitue.web import create_site
from habitue.web.desk import HouseDesk
from habitue.words.vocabulary import Channel, Collected, Purpose
from tests.cast import Shop, shop, thanks
from tests.web.conftest import served
from tests.web.test_pages import words_of

__all__ = ["shop"]
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
PAGE = "/customers/karim/leave/tablet"


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.book(thanks()).open() as opened:
        yield opened


@pytest.fixture
def counter(house: House) -> TestClient:
    return TestClient(create_site(house), base_url="http://localhost", cookies={"habitue_staff": "Anne"})


def boxes(counter: TestClient, language: str = "en") -> dict[str, str]:
    return dict(re.findall(r'name="(for-\w+)" value="(\w+)"', counter.get(f"{PAGE}?lang={language}").text))


def by_telephone(house: House) -> list[Word]:
    """Her words about anything but e-mail."""
    return [word for word in ledger_of(house, customer_of(house, "karim")) if word.channel != Channel.EMAIL]


def test_what_she_ticks_is_kept_with_the_text_the_shop_and_who_stood_beside(counter: TestClient, house: House) -> None:
    page = counter.get(f"{PAGE}?lang=fr").text
    assert "checked" not in page
    assert not re.search("Karim|Haddad|karim@|10 00 00", words_of(page)), "it shows nothing that we know of her"
    form = {"for-advice": boxes(counter, "fr")["for-advice"], "by-sms": "1", "by-post": "1"}
    answer = counter.post(f"{PAGE}?lang=fr&shop=Lyon", data=form, headers=HERE)
    assert "Merci, c’est noté" in words_of(answer.text)
    words = by_telephone(house)
    assert [(word.purpose, word.channel, word.is_yes) for word in words] == [(Purpose.ADVICE, Channel.SMS, True), (Purpose.ADVICE, Channel.POST, True)]
    assert {(word.collected, word.proof, word.notice_hash) for word in words} == {
        (Collected.COUNTER, "tablet in the shop “Lyon”, with Anne", house.notices.of[Purpose.ADVICE, "fr"].hash)
    }
    assert {word.at for word in words} == {house.clock.instant()}


@pytest.mark.parametrize(
    ("ticked", "english", "french"),
    [
        (("by-sms",), "Tick what you would like to hear of", "Cochez ce que vous aim"),
        (("for-offers",), "Tick by which way we may write or call", "Cochez par quel moyen nous pouvons"),
        (("for-offers", "by-email"), "Tick by which way we may write or call", "Cochez par quel moyen nous pouvons"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(counter: TestClient, house: House, ticked: tuple[str, ...], english: str, french: str) -> None:
    form = {name: boxes(counter).get(name, "1") for name in ticked}
    for language, sentence in (("en", english), ("fr", french)):
        answer = counter.post(f"{PAGE}?lang={language}", data=form, headers=HERE)
        assert answer.status_code == 400
        assert sentence in words_of(answer.text)
    assert by_telephone(house) == []


def test_a_text_that_nobody_was_shown_a_stranger_s_page_and_a_look_keep_nothing(counter: TestClient, house: House) -> None:
    good = {"for-offers": boxes(counter)["for-offers"], "by-sms": "1"}
    assert counter.post(PAGE, data={**good, "for-offers": "a" * 64}, headers=HERE).status_code == 400
    assert counter.post(PAGE, data={**good, "for-offers": boxes(counter)["for-advice"]}, headers=HERE).status_code == 400
    assert counter.post(PAGE, data=good).status_code == 403
    assert counter.get(PAGE, params=good).status_code == 200
    assert counter.get(PAGE.replace("karim", "nobody")).status_code == 404
    assert by_telephone(house) == []


def test_she_ticks_it_without_scripts_from_her_card(house: House, browser: Browser) -> None:
    with served(HouseDesk(house)) as address:
        page = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700}).new_page()
        page.goto(f"{address}/customers/karim/leave?lang=fr")
        page.get_by_role("link", name="Ou laissez-la cocher elle-même").click()
        page.get_by_role("checkbox").first.focus()
        page.keyboard.press("Space")
        page.get_by_label("par téléphone").check()
        page.get_by_role("button", name="Oui, je permets cela").click()
        page.get_by_role("link", name="retour à la fiche").click()
        page.wait_for_url("**/customers/karim")
        page.context.close()
    assert [(word.channel, word.is_yes) for word in by_telephone(house)] == [(Channel.PHONE, True)]
