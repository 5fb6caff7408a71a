"""The gate whose file cannot be read is closed, and opened again it lets nothing out that may have left before a backup came back."""

from __future__ import annotations

import pytest

from habitue.app.post.gate import FILE, close_gate, keep_closed_until, may_leave_on, open_gate, opened_at
from habitue.store import Settings
from habitue.words.clock import instant_of

TODAY = 20_000


@pytest.mark.parametrize("found", [b"", b'{"opened_at":1,"at":[1,2', b'{"opened_at":1,"\xff":1}', b"{}"], ids=["empty", "torn", "no text", "nothing"])
def test_a_gate_that_cannot_be_read_is_closed_and_opens_for_the_day_after(settings: Settings, found: bytes) -> None:
    now = instant_of(TODAY, 12, settings.zone)
    settings.data.mkdir(parents=True, exist_ok=True)
    keep_closed_until(settings, TODAY)
    (settings.data / FILE).write_bytes(found)
    assert (opened_at(settings), may_leave_on(settings, TODAY)) == (0, False)
    close_gate(settings)
    open_gate(settings, now)
    assert (opened_at(settings), may_leave_on(settings, TODAY), may_leave_on(settings, TODAY + 1)) == (now, False, True)


def test_a_gate_that_was_never_opened_opens_for_this_very_day(settings: Settings) -> None:
    settings.data.mkdir(parents=True, exist_ok=True)
    open_gate(settings, instant_of(TODAY, 12, settings.zone))
    assert may_leave_on(settings, TODAY)
