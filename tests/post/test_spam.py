"""Every kind of letter that a house sends, in French and English, as it comes to a mailbox: a filter for spam finds next to nothing in it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from itertools import product
from pathlib import Path

import msgspec
import pytest

from habitue.app import House, plan_day
from habitue.app.door import request_fresh_link
from habitue.app.inbox.answering import answer
from habitue.app.inbox.receiving import receive
from habitue.app.post.gate import open_gate
from habitue.channels.email.signing_keys import make_keys
from habitue.channels.email.touch_mail import touch_mail
from habitue.channels.letters import KINDS, State, letters
from habitue.content.model import LANGUAGES
from habitue.content.rendering import Rendered
from habitue.words.clock import StoppedClock, instant_of, parse_day
from tests.cast import CONSENTS, ORDERS, TODAY, Shop, shop, thanks, veal, weekly
from tests.content.images import png, put_image
from tests.content.test_letters import FIRST_BOOK, STARTERS
from tests.post.peer import Peer
from tests.post.spamassassin import judged
from tests.post.test_post_room import asks
from tests.post.test_touch_mail import ENVELOPE
from tests.post.test_touches import send

__all__ = ["shop"]
MAKES_SPAM, MOST_POINTS = 5.0, 0.5
"""A fault costs half a point or more (a subject in capitals .5, a text unlike its page 2.2, no date 2.7); that a letter has a page at all, .001."""
ABOUT_A_THING = ("recipe", "set-aside", "invitation", "apology", "discovery")
PICTURED = "pictured"
LETTERS = (*STARTERS, PICTURED)
"""Those that a shop begins with, in Markdown and in MJML, and one with all that a letter may hold."""
FEWEST_BASKETS = 21
"""More often than anybody else of the cast came."""
WRITTEN = {
    "en": "# Saturday’s roast\n\nGood morning {{ name }},\n\n![A roast on a wooden board](roast.png)\n\n**We have it.**\n\n[See it](https://shop.example.org/roast)\n",
    "fr": "# Le rôti du samedi\n\nBonjour {{ name }},\n\n![Un rôti sur une planche](roast.png)\n\n**Il y en a.**\n\n[Le voir](https://shop.example.org/roti)\n",
}
LATER = "2017-11-04"
CLOSED = "2017-11-01..2017-11-07"
DEAR_FRIEND = "Dear friend, click here to buy cheap Viagra and Cialis online, no prescription needed! You have won $1,000,000.00. http://192.0.2.9/x"
SPAM = [
    touch_mail(Rendered("Hello", f"<p>{words}</p>", f"{words}\n", "en"), replace(ENVELOPE, number=number)).raw
    for number, words in {
        "spam.by.agreement": "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X",
        "spam.by.its.words": DEAR_FRIEND,
    }.items()
]
TOLD = {"opening": "Tu-Sa 09:00-19:00", "answer_hours": 3, "reminders_to": "team@example.org", "escalation_to": "owner@example.org"}


def bring_readers(shop: Shop) -> None:
    """One reader for each letter in each language; how often they came says which letter is theirs. A guest has written, and gets none."""
    people, orders, leaves = "customer,since,given_name,email,language\n", ORDERS, CONSENTS
    people += "".join(f"guest-{language},2017-02-02,Noël,guest-{language}@reader.test,{language}\n" for language in LANGUAGES)
    for (at, name), language in product(enumerate(LETTERS, FEWEST_BASKETS), LANGUAGES):
        her = f"{name}-{language}"
        people += f"{her},2017-02-02,Élodie,{her}@reader.test,{language}\n"
        orders += weekly(her, weeks=at)
        leaves += f"{her},advice,email,yes,2017-06-01\n"
    for kind, content in {"customers": people, "orders": orders, "consents": leaves}.items():
        shop.bring(kind, content)


def write_letters(shop: Shop) -> None:
    actions = {name: veal if name in ABOUT_A_THING else thanks for name in LETTERS}
    shop.book(*(made(key=f'"{name}"', letter=f'"{name}"', whom=f'"baskets_365 = {at}"') for at, (name, made) in enumerate(actions.items(), FEWEST_BASKETS)))
    folder = shop.settings.book_folder / "letters"
    shutil.copytree(FIRST_BOOK / "letters", folder)
    put_image(shop.settings.book_folder, "roast.png", png(900, 600))
    for language, words in WRITTEN.items():
        subject = {"en": "The roast is here", "fr": "Le rôti est là"}[language]
        head = f'+++\nsubject = "{subject}"\npreheader = "{subject}, {{{{ name }}}}."\n+++\n'
        (folder / f"{PICTURED}.{language}.md").write_text(head + words, encoding="utf-8")


def at(house: House, hour: int, day: str = TODAY, **told: object) -> House:
    """The same house at an hour of the day, with some settings changed."""
    clock = StoppedClock(instant_of(parse_day(day), hour, house.settings.zone))
    return replace(house, clock=clock, settings=msgspec.structs.replace(house.settings, **told))


def mail_from(sender: str, words: str) -> bytes:
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = f"{sender}@reader.test", "shop@example.org", "Samedi"
    made["Message-ID"], made["Date"] = f"<{sender}.{len(words)}@reader.test>", "Thu, 02 Nov 2017 08:30:00 +0000"
    made.set_content(words)
    return made.as_bytes()


def send_everything(house: House) -> None:
    """What was decided for the day, and all that the house says to people who write, ask or wait, and of them to its own; later, whether it was well."""
    plan_day(house)
    for n, language in enumerate(LANGUAGES):
        asks(house, f"new-{language}@reader.test", f"203.0.113.{n}", language)
        request_fresh_link(house, f"letter-{language}@reader.test", f"203.0.113.1{n}", language)
        receive(at(house, 10, closed=CLOSED), mail_from(f"guest-{language}", "Livrez-vous samedi ?"))
        came = receive(at(house, 10), mail_from(f"question-{language}", "Mon fils est allergique aux noix. Le pain en contient-il ?"))
        answer(at(house, 10), came.number, "Bonjour,\n\nnon, il n’y en a pas.", "Camille", asks_leave=True)
    send(at(house, 10, closed=CLOSED))
    for hour, language in ((10, "en"), (14, "fr")):
        receive(at(house, hour), mail_from(f"thanks-{language}", "Avez-vous du lapin ?"))
        send(at(house, hour + 2, language=language))
        send(at(house, hour + 4, language=language))
    send(at(house, 10, LATER, ask_after_days=180))


@pytest.fixture
def sent(shop: Shop, peer: Peer) -> list[bytes]:
    """The letters of a whole day, signed, as they left."""
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{peer.port}", "brand": "Épicerie Martin"}
    bring_readers(shop)
    write_letters(shop)
    with shop.told(**told, **TOLD, console="https://shop.example.org").open() as house:
        make_keys(house.settings.data, house.settings.sender)
        open_gate(house.settings, house.clock.instant())
        send_everything(house)
        left = [(each.kind, each.language) for each in letters(house.truth, 200) if each.state == State.SENT]
    assert set(left) == set(product(KINDS, LANGUAGES))
    assert sum(kind == "touch" for kind, _ in left) == len(LANGUAGES) * len(LETTERS)
    return peer.raw


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_filter_for_spam_finds_next_to_nothing_in_our_letters_and_much_in_spam_and_in_spoilt_ones(sent: list[bytes], tmp_path: Path) -> None:
    verdicts = judged([*sent, *SPAM, *spoilt(sent[-1])], tmp_path)
    ours, spam, worse = verdicts[: len(sent)], verdicts[len(sent) : -2], verdicts[-2:]
    found = {str(message_from_bytes(raw)["To"]): verdict.rules for raw, verdict in zip(sent, ours, strict=True) if verdict.points >= MOST_POINTS}
    assert found == {}
    assert [verdict.points >= MAKES_SPAM for verdict in spam] == [True, True]
    assert ["GTUBE" in verdict.rules for verdict in spam] == [True, False]
    assert [(verdict.points >= MOST_POINTS, *(set(verdict.rules) & {"MISSING_DATE", "MPART_ALT_DIFF"})) for verdict in worse] == [
        (True, "MISSING_DATE"),
        (True, "MPART_ALT_DIFF"),
    ]


def spoilt(raw: bytes) -> list[bytes]:
    """One of ours without its date, and one whose text says another thing than its page."""
    undated, other = (message_from_bytes(raw, policy=SMTP) for _ in range(2))
    del undated["Date"]
    text = other.get_body(("plain",))
    assert text
    text.set_content("Nothing of what stands on the page is said here, and here is said what does not stand there.\n")
    undated.replace_header("Message-ID", "<undated.spoilt@example.org>")
    other.replace_header("Message-ID", "<other.spoilt@example.org>")
    return [undated.as_bytes(), other.as_bytes()]
