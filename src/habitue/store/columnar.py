"""The columnar engine: DuckDB over the projection, one bucket at a time, within set bounds of memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from habitue.store.bases import CUSTOMER
from habitue.words.errors import StoreError

Rows = Iterable[Sequence[int]]


@dataclass(frozen=True)
class Shortage:
    """What to tell a person when memory runs out, and when a file cannot be read or written (with the engine's words in place of {wrong})."""

    memory: str = "The day does not fit in memory; raise memory_mb, or buckets, in habitue.toml, then run the same command again."
    file: str = "A file of the projection cannot be read or written: {wrong}. `habitue project --rebuild` makes it anew."

    def told(self, wrong: duckdb.Error) -> Exception:
        if isinstance(wrong, duckdb.OutOfMemoryException):
            return StoreError(self.memory)
        return StoreError(self.file.format(wrong=wrong)) if isinstance(wrong, duckdb.IOException) else wrong


class Columnar:
    """One DuckDB in memory: common relations are loaded once, a bucket's files are looked at as they lie.

    Raises: StoreError from every method where memory or disk run out.
    """

    def __init__(self, memory_mb: int, temp: Path, threads: int | None = None, shortage: Shortage = Shortage()) -> None:
        self.shortage = shortage
        temp.mkdir(parents=True, exist_ok=True)
        config: dict[str, Any] = {"memory_limit": f"{memory_mb}MB", "temp_directory": str(temp), "autoinstall_known_extensions": False}
        config |= {"autoload_known_extensions": False, "preserve_insertion_order": False}
        if threads:
            config["threads"] = threads
        self.db = duckdb.connect(":memory:", config=config)

    def load(self, name: str, columns: Sequence[str], rows: Rows) -> None:
        """A common relation as a table of BIGINTs."""
        listed = list(rows)
        if listed:
            lists = zip(*listed, strict=True)
            self.load_table(name, pa.table([pa.array(column, pa.int64()) for column in lists], names=list(columns)))
        else:
            self.run(f"CREATE OR REPLACE TEMP TABLE {name} ({', '.join(f'{column} BIGINT' for column in columns)})")  # a tenth of the time

    def load_table(self, name: str, table: pa.Table) -> None:
        """A relation as a table, from an Arrow table."""
        self.db.register("arriving", table)
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arriving")
        self.db.unregister("arriving")

    def look_at(self, relation: str, files: Sequence[Path]) -> None:
        """A customer relation as a view over a bucket's files."""
        if files:
            listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
            self.run(f"CREATE OR REPLACE TEMP VIEW {relation} AS SELECT * FROM read_parquet([{listed}])")
        else:
            empty = ", ".join(f"CAST(0 AS BIGINT) AS {column}" for column in CUSTOMER[relation])
            self.run(f"CREATE OR REPLACE TEMP VIEW {relation} AS SELECT {empty} WHERE 1 = 0")

    def keep(self, name: str, sql: str) -> None:
        """The answer of a statement as a table, for statements that follow."""
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def drop(self, *names: str) -> None:
        for name in names:
            self.run(f"DROP TABLE IF EXISTS {name}")

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        try:
            return self.db.execute(sql).fetchall()
        except duckdb.Error as wrong:
            raise self.shortage.told(wrong) from wrong

    def table(self, sql: str) -> pa.Table:
        """The answer of a statement as an Arrow table."""
        try:
            return self.db.sql(sql).to_arrow_table()
        except duckdb.Error as wrong:
            raise self.shortage.told(wrong) from wrong

    def close(self) -> None:
        self.db.close()
