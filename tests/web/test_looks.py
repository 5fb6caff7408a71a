"""Who looked at a customer is written down, by whichever door, in the name of whoever the brand's own login or the desk says; and she can see it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest
from starlette.testclient import TestClient

from habitue.app import looking
from habitue.app.her.data import her_data
from habitue.app.house import House
from habitue.app.looking import LookBook, her_looks
from habitue.cli.options import whoever_types
from habitue.identity.her_links import make_link
from habitue.identity.looks import Look, looks_at, write_looks
from habitue.identity.records import who_is
from habitue.store import Settings, Truth, save_settings
from habitue.web import create_site
from habitue.web.peer import AtTheSocket
from tests.cast import Shop, shop, thanks
from tests.cli.conftest import Run, run_command
from tests.web.test_pages import words_of

__all__ = ["run_command", "shop"]
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.book(thanks()).open() as opened:
        yield opened


def console(house: House, client: str = "127.0.0.1", **changes: Any) -> TestClient:
    house.settings = msgspec.structs.replace(house.settings, **changes)
    return TestClient(create_site(house), base_url="http://localhost", client=(client, 50_000))


def seen(house: House, key: str) -> set[tuple[str, str, str]]:
    return {(line.who, line.door, line.what) for line in her_looks(house, key)}


def test_every_page_and_answer_that_shows_her_is_written_down(house: House) -> None:
    counter = console(house)
    for path in ("", "/why", "/leave", "/asks"):
        assert counter.get(f"/customers/martin{path}").status_code == 200
    counter.get("/api/customers/martin/card")
    counter.get("/customers?q=Petit")
    counter.get("/pairs/look?one=paul&other=karim")
    assert seen(house, "martin") == {
        ("", "console", "card"),
        ("", "console", "why"),
        ("", "console", "leave"),
        ("", "console", "asks"),
        ("", "api", "card"),
    }
    assert seen(house, "anne") == seen(house, "marc") == {("", "console", "list")}
    assert seen(house, "paul") == {("", "console", "pair")}
    assert seen(house, "nina") == set()


def test_whoever_is_at_the_desk_says_so_once_and_is_named_from_then_on(house: House) -> None:
    counter = console(house)
    counter.post("/staff", data={"name": " Odile\tRenaud\x1b "}, headers=HERE)
    assert "At the desk: Odile Renaud" in words_of(counter.get("/customers/martin").text)
    shown = words_of(counter.get("/customers/martin/looks").text)
    assert "Odile Renaud (at the console): her card, on 2 November 2017, about 6:00." in shown
    counter.post("/staff", data={"name": ""}, headers=HERE)
    assert "Who is at the desk?" in words_of(counter.get("/customers/martin").text)
    assert {who for who, _, _ in seen(house, "martin")} == {"Odile Renaud", ""}


@pytest.mark.parametrize(
    ("client", "settings", "name"),
    [
        ("10.0.0.7", {"staff_header": "X-Forwarded-User", "staff_header_from": "10.0.0.7, ::1"}, "odile"),
        ("10.0.0.8", {"staff_header": "X-Forwarded-User", "staff_header_from": "10.0.0.7, ::1"}, ""),
        ("10.0.0.7", {"staff_header": "X-Forwarded-User"}, ""),
        ("10.0.0.7", {}, ""),
    ],
    ids=["believed", "from elsewhere", "from nowhere", "off"],
)
def test_the_brand_s_own_login_is_believed_from_where_the_brand_says(house: House, client: str, settings: dict[str, str], name: str) -> None:
    console(house, client, **settings).get("/customers/martin", headers={"X-Forwarded-User": "odile"})
    assert seen(house, "martin") == {(name, "console", "card")}


@pytest.mark.parametrize(
    ("peer", "login_at", "visitor", "name"),
    [
        ("127.0.0.1", "127.0.0.1", "203.0.113.9", "odile"),  # the login's own machine speaks for a visitor elsewhere
        ("127.0.0.1", "10.0.0.7", "10.0.0.7", ""),  # another web server of the house passes on whatever a visitor claims
        ("203.0.113.9", "10.0.0.7", "10.0.0.7", ""),
    ],
    ids=["the login speaks", "a visitor says that it is the login", "a stranger says so"],
)
def test_the_login_is_known_by_its_own_line_and_never_by_a_header(house: House, peer: str, login_at: str, visitor: str, name: str) -> None:
    house.settings = msgspec.structs.replace(house.settings, staff_header="X-Forwarded-User", staff_header_from=login_at)
    site = AtTheSocket(create_site(house), house.settings.proxies)
    asked = TestClient(site, base_url="http://localhost", client=(peer, 50_000))
    asked.get("/customers/martin", headers={"X-Forwarded-User": "odile", "X-Forwarded-For": visitor})
    assert seen(house, "martin") == {(name, "console", "card")}


def test_a_hostile_name_is_a_name_and_no_longer_than_one_is(house: House) -> None:
    counter = console(house)
    counter.post("/staff", data={"name": "<script>alert(1)</script>" + "x" * 200}, headers=HERE)
    shown = counter.get("/customers/martin/looks").text
    shown = counter.get("/customers/martin").text + shown
    assert "<script>" not in shown
    assert max(len(who) for who, _, _ in seen(house, "martin")) == 60


def test_what_she_is_given_says_who_looked(house: House) -> None:
    console(house).get("/customers/martin")
    with ZipFile(BytesIO(her_data(house, "martin", "fr"))) as archive:
        assert json.loads(archive.read("data.json"))["looks"][0] == {"at": "2017-11-02T05:00:00Z", "who": "", "door": "console", "what": "card"}
        assert "Qui a regardé votre fiche" in archive.read("data.html").decode()


def test_her_own_page_says_who_looked_and_her_own_look_is_none(house: House) -> None:
    counter = console(house)
    counter.get("/customers/martin")
    with house.truth.transaction():
        secret = make_link(house.truth, who_is(house.truth, "customer", ["martin"])["martin"].profile_id, "page", house.clock.instant())
    shown = words_of(counter.get(f"/her/{secret}?lang=en").text)
    assert "Who looked at your card Somebody who gave no name (at the console): your card, on 2 November 2017, about 6:00." in shown
    assert seen(house, "martin") == {("", "console", "card")}


def test_several_looks_within_an_hour_are_one_and_nobody_s_look_is_none(house: House) -> None:
    counter = console(house)
    for _ in range(5):
        counter.get("/customers/martin")
    assert len(her_looks(house, "martin")) == 1
    her_data(house, "karim")
    assert her_looks(house, "karim") == []


def test_the_command_line_names_whom_the_system_names(shop: Shop, run_command: Callable[[Settings], Run]) -> None:
    with shop.book(thanks()).open():
        pass
    save_settings(shop.settings)
    run = run_command(shop.settings)
    for words in (("card", "martin"), ("why", "martin"), ("leave", "martin"), ("customers", "Martin"), ("customers", "--json")):
        assert run(*words)[0] == 0
    found = json.loads(run("looks", "martin", "--json")[1])
    assert {(line["who"], line["door"], line["what"]) for line in found} == {
        (whoever_types(), "cli", what) for what in ("card", "why", "leave", "list", "everybody")
    }
    assert "everybody at once, taken out" in run("looks", "karim")[1]


def test_a_book_that_broke_once_goes_on_and_loses_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks = iter([ValueError("once")])

    def write(truth: Truth, looks: list[Look]) -> None:
        for wrong in breaks:
            raise wrong
        write_looks(truth, looks)

    monkeypatch.setattr(looking, "write_looks", write)
    monkeypatch.setattr(looking, "WAIT_SECONDS", 0.05)
    with LookBook(house.settings) as book:
        book.put([Look(1, 1_509_600_000, "Odile", "console", "card")])
        time.sleep(0.5)
        assert len(looks_at(house.truth, [1])) == 1


def test_a_book_that_cannot_write_says_at_its_end_how_much_is_lost(house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def write(_truth: Truth, _looks: list[Look]) -> None:
        raise ValueError("always")

    monkeypatch.setattr(looking, "write_looks", write)
    with LookBook(house.settings) as book:
        book.put([Look(number, 1_509_600_000, "Odile", "console", "card") for number in (1, 2)])
    assert "looks could not be written down: 2 were lost" in caplog.text


def test_a_book_writes_beside_the_pages_and_all_of_it_before_it_closes(house: House) -> None:
    with LookBook(house.settings) as book:
        book.put([Look(number, 1_509_600_000, "Odile", "console", "card") for number in range(1, 2_001)])
        with house.truth.transaction():  # somebody is writing: no page waits
            house.truth.next_seq(0)
            book.put([Look(1, 1_509_600_000, "Jean", "console", "card")])
    assert len(looks_at(house.truth, range(1, 2_001))) == 2_001
