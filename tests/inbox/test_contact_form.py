"""The contact form: what is written waits as a stranger's, a stop in it is heard, and a person answers to the address once, with no leave from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.erasure.forgetting import forget
from habitue.app.inbox.attaching import attach
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.strangers import answer_stranger, drop, strangers
from habitue.app.inbox.talking import conversation
from habitue.app.knocking import MOST_BY_NETWORK
from habitue.app.leaving import leaves_of
from habitue.store.schema import rows_where
from habitue.web import create_site
from habitue.web.desk import HouseDesk
from habitue.words.errors import BadInput, Refused, Unknown
from tests.cast import Shop, shop, thanks
from tests.inbox.test_answers import answer_to
from tests.post.peer import Peer, listening_peer, text_of
from tests.post.test_touches import send
from tests.web.conftest import served
from tests.web.test_pages import words_of

__all__ = ["shop"]
ADDRESS = "zoe@example.net"


@pytest.fixture
def peer() -> Iterator[Peer]:
    with listening_peer() as made:
        yield made


@pytest.fixture
def house(shop: Shop, peer: Peer) -> Iterator[House]:
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
    with shop.told(**told).book(thanks()).open() as opened:
        yield opened


def site_of(house: House) -> TestClient:
    return TestClient(create_site(house), base_url="https://regulars.example.org")


def write(house: House, words: str, email: str = ADDRESS, language: str = "fr", **more: str) -> str:
    """Filled in and sent as a browser does, from a page of the brand's; gives what she reads."""
    answer = site_of(house).post(f"/write?lang={language}", data={"email": email, "words": words, **more}, headers={"Origin": "https://brand.example"})
    assert answer.status_code == 200, words_of(answer.text)
    return words_of(answer.text)


def test_what_a_stranger_writes_waits_and_is_answered_once_at_that_address(house: House, peer: Peer) -> None:
    long = "Bonjour,\r\n\r\navez-vous du lapin ?\r\n" + "Une longue histoire. " * 40_000
    assert "Merci." in write(house, long, name=" Zoé\n  Roy\u200b ")
    write(house, long)
    (one,) = strangers(house)
    assert (one.sender, one.name, one.way, one.may_be) == (ADDRESS, "Zoé Roy", "site", ())
    assert one.words == long.replace("\r\n", "\n").strip()
    assert peer.letters == []
    with pytest.raises(BadInput):
        answer_stranger(house, one.number, " ", "Anne")
    answer_stranger(house, one.number, "Oui, deux.", "Anne")
    assert strangers(house) == []
    with pytest.raises(Refused, match="meanwhile"):
        answer_stranger(house, one.number, "Oui.", "Marc", one.last)
    with pytest.raises(Refused, match="still in the post"):
        attach(house, one.number, "karim", "Anne")
    send(house)
    send(house)
    (got,) = peer.letters
    assert (got["To"], "Oui, deux." in text_of(got), "Anne" in text_of(got)) == (ADDRESS, True, True)
    assert house.truth.run("SELECT COUNT(*) FROM identifier WHERE value LIKE 'zoe@%'") == [(0,)], "nobody became a customer"

    kept = attach(house, one.number, "karim", "Anne")
    talk = conversation(house, kept)
    assert [(said.is_hers, said.way, said.who, said.letter) for said in talk.messages] == [(True, "site", "", ""), (False, "", "Anne", "sent")]
    assert (talk.customer, talk.is_open) == ("karim", False)
    again = receive(house, answer_to(got, "Parfait, à samedi. Et des oeufs ?", ADDRESS))
    assert (again.customer, conversation(house, again.number).number) == ("karim", talk.number), "her answer to ours is in the thread"


def test_an_answer_that_nobody_waits_for_any_more_does_not_leave(house: House, peer: Peer) -> None:
    write(house, "Avez-vous du lapin ?", "jeanne@example.org")
    (one,) = strangers(house)
    answer_stranger(house, one.number, "Oui.", "Anne")
    forget(house, "martin")
    send(house)
    assert peer.letters == []
    assert rows_where(house.truth, "stray", "stray_id", [one.number]) == []
    write(house, "Bonjour ?")
    (one,) = strangers(house)
    drop(house, one.number, "Anne")
    with pytest.raises(Unknown):
        answer_stranger(house, one.number, "Oui.", "Anne")


def test_a_stop_is_heard_and_its_words_are_kept_and_no_address_that_is_typed_attaches_anything(house: House) -> None:
    write(house, "Stop. Et mon colis ?", "karim@example.org")
    assert not [line for line in leaves_of(house, "karim") if line.is_granted and line.channel == "email"]
    assert {word.proof_shown for line in leaves_of(house, "karim", "fr") for word in line.words if not word.is_yes} == {"formulaire de contact"}
    assert [each.sender for each in strangers(house)] == ["karim@example.org"]


def test_what_is_missing_or_too_much_is_said_and_machines_leave_nothing(house: House) -> None:
    site = site_of(house)
    for form, english, french in (
        ({"email": "x", "words": "a"}, "not an e-mail address", "pas une adresse"),
        ({"email": ADDRESS, "words": " \0 "}, "an empty letter cannot be answered", "une lettre vide"),
        ({"email": ADDRESS, "words": "é" * 400_000}, "longer than a book", "plus long qu’un livre"),
    ):
        for language, sentence in (("en", english), ("fr", french)):
            answer = site.post(f"/write?lang={language}", data=form)
            assert (answer.status_code, sentence in words_of(answer.text)) == (400, True), words_of(answer.text)
    assert "Merci." in write(house, "Buy now", website="https://spam.example")
    assert strangers(house) == []
    for n in range(MOST_BY_NETWORK):
        write(house, f"Bonjour {n}", "a\u0000@example.net" if n == 0 else ADDRESS)
    answer = site.post("/write", data={"email": ADDRESS, "words": "Encore <b>moi</b>"})
    assert (answer.status_code, "Come back in an hour" in words_of(answer.text), "Encore &lt;b&gt;moi" in answer.text) == (429, True, True)
    assert sum(len(each.theirs) for each in strangers(house)) == MOST_BY_NETWORK
    for words, email, status in (("Stop. Et mon colis ?", "karim@example.org", 429), ("Désinscrivez-moi.", "jeanne@example.org", 200)):
        assert site.post("/write", data={"email": email, "words": words}).status_code == status, words
    for who in ("karim", "martin"):
        assert not [line for line in leaves_of(house, who) if line.is_granted and line.channel == "email"], "a way out is heard, whatever else is refused"
    assert sum(len(each.theirs) for each in strangers(house)) == MOST_BY_NETWORK


def test_it_is_filled_in_by_keyboard_on_a_telephone(house: House, browser: Browser) -> None:
    with served(HouseDesk(house)) as address:
        page = browser.new_page(viewport={"width": 360, "height": 740}, locale="en-GB")
        page.goto(f"{address}/write?lang=en")
        page.get_by_label("What you would like to say").focus()
        page.keyboard.type("Do you have rabbit?")
        page.keyboard.press("Tab")
        page.keyboard.type(ADDRESS)
        page.keyboard.press("Tab")
        page.keyboard.type("Zoé")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("It has come")
        page.close()
    assert [(each.name, each.words) for each in strangers(house)] == [("Zoé", "Do you have rabbit?")]
