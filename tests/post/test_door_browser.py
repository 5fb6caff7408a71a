"""The door as she and the seller meet it: in a real browser, without scripts, from a keyboard, on a phone, and read by axe."""

from __future__ import annotations

import base64

import numpy
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from habitue.app.leaving import leaves_of
from habitue.channels.letters import letters
from habitue.cli.post import form
from habitue.identity.records import keys_of, who_have
from habitue.web.desk import HouseDesk
from tests.post.conftest import OpenPost, send_all
from tests.post.peer import Peer, links_in
from tests.web.conftest import served

ASKED = "/join?lang={}"


def is_in_order(page: Page) -> list[str]:
    """What axe finds, and whether anything is wider than the window."""
    found = [f"{each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]]
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{width} px too wide"] if width > 0 else [])


PIXELS = """async (picture) => { const image = new Image(); image.src = picture; await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext('2d'); pen.drawImage(image, 0, 0);
  const seen = pen.getImageData(0, 0, image.width, image.height).data;
  return [image.width, image.height, Array.from(seen.filter((_, place) => place % 4 === 0))] }"""


def codes_in(page: Page, picture: bytes) -> list[str]:
    """What a telephone reads in a picture of the screen."""
    width, height, red = page.evaluate(PIXELS, "data:image/png;base64," + base64.b64encode(picture).decode())
    return [each.text for each in zxingcpp.read_barcodes(numpy.array(red, dtype=numpy.uint8).reshape(height, width))]


@pytest.mark.parametrize(("language", "button", "yes"), [("en", "Send me the letter", "Yes, write to me"), ("fr", "Envoyez-moi la lettre", "Oui, écrivez-moi")])
def test_she_signs_up_without_scripts_from_a_keyboard(open_post: OpenPost, peer: Peer, browser: Browser, language: str, button: str, yes: str) -> None:
    house = open_post(peer.port)
    with served(HouseDesk(house)) as address:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(address + ASKED.format(language))
        page.get_by_role("checkbox").first.focus()
        page.keyboard.press("Space")
        page.get_by_role("textbox").first.focus()
        page.keyboard.type("new@example.org")
        page.keyboard.press("Tab")
        assert button in (page.locator(":focus").text_content() or "")  # the field that nobody sees is not on the way
        page.keyboard.press("Enter")
        page.locator(".door").wait_for(state="detached")
        send_all(house)
        page.goto(f"{address}{links_in(peer.letters[0])[0]}?lang={language}")
        page.get_by_role("button", name=yes).click()
        page.locator(".door").wait_for(state="detached")
        page.context.close()
    [who] = who_have(house.truth, "email", ["new@example.org"])["new@example.org"].who
    assert [line.is_granted for line in leaves_of(house, keys_of(house.truth, [who.customer_id])[who.customer_id][0])] == [True]


@pytest.mark.parametrize("engine", ["sqlite"])  # it looks alike on both
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_of_the_door_is_in_order_at_320_px_and_wide(open_post: OpenPost, peer: Peer, browser: Browser, theme: str) -> None:
    house = open_post(peer.port)
    wrong: dict[str, list[str]] = {}
    with served(HouseDesk(house)) as address:
        for width in (320, 1280):
            context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="dark" if theme == "dark" else "light", base_url=address)
            page = context.new_page()
            for language in ("en", "fr"):
                for path in (
                    f"/join?lang={language}",
                    f"/her?lang={language}",
                    f"/door?lang={language}&shop=Lyon",
                    f"/door/tablet?lang={language}",
                    f"/customers/martin/leave/tablet?lang={language}",
                    "/yes/nothing",
                ):
                    page.goto(path)
                    wrong[f"{path} {language} {width}"] = is_in_order(page)
            page.goto("/join?lang=fr")
            page.get_by_role("checkbox").first.check()
            page.get_by_role("textbox").first.fill("x" * 300)
            page.get_by_role("button").click()
            page.get_by_role("alert").wait_for()
            wrong[f"a wrong address {width}"] = is_in_order(page)
            page.get_by_role("textbox").first.fill(f"someone{width}@example.org")
            page.get_by_role("button").click()
            page.locator(".door").wait_for(state="detached")
            wrong[f"asked {width}"] = is_in_order(page)
            send_all(house)
            page.goto(links_in(peer.letters[-1])[0] + "?lang=fr")
            wrong[f"the letter's page {width}"] = is_in_order(page)
            page.get_by_role("button", name="Oui, écrivez-moi").click()
            page.locator(".door").wait_for(state="detached")
            wrong[f"thanks {width}"] = is_in_order(page)
            context.close()
    assert {where: found for where, found in wrong.items() if found} == {}


def test_the_code_on_the_sheet_leads_to_the_form_and_the_tablet_s_proof_says_where_and_with_whom(open_post: OpenPost, peer: Peer, browser: Browser) -> None:
    house = open_post(peer.port)
    with served(HouseDesk(house)) as address:
        page = browser.new_context(base_url=address).new_page()
        page.goto("/door?lang=en")
        page.get_by_label("The shop’s name").fill("Rue Haute")
        page.get_by_role("button", name="Show its code").click()
        page.get_by_text("shop=Rue+Haute").wait_for()
        assert codes_in(page, page.locator(".poster svg").screenshot()) == ["https://regulars.example.org/join?shop=Rue+Haute"]
        page.context.add_cookies([{"name": "habitue_staff", "value": "L%C3%A9a", "url": address}])
        page.get_by_role("link", name="The form for her").click()
        page.wait_for_url("**/door/tablet?**")
        page.get_by_role("checkbox").nth(1).check()
        page.get_by_role("textbox").first.fill("new@example.org")
        page.get_by_role("button", name="Send me the letter").click()
        page.get_by_role("link", name="For the next one").click()
        page.locator(".door").wait_for()
        assert page.get_by_role("textbox").first.input_value() == ""
        send_all(house)
        page.goto(links_in(peer.letters[0])[0])
        page.get_by_role("button", name="Yes, write to me").click()
        page.locator(".door").wait_for(state="detached")
        page.context.close()
    [who] = who_have(house.truth, "email", ["new@example.org"])["new@example.org"].who
    [line] = leaves_of(house, keys_of(house.truth, [who.customer_id])[who.customer_id][0])
    assert (line.words[0].collected, line.words[0].proof) == ("counter", "tablet in the shop “Rue Haute”, with Léa")
    assert line.words[0].notice_hash


def test_the_snippet_of_the_form_works_in_a_page_of_somebody_else(
    open_post: OpenPost, peer: Peer, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_post(peer.port)
    form(house.settings.data, "fr", "Lyon")
    snippet = capsys.readouterr().out
    assert "checked" not in snippet
    with served(HouseDesk(house)) as address:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.set_content(f'<html lang="fr"><body>{snippet.replace("https://regulars.example.org", address)}</body></html>')
        page.get_by_role("checkbox").first.check()
        page.get_by_label("Votre adresse e-mail").fill("new@example.org")
        page.get_by_role("button").click()
        page.get_by_text("Regardez votre messagerie").wait_for()
        page.context.close()
    assert len(letters(house.truth, 5)) == 1
