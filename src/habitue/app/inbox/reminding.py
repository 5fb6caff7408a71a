"""What the shop's own people are told of the inbox's clock: which answers are due within one open hour, and which are late.

One letter for all of a step, each wait once, in open hours alone and through an open gate; it names numbers and hours, and nobody, and nothing that was
answered before it leaves.
"""

from __future__ import annotations

from datetime import datetime

from habitue.app.house import House
from habitue.app.inbox.shop_hours import opens_at, soon_at
from habitue.app.inbox.strangers import Stranger, stranger, strangers
from habitue.app.inbox.talking import Conversation, conversation, whose_open
from habitue.app.post.gate import opened_at
from habitue.channels.email.mail import Mail, mail_of
from habitue.channels.email.staff_wording import Line, reminding
from habitue.channels.letters import TO_STAFF, Kind, Letter, letter_of_number, letter_proof, owe
from habitue.dialogue.records import Wait, add_reminders, last_reminder, reminded, waits_of_letter
from habitue.store import Settings
from habitue.words.clock import zone
from habitue.words.errors import Unknown
from habitue.words.vocabulary import Thread

APART_SECONDS = 900
"""Between two letters of one step; what comes meanwhile stands in the next."""
MOST_WAITS = 1_000
"""Of so many conversations, the complaints and those that wait the longest first, is told."""


def told_at(settings: Settings, kind: Kind) -> str:
    """The address that is told; empty where nobody is."""
    return settings.reminders_to if kind == "remind" else settings.escalation_to or settings.reminders_to


def remind(house: House) -> int:
    """Puts into the post what is to be told by now; gives how many letters that made."""
    now = house.clock.instant()
    if not any(told_at(house.settings, kind) for kind in TO_STAFF) or not opened_at(house.settings) or opens_at(house.settings, now) > now:
        return 0
    waits: dict[Kind, list[Wait]] = {}
    talks: list[Conversation | Stranger] = [conversation(house, number, is_read=False) for number, _ in whose_open(house)[:MOST_WAITS]]
    for talk in (*talks, *strangers(house, how_many=MOST_WAITS)):
        if (step := _step(house, talk, now)) and told_at(house.settings, step):
            waits.setdefault(step, []).append(_wait(talk))
    return sum(_put(house, kind, found, now) for kind, found in waits.items())


def _wait(talk: Conversation | Stranger) -> Wait:
    return Wait(talk.waits_from, isinstance(talk, Stranger))


def _step(house: House, talk: Conversation | Stranger, now: int) -> Kind | None:
    """Where a conversation stands by the clock; nowhere while there is time, or where it is her turn."""
    if not talk.due_at:
        return None
    if talk.is_late:
        return "escalate"
    return "remind" if soon_at(house.settings, talk.since_at, Thread.COMPLAINT if talk.is_complaint else Thread.QUESTION) <= now else None


def _put(house: House, kind: Kind, waits: list[Wait], now: int) -> bool:
    if reminded(house.truth, waits) >= {(each, kind) for each in waits}:
        return False
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing: another process may tell the same
        told = reminded(house.truth, waits)
        fresh = [each for each in waits if (each, kind) not in told]
        last = letter_of_number(house.truth, last_reminder(house.truth, kind))
        if not fresh or (last and 0 <= now - last.made_at < APART_SECONDS):
            return False
        add_reminders(house.truth, fresh, kind, owe(house.truth, kind, house.settings.language, 0, now))
    return True


def leaves_from(house: House, letter: Letter, now: int) -> int:
    """From which instant on a letter may leave: one to the shop's people, in open hours."""
    return opens_at(house.settings, now) if letter.kind in TO_STAFF else now


def write_reminder(house: House, letter: Letter, key: bytes) -> Mail | None:
    """The letter as it leaves; none where nobody waits any more, or nobody is to be told. Inside the transaction that took it in hand.

    Raises: BadInput where the address is none.
    """
    settings, to = house.settings, told_at(house.settings, letter.kind)
    talks = [talk for wait in waits_of_letter(house.truth, letter.letter_id) if (talk := _waiting(house, wait))]
    if not (to and talks):
        return None
    inbox = f"{settings.console.rstrip('/')}/inbox" if settings.console else ""
    lines = [
        Line(talk.number, _when(settings, talk.due_at), talk.is_complaint, isinstance(talk, Stranger)) for talk in sorted(talks, key=lambda each: each.due_at)
    ]
    words = reminding(settings.brand, letter.language, lines, inbox, is_late=letter.kind == "escalate")
    number = f"{letter.kind}.{letter.letter_id}.{letter_proof(key, letter.letter_id)}"
    return mail_of(words, settings.brand, settings.sender, to, number, letter.made_at, reply_to=to)


def _waiting(house: House, wait: Wait) -> Conversation | Stranger | None:
    """The conversation in which that wait still lasts."""
    try:
        talk = stranger(house, wait.number) if wait.is_stranger else conversation(house, wait.number, is_read=False)
    except Unknown:
        return None
    return talk if _wait(talk) == wait else None


def _when(settings: Settings, at: int) -> str:
    return datetime.fromtimestamp(at, zone(settings.zone)).strftime("%d/%m %H:%M" if settings.language == "fr" else "%d %b, %H:%M")
