"""At the counter her telephone reads her page off the seller's screen; at home she ends every link: in Chromium, without scripts, in both languages."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from habitue.app import House
from habitue.web.desk import HouseDesk
from tests.her.test_ending_links import SENDS
from tests.post.test_door_browser import codes_in
from tests.web.conftest import served
from tests.web.test_browser import RULES, TOO_WIDE

WORDS = {
    "en": ("Show it as a code", "This link may be in other hands", "End my links", "open your page no more", "A link that was ended"),
    "fr": (
        "Le montrer en code",
        "Ce lien est peut-être en d’autres mains",
        "Mettre fin à mes liens",
        "n’ouvrent plus votre page",
        "Un lien qui n’a plus cours",
    ),
}


def is_in_order(page: Page) -> bool:
    return not Axe().run(page, options=RULES).response["violations"] and page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("language", WORDS)
def test_her_telephone_reads_her_page_off_the_screen_and_she_ends_every_link_without_scripts(house: House, browser: Browser, language: str) -> None:
    show, may_be, end, done, title = WORDS[language]
    house.settings = msgspec.structs.replace(house.settings, **SENDS)
    with served(HouseDesk(house)) as console:
        counter = browser.new_page(locale=language)
        counter.goto(f"{console}/customers/martin?lang={language}")
        counter.get_by_role("button", name=show).click()
        [link] = codes_in(counter, counter.locator(".poster svg").screenshot())
        assert link.startswith("https://shop.example/her/")
        assert is_in_order(counter)
        page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
        page.goto(f"{console}{urlsplit(link).path}?lang={language}")
        page.get_by_text(may_be).click()
        page.get_by_role("button", name=end).click()
        assert done in page.get_by_role("status").inner_text()
        assert page.get_by_role("heading", level=1).inner_text() == title
        assert "Martin" not in page.content()
        page.context.close()
        counter.set_viewport_size({"width": 360, "height": 740})
        counter.goto(f"{console}{urlsplit(link).path}?lang={language}")
        assert is_in_order(counter)
        counter.close()
