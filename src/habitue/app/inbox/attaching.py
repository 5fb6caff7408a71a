"""Somebody of the shop knows who a stranger is: what was said, by them and by us, is a conversation with her from then on."""

from __future__ import annotations

from collections.abc import Sequence

from habitue.app.house import House
from habitue.app.inbox.catalogue_things import things_of
from habitue.app.inbox.hearing_stop import FORM_PROOF, PROOF
from habitue.app.inbox.receiving import Manner, Place, bind, keep_words
from habitue.app.inbox.strangers import must_be_read, talk_of
from habitue.app.inbox.talking import conversation
from habitue.app.leaving import Said, say_no
from habitue.app.listeners import record
from habitue.app.names import people, who_is_called
from habitue.channels.letters import State, letter_of_number
from habitue.consent.law.model import MAILED
from habitue.consent.stop_rules import Verdict, stop_said
from habitue.dialogue.among_us import give, give_stray_notes
from habitue.dialogue.model import Proposal
from habitue.dialogue.records import add_answer_letter
from habitue.dialogue.said_rules import proposals_in
from habitue.dialogue.sentences import Things
from habitue.dialogue.strays import OurAnswer, Stray, settle_stray
from habitue.events.model import ConversationAnswered, ConversationClosed, Occurrence
from habitue.store import sql_text
from habitue.words.clock import date_of, local_day_and_hour
from habitue.words.errors import Refused, Unknown
from habitue.words.keys import positive_number
from habitue.words.vocabulary import Channel, Collected, Thread

ON_ITS_WAY = (State.WAITING, State.SENDING, State.IN_DOUBT)
IN_THE_POST = "Our answer to it is still in the post; say whose it is once it has left."
NOT_THERE = "This message is here no more."


def attach(house: House, number: int, customer_key: str, who: str, seen: int = 0, only: int = 0) -> int:
    """A stranger is that customer: all that was said in the conversation of that number is one with her, what she plainly refuses in it binds, and
    who has it in hand and what was noted stays beside it. Gives the number of her last message. `only` names the one message that is hers, where the others
    are not; our answer goes along that followed it, and what was noted when it was the last.

    Raises: Unknown where nothing of that number is kept, or nobody has that key; Several as `who_is_called`; Refused while an answer of ours is on its way, or
    where something was said after `seen`, the last that whoever says it has read.
    """
    things = things_of(house)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        talk, hers = talk_of(house, number), who_is_called(house, customer_key)
        must_be_read(talk, seen)
        strays = [each for each in talk.strays if only in (0, each.number)]
        if not strays:
            raise Unknown(NOT_THERE)
        answers = [each for each in talk.answers if each.stray in {stray.number for stray in strays}]
        if any(_is_on_its_way(house, each) for each in answers):
            raise Refused(IN_THE_POST)
        place, kept = Place(hers.profile_id, MAILED, strays[0].mail), 0
        thread = positive_number("thread", place.source, place.thread_key)
        give(house.truth, hers.customer_id, place.profile_id, thread, talk.person, house.clock.instant(), who)
        said: list[tuple[int, Sequence[Proposal]]] = []
        together: list[Stray | OurAnswer] = [*strays, *answers]
        for each in sorted(together, key=lambda one: one.number):
            if isinstance(each, OurAnswer):
                _keep_answer(house, place, each, kept)
                continue
            kept, proposals = _keep_words(house, place, each, things)
            said.append((kept, proposals))
            give_stray_notes(house.truth, each.number, place.profile_id, thread)
            settle_stray(house.truth, each.number, who, kept)
        last = strays[-1]
        if last.answered and last.answered not in {each.number for each in answers}:  # our answer to it stays with the message that came last before it
            _keep_answer(house, place, OurAnswer(last.answered, "", last.number, 0, house.clock.instant(), "", who), kept)
    key = people(house, [hers.customer_id])[hers.customer_id][0]
    for message, proposals in said:
        bind(house, key, message, proposals)
    return kept


def _is_on_its_way(house: House, answer: OurAnswer) -> bool:
    letter = letter_of_number(house.truth, answer.letter_id) if answer.letter_id else None
    return letter is not None and letter.state in ON_ITS_WAY


def _keep_words(house: House, place: Place, stray: Stray, things: Things) -> tuple[int, Sequence[Proposal]]:
    """What she wrote, as hers; a stop in it is heard. Gives its number, and what it proposes."""
    proposals = proposals_in(stray.words, things, date_of(local_day_and_hour(stray.at, house.settings.zone)[0]))
    manner = Manner(Channel(stray.way))
    kept = keep_words(house, place, stray.mail, stray.words, stray.subject, stray.answers, proposals, stray.at, manner)
    if (stop := stop_said(stray.words)).verdict == Verdict.STOP:
        ways = () if stop.is_everything else stop.channels or (Channel.EMAIL,)
        is_form = stray.way == Channel.SITE
        say_no(house, place.profile_id, Said(False, (), ways, Collected.FORM if is_form else Collected.REPLY, FORM_PROOF if is_form else PROOF))
    return kept, proposals


def _keep_answer(house: House, place: Place, answer: OurAnswer, kept: int) -> None:
    """What we answered, or that nothing was to be, in the conversation of her message `kept`."""
    now, (day, hour) = house.clock.instant(), local_day_and_hour(answer.at, house.settings.zone)
    kind = Thread.COMPLAINT if conversation(house, kept, is_read=False).is_complaint else Thread.QUESTION
    closed = ConversationClosed(place.thread_key, kind)
    event = ConversationAnswered(place.thread_key, kind, answer.words, answer.who) if answer.words else closed
    told = Occurrence(event, place.source, f"{place.thread_key} answered {answer.number}", place.profile_id, answer.at, day, hour, now)
    (recorded,) = record(house.truth, [told], house.settings.zone, now).recorded
    if answer.letter_id:
        add_answer_letter(house.truth, answer.letter_id, recorded.seq)
        house.truth.run(sql_text("channels", "letter_s_profile"), (place.profile_id, answer.letter_id))
