"""A mail that says stop, at once a no; one that may mean it, a conversation that a person answers. Nobody need be known: the address is out all the same.

Who a mail is from is not proven, and need not be: whoever forges one can only bring it about that somebody is written to less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from habitue.app.heeding import Heeding, Telling
from habitue.app.house import House
from habitue.app.leaving import WRITTEN, Said, say_no
from habitue.app.listeners import record
from habitue.consent.model import MARKETING
from habitue.consent.stop_rules import Stop, Verdict, stop_said
from habitue.consent.suppression import suppress
from habitue.dialogue.mail import read_mail
from habitue.events.model import ConversationOpened, Occurrence
from habitue.identity.model import Who
from habitue.identity.records import who_have
from habitue.words.clock import local_day_and_hour
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Collected, Thread

SOURCE = "mail"
PROOF = "answer by e-mail"
NO_ADDRESS = "This is no e-mail address."


class Outcome(Enum):
    """What became of a mail."""

    OUT = "out"
    ASKED = "asked"
    NOTHING = "nothing"
    AUTOMATIC = "automatic"


@dataclass(frozen=True)
class Heard:
    """What became of a mail, and how many customers are written to at the address it came from."""

    outcome: Outcome
    customers: int = 0


def hear_mail(house: House, raw: bytes) -> Heard:
    """Reads a mail, and does what it asks; one whose body cannot be read, and whose subject says no stop, is for a person.

    The same mail again changes nothing.

    Raises: BadInput where it is no e-mail, or names no sender.
    """
    mail = read_mail(raw)
    if mail.is_automatic:
        return Heard(Outcome.AUTOMATIC)
    if not mail.sender:
        raise BadInput("This e-mail names nobody who wrote it. Read it yourself: it may say stop.")
    stop = stop_said(mail.words)
    if stop.verdict == Verdict.STOP:
        return Heard(Outcome.OUT, stop_address(house, mail.sender, stop, PROOF))
    if stop.verdict == Verdict.NOTHING and mail.is_whole:
        return Heard(Outcome.NOTHING)
    return Heard(Outcome.ASKED, _ask(house, mail.sender, mail.key))


def stop_address(house: House, address: str, stop: Stop, proof: str = "", collected: Collected = Collected.REPLY) -> int:
    """A no of whoever is written to at an e-mail address, by the ways that she named, else by e-mail; gives how many customers that is.

    Raises: BadInput where that is no address.
    """
    if "@" not in address or len(address) > 320:
        raise BadInput(NO_ADDRESS)
    channels = () if stop.is_everything else stop.channels or (Channel.EMAIL,)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        hers = _holders(house, address)
        for who in hers:
            say_no(house, who.profile_id, Said(False, (), channels, collected, proof))
        if not hers:
            _keep_late(house, address, channels)
        if not channels or Channel.EMAIL in channels or not hers:
            suppress(house.truth, "email", address, [(purpose, Channel.EMAIL) for purpose in MARKETING], house.clock.instant())
    return len({who.customer_id for who in hers})


def _keep_late(house: House, address: str, channels: Sequence[Channel]) -> None:
    """Somebody who was forgotten still says no: it is kept as a hash, for the day on which she comes back."""
    now = house.clock.instant()
    noes = tuple((purpose, channel, now) for purpose in MARKETING for channel in channels or WRITTEN)
    Heeding(house.truth, house.settings).let_go([Telling((("email", address),), now, noes=noes)])


def _ask(house: House, address: str, key: str) -> int:
    """A person is to read it: a question waits, for each customer who may have written it."""
    now = house.clock.instant()
    day, hour = local_day_and_hour(now, house.settings.zone)
    with house.truth.transaction():
        house.truth.next_seq(0)
        hers = {who.customer_id: who.profile_id for who in reversed(_holders(house, address))}
        asked = [Occurrence(ConversationOpened(f"{key}", Thread.QUESTION), SOURCE, f"{key} {n}", n, now, day, hour, now) for n in sorted(hers.values())]
        record(house.truth, asked, house.settings.zone, now)
    return len(hers)


def _holders(house: House, address: str) -> tuple[Who, ...]:
    """Every profile that has told this address, be they one customer or several."""
    found = who_have(house.truth, "email", [address])
    return found[address].who if address in found else ()
