"""A report that a letter of ours could not be delivered, or that its reader complained of it. It is believed where it names the letter by an address that
nobody but us can make; else nothing follows from it, and a person sees in the log that it came.

An address that is no more gets nothing; who complains has left by e-mail. Both at once, and each mail once.
"""

from __future__ import annotations

import logging

from habitue.app.hearing_stop import mail_number, stop_address
from habitue.app.house import House
from habitue.app.leaving import Said, say_no
from habitue.channels.email.tokens import came_back
from habitue.channels.letters import Letter, letter_of_number
from habitue.channels.returns import Return, add_return, hash_of, is_given_up, return_of
from habitue.consent.stop_rules import Stop, Verdict
from habitue.dialogue.incoming import Came, Incoming
from habitue.events.lookup import look_up
from habitue.identity.dead_addresses import end_address
from habitue.identity.records import address_to_write_to, revisions_of, whose
from habitue.identity.rules import normalised
from habitue.words.vocabulary import Channel, Collected

PROOF = "complaint to the mailbox provider"
BACK = (Came.BOUNCED_FOR_GOOD, Came.BOUNCED_FOR_NOW, Came.COMPLAINT)
log = logging.getLogger("habitue.inbox")


def take_back(house: House, told: Incoming, domain: str) -> int:
    """Heeds such a report; gives the number of the letter that it is about, 0 where nothing proves one of ours."""
    number = next((back.letter_id for address in told.back if (back := came_back(house.key, address, domain))), 0)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing: the same mail may come twice at once
        letter = letter_of_number(house.truth, number) if number else None
        if letter is None or letter.profile_id not in whose(house.truth, [letter.profile_id]):
            letter = None
        else:
            _heed(house, told, letter)
    if letter is None and number and told.came == Came.COMPLAINT and told.recipient:
        stop_address(house, told.recipient, Stop(Verdict.STOP, (Channel.EMAIL,)), PROOF)  # who was forgotten since still says no
    elif letter is None:
        log.warning("a mail says that a letter came back or was complained of, and names none of ours: nothing follows from it")
    return number if letter else 0


def _heed(house: House, told: Incoming, letter: Letter) -> None:
    now, mail = house.clock.instant(), mail_number(house, told.mail)
    if told.came == Came.COMPLAINT:
        if add_return(house.truth, letter.letter_id, mail, Return.COMPLAINT, "", b"", now):
            say_no(house, letter.profile_id, Said(False, (), (Channel.EMAIL,), Collected.REPLY, PROOF))
        return
    what, address = return_of(told.status, told.came == Came.BOUNCED_FOR_GOOD), _address(house, told, letter)
    address_hash = hash_of(house.key, address)
    is_new = add_return(house.truth, letter.letter_id, mail, what, told.status, address_hash, now)
    if is_new and address and (what == Return.GONE or (what == Return.FOR_NOW and is_given_up(house.truth, address_hash, now))):
        end_address(house.truth, address, now)


def _address(house: House, told: Incoming, letter: Letter) -> str:
    """Which address of hers the report is about: the one that it names. Where it names none, the one that we write to, unless more was told of her since."""
    customer = whose(house.truth, [letter.profile_id])[letter.profile_id].customer_id
    if told.recipient:
        named = normalised("email", told.recipient)
        return named if ("email", named) in {(kind, value) for _, kind, value in look_up(house.truth, "identity", "addresses_of_customers", [customer])} else ""
    profiles = [profile for profile, _ in look_up(house.truth, "identity", "profiles_of_customers", [customer])]
    told_at = max((every[-1].known_at for every in revisions_of(house.truth, profiles).values()), default=0)
    return normalised("email", address_to_write_to(house.truth, customer)) if told_at <= letter.due_at else ""
