"""Where the books of our own words are not whole, only the letter that they tell of is touched: what somebody asked for leaves, and so do the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from habitue.app import House, plan_day
from habitue.app.post.relaying import Line
from habitue.app.post.sending import post_today
from habitue.channels.email.mail import Mail
from habitue.channels.letters import Outcome, State
from tests.cast import shop
from tests.post.peer import Peer
from tests.post.test_post_room import asks
from tests.post.test_touches import HOUR, house, send, states

__all__ = ["house", "shop"]


def lose(house: House, customer: str) -> None:
    """Takes a planned word out of the truth, as whatever went wrong once might have."""
    her = "SELECT profile_id FROM identifier WHERE kind = 'customer' AND value = ?"
    house.truth.run(f"DELETE FROM touch_fact WHERE touch_id IN (SELECT touch_id FROM letter WHERE profile_id IN ({her}))", (customer,))


def test_a_touch_whose_plan_is_lost_ends_by_itself_and_holds_up_no_other(house: House, peer: Peer, caplog: pytest.LogCaptureFixture) -> None:
    plan_day(house)
    post_today(house)
    lose(house, "martin")
    send(house, 16 * HOUR)
    assert set(states(house).values()) == {State.EXPIRED}
    assert house.truth.run("SELECT count(*) FROM touch_step WHERE step = 2") == [(len(states(house)) - 1,)], "the others gave back what they took"
    assert "No touch of the number" in caplog.text


@pytest.mark.parametrize(
    "broken", ["habitue.app.post.post_room.post_today", "habitue.app.post.post_room.end_what_is_over", "habitue.decide.alone.Alone.make_ready"]
)
def test_no_book_of_our_own_words_stands_before_what_somebody_asked_for(house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    plan_day(house)
    asks(house, "lea@example.org")
    monkeypatch.setattr(broken, breaks)
    with pytest.raises(KeyError):
        send(house)
    assert peer.to == ["lea@example.org"]


def breaks(*_: object) -> None:
    raise KeyError("nobody thought of that")


def test_what_the_server_says_no_to_is_kept_though_its_plan_is_lost_on_the_way(house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_day(house)
    peer.on_rcpt = "550 5.1.1 nobody here"
    begun = Line.deliver

    def and_it_is_lost(line: Line, mail: Mail, is_ours: Callable[[], bool]) -> Outcome:
        lose(house, "martin")
        return begun(line, mail, is_ours)

    monkeypatch.setattr(Line, "deliver", and_it_is_lost)
    send(house)
    assert set(states(house).values()) == {State.FAILED}
