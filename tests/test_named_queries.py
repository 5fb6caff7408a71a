"""Every named query is a text that both databases understand, with the tables that the truth has."""

from __future__ import annotations

from pathlib import Path

import pytest

import habitue
from habitue.store import Truth, sql_text
from habitue.words.errors import Unknown

HOUSE = Path(habitue.__file__).parent


def test_every_query_can_be_prepared_on_both_databases(truth: Truth) -> None:
    """EXPLAIN parses, finds tables and columns and plans, without running anything."""
    wrong = []
    for file in sorted(HOUSE.glob("*/queries/*.sql")):
        text = sql_text(file.parent.parent.name, file.stem)
        try:
            truth.run(f"EXPLAIN {text}", (None,) * text.count("?"))
        except Exception as problem:  # noqa: BLE001  (whatever a driver says, with the name of the query)
            wrong.append(f"{file.relative_to(HOUSE)}: {problem}")
    assert not wrong


def test_a_query_that_does_not_exist_is_named_in_the_error() -> None:
    with pytest.raises(Unknown, match="The room words has no query named weather"):
        sql_text("words", "weather")
