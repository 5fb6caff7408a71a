"""What a day's plan says by e-mail leaves once, after every guard was read again; what is unsure stays silent, and the books balance."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from habitue.app import House, decide_for, open_house, plan_day
from habitue.app.collect.sorting import Sorter
from habitue.app.her.saying import say_taste
from habitue.app.merging import Pairing
from habitue.app.post.claiming import Step
from habitue.app.post.gate import close_gate, open_gate, opened_at
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import relay_of
from habitue.app.post.sending import BLAST_LEAST, balances, post_today
from habitue.app.post.ways_out import WayOut, step_out
from habitue.channels.letters import State, claim, due, letters
from habitue.consent.one_click import PRESSED
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.store import Settings
from habitue.words.clock import StoppedClock
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel
from tests.cast import CONSENTS, ORDERS, Shop, shop, thanks, veal, weekly
from tests.post.peer import Peer, text_of

__all__ = ["shop"]
HOUR = 3_600
LETTER = '+++\nsubject = "{{ name }}, {{ thing }} is waiting"\n+++\nGood morning {{ name }},\n\nwe kept some *{{ thing }}* for you.\n'


@pytest.fixture
def house(shop: Shop, peer: Peer) -> Iterator[House]:
    """The shop with its veal put aside, open to the post on 2 November 2017; its peer takes every letter, until a test says otherwise."""
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
    with written(shop.told(**told), veal(letter='"aside"')).open() as opened:
        open_gate(opened.settings, opened.clock.instant())
        yield opened


def written(shop: Shop, *actions: str) -> Shop:
    """The shop with these actions, and the letter that they name."""
    shop.book(*actions)
    folder = shop.settings.book_folder / "letters"
    folder.mkdir(exist_ok=True)
    for language in ("en", "fr"):
        (folder / f"aside.{language}.md").write_text(LETTER, encoding="utf-8")
    return shop


def send(house: House, seconds: int = 0) -> int:
    """Sends what is due some time later; gives how many attempts that took."""
    room = PostRoom(replace(house, clock=StoppedClock(house.clock.instant() + seconds)), relay_of(house.settings))
    return sum(iter(room.send_some, 0))


def states(house: House) -> dict[str, State]:
    """Where each letter is, by whose it is."""
    keys = dict(house.truth.run("SELECT profile_id, value FROM identifier WHERE kind = 'customer'"))
    return {keys[each.profile_id]: each.state for each in letters(house.truth, 100)}


def test_what_was_decided_leaves_once_with_why_she_gets_it_and_her_ways_out(house: House, peer: Peer) -> None:
    plan_day(house)
    assert send(house) > 0
    assert send(house) == 0
    assert set(states(house).values()) == {State.SENT}
    hers = next(each for each in peer.letters if each["To"] == "jeanne@example.org")
    words = text_of(hers)
    assert hers["Subject"] == "Jeanne, veal is waiting"
    assert "we kept some veal for you" in words
    assert "Because you have bought veal with us" in words
    assert hers["List-Unsubscribe-Post"] == PRESSED
    assert hers["List-Unsubscribe"].startswith("<https://regulars.example.org/out/")
    assert hers["Reply-To"].startswith("answers+")
    assert len({each["Message-ID"] for each in peer.letters}) == len(peer.letters) == len(states(house)), "to each, one; two share a mailbox"


def test_nothing_leaves_before_somebody_has_opened_the_gate_of_this_very_folder(house: House, peer: Peer, tmp_path: Path) -> None:
    close_gate(house.settings)
    plan_day(house)
    assert (send(house), peer.to) == (0, [])
    open_gate(house.settings, house.clock.instant())
    shutil.copytree(house.settings.data, tmp_path / "copy")
    copy: Settings = msgspec.structs.replace(house.settings, data=tmp_path / "copy")
    assert (bool(opened_at(house.settings)), opened_at(copy)) == (True, 0)
    with open_house(copy) as other:
        assert (send(other), peer.to) == (0, [])


def way_out_of(peer: Peer, to: str) -> str:
    line = next(str(each["List-Unsubscribe"]) for each in peer.letters if each["To"] == to)
    return line.partition("/out/")[2].partition("?")[0]


def test_her_last_word_counts_up_to_the_moment_when_it_would_leave(house: House, peer: Peer) -> None:
    plan_day(house)
    say_taste(house, "martin", "veal", -1, "")
    send(house)
    assert (states(house)["martin"], states(house)["karim"]) == (State.WITHDRAWN, State.SENT)
    assert "jeanne@example.org" not in peer.to
    assert not decide_for(house, "martin").is_touch


def test_one_that_the_server_put_off_is_looked_at_again_before_it_is_tried_again(house: House, peer: Peer) -> None:
    plan_day(house)
    peer.on_rcpt = "451 4.7.1 Greylisted"
    send(house)
    assert set(states(house).values()) == {State.WAITING}
    say_taste(house, "martin", "veal", -1, "")
    peer.on_rcpt = "250 OK"
    send(house, 60)
    assert (states(house)["martin"], states(house)["karim"]) == (State.WITHDRAWN, State.SENT)


def test_what_nobody_knows_to_have_left_is_in_doubt_and_never_sent_again(house: House, peer: Peer) -> None:
    plan_day(house)
    peer.breaks_off = True
    send(house)
    assert set(states(house).values()) == {State.IN_DOUBT}
    peer.breaks_off, before = False, len(peer.raw)
    for hours in range(24):
        send(house, hours * HOUR)
    assert (len(peer.raw), set(states(house).values())) == (before, {State.IN_DOUBT})
    assert due(house.truth, "touch", house.clock.instant() + 24 * HOUR, 10) == [], "it holds up nobody who waits behind it"


def test_what_a_process_that_died_had_in_hand_is_in_doubt(house: House, peer: Peer) -> None:
    plan_day(house)
    post_today(house)
    first = letters(house.truth, 100)[-1].letter_id
    with house.truth.transaction():
        assert claim(house.truth, first, house.clock.instant())
    send(house, 11 * 60)
    assert next(each.state for each in letters(house.truth, 100) if each.letter_id == first) == State.IN_DOUBT


def test_what_could_not_leave_in_its_hours_never_does(house: House, peer: Peer) -> None:
    plan_day(house)
    peer.on_rcpt = "451 4.3.0 later"
    send(house)
    peer.on_rcpt = "250 OK"
    with house.truth.transaction():
        assert claim(house.truth, letters(house.truth, 1)[0].letter_id, house.clock.instant() + 16 * HOUR) is None, "a round that took long ends there, too"
    send(house, 16 * HOUR)  # 22 o'clock: the quiet hours have begun
    assert (set(states(house).values()), peer.to) == ({State.EXPIRED}, [])
    assert house.truth.run("SELECT count(*) FROM touch_step WHERE step = 1") == [(0,)]


def test_what_the_server_says_no_to_for_good_was_not_said(house: House, peer: Peer) -> None:
    plan_day(house)
    peer.on_rcpt = "550 5.1.1 nobody here"
    send(house)
    assert set(states(house).values()) == {State.FAILED}
    assert house.truth.run("SELECT count(*) FROM touch_step WHERE step = 1") == [(0,)]


def test_her_way_out_is_one_press(house: House, peer: Peer) -> None:
    plan_day(house)
    send(house)
    assert step_out(house, way_out_of(peer, "jeanne@example.org"), WayOut(channels=(Channel.EMAIL,)))


def test_an_address_that_a_browser_alone_told_gets_no_word_of_hers(house: House, peer: Peer) -> None:
    told = {"type": "identify", "userId": "nemo", "traits": {"email": "thief@evil.example"}, "messageId": "m1"}
    shop = Shop(house.settings, house.settings.data.parent / "desk")
    shop.bring("customers", "customer,since,given_name\nnemo,2017-02-02,Nemo\n")
    shop.bring("orders", ORDERS + weekly("nemo"))
    shop.bring("consents", CONSENTS + "nemo,advice,email,yes,2017-06-01\n")
    with house.truth.transaction():
        add_write_key(house.truth, WriteKey("WK", "site", "", is_server=False))
        write_down(house.truth, [("WK", house.clock.instant() - HOUR, "identify", 0, json.dumps(told).encode())])
    assert Sorter(house.truth, house.settings).sort_some()
    plan_day(house)
    send(house)
    assert "thief@evil.example" not in peer.to
    assert states(house)["nemo"] == State.FAILED
    assert states(house)["karim"] == State.SENT
    assert house.truth.run("SELECT count(*) FROM touch_step WHERE step = 1") == [(len(peer.to),)], "what never reached anybody was not said"


def test_of_two_who_became_one_since_the_morning_one_word_leaves(house: House, peer: Peer) -> None:
    plan_day(house)
    with house.truth.transaction():
        house.truth.next_seq(0)
        Pairing(house.truth, house.settings, "martin", "karim", house.clock.instant()).merge()
    send(house)
    assert sorted((states(house)["martin"], states(house)["karim"])) == [State.SENT, State.WITHDRAWN]


def test_a_letter_that_cannot_be_written_fails_by_itself(house: House, peer: Peer) -> None:
    plan_day(house)
    for language in ("en", "fr"):
        (house.settings.book_folder / "letters" / f"aside.{language}.md").write_text(LETTER.replace("thing", "nothing"), encoding="utf-8")
    send(house)
    assert (set(states(house).values()), peer.to) == ({State.FAILED}, [])
    assert "aside." in letters(house.truth, 1)[0].answer
    assert house.truth.run("SELECT DISTINCT step, reason FROM touch_step") == [(Step.WITHDRAWN, Reason.UNREACHABLE)]


def test_a_gate_that_is_closed_between_two_letters_lets_none_out_any_more(house: House, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_day(house)
    take = PostRoom._send

    def and_it_is_closed(room: PostRoom, *more: Any) -> bool:
        done = take(room, *more)
        close_gate(house.settings)
        return done

    monkeypatch.setattr(PostRoom, "_send", and_it_is_closed)
    send(house)
    assert len(peer.to) == 1


def test_a_way_out_that_cannot_be_pressed_keeps_the_gate_closed(house: House, peer: Peer) -> None:
    plan_day(house)
    room = PostRoom(replace(house, settings=msgspec.structs.replace(house.settings, address="http://regulars.example.org")), relay_of(house.settings))
    assert (room.send_some(), peer.to) == (0, [])


def test_more_than_a_usual_day_waits_for_a_person(shop: Shop, peer: Peer) -> None:
    many = "".join(f"c{n},2017-02-02,c{n}@example.org\n" for n in range(BLAST_LEAST + 1))
    shop.bring("customers", f"customer,since,email\n{many}")
    shop.bring("consents", "customer,purpose,channel,granted,at\n" + "".join(f"c{n},advice,email,yes,2017-06-01\n" for n in range(BLAST_LEAST + 1)))
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
    with written(shop.told(**told), thanks(letter='"aside"')).open() as opened:
        open_gate(opened.settings, opened.clock.instant())
        plan_day(opened)
        assert (send(opened), peer.to) == (0, [])
        assert set(states(opened).values()) == {State.WAITING}


def test_the_books_balance(house: House, peer: Peer) -> None:
    plan_day(house)
    say_taste(house, "martin", "veal", -1, "")
    send(house)
    (books,) = balances(house, house.today, house.today)
    assert (books.by_hand, books.posted[State.WITHDRAWN]) == (0, 1)
    assert books.decided == sum(books.posted.values()) == len(peer.to) + 1
