"""From what is noted of her to the event that says so: one way in for files, for the counter and for the console."""

from __future__ import annotations

from dataclasses import dataclass

from habitue.consent.records import may_keep_health
from habitue.events.model import PreferenceStated
from habitue.memory.health import NO_LEAVE, touches_health
from habitue.memory.rules import attribute_of, hours_of, way_of
from habitue.store import Truth
from habitue.words.errors import BadInput, Refused
from habitue.words.typesetting import unturned
from habitue.words.vocabulary import Channel, Level, Strength, Subject, Told

RHYTHM = "rhythm"
"""What a statement on how often we write is about: there is one such thing."""
ENDED = "An end before the day on which it is said ends nothing; leave it empty for good, or name a day to come."


@dataclass(frozen=True)
class Note:
    """What somebody notes of a customer: about what, which feeling, who told it, in which words, until when.

    `called` is what else a thing is called, in the catalogue and by whoever notes it: read for words of health, and not kept; `word` is
    the one that named several things at once, and is kept.
    Units: `until_day`, where she gave an end, and `said_day` are local day numbers; `level` means something for a thing only.
    """

    subject: Subject
    about: str
    feeling: int
    strength: Strength = Strength.PLAIN
    told: Told = Told.SELLER_NOTED
    quote: str = ""
    until_day: int | None = None
    is_about_health: bool = False
    level: Level = Level.PRODUCT
    where: str = ""
    called: tuple[str, ...] = ()
    said_day: int = 0
    word: str = ""


def stated(truth: Truth, profile_id: int, note: Note, now: int) -> PreferenceStated:
    """The event of a note. Units: `now` is UTC seconds.

    Raises: Refused where it touches her health and she has not allowed us to keep that: then nothing of it may be written anywhere;
    BadInput where it names no channel, hours or attribute, or ended before it was said.
    """
    is_about_health = note.is_about_health or touches_health(note.quote, note.where, note.about, *note.called)
    if is_about_health and not may_keep_health(truth, profile_id, now):
        raise Refused(NO_LEAVE)
    if note.until_day is not None and note.until_day < note.said_day:
        raise BadInput(ENDED)
    level = note.level if note.subject == Subject.THING else Level.PRODUCT
    key = _key(note)
    until, quote, word = note.until_day or 0, unturned(note.quote), unturned(note.word)
    return PreferenceStated(level, key, note.feeling, note.where, note.subject, note.strength, note.told, quote, until, is_about_health, word)


def _key(note: Note) -> str:
    """What it is about, under its one spelling."""
    if note.subject == Subject.ATTRIBUTE:
        return attribute_of(note.about)
    if note.subject == Subject.HOUR:
        return hours_of(note.about).key
    if note.subject == Subject.RHYTHM:
        return RHYTHM
    if note.subject == Subject.CHANNEL:
        if not (way := way_of(note.about)):
            raise BadInput(f"“{note.about.strip()[:40]}” is no way to reach her; there are {', '.join(name.lower() for name in Channel.__members__)}.")
        return way.name.lower()
    return note.about
