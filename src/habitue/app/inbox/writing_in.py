"""The contact form: what somebody writes on our page. An address that is typed proves nothing, so it waits as a stranger's until a person says whose it is.

A stop in it is heard, as in a mail from anybody, also where too many write for the rest to be taken in: by one that is not hers she is written to less, and
nothing worse. It is kept all the same, for nobody else has those words. No letter leaves for it by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex

from habitue.app.door import heard_at_door
from habitue.app.her.awaiting import NO_WORDS
from habitue.app.house import House
from habitue.app.inbox.catalogue_things import things_of
from habitue.app.inbox.hearing_stop import hear_form, hear_no_of_form, mail_number
from habitue.app.inbox.receiving import complains, needs_no_answer, only_thanks
from habitue.app.knocking import forget_knocks, knock_words
from habitue.channels.email.address import checked_address
from habitue.dialogue.mail import Mail
from habitue.dialogue.said_rules import proposals_in
from habitue.dialogue.strays import Sent, add_stray, count_waiting
from habitue.words.clock import date_of
from habitue.words.errors import BadInput, Busy
from habitue.words.vocabulary import Channel

LONGEST_NAME = 100


@dataclass(frozen=True)
class Writing:
    """What a form says: the address to answer to as it was typed, the words, a name that may be empty; from which network it came, and in which language."""

    address: str
    words: str
    name: str
    network: str
    language: str


def write_in(house: House, writing: Writing, chat: str = "") -> None:
    """Takes in what the form says; the same words from the same address count once a day, but in a `chat` (its hash), where they may be said again.

    Raises: BadInput without words, or where no letter can go to that address; Busy where too many write.
    """
    address = checked_address(writing.address)
    words = writing.words.encode(errors="replace").decode().strip()
    if not words:
        raise BadInput(NO_WORDS)
    now, said = house.clock.instant(), proposals_in(words, things_of(house), date_of(house.today))
    mail = Mail(address, sha256(f"form {token_hex(16) if chat else house.today} {words}".encode()).hexdigest(), words, is_automatic=False)
    try:
        with house.truth.transaction():
            house.truth.next_seq(0)  # waits for whoever is writing
            forget_knocks(house.truth, now)
            heard_at_door(knock_words(house.truth, house.key, writing.network, now, count_waiting(house.truth, Channel.SITE)))
    except Busy:
        if needs_no_answer(hear_no_of_form(house, mail), said, words):
            return
        raise
    hear_form(house, mail)
    sent = Sent(Channel.SITE, _name(writing.name), writing.language, chat, "", complains(said), only_thanks(said, words))
    with house.truth.transaction():
        house.truth.next_seq(0)
        add_stray(house.truth, mail_number(house, mail), now, address, "", words, "", sent)


def _name(told: str) -> str:
    """In one line, without signs that nobody sees."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in told.encode(errors="replace").decode()).split())[:LONGEST_NAME]
