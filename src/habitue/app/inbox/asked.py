"""What she says to the question whether we answered well: kept once, with her words as a message of hers. A no opens the conversation again.

Who has the link of the letter is believed to be her, as on her page; looking changes nothing.
"""

from __future__ import annotations

from habitue.app.house import House
from habitue.app.inbox.asking_after import touch_key
from habitue.app.inbox.catalogue_things import things_of
from habitue.app.inbox.hearing_stop import hear_said
from habitue.app.inbox.receiving import Manner, Place, bind, keep_words, needs_no_answer
from habitue.app.inbox.talking import conversation
from habitue.app.names import people
from habitue.app.telling import tell
from habitue.channels.email.tokens import asked_letter
from habitue.consent.law.model import Door
from habitue.consent.stop_rules import MOST_READ
from habitue.dialogue.model import What
from habitue.dialogue.said_rules import proposals_in
from habitue.dialogue.satisfaction import Asked, Verdict, answer_asked, asked_by
from habitue.events.model import ConversationClosed, ConversationOpened, TouchAnswered
from habitue.identity.records import whose
from habitue.words.clock import date_of
from habitue.words.errors import BadInput, Unknown
from habitue.words.vocabulary import Channel, Thread

OPEN_SECONDS = 60 * 86_400
"""For so long after it was asked, she may say it."""
NOTHING = "This link opens nothing, or no more. To tell us something, answer our letter: a person reads it."
TOO_LONG = "At most 40,000 letters fit here. Answer our letter instead: there it may be as long as you like."


def asked_of(house: House, mark: str) -> Asked:
    """What the link of a letter asks, and what she said already.

    Raises: Unknown where we never made it, it is too old, or she was forgotten.
    """
    number = asked_letter(house.key, mark)
    asked = asked_by(house.truth, number) if number else None
    if asked is None or not whose(house.truth, [asked.profile_id]) or house.clock.instant() >= asked.asked_at + OPEN_SECONDS:
        raise Unknown(NOTHING)
    return asked


def say(house: House, mark: str, verdict: Verdict, words: str = "") -> Verdict:
    """Keeps what she says, with words of hers or without; what she said first stays. Gives that.

    Raises: Unknown as `asked_of`; BadInput where the words are too many.
    """
    words = words.replace("\0", "").encode(errors="replace").decode().strip()
    if len(words) > MOST_READ:
        raise BadInput(TOO_LONG)
    asked_of(house, mark)
    said = proposals_in(words, things_of(house), date_of(house.today)) if words else ()
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing: it may be pressed twice at once, or she may be forgotten
        asked = asked_of(house, mark)
        if asked.verdict:
            return asked.verdict
        hers = whose(house.truth, [asked.profile_id])[asked.profile_id]
        before = conversation(house, asked.seq, is_read=False)
        place, kind = Place(before.profile_id, before.source, before.thread_key), Thread.COMPLAINT if before.is_complaint else Thread.QUESTION
        heard, number = hear_said(house, hers, words, Door.EMAIL, "") if words else None, 0
        if words and (verdict == Verdict.NO or not (heard and needs_no_answer(heard, said, words))):
            manner = Manner(Channel.SITE, is_complaint=verdict == Verdict.NO and before.is_complaint)
            number = keep_words(house, place, f"asked {asked.letter_id}", words, "", "", said, house.clock.instant(), manner)
            is_thanks = bool(said) and all(each.what == What.THANKS for each in said) and not (heard and heard.is_asked)
            if verdict == Verdict.YES and is_thanks and not before.is_open:
                tell(house, place.profile_id, [ConversationClosed(place.thread_key, kind)], place.source)
        elif verdict == Verdict.NO:
            (number,) = tell(house, place.profile_id, [ConversationOpened(place.thread_key, kind, "", Channel.SITE)], place.source)
        tell(house, asked.profile_id, [TouchAnswered(touch_key(asked.letter_id))])
        answer_asked(house.truth, asked.letter_id, verdict, house.clock.instant(), number)
    if number:
        bind(house, people(house, [hers.customer_id])[hers.customer_id][0], number, said)
    return verdict
