"""Links to her page: forged, old, reused, enumerated; looked at by scanners; and what is never told to whoever has none."""

from __future__ import annotations

import re
import secrets
import string
from dataclasses import replace
from hashlib import sha256

import msgspec
import pytest
from starlette.testclient import TestClient

from habitue.app import House, decide_for, open_house
from habitue.app.her.saying import link_for
from habitue.identity.her_links import make_link, read_link
from habitue.store import Truth
from habitue.web import create_site
from habitue.words.clock import StoppedClock
from habitue.words.reasons import Reason
from tests.cast import Shop
from tests.web.test_pages import words_of

LETTERS = string.ascii_letters + string.digits + "-_"
DAY = 86_400
TRIES = 20_000
"""In every run of the tests; `python -m tests.her.bench_her_page` tries 1,000,000."""


def later(house: House, seconds: int) -> TestClient:
    """The same house, served by a clock that stands so much later on the same day's plan."""
    return TestClient(create_site(replace(house, clock=StoppedClock(house.clock.instant() + seconds))), base_url="http://localhost")


def bytes_of(truth: Truth) -> str:
    """A hash of every row of the database."""
    if truth.dialect == "sqlite":
        tables = [row[0] for row in truth.run("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")]
    else:
        tables = [row[0] for row in truth.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")]
    rows = [sorted(map(repr, truth.run(f'SELECT * FROM "{table}"'))) for table in tables]
    return sha256(repr((tables, rows)).encode()).hexdigest()


def test_a_scanner_that_follows_every_link_changes_nothing(house: House, browser_of_hers: TestClient, hers: str) -> None:
    browser_of_hers.get(hers)  # the lesson of the month is learned at the first look of the house, whoever looks
    before, seen, to_see = bytes_of(house.truth), set(), {hers}
    while to_see:
        path = to_see.pop()
        seen.add(path)
        found = browser_of_hers.get(path)
        if found.headers["content-type"].startswith("text/html"):
            named = re.findall(r'(?:href|action|src|value)="(/[^"#]+)', found.text)
            to_see |= {each.replace("&amp;", "&") for each in named if each.startswith("/her/")} - seen
    assert {path.partition("?")[0].rpartition("/")[2] for path in seen} >= {"erase", "data", "out", "pause", "write", "leave", "object", "forget"} - {"forget"}
    assert bytes_of(house.truth) == before
    for path in seen:
        assert browser_of_hers.head(path).status_code in (200, 404, 405)
    assert bytes_of(house.truth) == before


def test_an_old_link_shows_nothing_of_her_and_still_lets_her_out(house: House, hers: str) -> None:
    with later(house, 7 * DAY - 1) as soon:
        assert "Martin" in soon.get(hers).text
    with later(house, 7 * DAY) as old:
        for page in (hers, f"{hers}/erase", f"{hers}/data"):
            shown = old.get(f"{page}?lang=en")
            assert "A link that has grown old" in words_of(shown.text)
            assert not re.search("Martin|Jeanne|veal|example.org|Offers", shown.text)
        before = bytes_of(house.truth)
        for what in ("forget", "wrong", "taste", "not-for-me", "leave", "only", "go-on", "rhythm", "way", "hours", "birthday", "write", "object", "erase"):
            answer = old.post(f"{hers}/{what}", data={"say": "yes offers.sms", "words": "x", "sure": "1", "number": "0", "feeling": "likes", "about": "coffee"})
            assert answer.status_code == 403
            assert "Martin" not in answer.text
        assert bytes_of(house.truth) == before
        assert old.post(f"{hers}/pause", data={"until": "2017-12-01"}).status_code == 200
        assert old.post(f"{hers}/out").status_code == 200
        assert "is left in peace" in words_of(old.get("/customers/martin/why?lang=en").text)


def test_an_old_link_makes_a_pause_longer_and_never_shorter(house: House, hers: str, browser_of_hers: TestClient) -> None:
    browser_of_hers.post(f"{hers}/pause", data={"until": "2018-01-01"})
    fresh = link_for(replace(house, clock=StoppedClock(house.clock.instant() + 8 * DAY)), "martin")
    with later(house, 8 * DAY) as old:
        for link, asked, left in (
            (hers, "2017-11-10", "1 January 2018"),
            (hers, "2017-12-31", "1 January 2018"),
            (hers, "2018-01-02", "2 January 2018"),
            (fresh, "2017-11-10", "10 November 2017"),
            (hers, "2017-11-11", "11 November 2017"),
        ):
            assert old.post(f"{link}/pause", data={"until": asked}).status_code == 200
            assert f"You are left in peace until {left}." in words_of(old.get(f"{fresh}?lang=en").text)


def test_a_link_that_was_never_made_and_one_of_another_sort_say_the_same(house: House, browser_of_hers: TestClient, hers: str) -> None:
    with house.truth.transaction():
        out = make_link(house.truth, 1, "out", house.clock.instant())
    answers = set()
    for secret in (secrets.token_urlsafe(16), out, "x", "x" * 10_000, "%00", "..%2f..", hers[5:-1], hers[5:] + "A", hers[5:].swapcase()):
        for ask in (browser_of_hers.get, browser_of_hers.post):
            answer = ask(f"/her/{secret}" if ask == browser_of_hers.get else f"/her/{secret}/out")
            assert answer.status_code == 404
            answers.add(re.sub(r"/her/[^\"?]*", "", answer.text))
    assert len(answers) == 1
    assert decide_for(house, "martin").reason == Reason.SAID


def test_no_secret_opens_but_the_one_that_was_made(house: House, hers: str) -> None:
    """Guesses at large, and every secret that differs from hers in one letter."""
    secret = hers[5:]
    near = [secret[:place] + letter + secret[place + 1 :] for place in range(len(secret)) for letter in LETTERS if letter != secret[place]]
    opened = [each for each in near if read_link(house.truth, each)]
    opened += [each for each in (secrets.token_urlsafe(16) for _ in range(TRIES)) if read_link(house.truth, each)]
    assert opened == []
    assert read_link(house.truth, secret) is not None


def test_two_links_of_hers_open_the_same_page_again_and_again(house: House, browser_of_hers: TestClient, hers: str) -> None:
    other = link_for(house, "martin")
    assert other != hers
    for path in (hers, other, hers):
        assert "Martin" in browser_of_hers.get(path).text


def test_whoever_answers_her_page_tells_nobody_of_its_address(browser_of_hers: TestClient, hers: str) -> None:
    for answer in (browser_of_hers.get(hers), browser_of_hers.get(f"{hers}/data"), browser_of_hers.get("/her/nobody"), browser_of_hers.post(f"{hers}/out")):
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "set-cookie" not in answer.headers
        assert "example.org" not in answer.text or answer.headers["content-type"] == "application/zip"


def test_only_a_page_of_the_console_makes_a_link_and_shows_it_once(house: House, browser_of_hers: TestClient) -> None:
    making = "/customers/martin/her-page"
    assert "Make a link to her page" in words_of(browser_of_hers.get("/customers/martin?lang=en").text)
    assert browser_of_hers.get(making).status_code == 404
    assert browser_of_hers.post(making).status_code == 403
    shown = browser_of_hers.post(making, headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})
    [path] = set(re.findall(r"http://localhost(/her/[\w-]{22})", shown.text))
    assert "Martin" in browser_of_hers.get(path).text
    assert house.truth.run("SELECT count(*) FROM her_link")[0][0] == 1


def test_a_link_made_on_the_command_line_opens_her_page(shop: Shop, browser_of_hers: TestClient, house: House, capsys: pytest.CaptureFixture[str]) -> None:
    from habitue.cli.link import link

    if house.truth.dialect == "sqlite":
        (house.settings.data / "habitue.toml").write_text('today = "2017-11-02"\n', encoding="utf-8")
        link("karim", data=house.settings.data)
        assert "Haddad" in browser_of_hers.get(capsys.readouterr().out.strip()).text
    with open_house(msgspec.structs.replace(house.settings)) as again:
        assert "Haddad" in browser_of_hers.get(link_for(again, "karim")).text


def test_an_old_link_has_a_fresh_one_sent_to_the_address_that_is_known_and_shows_none(house: House, hers: str) -> None:
    with later(house, 8 * DAY) as silent:
        assert "Send me a fresh link" not in silent.get(f"{hers}?lang=en").text, "no letter leaves this house"
    sending = msgspec.structs.replace(house.settings, address="https://shop.example", sender="shop@shop.example")
    with later(replace(house, settings=sending), 8 * DAY) as old:
        assert "Send me a fresh link" in old.get(f"{hers}?lang=en").text
        for _twice in range(2):
            answer = old.post(f"{hers}/fresh?lang=en")
            assert "If we know an e-mail address of yours, a fresh link is on its way there." in words_of(answer.text)
            assert not re.search("Martin|martin|jeanne", answer.text)
    assert house.truth.run("SELECT count(*) FROM letter")[0][0] == 1
