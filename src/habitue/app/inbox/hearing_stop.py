"""A mail that says stop, at once a no; one that may mean it, a conversation that a person answers. Nobody need be known: the address is out all the same.
One that asks to be erased is a no to everything and a case; one that asks what is held of her, or that may ask either, a case.

Who a mail is from is not proven, and need not be: whoever forges one can only bring it about that somebody is written to less. An address that a browser
alone has told names her for no case, and a wish to be erased that comes from there takes back nothing of hers: anybody may tell one by a page's key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from habitue.app.erasure.heeding import Heeding, Telling
from habitue.app.house import House
from habitue.app.law.requesting import COLLECTED, MOST_BESIDE, MOST_HEARD, UNREAD, Opening, add_note, keep_case
from habitue.app.leaving import WRITTEN, Said, say_no
from habitue.app.listeners import record
from habitue.consent.law.hearing import Wish, law_said
from habitue.consent.law.model import MAILED, Asked, Door
from habitue.consent.law.records import case_from_outside, cases_of, mailed_case
from habitue.consent.model import MARKETING
from habitue.consent.stop_rules import MOST_READ, Stop, Verdict, stop_said
from habitue.consent.suppression import suppress
from habitue.dialogue.mail import Mail, read_mail
from habitue.events.model import ConversationOpened, Occurrence
from habitue.identity.model import Holders, Who
from habitue.identity.records import vouched, who_have
from habitue.identity.rules import normalised
from habitue.store.house_key import house_key, keyed_hash
from habitue.words.addresses import LONGEST
from habitue.words.clock import local_day_and_hour
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Collected, Thread

PROOF, FORM_PROOF = "answer by e-mail", "contact form"
NO_ADDRESS = "This is no e-mail address."


class Outcome(Enum):
    """What became of a mail."""

    OUT = "out"
    ERASURE = "erasure"
    ACCESS = "access"
    ASKED = "asked"
    NOTHING = "nothing"
    AUTOMATIC = "automatic"


@dataclass(frozen=True)
class Heard:
    """What became of a mail, how many customers are written to at the address it came from, and the case that was opened for it, 0 for none.

    `is_asked` where it says stop, and a person is to read the rest of it.
    """

    outcome: Outcome
    customers: int = 0
    case: int = 0
    is_asked: bool = False


def hear_mail(house: House, raw: bytes, hers: Who | None = None) -> Heard:
    """Reads a mail, and does what it asks; one whose body cannot be read, and whose subject says no stop, is for a person.

    The same mail again changes nothing. Where `hers` is in whose conversation it is kept, it is her no, too, whatever
    address it comes from, and no other conversation is opened for her.

    Raises: BadInput where it is no e-mail, or names no sender.
    """
    mail = read_mail(raw)
    if len(mail.words) > MOST_READ:
        mail = replace(mail, is_whole=False)
    if mail.is_automatic:
        return Heard(Outcome.AUTOMATIC)
    if not mail.sender:
        raise BadInput("This e-mail names nobody who wrote it. Read it yourself: it may say stop.")
    stop, wish = stop_said(mail.words), law_said(mail.words)
    if wish.asked == Asked.ERASURE and wish.is_sure and mail.is_whole:
        out = stop_address(house, mail.sender, Stop(Verdict.STOP, is_everything=True), PROOF, must_be_vouched=True, also=hers)
        return Heard(Outcome.ERASURE, out, _open(house, mail, wish))
    if stop.verdict == Verdict.STOP:
        out = stop_address(house, mail.sender, stop, PROOF, also=hers)
        case = _open(house, mail, wish)
        is_asked = stop.is_doubtful or not mail.is_whole
        return Heard(Outcome.OUT, out, _ask(house, mail, case, hers.customer_id if hers else 0).case if is_asked else case, is_asked)
    case = _open(house, mail, wish)
    if case and wish.is_sure and mail.is_whole:
        return Heard(Outcome.ACCESS, len(vouched_holders(house, mail.sender).customers), case)
    if stop.verdict == Verdict.NOTHING and not case and mail.is_whole:
        return Heard(Outcome.NOTHING)
    return _ask(house, mail, case, hers.customer_id if hers else 0)


def hear_form(house: House, mail: Mail) -> Heard:
    """The same of what somebody wrote in the contact form, in the words of that `mail`. An address that is typed proves as little as one that a mail is from.

    What may be a stop waits for a person with the rest of the words: no conversation is opened for it.
    """
    stop, wish, out = stop_said(mail.words), law_said(mail.words), _stop_of_form(house, mail)
    is_erasure = wish.asked == Asked.ERASURE and wish.is_sure
    case = _open(house, mail, wish)
    is_asked = stop.verdict == Verdict.ASK or stop.is_doubtful or bool(case and not wish.is_sure)
    outcome = Outcome.ERASURE if is_erasure else Outcome.OUT if stop.verdict == Verdict.STOP else Outcome.ACCESS if case and wish.is_sure else Outcome.NOTHING
    return Heard(outcome, out, case, is_asked)


def hear_no_of_form(house: House, mail: Mail) -> Heard:
    """The no alone in what somebody wrote in the contact form, where the rest of it cannot be taken in: no case is opened."""
    stop, out = stop_said(mail.words), _stop_of_form(house, mail)
    return Heard(Outcome.OUT if stop.verdict == Verdict.STOP else Outcome.NOTHING, out, is_asked=stop.is_doubtful or bool(law_said(mail.words).asked))


def _stop_of_form(house: House, mail: Mail) -> int:
    """How many customers a no in it stops."""
    stop, wish = stop_said(mail.words), law_said(mail.words)
    if wish.asked == Asked.ERASURE and wish.is_sure:
        return stop_address(house, mail.sender, Stop(Verdict.STOP, is_everything=True), FORM_PROOF, Collected.FORM, must_be_vouched=True)
    return stop_address(house, mail.sender, stop, FORM_PROOF, Collected.FORM) if stop.verdict == Verdict.STOP else 0


def hear_said(house: House, hers: Who, words: str, door: Door, by: str) -> Heard:
    """The same of what she said by telephone, in the shop or on paper, in the words of whoever wrote it down (`by`): it is she, so it is her no alone.

    Where she names no way, her no is one to every way. Inside a transaction that holds the right to write.
    """
    stop, wish = stop_said(words), law_said(words)
    is_erasure = wish.asked == Asked.ERASURE and wish.is_sure
    hear_no(house, hers, words, door, by)
    case = _spoken(house, hers, wish, door, by) if wish.asked else 0
    is_asked = stop.verdict == Verdict.ASK or stop.is_doubtful or bool(wish.asked and not wish.is_sure)
    outcome = Outcome.ERASURE if is_erasure else Outcome.OUT if stop.verdict == Verdict.STOP else Outcome.ACCESS if wish.is_sure and case else Outcome.NOTHING
    return Heard(outcome, int(outcome in (Outcome.ERASURE, Outcome.OUT)), case, is_asked)


def hear_no(house: House, hers: Who, words: str, door: Door, by: str) -> bool:
    """The no alone in what she said, of which no word is kept; gives whether she said one. Inside a transaction that holds the right to write."""
    stop, wish = stop_said(words), law_said(words)
    is_erasure = wish.asked == Asked.ERASURE and wish.is_sure
    if not is_erasure and stop.verdict != Verdict.STOP:
        return False
    channels = () if is_erasure or stop.is_everything else stop.channels
    say_no(house, hers.profile_id, Said(False, (), channels, COLLECTED[door], f"written down by {by}" if by else ""))
    return True


def _spoken(house: House, hers: Who, wish: Wish, door: Door, by: str) -> int:
    """A case for what she asks by law, or the one that is open for it."""
    assert wish.asked
    if before := next((case.number for case in cases_of(house.truth, [hers.customer_id]) if not case.is_over and case.asked == wish.asked), 0):
        add_note(house, before, wish.words, wish.is_sure)
        return before
    return keep_case(house, hers.profile_id, Opening(wish.asked, door, noted=wish.words, is_sure=wish.is_sure), by)


def stop_address(
    house: House,
    address: str,
    stop: Stop,
    proof: str = "",
    collected: Collected = Collected.REPLY,
    must_be_vouched: bool = False,
    also: Who | None = None,
) -> int:
    """A no of whoever is written to at an e-mail address, by the ways that she named, else by e-mail; gives how many customers that is.

    `must_be_vouched` leaves out whom a browser alone says to have it: no more is written there, and her other ways stay. `also` says it too.

    Raises: BadInput where that is no address.
    """
    if "@" not in address or len(address) > LONGEST:
        raise BadInput(NO_ADDRESS)
    channels = () if stop.is_everything else stop.channels or (Channel.EMAIL,)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        holders = _holders(house, address)
        hers = vouched_holders(house, address).who if must_be_vouched else holders.who
        hers = (*hers, also) if also and also.profile_id not in {who.profile_id for who in hers} else hers
        for who in hers:
            say_no(house, who.profile_id, Said(False, (), channels, collected, proof))
        if not holders.who:
            _keep_late(house, address, channels)
        if not channels or Channel.EMAIL in channels or not hers:
            suppress(house.truth, "email", address, [(purpose, Channel.EMAIL) for purpose in MARKETING], house.clock.instant())
    return len({who.customer_id for who in hers})


def _keep_late(house: House, address: str, channels: Sequence[Channel]) -> None:
    """Somebody who was forgotten still says no: it is kept as a hash, for the day on which she comes back."""
    now = house.clock.instant()
    noes = tuple((purpose, channel, now) for purpose in MARKETING for channel in channels or WRITTEN)
    Heeding(house.truth, house.settings).let_go([Telling((("email", address),), now, noes=noes)])


def _open(house: House, mail: Mail, wish: Wish) -> int:
    """A case for what she asks by law, or the one that is open for it; 0 where she asks nothing. A person reads it, and makes sure who wrote.

    Where she asks nothing and speaks of it, as who takes her request back, what she says is noted in each case of hers that is open.
    """
    words = wish.words or mail.words
    if not words:
        return 0
    sender, number, is_sure = normalised("email", mail.sender), mail_number(house, mail), wish.is_sure and mail.is_whole
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing: the same mail may come twice at once
        named = vouched_holders(house, sender)
        hers = named.who[0].profile_id if named.is_one else 0
        still_open = [case for case in cases_of(house.truth, named.customers if hers else ()) if not case.is_over]
        if not wish.asked:
            about = (Asked.ERASURE, Asked.ACCESS) if wish.words else (Asked.ERASURE,)  # before she is erased, whatever she writes is read
            spoken_of = {case.number for case in still_open if wish.words or case.asked in about} | {mailed_case(house.truth, sender, each) for each in about}
            for each in sorted(spoken_of - {0}):
                add_note(house, each, words, is_sure=False, most=MOST_HEARD if wish.words else MOST_BESIDE)
            return max(spoken_of, default=0)
        waiting = [case.number for case in still_open if case.asked == wish.asked]
        if again := case_from_outside(house.truth, MAILED, number):
            return again
        if before := next(iter(waiting), 0) or mailed_case(house.truth, sender, wish.asked):
            add_note(house, before, wish.words, is_sure)
            return before
        opening = Opening(wish.asked, Door.EMAIL, sender, source=MAILED, outside_id=number, noted=wish.words, is_sure=is_sure)
        return keep_case(house, hers, opening, "", "" if _holders(house, sender).who else sender)


def mail_number(house: House, mail: Mail) -> str:
    """By what the same mail is known again: its own number is chosen by whoever writes it, so it counts from him alone; keyed, so that it tells nobody."""
    return keyed_hash(house_key(house.settings.data), MAILED, normalised("email", mail.sender), mail.key).hex()[:32]


def _ask(house: House, mail: Mail, case: int, kept_for: int) -> Heard:
    """A person is to read it: a question waits, for each customer who may have written it; where there is none, a case of nobody's."""
    now, key = house.clock.instant(), mail_number(house, mail)
    day, hour = local_day_and_hour(now, house.settings.zone)
    with house.truth.transaction():
        house.truth.next_seq(0)
        hers = {who.customer_id: who.profile_id for who in reversed(_holders(house, mail.sender).who)}
        asked = [
            Occurrence(ConversationOpened(key, Thread.QUESTION), MAILED, f"{key} {n}", n, now, day, hour, now)
            for n in sorted(hers[one] for one in hers.keys() - {kept_for})
        ]
        record(house.truth, asked, house.settings.zone, now)
    noted = mail.words if mail.is_whole else f"{mail.words}\n{UNREAD}".strip()
    return Heard(
        Outcome.ASKED,
        len(hers.keys() | {kept_for} - {0}),
        case if hers or case or kept_for else _open(house, mail, Wish(Asked.OBJECTION, is_sure=False, words=noted)),
    )


def _holders(house: House, address: str) -> Holders:
    """Every profile that has told this address, be they one customer or several."""
    return who_have(house.truth, "email", [address]).get(address, Holders((), is_shared=False))


def vouched_holders(house: House, address: str) -> Holders:
    """Those of them for whom a file, a server or she herself has told it."""
    told, holders = vouched(house.truth, "email", address), _holders(house, address)
    return Holders(tuple(who for who in holders.who if who.profile_id in told), holders.is_shared)
