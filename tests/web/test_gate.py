"""The door: which names it answers to, which locks it puts on, and what it never says in a log."""

from __future__ import annotations

import logging

import msgspec
import pytest
from starlette.testclient import TestClient

from habitue.web.gate import LOCKS, host_name
from habitue.web.site import site_at
from habitue.words.errors import Busy, HabitueError, Refused, StoreError
from tests.web.paper import PaperDesk

ADDRESSES = [
    "/",
    "/?lang=fr",
    "/people",
    "/customers",
    "/customers/0",
    "/customers/nobody",
    "/api/plan",
    "/healthz",
    "/nowhere",
    "/static/house.css",
    "/static/none",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_locks(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert {name: headers[name] for name in LOCKS} == LOCKS


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::2]:8000", "127.0.0.2"])
def test_a_name_that_is_not_ours_is_turned_away(client: TestClient, desk: PaperDesk, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert desk.asked == []


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "localhost."])
def test_loopback_names_are_ours(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_a_shop_may_give_its_console_a_name() -> None:
    named = TestClient(site_at(PaperDesk(), frozenset({"console.shop.example"})), base_url="http://console.shop.example")
    assert named.get("/").status_code == 200
    assert host_name("[FE80::1]:80") == "[fe80::1]"


def test_pages_are_kept_nowhere_and_files_for_good(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "private, no-store"
    assert client.get("/api/plan").headers["cache-control"] == "private, no-store"
    assert "immutable" in client.get("/static/house.css?v=abc").headers["cache-control"]
    assert client.get("/static/house.css").headers["cache-control"] == "no-cache"


def test_no_page_lies_outside_of_the_static_folder(client: TestClient) -> None:
    assert client.get("/static/..%2fgate.py").status_code == 404
    assert client.get("/static/%2e%2e/templates/base.html").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_pages_can_only_be_read(client: TestClient, method: str) -> None:
    answer = client.request(method, "/customers/0")
    assert answer.status_code == 405
    assert "can only be read" in answer.text


@pytest.mark.parametrize(
    ("trouble", "status"),
    [(Busy("Another plan of this day is being made."), 503), (StoreError("The disk is full."), 503), (Refused("Not that."), 403), (HabitueError("No."), 500)],
)
def test_an_error_of_the_house_is_a_page_with_its_sentence(client: TestClient, desk: PaperDesk, trouble: HabitueError, status: int) -> None:
    desk.trouble = trouble
    for address in ("/", "/customers/0", "/customers/0/why"):
        answer = client.get(address)
        assert answer.status_code == status
        assert str(trouble) in answer.text
    assert client.get("/api/plan").json() == {"error": str(trouble)}


def test_what_nobody_foresaw_is_a_page_and_a_line_in_the_log_without_a_name(client: TestClient, desk: PaperDesk, caplog: pytest.LogCaptureFixture) -> None:
    desk.trouble = KeyError("Agnès Morel")
    with caplog.at_level(logging.INFO):
        answer = client.get("/customers/0", headers={"Accept-Language": "fr"})
    assert answer.status_code == 500
    assert "cassé chez nous" in answer.text
    assert "Traceback" not in answer.text
    assert "KeyError" in caplog.text
    assert "Morel" not in caplog.text + answer.text


def test_health_follows_the_truth(client: TestClient, desk: PaperDesk) -> None:
    assert client.get("/healthz").json() == {"ok": True}
    desk.trouble = StoreError("gone")
    assert client.get("/healthz").status_code == 503


@pytest.mark.parametrize("path", ["/", "/customers/0", "/customers/0/forget", "/api/plan", "/cases", "/door", "/retention", "/herself", "/joined"])
def test_by_the_name_that_customers_know_nothing_of_the_console_answers(path: str) -> None:
    desk = PaperDesk()
    desk.settings = msgspec.structs.replace(desk.settings, address="https://Regulars.example.org/shop")
    site = TestClient(site_at(desk), base_url="https://regulars.example.org")
    assert site.get(path).status_code == 421
    assert TestClient(site_at(desk), base_url="http://localhost").get("/retention").status_code == 200
    for open_to_all in ("/join", "/write", "/chat", "/chat.js", "/healthz", "/out/AAAAAAAAAAAAAAAAAAAAAA", "/asked/1-AAAA", "/static/console.css"):
        assert site.get(open_to_all).status_code != 421
