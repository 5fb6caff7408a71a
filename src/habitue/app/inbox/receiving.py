"""What comes back by e-mail: an answer goes to its conversation, her plain refusals bind at once, a thank-you ends what is answered; a machine's note is none.

Whose an answer is tells the address it came to, which nobody can forge; else the letter of ours that it names; else the address it is from, where
one customer alone is known to have it. Nothing is attached by guess. A mail counts once, however often it is handed over.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from habitue.app.her.saying import say_taste
from habitue.app.house import House
from habitue.app.inbox.catalogue_things import things_of
from habitue.app.inbox.closing_notes import note_closing
from habitue.app.inbox.hearing_stop import PROOF, Heard, Outcome, hear_mail, mail_number, stop_address, vouched_holders
from habitue.app.inbox.holding import holding
from habitue.app.law.requesting import LONGEST_WORDS, UNREAD
from habitue.app.leaving import Said, say_no
from habitue.app.listeners import record
from habitue.app.names import people
from habitue.app.post.coming_back import BACK, take_back
from habitue.app.remembering import statements_of
from habitue.channels.email.address import sendable
from habitue.channels.email.tokens import came_back
from habitue.channels.letters import letter_of_number, letter_proof
from habitue.consent.law.model import MAILED
from habitue.consent.stop_rules import Verdict, says_more, stop_said
from habitue.dialogue.attachments import HandedAlong, add_attachments, handed_along
from habitue.dialogue.incoming import Came, Incoming, incoming
from habitue.dialogue.mail import BROKEN, CARRIED_ON, Mail, head, opened
from habitue.dialogue.model import Proposal, What
from habitue.dialogue.records import answer_of_letter, message_of_closing_note, number_of, settled
from habitue.dialogue.said_rules import proposals_in
from habitue.dialogue.satisfaction import asked_by
from habitue.dialogue.strays import Sent, add_stray, is_nobodys_yet, talk_of_letter
from habitue.events.lookup import look_up
from habitue.events.model import ConversationAnswered, ConversationClosed, ConversationOpened, Occurrence, event_of
from habitue.identity.dead_addresses import revive_address
from habitue.identity.records import whose
from habitue.identity.rules import normalised
from habitue.identity.tombstones import Tombstones
from habitue.store import sql_text
from habitue.words.clock import date_of, local_day_and_hour
from habitue.words.errors import BadInput, Refused, Unknown
from habitue.words.keys import key_hash, positive_number
from habitue.words.vocabulary import Channel, Collected, Thread

OUR_NUMBER = re.compile(r"<(letter|touch|answer|closed|ask)\.([1-9][0-9]{0,17})\.([0-9a-f]{24})@", re.ASCII)
TO_STAFF_NUMBER = re.compile(r"<(remind|escalate)\.([1-9][0-9]{0,17})\.([0-9a-f]{24})@", re.ASCII)
"""Of a letter to the shop's own people: what is answered to it is no customer's."""
DONE = (Outcome.OUT, Outcome.ERASURE, Outcome.ACCESS)
"""What a mail says that needs no answer in words: it is done, or a case waits for it."""
TO_READ = (What.COMPLAINT, What.QUESTION, What.REFUSAL, What.ALLERGY)
"""What somebody may say beside a stop, and a person is to read."""
NO_THANKS = re.compile(r"\b(?:stop|arr[eê]t|remov|en rester l[àa]|unsub|d[ée]sinscri|d[ée]sabonn)", re.IGNORECASE)
"""Words with which a thank-you ends nothing unread."""


@dataclass(frozen=True)
class Received:
    """What became of an e-mail.

    `customer` is the number of whoever wrote it, empty where nobody here is known to have; `number` is that of her message, 0 where none was kept;
    `bound` are the things that judgement heeds from now on; `letter` is the letter of ours that came back or was complained of, 0 where nothing proves one;
    `stray` is the number under which an answer waits for a person to say whose it is.
    """

    came: Came
    heard: Heard | None = None
    customer: str = ""
    number: int = 0
    bound: tuple[str, ...] = ()
    letter: int = 0
    stray: int = 0


@dataclass(frozen=True)
class Place:
    """In which conversation an answer stands: whose, and by which source and key its events are known."""

    profile_id: int
    source: str
    thread_key: str


@dataclass(frozen=True)
class Manner:
    """By which way she said it; `who` of the shop wrote it down, where she did not write herself, and may know that she complains."""

    way: Channel = Channel.EMAIL
    who: str = ""
    is_complaint: bool = False


def receive(house: House, raw: bytes, *came_to: str) -> Received:
    """Takes an e-mail in, as it came; `came_to` are the addresses that the server took it for, where they are known.

    Raises: BadInput where it is no e-mail that can be read, or names no sender: a person must look at it.
    """
    told = incoming(raw, _domain(house), *came_to)
    if told.came != Came.ANSWER:
        heard = _pressed(house, raw, told) if told.mail.is_automatic else _stopped(house, told)
        return Received(told.came, heard, letter=take_back(house, told, _domain(house)) if told.came in BACK else 0)
    if _is_to_staff(house, told):
        return Received(Came.TO_STAFF)
    place = _place(house, told)
    if place is None and _is_of_before(house, raw, told.mail.sender):
        return Received(told.came, _stopped(house, told))
    hers = whose(house.truth, [place.profile_id])[place.profile_id] if place else None
    heard = hear_mail(house, raw, hers)
    mail, now, known_by = told.mail, house.clock.instant(), mail_number(house, told.mail)
    said = proposals_in(mail.words, things_of(house), date_of(house.today))
    files = handed_along(raw, is_whole=mail.is_whole)
    if (needs_no_answer(heard, said, mail.words) and not _is_nobodys(heard, place)) or (place is None and heard.case and _is_all_in_case(heard, mail, files)):
        return Received(told.came, heard)
    words = told.mail.words if told.mail.is_whole else f"{told.mail.words}\n{UNREAD}".strip()
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing: the same mail may come twice at once
        if place is None or is_nobodys_yet(house.truth, known_by):
            goes_on = talk_of_letter(house.truth, _letter_of(house, told))
            sent = Sent(talk=goes_on, is_complaint=complains(said), is_thanks=heard.outcome == Outcome.NOTHING and only_thanks(said, words))
            stray, number = add_stray(house.truth, known_by, now, mail.sender, mail.subject, words, mail.number, sent)
            add_attachments(house.truth, 0, stray, now, files if stray else ())
            return Received(told.came, heard, number=number, stray=stray)
        if _letter_of(house, told) and place.profile_id in {who.profile_id for who in vouched_holders(house, mail.sender).who}:
            revive_address(house.truth, mail.sender, now)
        number = keep_words(house, place, known_by, words, mail.subject, mail.number, said, now)
        add_attachments(house.truth, number, 0, now, files)
        assert hers is not None
        if heard.outcome == Outcome.NOTHING:
            note_closing(house, raw, mail.sender, hers, number)
    key = people(house, [hers.customer_id])[hers.customer_id][0]
    return Received(told.came, heard, key, number, bind(house, key, number, said))


def needs_no_answer(heard: Heard, said: Sequence[Proposal], words: str) -> bool:
    """Whether what she asked in these `words` is done, or has its case, and she says nothing besides that a person is to read."""
    is_read = any(each.what in TO_READ and stop_said(each.quote).verdict == Verdict.NOTHING for each in said)
    is_read = is_read or (heard.outcome == Outcome.OUT and not heard.case and says_more(words))
    return heard.outcome in DONE and not heard.is_asked and not is_read


def _is_nobodys(heard: Heard, place: Place | None) -> bool:
    """Whether somebody whom nobody here knows asks to be left alone: she may be written to at another address, and only a person can find whose it is."""
    return place is None and heard.outcome == Outcome.OUT and not heard.customers


def _is_all_in_case(heard: Heard, mail: Mail, files: Sequence[HandedAlong]) -> bool:
    """Whether a stranger's case has all that a person is to read: it notes so many letters and no file; what is plainly asked by law needs no more."""
    return heard.outcome in (Outcome.ERASURE, Outcome.ACCESS) or (mail.is_whole and len(mail.words) <= LONGEST_WORDS and not files)


def _stopped(house: House, told: Incoming) -> Heard | None:
    """A plain stop in the words of a person, whatever the mail looked like: it counts for the address it is from."""
    stop = stop_said(told.mail.words)
    if not told.mail.sender or stop.verdict != Verdict.STOP:
        return None
    return Heard(Outcome.OUT, stop_address(house, told.mail.sender, stop, PROOF))


def _pressed(house: House, raw: bytes, told: Incoming) -> Heard | None:
    """The way out by mail that our letters name (RFC 2369, 3.2), pressed by a mail program: it comes to the address of one letter, which nobody can forge."""
    subject = head(opened(raw), "subject")
    if told.came != Came.MACHINE or CARRIED_ON.match(subject) or stop_said(subject).verdict != Verdict.STOP:
        return None
    letter = _letter_by_address(house, told)
    place = _place_of_letter(house, letter) if letter else None
    if place is None:
        return None
    with house.truth.transaction():
        house.truth.next_seq(0)
        say_no(house, place.profile_id, Said(False, (), (Channel.EMAIL,), Collected.REPLY, PROOF))
    return Heard(Outcome.OUT, 1)


def _is_of_before(house: House, raw: bytes, sender: str) -> bool:
    """Whether somebody wrote it who was forgotten since: of her old mail, only a no still counts. An address that somebody else here has is hers no more."""
    if not sender or vouched_holders(house, sender).who:
        return False
    erased = Tombstones(house.truth, house.settings.data, house.settings.country).erased_at([("email", sender)])
    with suppress(*BROKEN, OverflowError):
        return bool(erased) and parsedate_to_datetime(head(opened(raw), "date")).timestamp() <= max(erased.values())
    return bool(erased)


def _domain(house: House) -> str:
    return sendable(house.settings.sender).rpartition("@")[2] if house.settings.sender else "localhost"


def _customer(house: House, place: Place) -> int:
    return whose(house.truth, [place.profile_id])[place.profile_id].customer_id


def _place(house: House, told: Incoming) -> Place | None:
    """The conversation that an answer belongs to; none where nobody here is known to have written it."""
    letter = _letter_of(house, told)
    if letter and (place := _place_of_letter(house, letter)):
        return place
    holders = vouched_holders(house, told.mail.sender)
    return Place(holders.who[0].profile_id, MAILED, mail_number(house, told.mail)) if holders.is_one else None


def _letter_of(house: House, told: Incoming) -> int:
    """Which letter of ours it answers: by the address it came to, else by the Message-ID that it names; each is proven, or counts for nothing."""
    if is_our_own(house, told.mail.sender):
        return 0  # what one of us wrote to her, and had sent to ourselves, too, is no word of hers
    if by_address := _letter_by_address(house, told):
        return by_address
    named = OUR_NUMBER.match(told.letter)
    return int(named[2]) if named and _is_proven(house, named[2], named[3]) else 0


def is_our_own(house: House, address: str) -> bool:
    """Whether an address is one by which the shop itself writes, or is written to."""
    told = house.settings.sender, house.settings.reminders_to, house.settings.escalation_to
    return normalised("email", address) in {normalised("email", each) for each in told if each}


def _is_to_staff(house: House, told: Incoming) -> bool:
    """By a number that is proven, and of a letter that was one: every customer has proofs of the numbers of her own."""
    named = TO_STAFF_NUMBER.match(told.letter)
    letter = letter_of_number(house.truth, int(named[2])) if named and _is_proven(house, named[2], named[3]) else None
    return letter is not None and named is not None and letter.kind == named[1]


def _is_proven(house: House, number: str, proof: str) -> bool:
    return hmac.compare_digest(proof, letter_proof(house.key, int(number)))


def _letter_by_address(house: House, told: Incoming) -> int:
    found = (came_back(house.key, address, _domain(house)) for address in told.back)
    return next((back.letter_id for back in found if back and back.door == "answers"), 0)


def _place_of_letter(house: House, number: int) -> Place | None:
    letter = letter_of_number(house.truth, number)
    if letter is None or not whose(house.truth, [letter.profile_id]):
        return None
    asked = asked_by(house.truth, number)
    said = asked.seq if asked else answer_of_letter(house.truth, number) or message_of_closing_note(house.truth, number)
    if of_talk := look_up(house.truth, "events", "events_by_seq", [said]):
        (_, profile, source, _, body), *_ = of_talk
        event = event_of(body)
        assert isinstance(event, ConversationAnswered | ConversationOpened | ConversationClosed)
        return Place(profile, source, event.thread_key)
    return Place(letter.profile_id, MAILED, f"letter {number}")


def keep_words(
    house: House,
    place: Place,
    mail: str,
    words: str,
    subject: str,
    answers: str,
    said: Sequence[Proposal],
    at: int,
    manner: Manner = Manner(),
) -> int:
    """Writes her message down, once by the keyed number of her `mail`; gives its number, also where it was written down before. `answers` is its Message-ID.

    Inside a transaction that holds the right to write. Units: `at` is when it came, in UTC seconds.
    """
    now, message = house.clock.instant(), f"{mail} said"
    day, hour = local_day_and_hour(at, house.settings.zone)
    before = _before(house, place)
    is_thanks = only_thanks(said, words) and before is None
    kind = Thread.COMPLAINT if manner.is_complaint or before == Thread.COMPLAINT or complains(said) else Thread.QUESTION
    opened = ConversationOpened(place.thread_key, kind, words, manner.way, subject, answers, manner.who)
    event = ConversationClosed(place.thread_key, kind, words) if is_thanks and manner.way == Channel.EMAIL else opened
    kept = record(house.truth, [Occurrence(event, place.source, message, place.profile_id, at, day, hour, now)], house.settings.zone, now).recorded
    return kept[0].seq if kept else number_kept(house, place.source, message)


def complains(said: Sequence[Proposal]) -> bool:
    """Whether a message is about something that went wrong."""
    return any(each.what == What.COMPLAINT for each in said)


def only_thanks(said: Sequence[Proposal], words: str) -> bool:
    """Whether a message thanks, and says nothing besides."""
    is_thanks = bool(said) and all(each.what == What.THANKS for each in said)
    return is_thanks and not NO_THANKS.search(words) and stop_said(words).verdict == Verdict.NOTHING


def number_kept(house: House, source: str, message: str) -> int:
    """The number of a message that was written down before; 0 for none."""
    rows = look_up(house.truth, "events", "event_keys", [key_hash(source, message)])
    return int(rows[0][1]) if rows else 0


def _before(house: House, place: Place) -> Thread | None:
    """What that conversation is about for which somebody waits for us already; none where nobody does."""
    thread = positive_number("thread", place.source, place.thread_key)
    steps = house.truth.run(sql_text("app", "conversations_of"), (_customer(house, place), house.clock.instant()))
    rows = [row for row in steps if row[0] == thread]
    return Thread(rows[-1][2]) if rows and rows[-1][3] else None


def bind(house: House, customer_key: str, number: int, said: Sequence[Proposal]) -> tuple[str, ...]:
    """What she plainly refuses in a message holds from now on, each once, also where she took it back since; but what a person let go of it, or kept."""
    refused = [each for each in said if each.what == What.REFUSAL and each.binds]
    bound = []
    stated = statements_of(house, customer_key) if refused else []
    done, ((_, profile, *_),) = settled(house.truth, [number]), look_up(house.truth, "events", "events_by_seq", [number]) or [(0, 0)]
    for each in (one for one in refused if (number, number_of(one, house.key)) not in done):
        with suppress(BadInput, Refused, Unknown):  # what cannot be kept waits for a person, as a proposal
            if not holding(house, stated, number, each, said):
                say_taste(house, customer_key, each.about, -1, each.quote, profile_id=profile)
            bound.append(each.about)
    return tuple(bound)
