"""Her page as she uses it: in Chromium, without scripts, on a phone, from a keyboard, in both languages and both lights; for households of the demo too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from habitue.app import House, decide_for, open_house
from habitue.app.her.awaiting import open_wait
from habitue.app.her.saying import link_for, say_taste
from habitue.identity.records import keys_of
from habitue.store import Settings
from habitue.web.desk import HouseDesk
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Thread
from tests.cast import Shop, veal
from tests.web.conftest import served
from tests.web.test_browser import RULES, TOO_WIDE, Look, look

__all__ = ["look"]
SAMPLE = 6


@pytest.fixture
def address(shop: Shop) -> Iterator[tuple[str, House]]:
    """A served shop in which Mme Martin has said this and that, and the address of her page."""
    shop.touch("martin", "2017-10-20")
    with shop.book(veal()).open() as house, served(HouseDesk(house)) as console:
        say_taste(house, "martin", "liver", -1, "jamais, <b>jamais</b>")
        open_wait(house, "martin", Thread.QUESTION, "Quand revient l’agneau ?\n" + "m" * 400)
        yield console + link_for(house, "martin"), house


def open_all(page: Page) -> None:
    for summary in page.locator("summary").all():
        summary.click()


@pytest.mark.parametrize(("width", "theme", "language"), [(1280, "light", "en"), (1280, "dark", "fr"), (320, "light", "fr"), (390, "dark", "en")])
def test_no_accessibility_violation_and_nothing_wider_than_the_screen(address: tuple[str, House], look: Look, width: int, theme: str, language: str) -> None:
    page = look(f"{address[0]}?lang={language}", width, theme, language)
    assert page.locator("html").get_attribute("lang") == language
    secret = address[0].rpartition("/")[2]
    unknown = address[0].replace(secret, "a" * 22)
    for where in (address[0], f"{address[0]}/erase", f"{address[0]}?said=pause", unknown):
        page.goto(f"{where}{'&' if '?' in where else '?'}lang={language}")
        open_all(page)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(where, wrong["id"], [node["target"] for node in wrong["nodes"]]) for wrong in found] == []
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


WORDS = {
    "en": ("Peace for a week", "We leave you in peace until then.", "End the pause", "As long as you like", "Send it"),
    "fr": ("La paix pour une semaine", "Nous vous laissons en paix jusque-là.", "Finir la pause", "Aussi long que vous voulez", "Envoyer"),
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_browser_without_scripts_says_all_that_she_wants(shop: Shop, browser: Browser, language: str) -> None:
    week, in_peace, end, long, send = WORDS[language]
    with shop.book(veal()).open() as house, served(HouseDesk(house)) as console:
        page = browser.new_context(java_script_enabled=False, locale=language, viewport={"width": 390, "height": 800}).new_page()
        page.goto(console + link_for(house, "martin") + f"?lang={language}")
        page.get_by_role("button", name=week).click()
        assert page.get_by_role("status").inner_text() == in_peace
        assert decide_for(house, "martin").reason == Reason.PAUSED
        page.get_by_role("button", name=end).click()
        assert decide_for(house, "martin").reason == Reason.SAID
        page.get_by_label(long).fill("Bonjour,\net merci.")
        page.get_by_role("button", name=send).click()
        assert "Bonjour,\net merci." in page.locator(".her-letter").inner_text()
        assert decide_for(house, "martin").reason == Reason.WAITING_FOR_OUR_ANSWER
        with page.expect_download() as taken:
            page.locator('a[href*="/data"]').click()
        assert taken.value.suggested_filename.endswith(".zip")
        page.locator('a[href*="/erase"]').click()
        page.locator("button.her-grave").click()
        assert page.get_by_role("status").count() == 1
        assert not house.truth.run("SELECT 1 FROM person WHERE family_name = 'Martin'")
        page.context.close()


def test_a_keyboard_alone_has_something_forgotten(address: tuple[str, House], look: Look) -> None:
    page = look(f"{address[0]}?lang=en", 390)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        if page.evaluate("document.activeElement.innerText").startswith("Forget this"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**said=forget*")
    assert page.get_by_role("status").inner_text() == "It is forgotten."
    assert "liver" not in page.locator("#known").inner_text()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_households_of_the_demo_have_their_page(demo_copy: Settings, look: Look, language: str) -> None:
    with open_house(demo_copy) as house, served(HouseDesk(house)) as console:
        everybody = [row[0] for row in house.truth.run("SELECT DISTINCT customer_id FROM profile ORDER BY customer_id")]
        for customer in everybody[:: len(everybody) // SAMPLE]:
            path = link_for(house, keys_of(house.truth, [customer])[customer][0])
            page = look(f"{console}{path}?lang={language}", 390, language=language)
            assert page.locator("h1").inner_text().startswith({"en": "Your page", "fr": "Votre page"}[language])
            assert page.locator(".her-today").first.inner_text()
            open_all(page)
            found = Axe().run(page, options=RULES).response["violations"]
            assert [(wrong["id"], [node["target"] for node in wrong["nodes"]]) for wrong in found] == []
            assert page.evaluate(TOO_WIDE) == []
