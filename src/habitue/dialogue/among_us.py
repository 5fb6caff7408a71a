"""What the shop keeps for itself beside a conversation: who has it in hand, and notes. Neither leaves in a letter; both are data of hers.

Of a stranger's, the person stands on each message of it, and a note beside the last; both go where that message goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from habitue.events.lookup import look_up, take_numbers
from habitue.store import Truth, sql_text


@dataclass(frozen=True)
class Noted:
    """A note of somebody of the shop; `who` is empty where nobody said who was at the desk. Units: `at` in UTC seconds."""

    number: int
    at: int
    who: str
    words: str


def person_of(truth: Truth, customer: int, thread: int) -> str:
    """Who has a conversation in hand; empty where nobody does."""
    rows = truth.run(sql_text("dialogue", "person_of_talk"), (customer, thread))
    return str(rows[0][0]) if rows else ""


def given_talks(truth: Truth) -> dict[tuple[int, int], str]:
    """Who has which conversation in hand, by customer and thread."""
    return {(int(customer), int(thread)): person for customer, thread, person in truth.run(sql_text("dialogue", "given_talks"))}


def give(truth: Truth, customer: int, profile: int, thread: int, person: str, at: int, who: str) -> None:
    """From now on that person has it in hand; with an empty name, nobody. Inside a transaction."""
    truth.run(sql_text("dialogue", "free_talk"), (thread, customer))
    if person:
        truth.run(sql_text("dialogue", "give_talk"), (profile, thread, person, at, who))


def add_note(truth: Truth, profile: int, thread: int, words: str, at: int, who: str) -> int:
    """Keeps a note; gives its number. Inside a transaction."""
    number = take_numbers(truth, "talk_note", 1)
    truth.run(sql_text("dialogue", "add_note"), (profile, number, thread, at, who, words))
    return number


def notes_of(truth: Truth, customer: int, thread: int) -> tuple[Noted, ...]:
    """The notes beside a conversation, the oldest first."""
    return tuple(Noted(*row) for row in truth.run(sql_text("dialogue", "notes_of_talk"), (customer, thread)))


def notes_about(truth: Truth, profiles: Iterable[int]) -> list[Noted]:
    """The notes beside all conversations of these profiles, the oldest first."""
    return sorted((Noted(*row) for row in look_up(truth, "dialogue", "notes_of_profiles", profiles)), key=lambda note: (note.at, note.number))


def drop_note(truth: Truth, customer: int, number: int) -> None:
    """Deletes a note beside a conversation of hers. Inside a transaction."""
    truth.run(sql_text("dialogue", "drop_note"), (number, customer))


def give_strays(truth: Truth, talk: str, person: str) -> None:
    """From now on that person has a stranger's conversation in hand; with an empty name, nobody. Inside a transaction."""
    truth.run(sql_text("dialogue", "give_strays"), (person, talk))


def add_stray_note(truth: Truth, stray: int, words: str, at: int, who: str) -> int:
    """Keeps a note beside what a stranger wrote; gives its number. Inside a transaction."""
    number = take_numbers(truth, "talk_note", 1)
    truth.run(sql_text("dialogue", "add_stray_note"), (number, stray, at, who, words))
    return number


def notes_of_strays(truth: Truth, strays: Iterable[int]) -> list[Noted]:
    """The notes beside what strangers wrote, the oldest first."""
    return sorted((Noted(*row) for row in look_up(truth, "dialogue", "notes_of_strays", strays)), key=lambda note: (note.at, note.number))


def give_stray_notes(truth: Truth, stray: int, profile: int, thread: int) -> None:
    """What was noted beside what a stranger wrote stands beside that conversation of hers, too. Inside a transaction."""
    truth.run(sql_text("dialogue", "give_stray_notes"), (profile, thread, stray))
