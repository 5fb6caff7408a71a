"""What a person sees, in a real Chromium: no accessibility violation, a keyboard alone, a phone's width, a quiet console."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from habitue.words.reasons import Reason
from tests.web.conftest import Open, served
from tests.web.paper import PaperDesk, plan

PAGES = [
    "/",
    "/?on=2017-10-05&page=2",
    "/people",
    "/people?group=peace",
    "/customers?q=a",
    "/customers/0",
    "/customers/5",
    "/customers/0/why",
    "/customers/0/leave",
    "/customers/0/asks",
    "/customers/0/looks",
    "/customers/0/forget",
    "/retention",
    "/inbox",
    "/inbox/1",
    "/inbox/2",
    "/inbox/3",
    "/inbox/note",
    "/inbox/find?q=a",
    "/inbox/strangers",
    "/inbox/strangers/1",
    "/inbox/strangers/2",
    "/inbox/strangers/3",
    "/cases",
    "/cases/1",
    "/cases/2",
    "/staff",
]
PAGES += ["/book/letters", "/book/letters/hostile?for=caron", "/book/letters/long?for=5"]
PAGES += ["/letters", "/pairs", "/pairs/look?one=4&other=5", "/pairs/look?one=1&other=2"]
BAD = ["/?on=never", "/customers/nobody"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
LISTEN = "window.broken = []; document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective + ' ' + e.blockedURI));"
TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(e => !e.closest('.unseen, .skip, svg')
  && e.getBoundingClientRect().right > innerWidth + 0.5).map(e => e.tagName + '.' + e.className)"""

Look = Callable[..., Page]


@pytest.fixture(scope="module")
def console() -> Iterator[str]:
    """One served house of paper for all looks of this file."""
    with served(PaperDesk()) as address:
        yield address


@pytest.fixture
def look(browser: Browser) -> Iterator[Look]:
    """Opens a page; the test fails when the browser complained about anything."""
    complaints: list[str] = []
    contexts = []

    def opened(address: str, width: int = 1280, theme: str = "light", language: str = "en") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme, locale=language)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(LISTEN)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith("http://127.0.0.1") else complaints.append(request.url))
        page.goto(address)
        assert page.evaluate("window.broken") == []
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for said in complaints if "status of 40" not in said] == []


# every page in both languages and both lights, on a desk and on a phone, without asking all eight
@pytest.mark.parametrize(("width", "theme", "language"), [(1280, "light", "en"), (1280, "dark", "fr"), (390, "light", "fr"), (390, "dark", "en")])
def test_no_accessibility_violation(console: str, look: Look, width: int, theme: str, language: str) -> None:
    page = look(console, width, theme, language)
    assert page.locator("html").get_attribute("lang") == language
    for address in [*PAGES, *BAD]:
        page.goto(console + address)
        for summary in page.locator("summary").all():
            summary.click()
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(address, wrong["id"], [node["target"] for node in wrong["nodes"]]) for wrong in found] == []


OVERLAPPING = """() => [...document.querySelectorAll('.people li')].filter(line => { const boxes = [...line.children].map(e => e.getBoundingClientRect());
  return boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1));
}).map(line => line.innerText)"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_line_of_a_list_of_people_is_written_over_another(console: str, look: Look, width: int) -> None:
    page = look(console, width=width, language="fr")
    for address in ("/pairs", "/people?group=peace", "/customers?q=a", "/inbox"):
        page.goto(console + address)
        assert page.locator(".people li").count() > 1
        assert (address, page.evaluate(OVERLAPPING)) == (address, [])


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_screen(console: str, look: Look, width: int, language: str) -> None:
    page = look(console, width=width, language=language)
    for address in [*PAGES, *BAD]:
        page.goto(console + address)
        for summary in page.locator("summary").all():
            summary.click()
        assert (address, page.evaluate(TOO_WIDE)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_keyboard_alone_goes_from_today_to_a_person_s_reason(console: str, look: Look) -> None:
    page = look(console + "/?on=2017-10-05")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    press_until(page, "Nothing worth her attention")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people?reason=not_worth_her_attention&on=2017-10-05")
    press_until(page, "Why? Agnès Morel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/customers/0/why?on=2017-10-05")
    assert page.locator("h1").inner_text() == "Tell her that the veal is put aside."


def press_until(page: Page, name: str) -> None:
    """Press Tab until the thing of that name has the focus, which must be seen."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    pytest.fail(f"no Tab reaches “{name}”")


def test_the_day_is_moved_without_a_script(console: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(console + "/?kind=offer")
    page.get_by_label("Day", exact=True).fill("2017-10-05")
    page.get_by_role("button", name="Show this day").click()
    page.wait_for_url("**/?kind=offer&on=2017-10-05")
    page.get_by_role("link", name="Customers").click()
    page.get_by_label("Name, number, e-mail address or telephone number").fill("morel")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url("**/customers?on=2017-10-05&q=morel")
    context.close()


def test_the_light_and_the_language_are_kept(console: str, look: Look) -> None:
    page = look(console)
    page.get_by_role("link", name="Dark").click()
    page.get_by_role("link", name="Français").click()
    page.get_by_role("link", name="Clients").click()
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(23, 20, 15)"
    assert page.locator("h1").inner_text().startswith("Qui cherchez-vous")


def test_our_own_faces_are_used(console: str, look: Look) -> None:
    page = look(console)
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', ''))")
    assert {"Newsreader", "Instrument Sans"} <= set(loaded)


def test_a_hostile_name_does_nothing(console: str, look: Look) -> None:
    page = look(console + "/customers/5")
    assert page.locator("h1").inner_text().startswith("<script>")
    assert page.locator("main img, main script").count() == 0


def test_empty_and_waiting_days_have_no_violation(open_console: Open, look: Look) -> None:
    empty = open_console(PaperDesk(plan(customers=0, touches=0, silences=0, reasons={}, kinds={})))
    waiting = open_console(PaperDesk(plan(touches=0, kinds={}, reasons={Reason.WAITING_FOR_OUR_ANSWER: 3, Reason.COMPLAINT_OPEN: 1})))
    for address in (empty, waiting):
        page = look(address, theme="dark")
        assert Axe().run(page, options=RULES).response["violations"] == []


def test_on_paper_there_is_only_what_is_worth_paper(console: str, look: Look) -> None:
    page = look(console, theme="dark")
    page.emulate_media(media="print")
    assert not page.locator(".day-form").is_visible()
    assert not page.locator(".touch .main-button").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(255, 255, 255)"
