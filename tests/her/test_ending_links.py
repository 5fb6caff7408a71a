"""A link of hers is in other hands: she ends them all, or the shop does; each then opens nothing but the way out, and a fresh one goes to her alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
import pytest
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.her.saying import link_for
from habitue.app.leaving import leaves_of
from habitue.app.looking import her_looks
from habitue.store import Settings, save_settings
from habitue.web import create_site
from habitue.words.asking import ASKING, Asking
from tests.cli.conftest import Run, run_command
from tests.her.test_her_links import bytes_of
from tests.web.test_pages import words_of

__all__ = ["run_command"]
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
SENDS = {"address": "https://shop.example", "sender": "shop@shop.example"}
FORM = {"say": "yes offers.sms", "words": "x", "sure": "1", "number": "0", "feeling": "likes", "about": "coffee", "until": "2017-12-01"}


def sending(house: House) -> TestClient:
    """A browser at the same house, which sends letters."""
    house.settings = msgspec.structs.replace(house.settings, **SENDS)
    return TestClient(create_site(house), base_url="http://localhost")


@pytest.mark.parametrize(
    ("language", "asked", "done"),
    [
        ("en", "This link may be in other hands", "It is done: this link and every other open your page no more."),
        ("fr", "Ce lien est peut-être en d’autres mains", "C’est fait\u202f: ce lien et tous les autres n’ouvrent plus votre page."),
    ],
)
def test_she_ends_them_all_and_a_fresh_one_goes_where_she_is_known_to_read(house: House, hers: str, language: str, asked: str, done: str) -> None:
    other, his, browser = link_for(house, "martin"), link_for(house, "karim"), sending(house)
    browser.post(f"{other}/fresh")  # her letter of the day is used up, by whomever
    assert asked in words_of(browser.get(f"{hers}?lang={language}").text)
    assert done in words_of(browser.post(f"{hers}/end?lang={language}").text)
    for ended in (hers, other):
        assert not re.search("Martin|Jeanne|veal|example.org", browser.get(f"{ended}?lang=en").text)
    assert "Haddad" in browser.get(his).text
    assert "Martin" in browser.get(link_for(house, "martin")).text, "one made since opens her page"
    assert house.truth.run("SELECT count(*) FROM letter")[0][0] == 2


def test_an_ended_link_opens_nothing_but_the_way_out(house: House, hers: str) -> None:
    browser = sending(house)
    browser.post(f"{hers}/end")
    before = bytes_of(house.truth)
    for page in ("", "/erase", "/data"):
        assert "A link that was ended" in words_of(browser.get(f"{hers}{page}?lang=en").text)
    for what in ("forget", "taste", "leave", "only", "pause", "go-on", "rhythm", "hours", "birthday", "write", "object", "erase", "fresh", "end"):
        answer = browser.post(f"{hers}/{what}?lang=en", data=FORM)
        assert (answer.status_code, "This link was ended." in words_of(answer.text)) == (403, True), what
    assert bytes_of(house.truth) == before
    assert browser.post(f"{hers}/out").status_code == 200
    assert not any(line.is_granted for line in leaves_of(house, "martin"))


def test_a_link_that_has_grown_old_ends_no_other(house: House, hers: str) -> None:
    house.truth.run("UPDATE her_link SET made_at = 0")
    fresh = link_for(house, "martin")
    assert sending(house).post(f"{hers}/end").status_code == 403
    assert "Martin" in sending(house).get(fresh).text


def test_a_house_without_letters_says_that_the_shop_gives_a_fresh_one(house: House, browser_of_hers: TestClient, hers: str) -> None:
    assert "You get a fresh one in the shop." in words_of(browser_of_hers.get(f"{hers}?lang=en").text)
    assert "Ask for one in the shop." in words_of(browser_of_hers.post(f"{hers}/end?lang=en").text)
    assert house.truth.run("SELECT count(*) FROM letter")[0][0] == 0


def test_the_shop_ends_them_on_her_card(house: House, browser_of_hers: TestClient, hers: str) -> None:
    ending = "/customers/martin/end-links"
    assert "End her links" in words_of(browser_of_hers.get("/customers/martin?lang=en").text)
    assert browser_of_hers.post(ending).status_code == 403
    assert "Martin" in browser_of_hers.get(hers).text
    for said in ("Her links are ended", "She had no link to end"):
        assert said in words_of(browser_of_hers.post(f"{ending}?lang=en", headers=HERE).text)
    assert "A link that was ended" in words_of(browser_of_hers.get(f"{hers}?lang=en").text)


def test_the_command_ends_them_too(house: House, browser_of_hers: TestClient, hers: str, run_command: Callable[[Settings], Run]) -> None:
    save_settings(house.settings)
    run = run_command(house.settings)
    link_for(house, "martin")
    for said in ("2 links to her page ended; only the way out is left in them.", "There was no link to her page to end."):
        assert run("link", "martin", "--end") == (0, f"{said}\n", "")
    assert "A link that was ended" in words_of(browser_of_hers.get(f"{hers}?lang=en").text)
    assert run("link", "nobody", "--end")[0] != 0


def test_at_the_counter_her_telephone_reads_her_page_from_a_code_and_that_is_a_look(house: House, browser_of_hers: TestClient) -> None:
    making = "/customers/martin/her-code"
    assert browser_of_hers.post(making).status_code == 403
    nowhere = browser_of_hers.post(f"{making}?lang=en", headers=HERE).text
    assert "her telephone could not open it" in words_of(nowhere)
    assert house.truth.run("SELECT count(*) FROM her_link")[0][0] == 0
    shown = sending(house).post(f"{making}?lang=en", headers=HERE).text
    assert "<svg" in shown
    assert "/her/" not in words_of(shown), "it is read by a camera, not by who looks over her shoulder"
    assert [(look.door, look.what) for look in her_looks(house, "martin") if look.what == "link"] == [("console", "link")]
    assert house.truth.run("SELECT count(*) FROM her_link")[0][0] == 1


def test_who_of_the_shop_made_a_link_is_told_to_her(house: House, hers: str, browser_of_hers: TestClient) -> None:
    before = ASKING.set(Asking("Odile", "cli"))
    link_for(house, "martin")
    ASKING.reset(before)
    assert "Odile (on the machine itself): a new link to your page, on 2 November 2017" in words_of(browser_of_hers.get(f"{hers}?lang=en").text)
