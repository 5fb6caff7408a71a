"""Many rows into one table at once: what is read again is what was written, on either database, and what breaks off leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from habitue.app.imports.rehearsing import rehearsing
from habitue.store import Truth

COLUMNS = ("number", "said", "body", "share")
SIGNS = ["", "NULL", "\\N", "\\.", "a\tb", "line\nline\r\n", 'quoted "so", and \\so\\\\', "é ␀ 🐟\u2028", None]
ROWS = [
    *((number, said, None, None) for number, said in enumerate(SIGNS)),
    (2**62, "x", b"", 0.1),
    (-(2**62), "x", bytes(range(256)) * 2, -1e-300),
    (100, "x", b"\\x00", 3.0),
]


@pytest.fixture
def full(truth: Truth) -> Truth:
    truth.run(f"CREATE TABLE heap (number BIGINT PRIMARY KEY, said TEXT, body {'BLOB' if truth.dialect == 'sqlite' else 'BYTEA'}, share DOUBLE PRECISION)")
    return truth


def kept(truth: Truth) -> list[tuple[Any, ...]]:
    return truth.run("SELECT number, said, body, share FROM heap ORDER BY number")


def test_every_value_is_read_again_as_it_was_written(full: Truth) -> None:
    with full.transaction():
        full.fill("heap", COLUMNS, iter(ROWS))
    assert kept(full) == sorted(ROWS)


def test_columns_may_be_some_and_in_another_order(full: Truth) -> None:
    with full.transaction():
        full.fill("heap", ("said", "number"), [("one", 1), ("two", 2)])
        full.fill("heap", ("said", "number"), [])
    assert kept(full) == [(1, "one", None, None), (2, "two", None, None)]


def test_what_breaks_off_leaves_nothing(full: Truth) -> None:
    def breaking() -> Iterator[tuple[Any, ...]]:
        yield from ROWS
        raise KeyError("broken off")

    with pytest.raises(KeyError), full.transaction():
        full.fill("heap", COLUMNS, breaking())
    with pytest.raises(Exception, match=r"(?i)unique"), full.transaction():
        full.fill("heap", COLUMNS, [*ROWS, ROWS[0]])
    assert kept(full) == []


def test_a_rehearsal_fills_and_takes_it_back(full: Truth) -> None:
    with rehearsing(full) as tried:
        tried.fill("heap", COLUMNS, ROWS)
        assert len(kept(tried)) == len(ROWS)
    assert kept(full) == []
