"""At the door: somebody leaves an address and what she allows; nothing is believed of it until whoever reads that mailbox has pressed the button.

Until then nobody is looked up and nobody is made: the answer, and the work, are the same whether the address is known or not.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from habitue.app.house import House
from habitue.app.knocking import Verdict, forget_knocks, hers, knock, knock_again, not_hers
from habitue.app.leaving import Said, say_no
from habitue.app.welcoming import welcome_in
from habitue.channels.email.address import checked_address
from habitue.channels.letters import owe
from habitue.consent.model import MARKETING, Notice
from habitue.consent.notices import Notices
from habitue.store import Truth, sql_text
from habitue.words.errors import BadInput, Busy
from habitue.words.telephones import BETWEEN_DIGITS
from habitue.words.vocabulary import Channel, Collected, Purpose

KEPT_SECONDS = 2 * 86_400
"""How long an address is kept that nobody has proved."""
SECRET_BYTES = 16
WRITTEN = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
NOTHING_TICKED = "Tick what you would like to hear of; each is a leave of its own."
NUMBER_ALONE = (
    "To ask you whether it is really you, we need an e-mail address. With a telephone number alone, tell us at the counter: "
    "there you can allow calls and text messages."
)
TELEPHONE = re.compile(rf"[+(]?[\d{BETWEEN_DIGITS}]{{6,30}}")
TOO_MANY = "Many addresses were left from where you are within the hour. Come back in an hour, or ask in the shop."
TOO_FULL = "Just now more people ask than we can answer. Come back tomorrow, or ask in the shop."


@dataclass(frozen=True)
class Request:
    """What somebody asked for at an address. `allowed`: each purpose that she ticked, with the hash of the text that stood beside it. Units: UTC seconds."""

    letter_id: int
    email: str
    allowed: Mapping[Purpose, str]
    proof: str
    collected: Collected
    made_at: int
    answered_at: int = 0


@dataclass(frozen=True)
class Asking:
    """What a form says: an address as it was typed, what is ticked and under which text, where it was filled in, and from which network it came."""

    address: str
    allowed: Mapping[Purpose, str]
    proof: str
    network: str
    language: str
    collected: Collected = Collected.FORM


def asked_at_door(notices: Notices, language: str) -> list[Notice]:
    """What a newcomer may allow by e-mail, each under the text that she is shown."""
    return [notices.shown(purpose, language) for purpose in notices.asked(MARKETING)]


def ask_to_join(house: House, asking: Asking) -> None:
    """Takes what a form says; where the mailbox has not had its letter of today, one is owed to it.

    Raises: BadInput where no letter can go to that address, or nothing was ticked; Busy where too many ask.
    """
    if TELEPHONE.fullmatch(asking.address.strip()):
        raise BadInput(NUMBER_ALONE)
    address = checked_address(asking.address)
    if not asking.allowed:
        raise BadInput(NOTHING_TICKED)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        now = house.clock.instant()
        forget_unproved(house.truth, now)
        at_counter = asking.collected is Collected.COUNTER
        if heard_at_door(knock(house.truth, house.key, "confirm", address, asking.network, now, at_counter=at_counter)):
            number = owe(house.truth, "confirm", asking.language, 0, now)
            _keep(house.truth, Request(number, address, asking.allowed, asking.proof, asking.collected, now))


def request_fresh_link(house: House, address: str, network: str, language: str) -> None:
    """A fresh link to her page for whoever has that address: the same is done, and said, whether anybody has it.

    Raises: BadInput where no letter can go there; Busy where too many ask.
    """
    address = checked_address(address)
    with house.truth.transaction():
        house.truth.next_seq(0)
        now = house.clock.instant()
        forget_unproved(house.truth, now)
        if heard_at_door(knock(house.truth, house.key, "page", address, network, now)):
            _keep(house.truth, Request(owe(house.truth, "page", language, 0, now), address, {}, "", Collected.SOURCE, now))


def request_fresh_link_of(house: House, profile_id: int, language: str) -> None:
    """The same for whoever opened an old link of hers: the letter goes where she is known to read, once a day."""
    with house.truth.transaction():
        house.truth.next_seq(0)
        now = house.clock.instant()
        if heard_at_door(knock_again(house.truth, house.key, "page", profile_id, now)):
            owe(house.truth, "page", language, profile_id, now)


def request_of(truth: Truth, secret: str, now: int) -> Request | None:
    """What the link of a letter is about; none where there never was such a link, or its time is over."""
    if not WRITTEN.fullmatch(secret):
        return None
    rows = truth.run(sql_text("app", "request_of_link"), (sha256(secret.encode()).digest(), now - KEPT_SECONDS))
    return _request(rows[0]) if rows else None


def request_of_letter(truth: Truth, letter_id: int, now: int) -> Request | None:
    """What a letter is about, while it is not answered and its time is not over."""
    rows = truth.run(sql_text("app", "request_of_letter"), (letter_id, now - KEPT_SECONDS))
    return _request(rows[0]) if rows else None


def make_door_link(truth: Truth, letter_id: int) -> str:
    """A new secret for the button of a letter; only its hash is kept. Inside a transaction."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    truth.run(sql_text("app", "add_door_link"), (sha256(secret.encode()).digest(), letter_id))
    return secret


def confirm(house: House, secret: str) -> Request | None:
    """She pressed the button: only now is there a customer, and her leave. Pressed twice, it counts once; gives what it was about, none where it is over."""
    with house.truth.transaction():
        house.truth.next_seq(0)
        now = house.clock.instant()
        request = request_of(house.truth, secret, now)
        if request and request.email:
            profile_id = welcome_in(house, request.email, request, f"letter {request.letter_id}", now)
            house.truth.run(sql_text("channels", "letter_s_profile"), (profile_id, request.letter_id))
            house.truth.run(sql_text("app", "answer_request"), (now, request.letter_id))
            hers(house.truth, house.key, request.email)
    return request


def deny(house: House, secret: str) -> Request | None:
    """It was not she: the address goes at once, and no form has us write there for a long while. After her yes by the same letter, that yes is taken back.

    Gives what it was about as it stood, none where there is nothing.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)
        now = house.clock.instant()
        request = request_of(house.truth, secret, now)
        if request and request.email:
            not_hers(house.truth, house.key, request.email, now, at_counter=request.collected is Collected.COUNTER)
        elif request:
            [(profile_id,)] = house.truth.run(sql_text("channels", "profile_of_letter"), (request.letter_id,))
            proof = f"letter {request.letter_id}"
            say_no(house, profile_id, Said(False, tuple(request.allowed), (Channel.EMAIL,), Collected.ONE_CLICK, proof))
        if request:
            drop_request(house.truth, request.letter_id)
    return request


def drop_request(truth: Truth, letter_id: int) -> None:
    """Deletes what was asked for with a letter, address and links. Inside a transaction."""
    truth.run(sql_text("app", "drop_links_of_letter"), (letter_id,))
    truth.run(sql_text("app", "drop_request"), (letter_id,))


def forget_unproved(truth: Truth, now: int) -> None:
    """Deletes every address whose 48 hours are over, and every count whose time is. Inside a transaction."""
    truth.run(sql_text("app", "drop_old_links"), (now - KEPT_SECONDS,))
    truth.run(sql_text("app", "drop_old_requests"), (now - KEPT_SECONDS,))
    forget_knocks(truth, now)


def is_any_over(truth: Truth, now: int) -> bool:
    """Whether there is an address whose 48 hours are over: a look that writes nothing."""
    return bool(truth.run(sql_text("app", "old_request"), (now - KEPT_SECONDS,)))


def heard_at_door(verdict: Verdict) -> bool:
    """Whether a knock is heard. Raises: Busy where too many knock."""
    if verdict is Verdict.TOO_MANY_FROM_THERE:
        raise Busy(TOO_MANY)
    if verdict is Verdict.TOO_MANY_IN_ALL:
        raise Busy(TOO_FULL)
    return verdict is Verdict.HEARD


def _keep(truth: Truth, request: Request) -> None:
    numbers, hashes = " ".join(str(int(purpose)) for purpose in request.allowed), " ".join(request.allowed.values())
    truth.run(sql_text("app", "add_request"), (request.letter_id, request.email, numbers, hashes, request.proof, int(request.collected), request.made_at))


def _request(row: tuple[int, str, str, str, str, int, int, int]) -> Request:
    allowed = {Purpose(int(number)): hashed for number, hashed in zip(row[2].split(), row[3].split(), strict=True)}
    return Request(row[0], row[1], allowed, row[4], Collected(row[5]), *row[6:])
