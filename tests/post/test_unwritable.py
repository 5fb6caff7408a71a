"""A letter that can never leave fails by itself, with its reason: it ends neither the round nor any other letter, and no text of a stranger is a head."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest

from habitue.app import House
from habitue.app.door import request_fresh_link_of
from habitue.app.post.relaying import PASSWORD, Relay, deliver, relay_of
from habitue.channels.email.address import checked_address
from habitue.channels.letters import State
from habitue.identity.records import who_is
from habitue.words.errors import BadInput, Busy, SettingsError, StoreError
from tests.cast import Shop
from tests.post.conftest import OpenPost, post_room, send_all
from tests.post.peer import Peer, listening_peer
from tests.post.test_post_room import MAIL, MINUTE, after, asks, attempts, states

HEADS_OF_HIS_OWN = "=?utf-8?b?" + b64encode(b"a@b.co\r\nBcc: c@d.e\r\n\r\nhi").decode() + "?="
HALF_A_SIGN = "=?unicode_escape?q?=5Cud800?="
NO_WAY = "No letter can go to the address that we know."


def kept_before(house: House, address: str) -> None:
    """Somebody asked with such an address, on a day when the door still took it."""
    asks(house, "stranger@example.org", "203.0.113.1")
    house.truth.run("UPDATE door_request SET email = ? WHERE email = 'stranger@example.org'", (address,))


@pytest.mark.parametrize("local", [HEADS_OF_HIS_OWN, HALF_A_SIGN, "a=?b", "\ud800"], ids=["heads", "half a sign", "begun", "surrogate"])
def test_an_address_that_a_mail_reader_would_decode_is_none(local: str) -> None:
    with pytest.raises(BadInput, match=r"Write it as jeanne@example\.org"):
        checked_address(f"{local}@x.org")


@pytest.mark.parametrize("local", [HEADS_OF_HIS_OWN, HALF_A_SIGN], ids=["heads", "half a sign"])
def test_one_letter_that_cannot_be_written_ends_no_other(open_post: OpenPost, peer: Peer, local: str) -> None:
    house = open_post(peer.port)
    kept_before(house, f"{local}@x.org")
    asks(house, "good@example.org")
    assert send_all(house) == 2
    assert (peer.to, states(house)) == (["good@example.org"], [State.SENT, State.FAILED])
    assert attempts(house)[0] == ("failed", NO_WAY)
    assert peer.letters[0]["Content-Language"] == "en"
    assert house.truth.run("SELECT email FROM door_request") == [("good@example.org",)]
    assert after(house, 40 * MINUTE).send_some() == 0


@pytest.mark.parametrize("address", ["marie.@example.org", "a..b@x.org", "marie@intranet"])
def test_a_customer_whose_address_takes_no_letter_costs_nobody_else_hers(open_post: OpenPost, shop: Shop, peer: Peer, address: str) -> None:
    shop.bring("customers", f"customer,since,email\nlucie,2017-02-02,{address}\n")
    house = open_post(peer.port)
    request_fresh_link_of(house, who_is(house.truth, "customer", ["lucie"])["lucie"].profile_id, "en")
    asks(house, "good@example.org")
    assert send_all(house) == 2
    assert (peer.to, attempts(house)[0]) == (["good@example.org"], ("failed", NO_WAY))
    assert len(house.truth.run("SELECT * FROM door_link")) == 1


def test_a_head_that_we_did_not_set_keeps_the_letter_here(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port, brand=HEADS_OF_HIS_OWN)
    asks(house)
    tried = sum(after(house, hours * 60 * MINUTE).send_some() for hours in range(60))
    assert 5 <= tried <= 9
    assert (peer.raw, states(house)) == ([], [State.FAILED])
    assert attempts(house)[0][1].startswith("The letter could not be written (")
    assert not house.truth.run("SELECT * FROM door_request") + house.truth.run("SELECT * FROM door_link")


def test_a_surprise_of_ours_lets_the_letter_wait_and_takes_nothing_from_whoever_asked(open_post: OpenPost, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    house = open_post(peer.port)
    asks(house)
    with monkeypatch.context() as broken:
        broken.setattr("habitue.app.post.letter_writing.confirming", lambda *_: {}["nobody thought of that"])
        assert send_all(house) == 1
    assert (states(house), attempts(house)) == ([State.WAITING], [("waiting", "The letter could not be written (KeyError).")])
    assert after(house, MINUTE).send_some() == 1
    assert (peer.to, states(house)) == (["jeanne@example.org"], [State.SENT])


class Failing:
    """A store that says no where the link of a letter is written."""

    def __init__(self, truth: Any, no: Exception) -> None:
        self._truth, self._no = truth, no

    def __getattr__(self, name: str) -> Any:
        return getattr(self._truth, name)

    def run(self, sql: str, *more: Any) -> Any:
        if "INTO door_link" in sql:
            raise self._no
        return self._truth.run(sql, *more)


@pytest.mark.parametrize("no", [StoreError("The disk is full."), Busy("Another is writing.")], ids=["full", "busy"])
def test_what_the_store_says_no_to_waits(open_post: OpenPost, peer: Peer, no: Exception) -> None:
    house = open_post(peer.port)
    asks(house)
    room = post_room(replace(house, truth=Failing(house.truth, no)))
    with pytest.raises(type(no)):
        room.send_some()
    assert (states(house), attempts(house)) == ([State.WAITING], [])
    assert send_all(house) == 1


def test_a_password_that_cannot_be_spelt_lets_the_letter_wait_and_be_tried_again(open_post: OpenPost, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening_peer(user="shop") as peer:
        house = open_post(peer.port, relay=f"smtp://shop@127.0.0.1:{peer.port}")
        asks(house)
        asks(house, "good@example.org", "203.0.113.8")
        monkeypatch.setenv(PASSWORD, "señor")
        assert post_room(house).send_some() == 2
        assert states(house) == [State.WAITING] * 2
        assert attempts(house) == [("waiting", f"The letter could not be handed over (UnicodeEncodeError): look at relay and {PASSWORD}.")] * 2
        monkeypatch.setenv(PASSWORD, "right")
        assert after(house, MINUTE).send_some() == 2


def test_an_address_that_cannot_be_spelt_to_the_server_waits_and_is_not_repeated(peer: Peer) -> None:
    outcome = deliver(replace(MAIL, to="\ud800@b.co"), Relay("127.0.0.1", peer.port, must_secure=False))
    assert (outcome.state, "b.co" in outcome.answer, peer.raw) == (State.WAITING, False, [])


def test_a_sender_from_whom_no_letter_can_come_is_said_before_any_letter_is_touched(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port, sender="shop@intranet")
    asks(house)
    with pytest.raises(SettingsError, match="from the sender that the settings name"):
        relay_of(house.settings)
    assert states(house) == [State.WAITING]
