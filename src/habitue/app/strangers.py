"""Answers of strangers: shown to a person, who says whose each is, or lets it go. Who may have written it is proposed, and never decided here."""

from __future__ import annotations

from dataclasses import dataclass

from habitue.app.answering import NO_ANSWER
from habitue.app.attached import FileLine, file_line
from habitue.app.catalogue_things import things_of
from habitue.app.hearing_stop import FORM_PROOF, PROOF, vouched_holders
from habitue.app.house import House
from habitue.app.leaving import Said, say_no
from habitue.app.names import people, who_is_called
from habitue.app.receiving import Manner, Place, bind, keep_words
from habitue.app.talking import conversation
from habitue.app.telling import tell
from habitue.channels.letters import State, letter_of_number, owe
from habitue.consent.law.model import MAILED
from habitue.consent.stop_rules import Verdict, stop_said
from habitue.dialogue.attachments import attachments_of_strays
from habitue.dialogue.records import add_answer_letter
from habitue.dialogue.said_rules import proposals_in
from habitue.dialogue.strays import Stray, answer_stray, settle_stray, stray_of_number, strays
from habitue.events.model import ConversationAnswered
from habitue.identity.records import keys_of
from habitue.store import sql_text
from habitue.words.clock import date_of, local_day_and_hour
from habitue.words.errors import BadInput, Refused, Unknown
from habitue.words.vocabulary import Channel, Collected, Thread

MOST_SHOWN = 200
ON_ITS_WAY = (State.WAITING, State.SENDING, State.IN_DOUBT)
IN_THE_POST = "Our answer to it is still in the post; say whose it is once it has left."
ANSWERED = "It was answered already."


@dataclass(frozen=True)
class Stranger:
    """An answer that nobody here is known to have written; `may_be` are the numbers of those who have its address, where they are several.

    `way` is `site` where it was left in the contact form, with the `name` that was typed there. Units: `at` is in UTC seconds.
    """

    number: int
    at: int
    sender: str
    subject: str
    words: str
    may_be: tuple[str, ...] = ()
    name: str = ""
    way: str = "email"
    files: tuple[FileLine, ...] = ()


def strangers(house: House, language: str = "en") -> list[Stranger]:
    """Those that wait for a person, the longest waiting first."""
    waiting = strays(house.truth, MOST_SHOWN)
    files = attachments_of_strays(house.truth, [each.number for each in waiting])
    return [_stranger(house, each, tuple(file_line(one, language) for one in files.get(each.number, ()))) for each in waiting]


def attach(house: House, number: int, customer_key: str, who: str) -> int:
    """Somebody of the shop knows that it is hers: it is a conversation with her, and what she plainly refuses binds; gives the number of her message.

    What we answered stands in it, too.

    Raises: Unknown where no such answer waits, or nobody has that key; Several as `who_is_called`; Refused while our answer to it is on its way.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        stray, hers = _waiting(house, number), who_is_called(house, customer_key)
        if stray.letter_id and (letter := letter_of_number(house.truth, stray.letter_id)) and letter.state in ON_ITS_WAY:
            raise Refused(IN_THE_POST)
        said = proposals_in(stray.words, things_of(house), date_of(local_day_and_hour(stray.at, house.settings.zone)[0]))
        place, manner = Place(hers.profile_id, MAILED, stray.mail), Manner(Channel(stray.way))
        kept = keep_words(house, place, stray.mail, stray.words, stray.subject, stray.answers, said, stray.at, manner)
        if stray.letter_id:
            kind = Thread.COMPLAINT if conversation(house, kept, is_read=False).is_complaint else Thread.QUESTION
            (seq,) = tell(house, hers.profile_id, [ConversationAnswered(stray.mail, kind, stray.answer, stray.answered_by)], MAILED)
            add_answer_letter(house.truth, stray.letter_id, seq)
            house.truth.run(sql_text("channels", "letter_s_profile"), (hers.profile_id, stray.letter_id))
        settle_stray(house.truth, number, who, kept)
        if (stop := stop_said(stray.words)).verdict == Verdict.STOP:
            ways = () if stop.is_everything else stop.channels or (Channel.EMAIL,)
            is_form = stray.way == Channel.SITE
            say_no(house, hers.profile_id, Said(False, (), ways, Collected.FORM if is_form else Collected.REPLY, FORM_PROOF if is_form else PROOF))
    bind(house, people(house, [hers.customer_id])[hers.customer_id][0], kept, said)
    return kept


def answer_stranger(house: House, number: int, words: str, who: str) -> int:
    """Answers a stranger at the address that the answer named, once; gives the number of the letter. It allows nothing, and makes nobody a customer.

    Raises: BadInput without words; Unknown where no such answer waits; Refused where it was answered already.
    """
    words = words.strip()
    if not words:
        raise BadInput(NO_ANSWER)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        stray = _waiting(house, number)
        if stray.letter_id:
            raise Refused(ANSWERED)
        letter = owe(house.truth, "answer", stray.language or house.settings.language, 0, house.clock.instant())
        answer_stray(house.truth, number, words, who, letter)
    return letter


def drop(house: House, number: int, who: str) -> None:
    """It is nobody's: its words go, and the same mail does not come back.

    Raises: Unknown where no such answer waits.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)
        _waiting(house, number)
        settle_stray(house.truth, number, who, 0)


def _waiting(house: House, number: int) -> Stray:
    stray = stray_of_number(house.truth, number)
    if stray is None:
        raise Unknown(f"No answer of a stranger waits under the number {number}.")
    return stray


def _stranger(house: House, stray: Stray, files: tuple[FileLine, ...]) -> Stranger:
    customers = vouched_holders(house, stray.sender).customers
    keys = keys_of(house.truth, customers)
    return Stranger(
        stray.number,
        stray.at,
        stray.sender,
        stray.subject,
        stray.words,
        tuple(keys[each][0] for each in customers if each in keys),
        stray.name,
        Channel(stray.way).name.lower(),
        files,
    )
