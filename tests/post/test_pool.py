"""One line carries many letters; where it breaks, another is made, and only a letter whose text the server had is in doubt. A "not now" is one provider's."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habitue.app import House
from habitue.app.post.relaying import LETTERS_A_LINE, Line, NotNow, Relay
from habitue.channels.email.pace import ENOUGH, MINUTE_SECONDS, RESTS_SECONDS, Pace, Paces, answered, begun, most_on, next_at
from habitue.channels.letters import Outcome, State
from tests.post.conftest import OpenPost, send_all
from tests.post.peer import Peer
from tests.post.postfix import Postfix
from tests.post.scripted import Scripted, scripted
from tests.post.test_post_room import MAIL, MINUTE, after, asks, attempts, states

SENT = Outcome(State.SENT, "250 2.0.0 queued as Q9")


def line_to(server: Scripted) -> Line:
    return Line(Relay("127.0.0.1", server.port, must_secure=False))


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habitue.app.post.relaying.TALK_SECONDS", 0.5)


def test_many_letters_go_over_one_line_and_it_is_parted_from_in_peace() -> None:
    with scripted({}) as server:
        with closing(line_to(server)) as line:
            assert [line.deliver(MAIL) for _ in range(5)] == [SENT] * 5
        assert (server.lines, len(server.got), server.steps.count("RSET"), server.steps[-1]) == (1, 5, 4, "QUIT")


def test_a_line_that_has_carried_enough_is_changed_for_another() -> None:
    with scripted({}) as server:
        with closing(line_to(server)) as line:
            assert {line.deliver(MAIL).state for _ in range(LETTERS_A_LINE + 1)} == {State.SENT}
        assert (server.lines, len(server.got)) == (2, LETTERS_A_LINE + 1)


@pytest.mark.parametrize("step", ["RSET", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("manner", ["hang up", "silence", "421 4.3.2 closing"])
def test_a_kept_line_that_is_gone_is_made_anew_and_the_letter_leaves_once(step: str, manner: str) -> None:
    with scripted({(1, 2, step): manner}) as server, closing(line_to(server)) as line:
        assert [line.deliver(MAIL) for _ in range(3)] == [SENT] * 3
        assert (server.lines, len(server.got)) == (2, 3)


@pytest.mark.parametrize("manner", ["hang up", "silence"])
def test_the_letter_whose_text_it_had_is_in_doubt_and_the_next_goes_over_another_line(manner: str) -> None:
    with scripted({(1, 2, "."): manner}) as server, closing(line_to(server)) as line:
        assert [line.deliver(MAIL).state for _ in range(4)] == [State.SENT, State.IN_DOUBT, State.SENT, State.SENT]
        assert (server.lines, len(server.got)) == (2, 4), "none is told twice"


def test_a_server_that_takes_no_more_over_one_line_gets_another() -> None:
    with scripted({(1, 3, "MAIL"): "452 4.5.3 too many"}) as server, closing(line_to(server)) as line:
        assert [line.deliver(MAIL) for _ in range(4)] == [SENT] * 4
        assert server.lines == 2


def test_a_server_that_does_not_begin_anew_gets_another_line() -> None:
    with scripted({(1, 2, "RSET"): "502 5.5.1 no such step"}) as server, closing(line_to(server)) as line:
        assert [line.deliver(MAIL), line.deliver(MAIL)] == [SENT] * 2
        assert server.lines == 2


@pytest.mark.parametrize("manner", ["late", "354 go on", "199 what?", "221 2.0.0 Bye", "220 peer ready"])
def test_a_line_on_which_an_answer_came_late_or_was_none_carries_no_other_letter(manner: str) -> None:
    with scripted({(1, 1, "."): manner}) as server, closing(line_to(server)) as line:
        assert [line.deliver(MAIL).state, line.deliver(MAIL).state] == [State.IN_DOUBT, State.SENT]
        assert (server.lines, len(server.got)) == (2, 2)


@pytest.mark.parametrize("said", ["250 2.1.0 Ok", "199 what?"])
def test_a_server_that_is_a_step_behind_is_told_no_text_and_the_letter_goes_over_another_line(said: str) -> None:
    with scripted({(1, 2, "DATA"): said}) as server, closing(line_to(server)) as line:
        assert [line.deliver(MAIL) for _ in range(3)] == [SENT] * 3
        assert (server.lines, len(server.got)) == (2, 3)
    with scripted({(1, 1, "DATA"): said}) as server, closing(line_to(server)) as line:
        assert (line.deliver(MAIL).state, len(server.got), line.deliver(MAIL)) == (State.WAITING, 0, SENT)


def test_a_server_that_says_not_now_to_whoever_begins_is_asked_once() -> None:
    with scripted({(1, 1, "MAIL"): "451 4.3.0 later"}) as server, closing(line_to(server)) as line:
        assert line.deliver(MAIL) == Outcome(State.WAITING, "451 4.3.0")
        assert server.lines == 1


@pytest.mark.parametrize(
    ("step", "said", "state"), [("RCPT", "550 5.1.1 no", State.FAILED), ("RCPT", "451 4.7.1 grey", State.WAITING), (".", "554 5.7.1 no", State.FAILED)]
)
def test_a_reader_who_is_refused_costs_the_next_nothing(step: str, said: str, state: State) -> None:
    with scripted({(1, 1, step): said}) as server, closing(line_to(server)) as line:
        assert [line.deliver(MAIL).state, line.deliver(MAIL).state] == [state, State.SENT]
        assert (server.lines, server.steps.count("RSET")) == (1, 1)


def test_of_a_not_now_it_is_known_whose_it_is() -> None:
    script = {(1, 1, "RCPT"): "451 4.7.1 grey", (1, 2, "."): "452 4.2.2 full", (1, 3, "DATA"): "451 4.3.0 later", (2, 1, "DATA"): "451 4.3.0 later"}
    with scripted(script) as server, closing(line_to(server)) as line:
        assert [type(line.deliver(MAIL)) for _ in range(3)] == [NotNow, NotNow, Outcome]


def test_a_slow_server_is_waited_for() -> None:
    with scripted({(1, 1, "."): "slow"}) as server, closing(line_to(server)) as line:
        assert line.deliver(MAIL) == SENT


def test_fifty_letters_reach_a_real_mail_server_over_one_line(mail_server: Postfix) -> None:
    mail_server.empty()
    with closing(Line(Relay("127.0.0.1", mail_server.port, must_secure=False))) as line:
        outcomes = [line.deliver(replace(MAIL, to=f"reader{number}@example.org")) for number in range(50)]
    assert {outcome.state for outcome in outcomes} == {State.SENT}
    assert len(mail_server.letters(50)) == 50
    until = time.monotonic() + 30
    while " mail=50 rcpt=50 data=50 rset=49 quit=1 " not in (mail_server.home / "log").read_text():
        assert time.monotonic() < until, (mail_server.home / "log").read_text()
        time.sleep(0.05)


# one provider's pace


def of_domains(house: House, *addresses: str) -> None:
    for at, address in enumerate(addresses):
        asks(house, address, f"203.0.113.{at + 10}")


def test_a_provider_that_says_not_now_rests_and_the_letters_to_others_go_on(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    of_domains(house, "a@grey.example", "b@grey.example", "c@grey.example", "d@example.org")
    peer.on_rcpt_of = {"grey.example": "451 4.7.1 Greylisted"}
    assert send_all(house) == 4
    assert (peer.to, peer.asked_for) == (["d@example.org"], ["a@grey.example", "d@example.org"])
    assert sorted(attempts(house)) == [("sent", "250 2.0.0 queued as ABC123"), ("waiting", "451 4.7.1")]
    peer.on_rcpt_of = {}
    assert after(house, MINUTE - 1).send_some() == 0
    assert after(house, MINUTE).send_some() == 3
    assert (states(house), len(attempts(house))) == ([State.SENT] * 4, 5)


def test_a_provider_gets_no_more_letters_a_minute_than_the_settings_say(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port, letters_a_minute=2)
    of_domains(house, "a@one.example", "b@one.example", "c@one.example", "d@other.example")
    assert send_all(house) == 4
    assert sorted(peer.to) == ["a@one.example", "b@one.example", "d@other.example"]
    assert after(house, MINUTE).send_some() == 1
    assert [outcome for outcome, _ in attempts(house)] == ["sent"] * 4


def test_rests_grow_and_any_other_answer_ends_them() -> None:
    pace, now, rests = Pace(), 1_000, []
    for _ in range(len(RESTS_SECONDS) + 1):
        pace = answered(begun(pace, now), True, now)
        rests.append(next_at(pace, now, 0) - now)
        now = pace.rests_until
    assert rests == [*RESTS_SECONDS, RESTS_SECONDS[-1]]
    pace = answered(pace, False, now)
    assert next_at(pace, now, 0) == now
    assert next_at(answered(pace, True, now), now, 0) == now + RESTS_SECONDS[0]


@given(st.lists(st.integers(0, 90), max_size=60), st.integers(1, 5))
def test_no_minute_that_began_with_a_letter_holds_more_than_it_may(waits: list[int], most: int) -> None:
    pace, now, gone = Pace(), 0, []
    for wait in waits:
        now += wait
        if next_at(pace, now, most) <= now:
            pace = begun(pace, now)
            gone.append((pace.minute_at, now))
    for minute in {began for began, _ in gone}:
        assert sum(began == minute and at < minute + 60 for began, at in gone) <= most


@pytest.mark.parametrize("ahead", [3_601, 86_400, 400 * 86_400])
def test_a_clock_that_was_ahead_lets_no_provider_rest_once_it_is_right(ahead: int) -> None:
    now, paces = 1_800_000_000, Paces(1)
    paces.begun("grey.example", now + ahead)
    assert paces.next_at("grey.example", now) == now
    paces.begun("grey.example", now)
    assert paces.next_at("grey.example", now) == now + MINUTE_SECONDS
    paces.answered("grey.example", True, now + ahead)
    assert paces.next_at("grey.example", now + MINUTE_SECONDS) == now + MINUTE_SECONDS


def test_a_provider_that_rests_is_never_forgotten_among_many() -> None:
    paces = Paces(0)
    paces.begun("grey.example", 0)
    paces.answered("grey.example", True, 0)
    for number in range(3_000):
        paces.begun(f"{number}.example", 100)
    assert paces.next_at("grey.example", 10) == RESTS_SECONDS[0]


# a sender whom nobody knows yet


def test_a_new_sender_begins_with_few_letters_and_half_as_many_again_each_day() -> None:
    assert [most_on(day, 100, 50) for day in (99, 100, 101, 102, 103)] == [0, 50, 75, 112, 168]
    days = next(day for day in range(100) if most_on(100 + day, 100, 50) is None)
    assert (days, most_on(100 + days - 1, 100, 50)) == (19, 73_894)


@given(st.integers(0, 40), st.integers(1, ENOUGH))
def test_no_day_of_a_warm_up_is_smaller_than_the_one_before(day: int, first: int) -> None:
    one, next_one = most_on(day, 0, first), most_on(day + 1, 0, first)
    assert next_one is None or (one is not None and one <= next_one)
