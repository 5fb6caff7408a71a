"""Shortcut keys of the inbox in a real browser: they move the focus and press nothing, keep still while somebody writes, and can be turned off."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import served
from tests.web.paper import PaperDesk
from tests.web.test_browser import LISTEN


def is_on(page: Page, place: int) -> None:
    """The name in that place of the list has the focus."""
    expect(page.locator(".people .who").nth(place)).to_be_focused()


def test_they_move_the_focus_keep_still_in_a_field_and_can_be_turned_off(browser: Browser) -> None:
    desk = PaperDesk()
    with served(desk) as address:
        page = browser.new_page()
        page.add_init_script(LISTEN)
        page.goto(f"{address}/inbox")
        for key, place in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("Control+j", 0), ("Shift+J", 0)):
            page.keyboard.press(key)
            is_on(page, place)
        for key, place in (("ArrowDown", 1), ("Shift+ArrowUp", 1), ("ArrowUp", 0), ("ArrowUp", 0)):
            page.keyboard.press(key)
            is_on(page, place)
        page.set_viewport_size({"width": 700, "height": 300})
        page.locator("h1").click()
        for _ in range(15):
            page.keyboard.press("ArrowDown")
        expect(page.locator("h1")).not_to_be_in_viewport()
        expect(page.locator(".people .who:focus")).to_have_count(0)  # where no name is chosen, they scroll
        page.set_viewport_size({"width": 1280, "height": 720})
        page.keyboard.press("/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("jk/?r")
        expect(page.locator("#q")).to_have_value("jk/?r")
        page.locator("h1").click()
        page.keyboard.press("?")
        expect(page.locator("#keys summary")).to_be_focused()
        page.get_by_label("Use them on this device").uncheck()
        page.reload()
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.tagName") == "BODY"
        page.locator("#keys summary").click()
        page.get_by_label("Use them on this device").check()
        page.goto(f"{address}/inbox/1")
        page.keyboard.press("e")
        expect(page.locator("#done")).to_be_focused()
        page.keyboard.press("r")
        expect(page.get_by_label("Your answer")).to_be_focused()
        page.keyboard.press("e")
        expect(page.get_by_label("Your answer")).to_have_value("e")
        page.locator("h1 + .lede").click()
        page.keyboard.press("/")
        page.wait_for_url("**/inbox/find")
        assert page.evaluate("window.broken") == []
        assert desk.asked == [], "no key presses anything"
        page.close()
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(f"{address}/inbox")
        expect(plain.locator("#keys")).to_be_hidden()
        plain.context.close()
