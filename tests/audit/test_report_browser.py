"""The report of an audit in a real Chromium, opened from a file: no accessibility violation, a phone's width, a keyboard, paper, and no request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from habitue.audit.figures import Figures
from habitue.audit.report import report_html
from tests.audit.paper import figures, hostile, nothing

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
LISTEN = "window.broken = []; document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective + ' ' + e.blockedURI));"
TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(e => !e.closest('.unseen, .skip, svg, .scroll, thead')
  && e.getBoundingClientRect().right > innerWidth + 0.5).map(e => e.tagName + '.' + e.className)"""

Look = Callable[..., Page]


@pytest.fixture
def look(browser: Browser, tmp_path: Path) -> Iterator[Look]:
    """Opens a report from a file; the test fails when the browser complained or asked for anything else."""
    complaints: list[str] = []
    contexts = []

    def opened(made: Figures, width: int = 1280, theme: str = "light", language: str = "en") -> Page:
        file = tmp_path / "report.html"
        file.write_text(report_html(made, language), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(LISTEN)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if request.url.split("#")[0] == file.as_uri() else complaints.append(request.url))
        page.goto(file.as_uri())
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("window.broken") == []
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


# every kind of audit in both languages and both lights, on a desk and on a phone, without asking all twelve
@pytest.mark.parametrize(
    ("made", "width", "theme", "language"),
    [
        (figures(), 1280, "light", "en"),
        (figures(), 390, "dark", "fr"),
        (hostile(), 1280, "dark", "fr"),
        (hostile(), 390, "light", "en"),
        (nothing(), 390, "dark", "en"),
    ],
    ids=["whole", "whole on a phone", "hostile", "hostile on a phone", "nothing"],
)
def test_no_accessibility_violation(look: Look, made: Figures, width: int, theme: str, language: str) -> None:
    page = look(made, width, theme, language)
    assert page.locator("html").get_attribute("lang") == language
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(wrong["id"], [node["target"] for node in wrong["nodes"]]) for wrong in found] == []


@pytest.mark.parametrize("made", [figures(), nothing(), hostile()], ids=["whole", "nothing", "hostile"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_is_wider_than_the_screen(look: Look, made: Figures, width: int) -> None:
    page = look(made, width=width, language="fr")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_keyboard_alone_goes_from_the_first_sentences_to_the_rows(look: Look) -> None:
    page = look(figures())
    page.reload()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "#fault-already_bought":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "fault-already_bought"
    assert page.locator("#fault-already_bought h4").is_visible()


def test_it_is_dark_where_dark_is_wished(look: Look) -> None:
    assert look(figures(), theme="dark").evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(23, 20, 15)"
    assert look(figures(), theme="light").evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(247, 242, 233)"


def test_on_paper_it_is_white_and_every_table_is_open_but_the_long_lists(look: Look) -> None:
    page = look(figures(), theme="dark")
    page.reload()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("nav").first.is_visible()
    assert page.locator("details:not(.folded) table").last.evaluate("e => e.checkVisibility({contentVisibilityAuto: true})")
    assert not page.locator("details.folded").first.is_visible()


def test_hostile_texts_do_nothing(look: Look) -> None:
    page = look(hostile())
    assert page.locator("h1").inner_text().startswith("<script>")
    assert page.locator("script, img, iframe").count() == 0
