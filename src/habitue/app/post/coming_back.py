"""A report that a letter of ours could not be delivered, or that its reader complained of it, in a mail or by a relay's webhook. It is believed where it
names the letter by an address that nobody but us can make; else nothing follows from it, and a person sees in the log that it came.

An address that is no more gets nothing; who complains has left by e-mail. Both at once, and each report once.
"""

from __future__ import annotations

import logging
from contextlib import suppress

from habitue.app.house import House
from habitue.app.inbox.hearing_stop import mail_number, stop_address
from habitue.app.leaving import Said, say_no
from habitue.channels.email.address import sendable
from habitue.channels.email.tokens import came_back
from habitue.channels.letters import Letter, letter_of_number
from habitue.channels.returns import Report, Return, add_return, hash_of, is_given_up, return_of
from habitue.consent.stop_rules import Stop, Verdict
from habitue.dialogue.incoming import Came, Incoming
from habitue.events.lookup import look_up
from habitue.identity.dead_addresses import end_address
from habitue.identity.records import address_to_write_to, revisions_of, whose
from habitue.identity.rules import normalised
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Collected

PROOF = "complaint to the mailbox provider"
LEFT = "unsubscribed by a link of the mail server’s"
NOES = {Return.COMPLAINT: Said(False, (), (Channel.EMAIL,), Collected.REPLY, PROOF), Return.LEFT: Said(False, (), (Channel.EMAIL,), Collected.ONE_CLICK, LEFT)}
"""What is a no of hers, and how we know."""
BACK = (Came.BOUNCED_FOR_GOOD, Came.BOUNCED_FOR_NOW, Came.COMPLAINT)
log = logging.getLogger("habitue.inbox")


def take_back(house: House, told: Incoming, domain: str) -> int:
    """Heeds such a report in a mail; gives the number of the letter that it is about, 0 where nothing proves one of ours."""
    number = next((back.letter_id for address in told.back if (back := came_back(house.key, address, domain))), 0)
    if told.came == Came.COMPLAINT:
        report = Report(Return.COMPLAINT, recipient=told.recipient)
    else:
        report = Report(return_of(told.status, told.came == Came.BOUNCED_FOR_GOOD), recipient=told.recipient, status=told.status)
    return number if heed_return(house, number, report, mail_number(house, told.mail)) else 0


def heed_return(house: House, number: int, report: Report, by: str) -> bool:
    """Heeds what is reported of the letter of that number, 0 where nothing proves one of ours; gives whether there is one.

    The same report, known again by the key `by`, counts once.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing: the same report may come twice at once
        letter = letter_of_number(house.truth, number) if number else None
        if letter is None or letter.profile_id not in whose(house.truth, [letter.profile_id]):
            letter = None
        else:
            _heed(house, report, letter, by)
    if letter is None and number and report.what in NOES and report.recipient:
        no = NOES[report.what]
        stop_address(house, report.recipient, Stop(Verdict.STOP, no.channels), no.proof, no.collected)  # who was forgotten since still says no
    elif letter is None:
        log.warning("it is said that a letter came back or was complained of, and none of ours is named: nothing follows from it")
    return letter is not None


def _heed(house: House, report: Report, letter: Letter, by: str) -> None:
    now, what = house.clock.instant(), report.what
    if what in NOES:
        if add_return(house.truth, letter.letter_id, by, what, "", b"", now):
            say_no(house, letter.profile_id, NOES[what])
        return
    address = _address(house, report, letter)
    address_hash = hash_of(house.key, address)
    is_new = add_return(house.truth, letter.letter_id, by, what, report.status, address_hash, now)
    if is_new and address and (what == Return.GONE or (what == Return.FOR_NOW and is_given_up(house.truth, address_hash, now))):
        end_address(house.truth, address, now)


def _address(house: House, report: Report, letter: Letter) -> str:
    """Which address of hers the report is about: the one that it names. Where it names none, the one that we write to, unless more was told of her since."""
    customer = whose(house.truth, [letter.profile_id])[letter.profile_id].customer_id
    if report.recipient:
        hers = [str(value) for _, kind, value in look_up(house.truth, "identity", "addresses_of_customers", [customer]) if kind == "email"]
        return next((each for each in hers if _on_its_way(each) == _on_its_way(report.recipient)), "")
    profiles = [profile for profile, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer])]
    told_at = max((every[-1].known_at for every in revisions_of(house.truth, profiles).values()), default=0)
    return normalised("email", address_to_write_to(house.truth, customer)) if told_at <= letter.due_at else ""


def _on_its_way(address: str) -> str:
    """An address as mail servers spell it: its domain in ASCII (RFC 5891)."""
    with suppress(BadInput):
        return normalised("email", sendable(address))
    return normalised("email", address)
