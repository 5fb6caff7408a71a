"""Of several addresses that the profiles of one customer tell, letters of hers go to the first that not only a browser told."""

from __future__ import annotations

import json

import pytest

from habitue.app import House, plan_day
from habitue.app.collect.sorting import Sorter
from habitue.app.door import request_fresh_link_of
from habitue.app.merging import Pairing
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.identity.records import who_is
from tests.cast import CONSENTS, ORDERS, Shop, weekly
from tests.post.peer import Peer
from tests.post.test_touches import HOUR, house, send, shop

__all__ = ["house", "shop"]
EVIL, HERS = "thief@evil.example", "zoe@example.net"


@pytest.fixture
def joined(house: House) -> House:
    """The shop in which Nemo, of whom a browser alone told an address, turned out to be Zoé, of whom a file told hers."""
    shop = Shop(house.settings, house.settings.data.parent / "desk")
    shop.bring("customers", "customer,since,given_name\nnemo,2017-02-02,Nemo\n")
    told = {"type": "identify", "userId": "nemo", "traits": {"email": EVIL}, "messageId": "m1"}
    with house.truth.transaction():
        add_write_key(house.truth, WriteKey("WK", "site", "", is_server=False))
        write_down(house.truth, [("WK", house.clock.instant() - HOUR, "identify", 0, json.dumps(told).encode())])
    assert Sorter(house.truth, house.settings).sort_some()
    shop.bring("customers", f"customer,since,given_name,email\nzoe,2017-02-02,Zoé,{HERS}\n")
    shop.bring("orders", ORDERS + weekly("zoe"))
    shop.bring("consents", CONSENTS + "zoe,advice,email,yes,2017-06-01\nnemo,advice,email,yes,2017-06-01\n")
    with house.truth.transaction():
        house.truth.next_seq(0)
        Pairing(house.truth, house.settings, "nemo", "zoe", house.clock.instant()).merge()
    return house


def test_a_word_goes_to_the_address_that_a_file_told(joined: House, peer: Peer) -> None:
    plan_day(joined)
    send(joined)
    assert HERS in peer.to
    assert EVIL not in peer.to


def test_a_fresh_link_that_an_old_one_asked_for_goes_there_too(joined: House, peer: Peer) -> None:
    nemo = who_is(joined.truth, "customer", ["nemo"])["nemo"]
    request_fresh_link_of(joined, nemo.profile_id, "en")
    send(joined)
    assert peer.to == [HERS]
