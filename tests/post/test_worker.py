"""The thread that sends what waits, for as long as the house is served."""

from __future__ import annotations

import threading

import pytest

from habitue.app import House, post_room
from habitue.app.post_room import PostRoom, PostWorker
from habitue.store import Settings
from habitue.words.errors import BookError, Busy
from tests.post.conftest import OpenPost, shop

__all__ = ["shop"]


def test_the_post_room_opens_once_the_house_can_be_opened(open_post: OpenPost, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, is_at_work, open_house = open_post(1).settings, threading.Event(), post_room.open_house
    is_closed = iter([Busy("Another writes."), BookError("a.toml", 1, "a mistake"), ValueError("a driver's own")])

    def opened(of: Settings) -> House:
        for wrong in is_closed:
            raise wrong
        return open_house(of)

    def tried(_room: PostRoom) -> int:
        is_at_work.set()
        return 0

    monkeypatch.setattr(post_room, "open_house", opened)
    monkeypatch.setattr(post_room, "LOOK_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(post_room, "_tried", tried)
    with PostWorker(settings):
        assert is_at_work.wait(10)
