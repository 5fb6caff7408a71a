"""A new sender's first days: few words of his own accord leave, in the order of their turn; what somebody asked for leaves all the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import msgspec
import pytest

from habitue.app import House, plan_day
from habitue.app.her.saying import say_taste
from habitue.app.post.sending import post_today
from habitue.channels.letters import State, letters
from tests.post.peer import Peer
from tests.post.test_post_room import asks
from tests.post.test_touches import HOUR, house, send, shop, states

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


def test_a_word_that_a_provider_put_off_had_its_turn_and_takes_no_second_one(house: House, peer: Peer) -> None:
    plan_day(house)
    one, two = warming(house, "2017-11-02", 1), warming(house, "2017-11-02", 2)
    peer.on_data = "451 4.7.0 Too much from you"
    for minutes in range(0, 60, 2):
        send(one, minutes * 60)
    assert (len(peer.asked_for), len(set(peer.asked_for))) == (4, 1), "the same again, after a minute, five and fifteen; no other for it"
    peer.on_data = "250 2.0.0 Ok"
    send(two, 2 * HOUR)
    assert Counter(states(house).values()) == {State.SENT: 2, State.WAITING: 2}
    assert peer.asked_for[0] in peer.to


def test_a_server_that_is_away_has_heard_of_no_word(house: House, peer: Peer) -> None:
    plan_day(house)
    away = warming(replace(house, settings=msgspec.structs.replace(house.settings, relay="smtp://127.0.0.1:1")), "2017-11-02", 1)
    assert send(away) == 4, "none of them took the one turn"
    assert {each.answer[:41] for each in letters(house.truth, 9) if each.attempts} == {"The mail server cannot be reached (Connec"}
    send(warming(house, "2017-11-02", 1), 60)
    assert len(peer.to) == 1


def test_what_somebody_asked_for_is_never_held_up(house: House, peer: Peer) -> None:
    for number in range(3):
        asks(house, f"reader{number}@example.org", f"203.0.113.{number}")
    send(warming(house, "2017-11-03", 1))
    assert len(peer.to) == 3
