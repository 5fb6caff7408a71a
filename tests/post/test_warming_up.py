"""A new sender's first days: few words of his own accord leave, in the order of their turn; what somebody asked for leaves all the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import msgspec
import pytest

from habitue.app import House, plan_day
from habitue.app.her_saying import say_taste
from habitue.app.sending import post_today
from habitue.channels.letters import State
from tests.post.peer import Peer
from tests.post.test_post_room import asks
from tests.post.test_touches import house, send, shop, states

__all__ = ["house", "shop"]


def warming(house: House, begun_on: str, letters: int) -> House:
    return replace(house, settings=msgspec.structs.replace(house.settings, warm_up_from=begun_on, warm_up_letters=letters))


@pytest.mark.parametrize(("begun_on", "letters", "left"), [("2017-11-02", 1, 1), ("2017-11-01", 1, 1), ("2017-10-31", 1, 2), ("2017-11-03", 50, 0), ("", 1, 4)])
def test_no_more_words_leave_than_the_day_of_a_warm_up_allows(house: House, peer: Peer, begun_on: str, letters: int, left: int) -> None:
    plan_day(house)
    send(warming(house, begun_on, letters))
    send(warming(house, begun_on, letters), 60)
    assert Counter(states(house).values())[State.SENT] == len(peer.to) == left
    assert len(states(house)) == 4


def test_a_word_that_was_withdrawn_takes_nobody_s_turn(house: House, peer: Peer) -> None:
    plan_day(house)
    post_today(house)
    first = next(iter(reversed(states(house))))
    say_taste(house, first, "veal", -1, "")
    send(warming(house, "2017-11-02", 1))
    assert states(house)[first] == State.WITHDRAWN
    assert len(peer.to) == 1


def test_what_somebody_asked_for_is_never_held_up(house: House, peer: Peer) -> None:
    for number in range(3):
        asks(house, f"reader{number}@example.org", f"203.0.113.{number}")
    send(warming(house, "2017-11-03", 1))
    assert len(peer.to) == 3
