"""The thread that sends what waits, for as long as the house is served."""

from __future__ import annotations

import itertools
import logging
import threading
import time

import pytest

from habitue.app import House
from habitue.app.post import post_worker
from habitue.app.post.post_room import PostRoom
from habitue.app.post.post_worker import LONGEST_WAIT_SECONDS, LOOK_AGAIN_SECONDS, PostWorker
from habitue.store import Settings
from habitue.words.errors import BookError, Busy
from tests.post.conftest import OpenPost, shop

__all__ = ["shop"]


def test_the_post_room_opens_once_the_house_can_be_opened(open_post: OpenPost, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, is_at_work, open_house = open_post(1).settings, threading.Event(), post_worker.open_house
    is_closed = iter([Busy("Another writes."), BookError("a.toml", 1, "a mistake"), ValueError("a driver's own")])

    def opened(of: Settings) -> House:
        for wrong in is_closed:
            raise wrong
        return open_house(of)

    def tried(_room: PostRoom) -> int:
        is_at_work.set()
        return 0

    monkeypatch.setattr(post_worker, "open_house", opened)
    monkeypatch.setattr(post_worker, "LOOK_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(PostRoom, "send_some", tried)
    with PostWorker(settings):
        assert is_at_work.wait(10)


def test_what_keeps_the_letters_is_said_once_until_it_changes_and_asked_less_often(
    open_post: OpenPost, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings, tries, is_enough = open_post(1).settings, list[float](), threading.Event()

    def opened(_of: Settings) -> House:
        tries.append(time.monotonic())
        if len(tries) == 7:
            is_enough.set()
        raise BookError("a.toml", 1 if len(tries) < 6 else 2, "a mistake")

    monkeypatch.setattr(post_worker, "open_house", opened)
    monkeypatch.setattr(post_worker, "LOOK_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(post_worker, "LONGEST_WAIT_SECONDS", 0.3)
    with PostWorker(settings):
        assert is_enough.wait(20)
    waits = [after - before for before, after in itertools.pairwise(tries[:7])]
    assert [wait >= at_least for wait, at_least in zip(waits, (0.05, 0.1, 0.2, 0.3, 0.3, 0.3), strict=True)] == [True] * 6
    said = [record.getMessage() for record in caplog.records if (record.name, record.levelno) == ("habitue.post", logging.ERROR)]
    assert (len(said), LOOK_AGAIN_SECONDS < LONGEST_WAIT_SECONDS) == (2, True)


def test_what_went_well_in_between_is_forgotten(open_post: OpenPost, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    settings, rounds, is_enough = open_post(1).settings, iter([Busy("a"), Busy("a"), None, Busy("a"), Busy("a")]), threading.Event()

    def tried(_room: PostRoom) -> int:
        for wrong in rounds:
            if wrong:
                raise wrong
            return 1
        is_enough.set()
        return 0

    monkeypatch.setattr(PostRoom, "send_some", tried)
    monkeypatch.setattr(post_worker, "LOOK_AGAIN_SECONDS", 0.01)
    with PostWorker(settings):
        assert is_enough.wait(20)
    assert [record.getMessage() for record in caplog.records if record.name == "habitue.post"] == ["letters wait: a"] * 2
