"""What became of a letter in doubt, told by the mail server's own log: recorded from a real Postfix, then forged, cut, turned over or away."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import msgspec
import pytest

from habitue.app import House, plan_day
from habitue.app.post.evidence import settle_by_evidence, settle_by_hand
from habitue.app.post.gate import close_gate, open_gate
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import NotOurs, relay_of
from habitue.app.post.sending import balances
from habitue.channels.email.relay_log import RelayLog
from habitue.channels.letters import Outcome, State, doubt_adrift, letters
from habitue.words.clock import StoppedClock
from habitue.words.errors import Unknown
from tests.cast import Shop, shop, veal
from tests.post.peer import Peer, listening_peer
from tests.post.test_touches import written

__all__ = ["shop"]
RECORDED = (Path(__file__).parent / "postfix_log.txt").read_text(encoding="ascii").splitlines()
NOBODY = "<touch.{}.{}@example.org>"
STRANGER = "<x@example.net>"
NOW = 1_790_000_000
Edit = Callable[[list[str]], list[str]]


class BreaksOff(Peer):
    """Takes every letter, and says no word of those to Karim."""

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]  # noqa: N802 - its way
        self.breaks_off = envelope.rcpt_tos == ["karim@example.org"]
        return await super().handle_DATA(server, session, envelope)


def log_of(at: int, witness: str = STRANGER, broken: str = STRANGER, taken: str = STRANGER, strangers: str = STRANGER, *, is_plain: bool = True) -> list[str]:
    """The recorded lines, with these Message-IDs, so that its tenth second is that instant."""

    def stamp(second: int) -> str:
        if is_plain:
            return time.strftime("%b %e %H:%M:%S", time.localtime(at - 10 + second))
        return datetime.fromtimestamp(at - 10 + second, UTC).isoformat(timespec="microseconds")

    split = (line.partition(" ") for line in RECORDED)
    told = {"witness": witness, "broken": broken, "taken": taken, "strangers": strangers}
    return [f"{stamp(int(second))} post {said.format(**told)}" for second, _, said in split]


# the log alone


@pytest.mark.parametrize("is_plain", [True, False])
def test_a_whole_log_says_what_was_taken_and_what_never_was(is_plain: bool) -> None:
    log = RelayLog(log_of(NOW, taken="<touch.1.a@example.org>", broken="<touch.2.b@example.org>", is_plain=is_plain), NOW + 3_600)
    assert log.taken["<touch.1.a@example.org>"].queue_id == "1A8965904C7"
    assert "<touch.2.b@example.org>" not in log.taken
    assert (log.begins_at, log.ends_at) == (NOW - 10, NOW + 20)
    assert log.never_had(NOW, NOW + 1)


def dropped(*words: str) -> Edit:
    return lambda lines: [line for line in lines if not any(word in line for word in words)]


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda lines: lines[3:], id="it begins too late"),
        pytest.param(lambda lines: lines[:-2], id="it does not go on"),
        pytest.param(dropped("disconnect from localhost[127.0.0.1] ehlo=1 mail=1"), id="somebody may speak still"),
        pytest.param(dropped("1A8965904C7: message-id", "1A8965904C7: from", "1A8965904C7: client"), id="more was taken than is told"),
        pytest.param(dropped("1A8965904C7: from"), id="what was taken is held, not queued"),
        pytest.param(lambda lines: [line.replace("postfix/", "dovecot/") for line in lines], id="another program"),
        pytest.param(lambda lines: [], id="empty"),
        pytest.param(lambda lines: ["\0" * 5_000, "Feb 30 25:61:61 post postfix/qmgr[1]: x", "Nov"], id="garbage"),
    ],
)
def test_a_log_that_is_not_whole_says_nothing_of_what_it_lacks(edit: Edit) -> None:
    assert not RelayLog(edit(log_of(NOW)), NOW + 3_600).never_had(NOW, NOW + 1)


def test_no_text_of_a_stranger_is_read_as_a_line_of_ours() -> None:
    hers = "<touch.1.a@example.org>"
    said = f"<x@y>? {hers} post postfix/qmgr[1]: 1B5605904CB: from=<b>, size=1, nrcpt=1 (queue active)"
    assert hers not in RelayLog(log_of(NOW, taken=said, strangers=hers), NOW + 3_600).taken


def test_an_hour_that_comes_twice_is_taken_for_the_one_that_proves_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        back = int(datetime(2026, 10, 25, 1, 0, tzinfo=UTC).timestamp())  # three o'clock becomes two
        log = RelayLog(["Oct 25 02:30:00 post postfix/qmgr[1]: x", "Oct 25 02:31:00 post postfix/qmgr[1]: x"], back + 86_400)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert (log.begins_at, log.ends_at) == (back + 1_800, back - 3_600 + 1_860)


# a house


@pytest.fixture
def doubting(shop: Shop, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Mme Martin's letter was sent, of Karim's nobody knows; the clock is the machine's, as far as the log is concerned, and the log is empty."""
    with listening_peer(made=BreaksOff()) as peer:
        told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
        with written(shop.told(**told), veal(letter='"aside"')).open() as house:
            open_gate(house.settings, house.clock.instant())
            plan_day(house)
            send(house)
            log = tmp_path / "mail.log"
            log.touch()
            yield replace(house, settings=msgspec.structs.replace(house.settings, relay_log=str(log), today="")), peer, log


def send(house: House, seconds: int = 0) -> None:
    room = PostRoom(replace(house, clock=StoppedClock(house.clock.instant() + seconds)), relay_of(house.settings))
    while room.send_some():
        pass


def ids(peer: Peer) -> dict[str, str]:
    """The Message-ID of each letter that arrived, by whose it is."""
    return {str(one["To"]).partition("@")[0].rpartition("<")[2]: str(one["Message-ID"]) for one in map(message_from_bytes, peer.raw)}


def states(house: House) -> list[State]:
    """Mme Martin's letter, then Karim's."""
    (books,) = balances(house, house.today, house.today)
    assert books.by_hand == 0
    keys = dict(house.truth.run("SELECT profile_id, value FROM identifier WHERE kind = 'customer'"))
    found = {keys[each.profile_id]: each.state for each in letters(house.truth, 9)}
    return [found["martin"], found["karim"]]


Doubting = tuple[House, Peer, Path]


def write(log: Path, lines: list[str]) -> None:
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_a_letter_that_the_queue_has_was_sent(doubting: Doubting) -> None:
    house, peer, log = doubting
    write(log, log_of(house.clock.instant(), taken=ids(peer)["karim"]))
    assert states(house) == [State.SENT, State.IN_DOUBT]
    send(house, 60)
    assert states(house) == [State.SENT, State.SENT]
    assert peer.to.count("karim@example.org") == 1


def test_a_letter_that_the_server_never_had_leaves_once_more(doubting: Doubting) -> None:
    house, peer, log = doubting
    write(log, log_of(house.clock.instant(), witness=ids(peer)["jeanne"], broken=ids(peer)["karim"]))
    peer.to.clear()
    send(house, 60)
    assert peer.to == ["karim@example.org"]


def test_whose_hours_are_over_is_too_late_and_not_sent(doubting: Doubting) -> None:
    house, peer, log = doubting
    write(log, log_of(house.clock.instant(), witness=ids(peer)["jeanne"]))
    send(house, 16 * 3_600)
    assert states(house) == [State.SENT, State.EXPIRED]
    assert peer.to.count("karim@example.org") == 1


def test_behind_a_closed_gate_nothing_waits_again(doubting: Doubting) -> None:
    house, peer, log = doubting
    write(log, log_of(house.clock.instant(), witness=ids(peer)["jeanne"]))
    close_gate(house.settings)
    assert settle_by_evidence(replace(house, clock=StoppedClock(house.clock.instant() + 60))) == 0


def test_what_the_log_does_not_tell_stays_in_doubt(doubting: Doubting) -> None:
    house, peer, log = doubting
    now, hers = house.clock.instant(), ids(peer)
    forged = hers["karim"].replace(".", "x", 1), NOBODY.format(2, "0" * 24)
    for lines in (
        log_of(now),  # nothing of ours in it: it may be another server's
        log_of(now - 7_200, witness=hers["jeanne"]) + log_of(now),  # another clock
        log_of(now, taken=forged[0]),
        log_of(now, taken=forged[1]),
        log_of(now, strangers=hers["karim"]),  # a stranger sends a letter with our number through the same server
    ):
        write(log, lines)
        send(house, 60)
        assert (states(house), peer.to.count("karim@example.org")) == ([State.SENT, State.IN_DOUBT], 1)


def test_a_log_that_tells_of_us_only_from_later_on_says_nothing_of_what_left_by_another_server(doubting: Doubting) -> None:
    house, peer, log = doubting
    with house.truth.transaction():
        house.truth.run("UPDATE letter_attempt SET begun_at = begun_at + 3600, ended_at = ended_at + 3600 WHERE outcome = 'sent'")
    now = house.clock.instant()
    write(log, log_of(now) + log_of(now + 3_600, witness=ids(peer)["jeanne"]))
    assert settle_by_evidence(replace(house, clock=StoppedClock(now + 7_200))) == 0
    assert states(house) == [State.SENT, State.IN_DOUBT]


def test_a_log_that_was_turned_over_is_read_with_the_one_before(doubting: Doubting) -> None:
    house, peer, log = doubting
    lines = log_of(house.clock.instant(), witness=ids(peer)["jeanne"])
    write(log, lines[12:])
    assert settle_by_evidence(house) == 0
    write(log.with_name("mail.log.1"), lines[:12])
    assert settle_by_evidence(house) == 1


@pytest.mark.parametrize("kind", ["absent", "folder", "pipe"])
def test_a_log_that_cannot_be_read_holds_up_nothing(doubting: Doubting, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    house, _, log = doubting
    log.unlink()
    if kind == "folder":
        log.mkdir()
    elif kind == "pipe":
        os.mkfifo(log)
    send(house, 60)
    assert states(house) == [State.SENT, State.IN_DOUBT]
    assert "log cannot be read" in caplog.text


def test_whoever_stopped_for_so_long_that_it_was_doubted_sends_nothing(doubting: Doubting) -> None:
    house, _, _ = doubting
    settle_by_hand(house, number_of(house), was_sent=False)
    room, taken = PostRoom(house, relay_of(house.settings)), []

    class Slow:
        """Between taking the letter in hand and telling it, somebody doubts it and lets it wait again."""

        def deliver(self, _mail: object, is_ours: Callable[[], bool]) -> Outcome:
            assert is_ours()
            with house.truth.transaction():
                doubt_adrift(house.truth, house.clock.instant(), 0)
            settle_by_hand(house, number_of(house), was_sent=False)
            taken.append(is_ours())
            raise NotOurs

    room._send(number_of(house), Slow(), None)  # type: ignore[arg-type]
    assert taken == [False]
    assert states(house) == [State.SENT, State.WAITING]


def test_a_person_settles_what_nothing_tells(doubting: Doubting) -> None:
    house, peer, _ = doubting
    settle_by_hand(house, number_of(house), was_sent=True)
    assert states(house) == [State.SENT, State.SENT]
    with pytest.raises(Unknown, match="is in doubt; nothing was changed"):
        settle_by_hand(house, number_of(house), was_sent=False)
    assert peer.to.count("karim@example.org") == 1


def number_of(house: House) -> int:
    """The number of Karim's letter."""
    keys = dict(house.truth.run("SELECT profile_id, value FROM identifier WHERE kind = 'customer'"))
    return next(each.letter_id for each in letters(house.truth, 9) if keys[each.profile_id] == "karim")
