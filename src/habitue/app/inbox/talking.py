"""The inbox: every conversation with a customer, whichever way it came by, with what her words propose to remember and what became of that."""

from __future__ import annotations

from dataclasses import dataclass, field

from habitue.app.house import House
from habitue.app.inbox.attached import FileLine, file_line
from habitue.app.inbox.catalogue_things import things_of
from habitue.app.inbox.holding import holding
from habitue.app.inbox.proposal_words import proposed
from habitue.app.inbox.shop_hours import promised_at
from habitue.app.names import people, voice_of
from habitue.app.remembering import statements_of
from habitue.channels.letters import letter_of_number
from habitue.consent.records import may_keep_health
from habitue.dialogue.among_us import Noted, given_talks, notes_of, person_of
from habitue.dialogue.attachments import attachments_of
from habitue.dialogue.model import Proposal, What
from habitue.dialogue.records import closing_notes_of, letters_of_answers, number_of, settled
from habitue.dialogue.said_rules import proposals_in
from habitue.dialogue.satisfaction import Asked, asked_of_talk
from habitue.dialogue.sentences import Things
from habitue.dialogue.suggestions import BY_MODEL, as_proposal, suggestions_of
from habitue.events.lookup import look_up
from habitue.events.model import ConversationAnswered, ConversationClosed, ConversationOpened, event_of
from habitue.identity.records import address_to_write_to, whose
from habitue.memory.health import touches_health
from habitue.store import sql_text
from habitue.words.clock import date_of
from habitue.words.errors import Unknown
from habitue.words.keys import positive_number
from habitue.words.vocabulary import Thread

MOST_SHOWN = 200
"""Conversations that are listed at once; who waits longest stands first."""
NOBODY_WAITS = (0, 0)
_NONE = "There is no conversation {number} here; `habitue inbox list` shows those that wait."
TO_KEEP = (What.LIKE, What.REFUSAL, What.ALLERGY, What.BIRTHDAY, What.ABSENCE)
"""What a person may keep of it; the rest is said, and answered."""
DAYS = (What.BIRTHDAY, What.ABSENCE)


@dataclass(frozen=True)
class ProposalLine:
    """One thing that her words propose to remember.

    `state` is `waiting`, `bound` (judgement heeds it, and a person is to confirm it), `kept` or `let_go`; `needs_leave` where it touches her health
    and she has not allowed us to keep that.
    """

    number: int
    what: str
    sentence: str
    quote: str
    state: str
    needs_leave: bool
    proposal: Proposal = field(repr=False)

    @property
    def is_suggested(self) -> bool:
        """Whether a model suggests it, and no rule."""
        return self.proposal.reason == BY_MODEL

    @property
    def is_to_keep(self) -> bool:
        """Whether it can be kept as it stands: a model may name a birthday or an absence of which no day can be read."""
        has_day = not self.is_suggested or What(self.what) not in DAYS or bool(self.proposal.until_on) or self.proposal.birthday != (0, 0)
        return What(self.what) in TO_KEEP and has_day


@dataclass(frozen=True)
class Message:
    """What one of us said. `way` is empty where nobody told it; `letter` is the state of our answer's; of a message of hers,
    of the letter by which a machine told her that the shop is closed.

    `who` of the shop answered, or wrote down what she said; empty where she wrote it herself. `verdict` is what she said with it to our question
    whether we had answered well (`yes`, `partly`, `no`), empty where we asked nothing. Units: UTC seconds.
    """

    number: int
    at: int
    is_hers: bool
    words: str
    way: str = ""
    who: str = ""
    letter: str = ""
    proposals: tuple[ProposalLine, ...] = ()
    files: tuple[FileLine, ...] = ()
    verdict: str = ""


@dataclass(frozen=True)
class NoteLine:
    """What somebody of the shop noted beside a conversation; `is_hidden` where it touches her health and she does not allow us to keep that: no words then."""

    number: int
    at: int
    who: str
    words: str
    is_hidden: bool = False


@dataclass(frozen=True)
class AskedLine:
    """That we asked whether we had answered well: when, the state of the letter, and what she said to it when, empty and 0 while she has not.

    Units: UTC seconds.
    """

    at: int
    letter: str
    verdict: str = ""
    answered_at: int = 0


@dataclass(frozen=True)
class Conversation:
    """One thread with one customer; `number` is that of its first message, `last` that of its last, `answers` the Message-ID of her last mail.

    `person` is who of the shop has it in hand, empty for nobody, and `notes` what the shop noted for itself; `asked`, when she was asked how it was.
    `has_address` where a letter of ours can go to her: an e-mail address is surely hers.

    Units: UTC seconds; `since_at` is when she began to wait, `waits_from` with which message, `due_at` until when an answer is promised; 0 where she
    does not wait.
    """

    number: int
    last: int
    customer: str
    name: str
    subject: str
    is_complaint: bool
    is_open: bool
    since_at: int
    due_at: int
    is_late: bool
    answers: str
    source: str
    thread_key: str
    profile_id: int
    messages: tuple[Message, ...]
    waits_from: int = 0
    person: str = ""
    notes: tuple[NoteLine, ...] = ()
    asked: tuple[AskedLine, ...] = ()
    has_address: bool = True

    @property
    def thread(self) -> int:
        """By what the conversation is known among hers."""
        return positive_number("thread", self.source, self.thread_key)

    @property
    def way(self) -> str:
        """By which way she spoke last; empty where nobody told it."""
        return next((said.way for said in reversed(self.messages) if said.is_hers), "")

    @property
    def is_our_turn(self) -> bool:
        """Whether she spoke last."""
        return self.is_open and self.messages[-1].is_hers


def whose_open(house: House) -> list[tuple[int, str]]:
    """Every open conversation by a number of one of its messages, with who of the shop has it in hand; complaints first, then the longest waiting."""
    given = given_talks(house.truth)
    found = house.truth.run(sql_text("app", "conversations_open"), (house.clock.instant(),))
    return [(int(seq), given.get((customer, thread), "")) for customer, thread, seq in found]


def is_one_person(one: str, other: str) -> bool:
    """Whether two names at the desk are one person's, however large the letters."""
    return one.casefold() == other.casefold()


def open_conversations(house: House, language: str = "en", of: str | None = None) -> list[Conversation]:
    """Every conversation in which a customer waits for us, what is due next first; then those in which it is her turn.

    `of` leaves only those that this person of the shop has in hand, or, empty, nobody.
    """
    numbers = [number for number, person in whose_open(house) if of is None or is_one_person(person, of)][:MOST_SHOWN]
    things = things_of(house) if numbers else None
    talks = [conversation(house, number, language, things) for number in numbers]
    return sorted(talks, key=lambda talk: (not talk.due_at, talk.due_at))


def conversation(house: House, number: int, language: str = "en", things: Things | None = None, *, is_read: bool = True) -> Conversation:
    """The conversation that a message of that number stands in; `things` are `things_of` the house, where they were looked up before.

    Where it is not `is_read`, no proposal is read from her words: that may learn, and has no place inside a transaction.

    Raises: Unknown where there is none.
    """
    told = look_up(house.truth, "events", "events_by_seq", [number])
    event = event_of(told[0][4]) if told else None
    if not isinstance(event, ConversationOpened | ConversationAnswered | ConversationClosed):
        raise Unknown(_NONE.format(number=number))
    _, profile, source, *_ = told[0]
    customer = whose(house.truth, [profile])[profile].customer_id
    thread = positive_number("thread", source, event.thread_key)
    rows = [row for row in house.truth.run(sql_text("app", "conversations_of"), (customer, house.clock.instant())) if row[0] == thread]
    if not rows:
        raise Unknown(_NONE.format(number=number))
    key, name = people(house, [customer])[customer]
    asked = asked_of_talk(house.truth, customer, thread, house.clock.instant())
    verdicts = {one.said: one.verdict.value for one in asked if one.verdict and one.said}
    messages, subject, answers, (waits_from, since_at) = _messages(house, customer, key, rows, language, things, is_read, verdicts)
    _, last, kind, is_open, *_ = rows[-1]
    waits_from, since_at = (waits_from, since_at) if is_open else NOBODY_WAITS
    due = promised_at(house.settings, since_at, Thread(kind)) if since_at else 0
    return Conversation(
        number=rows[0][1],
        last=last,
        customer=key,
        name=name,
        subject=subject,
        is_complaint=kind == Thread.COMPLAINT,
        is_open=bool(is_open),
        since_at=since_at,
        due_at=due,
        is_late=0 < due < house.clock.instant(),
        answers=answers,
        source=source,
        thread_key=event.thread_key,
        profile_id=profile,
        messages=messages,
        waits_from=waits_from,
        person=person_of(house.truth, customer, thread),
        notes=_notes(house, customer, thread),
        asked=tuple(_asked(house, one) for one in asked),
        has_address=bool(address_to_write_to(house.truth, customer)),
    )


def _asked(house: House, one: Asked) -> AskedLine:
    letter = letter_of_number(house.truth, one.letter_id)
    return AskedLine(one.asked_at, letter.state.value if letter else "", one.verdict.value if one.verdict else "", one.answered_at)


def _notes(house: House, customer: int, thread: int) -> tuple[NoteLine, ...]:
    """What was noted; of her health nothing, once she does not allow it any more."""
    notes = notes_of(house.truth, customer, thread)
    may_keep = not any(touches_health(note.words) for note in notes) or may_keep_health(house.truth, customer, house.clock.instant())
    return tuple(_note(note, is_hidden=not may_keep and touches_health(note.words)) for note in notes)


def _note(note: Noted, *, is_hidden: bool) -> NoteLine:
    return NoteLine(note.number, note.at, note.who, "" if is_hidden else note.words, is_hidden)


def _messages(
    house: House,
    customer: int,
    key: str,
    rows: list[tuple[int, ...]],
    language: str,
    things: Things | None,
    is_read: bool,
    verdicts: dict[int, str],
) -> tuple[tuple[Message, ...], str, str, tuple[int, int]]:
    """What was said, the subject, the Message-ID of her last mail, and with which message and since when she waits."""
    events = {seq: event_of(body) for seq, _, _, _, body in look_up(house.truth, "events", "events_by_seq", [row[1] for row in rows])}
    files = attachments_of(house.truth, events)
    letters, done = letters_of_answers(house.truth, events) | closing_notes_of(house.truth, events), settled(house.truth, events)
    messages, subject, answers, waits = [], "", "", NOBODY_WAITS
    things = (things or things_of(house)) if is_read and any(getattr(each, "words", "") for each in events.values()) else None
    suggested = suggestions_of(house.truth, events) if things else {}
    stated = statements_of(house, key) if things else []
    may_keep = may_keep_health(house.truth, customer, house.clock.instant())
    voice = voice_of(house, customer, language)
    for _, seq, _, _, day, at in rows:
        event = events[seq]
        found = letter_of_number(house.truth, letters[seq]) if seq in letters else None
        letter = found.state.value if found else ""
        if isinstance(event, ConversationAnswered):
            messages.append(Message(seq, at, False, event.words, who=event.who, letter=letter))
            waits = NOBODY_WAITS
        elif isinstance(event, ConversationOpened | ConversationClosed):
            waits = NOBODY_WAITS if isinstance(event, ConversationClosed) else waits
            is_hers = isinstance(event, ConversationOpened) or bool(event.words)
            said = proposals_in(event.words, things, date_of(day)) if things and event.words else ()
            by_model = [as_proposal(*each, date_of(day)) for each in suggested.get(seq, ())] if event.words else []
            lines: list[ProposalLine] = []
            for each in (*said, *by_model):
                number = number_of(each, house.key)
                if each.reason == BY_MODEL and any(line.number == number for line in lines):
                    continue
                is_bound = each.binds and any(not one.is_withdrawn for one in holding(house, stated, seq, each, (*said, *by_model)))
                state = ("kept" if done[seq, number] else "let_go") if (seq, number) in done else "bound" if is_bound else "waiting"
                needs_leave = each.is_about_health and each.what in TO_KEEP and not may_keep
                lines.append(ProposalLine(number, each.what.value, voice(proposed(each, language)), each.quote, state, needs_leave, each))
            way = event.way.name.lower() if isinstance(event, ConversationOpened) and event.way else ""
            if event.words or not messages or seq in files or seq in verdicts:
                who = event.who if isinstance(event, ConversationOpened) else ""
                along = tuple(file_line(one, language) for one in files.get(seq, ()))
                messages.append(Message(seq, at, is_hers, event.words, way, who, letter, tuple(lines), along, verdicts.get(seq, "")))
            if isinstance(event, ConversationOpened):
                subject, answers, waits = event.subject or subject, event.number or answers, waits if waits[0] else (seq, at)
    return tuple(messages), subject, answers, waits
