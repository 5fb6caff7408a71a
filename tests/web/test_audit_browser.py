"""The audit in a real Chromium: without a script from two files to the report, by keyboard, on a phone, and no violation on any of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from habitue.app.audits.jobs import AuditJobs
from habitue.store import Settings
from tests.web.audit_bench import ORDERS, SENDS, SENDS_HEAD, Latch
from tests.web.conftest import served
from tests.web.paper import PaperDesk
from tests.web.test_browser import LISTEN, RULES, TOO_WIDE, press_until

LONG_NAME = "Newsletter-and-every-other-thing-that-was-ever-sent-" * 2 + "2025.csv"
YES = "Yes, that is right: judge"


@pytest.fixture
def latch() -> Latch:
    return Latch()


@pytest.fixture
def console(tmp_path: Path, latch: Latch) -> Iterator[str]:
    """The served console of an empty house, in which judging waits for the latch."""
    settings = Settings(data=tmp_path / "house", is_demo=True)
    audits = AuditJobs(settings, work=latch)
    with served(PaperDesk(settings=settings), audits) as address:
        yield address
    audits.close()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two files, the first with a name that is long."""
    (tmp_path / LONG_NAME).write_text(SENDS, encoding="utf-8")
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return tmp_path / LONG_NAME, tmp_path / "orders.csv"


def bring(page: Page, console: str, sends: Path, orders: Path) -> None:
    page.goto(f"{console}/audit?lang=en")
    page.get_by_label("What was sent").set_input_files(sends)
    page.get_by_label("What was bought").set_input_files(orders)
    page.get_by_role("button", name="Bring these files").click()


def test_two_files_become_a_report_without_a_script(console: str, files: tuple[Path, Path], latch: Latch, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    bring(page, console, *files)
    page.get_by_role("button", name=YES).click(timeout=20_000)
    page.get_by_text("Judging each send by what was known then").wait_for()
    assert page.get_by_role("progressbar", name="Done").is_visible()
    latch.go.set()
    page.get_by_role("link", name="Read the report").wait_for(timeout=20_000)  # the page renews itself
    with page.expect_download() as taken:
        page.get_by_role("link", name="findings.csv").click()
    assert taken.value.suggested_filename == "findings.csv"
    page.get_by_role("link", name="Read the report").click()
    page.get_by_role("link", name="What was wrong").click()
    assert page.url.endswith("/report#wrongs")
    assert page.get_by_text("9 people got").is_visible()
    page.go_back()
    page.go_back()
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_text("It has been taken away").wait_for()
    assert complaints == []
    context.close()


def test_the_report_is_of_no_origin_and_its_locks_let_it_be_seen(console: str, files: tuple[Path, Path], latch: Latch, browser: Browser) -> None:
    latch.go.set()
    page = watched(browser.new_context(locale="en"))
    bring(page, console, *files)
    page.get_by_role("button", name=YES).click(timeout=20_000)
    page.get_by_role("link", name="Read the report").click(timeout=20_000)
    page.wait_for_url("**/report")
    assert page.evaluate("[self.origin, window.broken.length, getComputedStyle(document.body).margin]") == ["null", 0, "0px"]
    page.context.close()


def test_a_keyboard_alone_puts_right_what_was_asked(console: str, files: tuple[Path, Path], tmp_path: Path, browser: Browser) -> None:
    sends = tmp_path / "turned.csv"
    sends.write_text(SENDS_HEAD + "cast1@shop.example,03/04/2025 09:30,News,Tea\n", encoding="utf-8")
    page = watched(browser.new_context(locale="en"))
    bring(page, console, sends, files[1])
    page.get_by_text("may be read in two ways").wait_for(timeout=20_000)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "dates":
            break
    page.keyboard.press("Space")
    assert page.locator("input[value=day-first]").is_checked()
    press_until(page, "Look at them again")
    page.keyboard.press("Enter")
    page.get_by_text("Dates are read with the day first.").first.wait_for(timeout=20_000)
    page.context.close()


@pytest.mark.parametrize(("theme", "language"), [("light", "fr"), ("dark", "en")])
def test_no_page_of_it_has_a_violation_or_is_too_wide(
    console: str, files: tuple[Path, Path], latch: Latch, browser: Browser, theme: str, language: str
) -> None:
    page = watched(browser.new_context(locale="en", color_scheme=theme))  # type: ignore[arg-type]
    page.goto(f"{console}/audit")
    look(page, language)
    bring(page, console, files[1], files[0])
    page.get_by_text("looks like").wait_for(timeout=20_000)
    look(page, language)
    for number, kind in ((1, "orders"), (2, "sends")):
        page.locator(f"[name='kind.{number}']").select_option(kind)
    page.locator("form.bring button").click()
    page.locator("form.yes button").wait_for(timeout=20_000)
    look(page, language)
    page.locator("form.yes button").click()
    page.goto(page.url + "?still=1")
    page.get_by_role("progressbar").wait_for(timeout=20_000)
    look(page, language)
    latch.go.set()
    page.goto(page.url.partition("?")[0])
    page.locator(".made").wait_for(timeout=20_000)
    look(page, language)
    page.context.close()


def watched(context: BrowserContext) -> Page:
    page = context.new_page()
    page.add_init_script(LISTEN)
    return page


def look(page: Page, language: str) -> None:
    """Looks at the page in that language, from a phone's width to a desk's, with everything opened."""
    here = page.url
    page.goto(here + ("&" if "?" in here else "?") + f"lang={language}")
    assert page.locator("html").get_attribute("lang") == language
    for summary in page.locator("summary").all():
        summary.click()
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert (page.title(), width, page.evaluate(TOO_WIDE)) == (page.title(), width, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(page.title(), wrong["id"], [node["target"] for node in wrong["nodes"]]) for wrong in found] == []
    assert page.evaluate("window.broken") == []
    page.goto(here)
