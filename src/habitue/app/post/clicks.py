"""A link of a letter that somebody followed: where it leads, and that she came. Noted once a letter, and never which link it was.

A click is a contact by her, an opened e-mail is none (CNIL, délibération n° 2021-131). Who has said no to profiling or to measurement is not followed.
"""

from __future__ import annotations

from collections.abc import Callable

from habitue.app.house import House
from habitue.app.listeners import record
from habitue.app.remembering import OURS
from habitue.app.spoken import planned_key
from habitue.channels.email.tokens import click_mark, clicked_letter
from habitue.channels.letters import Letter, State, letter_of_number
from habitue.channels.links import is_led, store_link
from habitue.consent.standing import standings
from habitue.events.lookup import look_up
from habitue.events.model import Occurrence, TouchAnswered
from habitue.identity.records import whose
from habitue.memory.records import touch_id_of
from habitue.store import sql_text
from habitue.words.clock import local_day_and_hour
from habitue.words.keys import key_hash
from habitue.words.vocabulary import Purpose

TOO_SOON_SECONDS = 60
"""Scanners follow the links of a letter when it comes; nobody reads so fast."""
NOT_FOLLOWED = (Purpose.PROFILING, Purpose.MEASUREMENT)


def leads(house: House, letter: Letter) -> Callable[[str], str]:
    """How the links of a letter are written: over this house where they lead to another site. Inside the transaction in which it is written."""
    site, mark = house.settings.address.rstrip("/"), click_mark(house.key, letter.letter_id)

    def led(address: str) -> str:
        if not house.settings.note_clicks or not is_led(address, site):
            return address
        return f"{site}/go/{store_link(house.truth, house.key, address)}/{mark}"

    return led


def note_click(house: House, mark: str) -> bool:
    """Notes that she followed a link of a letter, once; gives whether that is new. A mark that is not ours, or a letter of nobody's, changes nothing."""
    letter_id = clicked_letter(house.key, mark)
    if not letter_id or look_up(house.truth, "events", "event_keys", [key_hash(OURS, _number(letter_id))]):
        return False
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing: she may be forgotten at this moment
        letter, now = letter_of_number(house.truth, letter_id), house.clock.instant()
        if letter is None or letter.state != State.SENT or now - letter.due_at < TOO_SOON_SECONDS:
            return False
        key = _touch_key(house, letter)
        who = whose(house.truth, [letter.profile_id]).get(letter.profile_id)
        if not key or who is None or _is_not_followed(house, who.customer_id):
            return False
        day, hour = local_day_and_hour(now, house.settings.zone)
        told = Occurrence(TouchAnswered(key), OURS, _number(letter_id), letter.profile_id, now, day, hour, now)
        return bool(record(house.truth, [told], house.settings.zone, now).recorded)


def _number(letter_id: int) -> str:
    return f"click {letter_id}"


def _touch_key(house: House, letter: Letter) -> str:
    """What the word of a letter is called among those that were said; empty where that is not known any more."""
    rows = house.truth.run(sql_text("app", "word_of_touch"), (letter.touch_id,)) if letter.touch_id else []
    key = planned_key(int(rows[0][1]), letter.profile_id) if rows else ""
    return key if key and touch_id_of(key) == letter.touch_id else ""


def _is_not_followed(house: House, customer: int) -> bool:
    hers, _ = standings(house.truth, [customer])
    return any(purpose in NOT_FOLLOWED and not standing.is_granted for (_, purpose, _), standing in hers.items())
