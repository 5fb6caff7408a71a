"""What could not be sorted, as a person sees it in a real Chromium: read, and sorted again once its fault is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from habitue.app import House, open_house
from habitue.app.collect.sorting import Sorter
from habitue.content.laying_out import lay_out_first_book
from habitue.events.arrivals import LETTERS_AT_ONCE, WriteKey, add_write_key, write_down
from habitue.store import Settings
from habitue.web.desk import HouseDesk
from habitue.web.site import site_at
from tests.web.conftest import served


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    """A till whose key was not known yet when it told two things, and one thing that nobody can read."""
    lay_out_first_book(settings.book_folder)
    with open_house(settings) as opened:
        with opened.truth.transaction():
            add_write_key(opened.truth, WriteKey("k", "till", "", True))
            write_down(opened.truth, [("k", 1_500_000_000, "track", 0, b'{"userId":"7","event":')])
            write_down(opened.truth, [("late", 1_500_000_000, "track", 0, b'{"userId":"7","event":"Coffee Drunk","messageId":"m%d"}' % n) for n in range(2)])
        Sorter(opened.truth, settings).sort_some()
        yield opened


def test_they_are_read_and_sorted_again(page: Page, house: House) -> None:
    with served(HouseDesk(house)) as console:
        page.goto(f"{console}/customers")
        page.get_by_role("link", name="3 messages from outside could not be understood").click()
        expect(page.locator(".letters li")).to_have_count(3)
        expect(page.locator(".letters li").first).to_contain_text("The body is not the JSON that is expected here")
        page.get_by_text("The message 3").click()
        expect(page.locator("pre").last).to_contain_text("Coffee Drunk")
        page.get_by_role("button", name="Sort it again 3").click()
        expect(page.get_by_role("status")).to_contain_text("Sent back to be sorted")
        expect(page.locator(".letters li")).to_have_count(2)
        with house.truth.transaction():
            add_write_key(house.truth, WriteKey("late", "site", "", False))
        page.get_by_role("button", name="Sort all of them again").click()
        expect(page.get_by_text("Everything that came in was understood.")).to_be_visible()
    Sorter(house.truth, house.settings).sort_some()
    assert house.truth.run("SELECT COUNT(*) FROM event") == [(2,)]
    assert house.truth.run("SELECT COUNT(*) FROM dead_letter") == [(1,)]


def test_nothing_is_sorted_again_by_a_page_elsewhere_or_a_number_that_is_none(house: House) -> None:
    with TestClient(site_at(HouseDesk(house)), base_url="http://localhost") as client:
        assert client.post("/letters/again", data={"letter": "all"}).status_code == 403
        for number in ("9" * 30, "-1", "all of them", "77", ""):
            sent = client.post("/letters/again", data={"letter": number}, headers={"sec-fetch-site": "same-origin"}, follow_redirects=False)
            assert (sent.status_code, sent.headers["location"]) == (303, "/letters?again=0")
    assert house.truth.run("SELECT COUNT(*) FROM dead_letter") == [(3,)]


def test_all_of_them_go_back_some_at_a_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.truth.transaction():
        write_down(house.truth, [("late", 1_500_000_000, "track", 0, b'{"userId":"7","event":"Coffee Drunk","messageId":"n%d"}' % n) for n in range(120)])
    while Sorter(house.truth, house.settings).sort_some():
        pass
    asked = list[Sequence[object]]()
    real = house.truth.run_many
    monkeypatch.setattr(house.truth, "run_many", lambda text, rows: (asked.append(list(rows)), real(text, asked[-1])))
    assert HouseDesk(house).sort_again(None) == 123
    assert max(map(len, asked)) == LETTERS_AT_ONCE
    assert house.truth.run("SELECT COUNT(*) FROM dead_letter") == [(0,)]
    assert house.truth.run("SELECT COUNT(*) FROM arrival") == [(123,)]
