"""Signing up, from the form to the leave: through the public pages, a real mail server and the button in the letter; and nothing on the way there."""

from __future__ import annotations

import html
import json
import re

import pytest
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.collect.sorting import Sorter
from habitue.app.collect.wire import BATCH
from habitue.app.leaving import leaves_of, ledger_of
from habitue.app.names import customer_of
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.identity.records import people, who_have
from habitue.store import Truth
from habitue.web import create_site
from habitue.words.reasons import Reason
from habitue.words.typesetting import typeset
from habitue.words.vocabulary import Collected, Purpose
from tests.cast import ORDERS, Shop, weekly
from tests.consent.test_notices import rewrite
from tests.post.conftest import OpenPost, send_all
from tests.post.peer import Peer, links_in, text_of
from tests.post.postfix import Postfix
from tests.web.test_pages import words_of

ELSEWHERE = {"Origin": "https://brand.example.org", "Sec-Fetch-Site": "cross-site"}


def visitor(house: House) -> TestClient:
    """Somebody's browser, on the brand's own site."""
    return TestClient(create_site(house), base_url="http://localhost", headers=ELSEWHERE)


def form(house: House, *purposes: str, email: str = "new@example.org", language: str = "en") -> dict[str, str]:
    """The form as she sends it, with these boxes ticked."""
    page = visitor(house).get(f"/join?lang={language}").text
    boxes = dict(re.findall(r'name="(for-\w+)" value="(\w+)"', page))
    return {"email": email, "website": "", **{f"for-{purpose}": boxes[f"for-{purpose}"] for purpose in purposes}}


def everything(truth: Truth) -> str:
    """Every row of every table, as one text."""
    if truth.dialect == "sqlite":
        names = [name for (name,) in truth.run("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")]
    else:
        names = [name for (name,) in truth.run("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name")]
    return "\n".join(f"{name} {sorted(map(repr, truth.run(f'SELECT * FROM {name}')))}" for name in names)


@pytest.mark.parametrize(
    ("language", "asked", "button"), [("en", "Somebody left this address", "Yes, write to me"), ("fr", "Quelqu’un a laissé", "Oui, écrivez-moi")]
)
def test_a_newcomer_signs_up_through_a_real_mail_server(open_post: OpenPost, mail_server: Postfix, language: str, asked: str, button: str) -> None:
    mail_server.empty()
    house = open_post(mail_server.port)
    answer = visitor(house).post(f"/join?lang={language}&shop=Lyon", data=form(house, "advice", "offers", language=language))
    assert answer.status_code == 200
    assert not who_have(house.truth, "email", ["new@example.org"])  # nobody is made before the button
    send_all(house)
    [letter] = mail_server.letters(1)
    assert (letter["Auto-Submitted"], letter["From"], letter["To"]) == ("auto-generated", "My shop <shop@example.org>", "new@example.org")
    assert asked in text_of(letter)
    assert asked in text_of(letter, "html")
    [link] = links_in(letter)
    assert button in words_of(visitor(house).get(f"{link}?lang={language}").text)
    assert visitor(house).post(link, data={"word": "yes"}).status_code == 200
    [who] = who_have(house.truth, "email", ["new@example.org"])["new@example.org"].who
    words = ledger_of(house, who.customer_id)
    assert [(word.purpose.name, word.channel.name, word.is_yes) for word in words] == [("ADVICE", "EMAIL", True), ("OFFERS", "EMAIL", True)]
    assert {(word.collected, word.proof, word.confirmed_by) for word in words} == {(Collected.FORM, "form in the shop “Lyon”", "letter 1")}
    shown = {notice.purpose: notice.hash for notice in house.notices.of.values() if notice.language == language}
    assert [word.notice_hash for word in words] == [shown[word.purpose] for word in words]
    assert people(house.truth, [who.customer_id])[who.customer_id].email == "new@example.org"


@pytest.mark.parametrize(("asked", "looks"), [("fr", "en"), ("en", "fr")])
def test_the_button_s_page_shows_the_words_that_she_was_asked_with_though_the_brand_writes_others_since(
    shop: Shop, open_post: OpenPost, peer: Peer, asked: str, looks: str
) -> None:
    house = open_post(peer.port)
    visitor(house).post(f"/join?lang={asked}", data=form(house, "offers", "invitations", language=asked))
    send_all(house)
    [link] = links_in(peer.letters[0])
    shown = [house.notices.shown(purpose, asked) for purpose in (Purpose.OFFERS, Purpose.INVITATIONS)]
    rewrite(shop, "offers", ('title = "offres"', 'title = "bonnes affaires"'), ('title = "offers"', 'title = "good deals"'))
    rewrite(shop, "invitations", ("is_used = true", "is_used = false"))
    later = open_post(peer.port, "2017-11-03")
    page = visitor(later).get(f"{link}?lang={looks}").text
    beside = re.findall(rf'<div class="choice asked" lang="{asked}"><h2>(.*?)</h2><p>(.*?)</p>', page, re.DOTALL)
    assert [html.unescape(" ".join(each)) for each in beside] == [typeset(f"{each.title} {each.text}", asked) for each in shown]
    visitor(later).post(link, data={"word": "yes"})
    [who] = who_have(later.truth, "email", ["new@example.org"])["new@example.org"].who
    assert [word.notice_hash for word in ledger_of(later, who.customer_id)] == [each.hash for each in shown]


def test_a_known_address_joins_the_customer_who_has_it_and_her_no_of_before_is_over(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    assert not any(line.is_granted for line in leaves_of(house, "lucie"))
    visitor(house).post("/join", data=form(house, "advice", email=" LUCIE@example.org "))
    send_all(house)
    visitor(house).post(links_in(peer.letters[0])[0], data={"word": "yes"})
    assert [line.purpose for line in leaves_of(house, "lucie") if line.is_granted] == ["advice"]


def test_of_an_address_that_two_have_the_leave_is_hers_who_asked_and_neither_gets_one(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    before = {key: len(ledger_of(house, customer_of(house, key))) for key in ("anne", "marc")}
    visitor(house).post("/join", data=form(house, "invitations", email="petit@example.org"))
    send_all(house)
    visitor(house).post(links_in(peer.letters[0])[0], data={"word": "yes"})
    assert {key: len(ledger_of(house, customer_of(house, key))) for key in ("anne", "marc")} == before
    held = who_have(house.truth, "email", ["petit@example.org"])["petit@example.org"]
    assert len({who.customer_id for who in held.who}) == 3


def test_the_answer_is_the_same_whether_the_address_is_known_new_or_resting(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    told = [visitor(house).post("/join", data=form(house, "offers", email=email)) for email in ("lucie@example.org", "new@example.org", "new@example.org")]
    assert len({(answer.status_code, answer.text) for answer in told}) == 1
    assert send_all(house) == 2


def test_whoever_only_looks_changes_nothing(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    visitor(house).post("/join", data=form(house, "offers"))
    send_all(house)
    [link] = links_in(peer.letters[0])
    before = everything(house.truth)
    for method in ("GET", "HEAD", "OPTIONS"):
        for address in (link, f"{link}?word=yes", "/join", "/yes/" + "x" * 22, "/yes/1"):
            visitor(house).request(method, address)
    assert everything(house.truth) == before


def test_pressed_twice_it_counts_once_and_says_so(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    visitor(house).post("/join", data=form(house, "offers"))
    send_all(house)
    [link] = links_in(peer.letters[0])
    assert [visitor(house).post(link, data={"word": "yes"}).status_code for _ in range(2)] == [200, 200]
    [who] = who_have(house.truth, "email", ["new@example.org"])["new@example.org"].who
    assert len(ledger_of(house, who.customer_id)) == 1
    assert "This is noted already" in visitor(house).get(link).text
    assert "new@example.org" not in str(house.truth.run("SELECT * FROM door_request"))


def test_it_was_not_me_deletes_the_address_at_once_and_it_rests_for_long(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    visitor(house).post("/join", data=form(house, "offers"))
    send_all(house)
    [link] = links_in(peer.letters[0])
    assert "Then it was not you" in visitor(house).post(link, data={"word": "no"}).text
    assert not house.truth.run("SELECT * FROM door_request") + house.truth.run("SELECT * FROM door_link")
    assert visitor(house).post(link, data={"word": "yes"}).status_code == 404
    later = open_post(peer.port, "2017-12-20")
    visitor(later).post("/join", data=form(later, "offers"))
    assert send_all(later) == 0


def test_it_was_not_me_after_a_yes_by_the_same_letter_takes_that_yes_back(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    visitor(house).post("/join", data=form(house, "offers", "advice", email="lucie@example.org"))
    send_all(house)
    [link] = links_in(peer.letters[0])
    visitor(house).post(link, data={"word": "yes"})
    assert [line.purpose for line in leaves_of(house, "lucie") if line.is_granted] == ["advice", "offers"]
    noted = words_of(visitor(house).get(link).text)
    assert "Your yes stands" in noted
    assert "It was not me" in noted
    said = visitor(house).post(link, data={"word": "no"})
    assert (said.status_code, "Your yes is taken back" in words_of(said.text)) == (200, True)
    assert not any(line.is_granted for line in leaves_of(house, "lucie"))
    assert visitor(house).post(link, data={"word": "yes"}).status_code == 404
    assert not any(line.is_granted for line in leaves_of(house, "lucie"))
    assert not house.truth.run("SELECT * FROM door_request") + house.truth.run("SELECT * FROM door_link")


@pytest.mark.parametrize(("language", "said"), [("en", "This link opens nothing"), ("fr", "Ce lien n’ouvre rien")])
def test_what_was_never_a_link_of_ours_says_so_and_offers_no_letter(open_post: OpenPost, peer: Peer, language: str, said: str) -> None:
    shown = visitor(open_post(peer.port)).get(f"/yes/1?lang={language}")
    assert (shown.status_code, said in words_of(shown.text), "/join" in shown.text) == (404, True, False)


def on_the_tablet(house: House, email: str = "new@example.org") -> str:
    """She signs up on the seller's tablet; the page that both see then."""
    seller = TestClient(create_site(house), base_url="http://localhost", headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})
    return seller.post("/door/tablet", data=form(house, "offers", email=email)).text


def test_who_said_by_mistake_that_it_was_not_she_has_a_letter_from_the_counter_and_her_yes_opens_the_form(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    visitor(house).post("/join", data=form(house, "offers"))
    send_all(house)
    denied = words_of(visitor(house).post(links_in(peer.letters[0])[0] + "?lang=fr", data={"word": "no"}).text)
    assert "C’était vous, tout compte fait\u202f? Dites-le-nous au comptoir" in denied
    later = open_post(peer.port, "2017-11-09")
    answer = visitor(later).post("/join", data=form(later, "offers"))
    assert send_all(later) == 0
    assert words_of(answer.text) in words_of(on_the_tablet(later))  # what she reads there is the same, and there it is true
    assert send_all(later) == 1
    [link] = links_in(peer.letters[-1])
    assert visitor(later).post(link, data={"word": "yes"}).status_code == 200
    [who] = who_have(later.truth, "email", ["new@example.org"])["new@example.org"].who
    assert [(word.purpose.name, word.collected) for word in ledger_of(later, who.customer_id)] == [("OFFERS", Collected.COUNTER)]
    again = open_post(peer.port, "2017-11-11")
    visitor(again).post("/join", data=form(again, "advice"))
    assert send_all(again) == 1


def test_who_says_it_of_a_letter_from_the_counter_too_is_left_in_peace_by_both(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    on_the_tablet(house)
    send_all(house)
    denied = visitor(house).post(links_in(peer.letters[0])[0], data={"word": "no"}).text
    assert "Then it was not you" in denied
    assert "at the counter" not in denied
    later = open_post(peer.port, "2018-01-30")
    on_the_tablet(later)
    visitor(later).post("/join", data=form(later, "offers"))
    assert send_all(later) == 0
    after = open_post(peer.port, "2018-02-01")
    on_the_tablet(after)
    assert send_all(after) == 1


NUMBERS = (
    "06 10 00 00 01",
    "+33 6 10 00 00 01",
    "0033610000001",
    "(06) 10.00.00.01",
    "06-10-00-00-01",
    "06\u202f10\u202f00\u202f00\u202f01",
    "06\u201110\u201100\u201100\u201101",
)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("where", ["/join", "/door/tablet"])
def test_a_telephone_number_alone_is_told_why_it_does_not_do_and_where_it_does(open_post: OpenPost, peer: Peer, where: str, number: str) -> None:
    house = open_post(peer.port)
    hers = TestClient(create_site(house), base_url="http://localhost", headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})
    for language, sentence in (
        ("en", "To ask you whether it is really you, we need an e-mail address. With a telephone number alone, tell us at the counter"),
        ("fr", "Pour vous demander si c’est bien vous, il nous faut une adresse e-mail. Avec un numéro de téléphone seul, dites-le-nous au comptoir"),
    ):
        answer = hers.post(f"{where}?lang={language}", data=form(house, "offers", email=number, language=language))
        assert (answer.status_code, sentence in words_of(answer.text)) == (400, True)
        assert 'aria-invalid="true"' in answer.text
    assert send_all(house) == 0


def test_after_48_hours_link_and_address_are_gone(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    visitor(house).post("/join", data=form(house, "offers"))
    send_all(house)
    [link] = links_in(peer.letters[0])
    later = open_post(peer.port, "2017-11-04")
    assert "This link is over" in visitor(later).get(link).text
    assert visitor(later).post(link, data={"word": "yes"}).status_code == 404
    send_all(later)
    assert not later.truth.run("SELECT * FROM door_request") + later.truth.run("SELECT * FROM door_link")
    assert not who_have(later.truth, "email", ["new@example.org"])


NO_ADDRESSES = {
    "none": "",
    "no at": "nobody",
    "10,000 letters": "x" * 10_000 + "@example.org",
    "two ats": "a@b@example.org",
    "a head": "new@example.org\r\nBcc: all@example.org",
    "a space": "a b@example.org",
    "an encoded word": "=?unicode_escape?q?=5Cud800?=@x.org",
    "a script": "<script>@example.org",
    "numbers": "a@1.2.3.4",
    "no domain": "ü@-.org",
}
SAID = {"en": "This is not an e-mail address that a letter can go to.", "fr": "Ce n’est pas une adresse e-mail"}


@pytest.mark.parametrize("address", NO_ADDRESSES.values(), ids=NO_ADDRESSES)
def test_an_address_that_is_none_is_a_sentence_and_what_was_typed_and_ticked_stays(open_post: OpenPost, peer: Peer, address: str) -> None:
    house = open_post(peer.port)
    for language, sentence in SAID.items():
        answer = visitor(house).post(f"/join?lang={language}", data=form(house, "offers", email=address, language=language))
        assert (answer.status_code, sentence in words_of(answer.text)) == (400, True)
        assert re.search(r'name="for-offers" value="\w+" aria-describedby="for-offers-text" checked', answer.text)
        assert html.escape(address.strip()).replace("&#x27;", "&#39;").replace("\r\n", "\n") in answer.text
        assert "<script>" not in answer.text
    assert send_all(house) == 0


def test_letters_go_to_addresses_in_other_scripts_and_with_a_plus(open_post: OpenPost, mail_server: Postfix) -> None:
    mail_server.empty()
    house = open_post(mail_server.port)
    for address in ("jeanne+news@example.org", "jeanne@exämple.org", "élise@example.org"):
        visitor(house).post("/join", data=form(house, "offers", email=address))
    send_all(house)
    letters = mail_server.letters(3)
    assert {letter["To"] for letter in letters} == {"jeanne+news@example.org", "jeanne@xn--exmple-cua.org", "élise@example.org"}
    for letter in letters:
        visitor(house).post(links_in(letter)[0], data={"word": "yes"})
    for address in ("jeanne+news@example.org", "jeanne@exämple.org", "élise@example.org"):
        assert who_have(house.truth, "email", [address])[address].is_one


@pytest.mark.parametrize("change", [{"for-offers": "0" * 64}, {"for-offers": "1"}, {"for-health": "1"}, {"website": "https://spam.example"}], ids=str)
def test_a_form_that_is_not_ours_and_a_machine_that_fills_every_field_owe_no_letter(open_post: OpenPost, peer: Peer, change: dict[str, str]) -> None:
    house = open_post(peer.port)
    answer = visitor(house).post("/join", data={**form(house, "offers"), **change})
    assert answer.status_code == (200 if "website" in change else 400)
    assert send_all(house) == 0


def test_nothing_ticked_is_a_sentence_and_nothing_is_ticked_beforehand(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    assert "checked" not in visitor(house).get("/join").text
    answer = visitor(house).post("/join", data=form(house))
    assert (answer.status_code, "Tick what you would like to hear of" in answer.text) == (400, True)


def test_the_form_may_be_framed_and_her_link_may_not_and_neither_is_kept_or_told(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    framed, hers = visitor(house).get("/join").headers, visitor(house).get("/yes/" + "x" * 22).headers
    assert ("frame-ancestors *" in framed["content-security-policy"], "frame-ancestors 'none'" in hers["content-security-policy"]) == (True, True)
    for headers in (framed, hers):
        assert (headers["cache-control"], headers["referrer-policy"], "set-cookie" in headers) == ("no-store", "no-referrer", False)


def test_whoever_guesses_links_finds_none_and_learns_nothing(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    visitor(house).post("/join", data=form(house, "offers"))
    send_all(house)
    client = visitor(house)
    guessed = [client.post(f"/yes/{number:022d}", data={"word": "yes"}) for number in range(200)]
    assert {(answer.status_code, words_of(answer.text)) for answer in guessed} == {(404, words_of(guessed[0].text))}
    assert "new@example.org" not in guessed[0].text
    assert not who_have(house.truth, "email", ["new@example.org"])


def test_an_address_given_for_a_receipt_is_no_permission(shop: Shop) -> None:
    shop.bring("customers", "customer,since,email\nreceipt,2017-06-01,receipt@example.org\n")
    shop.bring("orders", ORDERS + weekly("receipt"))
    with shop.book().open() as house:
        assert leaves_of(house, "receipt") == []
    assert shop.decides("receipt").reason == Reason.NO_CONSENT


def test_nor_is_one_that_the_till_or_the_site_tells_with_an_order(shop: Shop) -> None:
    order = {"type": "track", "event": "Order Completed", "userId": "receipt", "messageId": "m1", "context": {"traits": {"email": "receipt@example.org"}}}
    told = {"order_id": "o1", "email": "receipt@example.org", "products": [{"product_id": "veal", "quantity": 1, "price": 10}]}
    described = {"type": "identify", "userId": "receipt", "messageId": "m2", "traits": {"email": "receipt@example.org"}}
    with shop.book().open() as house:
        key = WriteKey("till-key", "till", "shop", True, house.clock.instant())
        body = json.dumps({"batch": [described, {**order, "properties": told}]}).encode()
        with house.truth.transaction():
            add_write_key(house.truth, key)
            write_down(house.truth, [(key.key, house.clock.instant(), BATCH, 0, body)])
        assert Sorter(house.truth, house.settings).sort_some() == 1
        [who] = who_have(house.truth, "email", ["receipt@example.org"])["receipt@example.org"].who
        assert ledger_of(house, who.customer_id) == []
