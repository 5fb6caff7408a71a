"""A shop that can send letters, to a peer that does as a test says, or to a real Postfix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from habitue.app import House
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import relay_of
from tests.cast import Shop, shop, thanks
from tests.post.peer import Peer, listening_peer
from tests.post.postfix import Postfix, postfix

__all__ = ["shop"]
OpenPost = Callable[..., House]


@pytest.fixture
def peer() -> Iterator[Peer]:
    """A mail server that takes every letter, until a test says otherwise."""
    with listening_peer() as made:
        yield made


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Postfix]:
    with postfix() as running:
        yield running


@pytest.fixture
def open_post(shop: Shop) -> Iterator[OpenPost]:
    """`open_post(port, today)` opens the shop on a day, with its letters going to that port; closed when the test is done."""
    with ExitStack() as opened:
        shop.book(thanks())

        def make(port: int, today: str = "2017-11-02", **changes: object) -> House:
            told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{port}", **changes}
            return opened.enter_context(shop.told(**told).open(today))

        yield make


def post_room(house: House) -> PostRoom:
    """The post room of an open house."""
    return PostRoom(house, relay_of(house.settings))


def send_all(house: House) -> int:
    """Sends everything whose time has come; gives how many attempts that took."""
    return sum(iter(post_room(house).send_some, 0))
