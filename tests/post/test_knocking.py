"""Nobody can have somebody else's inbox filled by us: whatever is typed, by whomever, from wherever, and however often."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habitue.app.door import request_fresh_link, request_fresh_link_of
from habitue.app.knocking import MOST_BY_NETWORK, REST_SECONDS, Verdict, is_stopped, knock, release
from habitue.channels.email.address import mailbox_of
from habitue.channels.letters import Kind
from habitue.identity.her_links import read_link
from habitue.identity.records import who_is
from habitue.store import Truth, load_settings, open_truth
from habitue.words.clock import StoppedClock
from habitue.words.errors import Busy
from tests.post.conftest import OpenPost, send_all
from tests.post.peer import Peer, links_in, text_of
from tests.post.test_post_room import asks

KEY = bytes(range(32))
SPELLINGS = (
    "jeanne@example.org",
    "JEANNE@Example.ORG",
    "jeanne+1@example.org",
    "jeanne+x.y@example.org",
    "j.e@gmail.com",
    "je+2@gmail.com",
    "lucie@example.org",
)
KNOCKS = st.lists(
    st.tuples(st.sampled_from(SPELLINGS), st.sampled_from(["confirm", "page"]), st.integers(0, 5), st.sampled_from([0, 1, 3_600, 43_200, 86_399, 86_400])),
    max_size=40,
)


def heard(truth: Truth, kind: Kind, address: str, network: str, at: int) -> Verdict:
    with truth.transaction():
        truth.next_seq(0)
        return knock(truth, KEY, kind, address, network, at)


@settings(max_examples=60)
@given(knocks=KNOCKS)
def test_a_mailbox_has_one_letter_of_a_kind_a_day_whatever_is_typed(tmp_path_factory: pytest.TempPathFactory, knocks: list[tuple[str, Kind, int, int]]) -> None:
    truth = _house(tmp_path_factory)
    at, last = 1_700_000_000, defaultdict[tuple[str, str], int](int)
    for address, kind, network, wait in knocks:
        at += wait
        verdict = heard(truth, kind, address, f"203.0.113.{network}", at)
        mailbox = kind, mailbox_of(address)
        if verdict is Verdict.HEARD:
            assert at - last[mailbox] >= REST_SECONDS
            last[mailbox] = at
        elif verdict is Verdict.RESTING:
            assert at - last[mailbox] < REST_SECONDS


_HOUSES: list[Truth] = []


def _house(factory: pytest.TempPathFactory) -> Truth:
    """One empty truth for all examples."""
    if not _HOUSES:
        _HOUSES.append(open_truth(load_settings(factory.mktemp("knocks"), {})))
    for table in ("knock", "post_stop"):
        _HOUSES[0].run(f"DELETE FROM {table}")
    return _HOUSES[0]


@pytest.fixture(scope="module", autouse=True)
def _closed() -> object:
    yield
    while _HOUSES:
        _HOUSES.pop().close()


def test_one_network_leaves_so_many_addresses_an_hour_and_is_then_told_in_a_sentence(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    for number in range(MOST_BY_NETWORK):
        asks(house, f"someone{number}@example.org", "2001:db8::1")
    with pytest.raises(Busy, match="Come back in an hour"):
        asks(house, "another@example.org", "2001:db8::ffff:2")  # another machine of the same line
    asks(house, "another@example.org", "2001:db8:1::1")
    later = replace(house, clock=StoppedClock(house.clock.instant() + 3_601))
    asks(later, "again@example.org", "2001:db8::1")
    assert send_all(later) == MOST_BY_NETWORK + 2


def test_too_many_in_all_stop_the_post_until_a_person_lets_it_go_and_nothing_is_lost(open_post: OpenPost, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    house = open_post(peer.port)
    monkeypatch.setattr("habitue.app.knocking.MOST_IN_ALL", 10)
    for number in range(11):
        asks(house, f"someone{number}@example.org", f"203.0.113.{number}")
    assert is_stopped(house.truth)
    assert (send_all(house), peer.raw) == (0, [])
    with house.truth.transaction():
        release(house.truth, house.clock.instant())
    assert send_all(house) == 11


def test_what_is_counted_names_nobody_and_goes_with_its_time(truth: Truth) -> None:
    heard(truth, "confirm", "jeanne@example.org", "203.0.113.7", 1_700_000_000)
    assert "jeanne" not in str(truth.run("SELECT * FROM knock"))
    assert b"203.0.113.7" not in b"".join(bytes(what) for (what,) in truth.run("SELECT what FROM knock"))


def test_a_fresh_link_goes_to_whoever_has_the_address_and_nobody_learns_whether_anybody_does(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    for address in ("lucie@example.org", "nobody@example.org"):
        request_fresh_link(house, address, "203.0.113.7", "fr")
    send_all(house)
    assert peer.to == ["lucie@example.org"]
    [link] = links_in(peer.letters[0])
    assert link.startswith("/her/")
    found = read_link(house.truth, link.removeprefix("/her/"))
    assert found
    assert (found.customer_id, found.kind) == (who_is(house.truth, "customer", ["lucie"])["lucie"].customer_id, "page")
    assert not house.truth.run("SELECT * FROM door_request")


def test_of_two_behind_one_address_each_gets_a_link_under_her_name(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    request_fresh_link(house, "petit@example.org", "203.0.113.7", "en")
    send_all(house)
    assert len(links_in(peer.letters[0])) == 2
    assert "Anne’s page" in text_of(peer.letters[0])
    assert "Marc’s page" in text_of(peer.letters[0])


def test_an_old_link_of_hers_has_a_fresh_one_sent_where_she_is_known_to_read_once_a_day(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    profile = who_is(house.truth, "customer", ["lucie"])["lucie"].profile_id
    for _ in range(3):
        request_fresh_link_of(house, profile, "en")
    assert send_all(house) == 1
    assert peer.to == ["lucie@example.org"]
