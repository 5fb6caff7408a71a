"""Saved answers: plain files of the book, filled in for the customer of a conversation below what is written already; a person reads them before they leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.inbox.talking import conversation
from habitue.content import check_book
from habitue.store import save_settings
from habitue.web import create_site
from habitue.web.desk import HouseDesk
from tests.cast import Shop, shop, thanks
from tests.command_line import command_line
from tests.web.conftest import served
from tests.web.test_among_us import asked_by
from tests.web.test_inbox_pages import HERE
from tests.web.test_pages import words_of

__all__ = ["shop"]
FIRST_BOOK = Path(str(files("habitue.content") / "first_book"))
MEANT = {
    "hours.en": "Hello{% if name %} {{ name }}{% endif %},\n\n{% if thing %}{{ thing }}{% endif %}\n\nOpen to *all*. {{ brand }}",
    "hours.fr": "Bonjour{% if name %} {{ name }}{% endif %},\n\nOuvert à tous. {{ brand }}",
    "since.en": "Since {{ since }}, with order {{ order }}: {{ thing }}.",
    "order.en": "Since {{ since }}, and order {{ order }}.",
}


def saved(shop: Shop, **answers: str) -> Shop:
    """The shop, with these in its book."""
    with_book = shop.book(thanks())
    folder = with_book.settings.book_folder / "answers"
    folder.mkdir()
    for name, text in answers.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return with_book


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with saved(shop.told(sender="shop@example.org", brand="Chez <Paul>"), **MEANT).open() as opened:
        yield opened


def test_it_stands_below_what_is_written_and_nothing_is_sent_or_lost(house: House) -> None:
    counter = TestClient(create_site(house), base_url="http://localhost")
    number, karim = asked_by(house, "martin"), asked_by(house, "karim")
    form = {"do": "fill", "saved": "hours", "words": "I looked.\r\n", "seen": str(number), "leave": "1"}
    filled = counter.post(f"/inbox/{number}", data=form, headers=HERE)
    assert filled.status_code == 200
    (field,) = re.findall(r'<textarea id="words"[^>]*>(.*?)</textarea>', filled.text, re.DOTALL)
    assert field == "I looked.\n\nHello Jeanne,\n\nOpen to *all*. Chez &lt;Paul&gt;"
    assert f'name="seen" value="{number}"' in filled.text, "what she wrote since is still unread"
    assert len(conversation(house, number).messages) == 1
    assert "hours" in words_of(counter.get(f"/inbox/{karim}").text)
    for language, choose, gap in (
        ("en", "Choose a saved answer first.", "“since” cannot be filled in for her"),
        ("fr", "Choisissez d’abord une réponse type.", "« since » ne peut être remplie pour elle"),
    ):
        for name, sentence in (("", choose), ("since", gap), ("../letters/thanks", "../letters/thanks")):
            told = counter.post(f"/inbox/{number}?lang={language}", data={**form, "saved": name}, headers=HERE)
            assert (told.status_code, sentence in words_of(told.text).replace("\u202f", " ").replace("\u00a0", " ")) == (400, True), words_of(told.text)
            assert ">I looked.</textarea>" in told.text


def test_it_is_chosen_by_keyboard_without_a_script(house: House, browser: Browser) -> None:
    number = asked_by(house, "martin")
    with served(HouseDesk(house)) as address:
        page = browser.new_context(java_script_enabled=False, locale="en-GB", viewport={"width": 360, "height": 640}).new_page()
        page.goto(f"{address}/inbox/{number}")
        page.get_by_label("Your answer").fill("Bien sûr.")
        page.get_by_role("button", name="Put it in").press("Enter")
        expect(page.get_by_role("alert")).to_have_text("Choose a saved answer first.")
        expect(page.get_by_role("alert")).to_be_in_viewport()  # the page stands at the answer, far below
        page.get_by_label("A saved answer").focus()
        page.keyboard.type("hours")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Your answer")).to_have_value("Bien sûr.\n\nHello Jeanne,\n\nOpen to *all*. Chez <Paul>")
        page.context.close()


def test_the_terminal_does_the_same(shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    save_settings(saved(shop.told(sender="shop@example.org"), **MEANT).settings)
    with shop.open() as house:
        number = str(asked_by(house, "martin"))
    habitue = command_line(shop.settings.data, monkeypatch, capsys)
    assert habitue("inbox", "saved", number)[1].split() == ["hours", "order", "since"]
    assert "Hello Jeanne, Open to *all*." in habitue("inbox", "saved", number, "hours")[1]
    assert habitue("inbox", "saved", number, "order")[1] == "Since June 2017, and order veal-martin-1026."
    code, said = habitue("inbox", "answer", number, "--saved", "since")
    assert (code != 0, "since.en.md:1" in said) == (True, True)
    code, said = habitue("inbox", "answer", number, "--words", "Oui.", "--saved", "hours")
    assert (code, "No letter can leave this house yet" in said) == (0, True)
    assert "the settings name no relay" in habitue("post")[1]
    with shop.open() as house:
        assert conversation(house, int(number)).messages[-1].words.startswith("Oui.\n\nHello Jeanne,")


@pytest.mark.parametrize(
    ("name", "text", "line", "what"),
    [
        ("a.en", "x\n{{ nmae }}", 2, "Did you mean “name”?"),
        ("a.en", "x\n{{ name }}", 2, "{{ name }} is empty for some"),
        ("a.en", "{% if since %}", 1, "never closed"),
        ("a.fr", " \n", 1, "The answer says nothing."),
        ("Opening Hours.en", "x", 0, "Nobody can choose this file"),
        ("a.en", "x\nDo not reply to this.", 2, "say it as you would across the counter"),
        ("a.en", "{% for i in (1..99999) %}{{ brand }}{% endfor %}", 1, "goes round more than 1,000 times"),
    ],
)
def test_book_check_says_what_is_wrong_with_one(tmp_path: Path, name: str, text: str, line: int, what: str) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / f"{name}.md").write_text(text, encoding="utf-8")
    (found,) = [each for each in check_book(tmp_path) if each.file.startswith("answers/")]
    assert (found.line, what in found.what) == (line, True), found


def test_the_first_book_s_are_in_order_in_both_languages() -> None:
    names = {path.name for path in (FIRST_BOOK / "answers").iterdir()}
    assert {f"{name}.{language}.md" for name in ("opening-hours", "where-is-my-order", "we-are-sorry") for language in ("en", "fr")} == names
    assert [each for each in check_book(FIRST_BOOK) if each.file.startswith("answers/")] == []
