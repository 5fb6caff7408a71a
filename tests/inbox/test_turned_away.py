"""A mail server says at once that there is no such address: that counts as a report of failure, but not from a server that turns everybody away."""

from __future__ import annotations

import pytest

from habitue.app import House, decide_for, plan_day
from habitue.app.door import request_fresh_link_of
from habitue.app.inbox.receiving import receive
from habitue.app.knocking import release, stopped_kinds
from habitue.app.post.relaying import NoSuchReader, Relay, deliver
from habitue.app.post.sending import balances
from habitue.app.post.turned_away import MOST_IN_A_ROW, TurnedAway
from habitue.channels.email.mail import Mail
from habitue.channels.letters import Letter, Outcome, State, letters
from habitue.store.schema import rows_where
from habitue.words.reasons import Reason
from tests.cast import shop
from tests.inbox.test_answers import house, peer
from tests.inbox.test_coming_back import POSTFIX, later, to_jeanne
from tests.post.peer import Peer
from tests.post.test_touches import send

__all__ = ["house", "peer", "shop"]
NOBODY = "550 5.1.1 <x@example.org>: Recipient address rejected: User unknown"


def dead(house: House) -> list[str]:
    return sorted({value for (value,) in house.truth.run("SELECT value FROM identifier WHERE dead_at <> 0")})


def test_an_address_that_the_server_does_not_know_gets_nothing_once_it_took_another_letter(house: House, peer: Peer, caplog: pytest.LogCaptureFixture) -> None:
    peer.on_rcpt_of = {"jeanne@example.org": NOBODY}
    plan_day(house)
    send(house)
    assert (dead(house), to_jeanne(house)) == (["jeanne@example.org"], "")
    assert decide_for(house, "martin").reason == Reason.UNREACHABLE
    (row,) = rows_where(house.truth, "letter_return", "what", ["gone"])
    assert (row["status"], "jeanne" in str(row)) == ("5.1.1", False)
    (book,) = [each for each in balances(house, house.today, house.today) if each.posted]
    assert (book.posted[State.FAILED], book.came_back, book.decided) == (1, 0, sum(book.posted.values()) + book.by_hand)
    assert "there is no such address (5.1.1)" in caplog.text
    assert "jeanne" not in caplog.text


@pytest.mark.parametrize("said", ["550 no", "550 5.7.1 no", "553 5.1.8 no", "450 4.1.1 later", "552 5.2.2 full", "550 no; see 5.1.1", "550 5.1.10x no"])
def test_a_refusal_without_that_cause_ends_no_address(peer: Peer, said: str) -> None:
    told = {}
    for peer.on_rcpt in (said, NOBODY):
        told[peer.on_rcpt] = deliver(
            Mail("shop@example.org", "jeanne@example.org", "<1@example.org>", b"\r\n"), Relay("127.0.0.1", peer.port, must_secure=False)
        )
    assert {answer: isinstance(outcome, NoSuchReader) for answer, outcome in told.items()} == {said: False, NOBODY: True}


def turned_away(*names: str) -> list[tuple[str, Outcome]]:
    return [(f"{name}@example.org", NoSuchReader(State.FAILED, "550 5.1.1", "5.1.1")) for name in names]


def tell(house: House, said: list[tuple[str, Outcome]], room: TurnedAway | None = None) -> TurnedAway:
    """What the server said to letters to these, one after the other; all of them are Jeanne's, so that any of them could end hers."""
    room = room or TurnedAway(house)
    (her_letter, *_) = [each for each in letters(house.truth, 20) if each.profile_id == 1]
    for to, outcome in said:
        room.heard(her_letter, to, outcome)
    return room


TAKEN = [("anne@example.org", Outcome(State.SENT, "250"))]


def test_a_server_that_turns_everybody_away_ends_no_address_and_is_not_asked_again(house: House) -> None:
    plan_day(house)
    send(house)
    many = [f"reader{n}" for n in range(MOST_IN_A_ROW - 1)]
    room = tell(house, turned_away("jeanne", *many))
    assert stopped_kinds(house.truth) == {"touch"}
    with house.truth.transaction():
        release(house.truth, house.clock.instant())
    tell(house, TAKEN, room)
    assert dead(house) == [], "nor after a person has mended it"
    room = tell(house, turned_away(*["jeanne"] * MOST_IN_A_ROW))
    assert stopped_kinds(house.truth) == frozenset(), "one address is one, however often"
    room.house = later(house, 2)
    tell(house, TAKEN, room)
    assert dead(house) == [], "it was too long ago"
    tell(house, turned_away("jeanne") + TAKEN)
    assert dead(house) == ["jeanne@example.org"]


def test_whoever_has_not_proved_an_address_can_stop_nothing(house: House) -> None:
    room, nobody = TurnedAway(house), Letter(1, "confirm", "en", 0, State.SENDING, 0, 0, 1)
    for to, outcome in turned_away(*[f"made-up{n}" for n in range(2 * MOST_IN_A_ROW)]):
        room.heard(nobody, to, outcome)
    assert stopped_kinds(house.truth) == frozenset()


def test_a_fresh_link_that_comes_back_says_so_by_its_address(house: House, peer: Peer) -> None:
    request_fresh_link_of(house, 1, "en")
    send(house)
    assert (peer.to, peer.sent_by[0].startswith("bounces+")) == (["jeanne@example.org"], True)
    told = POSTFIX.replace("bounce+6200e9cc3f98@shop.test", peer.sent_by[0]).replace("ghost@far.test", "jeanne@example.org")
    assert receive(house, told.encode()).letter
    assert dead(house) == ["jeanne@example.org"]


def test_a_letter_to_the_shop_itself_is_no_proof_that_the_server_knows_anybody(house: House) -> None:
    plan_day(house)
    send(house)
    room = tell(house, turned_away("jeanne"))
    room.heard(Letter(1, "escalate", "en", 0, State.SENDING, 0, 0, 1), "camille@example.org", Outcome(State.SENT, "250"))
    assert dead(house) == [], "the shop’s own people may be all that it knows"
    tell(house, TAKEN, room)
    assert dead(house) == ["jeanne@example.org"]
