"""What became of what she said to us: shown, and erased. Her words themselves are events."""

from __future__ import annotations

from typing import Any

from habitue.store import Truth
from habitue.store.schema import drop_where, rows_where
from habitue.words.whom import Whom

HOLDS = {
    "answer_letter": "by which letters she was answered",
    "proposal_settled": "which things that she said were kept or let go, and by whom",
}


def shown(truth: Truth, whom: Whom) -> dict[str, list[dict[str, Any]]]:
    """Every row that is hers, by relation."""
    said = _said(truth, whom)
    return {relation: rows_where(truth, relation, "seq", said) for relation in HOLDS}


def erase(truth: Truth, whom: Whom) -> dict[str, int]:
    """Erases them; gives how many rows of each relation. Inside a transaction."""
    said = _said(truth, whom)
    return {relation: drop_where(truth, relation, "seq", said) for relation in HOLDS}


def _said(truth: Truth, whom: Whom) -> list[int]:
    return [row["seq"] for row in rows_where(truth, "conversation_fact", "profile_id", whom.profiles)]
