"""Letters that the house owes her: shown, and erased, with what a mail server answered to them."""

from __future__ import annotations

from typing import Any

from habitue.store import Truth
from habitue.store.schema import drop_where, rows_where
from habitue.words.whom import Whom

HOLDS = {
    "letter": "letters that were to go to her",
    "letter_attempt": "how each of them was sent, and what was answered",
    "letter_return": "which of them came back, and which she complained of",
}


def shown(truth: Truth, whom: Whom) -> dict[str, list[dict[str, Any]]]:
    """Every row that is hers, by relation."""
    letters = rows_where(truth, "letter", "profile_id", whom.profiles)
    numbers = [row["letter_id"] for row in letters]
    return {"letter": letters} | {name: rows_where(truth, name, "letter_id", numbers) for name in ("letter_attempt", "letter_return")}


def erase(truth: Truth, whom: Whom) -> dict[str, int]:
    """Erases them; gives how many rows of each relation. Inside a transaction."""
    letters = [row["letter_id"] for row in rows_where(truth, "letter", "profile_id", whom.profiles)]
    return {name: drop_where(truth, name, "letter_id", letters) for name in ("letter_return", "letter_attempt", "letter")}
