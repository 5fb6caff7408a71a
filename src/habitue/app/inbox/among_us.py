"""What the shop does for itself beside a conversation: somebody takes it, gives it on or gives it back, and notes what the others should know."""

from __future__ import annotations

from habitue.app.house import House
from habitue.app.inbox.strangers import Talk, notes_of, talk_of
from habitue.app.inbox.talking import Conversation, conversation, is_one_person
from habitue.consent.records import may_keep_health
from habitue.dialogue import among_us
from habitue.identity.records import whose
from habitue.memory.health import NO_LEAVE, touches_health
from habitue.store.schema import drop_where
from habitue.words.asking import plain_name
from habitue.words.errors import BadInput, Refused, Unknown

NO_NAME = "Say whose it is to be: nobody knows who is at the desk."
TAKEN = "Somebody else has it in hand by now. See who, and give it to whom it is to be."
EMPTY_NOTE = "Write what the others should know; an empty note says nothing."
NO_SUCH_NOTE = "There is no note {note} beside the conversation {number}."
LONGEST_NOTE = 4_000
NO_STRANGER_S_LEAVE = "This may tell of health or belief, so nothing was kept. Say first whose it is; once she allows it, note it beside her conversation."
LONG_NOTE = "A note has at most 4,000 letters; say it in fewer."


def give(house: House, number: int, person: str, who: str, had: str | None = None) -> None:
    """The conversation of a message is in that person's hands from now on; with an empty name, in nobody's.

    `had` is in whose hands it was as far as whoever gives it knows, None where that does not matter: what another took meanwhile is not taken away.

    Raises: Unknown where there is no such conversation; Refused where another has it by now.
    """
    person = plain_name(person)
    with house.truth.transaction():
        talk, customer = _talk(house, number)
        _is_not_taken(talk.person, person, had)
        if talk.person != person:
            among_us.give(house.truth, customer, talk.profile_id, talk.thread, person, house.clock.instant(), who)


def take(house: House, number: int, who: str, had: str = "") -> None:
    """Whoever is at the desk has it in hand; as `give`. Raises: BadInput besides where nobody knows who that is."""
    if not who:
        raise BadInput(NO_NAME)
    give(house, number, who, who, had)


def note(house: House, number: int, words: str, who: str) -> int:
    """Notes something beside the conversation of a message, for the shop alone; gives the note's number. The same words of the same person stand there once.

    Raises: Unknown where there is no such conversation; BadInput without words, or with too many; Refused where it touches her health without her leave.
    """
    words = _note_s_words(words)
    with house.truth.transaction():
        talk, customer = _talk(house, number)
        if same := next((each.number for each in talk.notes if (each.words, each.who) == (words, who)), 0):
            return same
        if touches_health(words) and not may_keep_health(house.truth, customer, house.clock.instant()):
            raise Refused(NO_LEAVE)
        return among_us.add_note(house.truth, talk.profile_id, talk.thread, words, house.clock.instant(), who)


def drop_note(house: House, number: int, note_number: int) -> None:
    """Deletes a note.

    Raises: Unknown where there is no such conversation, or no such note beside it.
    """
    with house.truth.transaction():
        talk, customer = _talk(house, number)
        if all(each.number != note_number for each in talk.notes):
            raise Unknown(NO_SUCH_NOTE.format(note=note_number, number=number))
        among_us.drop_note(house.truth, customer, note_number)


def _talk(house: House, number: int) -> tuple[Conversation, int]:
    """The conversation, once nobody else writes, and whose it is."""
    house.truth.next_seq(0)
    talk = conversation(house, number, is_read=False)
    return talk, whose(house.truth, [talk.profile_id])[talk.profile_id].customer_id


def give_stranger(house: House, number: int, person: str, had: str | None = None) -> None:
    """A stranger's conversation is in that person's hands from now on; as `give`. Raises: Unknown, Refused as `give`."""
    person = plain_name(person)
    with house.truth.transaction():
        talk = _stranger_s(house, number)
        _is_not_taken(talk.person, person, had)
        among_us.give_strays(house.truth, talk.strays[0].talk, person)


def take_stranger(house: House, number: int, who: str, had: str = "") -> None:
    """Whoever is at the desk has a stranger's conversation in hand; as `take`. Raises: BadInput, Unknown, Refused as `take`."""
    if not who:
        raise BadInput(NO_NAME)
    give_stranger(house, number, who, had)


def note_stranger(house: House, number: int, words: str, who: str) -> int:
    """Notes something beside a stranger's conversation; as `note`. What touches health is not noted: nobody could allow it.

    Raises: Unknown, BadInput, Refused as `note`.
    """
    words = _note_s_words(words)
    with house.truth.transaction():
        talk = _stranger_s(house, number)
        if same := next((each.number for each in notes_of(house, talk) if (each.words, each.who) == (words, who)), 0):
            return same
        if touches_health(words):
            raise Refused(NO_STRANGER_S_LEAVE)
        return among_us.add_stray_note(house.truth, talk.strays[-1].number, words, house.clock.instant(), who)


def drop_stranger_note(house: House, number: int, note_number: int) -> None:
    """Deletes a note beside a stranger's conversation. Raises: Unknown as `drop_note`."""
    with house.truth.transaction():
        if all(each.number != note_number for each in notes_of(house, _stranger_s(house, number))):
            raise Unknown(NO_SUCH_NOTE.format(note=note_number, number=number))
        drop_where(house.truth, "stray_note", "note_id", [note_number])


def _stranger_s(house: House, number: int) -> Talk:
    """A stranger's conversation, once nobody else writes."""
    house.truth.next_seq(0)
    return talk_of(house, number)


def _is_not_taken(has: str, person: str, had: str | None) -> None:
    """Raises: Refused where another has it by now than whoever gives it knows."""
    if had is not None and not any(is_one_person(has, each) for each in (had, person)):
        raise Refused(TAKEN)


def _note_s_words(words: str) -> str:
    """Raises: BadInput without words, or with too many."""
    words = words.replace("\r\n", "\n").strip()
    if not words:
        raise BadInput(EMPTY_NOTE)
    if len(words) > LONGEST_NOTE:
        raise BadInput(LONG_NOTE)
    return words
