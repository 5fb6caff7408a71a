"""The truth: one transactional database a brand, SQLite or PostgreSQL, behind one small door.

Texts use `?` for parameters on both. Rows come back as tuples.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol

import apsw
import psycopg

from habitue.store.migrate import migrate
from habitue.store.settings import Settings
from habitue.words.errors import Busy, StoreError

Row = tuple[Any, ...]
Dialect = Literal["sqlite", "postgres"]
BUSY_MILLISECONDS = 10_000
OPENING_MILLISECONDS = 60_000
"""While tables are brought up to date, whoever opens the same house waits for it."""


class Truth(Protocol):
    """What the rooms may ask of a database."""

    dialect: Dialect

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """The rows of one statement, or none."""

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for each row of parameters."""

    def run_in_turn(self, statements: Iterable[tuple[str, Sequence[Any]]]) -> None:
        """Several statements whose rows nobody reads, one after another, without waiting for each answer; inside a transaction or a snapshot."""

    def transaction(self) -> Any:
        """All or nothing; one level deep, waiting its turn to write."""

    def snapshot(self) -> Any:
        """Several reads of one and the same state."""

    def next_seq(self, how_many: int = 1) -> int:
        """The first of a block of write numbers; only inside a transaction."""

    def close(self) -> None: ...


class SqliteTruth:
    """SQLite through APSW: WAL and synchronous=FULL, so that what was acknowledged survives a power cut."""

    dialect: Dialect = "sqlite"

    def __init__(self, file: Path | str) -> None:
        self._turn = threading.RLock()
        try:
            self._db = apsw.Connection(str(file), statementcachesize=256)
            self._db.set_busy_timeout(OPENING_MILLISECONDS)
            self._db.create_scalar_function("lower", _lower, 1, deterministic=True)  # SQLite's own knows ASCII only
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536", "temp_store=MEMORY", "secure_delete=ON"):
                self._db.execute(f"PRAGMA {pragma}")
        except apsw.Error as wrong:
            raise _sqlite_error(wrong) from wrong

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
                self.run("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
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
        return _next_seq(self, how_many)

    def close(self) -> None:
        self._db.close()


class PostgresTruth:
    """PostgreSQL through psycopg; every statement outside `transaction` is its own."""

    dialect: Dialect = "postgres"

    def __init__(self, address: str) -> None:
        self._turn = threading.RLock()
        try:
            self._db = psycopg.connect(address, autocommit=True, prepare_threshold=2)
            self._db.execute("SET plan_cache_mode = force_generic_plan")
            self._db.execute("SET jit = off")
            self._db.execute("SET join_collapse_limit = 1")  # judgement's texts join in a good order; PostgreSQL's guesses are worse
            self._db.execute("SET from_collapse_limit = 1")
            self._db.execute("SET work_mem = '64MB'")
            # these are for judging one customer, and hold for everything else on this connection
            self._db.execute("SET random_page_cost = 0.2")  # what she is judged by lies in memory
            self._db.execute("SET enable_mergejoin = off")  # it walks a whole table in order where her few rows meet few of it
            self._db.execute("SET enable_material = off")
        except psycopg.Error as wrong:
            raise StoreError(f"PostgreSQL did not open: {wrong}. Look at `truth` in habitue.toml.") from wrong

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        with self._turn, _postgres_said():
            cursor = self._db.execute(_percent(sql), tuple(params))
            return cursor.fetchall() if cursor.description else []

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._turn, _postgres_said(), self._db.cursor() as cursor:
            cursor.executemany(_percent(sql), list(rows))

    def run_in_turn(self, statements: Iterable[tuple[str, Sequence[Any]]]) -> None:
        with self._turn, _postgres_said(), self._db.pipeline():
            for sql, params in statements:
                self._db.execute(_percent(sql), tuple(params))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._turn, _postgres_said(), self._db.transaction():
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._turn, _postgres_said():
            if self._db.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                yield
                return
            with self._db.transaction():
                self.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                yield

    def next_seq(self, how_many: int = 1) -> int:
        return _next_seq(self, how_many)

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
        truth = PostgresTruth(settings.truth)
        migrate(truth)
    return truth


def _lower(*values: float | Any | str | None) -> float | Any | str | None:
    return values[0].lower() if isinstance(values[0], str) else values[0]


def _next_seq(truth: Truth, how_many: int) -> int:
    rows = truth.run("UPDATE counter SET value = value + ? WHERE name = 'seq' RETURNING value", (how_many,))
    return int(rows[0][0]) - how_many + 1


def _percent(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def _sqlite_error(wrong: apsw.Error) -> Exception:
    if isinstance(wrong, apsw.BusyError | apsw.LockedError):
        return Busy("Another Habitué is writing to this house; wait until it is done, then try again.")
    if isinstance(wrong, apsw.FullError):
        return StoreError("The disk is full. Nothing of the last step was kept; make room, then run the same command again.")
    if isinstance(wrong, apsw.IOError | apsw.CantOpenError | apsw.ReadOnlyError | apsw.CorruptError | apsw.NotADBError):
        return StoreError(f"The database file cannot be used: {wrong}.")
    return wrong


@contextmanager
def _postgres_said() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as wrong:
        raise _postgres_error(wrong) from wrong


def _postgres_error(wrong: psycopg.Error) -> Exception:
    if isinstance(wrong, psycopg.errors.DiskFull):
        return StoreError("The disk of the database is full. Nothing of the last step was kept; make room, then run the same command again.")
    if isinstance(wrong, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected | psycopg.errors.SerializationFailure):
        return Busy("Another Habitué is writing to this house; wait until it is done, then try again.")
    if isinstance(wrong, psycopg.OperationalError):
        return StoreError(f"The database went away: {wrong}.")
    return wrong
