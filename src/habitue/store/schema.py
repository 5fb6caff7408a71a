"""What the truth is made of, as the database itself tells it: its relations and their columns; and rows by one column, for whoever shows or erases a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from functools import cache
from itertools import islice
from typing import Any

from habitue.store.migrate import lay_anew, migrate
from habitue.store.truth import SqliteTruth, Truth

VALUES_A_STATEMENT = 10_000
TABLES = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    "postgres": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name",
}
COLUMNS = {
    "sqlite": "SELECT name FROM pragma_table_info(?) ORDER BY cid",
    "postgres": "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ? ORDER BY ordinal_position",
}


def tables(truth: Truth) -> list[str]:
    """Every table; views hold nothing of their own."""
    return [str(name) for (name,) in truth.run(TABLES[truth.dialect])]


@cache
def our_tables() -> frozenset[str]:
    """Every table that the migrations make, whatever else lies in a database."""
    with closing(SqliteTruth(":memory:")) as nowhere:
        migrate(nowhere)
        return frozenset(tables(nowhere))


def columns_after(migrations: Collection[str]) -> dict[str, list[str]]:
    """The columns of every table, as these migrations leave them."""
    with closing(SqliteTruth(":memory:")) as nowhere:
        lay_anew(nowhere, (), migrations)
        return {table: columns(nowhere, table) for table in tables(nowhere)}


def columns(truth: Truth, table: str) -> list[str]:
    """The columns of a table, in its order."""
    return [str(name) for (name,) in truth.run(COLUMNS[truth.dialect], (table,))]


def rows_where(truth: Truth, table: str, column: str, values: Iterable[Any]) -> list[dict[str, Any]]:
    """The rows of a table whose column has one of these values, by column. The names are ours, never a stranger's."""
    names = columns(truth, table)
    found: list[dict[str, Any]] = []
    for part in _parts(values):
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE {column} IN ({', '.join('?' * len(part))})"
        found += [dict(zip(names, row, strict=True)) for row in truth.run(sql, part)]
    return found


def drop_where(truth: Truth, table: str, column: str, values: Iterable[Any]) -> int:
    """Drops the rows of a table whose column has one of these values; gives how many there were. Inside a transaction."""
    dropped = 0
    for part in _parts(values):
        dropped += len(truth.run(f"DELETE FROM {table} WHERE {column} IN ({', '.join('?' * len(part))}) RETURNING 1", part))
    return dropped


def _parts(values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    every = iter(dict.fromkeys(values))
    while part := tuple(islice(every, VALUES_A_STATEMENT)):
        yield part
