"""Two houses that are customers of each other, both closed: what they write through a real Postfix ends by itself, with one automatic letter each way at most.

Once they meet as they are; once through a server that takes away whatever says that a machine wrote, and gives each letter a sender to report to.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import pytest

from habitue.app import House, plan_day
from habitue.app.inbox.answering import answer, close
from habitue.app.inbox.handed_mail import HandedMail
from habitue.app.inbox.talking import Conversation, open_conversations
from habitue.app.post.gate import open_gate
from habitue.app.post.sending import balances
from habitue.channels.letters import State, count_letters
from habitue.store import Settings
from habitue.words.clock import StoppedClock, instant_of, parse_day
from tests.cast import CONSENTS, ORDERS, Shop, shop, veal, weekly
from tests.inbox.conftest import HandingOver
from tests.inbox.test_fetching import soon
from tests.post.peer import Peer, listening_peer
from tests.post.test_touches import send, written

__all__ = ["shop"]
NEAR, FAR = "shop@example.org", "boutique@far.test"
AS_THEY_ARE = "as they are"
BY_MACHINE = re.compile(rb"^(?:Auto-Submitted|Precedence|List-[\w-]+|Feedback-ID):.*\r\n(?:[ \t].*\r\n)*", re.MULTILINE | re.IGNORECASE)
CLOSED = {"opening": "Tu-Sa 09:00-19:00", "closed": "2017-11-02..2017-11-12", "answer_hours": 3, "complaint_hours": 2}


@dataclass
class Between:
    """The post between both houses. With a peer, each letter passes by it and leaves it without a sign of a machine."""

    handing_over: HandingOver
    peer: Peer | None
    put_in: int = 0
    passed_on: int = 0

    @property
    def relay(self) -> str:
        return f"smtp://127.0.0.1:{self.peer.port if self.peer else self.handing_over.server.port}"

    def put(self, raw: bytes, sender: str, to: str) -> None:
        with smtplib.SMTP("127.0.0.1", self.handing_over.server.port, local_hostname="between.example.org") as server:
            server.sendmail(sender, [to], raw)
        self.put_in += 1

    def until_quiet(self, *houses: House) -> None:
        """Lets both write, and hear what the other wrote, until neither has a word more; at most six times."""
        for _ in range(6):
            on_its_way = self.put_in + (0 if self.peer else sum(count_letters(house.truth).get(State.SENT, 0) for house in houses))
            assert soon(partial(self._are_handed_over, on_its_way)), self.handing_over.log()
            left = sum(send(house) for house in houses)
            if self.peer:
                for raw, to in list(zip(self.peer.raw, self.peer.to, strict=True))[self.passed_on :]:
                    self.put(BY_MACHINE.sub(b"", raw), FAR if b"\r\nFrom: My shop <boutique@" in raw else NEAR, to)
                self.passed_on = len(self.peer.raw)
            if not left:
                return
        pytest.fail("they write to each other without end")

    def _are_handed_over(self, mails: int) -> bool:
        return self.handing_over.log().count("status=sent (250 2.0.0 It is taken in.)") == mails


@pytest.fixture
def between(request: pytest.FixtureRequest, handing_over: HandingOver) -> Iterator[Between]:
    if request.param == AS_THEY_ARE:
        yield Between(handing_over, None)
        return
    with listening_peer() as peer:
        yield Between(handing_over, peer)


@contextmanager
def served(house: House) -> Iterator[House]:
    """A house of which everything is switched on, and that hears what comes."""
    open_gate(house.settings, house.clock.instant())
    for each in open_conversations(house):  # a file's
        close(house, each.number)
    with HandedMail(house.settings):
        yield house


@pytest.fixture
def near(shop: Shop, between: Between) -> Iterator[House]:
    shop.bring("customers", f"customer,since,given_name,email\nboutique,2017-02-02,Bo,{FAR}\n")
    shop.bring("orders", ORDERS + weekly("boutique"))
    shop.bring("consents", CONSENTS + "boutique,advice,email,yes,2017-06-01\n")
    told = {"address": "https://regulars.example.org", "sender": NEAR, "relay": between.relay, "reminders_to": "team@example.org"}
    with written(shop.told(**told, **CLOSED, lmtp=f"127.0.0.1:{between.handing_over.near}"), veal(letter='"aside"')).open() as house, served(house):
        yield house


@pytest.fixture
def far(tmp_path: Path, between: Between) -> Iterator[House]:
    told = {"address": "https://regulars.far.test", "sender": FAR, "relay": between.relay, "reminders_to": "team@far.test"}
    settings = Settings(data=tmp_path / "far", **told, **CLOSED, lmtp=f"127.0.0.1:{between.handing_over.far}", today="2017-11-02")  # type: ignore[arg-type]
    other = Shop(settings, tmp_path / "far-desk")
    other.bring("customers", f"customer,since,given_name,email\nshop,2017-02-02,Sam,{NEAR}\n")
    with other.open() as house, served(house):
        yield house


def at(house: House, day: str, hour: int) -> House:
    return replace(house, clock=StoppedClock(instant_of(parse_day(day), hour, house.settings.zone)))


def by_hand(house: House, sender: str, to: str, words: str) -> bytes:
    """What somebody writes in a mail program."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = sender, to, "Samedi", f"<by-hand@{sender.partition('@')[2]}>"
    made["Date"] = format_datetime(datetime.fromtimestamp(house.clock.instant(), UTC))
    made.set_content(words)
    return made.as_bytes()


def talks(house: House) -> list[Conversation]:
    return [each for each in open_conversations(house) if each.customer in ("boutique", "shop")]


def notes(house: House) -> int:
    return int(house.truth.run("SELECT COUNT(*) FROM closing_note")[0][0])


@pytest.mark.parametrize(("engine", "between"), [("sqlite", AS_THEY_ARE), ("postgres", "without a sign of a machine")], indirect=["between"])
def test_two_houses_that_write_to_each_other_end_by_themselves(near: House, far: House, between: Between) -> None:
    plan_day(near)
    morning = at(near, "2017-11-02", 10), at(far, "2017-11-02", 10)
    between.until_quiet(*morning)
    between.put(by_hand(near, FAR, NEAR, "Avez-vous du lapin ?"), FAR, NEAR)
    between.until_quiet(*morning)
    (talk,) = (each for each in talks(near) if "lapin" in each.messages[0].words)
    answer(morning[0], talk.number, "Oui. Vous en faut-il deux ?", "Camille", talk.last)
    between.until_quiet(*morning)
    assert (len(talks(near)), len(talks(far))) == ((2, 2) if between.peer else (1, 1)), "a machine's letter is no conversation, where it says what it is"
    assert (notes(near), notes(far)) == (1, 1)

    for day in ("2017-11-04", "2017-11-10", "2017-11-14"):  # on the last both are open, and remind their people
        between.until_quiet(*(at(house, day, 11) for house in (near, far)))
    assert (notes(near), notes(far)) == (1, 1)
    for house in (near, far):
        assert set(count_letters(house.truth)) == {State.SENT}
    (books,) = balances(near, near.today, near.today)
    assert books.decided == sum(books.posted.values()) == books.posted[State.SENT] + books.by_hand
