"""A house that a backup brought back writes to nobody before a person opened its gate, and says nothing again that may have left since."""

from __future__ import annotations

from pathlib import Path

import msgspec

from habitue.app import decide_for, open_house, plan_day
from habitue.app.backup.restoring import restore
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.talking import open_conversations
from habitue.app.post.gate import may_leave_on, open_gate, opened_at
from habitue.app.post.sending import post_today
from habitue.app.post.ways_out import WayOut, step_out
from habitue.channels.email.tokens import address_back
from habitue.channels.letters import State, letters, owe
from habitue.identity.her_links import way_out_secret, whose_way_out
from habitue.identity.records import strangers
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel
from tests.backup.conftest import MakeHouse
from tests.backup.looking import backed_up
from tests.cast import TODAY, Shop, veal
from tests.post.peer import listening_peer
from tests.post.test_touches import send, states, way_out_of, written


def test_what_a_backup_brings_back_says_nothing_of_that_day_again(shop: Shop, place: Path, empty_house: MakeHouse) -> None:
    with listening_peer() as peer:
        told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
        shop = written(shop.told(**told), veal(letter='"aside"'))
        with shop.open() as house:
            open_gate(house.settings, house.clock.instant())
            plan_day(house)
            post_today(house)
            file = backed_up(house.settings, place).file
            send(house)
        before, made = len(peer.raw), empty_house()
        restore(made, file)
        with open_house(msgspec.structs.replace(shop.standing(TODAY), data=made.data, truth=made.truth)) as back:
            assert (opened_at(back.settings), set(states(back).values())) == (0, {State.IN_DOUBT})
            open_gate(back.settings, back.clock.instant())
            plan_day(back)
            send(back)
            assert (before > 0, len(peer.raw)) == (True, before)
            assert (may_leave_on(back.settings, back.today), may_leave_on(back.settings, back.today + 1)) == (False, True)


def test_what_is_answered_to_a_letter_of_after_the_backup_reaches_nobody_else_s_conversation(shop: Shop, place: Path, empty_house: MakeHouse) -> None:
    shop = shop.told(sender="shop@example.org")
    with shop.open() as house:
        file = backed_up(house.settings, place).file
        with house.truth.transaction():
            lost = owe(house.truth, "page", "fr", 1, house.clock.instant())
        address = address_back(house.key, "answers", lost, "example.org")
    made = empty_house()
    restore(made, file)
    with open_house(msgspec.structs.replace(shop.standing(TODAY), data=made.data, truth=made.truth)) as back:
        with back.truth.transaction():
            for _ in range(3):
                owe(back.truth, "page", "fr", 2, back.clock.instant())
        assert lost not in {each.letter_id for each in letters(back.truth, 9)}
        before = len(open_conversations(back))
        got = receive(back, b"From: somebody@elsewhere.test\r\nMessage-ID: <1@elsewhere.test>\r\nSubject: x\r\n\r\nAvez-vous du lapin ?\r\n", address)
        assert (got.customer, len(open_conversations(back))) == ("", before)


def test_the_way_out_of_a_letter_of_after_the_backup_is_heard(shop: Shop, place: Path, empty_house: MakeHouse) -> None:
    with listening_peer() as peer:
        told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
        shop = written(shop.told(**told), veal(letter='"aside"'))
        with shop.open() as house:
            file = backed_up(house.settings, place).file
            open_gate(house.settings, house.clock.instant())
            plan_day(house)
            send(house)
        made = empty_house()
        restore(made, file)
        with open_house(msgspec.structs.replace(shop.standing(TODAY), data=made.data, truth=made.truth)) as back:
            assert decide_for(back, "martin").reason == Reason.SAID
            assert step_out(back, way_out_of(peer, "jeanne@example.org"), WayOut(channels=(Channel.EMAIL,)))
            assert decide_for(back, "martin").reason == Reason.NO_CONSENT


def test_the_way_out_of_who_came_after_the_backup_lets_nobody_else_out(shop: Shop, place: Path, empty_house: MakeHouse) -> None:
    with shop.open() as house:
        file = backed_up(house.settings, place).file
        with house.truth.transaction():
            secret = way_out_secret(house.key, strangers(house.truth, 1)[0].profile_id)
        assert step_out(house, secret, WayOut())
    made = empty_house()
    restore(made, file)
    with open_house(msgspec.structs.replace(shop.standing(TODAY), data=made.data, truth=made.truth)) as back:
        with back.truth.transaction():
            strangers(back.truth, 3)
        assert not step_out(back, secret, WayOut())


def test_a_way_out_names_nobody_to_whoever_has_another_key() -> None:
    key, other = bytes(32), bytes([1] * 32)
    made = {number: way_out_secret(key, number) for number in (1, 2, 255, 2**48 - 1)}
    assert {whose_way_out(key, secret): secret for secret in made.values()} == made
    assert len({secret[-8:] for secret in made.values()}) == len(made)
    changed = made[2][:3] + ("A" if made[2][3] != "A" else "B") + made[2][4:]
    assert [whose_way_out(key, each) for each in (changed, made[1][:14] + made[2][14:], "A" * 22, "", made[1] + "A")] == [0] * 5
    assert [whose_way_out(other, each) for each in made.values()] == [0] * 4
