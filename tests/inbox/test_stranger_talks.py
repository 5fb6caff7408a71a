"""What somebody writes whom nobody here knows reads as one conversation with our answers in between, until a person says whose it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from habitue.app import House
from habitue.app.erasure.forgetting import everything_of, forget, whom_of
from habitue.app.inbox.attaching import attach
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.strangers import LONGEST_ANSWER, answer_stranger, answered_strangers, done_stranger, drop, stranger, strangers
from habitue.app.inbox.talking import conversation
from habitue.app.inbox.writing_in import Writing, write_in
from habitue.app.post.gate import keep_closed_until, open_gate
from habitue.app.retaining import let_go
from habitue.store import Truth, save_settings
from habitue.store.migrate import every_migration, lay_anew, migrate
from habitue.store.schema import rows_where, tables
from habitue.words.errors import BadInput, Refused, Unknown
from tests.cast import Shop, shop, thanks
from tests.command_line import command_line
from tests.inbox.test_answers import answer_to
from tests.inbox.test_strangers import stranger as mail_of
from tests.post.peer import Peer, listening_peer
from tests.post.test_touches import send

__all__ = ["shop"]
WHO = "who@knows.example"


@pytest.fixture
def peer() -> Iterator[Peer]:
    with listening_peer() as made:
        yield made


@pytest.fixture
def house(shop: Shop, peer: Peer) -> Iterator[House]:
    told = {
        "address": "https://regulars.example.org",
        "sender": "shop@example.org",
        "relay": f"smtp://127.0.0.1:{peer.port}",
        "answer_hours": 4,
        "complaint_hours": 2,
    }
    with shop.told(**told).book(thanks()).open() as opened:
        yield opened


def words_in(house: House, number: int) -> list[str]:
    return [said.words for said in stranger(house, number).said]


def test_it_is_answered_stays_readable_and_comes_back_to_the_top(house: House, peer: Peer) -> None:
    number = receive(house, mail_of("Avez-vous du lapin ?")).stray
    receive(house, mail_of("Et du canard ?", "Who@Knows.example"))
    other = receive(house, mail_of("Bonjour ?", "else@knows.example")).stray
    first, second = strangers(house)
    assert (words_in(house, number), second.number) == (["Avez-vous du lapin ?", "Et du canard ?"], other)
    assert (first.due_at - first.since_at, first.is_late) == (4 * 3_600, False)

    answer_stranger(house, number, "Les deux.", "Anne", first.last)
    assert [each.number for each in strangers(house)] == [other]
    (answered,) = answered_strangers(house)
    assert (answered.number, answered.since_at, answered.due_at) == (number, 0, 0)
    assert [(said.words, said.who, said.letter) for said in answered.said if not said.is_theirs] == [("Les deux.", "Anne", "waiting")]
    send(house)
    (got,) = peer.letters
    receive(house, answer_to(got, "Merci ! Deux alors.", "zoe@elsewhere.example"))
    receive(house, mail_of("Et une oie ?"))
    assert answered_strangers(house) == []
    back = strangers(house)[-1]
    assert words_in(house, number) == ["Avez-vous du lapin ?", "Et du canard ?", "Les deux.", "Merci ! Deux alors.", "Et une oie ?"], "our letter leads back"
    assert back.since_at == back.said[3].at

    done_stranger(house, number, "Anne", back.last)
    done_stranger(house, number, "Anne", back.last)
    assert [each.number for each in answered_strangers(house)] == [number]
    assert [said.words for said in stranger(house, number).said if not said.is_theirs] == ["Les deux.", ""]


def test_what_they_write_is_read_for_its_kind_as_a_customers_is(house: House, peer: Peer) -> None:
    asks = receive(house, mail_of("Avez-vous du lapin ?", "first@knows.example")).stray
    number = receive(house, mail_of("Je suis très déçue : le rôti était avarié.")).stray
    write_in(house, Writing("site@knows.example", "Merci beaucoup !", "", "127.0.0.1", "fr"))
    complaint, question = strangers(house)
    assert (complaint.number, complaint.is_complaint, question.number, question.is_complaint) == (number, True, asks, False)
    assert (complaint.due_at - complaint.since_at, question.due_at - question.since_at) == (2 * 3_600, 4 * 3_600)
    assert [each.sender for each in answered_strangers(house)] == ["site@knows.example"], "a thank-you waits for nothing"

    answer_stranger(house, number, "Nous vous remboursons.", "Anne", complaint.last)
    assert stranger(house, number).is_complaint
    receive(house, mail_of("Merci. Et quand ?"))
    back = strangers(house)[0]
    assert (back.number, back.due_at - back.since_at) == (number, 2 * 3_600), "it is not settled yet"
    answer_stranger(house, number, "Demain.", "Anne", back.last)
    receive(house, mail_of("Merci !"))
    assert [each.number for each in strangers(house)] == [number, asks], "as a customer's, while her complaint is open"
    for _ in range(2):
        done_stranger(house, number, "Anne")
    assert not stranger(house, number).is_complaint
    for words in ("Merci mille fois !", "Thanks, take me off your list"):
        receive(house, mail_of(words))
    assert [said.words for said in stranger(house, number).said][-3:] == ["", "Merci mille fois !", "Thanks, take me off your list"]
    (_, out) = strangers(house)
    assert (out.waits_from, out.due_at - out.since_at, out.is_complaint) == (out.last, 4 * 3_600, False), "a stop is for a person to read"
    kept = attach(house, asks, "karim", "Anne")
    assert not conversation(house, kept).is_complaint


def test_a_thank_you_that_is_attached_opens_nothing(house: House, peer: Peer) -> None:
    number = receive(house, mail_of("Merci beaucoup !")).stray
    assert strangers(house) == []
    talk = conversation(house, attach(house, number, "martin", "Anne", number))
    assert ([said.words for said in talk.messages], talk.is_open) == (["Merci beaucoup !"], False)


def test_nobody_is_talked_past_and_the_same_press_is_one_answer(house: House, peer: Peer) -> None:
    number = receive(house, mail_of("Avez-vous du lapin ?")).stray
    letters: list[int] = []
    pressed = [threading.Thread(target=lambda: letters.append(answer_stranger(house, number, "Oui.", "Anne", number))) for _ in range(2)]
    for each in pressed:
        each.start()
    for each in pressed:
        each.join()
    assert letters[0] == letters[1]
    for act in (
        lambda: answer_stranger(house, number, "Oui.", "Marc", number),
        lambda: answer_stranger(house, number, "Non.", "Anne", number),
        lambda: drop(house, number, "Marc", number),
        lambda: attach(house, number, "martin", "Marc", number),
    ):
        with pytest.raises(Refused, match="meanwhile"):
            act()
    answer_stranger(house, number, "Oui.", "Anne", stranger(house, number).last)
    assert words_in(house, number) == ["Avez-vous du lapin ?", "Oui.", "Oui."], "who read it and says it again means it"
    receive(house, mail_of("Non, merci."))
    with pytest.raises(Refused, match="meanwhile"):
        done_stranger(house, number, "Anne", number)
    send(house)
    assert len(peer.letters) == 2


def test_where_no_answer_can_go_a_sentence_says_why(house: House, peer: Peer) -> None:
    said = {"no-reply@shop.example": "machine", "Mailer-Daemon9@shop.example": "machine", "Shop@example.org": "our own address"}
    for sender, why in said.items():
        write_in(house, Writing(sender, f"Bonjour {sender}", "", "127.0.0.1", "fr"))
        one = strangers(house)[-1]
        assert why in one.no_answer
        with pytest.raises(Refused, match=why):
            answer_stranger(house, one.number, "Oui.", "Anne")
    number = receive(house, mail_of("Bonjour ?")).stray
    for words, why in (("  ", "empty letter"), ("x" * (LONGEST_ANSWER + 1), "100,000")):
        with pytest.raises(BadInput, match=why):
            answer_stranger(house, number, words, "Anne")
    with pytest.raises(Unknown):
        answer_stranger(house, 999, "Oui.", "Anne")
    keep_closed_until(house.settings, house.today)
    with pytest.raises(Refused, match="its gate is closed"):
        answer_stranger(house, number, "Oui.", "Anne")
    open_gate(house.settings, house.clock.instant())
    answer_stranger(house, number, "Oui.", "Anne")
    drop(house, number, "Anne")
    send(house)
    assert peer.letters == [], "what was let go does not leave"
    assert house.truth.run("SELECT COUNT(*) FROM stray_answer") == [(0,)]


def test_what_was_said_by_both_becomes_a_conversation_with_her_and_no_more_than_a_person_says(house: House, peer: Peer) -> None:
    number = receive(house, mail_of("Avez-vous du lapin ?")).stray
    answer_stranger(house, number, "Oui.", "Anne")
    with pytest.raises(Refused, match="still in the post"):
        attach(house, number, "karim", "Anne")
    send(house)
    later = receive(house, mail_of("plus de veau pour moi.")).stray
    third = receive(house, mail_of("Je suis l’autre. Et du foie ?")).stray
    with pytest.raises(Unknown):
        attach(house, number, "karim", "Anne", only=999)
    done_stranger(house, number, "Anne")
    alone = attach(house, number, "martin", "Anne", only=third)
    assert [(said.is_hers, said.words) for said in conversation(house, alone).messages] == [(True, "Je suis l’autre. Et du foie ?")]
    assert words_in(house, number) == ["Avez-vous du lapin ?", "Oui.", "plus de veau pour moi."]
    kept = attach(house, later, "karim", "Anne")
    talk = conversation(house, kept)
    assert [(said.is_hers, said.words, said.who, said.letter) for said in talk.messages] == [
        (True, "Avez-vous du lapin ?", "", ""),
        (False, "Oui.", "Anne", "sent"),
        (True, "plus de veau pour moi.", "", ""),
    ]
    assert (talk.customer, [line.state for line in talk.messages[-1].proposals]) == ("karim", ["bound"])
    assert not talk.is_open, "it was done, though that stands with the message that is another's"
    assert (strangers(house), answered_strangers(house)) == ([], [])


def test_it_is_hers_by_name_and_goes_with_her_and_after_a_year(house: House, shop: Shop) -> None:
    number = receive(house, mail_of("Avez-vous du lapin ?")).stray
    answer_stranger(house, number, "Bonjour Jeanne Martin, oui.", "Anne")
    later = receive(house, mail_of("Merci. Et du veau ?")).stray
    hers = everything_of(house.truth, whom_of(house.truth, 1))
    assert ([row["stray_id"] for row in hers["stray"]], [row["words"] for row in hers["stray_answer"]]) == ([number], ["Bonjour Jeanne Martin, oui."])
    forget(house, "martin")
    assert words_in(house, later) == ["Merci. Et du veau ?"]
    assert rows_where(house.truth, "stray_answer", "stray_id", [number, later]) == []
    answer_stranger(house, later, "Oui.", "Anne")
    with shop.open("2018-11-04") as old:
        assert let_go(old)["strays"] == 1
        assert old.truth.run("SELECT COUNT(*) FROM stray_answer") == [(0,)]


def test_the_terminal_shows_what_was_said_and_answers_it(shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    save_settings(shop.told(sender="shop@example.org").book(thanks()).settings)
    with shop.open() as house:
        number = receive(house, mail_of("Avez-vous du lapin ?")).stray
    habitue = command_line(shop.settings.data, monkeypatch, capsys)
    assert "by 2017-" in habitue("inbox", "list")[1]
    assert "in the post" in habitue("inbox", "answer-stranger", str(number), "--words", "Oui.")[1]
    assert "in the post" in habitue("inbox", "answer-stranger", str(number), "--words", "Oui.")[1], "the same twice is one"
    assert "meanwhile" in habitue("inbox", "answer-stranger", str(number), "--words", "Non.")[1]
    with shop.open() as house:
        receive(house, mail_of("Le rôti était avarié, je suis très déçu.", "else@knows.example"))
    listed = habitue("inbox", "list", "--language", "fr")[1]
    assert ("déçu. réclamation" in listed, "ils ont notre réponse" in listed) == (True, True)
    code, shown = habitue("inbox", "show-stranger", str(number))
    assert code == 0
    assert shown.rstrip().endswith("waiting Oui.")
    assert shown.index("06:00 by e-mail Avez-vous du lapin ?") < shown.index("Oui.")
    assert "done" in habitue("inbox", "done-stranger", str(number))[1]


def test_what_was_answered_before_stands_in_its_conversation(truth: Truth) -> None:
    older = [name for name in every_migration() if name < "2026_12_02_a_stray_answer.sql"]
    rows = [("A@x.test", "", "Oui", 7), ("a@x.test", "", "", 0), ("z@x.test", "c1", "Non", 8), ("", "", "", 0)]
    with truth.transaction():
        lay_anew(truth, tables(truth), older)
        truth.run("INSERT INTO counter (name, value) VALUES ('stray', 4)")
        for n, (sender, chat, answer, letter) in enumerate(rows, 1):
            row = (n, f"m{n}", 100 + n, sender, f"w{n}", chat, answer, letter)
            text = "INSERT INTO stray (stray_id, mail, at, sender, subject, words, number, chat, answer, answered_by, letter_id) "
            truth.run(text + "VALUES (?, ?, ?, ?, '', ?, '', ?, ?, 'Anne', ?)", row)
    migrate(truth)
    assert truth.run("SELECT stray_id, talk, answered FROM stray ORDER BY stray_id") == [(1, "a@x.test", 5), (2, "a@x.test", 0), (3, "c1", 6), (4, "", 0)]
    assert truth.run("SELECT * FROM stray_answer ORDER BY said_id") == [(5, 1, 7, 101, "Oui", "Anne"), (6, 3, 8, 103, "Non", "Anne")]
    assert truth.run("SELECT value FROM counter WHERE name = 'stray'") == [(6,)]
