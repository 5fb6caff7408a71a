"""A stranger's conversation is taken in hand, given on and noted beside like a customer's: both stay once it is hers, and go when it is let go."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from habitue.app import House
from habitue.app.erasure.forgetting import forget
from habitue.app.inbox.among_us import drop_stranger_note, give_stranger, note_stranger, take_stranger
from habitue.app.inbox.attaching import attach
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.strangers import drop, stranger, strangers
from habitue.app.inbox.talking import conversation
from habitue.app.retaining import keepings, let_go
from habitue.words.errors import BadInput, Refused, Unknown
from tests.cast import Shop, shop, thanks
from tests.command_line import command_line
from tests.inbox.test_strangers import stranger as mail_of

__all__ = ["shop"]
SAID = "Sans doute la voisine de Paul."


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.told(sender="shop@example.org").book(thanks()).open() as opened:
        yield opened


def written(house: House, words: str = "Avez-vous du lapin ?", sender: str = "who@knows.example") -> int:
    return receive(house, mail_of(words, sender)).stray


def kept(house: House) -> list[int]:
    return [house.truth.run(f"SELECT COUNT(*) FROM {relation}")[0][0] for relation in ("stray_note", "talk_note", "talk_given")]


def test_person_and_notes_go_with_the_conversation_to_her(house: House) -> None:
    number, other = written(house), written(house, "Bonjour ?", "else@knows.example")
    take_stranger(house, number, "Anne")
    later = written(house, "Et du canard ?")
    assert [(each.number, each.person) for each in strangers(house)] == [(number, "Anne"), (other, "")], "who writes again stays in those hands"
    assert [each.number for each in strangers(house, of="anne")] == [number]
    assert [each.number for each in strangers(house, of="")] == [other]
    for change in (lambda: take_stranger(house, number, "Camille"), lambda: give_stranger(house, number, "", had="Zoé")):
        with pytest.raises(Refused):
            change()
    give_stranger(house, later, "Camille")
    once = {note_stranger(house, number, f" {SAID}\r\n", "Anne") for _ in range(2)}
    wrong = note_stranger(house, later, "Rappeler lundi.", "")
    drop_stranger_note(house, number, wrong)
    for refused, words in ((Refused, "Elle est allergique aux noix."), (BadInput, " "), (BadInput, "a" * 4_001)):
        with pytest.raises(refused):
            note_stranger(house, number, words, "Anne")
    for missing in (lambda: drop_stranger_note(house, other, min(once)), lambda: note_stranger(house, 10**18, SAID, "Anne")):
        with pytest.raises(Unknown):
            missing()
    assert [(each.number, each.who, each.words) for each in stranger(house, number).notes] == [(min(once), "Anne", SAID)]

    first = conversation(house, attach(house, number, "martin", "Anne", only=number))
    assert (first.person, first.notes, stranger(house, later).person) == ("Camille", (), "Camille"), "the note was beside the other message"
    hers = conversation(house, attach(house, later, "martin", "Anne"))
    assert (hers.person, [(each.number, each.who, each.words) for each in hers.notes]) == ("Camille", [(min(once), "Anne", SAID)])
    assert kept(house) == [0, 1, 2]
    forget(house, "martin")
    assert kept(house) == [0, 0, 0]


def test_who_is_let_go_or_forgotten_leaves_no_note_and_nobody_s_name(shop: Shop, house: House) -> None:
    gone, hers, old = (written(house, f"Bonjour {name} ?", f"{name}@knows.example") for name in ("un", "deux", "trois"))
    for number, words in ((gone, SAID), (hers, "C'est Jeanne Martin."), (old, SAID)):
        give_stranger(house, number, "Camille")
        note_stranger(house, number, words, "Anne")
    drop(house, gone, "Anne")
    forget(house, "martin")
    assert [each.number for each in strangers(house)] == [old]
    assert house.truth.run("SELECT person FROM stray WHERE person <> '' AND sender = ''") == []
    assert {each.kind: each.due for each in keepings(house)}["talk_notes"] == 0
    with shop.open("2018-11-04") as later:
        assert {each.kind: each.due for each in keepings(later)}["talk_notes"] == 1
        let_go(later)
        assert kept(later) == [0, 0, 0]


def test_a_note_may_go_before_what_it_stands_beside(shop: Shop, house: House) -> None:
    number = written(house)
    note_stranger(house, number, SAID, "Anne")
    (house.settings.data / "retention.toml").write_text("[days]\ntalk_notes = 20\n", encoding="utf-8")
    with shop.open("2017-12-24") as later:
        assert let_go(later)["talk_notes"] == 1
        assert (stranger(later, number).notes, kept(later)) == ((), [0, 0, 0])


def test_it_is_taken_given_and_noted_in_the_terminal(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    inbox = partial(command_line(house.settings.data, monkeypatch, capsys), "inbox")
    number = str(written(house))
    code, said = inbox("give", number, "Zoé", "--stranger")
    assert (code, "for Zoé" in said) == (0, True)
    assert inbox("note", number, "--words", SAID, "--stranger")[0] == 0
    assert SAID in inbox("show-stranger", number)[1]
    assert "who@knows" not in inbox("list", "--nobodys")[1]
    assert inbox("mine", number, "--stranger")[0] != 0, "another has it in hand"
    assert inbox("drop-note", number, str(stranger(house, int(number)).notes[0].number), "--stranger")[0] == 0
    assert "for Zoé" not in inbox("give-back", number, "--stranger")[1]
    assert "who@knows" in inbox("list", "--nobodys")[1]
    assert stranger(house, int(number)).notes == ()
