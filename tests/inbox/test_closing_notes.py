"""While the shop is closed a machine tells whoever writes so: once, honestly, to nobody unknown and to no machine; it is no answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import msgspec
import pytest

from habitue.app import House
from habitue.app.erasure.forgetting import forget
from habitue.app.inbox.answering import answer, close
from habitue.app.inbox.receiving import Received, receive
from habitue.app.inbox.talking import conversation, open_conversations
from habitue.app.post.gate import close_gate, open_gate
from habitue.channels.letters import State, claim, count_letters, due
from habitue.dialogue.incoming import Came
from habitue.store import Settings
from habitue.words.clock import StoppedClock, instant_of, parse_day
from tests.cast import Shop, shop
from tests.post.peer import Peer, listening_peer, text_of
from tests.post.test_touches import send

__all__ = ["shop"]
OPENING = {"opening": "Tu-Sa 09:00-19:00", "answer_hours": 3, "complaint_hours": 2}
CLOSED = "2017-11-02..2017-11-12"
JEANNE = "jeanne@example.org"


@pytest.fixture
def peer() -> Iterator[Peer]:
    with listening_peer() as made:
        yield made


@pytest.fixture
def house(shop: Shop, peer: Peer) -> Iterator[House]:
    """The shop is closed from Thursday 2 to Sunday 12 November 2017, and opens on Tuesday 14."""
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
    with shop.told(**told, **OPENING, brand="Chez Paul", closed=CLOSED).open() as opened:
        open_gate(opened.settings, opened.clock.instant())
        for each in open_conversations(opened):  # a file's
            close(opened, each.number)
        yield opened


def at(house: House, day: str, hour: int = 10) -> House:
    return replace(house, clock=StoppedClock(instant_of(parse_day(day), hour, house.settings.zone)))


def writes(house: House, words: str = "Vous avez du poulet ?", sender: str = JEANNE, to: str = "shop@example.org", **heads: str) -> Received:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = sender, to, "Samedi", f"<{abs(hash((words, sender)))}.{house.clock.instant()}@client.test>"
    made["Date"] = heads.pop("Date", format_datetime(datetime.fromtimestamp(house.clock.instant(), UTC)))
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return receive(house, made.as_bytes(), to)


def letters_of(house: House) -> int:
    return sum(count_letters(house.truth).values())


def test_she_is_told_once_who_reads_it_and_from_when_on_and_waits_for_her_answer_all_the_same(house: House, peer: Peer) -> None:
    now = at(house, "2017-11-03")
    came = writes(now)
    send(now)
    (note,) = peer.letters
    assert (note["To"], note["Subject"], peer.sent_by) == (JEANNE, "Re: Samedi", ["<>"])
    assert note["Auto-Submitted"] == "auto-replied"
    assert note["In-Reply-To"] == note["References"] == conversation(now, came.number).answers
    assert "somebody here will read it from Tuesday 14 November on" in text_of(note)
    assert note["List-Unsubscribe"] is None
    (talk,) = open_conversations(now)
    assert (talk.is_our_turn, [said.letter for said in talk.messages], talk.due_at) == (True, ["sent"], instant_of(parse_day("2017-11-14"), 12, "Europe/Paris"))

    writes(at(house, "2017-11-04"), "Et du lapin ?")
    writes(at(house, "2017-11-11"), "Et une caille ?")  # eight days later, in the same closing
    assert send(at(house, "2017-11-11")) == 0
    again = writes(now, "Merci, à bientôt donc. Gardez-m’en deux ?", to=str(note["Reply-To"]))
    assert again.number in {said.number for said in conversation(now, came.number).messages}


def test_a_new_closing_is_told_after_seven_days_and_not_before(house: House, peer: Peer) -> None:
    writes(at(house, "2017-11-03"))
    soon = replace(house, settings=msgspec.structs.replace(house.settings, closed="2017-11-08..2017-11-30"))
    writes(at(soon, "2017-11-09"))
    assert letters_of(house) == 1
    writes(at(soon, "2017-11-16"))
    assert letters_of(house) == 2


def test_nobody_is_told_at_an_address_that_is_not_known_to_be_hers_though_she_answers_from_it(house: House, peer: Peer) -> None:
    before = replace(at(house, "2017-11-03"), settings=msgspec.structs.replace(house.settings, closed=""))
    answer(before, writes(before, "Du lapin ?", "karim@example.org").number, "Oui.", "Camille")
    send(before)
    (ours,) = peer.letters
    now = at(house, "2017-11-03", 11)
    came = writes(now, "Et une caille ?", "else@far.test", to=str(ours["Reply-To"]))
    assert (came.customer, letters_of(house)) == ("karim", 1)
    writes(now, "Et du canard ?", "karim@example.org", to=str(ours["Reply-To"]))
    assert letters_of(house) == 2


def test_a_day_with_hours_of_its_own_within_the_closing_is_a_day_on_which_somebody_reads(house: House, peer: Peer) -> None:
    special = replace(house, settings=msgspec.structs.replace(house.settings, special_hours="2017-11-09 09:00-12:00"))
    before = at(special, "2017-11-03")
    (waits, _) = writes(before).number, send(before)
    assert "from Thursday 9 November on" in text_of(peer.letters[0])
    assert conversation(before, waits).due_at == instant_of(parse_day("2017-11-09"), 12, "Europe/Paris")
    for sender, hour in (("karim@example.org", 8), ("nina@example.org", 10)):
        writes(at(special, "2017-11-09", hour), sender=sender)
    assert letters_of(house) == 1, "these are read on that day"
    late = at(special, "2017-11-09", 15)
    writes(late, sender="lucie@example.org")
    assert send(at(special, "2017-11-09", 16)) == 1
    assert "from Tuesday 14 November on" in text_of(peer.letters[1])
    writes(at(special, "2017-11-08"), "Du lapin ?", "paul@example.org")
    send(at(special, "2017-11-09", 11))
    assert (count_letters(house.truth)[State.WITHDRAWN], len(peer.letters)) == (1, 2), "the shop is open as it would leave"


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "first-class"},
        {"List_Unsubscribe": "<https://a.test>"},
        {"X_Auto_Response_Suppress": "DR, OOF"},
        {"Return_Path": "<>"},
        {"Date": "Mon, 02 Oct 2017 10:00:00 +0000"},
        {"Date": "tomorrow"},
    ],
)
def test_no_machine_list_or_old_mail_is_told(house: House, heads: dict[str, str]) -> None:
    writes(at(house, "2017-11-03"), **heads)
    assert letters_of(house) == 0


def test_nobody_unknown_is_told_nor_who_says_stop_nor_where_somebody_answers_in_time(house: House) -> None:
    now = at(house, "2017-11-03")
    writes(now, sender="stranger@far.test")
    writes(now, "Ne m’écrivez plus. Livrez-vous samedi ?", "nina@example.org")
    writes(now, "Merci beaucoup !", "lucie@example.org")
    writes(replace(now, settings=msgspec.structs.replace(house.settings, closed="")))
    writes(at(house, "2017-11-12", 23), "Dimanche", "karim@example.org")  # Sunday: Monday is no day of theirs, and it would be due on Tuesday in any case
    close_gate(house.settings)
    writes(now, "Et demain ?", "paul@example.org")
    assert letters_of(house) == 0


def test_who_was_answered_before_it_leaves_is_not_told_and_a_forgotten_one_leaves_nothing(house: House, peer: Peer) -> None:
    now = at(house, "2017-11-03")
    answer(at(house, "2017-11-03", 11), writes(now).number, "Oui.", "Camille")
    writes(now, "Du lapin ?", "karim@example.org")
    forget(now, "karim")
    send(at(house, "2017-11-03", 12))
    assert [each["Auto-Submitted"] for each in peer.letters] == [None]
    assert (count_letters(house.truth)[State.WITHDRAWN], house.truth.run("SELECT COUNT(*) FROM closing_note")) == (1, [(1,)])


def test_where_nobody_knows_whether_it_left_it_does_not_leave_again(house: House, peer: Peer) -> None:
    now = at(house, "2017-11-03")
    writes(now)
    peer.breaks_off = True
    send(now)
    peer.breaks_off = False
    writes(now, "Du lapin ?", "karim@example.org")
    (karims,) = due(house.truth, "closed", now.clock.instant(), 9)
    with house.truth.transaction():
        claim(house.truth, karims, now.clock.instant())  # by somebody who was killed then
    send(at(house, "2017-11-04"))
    assert [str(each["To"]) for each in peer.letters] == [JEANNE]
    assert count_letters(house.truth)[State.IN_DOUBT] == 2


def test_two_houses_that_are_closed_do_not_answer_each_other(house: House, peer: Peer, tmp_path: Path) -> None:
    told = {"address": "https://regulars.far.test", "sender": "boutique@far.test", "relay": f"smtp://127.0.0.1:{peer.port}"}
    other = Shop(Settings(data=tmp_path / "other", **told, **OPENING, closed=CLOSED), tmp_path / "other-desk")  # type: ignore[arg-type]
    other.bring("customers", "customer,given_name,email\npaul,Paul,shop@example.org\n")
    with other.open() as far:
        open_gate(far.settings, far.clock.instant())
        now, there = at(house, "2017-11-03"), at(far, "2017-11-03")
        for _ in range(2):
            writes(there, "Livrez-vous vendredi ?", "shop@example.org", "boutique@far.test")
        send(there)
        (first,) = peer.raw
        assert receive(now, first, "shop@example.org").came == Came.ABSENCE
        assert (letters_of(house), send(now), receive(there, first, "boutique@far.test").came) == (0, 0, Came.LOOP)
        assert letters_of(far) == 1
