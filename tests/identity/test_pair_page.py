"""Two cards side by side, in a real Chromium: who looks at both says whether they are one, from a keyboard and in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from habitue.app import House
from habitue.identity.proposals import propose
from habitue.identity.records import who_is
from habitue.identity.waiting import Proposal
from habitue.web.desk import HouseDesk
from habitue.web.site import site_at
from tests.cast import Shop
from tests.web.conftest import served

HERE = {"sec-fetch-site": "same-origin"}


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


def test_where_somebody_else_was_first_it_says_how_it_stands(house: House, page: Page, console: str) -> None:
    page.goto(f"{console}/pairs/look?one=anne&other=marc")
    HouseDesk(house).say_of_pair("anne", "marc", "same")
    page.get_by_role("button", name="Two people", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("They are taken for one customer; take that apart first.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken for one person")


def test_the_card_takes_apart_only_those_who_were_joined(house: House) -> None:
    desk = HouseDesk(house)
    desk.say_of_pair("martin", "karim", "same")
    desk.say_of_pair("karim", "paul", "same")
    with TestClient(site_at(desk), base_url="http://localhost") as client:
        links = re.findall(r'"(/pairs/look[^"]*)">([^<]*)', client.get("/customers/martin").text)
        assert links == [("/pairs/look?one=martin&amp;other=karim", "Take apart"), ("/pairs/look?one=karim&amp;other=paul", "Take paul apart from karim")]
        assert client.get(unescape(links[1][0])).status_code == 200
        assert client.post("/pairs/say", data={"one": "karim", "other": "paul", "word": "unmerge"}, headers=HERE, follow_redirects=False).status_code == 303
        assert "customer paul too" not in client.get("/customers/martin").text


THROUGH_OTHERS = (
    "Nobody joined these two by themselves; they are one through others. What was joined: “martin” with “karim”, “karim” with “paul”.",
    "Personne n’a réuni ces deux-là directement ; elles ne font qu’une par d’autres. Ce qui a été réuni : « martin » avec « karim », « karim » avec « paul ».",
)
HOME = (
    "They were said to be two people who live together. If that was wrong, say first that they do not live together.",
    "On a dit que ce sont deux personnes qui vivent ensemble. Si c’était une erreur, dites d’abord qu’elles ne vivent pas ensemble.",
)
TAKEN_FOR_ONE = ("They are taken for one customer; take that apart first.", "Elles sont tenues pour une seule cliente ; séparez-les d’abord.")
REFUSED = {
    "same martin karim": ("“martin” and “karim” are one customer already.", "« martin » et « karim » sont déjà une seule cliente."),
    "same anne marc": HOME,
    "unmerge anne marc": ("“anne” and “marc” are two customers.", "« anne » et « marc » sont deux clientes."),
    "unmerge martin paul": THROUGH_OTHERS,
    "apart paul martin": TAKEN_FOR_ONE,
    "household karim paul": TAKEN_FOR_ONE,
    "household anne marc": ("They are known to live together already.", "On sait déjà qu’elles vivent ensemble."),
    "part lucie marc": ("Nobody said that these two live together.", "Personne n’a dit que ces deux-là vivent ensemble."),
}


def test_what_cannot_be_said_of_two_is_answered_with_its_reason(house: House) -> None:
    desk = HouseDesk(house)
    for pressed in ("same martin karim", "same karim paul", "household anne marc"):
        desk.say_of_pair(*pressed.split()[1:], pressed.split()[0])
    with TestClient(site_at(desk), base_url="http://localhost") as client:
        for pressed, sentences in REFUSED.items():
            word, one, other = pressed.split()
            for language, sentence in zip(("en", "fr"), sentences, strict=True):
                answer = client.post(f"/pairs/say?lang={language}", data={"one": one, "other": other, "word": word}, headers=HERE, follow_redirects=False)
                said = [unescape(each).replace("\u202f", " ") for each in re.findall(r'role="alert">([^<]*)<', answer.text)]
                assert (answer.status_code, said) == (403, [sentence])
        elsewhere = re.findall(r'href="([^"]*)" lang="en"', answer.text)
        assert client.get(unescape(elsewhere[0])).status_code == 200, "the other language is a look away"


def test_two_with_long_numbers_can_be_looked_at_and_joined(shop: Shop, house: House) -> None:
    one, other = "till:" + "7" * 195, "web:" + "é&" * 98
    shop.bring("customers", f"customer,since,email\n{one},2017-02-02,long@example.org\n{other},2017-02-02,long@example.org\n")
    with TestClient(site_at(HouseDesk(house)), base_url="http://localhost") as client:
        links = [unescape(link) for link in re.findall(r'"(/pairs/look[^"]*)"', client.get("/pairs").text)]
        assert [client.get(link).status_code for link in links] == [200, 200]
        assert client.post("/pairs/say", data={"one": one, "other": other, "word": "same"}, headers=HERE).status_code == 200
        assert client.get(f"/pairs/look?one={'x' * 5_000}&other={one}").status_code == 404


def test_nothing_is_said_by_a_page_elsewhere_or_without_an_answer(house: House) -> None:
    with TestClient(site_at(HouseDesk(house)), base_url="http://localhost") as client:
        told = {"one": "anne", "other": "marc", "word": "same"}
        assert client.post("/pairs/say", data=told).status_code == 403
        assert client.post("/pairs/say", data=told, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert client.get("/pairs/say").status_code == 405
        assert client.post("/pairs/say", data={**told, "word": "burn"}, headers=HERE).status_code == 400
        assert client.post("/pairs/say", data={**told, "one": "x" * 20_000}, headers=HERE).status_code == 400
        assert client.post("/pairs/say", data={**told, "one": "nobody"}, headers=HERE).status_code == 404
        assert client.post("/pairs/say", data={**told, "one": "a\0b"}, headers=HERE).status_code == 404
        assert client.get("/pairs/look?one=anne&other=anne").status_code == 403
        assert client.get("/pairs/look").status_code == 404
    assert house.truth.run("SELECT COUNT(*) FROM link") == [(0,)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "There is no customer “zz” here. Look for her by her name."), ("fr", "Il n’y a pas de client « zz » ici. Cherchez par son nom.")],
)
def test_a_number_that_nobody_has_is_said_in_the_reader_s_words_and_without_a_command(house: House, language: str, sentence: str) -> None:
    with TestClient(site_at(HouseDesk(house)), base_url="http://localhost") as client:
        seen = client.get(f"/pairs/look?one=anne&other=zz&lang={language}")
        pressed = client.post(f"/pairs/say?lang={language}", data={"one": "anne", "other": "zz", "word": "same"}, headers=HERE)
    for answer in (seen, pressed):
        assert answer.status_code == 404
        assert sentence in unescape(answer.text).replace("\u202f", " ")


def test_of_two_who_live_together_it_says_how_to_take_them_for_one(house: House) -> None:
    desk = HouseDesk(house)
    desk.say_of_pair("anne", "marc", "household")
    with TestClient(site_at(desk), base_url="http://localhost") as client:
        page = client.get("/pairs/look?one=anne&other=marc").text
    assert "say first that they do not live together" in page
    assert "nothing is thrown away" not in page


def test_each_number_and_each_housemate_has_a_line_of_its_own_on_the_card(house: House, page: Page, console: str) -> None:
    desk = HouseDesk(house)
    for pressed in ("same martin karim", "same karim paul", "household anne marc"):
        desk.say_of_pair(*pressed.split()[1:], pressed.split()[0])
    page.goto(f"{console}/customers/martin")
    expect(page.locator(".same-person li")).to_have_count(2)
    expect(page.locator(".same-person li").last).to_have_text("She is customer paul too. Take paul apart from karim")
