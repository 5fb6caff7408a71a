"""Her data as a zip: everything that was said, bought and recorded is in it, and nobody else's."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from habitue.app.her.data import her_data
from habitue.app.law.requesting import Opening, open_case
from habitue.app.leaving import Said, say_leave
from habitue.app.remembering import note
from habitue.app.stating import Note
from habitue.consent.law.model import Asked, Door
from habitue.words.errors import Unknown
from habitue.words.vocabulary import Channel, Collected, Level, Purpose, Strength, Subject, Told
from tests.cast import Shop, shop, thanks

__all__ = ["shop"]


def unpacked(body: bytes) -> tuple[dict[str, Any], str]:
    with ZipFile(BytesIO(body)) as archive:
        assert archive.namelist() == ["data.json", "data.html"]
        return json.loads(archive.read("data.json")), archive.read("data.html").decode()


def test_the_zip_holds_all_that_was_said_bought_and_recorded_of_her(shop: Shop) -> None:
    shop.touch("martin", "2017-10-20")
    with shop.book(thanks()).open() as house:
        open_case(house, "martin", Opening(Asked.ACCESS, Door.MAIL, "a letter"), "Odile")
        say_leave(house, "martin", Said(True, (Purpose.OFFERS,), (Channel.SMS,), Collected.LETTER, "card <b>signed</b>"))
        note(house, "martin", Note(Subject.THING, "liver", -1, Strength.PLAIN, Told.SHE_SAID, "never again", None, False, Level.PRODUCT, ""))
        data, page = unpacked(her_data(house, "martin", "fr"))
        assert her_data(house, "martin", "fr") == her_data(house, "martin", "fr")
    assert (data["who"][0]["family_name"], data["who"][0]["birthday"], data["who"][0]["numbers"]) == ("Martin", "05-21", "martin")
    assert {"kind": "email", "value": "jeanne@example.org"} in data["identifiers"]
    assert data["orders"][0] | {"on": "", "order": ""} == {
        "on": "",
        "order": "",
        "product": "veau",
        "product_key": "veal",
        "quantity_milli": 1000,
        "amount_cents": 1000,
    }
    assert any(word["proof"] == "card <b>signed</b>" for word in data["allows"])
    assert [(one["case"], one["quote"]) for one in data["requests"]] == [(1, "a letter")]
    assert any(said["quote"] == "never again" for said in data["said"])
    assert [message["on"] for message in data["messages"]] == ["2017-10-20"]
    assert any(event["event"] == "Order Completed" and event["body"] for event in data["events"])
    assert "card &lt;b&gt;signed" in page
    assert "card <b>" not in page
    for words in ("Ce que vous avez acheté", "never again", "10,00", "jeanne@example.org"):
        assert words in page


def test_nobody_else_s_data_is_in_it(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        data, page = unpacked(her_data(house, "karim"))
        with pytest.raises(Unknown):
            her_data(house, "nobody")
    assert "jeanne" not in (json.dumps(data) + page).lower()
    assert not any("martin" in order["order"] for order in data["orders"])


def test_of_an_order_of_which_two_told_each_is_shown_her_own_lines(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        told = house.truth.run("SELECT MAX(order_id) FROM orders")[0][0]
        house.truth.run(
            "INSERT INTO order_line (profile_id, day, order_id, seq, line_no, product_id, quantity_milli, amount_cents, known_at)"
            " SELECT (SELECT profile_id FROM identifier WHERE kind = 'customer' AND value = 'lucie'), day, order_id, seq, 99, product_id, 77000, 1, known_at"
            " FROM order_line WHERE order_id = ? LIMIT 1",
            (told,),
        )
        quantities = {key: {order["quantity_milli"] for order in unpacked(her_data(house, key))[0]["orders"]} for key in ("martin", "karim", "lucie", "paul")}
    assert [key for key, found in quantities.items() if 77000 in found] == ["lucie"]
