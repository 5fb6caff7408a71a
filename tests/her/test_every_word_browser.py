"""Every single thing that she can do on her page, pressed in Chromium without scripts, in both languages; after each, what her next decision heeds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page

from habitue.app import House, decide_for
from habitue.app.her.saying import link_for
from habitue.web.desk import HouseDesk
from habitue.web.her_pages import DONE
from habitue.web.tongue import Tongue, tongue
from habitue.words.reasons import Reason
from habitue.words.typesetting import typeset
from tests.cast import Shop, veal
from tests.web.conftest import served

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])  # the same words on both databases are in test_her_page


@dataclass(frozen=True)
class Hers:
    """Her page in a browser, as she reads it in her language."""

    page: Page
    house: House
    tongue: Tongue

    def said(self, text: str) -> str:
        return typeset(self.tongue.say(text), self.tongue.language)

    def press(self, button: str, inside: str = "body") -> None:
        """The first button that begins with these words of ours."""
        self.page.locator(inside).get_by_role("button", name=self.said(button)).first.click()

    def heard(self, what: str, reason: Reason) -> None:
        """She is told that her word counts, and it does: the next decision has this reason."""
        assert self.page.get_by_role("status").inner_text() == self.said(DONE[what])
        assert decide_for(self.house, "martin").reason == reason
        assert (reason == Reason.SAID) == (self.page.locator("#why .her-list li").count() > 0 and self.said("Not for me") in self.part("why"))

    def part(self, place: str) -> str:
        return self.page.locator(f"#{place}").inner_text()

    def field(self, label: str, inside: str = "body") -> Locator:
        return self.page.locator(inside).get_by_label(self.said(label))


@pytest.fixture(params=["en", "fr"])
def hers(request: pytest.FixtureRequest, shop: Shop, browser: Browser) -> Iterator[Hers]:
    with opened(shop, browser, request.param) as made:
        yield made


@contextmanager
def opened(shop: Shop, browser: Browser, language: str) -> Iterator[Hers]:
    with shop.book(veal()).open() as house, served(HouseDesk(house)) as console:
        context = browser.new_context(java_script_enabled=False, locale=language, viewport={"width": 390, "height": 800})
        page = context.new_page()
        page.goto(f"{console}{link_for(house, 'martin')}?lang={language}")
        yield Hers(page, house, tongue(language))
        context.close()


def test_her_tastes_are_said_put_right_and_forgotten(hers: Hers) -> None:
    hers.field("What you think", "#tastes").select_option("dislikes")
    hers.page.locator("#about-new").fill("veal")
    hers.page.locator("#quote-new").fill("plus <jamais>")
    hers.press("Tell us")
    hers.heard("taste", Reason.DISLIKED)
    assert "plus <jamais>" in hers.part("known")
    hers.page.locator("#known summary").first.click()
    hers.page.locator("#known details .field select").first.select_option("likes")
    hers.press("Put it right")
    hers.heard("wrong", Reason.SAID)
    hers.press("Forget this")
    hers.heard("forget", Reason.SAID)
    assert hers.said("You have told us of nothing yet.") in hers.part("known")


def test_a_habit_is_wrong_and_a_word_is_not_for_her(hers: Hers) -> None:
    assert "20" in hers.part("known"), "how we know it: from twenty purchases"
    hers.press("That is wrong: not for me", ".her-habits")
    hers.heard("taste", Reason.DISLIKED)
    hers.press("Forget this")
    hers.heard("forget", Reason.SAID)
    hers.press("Not for me", "#why")
    hers.heard("not-for-me", Reason.DISLIKED)


def test_peace_until_a_day_of_hers(hers: Hers) -> None:
    hers.field("Peace until").fill("2017-12-01")
    hers.press("Leave me in peace until then")
    hers.heard("pause", Reason.PAUSED)
    assert hers.tongue.date(hers.house.today + 29) in hers.part("rhythm")
    hers.press("End the pause")
    hers.heard("go-on", Reason.SAID)


def test_her_rhythm_stays_as_she_chose_it(hers: Hers) -> None:
    for place, pace in enumerate(("less", "usual", "more")):
        hers.page.locator(f"#rhythm input[value={pace}]").check()
        hers.press("Keep to this rhythm")
        hers.heard("rhythm", Reason.SAID)
        assert [each.is_checked() for each in hers.page.locator("#rhythm input[name=pace]").all()] == [place == each for each in range(3)]


def test_news_of_one_sort_alone(hers: Hers) -> None:
    hers.page.locator("#only").select_option("invitations")
    hers.press("Only of this")
    hers.heard("only", Reason.NO_CONSENT)


def test_the_ways_and_hours_that_she_wants(hers: Hers) -> None:
    by_mail = hers.page.locator("#ways li").filter(has=hers.page.locator("input[value$=' email']"))
    by_mail.get_by_role("button").click()
    hers.heard("way", Reason.UNWELCOME_WAY)
    assert hers.said("please not") in by_mail.inner_text()
    by_mail.get_by_role("button").click()
    hers.heard("way", Reason.SAID)
    hers.page.locator("#from").select_option("9")
    hers.page.locator("#until-hour").select_option("20")
    hers.press("Keep silent then")
    hers.heard("hours", Reason.UNWELCOME_HOUR)


def test_what_she_allows_and_no_more(hers: Hers) -> None:
    for summary in hers.page.locator("#leaves summary").all():
        summary.click()
    hers.page.locator("button[value='no advice.email']").click()
    hers.heard("leave", Reason.NO_CONSENT)
    for summary in hers.page.locator("#leaves summary").all():
        summary.click()
    hers.page.locator("button[value='yes advice.email']").click()
    hers.heard("leave", Reason.SAID)
    hers.press("I object: work nothing out from my purchases")
    assert hers.page.get_by_role("status").inner_text() == hers.said(DONE["object"])
    assert decide_for(hers.house, "martin").reason == Reason.NO_PROFILING
    assert hers.page.locator(".her-habits").count() == 0, "nothing is worked out any more"
    hers.press("Write me nothing more")
    hers.heard("out", Reason.NO_CONSENT)


def test_her_birthday_in_her_own_hand(hers: Hers) -> None:
    hers.page.locator("#day").select_option("29")
    hers.page.locator("#month").select_option("2")
    hers.press("Keep it")
    hers.heard("birthday", Reason.SAID)
    assert (hers.page.locator("#day").input_value(), hers.page.locator("#month").input_value()) == ("29", "2")
    hers.page.locator("#day").select_option("31")
    hers.press("Keep it")
    assert hers.page.get_by_role("alert").inner_text() == hers.said("The year has no such day.")


def test_a_complaint_as_long_as_she_likes(hers: Hers) -> None:
    letter = "Le veau était dur. " * 5_000 + "\nJeanne"
    hers.field("As long as you like").fill(letter)
    hers.field("It is a complaint").check()
    hers.press("Send it")
    hers.heard("write", Reason.COMPLAINT_OPEN)
    assert hers.page.locator(".her-letter").inner_text().strip() == letter.strip()


def test_her_page_s_parts_are_all_named_in_what_she_reads_first(hers: Hers) -> None:
    for link in hers.page.locator(".her-nav a").all():
        assert hers.page.locator(link.get_attribute("href") or "").locator("h2").count() == 1
