"""The letters of the book in the console: what the check says, and as one customer or the hardest readers would get them, where nothing can run or leave."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.looking import her_looks
from habitue.app.post.previewing import preview
from habitue.content.letter_images import picture
from habitue.web import create_site
from habitue.web.desk import HouseDesk
from tests.cast import Shop, shop, thanks, veal
from tests.content.images import png, put_image
from tests.web.conftest import served
from tests.web.test_pages import words_of

__all__ = ["shop"]
STARTERS = Path(str(files("habitue.content") / "first_book" / "letters"))
ADDRESS = "https://regulars.example.org"
HOSTILE = '<script>document.title="bitten"</script><img src=x onerror=alert(1)>'


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    letters = shop.settings.book_folder / "letters"
    letters.mkdir(parents=True)
    for name in ("set-aside.en.md", "set-aside.fr.md", "thanks.en.md", "thanks.fr.md"):
        (letters / name).write_bytes((STARTERS / name).read_bytes())
    (letters / "lost.en.md").write_text("nothing", encoding="utf-8")
    shop.bring("customers", f"customer,since,given_name\nolga,2017-02-02,'{HOSTILE}'\n")
    with shop.told(brand="Épicerie Martin", address=ADDRESS).book(veal(letter='"set-aside"'), thanks(letter='"thanks"'), veal(key='"mute"')).open() as opened:
        yield opened


@pytest.fixture
def counter(house: House) -> TestClient:
    return TestClient(create_site(house), base_url="http://localhost")


def write(house: House, name: str, words: str) -> None:
    (house.settings.book_folder / "letters" / name).write_text(words, encoding="utf-8")


def test_every_action_that_leaves_as_a_letter_is_listed_with_what_the_check_says(house: House, counter: TestClient) -> None:
    listed = words_of(counter.get("/book/letters").text)
    assert "2 actions of the book leave as letters." in listed
    assert "Thanks thanks · English, Français in order" in listed
    assert "letters/lost.en.md, line 1 · mistake A letter begins with a line of +++" in listed
    write(house, "thanks.en.md", '+++\nsubject = "x"\n+++\nHello {{ nmae }}\n')
    assert "Thanks thanks · English, Français 1 mistake" in words_of(counter.get("/book/letters").text)
    page = words_of(counter.get("/book/letters/thanks").text)
    assert "letters/thanks.en.md, line 4 · mistake Nothing fills {{ nmae }}" in page
    assert "As plain text" not in page
    french = counter.get("/book/letters/thanks?lang=fr").text
    assert "Rien ne remplit {{ nmae }} ; on connaît" in words_of(french).replace("\u202f", " ")
    assert "Vouliez-vous dire" in french
    assert '<p lang="en"' not in french
    counter.get("/book/letters/thanks?lang=en")  # the page remembers the language
    (house.settings.book_folder / "letters" / "thanks.en.md").unlink()
    write(house, "thanks.en.mjml", "<mjml><mj-head><mj-title>x</mj-title></mj-head>\n<mj-body><mj-raw>y</mj-raw></mj-body></mjml>")
    assert "letters/thanks.en.mjml, line 2 · mistake A letter has no <mj-raw>" in words_of(counter.get("/book/letters/thanks").text)
    assert "Merci, Jeanne" in words_of(counter.get("/book/letters/thanks?for=martin&in=fr").text), "the French letter is in order"


def test_a_customer_s_letter_is_shown_and_the_look_written_down(house: House, counter: TestClient) -> None:
    page = words_of(counter.get("/book/letters/veal-aside?for=martin").text)
    for said in ("As she would get it today", "Subject", "It is in: veal", "Hello Jeanne,", "Why this letter? Because you have bought veal with us"):
        assert said in page
    assert [look.what for look in her_looks(house, "martin")] == ["why"]
    assert "Nobody answers to “nobody”." in words_of(counter.get("/book/letters/thanks?for=nobody").text)
    assert "Whom do you mean?" in words_of(counter.get("/book/letters/thanks?for=Petit").text)
    assert "Several people share “petit@example.org”" in words_of(counter.get("/book/letters/thanks?for=petit@example.org").text)
    assert [look.what for look in her_looks(house, "anne")] == ["list"]


def test_the_hardest_to_write_to_are_shown_and_looked_at_by_nobody(house: House, counter: TestClient) -> None:
    longest, nameless, newcomer = (words_of(counter.get(f"/book/letters/thanks?hard={who}&in=en").text) for who in ("longest", "nameless", "newcomer"))
    assert "Hello," in nameless
    assert "Your first basket" in nameless
    assert "Your first basket" not in newcomer
    assert longest != nameless
    french = words_of(counter.get("/book/letters/thanks?lang=fr").text)
    assert "Les noms les plus longs que l’on connaisse ici" in french
    assert "Rien n’est envoyé" in french
    assert house.truth.run("SELECT count(*) FROM look") == [(0,)]


def test_what_is_no_letter_is_said_in_a_sentence(counter: TestClient) -> None:
    for path in ("/book/letters/mute", "/book/letters/nothing"):
        answer = counter.get(f"{path}?lang=fr")
        assert (answer.status_code, "ne part en lettre" in answer.text) == (404, True)
    assert counter.get("/book/letters/mute/shown").status_code == 400
    assert counter.get("/book/letters/thanks/shown?for=nobody").status_code == 404


def test_in_its_frame_a_letter_runs_nothing_and_is_told_its_light(house: House, counter: TestClient) -> None:
    dark, light = (counter.get(f"/book/letters/thanks/shown?for=martin&light={each}") for each in ("dark", "light"))
    for answer in (dark, light):
        locks = answer.headers["content-security-policy"]
        assert locks.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self';")
        assert "frame-ancestors 'self'" in locks
        assert answer.headers["cache-control"] == "private, no-store"
    assert "(min-width: 0)" in dark.text
    assert "(max-width: 0)" in light.text
    assert "prefers-color-scheme" not in dark.text + light.text
    page = counter.get("/book/letters/thanks?for=martin")
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    assert "frame-src" not in counter.get("/book/letters").headers["content-security-policy"]


def test_an_image_is_served_to_anybody_who_reads_a_letter_and_tells_nothing_of_her(house: House) -> None:
    put_image(house.settings.book_folder, "ours.png", png(40, 30))
    put_image(house.settings.book_folder, "notes.svg", b"<svg/>")
    reader = TestClient(create_site(house), base_url=ADDRESS)
    path = picture(house.settings.book_folder, "ours.png").path
    answer = reader.get(f"{path}?who=alma&lang=fr", headers={"Cookie": "a=b", "Accept-Language": "fr"})
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, png(40, 30), "image/png")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert {"set-cookie", "vary"} & set(answer.headers) == set()
    assert reader.head(path).status_code == 200
    for other in ("/images/ours.png", f"/images/{'0' * 32}.png", "/images/..%2f..%2fbook.toml", "/images/notes.svg", "/images/%00"):
        assert reader.get(other).status_code == 404
    assert reader.get("/book/letters").status_code == 421, "the console is not there by the name that customers know"
    write(house, "thanks.en.md", '+++\nsubject = "x"\n+++\n![ours](ours.png)\n')
    assert f'src="{path}"' in TestClient(reader.app, base_url="http://localhost").get("/book/letters/thanks/shown?in=en").text
    assert f"{ADDRESS}{path}" in preview(house, "thanks", "martin", "en").html


def test_a_letter_is_looked_at_by_keyboard_without_a_script(house: House, browser: Browser) -> None:
    """What a hostile name would run, and what an image would fetch, stays undone; by night the frame is dark, on 320 px it is narrow."""
    write(house, "thanks.en.md", '+++\nsubject = "{{ name }}"\n+++\nHello {{ name }},\n\n![seen](https://pixel.example/i.png)\n\n![ours](ours.png)\n')
    put_image(house.settings.book_folder, "ours.png", png(40, 30))
    asked: list[str] = []
    with served(HouseDesk(house)) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en", java_script_enabled=False)
        page.route("https://**", lambda route: asked.append(route.request.url))
        page.goto(f"{address}/book/letters/thanks")
        page.get_by_label("For whom").fill("olga")
        page.get_by_label("For whom").press("Enter")
        expect(page.get_by_role("heading", name="As she would get it today")).to_be_visible()
        night = page.frame_locator("iframe").nth(1)
        expect(night.get_by_text("Hello")).to_contain_text("<script>")
        expect(page.locator("iframe").nth(1)).to_have_js_property("clientWidth", 320)
        night_frame = next(frame for frame in page.frames if frame.url.endswith("light=dark"))
        expect(night_frame.locator(".ground")).to_have_css("background-color", "rgb(23, 20, 15)")
        day_frame = next(frame for frame in page.frames if frame.url.endswith("light=light"))
        expect(day_frame.locator(".ground")).to_have_css("background-color", "rgb(247, 242, 233)")
        expect(day_frame.get_by_alt_text("ours")).to_have_js_property("naturalWidth", 40)
        page.close()
    assert asked == []
