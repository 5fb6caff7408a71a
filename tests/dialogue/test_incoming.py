"""What a mail is that comes back to us: an answer, a failure, a complaint, an absence, our own letter; and that no mail brings the reader down."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest

from habitue.channels.email.tokens import address_back, came_back
from habitue.dialogue.incoming import Came, Incoming, incoming
from habitue.dialogue.mail import read_mail
from habitue.words.errors import BadInput

MAILS = Path(__file__).with_name("mails")
DOMAIN = "shop.test"
KEY = b"k" * 32
OURS = "<7.letter@shop.test>"
BACK = address_back(KEY, "bounces", 7, DOMAIN)
LETTER = f"Return-Path: <{BACK}>\nFrom: camille@shop.test\nTo: zoe@far.test\nMessage-ID: {OURS}\nAuto-Submitted: auto-generated\nSubject: x\n\nBonjour"
REPLIES = json.loads((MAILS / "replies.json").read_text(encoding="utf-8"))


def mail(heads: str, body: str = "", came_to: str = "") -> Incoming:
    return incoming(f"{heads}\n\n{body}".encode(), DOMAIN, came_to)


def report(kind: str, fields: str, enclosed: str = f"message/rfc822\n\n{LETTER}", to: str = BACK) -> Incoming:
    part = f"\n--b\nContent-Type: {enclosed}\n" if enclosed else ""
    body = f"--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/{kind}\n\n{fields}\n{part}--b--\n"
    return mail(f'From: MAILER-DAEMON@far.test\nTo: {to}\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type={kind}; boundary="b"', body)


def failure(status: str, action: str = "failed") -> Incoming:
    return report(
        "delivery-status",
        f"Reporting-MTA: dns; mx.far.test\n\nFinal-Recipient: rfc822; zoe@far.test\nAction: {action}\nStatus: {status}\n",
        to="somebody@shop.test",
    )


def test_a_report_of_postfix_tells_who_could_not_be_reached_and_by_which_letter() -> None:
    came = incoming((MAILS / "dsn.eml").read_bytes(), DOMAIN)
    assert (came.came, came.recipient, came.status) == (Came.BOUNCED_FOR_GOOD, "ghost@far.test", "5.1.1")
    assert came.letter == "<179529355289.25874.13874168347017626289.6200e9cc3f98@shop.test>"


@pytest.mark.parametrize(
    ("status", "action", "came"),
    [
        ("5.1.1", "failed", Came.BOUNCED_FOR_GOOD),
        ("5.2.2", "failed", Came.BOUNCED_FOR_GOOD),
        ("4.2.2", "delayed", Came.BOUNCED_FOR_NOW),
        ("4.4.7", "failed", Came.BOUNCED_FOR_NOW),
        ("2.0.0", "delivered", Came.MACHINE),
        ("2.1.5", "relayed", Came.MACHINE),
    ],
)
def test_a_failure_is_for_good_or_for_now_by_its_status(status: str, action: str, came: Came) -> None:
    assert failure(status, action).came == came


def test_a_report_leads_back_to_the_letter_by_the_address_that_we_made() -> None:
    came = failure("5.1.1")
    assert (came.letter, came.recipient, came.back) == (OURS, "zoe@far.test", (BACK,))
    back = came_back(KEY, came.back[0], DOMAIN)
    assert back is not None
    assert back.letter_id == 7
    assert failure("5.1.1").mail.is_automatic


def test_a_forged_address_back_is_told_and_proves_nothing() -> None:
    forged = f"bounces+8-{'a' * 16}@{DOMAIN}"
    came = report("delivery-status", "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.test\nAction: failed\nStatus: 5.1.1\n", "", to=forged)
    assert came.back == (forged,)
    assert came_back(KEY, forged, DOMAIN) is None


def test_of_several_recipients_the_worst_counts() -> None:
    groups = "\n".join(f"Final-Recipient: rfc822; {name}@far.test\nAction: failed\nStatus: {status}\n" for name, status in (("a", "4.2.1"), ("b", "5.1.1")))
    came = report("delivery-status", f"Reporting-MTA: dns; x\n\n{groups}")
    assert (came.came, came.recipient) == (Came.BOUNCED_FOR_GOOD, "b@far.test")


def test_who_presses_that_it_is_spam_complains() -> None:
    came = report("feedback-report", "Feedback-Type: abuse\nUser-Agent: Far/1\nVersion: 1\nOriginal-Rcpt-To: <zoe@far.test>\n")
    assert (came.came, came.recipient, came.letter, came.back) == (Came.COMPLAINT, "zoe@far.test", OURS, (BACK,))
    assert report("feedback-report", "Feedback-Type: not-spam\nVersion: 1\n").came == Came.MACHINE


@pytest.mark.parametrize("enclosed", [f"text/rfc822-headers\n\n{LETTER.partition(chr(10) * 2)[0]}\n", f"message/rfc822\n\n{LETTER}"])
def test_the_letter_is_known_by_its_head_alone(enclosed: str) -> None:
    assert report("feedback-report", "Feedback-Type: abuse\nVersion: 1\n", enclosed).letter == OURS


@pytest.mark.parametrize(
    "heads",
    [
        "From: zoe@far.test\nAuto-Submitted: auto-replied\nSubject: Je suis en vacances",
        "From: zoe@far.test\nX-Autoreply: yes\nIn-Reply-To: <7.letter@shop.test>\nSubject: Re: x",
        "From: zoe@far.test\nAuto-Submitted: auto-generated\nSubject: Automatic reply: Le bar",
        "From: zoe@far.test\nReturn-Path: <>\nSubject: Réponse automatique : Le bar",
    ],
)
def test_a_note_of_absence_is_neither_an_answer_nor_a_failure(heads: str) -> None:
    assert mail(heads, "Back on Monday. 550 5.1.1").came == Came.ABSENCE


@pytest.mark.parametrize(
    ("heads", "came"),
    [
        (f"From: camille@shop.test\nMessage-ID: {OURS}\nAuto-Submitted: auto-generated", Came.LOOP),
        (f"From: camille@shop.test\nMessage-ID: {OURS}", Came.ANSWER),
        ("From: zoe@far.test\nDelivered-To: a@shop.test\nDelivered-To: A@shop.test", Came.LOOP),
        ("From: zoe@far.test\nDelivered-To: a@shop.test\nDelivered-To: b@shop.test", Came.ANSWER),
        ("From: zoe@far.test\n" + "Received: from a by b\n" * 101 + "Subject: x", Came.LOOP),
        ("From: news@far.test\nList-Id: <news.far.test>", Came.MACHINE),
    ],
)
def test_our_own_letter_and_a_circle_are_no_answers(heads: str, came: Came) -> None:
    assert mail(heads, "Bonjour").came == came


def test_an_answer_says_to_which_letter_and_in_her_own_words() -> None:
    to = address_back(KEY, "answers", 7, DOMAIN)
    came = mail(f"From: zoe@far.test\nTo: Camille <{to.upper()}>\nIn-Reply-To: {OURS}\nSubject: Re: Le bar", "Plus de saumon, merci")
    assert (came.came, came.back, came.letter, came.mail.words) == (Came.ANSWER, (to,), OURS, "Plus de saumon, merci")


@pytest.mark.parametrize(
    ("sender", "body", "came", "status"),
    [
        (
            "MAILER-DAEMON@old.test",
            "Hi. This is the qmail-send program at old.test.\n\n<zoe@far.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n",
            "good",
            "5.1.1",
        ),
        (
            "Mailer-Daemon@exim.test",
            "The following address(es) failed:\n\n  zoe@far.test\n    SMTP error from remote mail server: 550 5.7.1 no such user",
            "good",
            "5.7.1",
        ),
        ("postmaster@old.test", "Delivery is delayed: 4.4.1 no answer from host <zoe@far.test>", "now", "4.4.1"),
    ],
)
def test_a_server_that_writes_in_no_standard_form_is_understood(sender: str, body: str, came: str, status: str) -> None:
    read = mail(f"From: {sender}\nSubject: failure notice", f"{body}\n\n{LETTER}")
    assert (read.came, read.status, read.letter) == (Came.BOUNCED_FOR_GOOD if came == "good" else Came.BOUNCED_FOR_NOW, status, OURS)


def test_what_flufl_alone_knows_is_understood_at_our_address_for_failures() -> None:
    told = "I'm afraid I wasn't able to deliver your message to the following addresses."
    body = f"Hi. This is the qmail-send program at old.test.\n{told}\n\n<zoe@far.test>:\nSorry.\n"
    assert mail("From: someone@old.test\nSubject: failure", body).came == Came.ANSWER
    read = mail("From: someone@old.test\nSubject: failure", body, BACK)
    assert (read.came, read.recipient, read.back) == (Came.BOUNCED_FOR_GOOD, "zoe@far.test", (BACK,))


def test_a_person_who_quotes_a_failure_answers() -> None:
    assert mail("From: zoe@far.test\nSubject: Re: x", "I got this: 550 5.1.1 user unknown <a@b.test>").came == Came.ANSWER


def test_fifteen_of_sixteen_shapes_of_answers_are_kept_apart_from_what_they_quote() -> None:
    """Four were recorded, twelve written after what the programs send; the sixteenth keeps its program's signature."""
    read = {
        name: read_mail(f"From: zoe@far.test\nSubject: Re: x\nContent-Type: text/{reply['kind']}; charset=utf-8\n\n{reply['body']}".encode()).words
        for name, reply in REPLIES.items()
    }
    assert len(read) == 16
    assert [name for name, words in read.items() if words != REPLIES[name]["own"]] == ["proton_en"]


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nx\n" * 10_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n" * 10_000,
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
        + b"Action: failed\nStatus: 5.1.1\n\n" * 20_000,
        b"From: MAILER-DAEMON@x.test\nReturn-Path: <>\n\n" + b"<a@b.test> 550 5.1.1 " * 400_000,
        b"From: MAILER-DAEMON@x.test\n\n" + b"a" * 9_000_000,
        b"To: " + b"a@b.test, " * 200_000 + b"\n\nx",
        b"Content-Type: text/plain; charset=no-such\nFrom: \xff\xfe@x.test\nSubject: =?x?b?\xff?=\n\n\xff\xfe",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/feedback-report; charset=\xff\n\n\xff: \xfe\n--b--",
        b"Content-Type: message/delivery-status\n\n",
        b"Content-Type: message/feedback-report\n\nFeedback-Type: abuse",
        b"Message-ID: <@shop.test>\nIn-Reply-To: <<<<<<\nDelivered-To: \x00\nFrom: a@b.test\n\nx",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(400)) + b"\n\nx",
    ],
    ids=range(12),
)
def test_no_mail_brings_the_reader_down(raw: bytes) -> None:
    began = time.process_time()
    with suppress(BadInput):
        assert incoming(raw, DOMAIN).came in Came
    assert time.process_time() - began < 20


@pytest.mark.parametrize("raw", [b"", b"  \n", b"x" * 10_000_001])
def test_what_is_no_mail_is_said_to_a_person(raw: bytes) -> None:
    with pytest.raises(BadInput, match="no e-mail that can be read"):
        incoming(raw, DOMAIN)


@pytest.mark.parametrize("line", ["(" * 5_000, "(" * 4_000 + ")" * 4_000, '"' * 5_000, "<" * 5_000, "a, " * 3_000])
def test_a_line_of_addresses_that_breaks_its_reader_hides_no_other(line: str) -> None:
    ours = "answers+12-" + "a" * 16 + "@shop.test"
    told = mail(f"From: jeanne@example.org\nTo: {line}\nCc: {ours}\nSubject: STOP", "STOP", line)
    assert (told.came, told.mail.sender, told.back) == (Came.ANSWER, "jeanne@example.org", (ours,))


@pytest.mark.parametrize(
    ("head", "is_whole"),
    [
        ("Le jeu. 2 nov. 2017 à 06:00, Camille <answers+12-abcdefghijklmnop@shop.test>\na écrit :", True),
        ("On Thu, Nov 2, 2017 at 6:00 AM Camille <answers+12-abcdefghijklmnop@shop.test>\nwrote:", True),
        ("De : Camille <camille@shop.test>\nEnvoyé : jeudi 2 novembre 2017 06:00\nÀ : zoe@far.test\nObjet : Le bar\n", False),
    ],
)
def test_what_is_written_below_a_quote_is_hers_or_a_person_is_told_to_look(head: str, is_whole: bool) -> None:
    told = mail("From: zoe@far.test\nSubject: Re: x", f"Bonjour,\n\n{head}\n> Le bar est arrivé.\n\nNe m'écrivez plus.").mail
    assert (told.is_whole, told.words) == (is_whole, "Bonjour,\nNe m'écrivez plus." if is_whole else "Bonjour,")


def test_the_line_above_the_mail_that_she_answers_is_no_word_of_hers() -> None:
    for line in ("----- Mail original -----", "-------- Message original --------", "-----Message d'origine-----"):
        body = f"À samedi !\n\n{line}\nDe: Camille <camille@shop.test>\nÀ: zoe@far.test\nEnvoyé: Jeudi 2 Novembre 2017 06:00:00\nObjet: Le bar\n\nBonjour"
        assert mail("From: zoe@far.test\nSubject: Re: x", body).mail.words == "À samedi !"
