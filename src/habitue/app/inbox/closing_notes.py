"""While the shop is closed, whoever writes is told so once, by a machine that says that it is one: who reads it, from which day on, and that it is kept.

It is no answer: the conversation stays open, and its promise is counted from the day on which the shop opens. It goes to somebody we know alone, never to a
machine, a list or a report, without a return path, once for each closing and once in seven days to an address, and through an open gate.
Source: RFC 3834, sections 2 (when not to answer), 3.1 (heads) and 3.3 (the null return path).
"""

from __future__ import annotations

from contextlib import suppress
from email.utils import parsedate_to_datetime

from habitue.app.house import House
from habitue.app.inbox.hearing_stop import vouched_holders
from habitue.app.inbox.shop_hours import closing_at, opens_at, would_be_promised_at
from habitue.app.inbox.talking import conversation
from habitue.app.names import person_of
from habitue.app.post.gate import opened_at
from habitue.app.post.letter_values import tongue_of
from habitue.channels.email.address import sendable
from habitue.channels.email.closing_wording import closing
from habitue.channels.email.mail import Mail
from habitue.channels.email.tokens import address_back
from habitue.channels.email.touch_mail import Envelope, automatic_mail
from habitue.channels.letters import Letter, letter_proof, owe
from habitue.consent.suppression import suppressed_at
from habitue.dialogue.mail import BROKEN, head, opened, wants_no_machine
from habitue.dialogue.records import add_closing_note, is_told_of_closing, message_of_closing_note
from habitue.identity.model import Who
from habitue.identity.records import address_to_write_to, whose
from habitue.store.house_key import keyed_hash
from habitue.words.clock import date_of, day_number, local_day_and_hour
from habitue.words.vocabulary import Channel, Purpose, Thread

APART_SECONDS = 7 * 86_400
"""Between two such letters to one address."""
FRESH_SECONDS = 3 * 86_400
"""A mail that was written longer ago waits in no mailbox for an answer of today."""


def note_closing(house: House, raw: bytes, sender: str, hers: Who, number: int) -> int:
    """Owes her such a letter, where one is due to the mail that became message `number`; gives its number, 0 where none is.

    Inside the transaction that kept the message.
    """
    now, settings = house.clock.instant(), house.settings
    closes = closing_at(settings, now)
    if closes is None or not opened_at(settings) or not _may_be_answered(raw, now):
        return 0
    to = address_to_write_to(house.truth, hers.customer_id)
    talk = conversation(house, number, is_read=False)
    kind = Thread.COMPLAINT if talk.is_complaint else Thread.QUESTION
    if not (to and talk.waits_from) or would_be_promised_at(settings, now, kind) >= opens_at(settings, now):
        return 0
    if hers.customer_id not in vouched_holders(house, sender).customers or _has_left(house, to):
        return 0
    told, closes_on = keyed_hash(house.key, "closing", to.lower()), day_number(closes.from_on)
    if is_told_of_closing(house.truth, hers.customer_id, closes_on, told, now - APART_SECONDS):
        return 0
    letter = owe(house.truth, "closed", tongue_of(house, person_of(house, hers.customer_id).language), hers.profile_id, now)
    add_closing_note(house.truth, letter, number, closes_on, told)
    return letter


def write_closing(house: House, letter: Letter, key: bytes) -> Mail | None:
    """The letter as it leaves; none where she has her answer, the shop is open again, or she has left. Inside the transaction that took it in hand.

    Raises: BadInput where an address is none.
    """
    settings, now = house.settings, house.clock.instant()
    who = whose(house.truth, [letter.profile_id]).get(letter.profile_id)
    to = address_to_write_to(house.truth, who.customer_id) if who else ""
    number = message_of_closing_note(house.truth, letter.letter_id)
    if not (to and number and closing_at(settings, now) and now < opens_at(settings, now)) or _has_left(house, to):
        return None
    talk = conversation(house, number, is_read=False)
    if not talk.waits_from:
        return None
    opens = date_of(local_day_and_hour(opens_at(settings, now), settings.zone)[0])
    domain = sendable(settings.sender).rpartition("@")[2]
    name = f"closed.{letter.letter_id}.{letter_proof(key, letter.letter_id)}"
    back = address_back(key, "answers", letter.letter_id, domain)
    envelope = Envelope(settings.brand, settings.sender, to, name, letter.made_at, "", back, settings.sender)
    return automatic_mail(closing(settings.brand, letter.language, talk.subject, opens), envelope, talk.answers)


def _has_left(house: House, address: str) -> bool:
    return suppressed_at(house.truth, [("email", address)], Purpose.SERVICE, Channel.EMAIL)


def _may_be_answered(raw: bytes, now: int) -> bool:
    """Whether a machine may answer a mail: a person wrote it to us, lately. Without a day, nobody knows when."""
    message = opened(raw)
    with suppress(*BROKEN, OverflowError, OSError):
        return not wants_no_machine(message) and abs(now - parsedate_to_datetime(head(message, "date")).timestamp()) <= FRESH_SECONDS
    return False
