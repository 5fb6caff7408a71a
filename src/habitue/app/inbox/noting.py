"""What she said by telephone, in the shop or on paper, written down by somebody of the shop: her words in a conversation, from which the same follows
as from a mail of hers.

A stop and what she asks by law are heard, her plain refusals bind at once, all else is proposed. What touches her health is written nowhere without her leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from secrets import token_hex

from habitue.app.her.awaiting import NO_WORDS
from habitue.app.house import House
from habitue.app.inbox.catalogue_things import things_of
from habitue.app.inbox.hearing_stop import Heard, hear_no, hear_said
from habitue.app.inbox.receiving import Manner, Place, bind, keep_words, needs_no_answer, number_kept
from habitue.app.inbox.talking import conversation
from habitue.app.names import people, who_is_called
from habitue.app.remembering import OURS
from habitue.app.telling import tell
from habitue.consent.law.model import Door
from habitue.consent.records import may_keep_health
from habitue.consent.stop_rules import MOST_READ
from habitue.dialogue.model import Proposal, What
from habitue.dialogue.said_rules import proposals_in
from habitue.events.model import ConversationClosed
from habitue.identity.model import Who
from habitue.identity.records import whose
from habitue.memory.health import NO_LEAVE, touches_health
from habitue.store.house_key import keyed_hash
from habitue.words.clock import date_of
from habitue.words.errors import BadInput, Refused
from habitue.words.vocabulary import Channel, Thread

DOORS = {Channel.PHONE: Door.TELEPHONE, Channel.SHOP: Door.COUNTER, Channel.POST: Door.MAIL}
"""The ways by which she speaks, and somebody of the shop writes."""
NOTED_WAYS = tuple(way.name.lower() for way in DOORS)
TOO_LONG = "Write down at most 40,000 letters; what is longer is read by nobody in time."
OUT_ALONE = "Her no holds from now on. The rest may tell of her health or belief, and was not written down; leave that out, or ask her leave first."
NOT_NOTED = "Only what she said by telephone, in the shop or on paper is written down here."


class Stands(Enum):
    """How it stands when it is written down: she waits for an answer, she complains, or it is settled already."""

    WAITS = "waits"
    COMPLAINT = "complaint"
    SETTLED = "settled"


@dataclass(frozen=True)
class Noted:
    """What became of it: `number` is that of her message, `bound` are the things that judgement heeds from now on, `is_open` says that she waits for us."""

    number: int
    heard: Heard | None
    bound: tuple[str, ...]
    is_open: bool


def note_words(
    house: House,
    customer_key: str,
    way: Channel,
    words: str,
    who: str,
    stands: Stands = Stands.WAITS,
    *,
    talk: int = 0,
    once: str = "",
) -> Noted:
    """Writes down what a customer said; in the conversation of the message `talk` where that is told, and then `customer_key` is not read; else in its own.

    `who` wrote it down. What is settled waits for nobody, but for a stop in doubt. The same words with the same `once` count once.

    Raises: Unknown where there is no such customer or conversation, Several as `who_is_called`; BadInput without words, or with too many; Refused where it
    touches her health without her leave: then nothing of it is written anywhere but a plain no of hers, which holds.
    """
    words = words.replace("\0", "").encode(errors="replace").decode().strip()
    if way not in DOORS:
        raise BadInput(NOT_NOTED)
    if not words:
        raise BadInput(NO_WORDS)
    if len(words) > MOST_READ:
        raise BadInput(TOO_LONG)
    said = proposals_in(words, things_of(house), date_of(house.today))
    now = house.clock.instant()
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing: the same may be pressed twice
        hers, place, known_by = _place(house, customer_key, talk, (once or token_hex(16), way.name, words))
        before = number_kept(house, place.source, f"{known_by} said")
        is_refused = not before and touches_health(words) and not may_keep_health(house.truth, hers.customer_id, now)
        is_out = is_refused and hear_no(house, hers, words, DOORS[way], who)
        heard, number = (None, 0) if is_refused else _kept(house, hers, place, known_by, words, said, Manner(way, who, stands == Stands.COMPLAINT), before)
        if heard and (stands == Stands.SETTLED or (stands == Stands.WAITS and not talk and _is_done(heard, said, words))) and not heard.is_asked:
            kind = Thread.COMPLAINT if conversation(house, number, is_read=False).is_complaint else Thread.QUESTION
            tell(house, hers.profile_id, [ConversationClosed(place.thread_key, kind)], place.source)
    if is_refused:  # once her no is kept
        raise Refused(OUT_ALONE if is_out else NO_LEAVE)
    key = people(house, [hers.customer_id])[hers.customer_id][0]
    return Noted(number, heard, bind(house, key, number, said), conversation(house, number, is_read=False).is_open)


def _kept(house: House, hers: Who, place: Place, known_by: str, words: str, said: Sequence[Proposal], manner: Manner, before: int) -> tuple[Heard | None, int]:
    """What she asks is done, and her words are kept, each once (`before` is their number from before, 0 for none)."""
    heard = None if before else hear_said(house, hers, words, DOORS[manner.way], manner.who)
    return heard, before or keep_words(house, place, known_by, words, "", "", said, house.clock.instant(), manner)


def _is_done(heard: Heard, said: Sequence[Proposal], words: str) -> bool:
    """Whether nobody waits for an answer in words: she said thank you and no more, or what she asks is done, or has its case."""
    return bool(said and all(each.what == What.THANKS for each in said)) or needs_no_answer(heard, said, words)


def _place(house: House, customer_key: str, talk: int, parts: tuple[str, str, str]) -> tuple[Who, Place, str]:
    """Whose it is, in which conversation, and by what the same note is known again."""
    if talk:
        found = conversation(house, talk, is_read=False)
        hers = whose(house.truth, [found.profile_id])[found.profile_id]
    else:
        found, hers = None, who_is_called(house, customer_key)
    known_by = f"noted {keyed_hash(house.key, 'noted', str(hers.profile_id), *parts).hex()[:32]}"
    return hers, Place(found.profile_id, found.source, found.thread_key) if found else Place(hers.profile_id, OURS, known_by), known_by
