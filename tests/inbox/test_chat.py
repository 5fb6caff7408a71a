"""The chat on a shop's own page, under a strict policy of that page: she writes by keyboard and hears a person's answer; what she wrote is a stranger's."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.inbox.chatting import chat_in, lines_after
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.strangers import answer_stranger, drop, strangers
from habitue.app.inbox.writing_in import Writing
from habitue.channels.letters import letter_proof
from habitue.web import chat_site, create_site
from habitue.web.chat_site import MOST_BY_CLIENT
from habitue.web.desk import HouseDesk
from habitue.web.serving import Announced, configured
from habitue.web.serving import listening as port_of
from tests.cast import Shop, shop, thanks
from tests.web.conftest import served
from tests.web.test_pages import words_of

__all__ = ["shop"]
ADDRESS = "zoe@example.net"


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.told(address="https://regulars.example.org", sender="shop@example.org").book(thanks()).open() as opened:
        yield opened


@pytest.fixture
def brand() -> Iterator[tuple[str, list[str]]]:
    """The shop's own site, which allows our script and our answers and nothing inline; its address, and where the house is."""
    places: list[str] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f'<!doctype html><html lang="en"><title>A shop</title><main><h1>A shop</h1></main><script src="{places[0]}/chat.js" defer></script>'
            self.send_response(200 if self.path == "/" else 404)
            policy = f"default-src 'none'; script-src {places[0]}; connect-src {places[0]}; require-trusted-types-for 'script'"
            self.send_header("Content-Security-Policy", policy)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_told: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", places
    server.shutdown()
    server.server_close()


def test_she_writes_by_keyboard_on_the_shop_s_page_and_hears_the_answer(house: House, brand: tuple[str, list[str]], browser: Browser) -> None:
    site, places = brand
    with served(HouseDesk(house)) as address:
        places.append(address)
        page = browser.new_page(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
        wrong: list[str] = []
        page.on("console", lambda told: wrong.append(told.text) if told.type == "error" and "favicon" not in told.location["url"] else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(site)
        page.get_by_role("button", name="Write to us").press("Enter")
        expect(page.get_by_label("Your message")).to_be_focused()
        page.emulate_media(color_scheme="dark")
        expect(page.get_by_label("Your message")).to_have_css("outline-color", "rgb(255, 157, 143)")  # #b3261e has 2.7 : 1 there
        page.emulate_media(color_scheme="light")
        page.keyboard.type("Do you have <b>rabbit</b>?")
        page.keyboard.press("Tab")
        page.keyboard.type(ADDRESS)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("A person of the shop answers by 14:00: here, while you stay, and by e-mail.")
        expect(page.get_by_role("log")).to_have_text("YouDo you have <b>rabbit</b>?")
        assert [(each["id"], each["nodes"][0]["html"][:80]) for each in Axe().run(page).response["violations"]] == []
        (one,) = strangers(house)
        assert (one.sender, one.words, one.way) == (ADDRESS, "Do you have <b>rabbit</b>?", "site")
        answer_stranger(house, one.number, "Yes, two.", "Anne")
        expect(page.get_by_role("log")).to_contain_text("AnneYes, two.")
        page.reload()
        page.get_by_role("button", name="Write to us").press("Enter")
        expect(page.get_by_role("log")).to_contain_text("AnneYes, two.")
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Write to us")).to_be_focused()
        assert wrong == []
        page.close()


def test_nobody_reads_another_s_chat_and_what_is_let_go_is_heard_no_more(house: House) -> None:
    writing = Writing(ADDRESS, "Bonjour ?", "", "127.0.0.1", "fr")
    secret = chat_in(house, writing, "")
    assert chat_in(house, writing, secret) == secret, "the same words may be said twice in a chat"
    other = chat_in(house, writing, "A" * 22)
    assert other not in (secret, "A" * 22), "nobody chooses a secret"
    ours, theirs = strangers(house)
    assert [(one.is_chat, [said.words for said in one.said]) for one in (ours, theirs)] == [(True, ["Bonjour ?", "Bonjour ?"]), (True, ["Bonjour ?"])]
    answer_stranger(house, ours.number, "Oui.", "Anne")
    said = lines_after(house, secret, "")
    assert [(line.is_hers, line.words) for line in said] == [(True, "Bonjour ?"), (True, "Bonjour ?"), (False, "Oui.")]
    assert lines_after(house, secret, said[1].place) == said[2:]
    assert lines_after(house, secret, said[2].place) == []
    answer_stranger(house, ours.number, "Bonjour !", "Anne")
    assert [line.words for line in lines_after(house, secret, said[2].place)] == ["Bonjour !"], "answers are heard in the order in which they were given"
    assert len(lines_after(house, secret, "9" * 40)) == 4
    assert [line.is_hers for line in lines_after(house, other, "")] == [True]
    drop(house, ours.number, "Anne")
    assert lines_after(house, secret, "") == []


def test_what_is_answered_elsewhere_is_not_heard_in_the_chat(house: House) -> None:
    secret = chat_in(house, Writing(ADDRESS, "Bonjour ?", "", "127.0.0.1", "fr"), "")
    (one,) = strangers(house)
    letter = answer_stranger(house, one.number, "Oui ?", "Anne")
    name = f"<answer.{letter}.{letter_proof(house.key, letter)}@example.org>"
    mail = f"From: {ADDRESS}\nTo: shop@example.org\nSubject: Re: Chez nous\nMessage-ID: <1@zoe.test>\nIn-Reply-To: {name}\n\nMa commande 1212 ?\n"
    receive(house, mail.encode())
    (again,) = strangers(house)
    assert [said.words for said in again.said] == ["Bonjour ?", "Oui ?", "Ma commande 1212 ?"], "our letter leads back to the chat"
    answer_stranger(house, again.number, "Elle arrive demain.", "Anne")
    assert [line.words for line in lines_after(house, secret, "")] == ["Bonjour ?", "Oui ?"], "whoever typed her address there reads none of it"


@contextmanager
def listening(address: str, path: str) -> Iterator[list[str]]:
    """A stream as a browser opens it: its first line of state, and the lines below its heads, up to the first that was said."""
    host, port = address.removeprefix("http://").split(":")
    with socket.socket() as line, line.makefile("rb") as heard:
        line.settimeout(20)
        line.connect((host, int(port)))
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: https://brand.example\r\n\r\n".encode())
        state, heads = heard.readline().decode(), iter(lambda: heard.readline().strip(), b"")
        is_stream = b"content-type: text/event-stream; charset=utf-8" in list(heads)
        said = iter(lambda: heard.readline().decode().strip(), "STOP") if is_stream else iter(())
        yield [state, *takewhile_said(said)]


def takewhile_said(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line
        if line.startswith("data:"):
            return


def test_streams_are_bounded_and_what_is_wrong_is_said_to_every_origin(house: House) -> None:
    client = TestClient(create_site(house), base_url="https://regulars.example.org", headers={"Origin": "https://brand.example"})
    told = client.post("/chat?lang=fr", data={"words": "Bonjour", "email": ADDRESS})
    assert (told.status_code, told.headers["access-control-allow-origin"]) == (200, "*")
    assert "répond avant 14 h : ici" in words_of(told.json()["said"]).replace("\u202f", " ").replace("\u00a0", " ")
    for form, sentence in (({"words": " ", "email": ADDRESS}, "une lettre vide"), ({"words": "a", "email": "x"}, "adresse")):
        answer = client.post("/chat?lang=fr", data=form)
        assert (answer.status_code, sentence in answer.json()["error"]) == (400, True)
    assert client.post("/chat", data={"words": "a", "email": ADDRESS, "website": "x"}).json()["chat"] == ""
    assert [client.get(f"/chat/{secret}").status_code for secret in ("x", "é" * 22, "A" * 23)] == [404] * 3
    path = f"/chat/{told.json()['chat']}"
    with served(HouseDesk(house)) as address, ExitStack() as streams:
        heard = [streams.enter_context(listening(address, path)) for _ in range(MOST_BY_CLIENT)]
        for state, *lines in heard:
            assert state.startswith("HTTP/1.1 200")
            assert "retry: 2000" in lines
            assert 'data: {"hers": true, "words": "Bonjour", "who": ""}' in lines
        with listening(address, path) as (state,):
            assert state.startswith("HTTP/1.1 204"), "no more for one client; the answer comes by e-mail"
    assert [each.words for each in strangers(house)] == ["Bonjour"]


def test_a_server_that_stops_waits_for_nobody_who_listens(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_site, "STREAM_SECONDS", 600.0)
    secret = chat_in(house, Writing(ADDRESS, "Bonjour", "", "127.0.0.1", "fr"), "")
    opened, streams = threading.Event(), chat_site.Streams()
    with port_of("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        server = Announced(configured(HouseDesk(house), "127.0.0.1", port, streams=streams), opened.set, streams)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        assert opened.wait(60)
        with listening(f"http://127.0.0.1:{port}", f"/chat/{secret}") as (state, *_lines):
            assert state.startswith("HTTP/1.1 200")
            server.should_exit = True
            thread.join(60)
            assert not thread.is_alive()
