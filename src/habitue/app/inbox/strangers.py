"""What strangers write: one conversation for each address and each chat, answered there, until a person says whose it is, or lets it go.

Who may have written it is proposed, and never decided here. An answer allows nothing, and makes nobody a customer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from habitue.app.house import House
from habitue.app.inbox.answering import MEANWHILE, NO_ANSWER
from habitue.app.inbox.attached import FileLine, file_line
from habitue.app.inbox.hearing_stop import vouched_holders
from habitue.app.inbox.receiving import is_our_own
from habitue.app.inbox.shop_hours import promised_at
from habitue.app.inbox.talking import NoteLine, is_one_person
from habitue.app.post.gate import is_the_house
from habitue.channels.email.address import sendable
from habitue.channels.letters import letter_of_number, owe
from habitue.consent.stop_rules import Verdict, stop_said
from habitue.dialogue.among_us import Noted, notes_of_strays
from habitue.dialogue.attachments import Attachment, attachments_of_strays
from habitue.dialogue.incoming import SERVERS
from habitue.dialogue.strays import OurAnswer, Stray, answer_talk, answers_of, kind_of, settle_stray, strays_of, talk_of_number, talks_answered, talks_waiting
from habitue.identity.records import keys_of
from habitue.words.errors import BadInput, Refused, Unknown
from habitue.words.vocabulary import Channel, Thread

MOST_SHOWN = 200
LONGEST_ANSWER = 100_000
UNREAD = re.compile(r"^(?:no|do[-_.]?not|ne[-_.]?pas)[-_.]?(?:reply|answer|repondre)(?:[-_.+].*)?@", re.IGNORECASE)
"""An address that says itself that nobody reads it."""
TOO_LONG = f"An answer has at most {LONGEST_ANSWER:,} letters; say it in fewer."
NO_WAY = "No letter can go to the address that it names, so it cannot be answered. If you know whose it is, say so, and answer her there."
NOBODYS_BOX = "The address that it names is a machine's: nobody would read your answer. If you know whose it is, say so, and answer her there."
OUR_OWN = "It names our own address, so whoever wrote it is not known, and your answer would come back to you."
A_COPY = "This house is a copy, or was brought back, and its gate is closed: answer from the house that works, or open this one first (habitue post --open)."


@dataclass(frozen=True)
class StrangerSaid:
    """What one of us said. Without words of ours, somebody said that nothing was to be answered; `letter` is the state of our letter. Units: UTC seconds."""

    number: int
    at: int
    is_theirs: bool
    words: str
    way: str = ""
    sender: str = ""
    who: str = ""
    letter: str = ""
    files: tuple[FileLine, ...] = ()


@dataclass(frozen=True)
class Stranger:
    """A conversation with somebody whom nobody here knows; `number` is that of its first message, `last` of its last, ours or theirs.

    `sender` and `way` are of their last message; `way` is `site` for the contact form and a chat, with the `name` that was typed there. `may_be` are the
    numbers of the customers who have that address. Units: UTC seconds; `since_at` is when they began to wait, `waits_from` with which message, `due_at` until
    when they are promised an answer; 0 where it is their turn. `no_answer` says why none can go there, empty where one can. `is_out` where they asked to be
    left alone, `is_complaint` where they complain, until a person says that it is done.
    `person` is who of the shop has it in hand, empty for nobody, and `notes` what the shop noted for itself.
    """

    number: int
    last: int
    sender: str
    name: str
    subject: str
    way: str
    is_chat: bool
    said: tuple[StrangerSaid, ...]
    may_be: tuple[str, ...] = ()
    since_at: int = 0
    due_at: int = 0
    is_late: bool = False
    no_answer: str = ""
    is_out: bool = False
    is_complaint: bool = False
    waits_from: int = 0
    person: str = ""
    notes: tuple[NoteLine, ...] = ()

    @property
    def theirs(self) -> tuple[StrangerSaid, ...]:
        """What they wrote themselves."""
        return tuple(each for each in self.said if each.is_theirs)

    @property
    def words(self) -> str:
        """Of their last message."""
        return self.theirs[-1].words


@dataclass(frozen=True)
class Talk:
    """The same as it is kept, in its order."""

    strays: tuple[Stray, ...]
    answers: tuple[OurAnswer, ...]

    @property
    def person(self) -> str:
        """Who of the shop has it in hand; empty for nobody."""
        return self.strays[-1].person

    @property
    def said(self) -> list[Stray | OurAnswer]:
        return sorted((*self.strays, *self.answers), key=lambda each: each.number)


def strangers(house: House, language: str = "en", how_many: int = MOST_SHOWN, of: str | None = None) -> list[Stranger]:
    """Those that wait for a person, what is due next first; `of` leaves only those that this person of the shop has in hand, or, empty, nobody."""
    found = _told(house, talks_waiting(house.truth, how_many), language)
    return sorted((each for each in found if of is None or is_one_person(each.person, of)), key=lambda each: (each.due_at, each.waits_from))


def answered_strangers(house: House, language: str = "en") -> list[Stranger]:
    """Those that were answered and are still kept, the newest answer first; who writes again stands with those that wait."""
    return _told(house, talks_answered(house.truth, MOST_SHOWN), language)


def stranger(house: House, number: int, language: str = "en") -> Stranger:
    """The conversation in which something of that number was said. Raises: Unknown where there is none."""
    (found,) = _told(house, [talk_of(house, number).strays[0].talk], language)
    return found


def answer_stranger(house: House, number: int, words: str, who: str, seen: int = 0) -> int:
    """Answers a stranger at the address of the last message, and in the chat; gives the number of the letter, which the post room sends.

    `seen` is the last number that whoever answers has read, 0 where nobody knows: nobody is talked past, and the same press twice is one answer.

    Raises: BadInput without words, or with too many; Unknown where nothing of that number is kept; Refused where something was said meanwhile, or no answer
    can go there.
    """
    words = words.strip()
    if not words:
        raise BadInput(NO_ANSWER)
    if len(words) > LONGEST_ANSWER:
        raise BadInput(TOO_LONG)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        talk = talk_of(house, number)
        if again := _same(talk, words, who, seen):
            return again
        must_be_read(talk, seen)
        last = talk.strays[-1]
        if wrong := why_not(house, last.sender):
            raise Refused(wrong)
        now = house.clock.instant()
        letter = owe(house.truth, "answer", last.language or house.settings.language, 0, now)
        answer_talk(house.truth, last, letter, now, words, who)
    return letter


def why_not(house: House, sender: str) -> str:
    """Why no answer can go to an address from this house; empty where one can."""
    if not is_the_house(house.settings):
        return A_COPY
    try:
        address = sendable(sender)
    except BadInput:
        return NO_WAY
    if SERVERS.search(address) or UNREAD.search(address):
        return NOBODYS_BOX
    return OUR_OWN if is_our_own(house, sender) else ""


def done_stranger(house: House, number: int, who: str, seen: int = 0) -> None:
    """Nothing is to be answered, or it was by another way, or their complaint is settled: they wait no more; what they wrote stays.

    Raises: Unknown as `answer_stranger`; Refused where something was said meanwhile.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)
        talk = talk_of(house, number)
        if kind_of(talk.strays, talk.answers) is None:
            return
        must_be_read(talk, seen)
        answer_talk(house.truth, talk.strays[-1], 0, house.clock.instant(), "", who)


def drop(house: House, number: int, who: str, seen: int = 0) -> None:
    """It is nobody's: all words of it go, theirs and ours, and the same mail does not come back. An answer that has not left does not leave.

    Raises: Unknown as `answer_stranger`; Refused where something was said meanwhile.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)
        talk = talk_of(house, number)
        must_be_read(talk, seen)
        for stray in talk.strays:
            settle_stray(house.truth, stray.number, who, 0)


def talk_of(house: House, number: int) -> Talk:
    """What is kept of the conversation in which something of that number was said. Raises: Unknown where there is none."""
    found = talk_of_number(house.truth, number)
    strays = strays_of(house.truth, [found]) if found else []
    if not strays:
        raise Unknown(f"No stranger's words are kept under the number {number}.")
    return Talk(tuple(strays), tuple(answers_of(house.truth, [found])))


def notes_of(house: House, talk: Talk) -> list[Noted]:
    """What the shop noted beside it, the oldest first."""
    return notes_of_strays(house.truth, [each.number for each in talk.strays])


def must_be_read(talk: Talk, seen: int) -> None:
    """Raises: Refused where something was said that is not read; with 0, nobody knows."""
    if seen and seen != talk.said[-1].number:
        raise Refused(MEANWHILE)


def _same(talk: Talk, words: str, who: str, seen: int) -> int:
    """The letter of the last answer, where it is this very one, given to what was read when it was written: the same press twice; 0 where it is not."""
    *before, last = talk.said
    if not isinstance(last, OurAnswer) or not before or before[-1].number != seen:
        return 0
    return last.letter_id if (last.words, last.who) == (words, who) else 0


def _told(house: House, talks: list[str], language: str) -> list[Stranger]:
    strays: dict[str, list[Stray]] = defaultdict(list)
    answers: dict[str, list[OurAnswer]] = defaultdict(list)
    for stray in strays_of(house.truth, talks):
        strays[stray.talk].append(stray)
    for answer in answers_of(house.truth, talks):
        answers[answer.talk].append(answer)
    files = attachments_of_strays(house.truth, [each.number for found in strays.values() for each in found])
    kept = [Talk(tuple(strays[each]), tuple(answers[each])) for each in talks if each in strays]
    return [_stranger(house, each, files, language) for each in kept]


def _stranger(house: House, talk: Talk, files: dict[int, list[Attachment]], language: str) -> Stranger:
    first, last = talk.strays[0], talk.strays[-1]
    customers = vouched_holders(house, last.sender).customers
    keys = keys_of(house.truth, customers)
    since, waits_from = min(((each.at, each.number) for each in talk.strays if not each.answered), default=(0, 0))
    kind = kind_of(talk.strays, talk.answers) or Thread.QUESTION
    due = promised_at(house.settings, since, kind) if since else 0
    return Stranger(
        number=first.number,
        last=talk.said[-1].number,
        sender=last.sender,
        name=next((each.name for each in reversed(talk.strays) if each.name), ""),
        subject=next((each.subject for each in talk.strays if each.subject), ""),
        way=Channel(last.way).name.lower(),
        is_chat=any(each.chat for each in talk.strays),
        said=tuple(_theirs(each, files.get(each.number, ()), language) if isinstance(each, Stray) else _ours(house, each) for each in talk.said),
        may_be=tuple(keys[each][0] for each in customers if each in keys),
        since_at=since,
        due_at=due,
        is_late=0 < due < house.clock.instant(),
        no_answer=why_not(house, last.sender),
        is_out=any(stop_said(said).verdict == Verdict.STOP for each in talk.strays for said in (each.words, each.subject)),
        is_complaint=kind == Thread.COMPLAINT,
        waits_from=waits_from,
        person=talk.person,
        notes=tuple(NoteLine(each.number, each.at, each.who, each.words) for each in notes_of(house, talk)),
    )


def _theirs(stray: Stray, files: Iterable[Attachment], language: str) -> StrangerSaid:
    along = tuple(file_line(each, language) for each in files)
    return StrangerSaid(stray.number, stray.at, True, stray.words, Channel(stray.way).name.lower(), stray.sender, files=along)


def _ours(house: House, answer: OurAnswer) -> StrangerSaid:
    letter = letter_of_number(house.truth, answer.letter_id) if answer.letter_id else None
    return StrangerSaid(answer.number, answer.at, False, answer.words, who=answer.who, letter=letter.state.value if letter else "")
