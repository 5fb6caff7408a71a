"""Answers of strangers: shown to a person, who says whose each is, or lets it go. Who may have written it is proposed, and never decided here."""

from __future__ import annotations

from dataclasses import dataclass

from habitue.app.hearing_stop import PROOF, vouched_holders
from habitue.app.house import House
from habitue.app.leaving import Said, say_no
from habitue.app.names import people, who_is_called
from habitue.app.receiving import Place, bind, keep_words, things_of
from habitue.consent.law.model import MAILED
from habitue.consent.stop_rules import Verdict, stop_said
from habitue.dialogue.said_rules import proposals_in
from habitue.dialogue.strays import Stray, settle_stray, stray_of_number, strays
from habitue.identity.records import keys_of
from habitue.words.clock import date_of, local_day_and_hour
from habitue.words.errors import Unknown
from habitue.words.vocabulary import Channel, Collected

MOST_SHOWN = 200


@dataclass(frozen=True)
class Stranger:
    """An answer that nobody here is known to have written; `may_be` are the numbers of those who have its address, where they are several.

    Units: `at` is in UTC seconds.
    """

    number: int
    at: int
    sender: str
    subject: str
    words: str
    may_be: tuple[str, ...] = ()


def strangers(house: House) -> list[Stranger]:
    """Those that wait for a person, the longest waiting first."""
    return [_stranger(house, each) for each in strays(house.truth, MOST_SHOWN)]


def attach(house: House, number: int, customer_key: str, who: str) -> int:
    """Somebody of the shop knows that it is hers: it is a conversation with her, and what she plainly refuses binds; gives the number of her message.

    Raises: Unknown where no such answer waits, or nobody has that key; Several as `who_is_called`.
    """
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        stray, hers = _waiting(house, number), who_is_called(house, customer_key)
        said = proposals_in(stray.words, things_of(house), date_of(local_day_and_hour(stray.at, house.settings.zone)[0]))
        kept = keep_words(house, Place(hers.profile_id, MAILED, stray.mail), stray.mail, stray.words, stray.subject, stray.answers, said, stray.at)
        settle_stray(house.truth, number, who, kept)
        if (stop := stop_said(stray.words)).verdict == Verdict.STOP:
            ways = () if stop.is_everything else stop.channels or (Channel.EMAIL,)
            say_no(house, hers.profile_id, Said(False, (), ways, Collected.REPLY, PROOF))
    bind(house, people(house, [hers.customer_id])[hers.customer_id][0], kept, said)
    return kept


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


def _stranger(house: House, stray: Stray) -> Stranger:
    customers = vouched_holders(house, stray.sender).customers
    keys = keys_of(house.truth, customers)
    return Stranger(stray.number, stray.at, stray.sender, stray.subject, stray.words, tuple(keys[each][0] for each in customers if each in keys))
