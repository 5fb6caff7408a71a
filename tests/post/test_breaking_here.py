"""What breaks on our side at one letter holds up no other: before the mail server has it, it waits; from then on it is in doubt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

import habitue.app.post.post_room as room
from habitue.app import House, plan_day
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import Line
from habitue.channels.email.mail import Mail
from habitue.channels.email.signing_keys import make_keys
from habitue.channels.letters import Outcome, State
from habitue.store import Truth, open_truth
from habitue.words.errors import StoreError
from tests.cast import Shop
from tests.post.conftest import post_room
from tests.post.peer import Peer
from tests.post.test_post_room import asks
from tests.post.test_touches import house, send, shop, states

__all__ = ["house", "shop"]
HERS = "jeanne@example.org"


def breaks(whole: Callable[..., Any], is_hers: Callable[..., bool]) -> Callable[..., Any]:
    """The same, but that it breaks where it is about hers."""

    def broken(*told: Any) -> Any:
        if is_hers(*told):
            raise ValueError("surprise")
        return whole(*told)

    return broken


def counted(house: House) -> int:
    """How many words count as said."""
    return int(house.truth.run("SELECT count(*) FROM touch_step WHERE step = 1")[0][0])


def states_of_words(house: House) -> list[State]:
    return [State(state) for (state,) in house.truth.run("SELECT state FROM letter WHERE kind = 'touch'")]


def test_a_letter_that_cannot_be_signed_waits_and_the_others_leave(house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    make_keys(house.settings.data, "shop@example.org")
    plan_day(house)
    with monkeypatch.context() as broken:
        broken.setattr(room, "signed", breaks(room.signed, lambda raw, _keys: HERS.encode() in raw))
        send(house)
    assert (states(house)["martin"], states(house)["karim"]) == (State.WAITING, State.SENT)
    assert counted(house) == len(peer.to) == len(states(house)) - 1
    send(house, 60)
    assert set(states(house).values()) == {State.SENT}


def test_one_that_breaks_while_the_server_may_have_it_is_in_doubt_and_the_others_leave(house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_day(house)
    monkeypatch.setattr(Line, "deliver", breaks(Line.deliver, lambda _line, mail, _is_ours: mail.to == HERS))
    send(house)
    assert (states(house)["martin"], states(house)["karim"]) == (State.IN_DOUBT, State.SENT)
    assert counted(house) == len(states(house))


def test_one_that_cannot_be_settled_holds_up_no_other_and_is_in_doubt_when_its_time_is_over(house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_day(house)
    with monkeypatch.context() as broken:
        broken.setattr(PostRoom, "_settle", breaks(PostRoom._settle, lambda _room, _letter, _outcome: peer.to == [HERS]))
        send(house)
    assert (states(house)["martin"], states(house)["karim"]) == (State.SENDING, State.SENT)
    send(house, 11 * 60)
    assert states(house)["martin"] == State.IN_DOUBT
    assert peer.to.count(HERS) == 1


@pytest.fixture
def writer(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Truth]:
    """Somebody else, for whom nobody in this house waits long."""
    monkeypatch.setattr("habitue.store.truth.BUSY_MILLISECONDS", 100)
    with closing(open_truth(shop.settings)) as opened:
        yield opened


def test_what_the_server_said_is_written_down_although_somebody_else_writes_for_long(
    writer: Truth, house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_day(house)
    asks(house, "reader@example.org")
    deliver, is_taken = Line.deliver, threading.Event()

    def write() -> None:
        with writer.transaction():
            writer.next_seq(0)
            is_taken.set()
            time.sleep(1)

    writing = threading.Thread(target=write)

    def delivered(line: Line, mail: Mail, is_ours: Callable[[], bool]) -> Outcome:
        outcome = deliver(line, mail, is_ours)
        if not is_taken.is_set():
            writing.start()
            assert is_taken.wait(10)
        return outcome

    monkeypatch.setattr(Line, "deliver", delivered)
    send(house)
    writing.join()
    assert {State(state) for (state,) in house.truth.run("SELECT state FROM letter")} == {State.SENT}
    assert peer.to.count("reader@example.org") == 1


def test_what_somebody_asked_for_leaves_where_nobody_can_be_judged(house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_day(house)
    asks(house, "reader@example.org")

    def full(*_told: Any) -> None:
        raise StoreError("the files for judgement cannot be written")

    with monkeypatch.context() as broken:
        broken.setattr(House, "when", full)
        with pytest.raises(StoreError):
            post_room(house).send_some()
    assert (peer.to, set(states_of_words(house))) == (["reader@example.org"], {State.WAITING})
    send(house)
    assert len(peer.to) == 1 + len(states_of_words(house))
