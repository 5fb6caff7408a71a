"""What holds what she refused: each thing by its own statement, each message by those that came of it."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

from habitue.app import House, statements_of
from habitue.app.her.saying import allow
from habitue.app.inbox.answering import keep, let_go
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.talking import ProposalLine, conversation
from habitue.app.merging import Pairing
from habitue.app.remembering import withdraw
from habitue.words.clock import StoppedClock
from habitue.words.vocabulary import Purpose
from tests.cast import shop
from tests.inbox.test_answers import answer_to, house, letter, peer

__all__ = ["house", "letter", "peer", "shop"]


def lines(house: House, message: int) -> dict[str, ProposalLine]:
    return {line.proposal.about: line for said in conversation(house, message).messages if said.number == message for line in said.proposals}


def counting(house: House, customer: str = "martin") -> list[tuple[str, int]]:
    return sorted((one.about, one.feeling) for one in statements_of(house, customer) if one.feeling and one.counts)


def test_one_sentence_refuses_two_things_and_each_is_let_go_by_itself(house: House, letter: EmailMessage) -> None:
    got = receive(house, answer_to(letter, "Plus de veau ni de foie pour moi."))
    assert (got.bound, counting(house)) == (("veau", "foie"), [("liver", -1), ("veal", -1)])
    let_go(house, got.number, lines(house, got.number)["foie"].number, "Camille")
    assert counting(house) == [("veal", -1)]
    assert {about: line.state for about, line in lines(house, got.number).items()} == {"veau": "bound", "foie": "let_go"}


def test_what_she_refuses_again_in_the_same_words_after_a_yes_holds_again(house: House, letter: EmailMessage) -> None:
    no = "Plus de veau pour moi."
    first = receive(house, answer_to(letter, no))
    liked = receive(house, answer_to(letter, "J'adore le veau."))
    keep(house, liked.number, lines(house, liked.number)["veau"].number, "Camille")
    assert counting(house) == [("veal", 1)]
    later = replace(house, clock=StoppedClock(house.clock.instant() + 3600))
    again = receive(later, answer_to(letter, no).replace(b"@client.test", b"@other.test"))
    assert counting(later) == [("veal", -1)]
    let_go(later, first.number, lines(later, first.number)["veau"].number, "Camille")
    assert counting(later) == [("veal", -1)]
    let_go(later, again.number, lines(later, again.number)["veau"].number, "Camille")
    assert counting(later) == [("veal", 1)]


def test_what_she_took_back_does_not_hold_again_because_its_mail_is_handed_over_again(house: House, letter: EmailMessage) -> None:
    raw = answer_to(letter, "Plus de veau pour moi.")
    receive(house, raw)
    (one,) = [one for one in statements_of(house, "martin") if one.feeling < 0]
    withdraw(house, "martin", one.number)
    receive(house, raw)
    assert counting(house) == []


def test_words_with_signs_that_turn_them_are_let_go_as_any(house: House, letter: EmailMessage) -> None:
    got = receive(house, answer_to(letter, "Plus de \u2068veau\u2069 pour moi."))
    assert lines(house, got.number)["veau"].state == "bound"
    let_go(house, got.number, lines(house, got.number)["veau"].number, "Camille")
    assert counting(house) == []


def test_what_one_wrote_while_two_were_taken_for_one_goes_with_the_writer_when_they_are_two_again(house: House, letter: EmailMessage) -> None:
    def pair() -> Pairing:
        return Pairing(house.truth, house.settings, "martin", "paul", house.clock.instant())

    allow(house, "martin", is_yes=True, purpose=Purpose.HEALTH)
    with house.truth.transaction():
        pair().merge()
    words = "Plus de foie pour moi. J'adore l'agneau. Je suis allergique au veau."
    raw = answer_to(letter, words, "paul@example.org", "shop@example.org").replace(str(letter["Message-ID"]).encode(), b"<x@y.test>")
    got = receive(house, raw)
    for line in lines(house, got.number).values():
        keep(house, got.number, line.number, "Camille")
    assert counting(house) == [("lamb", 1), ("liver", -1), ("veal", -1)]
    with house.truth.transaction():
        pair().unmerge()
    assert (counting(house), counting(house, "paul")) == ([], [("lamb", 1), ("liver", -1)])  # of the leave to keep what touches health, Paul gave none
