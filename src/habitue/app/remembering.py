"""What she told us: shown with what counts of it and why, noted, corrected and withdrawn. Nothing is rewritten; each of these is an event."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Any

from habitue.app.house import House
from habitue.app.listeners import record
from habitue.app.names import customer_of, thing_name, voice_of, who_is_called
from habitue.app.naming import things_called, written
from habitue.app.said_words import about_words, sentence_of, standing_words
from habitue.app.stating import Note, stated
from habitue.consent.records import may_keep_health
from habitue.decide.model import When
from habitue.decide.pronouns import Voice
from habitue.events.catalogue import item_ids, names_of_things, things_ids
from habitue.events.lookup import look_up
from habitue.events.model import AnyEvent, Occurrence, PreferenceStated, StatementWithdrawn, body_of, event_of
from habitue.identity.records import whose
from habitue.store import sql_text
from habitue.store.house_key import keyed_hash
from habitue.words.clock import date_of, local_day_and_hour
from habitue.words.errors import BadInput, Unknown
from habitue.words.typesetting import unturned
from habitue.words.vocabulary import Subject, Told

OURS = "habitue"
"""The source of what is noted here, at the counter or in the console."""
NO_LEAVE = {"health_leave": "no_health_leave"}
"""Which relation is read instead of which, where she gives no leave now."""
_Row = tuple[dict[str, Any], PreferenceStated, str]
"""A statement as it stands, its event, and what it is about."""
STATED = str(PreferenceStated.__struct_config__.tag)
LATELY_SECONDS = 60  # two notes never fall on one second: the later is a second later, however fast they are pressed


class Standing(IntEnum):
    """What becomes of a statement when it is read; the numbers are those of the relation `stated`."""

    COUNTS = 0
    WITHDRAWN = 1
    EXPIRED = 2
    HEALTH_WITHOUT_LEAVE = 3
    DECLARED_OTHERWISE = 4
    SUPERSEDED = 5
    FADED = 6
    OUTWEIGHED = 7


@dataclass(frozen=True)
class Statement:
    """One thing that was said or noted of her, and whether it counts.

    `number` names it for good. What touches her health shows neither what it is about nor her words, of whichever day it is read, from the moment
    that she takes her leave back: it waits to be erased. `word` is what she called the things, where she named several at once.
    """

    number: int
    subject: str
    about: str
    about_key: str
    feeling: int
    strength: str
    told: str
    quote: str
    where: str
    on: date
    until: date | None
    is_about_health: bool
    standing: str
    sentence: str
    why: str
    is_withdrawn: bool = False
    word: str = ""

    @property
    def counts(self) -> bool:
        return self.standing == "counts"


def heard(house: House, on: int | None) -> When:
    """As of when her words are read: today, all that she has said by now; on any other day, what was known at 06:00."""
    return house.when(on, by=house.clock.instant() + LATELY_SECONDS if on in (None, house.today) else 0)


def may_show_health(house: House, customer: int) -> bool:
    """Whether what touches her health may be shown to anybody: by her leave of this instant, whichever day is asked about."""
    return may_keep_health(house.truth, customer, house.clock.instant())


def shown_tastes(house: House, customer: int, on: int | None) -> tuple[list[dict[str, Any]], set[int]]:
    """What she thinks of things as of a day, for a card, and those that she does not want, by their number, though she may buy them.

    What touches her health is left out where she gives no leave for that now; what is inferred, where a word of hers speaks against it.
    """
    when, instead = heard(house, on), {} if may_show_health(house, customer) else NO_LEAVE
    minded = {row["item_id"]: row["feeling"] for row in house.alone.read("minded", customer, when, instead)}
    tastes = [row for row in house.alone.read("taste", customer, when, instead) if row["feeling"] == minded[row["item_id"]]]
    return tastes, {item for item, feeling in minded.items() if feeling < 0}


def is_veiled(house: House, customer: int, when: When) -> bool:
    """Whether what touches her health counted at a moment, and may be shown no longer."""
    if may_show_health(house, customer):
        return False
    counted, shown = (house.alone.read("stated", customer, when, instead) for instead in ({}, NO_LEAVE))
    return any(one["standing"] == Standing.COUNTS and other["standing"] != Standing.COUNTS for one, other in zip(_by_seq(counted), _by_seq(shown), strict=True))


def _by_seq(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: int(row["seq"]))


def statements_of(house: House, customer_key: str, on: int | None = None, language: str = "en") -> list[Statement]:
    """Everything that was ever said or noted of a customer, the newest first; what one word of hers made is one line. What she had forgotten is not among it.

    Raises: Unknown where nobody has that key.
    """
    customer = customer_of(house, customer_key)
    when = heard(house, on)
    rows = sorted(house.alone.read("stated", customer, when), key=lambda row: (-row["said_at"], -row["seq"]))
    events = {event[0]: event for event in look_up(house.truth, "events", "events_by_seq", [row["seq"] for row in rows])}
    voice, is_shown = voice_of(house, customer, language), may_show_health(house, customer)
    found: dict[object, list[_Row]] = {}
    for row in rows:
        told = events[row["seq"]]
        event = event_of(told[4])
        assert isinstance(event, PreferenceStated)
        if not event.item_key:
            continue
        about = _about(house, row, event, language, is_shown)
        found.setdefault((_breath(told, row["said_at"]), event.subject, event.feeling, bool(about)), []).append((row, event, about))
    return [_shown(word, language, voice) for word in found.values()]


def note(house: House, customer_key: str, noted: Note, profile_id: int = 0) -> int:
    """Keeps what was said or noted of a customer, of every thing that is called so; gives its number. `profile_id` is by which profile of hers it came.

    Raises: Refused where it touches her health without her leave; BadInput or Unknown where it names nothing that there is.
    """
    customer_of(house, customer_key)
    when = heard(house, None)
    with house.truth.transaction():
        return note_within(house, customer_key, noted, when, profile_id)


def note_within(house: House, customer_key: str, noted: Note, when: When, profile_id: int = 0) -> int:
    """The same inside a transaction; `when` is the moment as of which she is heard. Raises: as `note`."""
    who = who_is_called(house, customer_key)
    came_by = whose(house.truth, [profile_id]).get(profile_id) if profile_id else who
    if came_by is None:
        raise Unknown(f"There is no customer “{customer_key}” here any more.")
    customer, profile = came_by.customer_id, came_by.profile_id  # whose it stays, should she be two people
    found = found_things(house, noted, _spoken_of(house.alone.read("stated", customer, when)))
    return _append(house, customer, when, profile, [stated(house.truth, profile, each, house.clock.instant()) for each in found])


def withdraw(house: House, customer_key: str, number: int) -> None:
    """Takes a statement back, with all that the same word made; it stays on the list, and counts no longer.

    Raises: Unknown where she has no statement of that number; BadInput where it was withdrawn already.
    """
    when = heard(house, None)  # may learn, and waits for whoever judges: never inside a transaction
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        withdraw_within(house, customer_key, number, when)


def withdraw_within(house: House, customer_key: str, number: int, when: When) -> None:
    """The same inside a transaction that holds the right to write; `when` is the moment as of which she is heard.

    Raises: as `withdraw`.
    """
    customer = customer_of(house, customer_key)
    profile, _word, events = _taken_back(house, house.alone.read("stated", customer, when), number)
    _append(house, customer, when, profile, events)


def correct(house: House, customer_key: str, number: int, noted: Note) -> int:
    """Withdraws a statement and keeps another in its place, both or neither; gives the new one's number.

    Raises: as `note` and `withdraw`.
    """
    customer, when = customer_of(house, customer_key), heard(house, None)
    with house.truth.transaction():
        house.truth.next_seq(0)  # waits for whoever is writing
        rows = house.alone.read("stated", customer, when)
        profile, word, events = _taken_back(house, rows, number)
        found = found_things(house, noted, _spoken_of(rows, *word))
        return _append(house, customer, when, profile, [*events, *(stated(house.truth, profile, each, house.clock.instant()) for each in found)])


def found_things(house: House, noted: Note, spoken_of: Collection[int] = ()) -> list[Note]:
    """The note as of today; of a thing, one for each that is called so, with all that it is called.

    Raises: Unknown where there is none.
    """
    noted = replace(noted, said_day=house.today)
    if noted.subject != Subject.THING:
        return [noted]
    things = things_called(house.truth, noted.about, spoken_of)
    if not things:
        raise Unknown(f"The catalogue has no “{noted.about.strip()[:60]}”; write its name, its key, or what it is like (as an attribute).")
    names = names_of_things(house.truth, things_ids(house.truth, things))
    word = written(noted.about) if len(things) > 1 else ""
    return [replace(noted, level=level, about=key, called=(noted.about, *names.get((level, key), ())), word=word) for level, key in things]


def said_with(house: House, customer_key: str, number: int, when: When | None = None) -> dict[int, bool]:
    """The numbers of all that one word of hers made, and whether each is withdrawn; a word names every thing that is called so.

    Raises: Unknown where she has no statement of that number.
    """
    rows = house.alone.read("stated", customer_of(house, customer_key), when or heard(house, None))
    withdrawn = {row["seq"] for row in rows if row["is_withdrawn"]}
    return {seq: seq in withdrawn for seq, *_ in _one_word(house, rows, number)}


def _one_word(house: House, rows: list[dict[str, Any]], number: int) -> list[tuple[Any, ...]]:
    """The events of all that was noted in the breath of a statement, by the same profile: two notes never fall on one second."""
    at = next((row["said_at"] for row in rows if row["seq"] == number), None)
    if at is None:
        raise Unknown(f"Nothing was said under the number {number}; `habitue said` lists what was.")
    found = look_up(house.truth, "events", "events_by_seq", [row["seq"] for row in rows if row["said_at"] == at])
    breath = next(_breath(event, at) for event in found if event[0] == number)
    return [event for event in found if _breath(event, at) == breath]


def _breath(event: tuple[Any, ...], at: int) -> tuple[int, int, int]:
    """What statements made by one word of hers have in common: whose they are and when she said it; a row of a file stands alone."""
    seq, profile, source, *_ = event
    return profile, at, 0 if source == OURS else seq


def _spoken_of(rows: list[dict[str, Any]], *but: int) -> set[int]:
    """The things of which a declaration counts, but for some."""
    declared = (row for row in rows if row["subject"] == Subject.THING and row["standing"] == Standing.COUNTS and row["told"] != Told.INFERRED)
    return {row["item_id"] for row in declared if row["seq"] not in but}


def _taken_back(house: House, rows: list[dict[str, Any]], number: int) -> tuple[int, list[int], list[AnyEvent]]:
    """The profile of a statement of hers, the numbers of all that the same word made, and the events that take them back."""
    word = _one_word(house, rows, number)
    standing = {row["seq"] for row in rows if not row["is_withdrawn"]}
    if number not in standing:
        raise BadInput(f"What was said under the number {number} is withdrawn already.")
    return word[0][1], [event[0] for event in word], [StatementWithdrawn(event[2], event[3]) for event in word if event[0] in standing]


def _append(house: House, customer: int, when: When, profile: int, events: Sequence[AnyEvent]) -> int:
    """Records these events of a profile of hers, now; gives the number of the last."""
    house.truth.next_seq(0)  # waits for whoever is writing
    spoken = house.alone.read("stated", customer, when)
    now = house.clock.instant()
    until = now + LATELY_SECONDS - 2
    ((last,),) = house.truth.run(sql_text("app", "said_lately"), (profile, now, until, STATED))  # what she had forgotten keeps its second, too
    at = max([now, *(second + 1 for second in (*(row["said_at"] for row in spoken), last) if second is not None and second <= until)])
    day, hour = local_day_and_hour(at, house.settings.zone)
    told = [Occurrence(event, OURS, _number(house, profile, at, event), profile, at, day, hour, at) for event in events]
    recorded = record(house.truth, told, house.settings.zone, at).recorded
    return recorded[-1].seq if recorded else 0


def _number(house: House, profile: int, at: int, event: AnyEvent) -> str:
    """The id of a message of ours: by the house's key, so that nobody finds out by trying what one said that was erased."""
    return keyed_hash(house.key, OURS, str(profile), str(at), body_of(event).decode()).hex()[:32]


def _about(house: House, row: dict[str, Any], event: PreferenceStated, language: str, is_health_shown: bool) -> str:
    """What a statement is about; nothing of what touches her health and may not be shown."""
    if event.is_about_health and not (is_health_shown and row["standing"] != Standing.HEALTH_WITHOUT_LEAVE):
        return ""
    thing = ""
    if event.subject == Subject.THING:
        thing = thing_name(house, item_ids(house.truth, event.level, [event.item_key]).get(event.item_key, 0), language)
    return about_words(event, thing, language)


def _shown(said: list[_Row], language: str, voice: Voice) -> Statement:
    """All that one word of hers made, as one line: it stands as the part of it that still counts."""
    row, event, about = min(said, key=lambda each: (each[0]["standing"] != Standing.COUNTS, bool(each[0]["is_withdrawn"])))
    standing, is_hidden = Standing(row["standing"]), not about
    names = list(dict.fromkeys(called for other, _event, called in said if other["standing"] == standing))
    word = "" if is_hidden or len(said) == 1 else event.word
    if len(names) > 1:
        about, word = f"{word} ({', '.join(names)})" if word else ", ".join(names), word or names[0]
    key = f"{event.level.name.lower()}:{event.item_key}" if event.subject == Subject.THING else event.item_key
    return Statement(
        number=row["seq"],
        subject=event.subject.name.lower(),
        about=about,
        about_key="" if is_hidden else key,
        feeling=0 if is_hidden else event.feeling,
        strength=event.strength.name.lower(),
        told=event.told.name.lower(),
        quote="" if is_hidden else unturned(event.quote),
        where="" if is_hidden else event.said_where,
        on=date_of(row["said_day"]),
        until=date_of(row["until_day"]) if row["until_day"] else None,
        is_about_health=any(each.is_about_health for _row, each, _about in said),
        standing=standing.name.lower(),
        sentence=sentence_of(event, about, row["said_day"], language, is_hidden, voice),
        why=voice(standing_words(standing.name.lower(), row["until_day"], language)),
        is_withdrawn=bool(row["is_withdrawn"]),
        word=word,
    )
