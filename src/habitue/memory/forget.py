"""What she said, what she waits for, and what was said to her: shown, and erased. How many words an action has cost stays as a count of nobody's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from habitue.events.lookup import look_up
from habitue.store import Truth, sql_text
from habitue.store.schema import drop_where, rows_where
from habitue.words.whom import Whom

HOLDS = {
    "preference_fact": "what she likes and dislikes, and when she minds",
    "withdrawal_fact": "which of her words stand no longer",
    "pause_fact": "until when she wants peace",
    "conversation_fact": "her conversations with us, without their words",
    "touch_fact": "what was said to her",
    "answer_fact": "to which of it she answered",
}


def shown(truth: Truth, whom: Whom) -> dict[str, list[dict[str, Any]]]:
    """Every row that is hers, by relation."""
    return {relation: rows_where(truth, relation, "profile_id", whom.profiles) for relation in HOLDS}


def erase(truth: Truth, whom: Whom) -> dict[str, int]:
    """Erases them; gives how many rows of each relation. Inside a transaction."""
    said = look_up(truth, "memory", "touches_of_profiles", whom.profiles)
    first = truth.next_seq(len(said)) if said else 0
    rows = [(day, first + place, -(first + place), action, day) for place, (action, day) in enumerate(said)]
    truth.run_many(sql_text("memory", "add_forgotten_touch"), rows)
    return {relation: drop_where(truth, relation, "profile_id", whom.profiles) for relation in HOLDS}


def forget_statements(truth: Truth, statements: Iterable[int]) -> None:
    """Erases what was said under these numbers, and that it was taken back. Inside a transaction."""
    numbers = list(statements)
    drop_where(truth, "preference_fact", "seq", numbers)
    drop_where(truth, "withdrawal_fact", "statement_seq", numbers)
