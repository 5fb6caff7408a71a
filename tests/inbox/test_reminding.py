"""The shop's own people are told of the inbox's clock: once, in open hours, by numbers alone; a copy of the house tells nobody."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest

from habitue.app import House, open_house
from habitue.app.backup.restoring import doubt_all_touches
from habitue.app.erasure.forgetting import forget
from habitue.app.inbox.answering import answer, close
from habitue.app.inbox.attaching import attach
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.reminding import remind
from habitue.app.inbox.strangers import answer_stranger, drop, strangers
from habitue.app.inbox.talking import conversation, open_conversations
from habitue.app.post.gate import close_gate, open_gate
from habitue.channels.letters import State, letters
from habitue.dialogue.incoming import Came
from habitue.store import load_settings
from habitue.words.clock import StoppedClock, instant_of, parse_day
from habitue.words.errors import SettingsError
from tests.cast import Shop, shop
from tests.command_line import Run, command_line
from tests.inbox.test_answers import answer_to, hers
from tests.post.peer import Peer, listening_peer, text_of
from tests.post.test_touches import send

__all__ = ["shop"]
TEAM, OWNER = "team@example.org", "owner@example.org"
TOLD = {"opening": "Tu-Sa 09:00-19:00", "answer_hours": 3, "complaint_hours": 2, "reminders_to": TEAM, "escalation_to": OWNER}


@pytest.fixture
def peer() -> Iterator[Peer]:
    with listening_peer() as made:
        yield made


@pytest.fixture
def house(shop: Shop, peer: Peer) -> Iterator[House]:
    """Jeanne asks something on Thursday 2 November 2017 at nine: it is due at noon."""
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}", **TOLD}
    with shop.told(**told, console="https://shop.example.org").open() as opened:
        open_gate(opened.settings, opened.clock.instant())
        for each in open_conversations(opened):  # a file's
            close(opened, each.number)
        write(opened, "jeanne", 9)
        yield at(opened, 9)


def write(house: House, who: str, hour: int) -> None:
    receive(at(house, hour), answer_to(EmailMessage(), f"Bonjour, c’est {who} ?", f"{who}@example.org", "shop@example.org"))


def at(house: House, hour: int, day: str = "2017-11-02") -> House:
    return replace(house, clock=StoppedClock(instant_of(parse_day(day), hour, house.settings.zone)))


def told(peer: Peer) -> list[tuple[str, str]]:
    return [(str(each["To"]), str(each["Subject"])) for each in peer.letters]


def test_what_is_due_soon_and_what_is_late_is_told_once_each_by_number_alone(house: House, peer: Peer) -> None:
    (talk,) = open_conversations(house)
    assert send(at(house, 10)) == 0
    send(at(house, 11))
    send(at(house, 11), 1_800)
    assert told(peer) == [(TEAM, "An answer is due within the hour")]
    send(at(house, 13))
    send(at(house, 14))
    assert told(peer)[1:] == [(OWNER, "An answer is late")]
    (soon, late) = peer.letters
    assert f"Conversation {talk.number}: promised by 02 Nov, 12:00." in text_of(soon)
    assert f"https://shop.example.org/inbox/{talk.number}" in text_of(soon)
    for letter in (soon, late):
        assert "Jeanne" not in text_of(letter) + text_of(letter, "html") + str(letter["Subject"])
        assert (letter["Auto-Submitted"], letter["Reply-To"]) == ("auto-generated", letter["To"])


def test_one_letter_tells_of_all_and_what_was_answered_before_it_leaves_is_not_told(house: House, peer: Peer) -> None:
    for who in ("karim", "nina"):
        write(house, who, 9)
    assert remind(at(house, 11)) == 1
    (mine,) = hers(house)
    answer(at(house, 10), mine.number, "Oui.", "Camille")
    send(at(house, 11))
    assert told(peer)[1:] == [(TEAM, "2 answers are due within the hour")]
    for talk in open_conversations(house):
        close(at(house, 12), talk.number)
    assert send(at(house, 13)) == 0


def test_a_stranger_who_waits_is_told_of_as_a_customer_and_never_twice(house: House, peer: Peer) -> None:
    close(house, open_conversations(house)[0].number)
    write(house, "who", 9)
    (one,) = strangers(house)
    for hour in (10, 11, 11):
        send(at(house, hour))
    assert told(peer) == [(TEAM, "An answer is due within the hour")]
    assert f"Stranger {one.number}: promised by 02 Nov, 12:00." in text_of(peer.letters[0])
    assert f"https://shop.example.org/inbox/strangers/{one.number}" in text_of(peer.letters[0]).split()
    kept = attach(at(house, 11), one.number, "nina", "Camille")
    half_past = replace(house, clock=StoppedClock(at(house, 11).clock.instant() + 1_800))
    assert (remind(half_past), conversation(half_past, kept).due_at) == (0, one.due_at), "it was told of when nobody knew her, and is due as it was"
    for who in ("zoe", "karim", "ana"):
        write(house, who, 10)
    zoe, ana = strangers(at(house, 15))
    answer_stranger(at(house, 11), ana.number, "Oui.", "Camille")
    assert remind(at(house, 15)) == 1
    drop(at(house, 15), zoe.number, "Camille")
    send(at(house, 15))
    assert told(peer)[-1] == (OWNER, "2 answers are late")
    assert "@example" not in text_of(peer.letters[-1]).replace(OWNER, "")
    assert house.truth.run("SELECT COUNT(*) FROM stray_reminder") == [(0,)], "nothing is kept of whom somebody let go"


def test_a_stranger_is_told_of_in_open_hours_and_by_one_process_alone(house: House, peer: Peer) -> None:
    close(house, open_conversations(house)[0].number)
    receive(at(house, 9), answer_to(EmailMessage(), "Le rôti était avarié !", "who@example.org", "shop@example.org"))
    assert (remind(at(house, 20)), remind(at(house, 10, "2017-11-05"))) == (0, 0), "at night, on a Sunday"

    def look(_number: int) -> int:
        with open_house(house.settings) as own:
            return remind(at(own, 12))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(look, range(4))) == 1
    send(at(house, 12))
    assert told(peer) == [(OWNER, "An answer is late")]
    assert "11:00 (a complaint)." in text_of(peer.letters[0])
    close_gate(house.settings)
    write(house, "zoe", 9)
    assert remind(at(house, 14)) == 0


def test_nobody_is_told_while_the_shop_is_closed_and_a_letter_that_waits_waits_until_it_opens(house: House, peer: Peer) -> None:
    assert remind(at(house, 20)) == 0
    assert remind(at(house, 13)) == 1
    send(at(house, 20))
    send(at(house, 8, "2017-11-03"))
    assert (told(peer), remind(at(house, 20))) == ([], 0)
    send(at(house, 9, "2017-11-03"))
    assert told(peer) == [(OWNER, "An answer is late")]


def test_a_closed_gate_a_copy_or_no_address_tells_nobody(house: House, peer: Peer) -> None:
    quiet = replace(house, settings=msgspec.structs.replace(house.settings, reminders_to="", escalation_to=""))
    assert remind(at(quiet, 13)) == 0
    close_gate(house.settings)
    assert remind(at(house, 13)) == 0
    open_gate(house.settings, house.clock.instant())
    assert remind(at(house, 13)) == 1
    close_gate(house.settings)
    assert (send(at(house, 13)), remind(at(house, 14))) == (0, 0)
    with house.truth.transaction():
        doubt_all_touches(house.truth)  # what a restored house does
    open_gate(house.settings, house.clock.instant())
    send(at(house, 14))
    assert told(peer) == []
    assert [each.state for each in letters(house.truth, 1)] == [State.WITHDRAWN]


def test_an_answer_to_a_reminder_is_no_customer_s_word_and_one_that_names_it_without_proof_is(house: House, peer: Peer) -> None:
    send(at(house, 11))
    (soon,) = peer.letters
    before = open_conversations(house)
    assert receive(house, answer_to(soon, "Je m’en occupe.", TEAM)).came == Came.TO_STAFF
    assert (open_conversations(house), strangers(house)) == (before, [])
    proof = str(soon["Message-ID"]).partition("@")[0].rpartition(".")[2].encode()
    forged = answer_to(soon, "Je m’en charge.", TEAM)
    assert proof in forged
    assert receive(house, forged.replace(proof, b"0" * 24)).came == Came.ANSWER
    assert [each.words for each in strangers(house)] == ["Je m’en charge."]
    answer(house, before[0].number, "Oui, Jeanne.", "Camille")
    send(at(house, 11))
    hers_too = answer_to(peer.letters[-1], "Merci. Et samedi ?").replace(b"In-Reply-To: <answer.", b"In-Reply-To: <remind.")
    got = receive(house, hers_too)
    assert (b"<remind." in hers_too, got.came, got.customer) == (True, Came.ANSWER, "martin"), "a proof of her own letter makes her nobody of the shop"


def test_between_two_letters_of_one_step_there_is_a_quarter_of_an_hour(house: House, peer: Peer) -> None:
    def minutes(past_eleven: int) -> House:
        return replace(house, clock=StoppedClock(at(house, 11).clock.instant() + 60 * past_eleven))

    assert remind(minutes(0)) == 1
    for who, minute in (("karim", 5), ("nina", 10)):
        receive(minutes(minute - 120), answer_to(EmailMessage(), f"Bonjour, c’est {who} ?", f"{who}@example.org", "shop@example.org"))
    assert [remind(minutes(each)) for each in (5, 10, 14, 15, 16)] == [0, 0, 0, 1, 0]
    assert house.truth.run("SELECT letter_id, COUNT(*) FROM reminder GROUP BY letter_id ORDER BY letter_id") == [(1, 1), (2, 2)]


def test_two_processes_tell_once_and_a_forgotten_customer_is_told_of_no_more(house: House, peer: Peer) -> None:
    def look(_number: int) -> int:
        with open_house(house.settings) as own:
            return remind(at(own, 13))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(look, range(4))) == 1
    forget(house, "martin")
    send(at(house, 14))
    assert told(peer) == []
    assert house.truth.run("SELECT COUNT(*) FROM reminder") == [(0,)]


def test_the_post_lists_these_letters_and_answers_in_words(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answer(house, open_conversations(house)[0].number, "Oui.", "Camille")
    run: Run = command_line(house.settings.data, monkeypatch, capsys)
    code, said = run("post")
    assert (code, "an answer to what she wrote" in said) == (0, True)


@pytest.mark.parametrize(
    ("name", "wrong"), [("reminders_to", "team"), ("escalation_to", "a@b, c@d"), ("console", "shop.example.org"), ("closed", "2026-12-24..2026-12-01")]
)
def test_an_address_of_the_shop_that_is_none_is_refused(tmp_path: Path, name: str, wrong: str) -> None:
    with pytest.raises(SettingsError, match="2026-12-24" if name == "closed" else name):
        load_settings(tmp_path, {f"HABITUE_{name.upper()}": wrong})
