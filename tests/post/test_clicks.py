"""A link of a letter leads over this house to where the letter said, and nowhere else; that she came is noted once, and only where it was no machine."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import msgspec
import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from habitue.app import House, plan_day
from habitue.app.erasure.forgetting import forget
from habitue.app.her.saying import allow
from habitue.app.post.clicks import leads, note_click
from habitue.app.post.gate import open_gate
from habitue.channels.email.tokens import click_mark
from habitue.channels.letters import letters
from habitue.channels.links import is_led, target_of
from habitue.web import go_site
from habitue.web.go_site import Follower, is_by_hand
from habitue.web.site import create_site
from habitue.words.clock import StoppedClock
from habitue.words.vocabulary import Purpose
from tests.cast import Shop, shop, veal
from tests.post.peer import Peer, text_of
from tests.post.test_touches import send, written

__all__ = ["shop"]
SITE = "https://regulars.example.org"
VEAL = "https://shop.example.org/veal?a=1&b=2#top"
LETTER = f"""+++
subject = "{{{{ name }}}}, {{{{ thing }}}} is waiting"
+++
Good morning {{{{ name }}}}, see [it here]({VEAL}) or
[your own](https://shop.example.org/?n={{{{ name }}}}), [write](mailto:shop@example.org), [call](tel:+33123456789).

[Our regulars]({SITE}/join)

[All of it](https://shop.example.org/)
"""
BY_HAND = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def house(shop: Shop, peer: Peer) -> Iterator[House]:
    told = {"address": SITE, "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
    made = written(shop.told(**told), veal(letter='"aside"'))
    for language in ("en", "fr"):
        (made.settings.book_folder / "letters" / f"aside.{language}.md").write_text(LETTER, encoding="utf-8")
    with made.open() as opened:
        open_gate(opened.settings, opened.clock.instant())
        plan_day(opened)
        send(opened)
        yield opened


def later(house: House, seconds: int) -> House:
    return replace(house, clock=StoppedClock(house.clock.instant() + seconds))


def led_in(peer: Peer, to: str = "jeanne@example.org") -> tuple[list[str], str]:
    """The links over this house in somebody's letter as it came, and its text."""
    words = text_of(next(each for each in peer.letters if each["To"] == to))
    return [path.replace(SITE, "") for path in re.findall(rf"{SITE}/go/[\w/-]+", words)], words


def came(house: House) -> int:
    return int(house.truth.run("SELECT COUNT(*) FROM event WHERE name = 'Touch Answered' AND profile_id = 1")[0][0])


def test_a_link_leads_where_the_letter_said_and_that_she_came_is_noted_once(house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(go_site, "HOLD_SECONDS", 0)
    (here, everything), words = led_in(peer)
    for each in ("mailto:shop@example.org", "tel:+33123456789", f"{SITE}/join", "https://shop.example.org/?n=Jeanne", f"{SITE}/her/", f"{SITE}/out/"):
        assert each in words
    assert "shop.example.org/veal" not in words
    before = came(house)
    with TestClient(create_site(later(house, 59)), base_url=SITE, follow_redirects=False) as soon:
        assert soon.get(here, headers=BY_HAND).headers["location"] == VEAL
        assert came(house) == before, "so soon, it is a machine"
    with TestClient(create_site(later(house, 60)), base_url=SITE, follow_redirects=False) as outside:
        for name, value in (("Sec-Purpose", "prefetch"), ("X-Moz", "prefetch"), ("Sec-Fetch-Mode", "cors"), ("Sec-GPC", "1"), ("User-Agent", "Googlebot/2.1")):
            assert outside.get(here, headers=BY_HAND | {name: value}).status_code == 302
        assert outside.head(here, headers=BY_HAND).headers["location"] == VEAL
        assert outside.get(here).headers["location"] == VEAL
        assert came(house) == before
        answer = outside.get(here, headers=BY_HAND)
        assert (answer.status_code, answer.headers["location"], answer.headers["referrer-policy"]) == (302, VEAL, "no-referrer")
        assert came(house) == before + 1
        assert outside.get(everything, headers=BY_HAND).headers["location"] == "https://shop.example.org/"
        assert came(house) == before + 1, "once a letter"
        link, mark = here.split("/")[2:]
        for wrong in (f"/go/{'A' * 22}/{mark}", f"/go/{link[:-1]}/{mark}", f"/go/https:%2F%2Fexample.org/{mark}", "/go/x/y", f"/go/{link}%0d%0a/{mark}"):
            assert outside.get(wrong, headers=BY_HAND).status_code == 404
        assert outside.get(f"/go/{link}/7-aaaaaaaaaaaaaaaa", headers=BY_HAND).headers["location"] == VEAL, "a mark of nobody's leads on all the same"
        assert outside.post(here).status_code == 405
    (row,) = house.truth.run("SELECT a.touch_id, l.touch_id FROM answer_fact AS a JOIN letter AS l ON l.touch_id = a.touch_id WHERE a.profile_id = 1")
    assert row[0] == row[1], "it is that very word which she answered"


def test_who_was_forgotten_or_will_not_be_followed_is_led_on_and_nothing_is_noted(house: House, peer: Peer) -> None:
    (here, _), _ = led_in(peer)
    link, mark = here.split("/")[2:]
    (karims, _), _ = led_in(peer, "karim@example.org")
    allow(house, "karim", is_yes=False, purpose=Purpose.MEASUREMENT)
    assert not note_click(later(house, 600), karims.split("/")[3])
    forget(house, "martin")
    before = house.truth.run("SELECT COUNT(*) FROM event")
    assert not note_click(later(house, 600), mark)
    assert house.truth.run("SELECT COUNT(*) FROM event") == before
    assert target_of(house.truth, link) == VEAL


def test_a_brand_may_lead_straight_and_no_link_is_led_that_a_head_cannot_hold(house: House) -> None:
    letter = letters(house.truth, 1)[0]
    straight = replace(house, settings=msgspec.structs.replace(house.settings, note_clicks=False))
    assert leads(straight, letter)(VEAL) == VEAL
    assert leads(house, letter)(VEAL).endswith(click_mark(house.key, letter.letter_id))
    hostile = ("javascript:alert(1)", "data:text/html,x", "https://a.example/\r\nSet-Cookie:x=1", "https://é.example/", "https://[a/", "//a.example", "")
    for address in (*hostile, "https:///x", "mailto:a@example.org", SITE + "/join"):
        assert not is_led(address, SITE), address
    assert not is_led("https://a.example/" + "x" * 2_000, SITE)


def test_several_links_of_a_letter_at_once_are_followed_by_a_machine() -> None:
    async def followed(*links: str) -> list[bool]:
        over = asyncio.Event()
        follower = Follower(over.wait)
        asked = [asyncio.create_task(follower.is_one(7, link)) for link in links]
        other = asyncio.create_task(follower.is_one(8, "a"))
        await asyncio.sleep(0)
        over.set()
        found = [await each for each in asked]
        assert (await other, follower.now) == (True, {})
        return found

    def seen(*links: str) -> list[bool]:
        with ThreadPoolExecutor(1) as aside:  # a browser test before it has a loop of its own in this thread
            return aside.submit(lambda: asyncio.run(followed(*links))).result()

    assert seen("a", "b") == [False, False]
    assert seen("a", "a") == [True, False]
    assert seen("a") == [True]


def test_a_look_is_by_hand_only_where_the_browser_says_so() -> None:
    assert is_by_hand("GET", Headers(BY_HAND))
    assert not is_by_hand("HEAD", Headers(BY_HAND))
    assert not is_by_hand("GET", Headers({name: value for name, value in BY_HAND.items() if name != "User-Agent"}))
