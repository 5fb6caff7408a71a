"""The truth on PostgreSQL, through psycopg: one connection, opened anew where the server has ended it, as a restart does."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus

from habitue.store.at_commit import AtCommit
from habitue.store.queries import sql_text
from habitue.words.errors import Busy, StoreError

if TYPE_CHECKING:
    from habitue.store.truth import Dialect, Row

SETTINGS = (
    "SET plan_cache_mode = force_generic_plan",
    "SET jit = off",
    "SET join_collapse_limit = 1",  # judgement's texts join in a good order; PostgreSQL's guesses are worse
    "SET from_collapse_limit = 1",
    "SET work_mem = '64MB'",
    # these are for judging one customer, and hold for everything else on this connection
    "SET random_page_cost = 0.2",  # what she is judged by lies in memory
    "SET enable_mergejoin = off",  # it walks a whole table in order where her few rows meet few of it
    "SET enable_material = off",
)
CONNECT_SECONDS = 10
"""How long a server may take to let us in, where its address does not say."""
LOOKS = 2
"""The first reads the server's last words, the second sees that there is nothing behind them."""


class PostgresTruth:
    """Every statement outside `transaction` is its own. What breaks off within one is lost as a whole, and whoever began it is told."""

    dialect: Dialect = "postgres"

    def __init__(self, address: str, folder: Path, busy_milliseconds: int) -> None:
        self._turn = threading.RLock()
        self.folder, self.at_commit = folder, AtCommit()
        self._busy_milliseconds = busy_milliseconds
        self._address, self._is_ended, self._depth, self.connection = address, False, 0, 0
        self._open()

    def _open(self) -> None:
        try:
            where: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, **conninfo_to_dict(self._address)}
            db = psycopg.connect(**where, autocommit=True, prepare_threshold=2)
            try:
                for setting in (*SETTINGS, f"SET lock_timeout = {self._busy_milliseconds}"):
                    db.execute(setting)
            except BaseException:
                db.close()
                raise
        except psycopg.Error as wrong:
            raise StoreError(f"PostgreSQL did not open: {wrong}. Look at `truth` in habitue.toml.") from wrong
        self._db = db
        self.connection += 1

    def opened(self, busy_milliseconds: int) -> None:
        """From now on, and on every connection to come, whoever finds the house taken waits so long."""
        self._busy_milliseconds = busy_milliseconds
        self.run(f"SET lock_timeout = {busy_milliseconds}")

    def _begin(self) -> None:
        """Opens anew where the server has ended the connection; asking costs no way to it and back."""
        with suppress(psycopg.Error):
            for _ in range(LOOKS):
                self._db.pgconn.consume_input()
        if self._db.closed and not self._is_ended:
            self._db.close()
            self._open()

    @contextmanager
    def _within(self) -> Iterator[None]:
        """Until its end nothing is opened anew: the first half of a transaction would be missing, and nobody told."""
        if not self._depth:
            self._begin()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        with self._turn, _said(), self._within():
            cursor = self._db.execute(_percent(sql), tuple(params))
            return cursor.fetchall() if cursor.description else []

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._turn, _said(), self._within(), self._db.cursor() as cursor:
            cursor.executemany(_percent(sql), list(rows))

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        with self._turn, _said(), self._within(), self._db.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def run_in_turn(self, statements: Iterable[tuple[str, Sequence[Any]]]) -> None:
        with self._turn, _said(), self._db.pipeline():
            for sql, params in statements:
                self._db.execute(_percent(sql), tuple(params))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._turn:
            try:
                with _said(), self._within(), self._db.transaction():
                    yield
                    self._must_be_there()
                    self.at_commit.going()
            except BaseException:
                self.at_commit.lost()
                raise
            self.at_commit.kept()

    @contextmanager
    def snapshot(self, is_patient: bool = False) -> Iterator[None]:
        with self._turn, _said():
            if self._depth:
                yield
                return
            with self._within(), self._db.transaction():
                self.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                if is_patient:
                    self.run("SET LOCAL lock_timeout = 0")
                yield

    def _must_be_there(self) -> None:
        """A transaction whose connection has gone, or in which a statement failed, unnoticed by whoever wrote is no success: its COMMIT would keep nothing."""
        if self._db.closed:
            raise psycopg.OperationalError("the connection ended within a transaction; nothing of it was kept")
        if self._db.info.transaction_status == TransactionStatus.INERROR:
            raise psycopg.OperationalError("a statement failed within a transaction; nothing of it was kept")

    def next_seq(self, how_many: int = 1) -> int:
        return int(self.run(sql_text("store", "next_seq"), (how_many,))[0][0]) - how_many + 1

    def close(self) -> None:
        self._is_ended = True
        self._db.close()


def _percent(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as wrong:
        raise _error(wrong) from wrong


def _error(wrong: psycopg.Error) -> Exception:
    if isinstance(wrong, psycopg.errors.DiskFull):
        return StoreError("The disk of the database is full. Nothing of the last step was kept; make room, then run the same command again.")
    if isinstance(wrong, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected | psycopg.errors.SerializationFailure):
        return Busy("Another Habitué is writing to this house; wait until it is done, then try again.")
    if isinstance(wrong, psycopg.OperationalError):
        return StoreError(f"The database went away: {wrong}.")
    return wrong
