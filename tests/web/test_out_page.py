"""The way out of a message: one press of a mail program, a page with a button for a person, and nothing at all for whoever only looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from habitue.app import House, plan_day
from habitue.app.leaving import leaves_of
from habitue.app.post.claiming import claim
from habitue.app.post.ways_out import WayOut, returned_card
from habitue.consent.one_click import PRESSED, list_unsubscribe
from habitue.consent.suppression import suppressed_at
from habitue.identity.her_links import make_link
from habitue.identity.records import who_is
from habitue.store import Truth, open_truth
from habitue.web import create_site
from habitue.web.desk import HouseDesk
from habitue.words.errors import BadInput, Unknown
from habitue.words.keys import positive_number
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Collected, Purpose
from tests.cast import TODAY, Shop, day, shop, veal
from tests.web.conftest import served
from tests.web.crawling import crawl, everything_in, secret_of
from tests.web.test_pages import words_of

__all__ = ["shop"]
ONE_CLICK = {"content-type": "application/x-www-form-urlencoded"}
NEVER_MADE = "A" * 22
BY_FILE = {("advice", "email"), ("offers", "email"), ("invitations", "email")}


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.book(veal()).open() as opened:
        yield opened


@pytest.fixture
def outside(house: House) -> TestClient:
    """Whoever comes from outside: a mail program, a scanner, her browser; without a cookie and from no page of ours."""
    return TestClient(create_site(house), base_url="http://localhost", follow_redirects=False)


def granted(house: House, customer: str) -> set[tuple[str, str]]:
    return {(line.purpose, line.channel) for line in leaves_of(house, customer) if line.is_granted}


def counted(truth: Truth) -> tuple[object, ...]:
    """How much of what she or anybody said is written down."""
    return tuple(truth.run(f"SELECT COUNT(*) FROM {table}")[0][0] for table in ("event", "consent_fact", "suppression"))


def press(outside: TestClient, secret: str, body: str = PRESSED) -> tuple[int, str]:
    answer = outside.post(f"/out/{secret}?for=advice&by=email", content=body, headers=ONE_CLICK)
    return answer.status_code, answer.text


def test_one_press_of_a_mail_program_stops_all_e_mail_at_once_and_the_planned_touch_with_it(house: House, outside: TestClient) -> None:
    plan_day(house)
    who = who_is(house.truth, "customer", ["martin"])["martin"]
    answer = outside.post(f"/out/{secret_of(house, 'martin')}?for=advice&by=email", content=PRESSED, headers=ONE_CLICK)
    assert (answer.status_code, "set-cookie" in answer.headers, answer.headers["cache-control"]) == (200, False, "no-store")
    assert granted(house, "martin") == set()
    assert suppressed_at(house.truth, [("email", "jeanne@example.org")], Purpose.OFFERS, Channel.EMAIL)
    words = [word for line in leaves_of(house, "martin") for word in line.words if not word.is_yes]
    assert {word.collected for word in words} == {"one_click"}
    assert claim(house, positive_number("touch", str(day(TODAY)), str(who.customer_id))).reason == Reason.NO_CONSENT


def test_a_form_in_parts_counts_too(house: House, outside: TestClient) -> None:
    answer = outside.post(f"/out/{secret_of(house, 'martin')}", files={"List-Unsubscribe": (None, "One-Click")})
    assert (answer.status_code, granted(house, "martin")) == (200, set())


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("further", ["", "Content-Type: text/plain; charset=UTF-8", "Content-Type: text/plain|Content-Transfer-Encoding: 8bit"])
def test_a_part_may_have_further_head_lines(house: House, outside: TestClient, further: str, end: str) -> None:
    lines = ["--b", 'Content-Disposition: form-data; name="List-Unsubscribe"', *filter(None, further.split("|")), "", "One-Click", "--b--", ""]
    answer = outside.post(f"/out/{secret_of(house, 'martin')}", content=end.join(lines), headers={"content-type": "multipart/form-data; boundary=b"})
    assert (answer.status_code, answer.text, granted(house, "martin")) == (200, "OK\n", set())


def test_the_same_press_again_and_a_wrong_secret_all_hear_the_same(house: House, outside: TestClient) -> None:
    secret = secret_of(house, "martin")
    first = press(outside, secret)
    kept = counted(house.truth)
    others = [press(outside, each) for each in (secret, NEVER_MADE, secret.swapcase())]
    assert {*others} == {first} == {(200, "OK\n")}
    assert counted(house.truth) == kept
    for body in ({"what": "all"}, {"what": "way"}):
        right, wrong = (outside.post(f"/out/{each}", data=body) for each in (secret, NEVER_MADE))
        assert (right.status_code, right.text) == (wrong.status_code, wrong.text)
    assert outside.get(f"/out/{secret}").text == outside.get(f"/out/{NEVER_MADE}").text


@pytest.mark.parametrize("cut", [lambda it: it[:19], lambda it: f"{it}.", lambda _: "%00", lambda _: "é" * 22], ids=["short", "long", "zero", "other"])
def test_a_link_that_is_not_whole_says_so_instead_of_that_it_is_done(house: House, outside: TestClient, cut: Callable[[str], str]) -> None:
    address, kept = f"/out/{cut(secret_of(house, 'martin'))}?for=offers", everything_in(house.truth)
    answers = [outside.get(address), outside.post(address, data={"what": "all"}), outside.post(address, content=PRESSED, headers=ONE_CLICK)]
    for answer in answers:
        assert (answer.status_code, "It is done." in answer.text, answer.headers["cache-control"]) == (404, False, "no-store")
        assert "answer it with STOP" in words_of(answer.text)
    assert "répondez-lui STOP" in words_of(outside.get(f"{address}&lang=fr").text)
    assert everything_in(house.truth) == kept


@pytest.fixture
def writer(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Truth]:
    """Somebody else, for whom nobody in this house waits long."""
    monkeypatch.setattr("habitue.store.truth.BUSY_MILLISECONDS", 100)
    monkeypatch.setattr("habitue.web.out_pages.PAUSE_SECONDS", 0.05)
    with closing(open_truth(shop.settings)) as opened:
        yield opened


def test_a_press_while_somebody_writes_is_not_lost(writer: Truth, house: House, outside: TestClient) -> None:
    secret, is_taken = secret_of(house, "martin"), threading.Event()

    def write() -> None:
        with writer.transaction():
            writer.next_seq(0)
            is_taken.set()
            time.sleep(0.5)

    writing = threading.Thread(target=write)
    writing.start()
    assert is_taken.wait(5)
    assert press(outside, secret) == (200, "OK\n")
    writing.join()
    assert granted(house, "martin") == set()


def test_a_press_that_cannot_be_written_in_time_says_so_and_when_to_come_again(
    writer: Truth, house: House, outside: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("habitue.web.out_pages.PATIENCE_SECONDS", 0.2)
    secret = secret_of(house, "martin")
    with writer.transaction():
        writer.next_seq(0)
        answer = outside.post(f"/out/{secret}", data={"what": "all"})
    assert (answer.status_code, answer.headers["retry-after"], answer.headers["cache-control"]) == (503, "300", "no-store")
    assert "It is not done yet" in words_of(answer.text)
    assert granted(house, "martin") == BY_FILE


def test_a_press_that_is_repeated_writes_nothing_more(house: House, outside: TestClient) -> None:
    secret = secret_of(house, "martin")
    press(outside, secret)
    events = house.truth.run("SELECT COUNT(*) FROM event")
    press(outside, secret)
    assert house.truth.run("SELECT COUNT(*) FROM event") == events


def test_an_old_link_to_her_page_still_lets_her_out(house: House, outside: TestClient) -> None:
    who = who_is(house.truth, "customer", ["martin"])["martin"]
    with house.truth.transaction():
        secret = make_link(house.truth, who.profile_id, "page", 0)
    press(outside, secret)
    assert granted(house, "martin") == set()


IN_PARTS = "name=List-Unsubscribe"
NO_PRESS = ["", "List-Unsubscribe=Two-Clicks", "what=some", "\xff", "&" * 1_000, f"{IN_PARTS}X\n\nOne-Click\n", f"{IN_PARTS}\n\nTwo\n\nOne-Click\n"]


@pytest.mark.parametrize(
    ("body", "said"),
    [*((body, 400) for body in NO_PRESS), ("x" * 20_000, 413), (PRESSED + "&" * 20_000, 413), (f"{IN_PARTS};\n" * 700, 400)],
    ids=[*map(str, range(len(NO_PRESS))), "large", "large press", "many heads"],
)
def test_what_is_no_press_changes_nothing_and_is_told_so_with_the_page(house: House, outside: TestClient, body: str, said: int) -> None:
    secret = secret_of(house, "martin")
    kept = everything_in(house.truth)
    status, text = press(outside, secret, body)
    assert (status, "Stop it" in text) == (said, True)
    assert everything_in(house.truth) == kept


@pytest.mark.parametrize(
    ("what", "left"),
    [("all", set()), ("way", set()), ("kind", BY_FILE - {("advice", "email")})],
)
def test_a_person_chooses_what_stops(house: House, outside: TestClient, what: str, left: set[tuple[str, str]]) -> None:
    answer = outside.post(f"/out/{secret_of(house, 'martin')}?for=advice&by=email", data={"what": what})
    assert "It is done." in words_of(answer.text)
    assert granted(house, "martin") == left
    refused = {line.channel for line in leaves_of(house, "martin") if not line.is_granted}
    assert refused == ({"email"} if what == "way" else {"email", "sms", "post", "phone"})


def test_the_page_speaks_her_language_and_names_what_the_message_was(outside: TestClient) -> None:
    english = words_of(outside.get(f"/out/{NEVER_MADE}?for=invitations&by=sms").text)
    assert "Nothing more by text message" in english
    assert "No more of this kind: invitations" in english
    french = outside.get(f"/out/{NEVER_MADE}?for=offers", headers={"accept-language": "fr"})
    assert "Que ne devons-nous plus vous écrire\u202f?" in french.text
    assert "Plus rien par courriel" in words_of(french.text)
    odd = outside.get(f"/out/{NEVER_MADE}?for=health&by=<b>&lang=fr").text
    assert "<b>" not in odd
    assert "Plus rien de ce genre" not in odd


def test_a_card_that_came_back_is_a_no_by_its_code(house: House) -> None:
    code = secret_of(house, "martin")
    refused = WayOut((), (Channel.POST,), Collected.LETTER, "card returned")
    returned_card(house, f" https://shop.test/out/{code}?for=offers ", refused)
    assert {(line.channel, line.words[0].collected) for line in leaves_of(house, "martin") if not line.is_granted} == {("post", "letter")}
    with pytest.raises(Unknown, match="This code opens nothing"):
        returned_card(house, NEVER_MADE, refused)


def test_the_head_of_a_message_names_the_way_out_as_mail_programs_want_it() -> None:
    lines = list_unsubscribe("https://shop.test/", NEVER_MADE, Purpose.OFFERS, "stop@shop.test")
    assert lines == {
        "List-Unsubscribe": f"<https://shop.test/out/{NEVER_MADE}?for=offers&by=email>, <mailto:stop@shop.test?subject=stop>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert "\n" not in list_unsubscribe("https://shop.test", NEVER_MADE, Purpose.OFFERS, "a@b.test>\r\nBcc: all@b.test")["List-Unsubscribe"]
    with pytest.raises(BadInput, match="https://"):
        list_unsubscribe("http://shop.test", NEVER_MADE, Purpose.OFFERS)


def test_a_scanner_that_follows_every_link_changes_nothing(house: House) -> None:
    """A thousand messages are followed by `make bench`."""
    assert crawl(house, 15) == (30, set())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_browser_without_scripts_shows_it_to_everybody(shop: Shop, browser: Browser, language: str) -> None:
    with shop.book(veal()).open() as house, served(HouseDesk(house)) as address:
        context = browser.new_context(java_script_enabled=True, viewport={"width": 320, "height": 640})
        page = context.new_page()
        page.goto(f"{address}/out/{secret_of(house, 'martin')}?for=offers&lang={language}")
        assert Axe().run(page, options={"resultTypes": ["violations"]}).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.get_by_role("radio").first.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/out/*")
        page.get_by_role("heading", name="C’est fait." if language == "fr" else "It is done.").wait_for()
        assert Axe().run(page, options={"resultTypes": ["violations"]}).violations_count == 0
        context.close()
        assert granted(house, "martin") == set()
