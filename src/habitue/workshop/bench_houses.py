"""The demo's house for benchmarks: made where none is given, and copied row by row into PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import msgspec
import psycopg
from rich.console import Console

from habitue.store import Settings, load_settings, open_truth
from habitue.workshop.bench import bench_folder
from habitue.workshop.demo import run
from habitue.workshop.postgres_server import postgres_server

NOT_JUDGED_BY = ("event", "event_key", "event_refused", "import_run", "import_reject", "import_part")
"""Tables that no judgement reads: left out of the copy."""


@contextmanager
def demo_house(data: Path | None) -> Iterator[Settings]:
    """The settings of the demo's house: the one in `data`, or one that is made for the length of the block."""
    if data is not None:
        yield load_settings(data, {})
        return
    with bench_folder() as folder:
        yield run(folder / "demo", None, Console(quiet=True))


@contextmanager
def on_postgres(settings: Settings) -> Iterator[Settings]:
    """The same house with its truth on a PostgreSQL server of its own."""
    with postgres_server() as address, bench_folder() as folder:
        (folder / "book").symlink_to(settings.book_folder.absolute())
        copy = msgspec.structs.replace(settings, data=folder, truth=address)
        copy_truth(settings, copy)
        yield copy


def copy_truth(source: Settings, target: Settings, without: Collection[str] = NOT_JUDGED_BY) -> int:
    """Copies all rows, but of some tables, from a house on SQLite into an empty one on PostgreSQL; gives how many."""
    open_truth(target).close()
    rows = 0
    with psycopg.connect(target.truth) as there:
        here = apsw.Connection(str(source.data / "truth.sqlite"), flags=apsw.SQLITE_OPEN_READONLY)
        tables = there.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'").fetchall()
        for (table,) in tables:
            there.execute(f'TRUNCATE "{table}"')
            if table not in without:
                rows += _copy_table(here, there, table)
        here.close()
        there.commit()
        there.autocommit = True
        there.execute("VACUUM ANALYZE")
    return rows


def _copy_table(here: apsw.Connection, there: psycopg.Connection, table: str) -> int:
    columns = there.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position", (table,)).fetchall()
    listed = ", ".join(f'"{name}"' for (name,) in columns)
    rows = 0
    with there.cursor().copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy:
        for row in here.execute(f'SELECT {listed} FROM "{table}"'):
            copy.write_row(row)
            rows += 1
    return rows
