"""A letter comes back, or its reader complains: believed where nobody can have forged it, and then heeded at once, each report once."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from habitue.app import House, decide_for
from habitue.app.imports.importing import import_file
from habitue.app.inbox.receiving import Received, receive
from habitue.app.leaving import leaves_of
from habitue.app.names import customer_of
from habitue.app.post.sending import balances
from habitue.channels.email.tokens import address_back
from habitue.dialogue.incoming import Came
from habitue.events.arrivals import WriteKey, add_write_key
from habitue.identity.records import address_to_write_to
from habitue.store.schema import rows_where
from habitue.words.clock import StoppedClock
from habitue.words.reasons import Reason
from tests.cast import shop
from tests.inbox.test_answers import answer_to, house, letter, peer
from tests.retention.test_keeping import told

__all__ = ["house", "letter", "peer", "shop"]
POSTFIX = (Path(__file__).parents[1] / "dialogue/mails/dsn.eml").read_text(encoding="utf-8")
DAY = 86_400


def number_of(letter: EmailMessage) -> int:
    found = re.match(r"<touch\.(\d+)\.", str(letter["Message-ID"]))
    assert found
    return int(found[1])


def bounce(house: House, letter: EmailMessage, status: str = "5.1.1", to: str = "jeanne@example.org", mail: str = "1", forged: bool = False) -> bytes:
    """What Postfix says of a letter of ours, to the address that the letter left from."""
    back = address_back(b"another" if forged else house.key, "bounces", number_of(letter), "example.org")
    told = POSTFIX.replace("bounce+6200e9cc3f98@shop.test", back).replace("ghost@far.test", to).replace("Status: 5.1.1", f"Status: {status}")
    return told.replace("550 5.1.1", f"550 {status}").replace("20261121203913.19487218038", f"{mail}.report").encode()


def complaint(house: House, letter: EmailMessage, *, forged: bool = False) -> bytes:
    """What a mailbox provider passes on (RFC 5965): the letter stands in it as it came there."""
    back = address_back(b"another" if forged else house.key, "bounces", number_of(letter), "example.org")
    reply_to = letter["Reply-To"] if not forged else ""
    return (
        "From: feedback@far.test\nTo: shop@example.org\nSubject: FW\nMessage-ID: <fbl@far.test>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nThis is an abuse report.\n"
        "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Far/1\nVersion: 1\n\n"
        f"--b\nContent-Type: message/rfc822\n\nReturn-Path: <{back}>\nFrom: shop@example.org\nTo: redacted@far.test\nReply-To: {reply_to}\n"
        f"Message-ID: {letter['Message-ID']}\nSubject: x\n\nBonjour\n--b--\n"
    ).encode()


def later(house: House, days: int) -> House:
    return replace(house, clock=StoppedClock(house.clock.instant() + days * DAY))


def to_jeanne(house: House) -> str:
    return address_to_write_to(house.truth, 1)


def leave(house: House, channel: str = "email") -> dict[str, bool]:
    return {each.purpose: each.is_granted for each in leaves_of(house, "martin") if each.channel == channel}


def test_an_address_that_is_no_more_gets_nothing_and_judgement_knows(house: House, letter: EmailMessage) -> None:
    assert to_jeanne(house) == "jeanne@example.org"
    before = leave(house)
    came = receive(house, bounce(house, letter))
    assert came == Received(Came.BOUNCED_FOR_GOOD, letter=number_of(letter))
    assert to_jeanne(house) == ""
    assert decide_for(house, "martin").reason == Reason.UNREACHABLE
    assert leave(house) == before, "that she cannot be reached is no no of hers"
    (row,) = rows_where(house.truth, "letter_return", "letter_id", [number_of(letter)])
    assert (row["what"], row["status"]) == ("gone", "5.1.1")
    assert "jeanne" not in str(row)
    (book,) = [each for each in balances(house, house.today, house.today) if each.posted]
    assert (book.came_back, book.decided) == (1, sum(book.posted.values()) + book.by_hand)


@pytest.mark.parametrize("status", ["5.7.1", "5.2.2", "4.2.2", "5.1.8", "5.0.0"])
def test_a_full_mailbox_and_what_is_said_of_us_leave_the_address_as_it_is(house: House, letter: EmailMessage, status: str) -> None:
    assert receive(house, bounce(house, letter, status)).letter == number_of(letter)
    assert to_jeanne(house) == "jeanne@example.org"


def test_a_report_that_proves_no_letter_of_ours_is_not_believed(house: House, letter: EmailMessage) -> None:
    assert receive(house, bounce(house, letter, forged=True)) == Received(Came.BOUNCED_FOR_GOOD)
    assert receive(house, POSTFIX.encode()) == Received(Came.BOUNCED_FOR_GOOD)
    assert receive(house, complaint(house, letter, forged=True)) == Received(Came.COMPLAINT)
    assert to_jeanne(house) == "jeanne@example.org"
    assert all(leave(house).values())
    assert house.truth.run("SELECT COUNT(*) FROM letter_return") == [(0,)]


def test_whoever_proves_one_letter_ends_no_address_of_somebody_else(house: House, letter: EmailMessage) -> None:
    assert receive(house, bounce(house, letter, to="karim@example.org")).letter
    assert house.truth.run("SELECT COUNT(*) FROM identifier WHERE dead_at <> 0") == [(0,)]


def test_a_report_spells_an_address_of_another_script_as_mail_servers_do(house: House, letter: EmailMessage) -> None:
    house.truth.run("UPDATE identifier SET value = 'jeanne@épicerie.example' WHERE value = 'jeanne@example.org'")
    assert receive(house, bounce(house, letter, to="Jeanne@xn--picerie-9xa.example")).letter
    assert house.truth.run("SELECT value FROM identifier WHERE dead_at <> 0") == [("jeanne@épicerie.example",)]


def test_she_writes_from_it_and_it_lives_again(house: House, letter: EmailMessage) -> None:
    receive(house, bounce(house, letter))
    receive(house, answer_to(letter, "Avez-vous du lapin ?"))
    assert to_jeanne(house) == "jeanne@example.org"
    assert decide_for(house, "martin").reason != Reason.UNREACHABLE
    receive(house, bounce(house, letter))
    assert to_jeanne(house) == "jeanne@example.org", "the same report counts once"


def test_the_same_address_told_again_shows_nothing_and_another_is_another(house: House, letter: EmailMessage, tmp_path: Path) -> None:
    receive(house, bounce(house, letter))
    file = tmp_path / "again.csv"
    for email, where in (("jeanne@example.org", ""), ("jeanne@new.example", "jeanne@new.example"), ("jeanne@example.org", "")):
        file.write_text(f"customer,email,phone\nmartin,{email},+33 6 10 00 00 99\n", encoding="utf-8")
        import_file(house.truth, house.settings, file, None, "customers")
        assert to_jeanne(house) == where
        house.alone.make_ready(house.when())
        assert (decide_for(house, "martin").reason == Reason.UNREACHABLE) is not bool(where)
    visit: dict[str, object] = {"type": "identify", "userId": "martin", "traits": {"email": "jeanne@example.org", "phone": "+33 6 10 00 00 98"}}
    with house.truth.transaction():
        add_write_key(house.truth, WriteKey("WK", "till", "", True, 1))
    told(house, visit | {"messageId": "m1", "timestamp": "2017-11-02T09:00:00Z"})
    assert house.truth.run("SELECT phone FROM person WHERE profile_id = 1") == [("+33 6 10 00 00 98",)]
    house.alone.make_ready(house.when())
    assert decide_for(house, "martin").reason == Reason.UNREACHABLE


def test_another_number_that_a_file_tells_with_a_dead_address_reaches_nobody_either(house: House, letter: EmailMessage, tmp_path: Path) -> None:
    receive(house, bounce(house, letter))
    file = tmp_path / "another.csv"
    file.write_text("customer,since,email\nsecond,2017-02-02,jeanne@example.org\nthird,2017-02-02,third@example.org\n", encoding="utf-8")
    import_file(house.truth, house.settings, file, None, "customers")
    known = {key: customer_of(house, key) for key in ("second", "third")}
    assert [address_to_write_to(house.truth, each) for each in known.values()] == ["", "third@example.org"]
    last = "SELECT has_email FROM customer WHERE profile_id = ? ORDER BY known_at DESC, seq DESC LIMIT 1"
    assert [house.truth.run(last, (each,)) for each in known.values()] == [[(0,)], [(1,)]]
    with house.truth.transaction():
        add_write_key(house.truth, WriteKey("WK", "till", "", True, 1))
    by_till: dict[str, object] = {"type": "identify", "userId": "fourth", "traits": {"email": "jeanne@example.org"}}
    told(house, by_till | {"messageId": "m1", "timestamp": "2017-11-02T09:00:00Z"})
    known["fourth"] = customer_of(house, "fourth")
    assert house.truth.run(last, (known["fourth"],)) == [(0,)]
    receive(house, answer_to(letter, "Avez-vous du lapin ?"))
    assert address_to_write_to(house.truth, known["second"]) == "jeanne@example.org"
    assert {key: house.truth.run(last, (each,)) for key, each in known.items()} == {key: [(1,)] for key in known}, "it lives for all who have it"


@pytest.mark.parametrize(("days", "lives"), [((0, 1, 2, 3, 4), True), ((0, 3, 6, 8), True), ((0, 9, 18, 27, 31), True), ((0, 2, 4, 6, 7), False)])
def test_a_mailbox_that_takes_nothing_for_a_week_is_given_up(house: House, letter: EmailMessage, days: tuple[int, ...], lives: bool) -> None:
    """Five letters, each of which came back twice: the server warned, and gave up."""
    first = number_of(letter)
    for n, day in enumerate(days):
        again = EmailMessage()
        again["Message-ID"] = f"<touch.{first + 100 * n}.x@example.org>"
        if n:
            columns = "letter_id, kind, language, profile_id, state, made_at, due_at"
            house.truth.run(f"INSERT INTO letter ({columns}) VALUES (?, 'answer', 'fr', 1, 'sent', 1, 1)", (first + 100 * n,))
        receive(later(house, day), bounce(house, again, "4.2.2", mail=f"{n}-warned"))
        receive(later(house, day), bounce(house, again, "5.2.2", mail=str(n)))
    assert (to_jeanne(house) != "") is lives


def test_who_complains_has_left_by_e_mail_at_once_and_only_by_that_report(house: House, letter: EmailMessage) -> None:
    assert receive(house, complaint(house, letter)) == Received(Came.COMPLAINT, letter=number_of(letter))
    assert not any(leave(house).values())
    assert decide_for(house, "martin").reason == Reason.NO_CONSENT
    said = [word for each in leaves_of(house, "martin", "fr") for word in each.words if not word.is_yes]
    assert {(word.proof, word.proof_shown) for word in said} == {
        ("complaint to the mailbox provider", "plainte auprès du fournisseur de messagerie"),
    }
    words = len(said)
    receive(house, complaint(house, letter))
    assert len([word for each in leaves_of(house, "martin") for word in each.words if not word.is_yes]) == words
