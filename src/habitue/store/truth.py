"""The truth: one transactional database a brand, SQLite or PostgreSQL, behind one small door.

Texts use `?` for parameters on both. Rows come back as tuples.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol

import apsw

from habitue.store.at_commit import AtCommit
from habitue.store.migrate import migrate
from habitue.store.postgres import PostgresTruth
from habitue.store.queries import sql_text
from habitue.store.settings import Settings
from habitue.words.errors import Busy, StoreError

Row = tuple[Any, ...]
Dialect = Literal["sqlite", "postgres"]
BUSY_MILLISECONDS = 10_000
"""How long whoever finds the house taken waits for it, on both databases; then he is told `Busy`."""
OPENING_MILLISECONDS = 60_000
"""While tables are brought up to date, whoever opens the same house waits for it."""


class Truth(Protocol):
    """What the rooms may ask of a database."""

    dialect: Dialect
    folder: Path
    """The house's own folder, for what lies beside the database and outlives a restore of it."""
    at_commit: AtCommit

    @property
    def connection(self) -> int:
        """Which connection this is, from 1: with each new one, the temporary tables of the last are gone."""

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """The rows of one statement, or none."""

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for each row of parameters."""

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Many rows into these columns of one table, by the shortest way that the database has; inside a transaction. The names are ours."""

    def run_in_turn(self, statements: Iterable[tuple[str, Sequence[Any]]]) -> None:
        """Several statements whose rows nobody reads, one after another, without waiting for each answer; inside a transaction or a snapshot."""

    def transaction(self) -> Any:
        """All or nothing; one level deep, waiting its turn to write."""

    def snapshot(self, is_patient: bool = False) -> Any:
        """Several reads of one and the same state. `is_patient` where it is long, and rather waits for a table that is written anew than ends with `Busy`."""

    def next_seq(self, how_many: int = 1) -> int:
        """The first of a block of write numbers; only inside a transaction."""

    def close(self) -> None: ...


class SqliteTruth:
    """SQLite through APSW: WAL and synchronous=FULL, so that what was acknowledged survives a power cut."""

    dialect: Dialect = "sqlite"
    connection = 1

    def __init__(self, file: Path | str) -> None:
        self._turn = threading.RLock()
        self.folder, self.at_commit = Path(file).parent, AtCommit()
        try:
            self._db = apsw.Connection(str(file), statementcachesize=256)
            self._db.set_busy_timeout(OPENING_MILLISECONDS)
            self._db.create_scalar_function("lower", _lower, 1, deterministic=True)  # SQLite's own knows ASCII only
            self._to_wal()
            for pragma in ("synchronous=FULL", "cache_size=-65536", "temp_store=MEMORY", "secure_delete=ON"):
                self._db.execute(f"PRAGMA {pragma}")
        except apsw.Error as wrong:
            raise _sqlite_error(wrong) from wrong

    def _to_wal(self) -> None:
        """The first who opens a house makes its log. SQLite makes nobody wait for that (two who wait for each other would for ever), so we ask again."""
        until = time.monotonic() + OPENING_MILLISECONDS / 1000
        while True:
            try:
                self._db.execute("PRAGMA journal_mode=WAL")
                return
            except apsw.BusyError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.01)

    def opened(self) -> None:
        """From now on, whoever finds the house taken waits no longer than is good for a person."""
        self._db.set_busy_timeout(BUSY_MILLISECONDS)

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        with self._turn:
            try:
                return self._db.execute(sql, tuple(params)).fetchall()
            except apsw.Error as wrong:
                raise _sqlite_error(wrong) from wrong

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._turn:
            try:
                self._db.executemany(sql, rows)
            except apsw.Error as wrong:
                raise _sqlite_error(wrong) from wrong

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        self.run_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)

    def run_in_turn(self, statements: Iterable[tuple[str, Sequence[Any]]]) -> None:
        with self._turn:
            for sql, params in statements:
                self.run(sql, params)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._turn:
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.at_commit.going()
                self.run("COMMIT")
            except BaseException:
                self.at_commit.lost()
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self.at_commit.kept()

    @contextmanager
    def snapshot(self, is_patient: bool = False) -> Iterator[None]:
        with self._turn:
            if self._db.in_transaction:
                yield
                return
            self.run("BEGIN")
            try:
                yield
            finally:
                self.run("COMMIT")

    def next_seq(self, how_many: int = 1) -> int:
        return int(self.run(sql_text("store", "next_seq"), (how_many,))[0][0]) - how_many + 1

    def close(self) -> None:
        self._db.close()


def open_truth(settings: Settings) -> Truth:
    """The truth of a house, with its tables brought up to date.

    Raises: StoreError where the disk or the server says no.
    """
    truth: Truth
    if settings.truth == "sqlite":
        try:
            settings.data.mkdir(parents=True, exist_ok=True)
        except OSError as wrong:
            raise StoreError(f"The folder {settings.data} cannot be made: {wrong.strerror}.") from wrong
        truth = embedded = SqliteTruth(settings.data / "truth.sqlite")
        migrate(truth)
        embedded.opened()
    else:
        truth = server = PostgresTruth(settings.truth, settings.data, OPENING_MILLISECONDS)
        migrate(truth)
        server.opened(BUSY_MILLISECONDS)
    return truth


def _lower(*values: float | Any | str | None) -> float | Any | str | None:
    return values[0].lower() if isinstance(values[0], str) else values[0]


def _sqlite_error(wrong: apsw.Error) -> Exception:
    if isinstance(wrong, apsw.BusyError | apsw.LockedError):
        return Busy("Another Habitué is writing to this house; wait until it is done, then try again.")
    if isinstance(wrong, apsw.FullError):
        return StoreError("The disk is full. Nothing of the last step was kept; make room, then run the same command again.")
    if isinstance(wrong, apsw.IOError | apsw.CantOpenError | apsw.ReadOnlyError | apsw.CorruptError | apsw.NotADBError):
        return StoreError(f"The database file cannot be used: {wrong}.")
    return wrong
