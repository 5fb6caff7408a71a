"""Two cards side by side, in a real Chromium: who looks at both says whether they are one, from a keyboard and in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from habitue.app import House
from habitue.identity.proposals import Proposal, propose
from habitue.identity.records import who_is
from habitue.web.desk import HouseDesk
from habitue.web.site import site_at
from tests.cast import Shop
from tests.web.conftest import served


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    """Anne and Marc share a mailbox; somebody has to look at them."""
    with shop.open() as opened:
        with opened.truth.transaction():
            who = who_is(opened.truth, "customer", ["anne", "marc"])
            propose(opened.truth, [Proposal(who["anne"].profile_id, who["marc"].profile_id, "email", 0, "", opened.clock.instant())])
        yield opened


@pytest.fixture
def console(house: House) -> Iterator[str]:
    with ExitStack() as stack:
        yield stack.enter_context(served(HouseDesk(house)))


def test_two_cards_become_one_and_two_again(page: Page, console: str) -> None:
    page.goto(f"{console}/customers")
    page.get_by_role("link", name="1 pair of customers may be one person").click()
    page.get_by_role("link", name="Look at both").click()
    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.get_by_text("they gave the same e-mail address")).to_be_visible()
    expect(page.get_by_role("article").first).to_contain_text("petit@example.org")
    expect(page.get_by_role("article").first).to_contain_text("the same")
    page.get_by_role("button", name="One person").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anne Petit")
    expect(page.locator(".same-person")).to_contain_text("She is customer marc too.")
    page.get_by_role("link", name="Take apart").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken for one person")
    page.get_by_role("button", name="Take them apart").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One person, or two?")
    page.goto(f"{console}/pairs")
    expect(page.get_by_text("Nobody waits to be looked at")).to_be_visible()


def test_two_who_live_together_are_said_so_in_french(page: Page, console: str) -> None:
    page.goto(f"{console}/pairs?lang=fr")
    page.get_by_role("link", name=re.compile("Regarder les deux")).click()
    page.get_by_role("button", name="Deux, qui vivent ensemble").click()
    expect(page.get_by_text("Personne n’attend d’être regardé")).to_be_visible()
    page.goto(f"{console}/customers/anne")
    expect(page.locator(".same-person")).to_contain_text("Vit avec Marc Petit")


def test_what_somebody_else_said_meanwhile_is_shown(house: House, page: Page, console: str) -> None:
    page.goto(f"{console}/pairs/look?one=anne&other=marc")
    HouseDesk(house).say_of_pair("anne", "marc", "same")
    page.get_by_role("button", name="Two people", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Somebody else has said something")
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken for one person")


def test_nothing_is_said_by_a_page_elsewhere_or_without_an_answer(house: House) -> None:
    with TestClient(site_at(HouseDesk(house)), base_url="http://localhost") as client:
        told = {"one": "anne", "other": "marc", "word": "same"}
        here = {"sec-fetch-site": "same-origin"}
        assert client.post("/pairs/say", data=told).status_code == 403
        assert client.post("/pairs/say", data=told, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert client.get("/pairs/say").status_code == 405
        assert client.post("/pairs/say", data={**told, "word": "burn"}, headers=here).status_code == 400
        assert client.post("/pairs/say", data={**told, "one": "x" * 20_000}, headers=here).status_code == 400
        assert client.post("/pairs/say", data={**told, "one": "nobody"}, headers=here).status_code == 404
        assert client.post("/pairs/say", data={**told, "one": "a\0b"}, headers=here).status_code == 404
        assert client.get("/pairs/look?one=anne&other=anne").status_code == 403
        assert client.get("/pairs/look").status_code == 404
    assert house.truth.run("SELECT COUNT(*) FROM link") == [(0,)]
