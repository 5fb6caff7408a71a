"""Of two who became one between two letters, one word leaves: not a second after the first, and not none because the first could not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from habitue.app import House, plan_day
from habitue.app.deciding import decided_now
from habitue.app.her.saying import say_taste
from habitue.app.merging import Pairing
from habitue.app.post.gate import open_gate
from habitue.channels.letters import State, letters
from habitue.identity.records import who_is
from tests.cast import CONSENTS, ORDERS, Shop, shop, veal, weekly
from tests.post.peer import Peer
from tests.post.test_touches import HOUR, send, states, written

__all__ = ["shop"]


@pytest.fixture
def house(shop: Shop, peer: Peer) -> Iterator[House]:
    """The shop with its meat put aside: veal for Mme Martin (`example.org`), and lamb for Zoé, who came after her and has another provider."""
    shop.bring("customers", "customer,since,given_name,email\nzoe,2017-02-02,Zoé,zoe@example.net\n")
    shop.bring("orders", ORDERS + weekly("zoe", product="lamb"))
    shop.bring("consents", CONSENTS + "zoe,advice,email,yes,2017-06-01\n")
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
    with written(shop.told(**told), veal(letter='"aside"', about='{ types = ["MEAT/VEAL", "MEAT/LAMB"] }')).open() as opened:
        open_gate(opened.settings, opened.clock.instant())
        plan_day(opened)
        yield opened


def become_one(house: House, peer: Peer) -> None:
    """The two turn out to be one; from then on her providers take every letter."""
    with house.truth.transaction():
        house.truth.next_seq(0)
        Pairing(house.truth, house.settings, "martin", "zoe", house.clock.instant()).merge()
    peer.on_rcpt_of = {}


def test_the_word_that_waited_does_not_leave_after_the_other(house: House, peer: Peer) -> None:
    peer.on_rcpt_of = {"example.org": "451 4.7.1 Greylisted"}
    send(house)
    assert (states(house)["martin"], states(house)["zoe"]) == (State.WAITING, State.SENT)
    become_one(house, peer)
    send(house, HOUR)
    assert (states(house)["martin"], states(house)["zoe"]) == (State.WITHDRAWN, State.SENT)
    assert "another_is_worth_more" in {each.answer for each in letters(house.truth, 20)}


def test_nor_after_one_that_nobody_knows_to_have_left(house: House, peer: Peer) -> None:
    peer.on_rcpt_of, peer.breaks_off = {"example.org": "451 4.7.1 Greylisted"}, True
    send(house)
    assert states(house)["zoe"] == State.IN_DOUBT
    become_one(house, peer)
    peer.breaks_off = False
    send(house, HOUR)
    assert states(house)["martin"] == State.WITHDRAWN


@pytest.mark.parametrize(("unwanted", "left"), [("", State.SENT), ("veal", State.SENT), ("lamb", State.WITHDRAWN)])
def test_where_the_first_was_refused_the_other_leaves_unless_its_own_thing_is_unwanted(house: House, peer: Peer, unwanted: str, left: State) -> None:
    peer.on_rcpt_of = {"example.org": "550 5.1.1 nobody here", "example.net": "451 4.7.1 Greylisted"}
    send(house)
    assert (states(house)["martin"], states(house)["zoe"]) == (State.FAILED, State.WAITING)
    become_one(house, peer)
    if unwanted:
        say_taste(house, "zoe", unwanted, -1, "")
    send(house, HOUR)
    assert states(house)["zoe"] == left


def test_what_stands_for_her_today_is_the_word_that_left(house: House, peer: Peer) -> None:
    peer.on_rcpt_of = {"example.org": "550 5.1.1 nobody here"}
    send(house)
    become_one(house, peer)
    hers = who_is(house.truth, "customer", ["martin", "zoe"])
    (lamb,) = house.truth.run("SELECT item_id FROM touch_fact WHERE day = ? AND profile_id = ?", (house.today, hers["zoe"].profile_id))
    now = decided_now(house, hers["martin"].customer_id)
    assert (now or {})["item_id"] == lamb[0]


def test_what_a_file_tells_of_today_is_no_other_word_of_our_plan(house: House, peer: Peer) -> None:
    told = Shop(house.settings, house.settings.data.parent / "desk")
    told.bring("touches", "customer,action,kind,channel,at,touch\nzoe,veal-aside,set-aside,shop,2017-11-02T05:00:00,by hand\n")
    send(house)
    assert states(house)["zoe"] == State.SENT
