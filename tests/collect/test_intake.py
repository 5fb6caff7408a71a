"""The two threads of the intake: whoever waits for an answer goes before what is to be sorted."""

from __future__ import annotations

import threading
import time
from itertools import pairwise

import pytest

from habitue.app.collect import intake as intake_module
from habitue.app.collect.intake import REST, Intake
from habitue.store import Settings

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
