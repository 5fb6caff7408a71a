"""What the law asks of a shop, done at its counter in Chromium, without scripts, in both languages: a request, who looked, what is kept, a farewell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page

from habitue.app import House
from habitue.app.erasure.forgetting import certificates
from habitue.app.her.saying import link_for
from habitue.app.law.requesting import past_cases
from habitue.app.retaining import choice_of
from habitue.web.desk import HouseDesk
from habitue.web.tongue import Tongue, tongue
from habitue.words.typesetting import typeset
from tests.cast import Shop, shop, thanks
from tests.web.conftest import served

__all__ = ["shop"]
pytestmark = pytest.mark.parametrize("engine", ["sqlite"])  # what is written on both databases is in the tests of each page


@dataclass(frozen=True)
class Counter:
    """The console in a browser, in one language."""

    page: Page
    house: House
    home: str
    tongue: Tongue

    def said(self, text: str) -> str:
        return typeset(self.tongue.say(text), self.tongue.language)

    def go(self, path: str) -> None:
        self.page.goto(self.home + path)

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=self.said(button)).click()

    def follow(self, link: str) -> None:
        self.page.get_by_role("link", name=self.said(link)).first.click()

    def words(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture(params=["en", "fr"])
def counter(request: pytest.FixtureRequest, shop: Shop, browser: Browser) -> Iterator[Counter]:
    with shop.book(thanks()).open() as house, served(HouseDesk(house)) as home:
        context = browser.new_context(java_script_enabled=False, locale=request.param)
        page = context.new_page()
        page.goto(f"{home}/?lang={request.param}")
        yield Counter(page, house, home, tongue(request.param))
        context.close()


def test_she_asks_for_her_data_and_takes_it_home(counter: Counter, tmp_path: Path) -> None:
    counter.go("/customers/martin")
    counter.follow("What she asks by law")
    counter.page.get_by_label(counter.said("What she asks")).select_option("access")
    counter.page.get_by_label(counter.said("In her words")).fill("Que savez-vous de moi ? <b>Tout</b>")
    counter.press("Open the case")
    assert "<b>Tout</b>" in counter.words()
    assert counter.page.get_by_role("button", name=counter.said("Take her data out")).count() == 0, "first, that it is she"
    counter.press("It is she")
    with counter.page.expect_download() as taken:
        counter.press("Take her data out")
    taken.value.save_as(tmp_path / "hers.zip")
    with ZipFile(BytesIO((tmp_path / "hers.zip").read_bytes())) as hers:
        assert any(b"Martin" in hers.read(name) for name in hers.namelist())
    counter.page.reload()
    counter.press("It is done")
    assert len(past_cases(counter.house)) == 1
    counter.go("/cases")
    assert counter.said("Nobody waits for an answer that the law asks of us.") in counter.words()


def test_whoever_looks_is_named_to_her(counter: Counter) -> None:
    counter.go("/staff")
    counter.page.get_by_label(counter.said("Your name")).fill("Anne <Boucher>")
    counter.press("It is me")
    counter.go("/customers/martin")
    counter.go("/customers/martin/looks")
    assert "Anne <Boucher>" in counter.words()
    counter.go(f"{link_for(counter.house, 'martin')}?lang={counter.tongue.language}")
    counter.page.locator("#yours summary").first.click()
    assert "Anne <Boucher>" in counter.page.locator("#yours").inner_text()


def test_what_is_kept_and_for_how_long_is_read_and_set_going(counter: Counter) -> None:
    counter.go("/retention")
    assert counter.said("Nothing goes by itself yet. Read what would go; then let it go once, or once a day from now on.") in counter.words()
    counter.press("Let it go once a day")
    assert choice_of(counter.house.settings.data).is_running
    assert counter.said("Once a day, what is older than this goes by itself.") in counter.words()
    counter.press("Let nothing go by itself any more")
    assert not choice_of(counter.house.settings.data).is_running


def test_she_is_shown_what_she_would_be_asked_and_then_forgotten(counter: Counter) -> None:
    counter.go("/notices")
    assert counter.page.locator("section h2").count() > 0
    counter.go("/customers/martin")
    counter.follow("Forget her")
    counter.follow("No, back to her card")
    counter.follow("Forget her")
    counter.press("Yes, forget her")
    [certificate] = certificates(counter.house.truth)
    assert certificate.number in counter.words()
    counter.go("/customers?q=martin")
    assert "Martin" not in counter.words()
    assert counter.page.request.get(f"{counter.home}/customers/martin").status == 404
