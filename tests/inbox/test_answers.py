"""A customer answers a word of ours: it is one conversation, what she refuses binds at once, and a person answers her through the post room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

import msgspec
import pytest
from starlette.testclient import TestClient

from habitue.app import House, decide_for, plan_day, statements_of
from habitue.app.erasure.forgetting import forget
from habitue.app.her.saying import allow
from habitue.app.inbox import answering
from habitue.app.inbox.answering import answer, close, keep, let_go
from habitue.app.inbox.hearing_stop import Outcome
from habitue.app.inbox.receiving import Received, receive
from habitue.app.inbox.strangers import strangers
from habitue.app.inbox.talking import Conversation, conversation, open_conversations
from habitue.app.leaving import leaves_of
from habitue.app.post.gate import open_gate
from habitue.dialogue.incoming import Came
from habitue.events.arrivals import WriteKey, add_write_key
from habitue.identity.records import add_identifiers
from habitue.web import create_site
from habitue.words.clock import StoppedClock, zone
from habitue.words.errors import Refused
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Purpose
from tests.cast import Shop, shop, veal
from tests.post.peer import Peer, listening_peer, text_of
from tests.post.test_touches import send, written

__all__ = ["shop"]


@pytest.fixture
def peer() -> Iterator[Peer]:
    with listening_peer() as made:
        yield made


@pytest.fixture
def house(shop: Shop, peer: Peer) -> Iterator[House]:
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}"}
    with written(shop.told(**told), veal(letter='"aside"')).open() as opened:
        open_gate(opened.settings, opened.clock.instant())
        yield opened


@pytest.fixture
def letter(house: House, peer: Peer) -> EmailMessage:
    """The word that the day's plan said to Jeanne Martin, as it came to her."""
    plan_day(house)
    send(house)
    return next(each for each in peer.letters if each["To"] == "jeanne@example.org")


def hers(house: House) -> list[Conversation]:
    """The conversations in which Jeanne Martin waits for us; somebody else's was brought in by a file."""
    return [each for each in open_conversations(house) if each.customer == "martin"]


def answer_to(letter: EmailMessage, words: str, sender: str = "jeanne@example.org", to: str = "", **heads: str) -> bytes:
    """What a mail program makes of an answer."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to or str(letter["Reply-To"]), f"Re: {letter['Subject']}"
    made["Message-ID"], made["In-Reply-To"] = f"<{len(words)}.{words.encode().hex()[:30]}@client.test>", str(letter["Message-ID"])
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    made.set_content(f"{words}\n\nOn Thu, Nov 2, 2017, Shop <shop@example.org> wrote:\n> we kept some veal\n")
    return made.as_bytes()


def test_what_she_refuses_binds_at_once_is_answered_and_stands_on_her_card(house: House, letter: EmailMessage, peer: Peer) -> None:
    came = receive(house, answer_to(letter, "plus de veau, merci. Vous avez du poulet samedi ?"), str(letter["Reply-To"]))
    assert (came.came, came.customer, came.bound) == (Came.ANSWER, "martin", ("veau",))
    (talk,) = hers(house)
    assert (talk.customer, talk.name, talk.subject, talk.is_our_turn) == ("martin", "Jeanne Martin", f"Re: {letter['Subject']}", True)
    assert talk.answers.endswith("@client.test>")
    (said,) = talk.messages
    assert (said.words, said.way, said.is_hers) == ("plus de veau, merci. Vous avez du poulet samedi ?", "email", True)
    assert [(line.what, line.state) for line in said.proposals] == [("refusal", "bound"), ("question", "waiting")]
    stated = next(one for one in statements_of(house, "martin") if one.feeling < 0)
    assert (stated.quote, stated.told, stated.standing) == (said.proposals[0].quote, "she_said", "counts")
    assert decide_for(house, "martin").reason in {Reason.DISLIKED, Reason.WAITING_FOR_OUR_ANSWER}

    answer(house, talk.number, "Bonjour Jeanne,\n\noui, j’en garde un pour vous.", "Camille", talk.last)
    assert hers(house) == []
    send(house)
    got = peer.letters[-1]
    assert (got["To"], got["Subject"], got["In-Reply-To"]) == ("jeanne@example.org", f"Re: {letter['Subject']}", talk.answers)
    assert "oui, j’en garde un pour vous." in text_of(got)
    assert "Camille" in text_of(got)
    assert got["Auto-Submitted"] is None
    assert got["List-Unsubscribe"] is None

    thanks = receive(house, answer_to(got, "Merci beaucoup !"), str(got["Reply-To"]))
    assert hers(house) == []
    assert [(each.is_hers, each.words) for each in conversation(house, thanks.number).messages] == [
        (True, "plus de veau, merci. Vous avez du poulet samedi ?"),
        (False, "Bonjour Jeanne,\n\noui, j’en garde un pour vous."),
        (True, "Merci beaucoup !"),
    ]
    again = receive(house, answer_to(got, "Et une côte de porc ?"), str(got["Reply-To"]))
    assert (again.number in {each.number for each in hers(house)[0].messages}, len(conversation(house, again.number).messages)) == (True, 4)


def test_an_allergy_is_kept_with_her_leave_alone_and_the_answer_asks_for_it(house: House, letter: EmailMessage, peer: Peer) -> None:
    receive(house, answer_to(letter, "Mon fils est allergique au saumon."))
    (talk,) = hers(house)
    (line,) = [each for each in talk.messages[0].proposals if each.what == "allergy"]
    assert (line.state, line.needs_leave) == ("waiting", True)
    with pytest.raises(Refused):
        keep(house, talk.number, line.number, "Camille")
    assert not [one for one in statements_of(house, "martin") if "allergique" in one.quote]
    answer(house, talk.number, "Merci de nous l’avoir dit.", "Camille", asks_leave=True)
    send(house)
    assert "https://regulars.example.org/her/" in text_of(peer.letters[-1])
    assert "#leaves" in text_of(peer.letters[-1])
    allow(house, "martin", is_yes=True, purpose=Purpose.HEALTH)
    keep(house, talk.number, line.number, "Camille")
    (kept,) = [one for one in statements_of(house, "martin") if "allergique" in one.quote]
    assert (kept.is_about_health, kept.feeling, kept.told) == (True, -1, "she_said")
    assert next(each for each in conversation(house, talk.number).messages[0].proposals if each.what == "allergy").state == "kept"


def test_what_she_did_not_mean_is_let_go_and_binds_no_more(house: House, letter: EmailMessage) -> None:
    receive(house, answer_to(letter, "plus de veau pour moi"))
    (talk,) = hers(house)
    let_go(house, talk.number, talk.messages[0].proposals[0].number, "Camille")
    assert [one.counts for one in statements_of(house, "martin") if one.quote == "plus de veau pour moi"] == [False]
    assert conversation(house, talk.number).messages[0].proposals[0].state == "let_go"


def test_it_is_kept_once_where_two_press_at_once_and_where_the_first_is_killed_half_way(
    house: House, letter: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    got = receive(house, answer_to(letter, "J'adore l'agneau."))
    (line,) = [each for said in conversation(house, got.number).messages for each in said.proposals if each.is_to_keep]
    seen_by_both = answering._line(house, got.number, line.number)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(answering, "settle_proposal", killed)
        with pytest.raises(KeyboardInterrupt):
            keep(house, got.number, line.number, "Anne")
    monkeypatch.setattr(answering, "_line", lambda *_: seen_by_both)
    for who in ("Camille", "Anne"):
        keep(house, got.number, line.number, who)
    assert [one.about for one in statements_of(house, "martin") if one.quote == "J'adore l'agneau."] == ["lamb"]


def test_a_mail_counts_once_however_often_it_is_handed_over(house: House, letter: EmailMessage) -> None:
    first = receive(house, answer_to(letter, "plus de veau pour moi"))
    assert receive(house, answer_to(letter, "plus de veau pour moi")) == first
    assert len(hers(house)) == 1
    assert len(conversation(house, first.number).messages) == 1
    assert len([one for one in statements_of(house, "martin") if one.feeling < 0]) == 1


def test_a_thank_you_opens_nothing_and_ends_no_question(house: House, letter: EmailMessage) -> None:
    receive(house, answer_to(letter, "Merci !"))
    assert hers(house) == []
    receive(house, answer_to(letter, "Avez-vous du lapin ?"))
    receive(house, answer_to(letter, "Merci d'avance !"))
    assert len(hers(house)) == 1


@pytest.mark.parametrize("how", ["forged", "unknown"])
def test_nothing_is_attached_by_guess(house: House, letter: EmailMessage, how: str) -> None:
    to = str(letter["Reply-To"])
    forged = to.replace(to[-14], "a" if to[-14] != "a" else "b") if how == "forged" else "shop@example.org"
    raw = answer_to(letter, "plus de veau pour moi", "who@knows.example", forged).replace(str(letter["Message-ID"]).encode(), b"<x@y.test>")
    assert receive(house, raw, forged).customer == ""
    assert hers(house) == []
    assert not [one for one in statements_of(house, "martin") if one.feeling < 0]


def test_an_answer_from_another_address_of_hers_is_hers_by_the_address_it_came_to(house: House, letter: EmailMessage) -> None:
    assert receive(house, answer_to(letter, "Avez-vous du lapin ?", "jeanne.at.work@office.example")).customer == "martin"


def test_a_server_that_hands_mail_over_says_whom_it_took_it_for(house: House, letter: EmailMessage) -> None:
    with house.truth.transaction():
        add_write_key(house.truth, WriteKey("wk_server", "mail", "", True))
    raw = b"From: jeanne.at.work@office.example\r\nTo: undisclosed\r\nMessage-ID: <w@x.test>\r\nSubject: Re: x\r\n\r\nAvez-vous du lapin ?\r\n"
    counter = TestClient(create_site(house), base_url="http://localhost")
    told = counter.post("/api/mail", params={"to": str(letter["Reply-To"])}, content=raw, auth=("wk_server", ""))
    assert conversation(house, told.json()["message"]).customer == "martin"


def test_stop_needs_no_answer_and_a_machine_s_note_is_none(house: House, letter: EmailMessage) -> None:
    away = receive(house, answer_to(letter, "I am away until Monday.", Auto_Submitted="auto-replied"))
    assert (away.came, hers(house)) == (Came.ABSENCE, [])
    assert hers(house) == []
    receive(house, answer_to(letter, "Plus de SMS svp. Vos mails sont inutiles."))
    assert [talk.messages[-1].words for talk in hers(house)] == ["Plus de SMS svp. Vos mails sont inutiles."]
    close(house, hers(house)[0].number)
    out = receive(house, answer_to(letter, "STOP"))
    assert (out.heard and out.heard.outcome, hers(house)) == (Outcome.OUT, [])


def test_a_stop_is_hers_from_whatever_address_she_answers(house: House, letter: EmailMessage) -> None:
    receive(house, answer_to(letter, "STOP", "jeanne.at.work@office.example"))
    assert not [line for line in leaves_of(house, "martin") if line.is_granted and line.channel == "email"]


@pytest.mark.parametrize("odd", ["loop", "postmaster"])
def test_no_odd_head_hides_a_person_s_stop(house: House, letter: EmailMessage, odd: str) -> None:
    raw = answer_to(letter, "Ne m'envoyez plus de mails. Jeanne, 5.12.25")
    if odd == "loop":
        raw = b"Delivered-To: a@b.example\nDelivered-To: a@b.example\n" + raw
    else:
        with house.truth.transaction():
            add_identifiers(house.truth, "email", [("postmaster@jeanne.example", 1)])
        raw = raw.replace(b"jeanne@example.org", b"postmaster@jeanne.example", 1)
    receive(house, raw)
    assert not [line for line in leaves_of(house, "martin") if line.is_granted and line.channel == "email"]


def test_the_way_out_by_mail_counts_where_a_program_pressed_it_and_an_absence_note_is_none(house: House, letter: EmailMessage) -> None:
    pressed = f"From: jeanne@example.org\nTo: {letter['Reply-To']}\nSubject: stop\nAuto-Submitted: auto-generated\nMessage-ID: <p@q.test>\n\n".encode()
    assert receive(house, pressed.replace(b"Subject: stop", b"Subject: Re: stop")).heard is None
    assert [line for line in leaves_of(house, "martin") if line.is_granted and line.channel == "email"]
    receive(house, pressed)
    assert not [line for line in leaves_of(house, "martin") if line.is_granted and line.channel == "email"]


def test_old_mail_of_somebody_forgotten_brings_nothing_of_her_back(house: House, letter: EmailMessage) -> None:
    forget(house, "martin")
    when = format_datetime(datetime.fromtimestamp(house.clock.instant() - 3_600, UTC))
    old = f"From: jeanne@example.org\nDate: {when}\nSubject: Samedi\nMessage-ID: <old@q.test>\n\nDu lapin samedi ?\n".encode()
    assert receive(house, old) == Received(Came.ANSWER)
    assert strangers(house) == []
    later = format_datetime(datetime.fromtimestamp(house.clock.instant() + 3_600, UTC))
    assert receive(house, old.replace(when.encode(), later.encode())).stray > 0


def test_what_she_complains_of_beside_a_stop_is_read(house: House, letter: EmailMessage) -> None:
    receive(house, answer_to(letter, "Plus de mails svp. Le veau de samedi était avarié, je suis très déçue !"))
    assert [talk.is_complaint for talk in hers(house)] == [True]


def test_what_was_let_go_binds_again_where_she_says_it_again(house: House, letter: EmailMessage) -> None:
    receive(house, answer_to(letter, "plus de veau pour moi"))
    (talk,) = hers(house)
    let_go(house, talk.number, talk.messages[0].proposals[0].number, "Camille")
    assert receive(house, answer_to(letter, "plus de veau pour moi")).bound == ()
    again = answer_to(letter, "plus de veau pour moi").replace(b"@client.test>", b"@other.test>", 1)
    assert receive(house, again).bound == ("veau",)
    assert [one.counts for one in statements_of(house, "martin") if one.quote == "plus de veau pour moi"] == [True, False]


def test_a_conversation_that_was_closed_and_goes_on_is_due_from_then_on(house: House, letter: EmailMessage) -> None:
    receive(house, answer_to(letter, "Avez-vous du lapin ?"))
    close(house, hers(house)[0].number)
    later = replace(house, clock=StoppedClock(house.clock.instant() + 5 * 86_400))
    receive(later, answer_to(letter, "Et du canard ?"))
    assert [talk.since_at for talk in hers(later)] == [later.clock.instant()]


def test_an_answer_learns_nothing_while_it_is_written_down(house: House, letter: EmailMessage) -> None:
    receive(house, answer_to(letter, "Avez-vous du lapin ?"))
    (talk,) = hers(house)
    later = replace(house, clock=StoppedClock(house.clock.instant() + 35 * 86_400))
    answer(later, talk.number, "Oui.", "Camille", talk.last)
    close(later, talk.number)


def test_a_thank_you_with_a_stop_in_it_ends_nothing_unread(house: House, letter: EmailMessage) -> None:
    receive(house, answer_to(letter, "Stop Jeanne. Merci."))
    assert len(hers(house)) == 1


def test_whoever_answers_is_told_that_she_wrote_meanwhile(house: House, letter: EmailMessage) -> None:
    receive(house, answer_to(letter, "Avez-vous du lapin ?"))
    (talk,) = hers(house)
    receive(house, answer_to(letter, "Non, plutôt du canard ?"))
    with pytest.raises(Refused, match="meanwhile"):
        answer(house, talk.number, "Oui, du lapin.", "Camille", talk.last)
    answer(house, talk.number, "Oui, du canard.", "Camille", conversation(house, talk.number).last)
    assert hers(house) == []


def test_what_is_due_next_stands_on_top_and_what_is_late_is_said_to_be(house: House, letter: EmailMessage, peer: Peer) -> None:
    told = msgspec.structs.replace(house.settings, opening="Tu-Sa 09:00-19:00", answer_hours=8, complaint_hours=4)
    house = replace(house, settings=told)
    receive(house, answer_to(letter, "Avez-vous du lapin ?"))
    other = next(each for each in peer.letters if each["To"] != "jeanne@example.org")
    receive(house, answer_to(other, "Je suis très déçue, la viande était avariée !", str(other["To"])))
    talks = [each for each in open_conversations(house) if each.subject]
    assert [(each.customer == "martin", due_text(each, house)) for each in talks] == [(False, "2017-11-02 13:00"), (True, "2017-11-02 17:00")]
    later = replace(house, clock=StoppedClock(house.clock.instant() + 8 * 3_600))
    assert [each.is_late for each in open_conversations(later) if each.subject] == [True, False]


def due_text(talk: Conversation, house: House) -> str:
    return datetime.fromtimestamp(talk.due_at, zone(house.settings.zone)).strftime("%Y-%m-%d %H:%M")


def test_a_complaint_stays_until_it_is_closed_and_stands_first(house: House, letter: EmailMessage) -> None:
    receive(house, answer_to(letter, "Je suis très déçue, la viande était avariée !"))
    receive(house, answer_to(letter, "Avez-vous du lapin ?"))
    assert hers(house)[0].is_complaint
    talk = hers(house)[0]
    answer(house, talk.number, "Nous vous la remboursons.", "Camille")
    assert [each.is_our_turn for each in hers(house) if each.is_complaint] == [False]
    close(house, talk.number)
    assert not [each for each in hers(house) if each.is_complaint]


def test_what_one_of_us_wrote_to_her_with_a_copy_to_ourselves_is_no_word_of_hers(house: House, letter: EmailMessage) -> None:
    ours = "Shop <Shop@example.org>"
    came = receive(house, answer_to(letter, "Bonjour Jeanne, oui, et je n'aime pas le foie non plus.", ours), str(letter["Reply-To"]))
    receive(house, answer_to(letter, "STOP", ours, to="answers@example.org"))
    assert (came.customer, came.bound, bool(came.stray), hers(house)) == ("", (), True, [])
    assert [line for line in leaves_of(house, "martin") if line.is_granted and line.channel == "email"]


@pytest.mark.parametrize("besides", ["Annulez ma commande 4512, elle doit arriver samedi.", "Je passerai samedi chercher le rôti, gardez-le moi."])
def test_what_she_says_beside_a_stop_waits_for_a_person_and_a_stop_alone_for_nobody(house: House, letter: EmailMessage, besides: str) -> None:
    assert receive(house, answer_to(letter, "STOP\n\nJe vous remercie de votre compréhension.\nJeanne Martin\n3 rue Haute, Lyon")).number == 0
    came = receive(house, answer_to(letter, f"Ne m'écrivez plus. {besides}"))
    assert came.heard
    assert (came.heard.outcome, [talk.messages[-1].words for talk in hers(house)]) == (Outcome.OUT, [f"Ne m'écrivez plus. {besides}"])
