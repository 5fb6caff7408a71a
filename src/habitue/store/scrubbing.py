"""Bytes that nobody needs any more, gone from the database's files: what is deleted leaves pages, logs and statistics behind.

SQLite overwrites what it deletes, but a page that was split keeps what moved away from it, and the log keeps pages as they were: the file is written
anew (VACUUM), then the log is cut to nothing. PostgreSQL keeps deleted rows in their pages, samples of values in its statistics and everything in its
log: the tables are written anew with their statistics, and the log is ended. What somebody's open transaction may still see, it would keep even then, so
those are waited for.
Source: SQLite, "PRAGMA secure_delete", "VACUUM"; PostgreSQL 15, 25.1.2 (VACUUM FULL), 25.1.5 (what is too recent to go), 30.5 (recycled segments), 20.5
(wal_recycle), 28.2.3 (pg_stat_activity).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

import apsw
import psycopg
from psycopg import sql

from habitue.store.settings import Settings

PATIENCE_SECONDS = 20.0
QUEUE_SECONDS = 3.0
"""How long one try may stand in the queue for a table of PostgreSQL's: whoever comes after it waits behind it, readers too, and for 10 s only."""
SORTING_MEMORY_MEGABYTES = 256
"""What PostgreSQL may take while a table's indexes are made anew; with its own 64, six million lines took half as long again."""
LOG_IS_READ = "log_is_read"
NO_ROOM = "no_room"
PLACE_AWAY, PLACE_TAKEN, LIST_DAMAGED = "place_away", "place_taken", "list_damaged"
FILE_STAYS = "file_stays"
NO_RIGHT_TO_CATALOGUE, NO_RIGHT_TO_LOG, IS_RECYCLED, IS_ARCHIVED, IS_COPIED, IS_TAKEN = (
    *("no_right_to_statistics", "no_right_to_log", "log_is_recycled", "log_is_archived", "log_is_copied", "table_is_taken"),
)
LEFT = {
    LOG_IS_READ: "Somebody reads the database for long, so that its log could not be cut; the next opening of the house tries again.",
    NO_ROOM: "The disk has no room to write the database anew; make room, and the next opening of the house tries again.",
    IS_TAKEN: "Somebody holds a table for long, so that it could not be written anew; the next opening of the house tries again.",
    NO_RIGHT_TO_CATALOGUE: "The account may not write PostgreSQL's statistics anew; let the database belong to it.",
    NO_RIGHT_TO_LOG: "The account may not end PostgreSQL's log: GRANT pg_checkpoint TO it, and EXECUTE ON FUNCTION pg_switch_wal() TO it.",
    IS_RECYCLED: "PostgreSQL uses the files of its log again, with what is in them: set wal_recycle = off.",
    IS_ARCHIVED: "PostgreSQL archives its log: what is in the archive is gone only when that is.",
    FILE_STAYS: "A file that tells of her could not be deleted (in inbox/, audits/ or the log of the house's folder); the next opening of the house tries "
    "again. Is it still said then, delete what lies there by hand.",
    PLACE_AWAY: "A folder of backups could not be reached: her keys there live until it can be; the next opening of the house tries again. "
    "Is it gone for good: habitue backup FOLDER --end --lost, and delete its backups.",
    PLACE_TAKEN: "A folder of backups belongs by now to a house that was restored from them, so that her keys there live: forget her in that house, too. "
    "Is this the house that lives on: habitue backup FOLDER --take-over.",
    LIST_DAMAGED: "The list of those who were forgotten, or who left, is damaged in a folder of backups or in the house's: the log says which line, and what "
    "to do. Her keys may live until then; the next opening of the house tries again. Delete no backup for that.",
    IS_COPIED: "PostgreSQL keeps its log for a copy of the database (a replication slot): it is gone only once that has read it.",
}
"""What may be left, and what somebody must do about it."""
TRIED_AGAIN = (LOG_IS_READ, IS_TAKEN, NO_ROOM)

KINDS = "SELECT data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position"
NOTHING: dict[str, str | bytes] = {"text": "", "bytea": b""}
OLDER = """SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND (age(backend_xmin) >= age(CAST(CAST(%s AS text) AS xid)) OR age(backend_xid) >= age(CAST(CAST(%s AS text) AS xid))) LIMIT 1"""


def scrub(settings: Settings, tables: Iterable[str], is_passing: bool = False) -> list[str]:
    """Writes anew what these tables lie in; gives what is left over, as keys of `LEFT`. This process may have no transaction open.

    `is_passing` where rows only passed through tables that are emptied from their ends, as messages do: SQLite has then overwritten them itself.
    """
    return list(dict.fromkeys(_sqlite(settings, is_passing) if settings.truth == "sqlite" else _postgres(settings, sorted(set(tables)))))


def _sqlite(settings: Settings, is_passing: bool) -> Iterator[str]:
    db = apsw.Connection(str(settings.data / "truth.sqlite"))
    try:
        db.set_busy_timeout(int(PATIENCE_SECONDS * 1000))
        db.execute("PRAGMA secure_delete = ON")
        try:
            if not is_passing:
                db.execute("VACUUM")
        except apsw.BusyError:
            yield IS_TAKEN
        except (apsw.FullError, apsw.IOError):
            yield NO_ROOM
        until = time.monotonic() + PATIENCE_SECONDS
        while _is_busy(db):
            if time.monotonic() > until:
                yield LOG_IS_READ
                return
            time.sleep(0.05)
    finally:
        db.close()


def _is_busy(db: apsw.Connection) -> bool:
    try:
        return bool(db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0])
    except apsw.BusyError:
        return True


def _postgres(settings: Settings, tables: list[str]) -> Iterator[str]:
    with psycopg.connect(settings.truth, autocommit=True) as db:
        db.execute(f"SET lock_timeout = {int(min(QUEUE_SECONDS, PATIENCE_SECONDS) * 1000)}")
        db.execute(f"SET maintenance_work_mem = '{SORTING_MEMORY_MEGABYTES}MB'")
        if not _seen_by_nobody(db):
            yield IS_TAKEN
        for table in tables:
            try:
                _patiently(db.execute, sql.SQL("VACUUM (FULL, ANALYZE) {}").format(sql.Identifier(table)))
                _patiently(_drop_samples, db, table)
            except psycopg.errors.LockNotAvailable:
                yield IS_TAKEN
            except psycopg.errors.DiskFull:
                yield NO_ROOM
        if not _seen_by_nobody(db):
            yield IS_TAKEN
        yield from _tried(db, ("VACUUM FULL pg_catalog.pg_statistic",), NO_RIGHT_TO_CATALOGUE)
        yield from _tried(db, ("CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT"), NO_RIGHT_TO_LOG)
        told: dict[str, str] = dict(db.execute("SELECT name, setting FROM pg_settings WHERE name IN ('wal_recycle', 'archive_mode')").fetchall())
        if told.get("wal_recycle") == "on":
            yield IS_RECYCLED
        if told.get("archive_mode", "off") != "off":
            yield IS_ARCHIVED
        if db.execute("SELECT 1 FROM pg_replication_slots LIMIT 1").fetchone():
            yield IS_COPIED


def _patiently(do: Callable[..., object], *told: object) -> None:
    """Does it once nobody else holds the table; between two tries everybody who waited behind us has his turn. Raises: LockNotAvailable, after the last."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            do(*told)
            return
        except psycopg.errors.LockNotAvailable:
            if time.monotonic() > until:
                raise
        time.sleep(0.05)


def _drop_samples(db: psycopg.Connection[tuple[object, ...]], table: str) -> None:
    """The samples of an empty table's values: ANALYZE keeps those that it took while there were rows, and of one row takes none. So it is shown one that says
    nothing, which nobody else ever sees.
    """
    name = sql.Identifier(table)
    if db.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(name)).fetchone():
        return
    nothing = [sql.Literal(NOTHING.get(str(kind), 0)) for (kind,) in db.execute(KINDS, (table,))]
    with db.transaction():
        laid = sql.SQL("INSERT INTO {} VALUES ({}) ON CONFLICT DO NOTHING RETURNING ctid").format(name, sql.SQL(", ").join(nothing))
        for (place,) in db.execute(laid).fetchall():
            db.execute(sql.SQL("ANALYZE {}").format(name))
            db.execute(sql.SQL("DELETE FROM {} WHERE ctid = CAST(%s AS tid)").format(name), (str(place),))  # and nobody's who wrote meanwhile


def _seen_by_nobody(db: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Waits until no transaction is open that may still see what was deleted up to now; gives whether that came about."""
    now = db.execute("SELECT CAST(pg_current_xact_id() AS xid)").fetchone()
    until = time.monotonic() + PATIENCE_SECONDS
    while db.execute(OLDER, (now[0],) * 2 if now else ()).fetchone():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _tried(db: psycopg.Connection[tuple[object, ...]], statements: Iterable[str], left: str) -> Iterator[str]:
    try:
        for statement in statements:
            _patiently(db.execute, statement.encode())
    except psycopg.errors.InsufficientPrivilege:
        yield left
    except psycopg.errors.LockNotAvailable:
        yield IS_TAKEN
