"""Which letter carries which answer, and what became of what she proposed; her words themselves are events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from habitue.dialogue.model import Proposal
from habitue.events.lookup import look_up
from habitue.store import Truth, sql_text
from habitue.store.house_key import keyed_hash


def number_of(proposal: Proposal, key: bytes) -> int:
    """By what a proposal is known again among those of the same words; by the house's key, so that nobody finds out by trying what she said."""
    return int.from_bytes(keyed_hash(key, "proposal", proposal.what.value, proposal.about, proposal.quote)[:8]) >> 2


def add_answer_letter(truth: Truth, letter_id: int, seq: int) -> None:
    """The answer of that event leaves by that letter. Inside a transaction."""
    truth.run(sql_text("dialogue", "add_answer_letter"), (letter_id, seq))


def answer_of_letter(truth: Truth, letter_id: int) -> int:
    """The event of the answer that a letter carries; 0 where it carries none."""
    rows = truth.run(sql_text("dialogue", "answer_of_letter"), (letter_id,))
    return int(rows[0][0]) if rows else 0


def letters_of_answers(truth: Truth, answers: Iterable[int]) -> dict[int, int]:
    """The letter of each of these answers, by its event."""
    return {int(seq): int(letter) for seq, letter in look_up(truth, "dialogue", "letters_of_answers", answers)}


@dataclass(frozen=True)
class Wait:
    """Somebody waits for us since the message of that number: of an event of a customer's, or of a stranger's."""

    number: int
    is_stranger: bool = False


def add_reminders(truth: Truth, waits: Iterable[Wait], step: str, letter_id: int) -> None:
    """The shop's people are told by that letter that these waits are at that step. Inside a transaction."""
    for each in waits:
        truth.run(sql_text("dialogue", "add_stray_reminder" if each.is_stranger else "add_reminder"), (each.number, step, letter_id))


def reminded(truth: Truth, waits: Iterable[Wait]) -> set[tuple[Wait, str]]:
    """Of which of these waits, and at which step, they were told already."""
    numbers: dict[bool, list[int]] = {False: [], True: []}
    for each in waits:
        numbers[each.is_stranger].append(each.number)
    told = {False: look_up(truth, "dialogue", "reminders_of", numbers[False]), True: look_up(truth, "dialogue", "stray_reminders_of", numbers[True])}
    return {(Wait(int(number), is_stranger), str(step)) for is_stranger, rows in told.items() for number, step in rows}


def waits_of_letter(truth: Truth, letter_id: int) -> list[Wait]:
    """The waits of which a letter tells."""
    hers, strays = (truth.run(sql_text("dialogue", query), (letter_id,)) for query in ("waits_of_letter", "stray_waits_of_letter"))
    return [*(Wait(int(seq)) for (seq,) in hers), *(Wait(int(number), is_stranger=True) for (number,) in strays)]


def last_reminder(truth: Truth, step: str) -> int:
    """The letter by which they were told of a step last; 0 where none was."""
    return int(truth.run(sql_text("dialogue", "last_reminder"), (step, step))[0][0] or 0)


def add_closing_note(truth: Truth, letter_id: int, seq: int, closes_on: int, address_hash: bytes) -> None:
    """That letter answers her message by itself: the shop is closed, from that local day on. Inside a transaction."""
    truth.run(sql_text("dialogue", "add_closing_note"), (letter_id, seq, closes_on, address_hash))


def is_told_of_closing(truth: Truth, customer_id: int, closes_on: int, address_hash: bytes, since: int) -> bool:
    """Whether she was told of that closing, or her address of any since an instant (UTC seconds)."""
    return bool(truth.run(sql_text("dialogue", "closing_told"), (customer_id, closes_on, address_hash, since)))


def message_of_closing_note(truth: Truth, letter_id: int) -> int:
    """The event of hers that a letter answers by itself; 0 where it answers none."""
    rows = truth.run(sql_text("dialogue", "message_of_closing_note"), (letter_id,))
    return int(rows[0][0]) if rows else 0


def closing_notes_of(truth: Truth, said: Iterable[int]) -> dict[int, int]:
    """The letter by which each of these messages was answered so, by its event."""
    return {int(seq): int(letter) for seq, letter in look_up(truth, "dialogue", "closing_notes_of", said)}


def settle_proposal(truth: Truth, seq: int, number: int, is_kept: bool, at: int, who: str) -> None:
    """A person kept the proposal of that `number_of`, or let it go. Units: `at` is in UTC seconds. Inside a transaction."""
    truth.run(sql_text("dialogue", "settle_proposal"), (seq, number, int(is_kept), at, who))


def settled(truth: Truth, said: Iterable[int]) -> dict[tuple[int, int], bool]:
    """Whether each proposal of these events that a person looked at was kept, by event and `number_of`."""
    return {(int(seq), int(proposal)): bool(is_kept) for seq, proposal, is_kept in look_up(truth, "dialogue", "settled", said)}
