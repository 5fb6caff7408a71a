"""Nothing of hers is sent to an address that only a browser told, and a button pressed there says no yes of hers."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from habitue.app import House
from habitue.app.collect.sorting import Sorter
from habitue.app.welcoming import _who
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.identity.records import vouched, who_have, who_is
from tests.cast import Shop, shop, thanks

__all__ = ["shop"]
EVIL = "evil@attacker.example"


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.book(thanks()).open() as opened:
        yield opened


def told(house: House, is_server: bool, traits: dict[str, str]) -> None:
    """A message by a browser's key, or by a server's: martin has that address."""
    said = {"type": "identify", "userId": "martin", "traits": traits, "messageId": f"m{is_server}{len(traits['email'])}"}
    with house.truth.transaction():
        add_write_key(house.truth, WriteKey(f"WK{is_server}", f"site {is_server}", "", is_server, 1))
        write_down(house.truth, [(f"WK{is_server}", house.clock.instant(), "batch", 0, json.dumps({"batch": [said]}).encode())])
    while Sorter(house.truth, house.settings).sort_some():
        pass


def test_an_address_that_a_browser_told_is_hers_to_be_recognised_and_not_to_be_written_to(house: House) -> None:
    told(house, False, {"email": EVIL})
    martin = who_is(house.truth, "customer", ["martin"])["martin"]
    assert martin in who_have(house.truth, "email", [EVIL])[EVIL].who
    assert vouched(house.truth, "email", EVIL) == set()
    with house.truth.transaction():
        assert _who(house, EVIL, house.clock.instant()).customer_id != martin.customer_id
    assert "jeanne@example.org" not in EVIL
    assert vouched(house.truth, "email", "jeanne@example.org") == {martin.profile_id}


def test_a_server_vouches_for_it_and_what_a_browser_says_later_takes_nothing_back(house: House) -> None:
    told(house, True, {"email": EVIL})
    told(house, False, {"email": EVIL})
    martin = who_is(house.truth, "customer", ["martin"])["martin"]
    assert vouched(house.truth, "email", EVIL) == {martin.profile_id}
