"""What her page answers is true, stands where she pressed, and loses nothing of what she wrote."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec
import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from habitue.app import House, statements_of
from habitue.app.her.awaiting import waits_of
from habitue.app.her.saying import link_for
from habitue.web import create_site
from habitue.web.desk import HouseDesk
from tests.cast import Shop, veal
from tests.her.test_her_links import DAY, later
from tests.her.test_her_page import number_of
from tests.web.conftest import served
from tests.web.test_pages import words_of

LETTER = "Il y a beaucoup à dire.\r\n"


@pytest.mark.parametrize(("what", "said", "about"), [("way", {"say": "no post"}, "by post"), ("hours", {"from": "22", "until": "7"}, "from 22:00 to 07:00")])
def test_a_way_or_an_hour_is_forgotten_and_never_made_a_taste(
    house: House, browser_of_hers: TestClient, hers: str, what: str, said: dict[str, str], about: str
) -> None:
    browser_of_hers.post(f"{hers}/{what}", data=said)
    assert "That is wrong: You do not want to hear from us" not in words_of(browser_of_hers.get(f"{hers}?lang=en").text)
    pressed = {"number": str(number_of(house, about)), "feeling": "likes", "about": about}
    assert browser_of_hers.post(f"{hers}/wrong", data=pressed).status_code == 400
    (one,) = statements_of(house, "martin")
    assert (one.counts, one.feeling, one.subject) == (True, -1, {"way": "channel", "hours": "hour"}[what])


@pytest.mark.parametrize(("language", "sentence"), [("en", "That is not here any more."), ("fr", "Cela n’est plus ici.")])
def test_what_was_forgotten_in_another_tab_is_not_here_any_more(house: House, browser_of_hers: TestClient, hers: str, language: str, sentence: str) -> None:
    browser_of_hers.post(f"{hers}/taste", data={"feeling": "likes", "about": "liver"})
    number = str(number_of(house, "liver"))
    browser_of_hers.post(f"{hers}/forget", data={"number": number})
    answer = browser_of_hers.post(f"{hers}/wrong?lang={language}", data={"number": number, "feeling": "dislikes", "about": "liver"})
    assert (answer.status_code, sentence in words_of(answer.text)) == (404, True)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Your letter is longer than this page can take"), ("fr", "plus longue que cette page ne peut en prendre")]
)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_letter_that_is_too_long_still_stands_there(house: House, browser_of_hers: TestClient, hers: str, language: str, sentence: str) -> None:
    answer = browser_of_hers.post(f"{hers}/write?lang={language}", data={"words": LETTER * 330_000})
    assert answer.status_code == 400
    assert sentence in words_of(answer.text)
    assert answer.text.count(LETTER.strip()) == 330_000
    assert waits_of(house, "martin") == []
    beyond = browser_of_hers.post(f"{hers}/write?lang={language}", content=b"words=" + b"x" * 24_100_000)
    assert (beyond.status_code, "That is not here" in beyond.text, "Cela n’est pas ici" in beyond.text) == (400, False, False)


def test_a_thousand_letters_with_their_line_ends_are_a_thousand(house: House, browser_of_hers: TestClient, hers: str) -> None:
    """A browser counts a line end as one sign, and sends two."""
    quote = "\r\n".join(["x" * 90] * 11)
    assert len(quote.replace("\r\n", "\n")) == 1_000
    assert browser_of_hers.post(f"{hers}/taste", data={"feeling": "likes", "about": "liver", "quote": quote}).status_code == 200
    assert statements_of(house, "martin")[0].quote == quote.replace("\r\n", "\n")
    assert browser_of_hers.post(f"{hers}/taste", data={"feeling": "likes", "about": "lamb", "quote": quote + "x"}).status_code == 400


def test_each_answer_is_true(house: House, browser_of_hers: TestClient, hers: str) -> None:
    for what, form, sentence in (
        ("birthday", {"day": "29", "month": "2"}, "Your birthday is as you say."),
        ("birthday", {"day": "0", "month": "0"}, "Your birthday is forgotten."),
        ("taste", {"feeling": "likes", "about": "liver"}, "It counts from now on."),
        ("taste", {"feeling": "dislikes", "about": "on Fridays"}, "Nothing in the shop is known by that word yet"),
    ):
        assert sentence in words_of(browser_of_hers.post(f"{hers}/{what}?lang=en", data=form).text), form


def test_signs_that_turn_the_direction_of_writing_turn_nothing_of_ours(house: House, browser_of_hers: TestClient, hers: str) -> None:
    browser_of_hers.post(f"{hers}/taste", data={"feeling": "likes", "about": "liver", "quote": "un \u202esecret\u2067 שלום\u200f"})
    for page in (f"{hers}?lang=en", "/customers/martin?lang=en"):
        assert "“un secret שלום\u200f”" in words_of(browser_of_hers.get(page).text)


def test_her_silent_hours_stand_where_she_chooses_them_and_end_there(house: House, browser_of_hers: TestClient, hers: str) -> None:
    for first, last in (("22", "7"), ("12", "14")):
        browser_of_hers.post(f"{hers}/hours", data={"from": first, "until": last})
    ways = words_of(browser_of_hers.get(f"{hers}?lang=en").text).split("By which way, and when")[1].split("What you allow")[0]
    assert "from 12:00 to 14:00 please not" in ways
    assert "from 22:00 to 07:00 please not" in ways
    assert "Other hours that you choose are added to these." in ways
    browser_of_hers.post(f"{hers}/forget", data={"number": str(number_of(house, "from 22:00 to 07:00"))})
    assert "from 22:00 to 07:00 please not" not in words_of(browser_of_hers.get(f"{hers}?lang=en").text)


@pytest.mark.parametrize(("language", "sentence"), [("en", "until it is answered"), ("fr", "jusqu’à ce que vous ayez répondu")])
def test_a_link_of_a_letter_that_opens_nothing_says_how_long_such_a_link_works(browser_of_hers: TestClient, language: str, sentence: str) -> None:
    assert sentence in words_of(browser_of_hers.get(f"/yes/{'b' * 22}?lang={language}").text)


@pytest.mark.parametrize(("language", "sentence"), [("en", "This is not the form of this page"), ("fr", "Ce n’est pas le formulaire de cette page")])
def test_a_way_out_that_was_not_understood_says_so(browser_of_hers: TestClient, language: str, sentence: str) -> None:
    answer = browser_of_hers.post(f"/out/{'b' * 22}?lang={language}", data={"what": "everything"})
    assert (answer.status_code, sentence in words_of(answer.text)) == (400, True)
    assert sentence not in words_of(browser_of_hers.get(f"/out/{'b' * 22}?lang={language}").text)


def test_a_dead_link_leads_to_a_fresh_one_where_letters_are_sent(house: House, browser_of_hers: TestClient) -> None:
    assert 'href="/her?' not in browser_of_hers.get(f"/her/{'b' * 22}?lang=fr").text
    sending = msgspec.structs.replace(house.settings, address="https://shop.example", sender="shop@shop.example")
    with TestClient(create_site(replace(house, settings=sending)), base_url="http://localhost") as made:
        dead = made.get(f"/her/{'b' * 22}?lang=fr")
        assert dead.status_code == 404
        assert 'href="/her?lang=fr"' in dead.text
        assert made.get("/her?lang=fr").status_code == 200


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("place", ["known", "tastes", "rhythm", "ways", "why"])
def test_what_is_done_is_said_where_she_pressed(shop: Shop, browser: Browser, place: str) -> None:
    """On a small telephone, without a scroll."""
    with shop.book(veal()).open() as house, served(HouseDesk(house)) as console:
        context = browser.new_context(java_script_enabled=False, locale="en", viewport={"width": 320, "height": 568})
        page = context.new_page()
        page.goto(console + link_for(house, "martin"))
        if place == "tastes":
            page.locator("#about-new").fill("liver")
        button = {"known": "That is wrong: not for me", "why": "Not for me", "tastes": "Tell us", "rhythm": "Keep to this rhythm", "ways": "Keep silent then"}
        page.locator(f"#{place}").get_by_role("button", name=button[place]).first.click()
        (said,) = page.get_by_role("status").all()
        box = said.bounding_box()
        assert box
        assert 0 <= box["y"] <= 568 - box["height"]
        context.close()


@pytest.mark.parametrize(("language", "sentence"), [("en", "This is what it can still do."), ("fr", "Voici ce qu’il peut encore.")])
def test_an_old_link_counts_nothing_that_it_can_do(house: House, hers: str, language: str, sentence: str) -> None:
    sending = msgspec.structs.replace(house.settings, address="https://shop.example", sender="shop@shop.example")
    with later(replace(house, settings=sending), 8 * DAY) as old:
        assert sentence in words_of(old.get(f"{hers}?lang={language}").text)


def test_the_languages_of_an_answer_lead_to_her_page(house: House, browser_of_hers: TestClient, hers: str) -> None:
    """Where she says something, nothing can be read: a link to that place would open nothing."""
    for what, code in (("taste", 400), ("forget", 400), ("write", 400), ("fresh", 200), ("erase", 400)):
        answer = browser_of_hers.post(f"{hers}/{what}?lang=en", data={"about": ""})
        assert answer.status_code == code, what
        for language, head in (("fr", "Votre page"), ("en", "Your page")):
            link = re.search(rf'href="([^"]*lang={language}[^"]*)" lang', answer.text)
            assert link
            assert head in words_of(browser_of_hers.get(link.group(1)).text), (what, language)
    assert f'href="{hers}/erase?lang=fr"' in browser_of_hers.get(f"{hers}/erase?lang=en").text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Today we leave you in peace, because you do not want this: veal."),
        ("fr", "Aujourd’hui nous vous laissons en paix, parce que vous ne voulez pas de ceci\u202f: veau."),
    ],
)
def test_the_thing_that_she_does_not_want_is_named(house: House, browser_of_hers: TestClient, hers: str, language: str, sentence: str) -> None:
    browser_of_hers.post(f"{hers}/taste", data={"feeling": "dislikes", "about": "veal"})
    assert sentence in words_of(browser_of_hers.get(f"{hers}?lang={language}").text)
