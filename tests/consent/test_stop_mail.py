"""An answer by e-mail that says stop, through a mail server's door, the command line and the file of a mail: at once, for whoever is written to there."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from habitue.app import House, plan_day
from habitue.app.collect.sorting import Sorter
from habitue.app.erasure.forgetting import forget
from habitue.app.her.awaiting import waits_of
from habitue.app.inbox.hearing_stop import Heard, Outcome, hear_mail
from habitue.app.law.requesting import LONGEST_WORDS, Opening, act, case_line, due_cases, finish, open_case, seek
from habitue.app.leaving import leaves_of
from habitue.app.merging import Pairing
from habitue.consent.law.model import Asked, Did, Door
from habitue.consent.suppression import suppressed_at
from habitue.dialogue.mail import read_mail
from habitue.dialogue.quotes import Own, own_words
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.identity.her_links import make_link
from habitue.identity.records import who_is
from habitue.web import create_site
from habitue.words.errors import BadInput
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Purpose
from tests.cast import Shop, thanks
from tests.cli.conftest import Run, run_command
from tests.consent.test_claim import claimed

__all__ = ["run_command"]
QUOTED = "\n\nLe jeu. 2 nov. 2017 à 08:00, Camille – Boucherie <bonjour@shop.test> a\nécrit :\n\n> Bonjour, ne nous écrivez plus si… STOP\n"
BY_FILE = {("advice", "email"), ("offers", "email"), ("invitations", "email")}


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    with shop.open() as opened:
        yield opened


def mail(words: str, sender: str = "Jeanne Martin <Jeanne@Example.org>", subject: str = "Re: Son veau", **head: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = sender, subject, f"<m{words.encode().hex()[:40]}@client.test>"
    for name, value in head.items():
        message[name.replace("_", "-")] = value
    message.set_content(words + QUOTED)
    return message.as_bytes()


def granted(house: House, customer: str) -> set[tuple[str, str]]:
    return {(line.purpose, line.channel) for line in leaves_of(house, customer) if line.is_granted}


def refused_ways(house: House, customer: str) -> set[str]:
    return {line.channel for line in leaves_of(house, customer) if not line.is_granted}


def test_stop_in_an_answer_ends_all_e_mail_and_what_is_planned(house: House) -> None:
    plan_day(house)
    assert hear_mail(house, mail("STOP")) == Heard(Outcome.OUT, 1)
    assert (granted(house, "martin"), refused_ways(house, "martin")) == (set(), {"email"})
    assert {word.collected for line in leaves_of(house, "martin") for word in line.words if not word.is_yes} == {"reply"}
    assert claimed(house, "martin").reason == Reason.NO_CONSENT
    events = house.truth.run("SELECT COUNT(*) FROM event")
    assert hear_mail(house, mail("STOP")).outcome == Outcome.OUT
    assert house.truth.run("SELECT COUNT(*) FROM event") == events


def test_who_asks_to_be_erased_is_written_to_no_more_and_has_a_case(house: House) -> None:
    heard = hear_mail(house, mail("Please delete all my data."))
    assert (heard.outcome, heard.customers) == (Outcome.ERASURE, 1)
    assert (granted(house, "martin"), refused_ways(house, "martin")) == (set(), {"email", "sms", "post", "phone"})
    [case] = due_cases(house)
    assert (case.number, case.key, case.asked, case.door, case.state) == (heard.case, "martin", "erasure", "email", "open")
    assert hear_mail(house, mail("Please delete all my data.")) == heard
    assert hear_mail(house, mail("Supprimez mes données")).case == heard.case
    assert len(due_cases(house)) == 1


def test_who_asks_what_is_held_has_a_case_and_hears_from_us_still(house: House) -> None:
    heard = hear_mail(house, mail("Could you send me a copy of my data?"))
    assert (heard.outcome, case_line(house, heard.case).asked) == (Outcome.ACCESS, "access")
    assert granted(house, "martin") == BY_FILE


def test_a_wish_from_an_address_of_several_or_of_nobody_is_a_case_to_look_into(house: House) -> None:
    unknown = hear_mail(house, mail("Delete my account", "who@knows.example"))
    assert suppressed_at(house.truth, [("email", "who@knows.example")], Purpose.OFFERS, Channel.EMAIL)
    assert "We looked for “who@knows.example” and found nobody" in case_line(house, unknown.case).to_do
    several = case_line(house, hear_mail(house, mail("Delete my data", "petit@example.org")).case)
    assert (several.key, several.is_looked_for, several.steps[0].words) == ("", False, "petit@example.org")
    assert granted(house, "anne") == granted(house, "marc") == set()


def test_no_wish_is_heard_where_she_says_no_such_thing_or_quotes_it(house: House) -> None:
    assert hear_mail(house, mail("Please do not delete my account!")) == Heard(Outcome.NOTHING)
    quoted = mail("Thank you for the veal") + b"> Please delete all my data.\n> Supprimez mes donn\xc3\xa9es\n"
    assert hear_mail(house, quoted) == Heard(Outcome.NOTHING)
    assert (due_cases(house), granted(house, "martin")) == ([], BY_FILE)


def test_a_doubtful_wish_takes_nothing_back_and_leaves_its_sentence_for_a_person(house: House) -> None:
    heard = hear_mail(house, mail("If you delete my account, do I lose my points?"))
    assert heard == Heard(Outcome.ASKED, 1, heard.case)
    line = case_line(house, heard.case)
    assert (line.key, [step.words for step in line.steps]) == ("martin", ["jeanne@example.org", "If you delete my account, do I lose my points"])
    assert granted(house, "martin") == BY_FILE
    unknown = hear_mail(house, mail("delete everything", "who@knows.example"))
    assert (unknown.outcome, [step.words for step in case_line(house, unknown.case).steps][1]) == (Outcome.ASKED, "delete everything")
    assert not suppressed_at(house.truth, [("email", "who@knows.example")], Purpose.OFFERS, Channel.EMAIL)


@pytest.mark.parametrize("sender", ["jeanne@example.org", "who@knows.example", "petit@example.org"])
@pytest.mark.parametrize(
    "words",
    [
        "Please cancel my request for the deletion of my data",
        "Please do not delete my account after all!",
        "Finalement ne supprimez pas mon compte",
        "Je retire ma demande",
        "I changed my mind, please keep my data",
        "Ne supprimez rien",
    ],
)
def test_who_takes_her_wish_back_is_read_by_a_person(house: House, sender: str, words: str) -> None:
    case = hear_mail(house, mail("Please delete my account", sender)).case
    heard = hear_mail(house, mail(words, sender))
    assert (heard.outcome, heard.case) == (Outcome.ASKED, case)
    assert case_line(house, case).steps[-1].words == words.rstrip("!")


def test_who_waits_to_be_erased_and_writes_of_something_else_is_read_before(house: House) -> None:
    assert hear_mail(house, mail("Thank you for the veal")) == Heard(Outcome.NOTHING)
    case = hear_mail(house, mail("Please delete my account")).case
    assert hear_mail(house, mail("Thank you for the lamb")).case == case
    assert case_line(house, case).steps[-1].words == "Thank you for the lamb"


def test_much_that_she_writes_beside_hides_no_change_of_her_mind(house: House) -> None:
    case = hear_mail(house, mail("Please delete my account")).case
    for dish in range(40):
        hear_mail(house, mail(f"Thank you for dish number {dish}"))
    hear_mail(house, mail("Please do not delete my account after all!"))
    assert [step.words for step in case_line(house, case).steps[-3:]] == ["Thank you for dish number 7", "[…]", "Please do not delete my account after all"]


def test_of_a_long_letter_beginning_and_end_are_noted(house: House) -> None:
    case = hear_mail(house, mail("Please delete my account")).case
    hear_mail(house, mail("I ate veal. " * 300 + "\nFinally, leave it all as it is."))
    noted = case_line(house, case).steps[-1].words
    assert noted.startswith("I ate veal.")
    assert "\n[…]\n" in noted
    assert noted.endswith("Finally, leave it all as it is.")
    assert len(noted) <= LONGEST_WORDS


@pytest.mark.parametrize("words", ["Send me a copy of my data. Delete my account.", "Envoyez-moi une copie de mes données. Supprimez mon compte."])
def test_who_wants_to_see_it_first_is_not_erased_at_once(house: House, words: str) -> None:
    heard = hear_mail(house, mail(words))
    line = case_line(house, heard.case)
    assert (heard.outcome, line.asked, line.steps[-1].words) == (Outcome.ASKED, "erasure", words.rstrip("."))
    assert granted(house, "martin") == BY_FILE


@pytest.mark.parametrize("story", [4_100, 20_000])
def test_a_stop_below_a_long_letter_is_read(house: House, story: int) -> None:
    words = "Votre veau est très bon. " * (story // 25) + "\n\n"
    assert hear_mail(house, mail(words + "Please unsubscribe me.")).outcome == Outcome.OUT
    assert hear_mail(house, mail(words + "STOP", "karim@example.org")).outcome == Outcome.ASKED


def test_a_stop_hides_no_wish(house: House) -> None:
    heard = hear_mail(house, mail("Please unsubscribe me. Delete all my data before Friday."))
    assert (heard.outcome, refused_ways(house, "martin")) == (Outcome.OUT, {"email"})
    assert (case_line(house, heard.case).asked, case_line(house, heard.case).key) == ("erasure", "martin")


@pytest.mark.parametrize("sender", ["who@knows.example", "petit@example.org", "Jeanne <Jeanne@Example.org>"])
def test_one_case_is_open_for_a_sender_and_what_he_asks(house: House, sender: str) -> None:
    first = hear_mail(house, mail("Delete my account", sender)).case
    assert hear_mail(house, mail("Please delete all my data.", sender)).case == first
    assert hear_mail(house, mail("Delete everything before Friday!", sender)).case == first
    assert hear_mail(house, mail("Send me my data", sender)).case != first
    assert len(due_cases(house)) == 2
    said = [step.words for step in case_line(house, first).steps if step.words]
    assert said[-2:] == ["Please delete all my data", "Delete everything before Friday"], "what is said besides is read by whoever answers"


@pytest.mark.parametrize("is_over", [False, True])
def test_a_number_that_two_senders_gave_their_mails_hides_neither(house: House, is_over: bool) -> None:
    """A Message-ID is chosen by whoever writes: the mail is the same only where its sender is, too."""
    hers = hear_mail(house, mail("Please delete all my data.")).case
    if is_over:
        act(house, hers, Did.REFUSED, "Odile", "not she")
    his = hear_mail(house, mail("Please delete all my data.", "karim@example.org"))
    assert [case_line(house, number).key for number in (hers, his.case)] == ["martin", "karim"]
    assert hear_mail(house, mail("Please delete all my data.", "jeanne@example.org")).case == hers, "the same mail, brought again"
    assert hear_mail(house, mail("Please delete all my data.", "KARIM@example.org")) == his
    assert len(house.truth.run("SELECT 1 FROM law_case")) == 2


def test_half_a_sign_and_an_empty_one_lose_no_stop(house: House) -> None:
    heard = hear_mail(house, mail("Stop sending me e-mails. I was hacked, de\0lete my data."))
    assert (heard.outcome, refused_ways(house, "martin")) == (Outcome.OUT, {"email"})
    half = b"From: jeanne@example.org\r\nMessage-ID: <half@x>\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nI was hacked +2AA-, delete my data.\r\n"
    assert hear_mail(house, half).case


def test_who_wrote_and_what_is_gone_once_a_case_of_nobody_is_answered(house: House) -> None:
    number = hear_mail(house, mail("Delete my account", "who@knows.example")).case
    act(house, number, Did.DONE, "camille", "told her")
    assert [step.words for step in case_line(house, number).steps] == ["", "", "", "told her"]
    assert hear_mail(house, mail("Delete my account", "who@knows.example")).case == number
    assert hear_mail(house, mail("Supprimez mon compte", "who@knows.example")).case != number


def words_in(house: House, number: int) -> list[str]:
    return [step.words for step in case_line(house, number).steps]


def test_her_sentence_goes_with_her(house: House) -> None:
    number = hear_mail(house, mail("Delete my data")).case
    forget(house, "martin")
    assert words_in(house, number) == ["", "", ""]


def test_what_came_from_a_mailbox_of_two_waits_while_one_of_them_is_here(house: House) -> None:
    """Nobody can tell which of them asked: Anne's erasure answers nothing that Marc may have asked, and takes with it what names her outright."""
    number = hear_mail(house, mail("Send me my data", "petit@example.org")).case
    hear_mail(house, mail("Here is Anne Petit, send me my data", "Petit@Example.org"))
    forget(house, "anne")
    assert words_in(house, number) == ["petit@example.org", "Send me my data", ""]
    assert [case.number for case in due_cases(house)] == [number]
    forget(house, "marc")
    assert words_in(house, number) == ["", "", ""]


def test_a_case_of_hers_loses_its_words_though_somebody_else_has_the_address(house: House) -> None:
    number = hear_mail(house, mail("Delete my data", "petit@example.org")).case
    assert seek(house, number, "anne", "Odile")
    others = open_case(house, "marc", Opening(Asked.ACCESS, Door.EMAIL, "petit@example.org"), "Odile")
    forget(house, "anne")
    assert (set(words_in(house, number)), words_in(house, others)) == ({""}, ["petit@example.org"])


def test_a_telephone_of_two_waits_while_one_of_them_is_here(shop: Shop) -> None:
    shop.bring("customers", "customer,since,phone\nodet,2017-02-02,04 78 00 00 00\nolga,2017-02-02,04 78 00 00 00\n")
    with shop.open() as house:
        number = open_case(house, "", Opening(Asked.ACCESS, Door.TELEPHONE, "04 78 00 00 00"), "Odile")
        forget(house, "odet")
        assert "".join(words_in(house, number)) == "04 78 00 00 00"
        forget(house, "olga")
        assert "".join(words_in(house, number)) == ""


def test_whoever_has_told_the_address_to_a_browser_has_it_too(house: House) -> None:
    said = {"type": "identify", "userId": "karim", "traits": {"email": "petit@example.org"}, "messageId": "m1"}
    with house.truth.transaction():
        add_write_key(house.truth, WriteKey("WK", "site", "", is_server=False))
        write_down(house.truth, [("WK", house.clock.instant(), "identify", 0, json.dumps(said).encode())])
    number = hear_mail(house, mail("Delete my data", "petit@example.org")).case
    forget(house, "anne")
    forget(house, "marc")
    assert words_in(house, number) == ["petit@example.org", "Delete my data"]
    forget(house, "karim")
    assert words_in(house, number) == ["", ""]


def test_an_address_that_a_browser_alone_told_names_her_for_nothing(house: House) -> None:
    said = {"type": "identify", "userId": "martin", "traits": {"email": "thief@evil.example"}, "messageId": "m1"}
    opened = {"type": "identify", "userId": "jeanne@example.org", "traits": {"firstName": "Eve"}, "messageId": "m2"}
    with house.truth.transaction():
        add_write_key(house.truth, WriteKey("WK", "site", "", is_server=False))
        write_down(house.truth, [("WK", house.clock.instant(), "batch", 0, json.dumps({"batch": [said, opened]}).encode())])
    assert Sorter(house.truth, house.settings).sort_some()
    heard = hear_mail(house, mail("Please delete all my data.", "thief@evil.example"))
    line = case_line(house, heard.case)
    assert (heard.outcome, heard.customers, line.key, line.is_looked_for) == (Outcome.ERASURE, 0, "", False)
    assert granted(house, "martin") == BY_FILE
    assert suppressed_at(house.truth, [("email", "thief@evil.example")], Purpose.OFFERS, Channel.EMAIL)
    assert case_line(house, hear_mail(house, mail("Send me my data", "thief@evil.example")).case).key == ""
    assert case_line(house, hear_mail(house, mail("Please send me my data")).case).key == "martin"


def test_the_same_mail_at_once_opens_one_case(shop: Shop) -> None:
    def hear(_n: int) -> int:
        with shop.open() as house:
            return hear_mail(house, mail("Delete my account", "who@knows.example")).case

    with shop.open():
        pass
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(hear, range(4)))) == 1


def test_what_may_be_a_stop_beside_a_stop_is_read_by_a_person_while_we_are_silent(house: House) -> None:
    heard = hear_mail(house, mail("Please stop the text messages. I am tired of your emails too."))
    assert heard.outcome == Outcome.OUT
    assert refused_ways(house, "martin") >= {"sms"}
    assert [wait.number > 0 for wait in waits_of(house, "martin")] == [True]


def test_she_names_the_ways_that_stop(house: House) -> None:
    hear_mail(house, mail("Stop SMS svp"))
    assert (granted(house, "martin"), refused_ways(house, "martin")) == (BY_FILE, {"sms"})
    hear_mail(house, mail("Ne me contactez plus."))
    assert refused_ways(house, "martin") == {"email", "sms", "post", "phone"}


def test_everybody_who_is_written_to_at_that_address_is_left_in_peace(house: House) -> None:
    """Anne and Marc Petit share a mailbox, and are known to be two people: nobody can tell which of them wrote."""
    with house.truth.transaction():
        Pairing(house.truth, house.settings, "anne", "marc", house.clock.instant()).say_household()
    assert hear_mail(house, mail("Unsubscribe me please", "petit@example.org")) == Heard(Outcome.OUT, 2)
    assert granted(house, "anne") == granted(house, "marc") == set()


def test_a_stranger_s_stop_keeps_the_address_out_for_good(house: House) -> None:
    assert hear_mail(house, mail("Désinscrivez-moi", "who@knows.example")) == Heard(Outcome.OUT, 0)
    assert suppressed_at(house.truth, [("email", "who@knows.example")], Purpose.OFFERS, Channel.EMAIL)


def test_what_may_mean_it_waits_for_a_person_and_keeps_us_silent(house: House) -> None:
    assert hear_mail(house, mail("Trop de mails !")) == Heard(Outcome.ASKED, 1)
    assert hear_mail(house, mail("Trop de mails !")) == Heard(Outcome.ASKED, 1)
    assert house.truth.run("SELECT COUNT(*) FROM conversation WHERE is_open = 1 AND kind = 1") == [(1,)]
    assert granted(house, "martin") == BY_FILE


def test_what_a_stranger_may_mean_waits_in_a_case_that_a_person_reads(house: House) -> None:
    heard = hear_mail(house, mail("Trop de mails !", "who@knows.example"))
    line = case_line(house, heard.case)
    assert (heard.outcome, heard.customers, line.asked, line.key, line.is_doubtful) == (Outcome.ASKED, 0, "objection", "", True)
    assert [step.words for step in line.steps] == ["who@knows.example", "Trop de mails !", "who@knows.example"]
    assert hear_mail(house, mail("Trop de mails !", "who@knows.example")) == heard, "the same mail again"
    assert hear_mail(house, mail("Vraiment trop de mails !", "Who@Knows.example")).case == heard.case
    assert len(due_cases(house)) == 1
    assert not suppressed_at(house.truth, [("email", "who@knows.example")], Purpose.OFFERS, Channel.EMAIL)
    assert seek(house, heard.case, "martin", "Odile")
    finish(house, heard.case, "Odile")
    assert refused_ways(house, "martin") >= {"email", "sms", "post", "phone"}


def test_a_stop_hides_nothing_that_was_not_read(house: House) -> None:
    raw = b"From: jeanne@example.org\nSubject: Re: x\n\nSTOP\n\nSent from my iPhone\n\nDelete my account\n"
    assert hear_mail(house, raw) == Heard(Outcome.OUT, 1, is_asked=True)
    assert house.truth.run("SELECT COUNT(*) FROM conversation WHERE is_open = 1 AND kind = 1") == [(1,)]
    stranger = hear_mail(house, raw.replace(b"jeanne@", b"who@"))
    assert (stranger.outcome, case_line(house, stranger.case).steps[1].words) == (Outcome.OUT, "STOP\n[\u2026]")


def test_what_a_stranger_wrote_and_nobody_could_read_waits_too(house: House) -> None:
    raw = mail("", "who@knows.example")
    heard = hear_mail(house, raw)
    line = case_line(house, heard.case)
    assert (heard.outcome, line.is_doubtful, line.steps[1].words) == (Outcome.ASKED, True, "[…]")
    assert hear_mail(house, mail("Oui merci, mettez-m'en deux", "who@knows.example")) == Heard(Outcome.NOTHING)


@pytest.mark.parametrize("words", ["Don't stop!", "I'll stop by the shop on Saturday", "Ne m'envoyez plus de foie", "Oui merci, mettez-m'en deux"])
def test_an_answer_that_says_no_such_thing_changes_nothing(house: House, words: str) -> None:
    assert hear_mail(house, mail(words)) == Heard(Outcome.NOTHING)
    assert granted(house, "martin") == BY_FILE


@pytest.mark.parametrize(
    "head",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=x"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<l.example.org>"},
    ],
)
def test_what_a_machine_wrote_is_neither_an_answer_nor_a_way_out(house: House, head: dict[str, str]) -> None:
    assert hear_mail(house, mail("STOP", **head)) == Heard(Outcome.AUTOMATIC)
    assert granted(house, "martin") == BY_FILE


@pytest.mark.parametrize("line", ["Message-ID: <@client.test>", "Message-ID: <[", "Message-ID:", "Sender: <@", "Reply-To: ,;:"])
def test_an_odd_line_of_its_head_hides_no_stop(house: House, line: str) -> None:
    assert hear_mail(house, f"From: jeanne@example.org\nSubject: Re: x\n{line}\n\nSTOP\n".encode()) == Heard(Outcome.OUT, 1)


def test_the_subject_of_a_new_mail_counts_and_that_of_an_answer_does_not(house: House) -> None:
    assert hear_mail(house, mail("", subject="Re: STOP")).outcome == Outcome.ASKED, "nothing of hers is left beside what she quotes: a person reads it"
    assert hear_mail(house, mail("", subject="stop")).outcome == Outcome.OUT


def test_a_page_of_hers_is_read_without_what_it_quotes(house: House) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "jeanne@example.org", "RE: Son veau"
    quoted = '<div class="gmail_quote">On Thu, Nov 2, 2017 at 8:40 AM Camille &lt;b@shop.test&gt; wrote:<blockquote>unsubscribe</blockquote></div>'
    message.set_content(f"<html><head><style>stop</style></head><body><p>Merci&nbsp;!</p>{quoted}</body></html>", subtype="html")
    assert hear_mail(house, message.as_bytes()).outcome == Outcome.NOTHING
    message.set_content(f"<html><body><div>Please stop sending me these</div>{quoted}</body></html>", subtype="html")
    assert hear_mail(house, message.as_bytes()).outcome == Outcome.OUT


def of_parts(*parts: str, subject: str = "Re: Son veau") -> bytes:
    """A mail of hers, its body given letter by letter: the head of a part, an empty line, its text."""
    head = f"From: jeanne@example.org\nSubject: {subject}\nMessage-ID: <odd@client.test>\nMIME-Version: 1.0\n"
    if len(parts) == 1:
        return (head + parts[0]).encode()
    return (head + "Content-Type: multipart/alternative; boundary=b\n\n" + "".join(f"--b\n{part}\n" for part in parts) + "--b--\n").encode()


PAGE = "Content-Type: text/html; charset=utf-8\n\n"
UNKNOWN_LETTERS = ("iso-8859-8-i", "unknown", "x-user-defined", "utf8mb4", "hex", '"utf-8\0"')


ODD = [
    of_parts(PAGE + '<?xml version="1.0" encoding="utf-8"?>\n<p>STOP</p>'),
    of_parts(PAGE + '<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>Désinscrivez-moi</p></body></html>'),
    of_parts("Content-Type: text/plain; charset=utf-8\n\n \n\n", PAGE + "<div>STOP</div>"),
    of_parts(PAGE + "<!-- -->", subject="STOP"),
    *(of_parts(f"Content-Type: text/plain; charset={each}\n\nSTOP") for each in UNKNOWN_LETTERS),
    *(of_parts(f"Content-Type: text/plain; charset={each}\n\nMerci", subject="STOP") for each in UNKNOWN_LETTERS),
    *(of_parts(f"Content-Type: text/html; charset={each}\n\n<p>STOP</p>") for each in UNKNOWN_LETTERS),
]


@pytest.mark.parametrize("raw", ODD, ids=[*map(str, range(len(ODD)))])
def test_no_odd_body_hides_a_stop(house: House, raw: bytes) -> None:
    heard = hear_mail(house, raw)
    assert (heard.outcome, heard.customers) == (Outcome.OUT, 1)


FROM = (
    "Jeanne <jeanne@example.org",
    '"Jeanne Martin <jeanne@example.org>',
    "<<jeanne@example.org>>",
    "(jeanne@example.org",
    "[jeanne@example.org]",
    "«jeanne@example.org»",
    "“jeanne@example.org”",
    "jeanne@example.org\x01",
)


@pytest.mark.parametrize("sender", FROM)
def test_a_sender_written_as_nobody_should_is_heard_where_the_address_can_be_read(house: House, sender: str) -> None:
    assert hear_mail(house, f"From: {sender}\nSubject: Re: x\n\nSTOP\n".encode()) == Heard(Outcome.OUT, 1)


KINDS = (
    "text/",
    "/",
    ";",
    "text",
    "text/plain; charset=",
    "text/plain; =",
    "multipart/mixed",
    "multipart/mixed; boundary=",
    "multipart/alternative; boundary=x",
    "x/y",
)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_mail_says_that_it_is_its_words_are_heard(house: House, kind: str) -> None:
    assert hear_mail(house, f"From: jeanne@example.org\nSubject: Re: x\nContent-Type: {kind}\n\nSTOP\n".encode()) == Heard(Outcome.OUT, 1)


@pytest.mark.parametrize("letters", ["utf-8", "cp1252"])
@pytest.mark.parametrize("named", ["us-ascii", "utf-8", "", "nonsense"])
@pytest.mark.parametrize("how", ["8bit", "7bit", "quoted-printable", "x"])
def test_accents_are_read_whatever_letters_are_named(house: House, named: str, how: str, letters: str) -> None:
    head = f"From: jeanne@example.org\nSubject: Re: x\nContent-Type: text/plain; charset={named}\nContent-Transfer-Encoding: {how}\n\n".encode()
    assert read_mail(head + "Désinscrivez-moi, s’il vous plaît".encode(letters)).words == "Désinscrivez-moi, s’il vous plaît"
    assert read_mail("From: jeanne@example.org\nSubject: Désinscription\n\n".encode(letters)).words == "Désinscription"


def test_what_says_base64_and_is_none_is_for_a_person(house: House) -> None:
    assert hear_mail(house, b"From: jeanne@example.org\nSubject: Re: x\nContent-Transfer-Encoding: base64\n\nSTOP!\n") == Heard(Outcome.ASKED, 1)


@pytest.mark.parametrize("markup", ["<!-- -->", "<!DOCTYPE html>"])
def test_a_body_that_cannot_be_read_is_for_a_person(house: House, markup: str) -> None:
    assert hear_mail(house, of_parts(PAGE + markup)) == Heard(Outcome.ASKED, 1)
    assert hear_mail(house, of_parts("Content-Type: text/plain\n\n\n", PAGE + markup)) == Heard(Outcome.ASKED, 1)
    assert hear_mail(house, of_parts(PAGE + markup, subject="Delete my account")).outcome == Outcome.ASKED
    assert granted(house, "martin") == BY_FILE


def test_quotes_and_telephones_signatures_are_cut_off() -> None:
    head = "De : Camille <b@shop.test>\nEnvoyé : samedi 21 novembre 2026 20:40\nÀ : Zoé <z@c.test>\nObjet : Le bar\n\nStop"
    assert own_words(f"Parfait !\n________________________________\n{head}") == Own("Parfait !")
    assert own_words(f"Non merci.\n\nEnvoyé de mon iPhone\n\n-----Message d'origine-----\n{head}") == Own("Non merci.")
    assert own_words("> stop\nOui !\n> stop") == Own("Oui !")


@pytest.mark.parametrize("raw", [b"", b"   ", b"\0\xff\xfe", b"From: a\0b@x.org\n\nSTOP", mail("STOP", "nobody"), mail("STOP", f"{'a' * 10_000}@example.org")])
def test_what_names_nobody_is_said_to_be_no_mail(house: House, raw: bytes) -> None:
    with pytest.raises(BadInput):
        hear_mail(house, raw)


HEADS = [b"", b"From: a@b.c\n", b"From: a@b.c\nContent-Type: text/plain; charset=nonsense\n\n", b"Content-Type: multipart/mixed\n\n"]


@given(st.binary(max_size=300), st.sampled_from(HEADS))
def test_any_bytes_are_a_mail_or_none(raw: bytes, head: bytes) -> None:
    with suppress(BadInput):
        assert len(read_mail(head + raw).sender) <= 320


def test_a_mail_server_hands_it_over_by_the_write_key_of_a_server_alone(house: House) -> None:
    with house.truth.transaction():
        for key, is_server in (("wk_server", True), ("wk_browser", False)):
            add_write_key(house.truth, WriteKey(key, key, "", is_server))
    outside = TestClient(create_site(house), base_url="http://localhost")

    def hand_over(key: str) -> tuple[int, object]:
        head = {"authorization": "Basic " + b64encode(f"{key}:".encode()).decode(), "content-type": "message/rfc822"}
        answer = outside.post("/api/mail", content=mail("STOP"), headers=head)
        return answer.status_code, answer.json().get("outcome")

    assert [hand_over(key)[0] for key in ("", "wk_browser", "x")] == [403, 403, 403]
    assert outside.post("/api/mail", content=mail("STOP"), headers={"authorization": b"Basic \xe4"}).status_code == 403
    assert granted(house, "martin") == BY_FILE
    assert hand_over("wk_server") == (200, "out")
    assert granted(house, "martin") == set()


def test_the_command_hears_a_mail_a_card_that_came_back_and_an_address(shop: Shop, run_command: Callable[..., Run], tmp_path: Path) -> None:
    run = run_command(shop.book(thanks()).told(today="2017-11-02").settings)
    (tmp_path / "stop.eml").write_bytes(mail("Ne m'écrivez plus"))
    code, out, _ = run("stop", "--mail", str(tmp_path / "stop.eml"), "--json")
    assert (code, json.loads(out)) == (0, {"outcome": "out", "customers": 1, "case": 0})
    with shop.open() as house:
        assert granted(house, "martin") == set()
        with house.truth.transaction():
            card = make_link(house.truth, who_is(house.truth, "customer", ["karim"])["karim"].profile_id, "out", house.clock.instant())
    assert run("stop", "--code", card)[:2] == (0, "She wants no more; it counts from now on.\n")
    assert run("stop", "--address", "lucie@example.org", "--by", "phone")[0] == 0
    with shop.open() as house:
        assert (granted(house, "karim"), refused_ways(house, "karim")) == (BY_FILE, {"post"})
        assert "phone" in refused_ways(house, "lucie")
    (tmp_path / "perhaps.eml").write_bytes(mail("Trop de mails", "who@knows.example"))
    asked = "She may want no more, or ask something by law; it waits for a person. A case is open for what she may ask by law: 1."
    assert run("stop", "--mail", str(tmp_path / "perhaps.eml"))[1].split() == asked.split()
    assert run("stop")[0] == 3
    assert run("stop", "--mail", "a", "--code", "b")[0] == 3
    assert run("stop", "--code", "A" * 22)[0] == 4
    assert run("stop", "--mail", str(tmp_path / "none.eml"))[0] == 3
