"""What a person of the shop does with a conversation: answers, keeps what she said or lets it go, says that it is done."""

from __future__ import annotations

from habitue.app.her.saying import pause, set_birthday
from habitue.app.house import House
from habitue.app.inbox.holding import holding
from habitue.app.inbox.talking import Conversation, Message, ProposalLine, conversation
from habitue.app.names import person_of
from habitue.app.naming import things_called
from habitue.app.post.letter_values import tongue_of
from habitue.app.remembering import heard, note_within, statements_of, withdraw
from habitue.app.stating import Note
from habitue.app.telling import tell
from habitue.channels.letters import owe
from habitue.dialogue.model import What
from habitue.dialogue.records import add_answer_letter, settle_proposal, settled
from habitue.events.model import ConversationAnswered, ConversationClosed
from habitue.identity.records import address_to_write_to, whose
from habitue.memory.health import NO_LEAVE
from habitue.words.clock import day_number
from habitue.words.errors import BadInput, Refused, Unknown
from habitue.words.vocabulary import Strength, Subject, Thread, Told

NO_ANSWER = "Write what you would like to answer; an empty letter says nothing."
NO_ADDRESS = "No e-mail address of hers is known for sure. Answer her by the way she came, and note here that it is done."
MEANWHILE = "Something was said meanwhile. Read it first, and send your answer again."
NOTHING_TO_KEEP = "That is said, and answered; there is nothing to keep of it."


def answer(house: House, number: int, words: str, who: str, seen: int = 0, *, asks_leave: bool = False) -> int:
    """Answers the conversation of a message by e-mail; gives the number of the letter, which the post room sends. A question is answered with it.

    `seen` is the last message that whoever answers has read, 0 where nobody knows: what was said since is not talked past. `asks_leave` adds a word, and a
    button to her page, on keeping what touches her health.

    Raises: Unknown where there is no such conversation; BadInput without words; Refused where no address of hers is sure, or something was said meanwhile.
    """
    words = words.strip()
    if not words:
        raise BadInput(NO_ANSWER)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        talk = conversation(house, number, is_read=False)
        if seen and seen != talk.last:
            raise Refused(MEANWHILE)
        customer = whose(house.truth, [talk.profile_id])[talk.profile_id].customer_id
        if not address_to_write_to(house.truth, customer):
            raise Refused(NO_ADDRESS)
        event = ConversationAnswered(talk.thread_key, _kind(talk), words, who, asks_leave)
        (said,) = tell(house, talk.profile_id, [event], talk.source)
        letter = owe(house.truth, "answer", tongue_of(house, person_of(house, customer).language), talk.profile_id, house.clock.instant())
        add_answer_letter(house.truth, letter, said)
    return letter


def close(house: House, number: int) -> None:
    """The matter is done, by whatever way it was answered.

    Raises: Unknown where there is no such conversation.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)
        talk = conversation(house, number, is_read=False)
        if talk.is_open:
            tell(house, talk.profile_id, [ConversationClosed(talk.thread_key, _kind(talk))], talk.source)


def keep(house: House, message: int, proposal: int, who: str) -> None:
    """Keeps what she said, in her own words; what judgement heeds already is confirmed.

    Raises: Unknown where her words propose no such thing; Refused where it touches her health without her leave; BadInput where there is nothing to keep of it.
    """
    talk, said, line = _line(house, message, proposal)
    its = line.proposal
    if not line.is_to_keep:
        raise BadInput(NOTHING_TO_KEEP)
    if line.needs_leave:
        raise Refused(NO_LEAVE)
    if line.state not in ("bound", "kept"):
        if its.what == What.ABSENCE and its.until_on:
            pause(house, talk.customer, day_number(its.until_on), may_shorten=False)
        elif its.what == What.BIRTHDAY:
            set_birthday(house, talk.customer, *its.birthday)
        else:
            subject = Subject.THING if things_called(house.truth, its.about) else Subject.ATTRIBUTE
            strength = Strength.STRONG if its.what == What.ALLERGY else its.strength
            feeling = -1 if its.what == What.ALLERGY else its.feeling
            noted = Note(subject, its.about, feeling, strength, Told.SHE_SAID, its.quote, is_about_health=its.is_about_health)
            _note_once(house, talk, said, line, noted, who)
            return
    _settle(house, said, line, who, is_kept=True)


def let_go(house: House, message: int, proposal: int, who: str) -> None:
    """She did not mean it, or it is not to be kept: what judgement heeds of it by these words is taken back.

    Raises: Unknown where her words propose no such thing.
    """
    talk, said, line = _line(house, message, proposal)
    if line.state in ("bound", "kept"):
        again = min((each.number for each in talk.messages if each.number > said.number and _quotes(each, line.quote)), default=None)
        for one in holding(house, statements_of(house, talk.customer), said.number, line.proposal, [each.proposal for each in said.proposals]):
            if not one.is_withdrawn and (again is None or one.number < again):  # what she said before or since in the same words stays
                withdraw(house, talk.customer, one.number)
    _settle(house, said, line, who, is_kept=False)


def _quotes(said: Message, quote: str) -> bool:
    return any(each.quote == quote for each in said.proposals)


def _line(house: House, message: int, proposal: int) -> tuple[Conversation, Message, ProposalLine]:
    talk = conversation(house, message)
    found = [(said, line) for said in talk.messages if said.number == message for line in said.proposals if line.number == proposal]
    if not found:
        raise Unknown(f"The message {message} proposes nothing under the number {proposal}.")
    return talk, *found[0]


def _note_once(house: House, talk: Conversation, said: Message, line: ProposalLine, noted: Note, who: str) -> None:
    """Both or neither, and once, however many press at a time."""
    when = heard(house, None)  # may learn: never inside a transaction
    with house.truth.transaction():
        house.truth.next_seq(0)
        if not settled(house.truth, [said.number]).get((said.number, line.number), False):
            note_within(house, talk.customer, noted, when, talk.profile_id)
            settle_proposal(house.truth, said.number, line.number, True, house.clock.instant(), who)


def _settle(house: House, said: Message, line: ProposalLine, who: str, *, is_kept: bool) -> None:
    with house.truth.transaction():
        house.truth.next_seq(0)
        settle_proposal(house.truth, said.number, line.number, is_kept, house.clock.instant(), who)


def _kind(talk: Conversation) -> Thread:
    return Thread.COMPLAINT if talk.is_complaint else Thread.QUESTION
