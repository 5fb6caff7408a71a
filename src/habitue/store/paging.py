"""All rows of a table, page by page, in one snapshot: by its primary key, or by the number of whose they are. The names are ours, never a stranger's."""

from __future__ import annotations

from collections.abc import Iterator

from habitue.store.truth import Row, Truth

PAGE_ROWS = 250
"""So few that rows of any size, as messages are, fit into memory."""
KEYS = {
    "sqlite": "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk",
    "postgres": """SELECT k.column_name FROM information_schema.table_constraints AS t
        JOIN information_schema.key_column_usage AS k ON k.constraint_name = t.constraint_name AND k.table_name = t.table_name
        WHERE t.constraint_type = 'PRIMARY KEY' AND k.table_schema = 'public' AND t.table_schema = 'public' AND t.table_name = ? ORDER BY k.ordinal_position""",
}


def primary_key(truth: Truth, table: str) -> list[str]:
    """The columns of a table's primary key, in its order."""
    return [str(name) for (name,) in truth.run(KEYS[truth.dialect], (table,))]


def pages(truth: Truth, table: str, columns: list[str], where: str = "", at_once: int = PAGE_ROWS) -> Iterator[list[Row]]:
    """The rows of a table (called `r` in `where`), so many at a time, in the order of its primary key."""
    key = primary_key(truth, table)
    places = [columns.index(name) for name in key]
    listed, order = ", ".join(f"r.{name}" for name in columns), ", ".join(f"r.{name}" for name in key)
    beyond, after = "", ()
    while True:
        said = " AND ".join(each for each in (where, beyond) if each)
        rows = truth.run(f"SELECT {listed} FROM {table} AS r {'WHERE ' + said if said else ''} ORDER BY {order} LIMIT {at_once}", after)
        if rows:
            yield rows
        if len(rows) < at_once:
            return
        beyond, after = f"({order}) > ({', '.join('?' * len(key))})", tuple(rows[-1][place] for place in places)


def rows_between(truth: Truth, table: str, columns: list[str], column: str, above: int, up_to: int) -> list[Row]:
    """The rows of a table whose column is above one number, and not above another."""
    return truth.run(f"SELECT {', '.join(columns)} FROM {table} WHERE {column} > ? AND {column} <= ?", (above, up_to))


def rows_through(truth: Truth, table: str, columns: list[str], parent: tuple[str, str, str], above: int, up_to: int) -> list[Row]:
    """Likewise of a table whose rows belong to another's: its name, the column that both have, its column with the number, which comes last in each row."""
    other, by, column = parent
    listed = ", ".join(f"r.{name}" for name in columns)
    return truth.run(
        f"SELECT {listed}, p.{column} FROM {other} AS p JOIN {table} AS r ON r.{by} = p.{by} WHERE p.{column} > ? AND p.{column} <= ?", (above, up_to)
    )
