"""Nobody can have somebody else's inbox filled by us: whatever is typed, by whomever, from wherever, and however often."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from habitue.app.door import request_fresh_link, request_fresh_link_of
from habitue.app.knocking import AGAIN_SECONDS, MOST_BY_NETWORK, MOST_BY_SITE, REST_SECONDS, Verdict, knock, release, stopped_kinds
from habitue.channels.email.address import mailbox_of
from habitue.channels.letters import Kind
from habitue.identity.her_links import read_link
from habitue.identity.records import who_is
from habitue.store import Truth, load_settings, open_truth
from habitue.web.desk import HouseDesk
from habitue.web.serving import configured
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
def test_a_mailbox_has_so_many_letters_a_day_and_one_network_fewer_of_them_an_hour_apart(
    tmp_path_factory: pytest.TempPathFactory, knocks: list[tuple[str, Kind, int, int]]
) -> None:
    truth = _house(tmp_path_factory)
    at, from_one, sorts = 1_700_000_000, defaultdict[tuple[object, ...], list[int]](list), defaultdict[tuple[str, ...], list[int]](list)
    for address, kind, network, wait in knocks:
        at += wait
        verdict = heard(truth, kind, address, f"203.0.113.{network}", at)
        is_tagged = kind == "confirm" and "+" in address
        one, sort = from_one[kind, address.lower(), network], sorts[kind, mailbox_of(address) if kind == "confirm" else address.lower(), str(is_tagged)]
        may = not [each for each in one if at - each < AGAIN_SECONDS] and len([each for each in one if at - each < REST_SECONDS]) < 2
        may = may and len([each for each in sort if at - each < REST_SECONDS]) < (1 if is_tagged else 3)
        if verdict is not Verdict.TOO_MANY_FROM_THERE:
            assert (verdict is Verdict.HEARD) == may
        if verdict is Verdict.HEARD:
            one.append(at)
            sort.append(at)


def test_a_stranger_with_fifty_spellings_from_fifty_networks_neither_fills_her_mailbox_nor_keeps_her_out(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    for number in range(50):
        asks(house, f"zoe+{number}@example.org", f"203.0.113.{number}")
        asks(house, f"ZOE+x.{number}@Example.org", f"198.51.100.{number}")
        request_fresh_link(house, f"lucie+{number}@example.org", f"192.0.2.{number}", "fr")
    asks(house, "zoe@example.org", "203.0.113.200")
    request_fresh_link(house, "lucie@example.org", "203.0.113.201", "fr")
    send_all(house)
    assert sorted(peer.to) == ["lucie@example.org", "zoe+0@example.org", "zoe@example.org"]
    for hour in range(1, 24):
        later = replace(house, clock=StoppedClock(house.clock.instant() + hour * 3_601))
        asks(later, "Zoe@example.org", "203.0.113.1")
        asks(later, f"zoe+{hour}@example.org", "203.0.113.2")
        send_all(later)
    assert len([each for each in peer.to if each.lower().startswith("zoe")]) == 4


@pytest.mark.parametrize("gap_seconds", [1, 3_601, 20_000])
def test_who_had_a_stranger_ask_before_her_is_written_to_all_the_same(open_post: OpenPost, peer: Peer, gap_seconds: int) -> None:
    house = open_post(peer.port)
    for turn in range(4):  # he uses up what one network may
        asks(replace(house, clock=StoppedClock(house.clock.instant() + turn * gap_seconds)), "zoe@example.org", "203.0.113.66")
    send_all(replace(house, clock=StoppedClock(house.clock.instant() + 4 * gap_seconds)))
    before = len(peer.to)
    assert before <= 2
    hers = replace(house, clock=StoppedClock(house.clock.instant() + 4 * gap_seconds + 1))
    asks(hers, "zoe@example.org", "198.51.100.7")
    send_all(hers)
    assert len(peer.to) == before + 1


def test_from_one_network_a_letter_is_sent_again_an_hour_later_and_twice_a_day(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    for seconds in (0, 60, 3_599, 3_600, 7_300, 86_399, 86_400):
        asks(replace(house, clock=StoppedClock(house.clock.instant() + seconds)), "zoe@example.org", "203.0.113.1")
    made = [at for (at,) in house.truth.run("SELECT made_at FROM letter ORDER BY made_at")]
    assert [at - house.clock.instant() for at in made] == [0, 3_600, 86_400]


_HOUSES: list[Truth] = []


def _house(factory: pytest.TempPathFactory) -> Truth:
    """One empty truth for all examples."""
    if not _HOUSES:
        _HOUSES.append(open_truth(load_settings(factory.mktemp("knocks"), {})))
    for table in ("knock", "letter_stop"):
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


def test_a_site_with_many_lines_of_ipv6_leaves_no_more_than_a_site_has_newcomers(truth: Truth) -> None:
    verdicts = [heard(truth, "confirm", f"someone{number}@example.org", f"2001:db8:7:{number:x}::1", 1_700_000_000) for number in range(MOST_BY_SITE + 1)]
    assert verdicts == [Verdict.HEARD] * MOST_BY_SITE + [Verdict.TOO_MANY_FROM_THERE]
    assert heard(truth, "confirm", "another@example.org", "2001:db8:8::1", 1_700_000_000) is Verdict.HEARD


@pytest.mark.parametrize(
    ("peer", "answers"),
    [("127.0.0.1", {200}), ("::ffff:127.0.0.1", {200}), ("203.0.113.9", {200, 429}), ("::ffff:203.0.113.9", {200, 429})],
    ids=["our web server", "by IPv6", "a stranger", "a stranger by IPv6"],
)
def test_only_a_web_server_of_the_house_says_from_where_a_visitor_comes(
    open_post: OpenPost, monkeypatch: pytest.MonkeyPatch, peer: str, answers: set[int]
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    config = configured(HouseDesk(open_post(25)), "127.0.0.1", 0)
    config.load()
    with TestClient(config.loaded_app, base_url="http://localhost", client=(peer, 50_000)) as visitor:
        told = {visitor.post("/her", data={"email": f"a{n}@example.org"}, headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(21)}
    assert told == answers


@pytest.mark.parametrize("kind", ["confirm", "page"])
def test_too_many_of_a_kind_stop_that_kind_until_a_person_lets_it_go_and_nothing_is_lost(
    open_post: OpenPost, peer: Peer, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    house = open_post(peer.port)
    monkeypatch.setattr("habitue.app.knocking.MOST_IN_ALL", 10)
    monkeypatch.setattr("habitue.app.knocking.MOST_HELD", 12)

    def sign_up(number: int) -> None:
        asks(house, f"someone{number}@example.org", f"203.0.113.{number}")

    def lost_link(number: int) -> None:
        request_fresh_link(house, f"nobody{number}@example.org" if number else "lucie@example.org", f"198.51.100.{number}", "en")

    too_many, other = (sign_up, lost_link) if kind == "confirm" else (lost_link, sign_up)
    for number in range(12):
        too_many(number)
    assert stopped_kinds(house.truth) == {kind}
    with pytest.raises(Busy, match="Come back tomorrow"):
        too_many(12)
    assert (send_all(house), peer.raw) == (0, [])
    other(0)
    assert (send_all(house), len(peer.raw)) == (1, 1), "the other kind goes on"
    for number in range(1, 12):
        other(number)  # the last while its kind is stopped too, and heard: what is held of one kind takes no room from the other
    with house.truth.transaction():
        release(house.truth, house.clock.instant())
    assert send_all(house) == 23


def test_what_is_counted_names_nobody_and_goes_with_its_time(truth: Truth) -> None:
    heard(truth, "confirm", "jeanne@example.org", "203.0.113.7", 1_700_000_000)
    assert "jeanne" not in str(truth.run("SELECT * FROM knock"))
    assert b"203.0.113.7" not in b"".join(bytes(what) for (what,) in truth.run("SELECT what FROM knock"))


def test_a_network_is_known_again_within_a_day_and_not_the_day_after(truth: Truth) -> None:
    midnight, in_all = 19_675 * REST_SECONDS, b"confirm".ljust(32, b"\0")
    hashes: list[set[bytes]] = []
    for number, seconds in enumerate((-1_200, -600, 600)):
        before = {bytes(what) for (what,) in truth.run("SELECT what FROM knock WHERE at < ?", (midnight + seconds,))}
        heard(truth, "confirm", f"someone{number}@example.org", "2001:db8:7:1::1", midnight + seconds)
        every = {bytes(what) for (what,) in truth.run("SELECT what FROM knock WHERE at = ?", (midnight + seconds,))}
        hashes.append(every & before - {in_all})
    assert [len(known_again) for known_again in hashes] == [0, 2, 0]  # its line and its site


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
