"""Every letter that a shop begins with, as a telephone shows it: 320 px wide, by day and by night, with the longest names, in Chromium, read by axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from habitue.content.letters import letter_of
from habitue.content.rendering import render
from tests.content.test_letters import FIRST_BOOK, FRAMES, STARTERS, VALUES, letter

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
TOO_WIDE = "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5).map(e => e.tagName + '.' + e.className)"
LONGEST = {"name": "Maria-Anna-Sophia-Sabina-Angela-Franciska-Xaveria", "thing": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2}
EVERYTHING = """# A heading

Hello **{{ name }}**, see [the page](https://shop.example/a) or *this*:

- one
- two

> said

---

![Two loaves](https://shop.example/i.png)

[Open it](https://shop.example/b)
"""


@pytest.fixture(scope="module", params=["light", "dark"])
def telephone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of 320 px, by day or by night, that fetches nothing and runs no script of a letter's."""
    page = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=request.param)
    page.route("**/*", lambda route: route.abort())
    yield page
    page.close()


def faults(page: Page, html: str) -> list[object]:
    """What axe finds, and what is wider than the window."""
    page.set_content(html)
    found = Axe().run(page, options=RULES).response["violations"]
    return [(wrong["id"], [node["target"] for node in wrong["nodes"]]) for wrong in found] + page.evaluate(TOO_WIDE)


@pytest.mark.parametrize("name", STARTERS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_can_be_read_on_the_smallest_telephone_by_day_and_by_night(telephone: Page, name: str, language: str) -> None:
    said = render(letter_of(FIRST_BOOK, name, language), VALUES[language] | LONGEST, FRAMES[language])
    assert faults(telephone, said.html) == []
    assert telephone.title() == said.subject
    assert telephone.locator("html").get_attribute("lang") == language


def test_so_can_all_that_markdown_can_do(telephone: Page) -> None:
    assert faults(telephone, render(letter(EVERYTHING), LONGEST, FRAMES["en"]).html) == []


def test_night_is_dark_and_day_is_light(browser: Browser) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_content(render(letter("Hello,"), {}, FRAMES["en"]).html)
        grounds.append(page.evaluate("['.ground', '.sheet > table > tbody > tr > td'].map(e => getComputedStyle(document.querySelector(e)).backgroundColor)"))
        page.close()
    assert grounds == [["rgb(247, 242, 233)", "rgb(255, 253, 248)"], ["rgb(23, 20, 15)", "rgb(32, 28, 22)"]]
