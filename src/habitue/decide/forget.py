"""How much was said to her lately, as tokens: shown, and erased."""

from __future__ import annotations

from typing import Any

from habitue.store import Truth
from habitue.store.schema import drop_where, rows_where
from habitue.words.whom import Whom

HOLDS = {"token": "how many words she may still get this week and month"}


def shown(truth: Truth, whom: Whom) -> dict[str, list[dict[str, Any]]]:
    """Every row that is hers, by relation."""
    return {"token": rows_where(truth, "token", "customer_id", whom.profiles)}


def erase(truth: Truth, whom: Whom) -> dict[str, int]:
    """Erases them; gives how many rows. Inside a transaction."""
    return {"token": drop_where(truth, "token", "customer_id", whom.profiles)}
