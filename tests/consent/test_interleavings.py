"""Her word and the claim at once, in several processes, as a state machine: a hundred races in the suite, a hundred thousand by `make bench`."""

from __future__ import annotations

from habitue.store import Settings
from tests.cast import Shop
from tests.consent.interleavings import late_by_the_books, late_by_the_clock, run, track_at


def test_nothing_is_claimed_after_a_withdrawal_however_they_fall(settings: Settings) -> None:
    with track_at(settings, times=100, processes=3) as track:
        run(track)
    assert track.races == 100
    assert {call.is_claimed for call in track.calls if call.what == "claim"} == {True, False}
    assert late_by_the_clock(track.calls) == []
    with Shop(settings, settings.data.parent / "desk").open() as house:
        assert late_by_the_books(house) == []
