"""The two threads of the intake: whoever waits for an answer goes before what is to be sorted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from habitue.app.collect import intake as intake_module
from habitue.app.collect.intake import REST, Intake
from habitue.events.arrivals import WriteKey
from habitue.store import Settings, Truth
from habitue.web.collecting import Collecting
from habitue.words.errors import Busy

SLICE_SECONDS = 0.02
SLICES = 5
PATIENCE_SECONDS = 20.0


class Slices:
    """A sorter that always has more to do until it is sent home; it keeps from when until when each of its slices lasted."""

    def __init__(self) -> None:
        self.told: list[tuple[float, float]] = []
        self.is_home = False

    def sort_some(self) -> int:
        began = time.monotonic()
        time.sleep(SLICE_SECONDS)
        self.told.append((began, time.monotonic()))
        return 0 if self.is_home else 1


def test_sorting_rests_as_long_as_it_works_while_a_request_is_being_written_down(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    is_begun, is_enough, answers, sorter = threading.Event(), threading.Event(), list[Exception | None](), Slices()
    monkeypatch.setattr(intake_module, "Sorter", lambda *_what: sorter)
    intake = Intake(settings)
    writing_down = intake._commit

    def slowly(taken: list[intake_module.Waiting]) -> Exception | None:
        is_begun.set()
        assert is_enough.wait(PATIENCE_SECONDS)
        return writing_down(taken)

    monkeypatch.setattr(intake, "_commit", slowly)
    with intake:
        intake.put("WK_TEST", "", is_quiet=False, body=b"{}", tell=answers.append)
        assert is_begun.wait(PATIENCE_SECONDS)
        first = len(sorter.told) + 1  # the slice that was under way had no reason yet to rest
        while len(sorter.told) < first + SLICES:
            time.sleep(SLICE_SECONDS)
        slices = sorter.told[first : first + SLICES]
        is_enough.set()
        while not answers:
            time.sleep(SLICE_SECONDS)
        sorter.is_home = True
    assert answers == [None]
    assert all(begins - ended >= REST * (ended - began) for (began, ended), (begins, _) in pairwise(slices)), slices


def until(is_so: Callable[[], object]) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(SLICE_SECONDS)


def test_sorting_begins_once_the_house_that_was_taken_can_be_opened(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    sorter, is_taken, open_up = Slices(), iter([Busy("Another writes."), ValueError("a driver's own")]), intake_module.open_up
    sorter.is_home = True

    def opened(of: Settings) -> Truth:
        for wrong in is_taken:
            raise wrong
        return open_up(of)

    intake = Intake(settings)
    monkeypatch.setattr(intake_module, "Sorter", lambda *_what: sorter)
    monkeypatch.setattr(intake_module, "LOOK_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(intake_module, "open_up", opened)
    with intake:
        until(lambda: sorter.told)


def test_keys_that_cannot_be_read_keep_nobody_waiting(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_truth: Truth) -> dict[str, WriteKey]:
        raise ValueError("a driver's own")

    answers = list[Exception | None]()
    monkeypatch.setattr(intake_module, "KEYS_ARE_FRESH_SECONDS", 0.0)
    with Intake(settings) as intake:
        monkeypatch.setattr(intake_module, "write_keys", broken)
        for number in (1, 2, 3):
            intake.put("WK_TEST", "", is_quiet=False, body=b"{}", tell=answers.append)
            until(lambda number=number: len(answers) == number)  # type: ignore[misc]
            time.sleep(0.05)
    assert answers == [None] * 3


def test_whoever_is_not_written_down_in_time_is_told_so(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habitue.web.collecting.WRITING_SECONDS", 0.1)
    intake = Intake(settings)  # nobody begins its threads
    intake.keys = {"WK_TEST": WriteKey("WK_TEST", "shop", "", True)}
    with closing(intake._truth):
        client = TestClient(Collecting(Starlette(), intake))
        answer = client.post("/v1/track", json={"writeKey": "WK_TEST", "event": "Seen", "anonymousId": "a", "messageId": "1"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
