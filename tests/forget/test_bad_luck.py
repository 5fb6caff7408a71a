"""Erasing where the disk is full, where two processes open an old truth at once, and while she is still being told of."""

from __future__ import annotations

import json
import multiprocessing
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from typing import Any

import psycopg
import pytest

from habitue.app.collect.intake import Intake
from habitue.app.erasure.forgetting import certificates, forget, forget_again
from habitue.app.imports import orders as import_orders
from habitue.app.imports.importing import import_file
from habitue.app.opening import open_up
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.store import Settings, clock_of, open_truth, save_settings
from habitue.store.scrubbing import IS_TAKEN, LEFT, NO_ROOM
from habitue.words.errors import HabitueError
from habitue.workshop.postgres_server import as_account
from tests.cast import TODAY, Shop, thanks
from tests.forget.searching import EMAIL, KEY, found
from tests.forget.test_forgetting import HEAD, hers, keep_copy, sort

__all__ = ["hers"]
SPAWN = multiprocessing.get_context("spawn")
ROWS, ORDERS_AT_ONCE = 3_000, 500
LOG_FILE_BYTES, PAGE_BYTES = 1 << 24, 1 << 13
NOBODYS_LETTERS = """INSERT INTO dead_letter (letter_id, key, received_at, words, is_quiet, reason, body)
SELECT 1000000 + n, 'shop', 0, '', 0, 'wrong', CAST(repeat('-', 1000) AS bytea) FROM generate_series(1, %s) AS n"""
"""Long enough that a table of which each page is filled to a tenth has a page for each."""


def in_child(settings: Settings, *words: str, most_bytes: int = 0) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own, none of whose files may grow beyond so many bytes."""
    save_settings(settings)

    def limit() -> None:
        if most_bytes:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    told = [sys.executable, "-m", "habitue", *words, "--data", str(settings.data)]
    return subprocess.run(told, capture_output=True, text=True, check=False, preexec_fn=limit)


@contextmanager
def full_disk(db: psycopg.Connection[tuple[Any, ...]]) -> Iterator[None]:
    """For whoever connects meanwhile, the server has no room for a file that is longer than one of its log: its page after that is cut off.

    A limit of the kernel's that new connections inherit from the server. It is set by the server's own account, which may do so where root may not.
    """
    server = str(db.execute("SELECT pg_read_file('postmaster.pid')").fetchall()[0][0]).split()[0]

    def limit(most_bytes: int) -> None:
        told = ["prlimit", "--pid", server, f"--fsize={most_bytes if most_bytes != resource.RLIM_INFINITY else 'unlimited'}:"]
        done = subprocess.run(told, capture_output=True, text=True, cwd="/", check=False, **as_account())
        assert done.returncode == 0, f"The server's files could not be limited, so that its disk cannot be made full: {done.stderr}"

    limit(LOG_FILE_BYTES + PAGE_BYTES // 2)
    try:
        yield
    finally:
        limit(resource.getrlimit(resource.RLIMIT_FSIZE)[0])  # as it was: the server is a child of ours


@pytest.mark.sqlite
@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_full_disk_is_said_and_the_next_opening_goes_on_on_sqlite(hers: Shop) -> None:
    hers.book(thanks())
    with closing(open_truth(hers.settings)) as truth:
        truth.run("PRAGMA wal_checkpoint(TRUNCATE)")
    size = (hers.settings.data / "truth.sqlite").stat().st_size
    done = in_child(hers.standing(TODAY), "forget", KEY, "--yes", most_bytes=size)
    assert (done.returncode, LEFT[NO_ROOM] in " ".join(done.stderr.split())) == (0, True), done.stderr
    with closing(open_truth(hers.settings)) as truth:
        assert [certificate.left for certificate in certificates(truth)] == [[NO_ROOM]]
    open_up(hers.settings).close()
    with closing(open_truth(hers.settings)) as truth:
        assert [certificate.left for certificate in certificates(truth)] == [[]]
    assert found(hers.settings) == {}


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"])
def test_a_full_disk_is_said_and_the_next_opening_goes_on_on_postgresql(hers: Shop) -> None:
    with psycopg.connect(hers.settings.truth, autocommit=True) as db:
        db.execute("ALTER TABLE dead_letter SET (fillfactor = 10)")
        db.execute(NOBODYS_LETTERS, (LOG_FILE_BYTES // PAGE_BYTES + 1,))
        with full_disk(db), hers.open() as house:
            assert forget(house, KEY).left == [NO_ROOM]
    open_up(hers.settings).close()
    with closing(open_truth(hers.settings)) as truth:
        assert [certificate.left for certificate in certificates(truth)] == [[]]
    assert found(hers.settings) == {}


def open_again(settings: Settings, ready: Barrier) -> None:
    """What every opening does, once both are there."""
    with closing(open_truth(settings)) as truth:
        ready.wait(60)
        forget_again(truth, settings, clock_of(settings))


def test_two_processes_that_open_an_old_truth_at_once_forget_her_once(hers: Shop, tmp_path: Path, engine: str) -> None:
    bring_back = keep_copy(hers.settings, tmp_path)
    with hers.open() as house:
        forget(house, KEY)
    bring_back()
    ready = SPAWN.Barrier(3)
    both = [SPAWN.Process(target=open_again, args=(hers.settings, ready)) for _ in range(2)]
    with closing(open_truth(hers.settings)) as truth:
        for one in both:
            one.start()
        with truth.transaction():
            truth.next_seq(0)  # both have read who is to be forgotten, and wait
            ready.wait(60)
            time.sleep(2)
    for one in both:
        one.join(60)
    assert [one.exitcode for one in both] == [0, 0]
    with closing(open_truth(hers.settings)) as truth:
        assert len(certificates(truth)) == 1
        assert truth.run("SELECT is_left FROM forgetting") == [("[]",)]
    if engine == "sqlite":
        (tmp_path / "copy.sqlite").unlink()
    assert found(hers.settings) == {}


def import_her(settings: Settings, file: Path, kind: str, begun: Event, is_gone: Event) -> None:
    """An import that says when it is under way: of orders, when some are written, after which it waits; any other file of that size is one transaction."""
    import_orders.ORDERS_A_TRANSACTION = ORDERS_AT_ONCE

    def tell(done: int, of: int) -> None:
        if done > of * import_orders.READING_SHARE:
            begun.set()
            is_gone.wait(60)

    with closing(open_up(settings)) as truth:
        if kind != "orders":
            begun.set()
        import_file(truth, settings, file, None, kind, tell)


LONG_FILES = {
    "orders": ("order,customer,product,sold_at,quantity,amount\n", "{who}-{n},{who},veal,2017-09-{day:02},1,9.00\n"),
    "customers": (HEAD, "{who},{name},{email},,,,\n"),
    "preferences": ("customer,item,level,feeling,at,quote\n", "{who},sage,product,like,2017-09-{day:02},said by {name}\n"),
}


@pytest.mark.parametrize("kind", LONG_FILES)
def test_she_is_forgotten_while_a_file_with_her_is_taken_in(hers: Shop, kind: str) -> None:
    head, row = LONG_FILES[kind]
    hers.desk.mkdir(exist_ok=True)
    file = hers.desk / f"long-{kind}.csv"
    people = [(KEY, "Zéphyrine,Quatrepoint", EMAIL) if n % 3 == 0 else (f"o-{n}", "Ute,Noir", "") for n in range(ROWS)]
    rows = [row.format(n=n, who=who, name=name, email=email, day=n % 28 + 1) for n, (who, name, email) in enumerate(people)]
    file.write_text(head + "".join(rows), encoding="utf-8")
    begun, is_gone = SPAWN.Event(), SPAWN.Event()
    taking = SPAWN.Process(target=import_her, args=(hers.settings, file, kind, begun, is_gone))
    with hers.open() as house:
        taking.start()
        assert begun.wait(60)
        assert kind != "orders" or house.truth.run("SELECT 1 FROM orders WHERE order_key LIKE ?", (f"{KEY}-%",)) != []
        forget(house, KEY)
        is_gone.set()
    taking.join(120)
    assert taking.exitcode == 0
    file.unlink()
    open_up(hers.settings).close()
    assert found(hers.settings) == {}


def test_she_is_forgotten_while_her_browser_goes_on_telling(hers: Shop) -> None:
    with closing(open_truth(hers.settings)) as truth, truth.transaction():
        add_write_key(truth, WriteKey("LIVE", "live", "", is_server=False))
    told, wrong, ended = list[Exception | None](), list[HabitueError](), threading.Event()

    def go_on(intake: Intake) -> None:
        number = 0
        while not ended.is_set():
            body = {"type": "identify", "userId": KEY, "messageId": f"n{number}", "traits": {"email": EMAIL}, "timestamp": "2017-10-10T10:00:00Z"}
            odd = {"type": "wrong", "userId": KEY, "messageId": f"w{number}", "traits": {"email": EMAIL}}
            try:
                for each in (body, odd):
                    intake.put("LIVE", "one", False, json.dumps(each).encode(), told.append)
            except HabitueError as full:
                wrong.append(full)
            number += 1
            time.sleep(0.002)

    with Intake(hers.settings) as intake, hers.open() as house:
        thread = threading.Thread(target=go_on, args=(intake,))
        thread.start()
        time.sleep(1)
        forget(house, KEY)
        time.sleep(1)
        ended.set()
        thread.join()
    assert len(told) > 100
    assert wrong == []
    with hers.open() as house:
        sort(house)  # what is acknowledged waits until somebody sorts it
    open_up(hers.settings).close()
    assert found(hers.settings) == {}


@pytest.mark.parametrize("engine", ["postgres"])
def test_what_a_transaction_that_is_open_still_sees_is_waited_for_or_tried_again(hers: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL keeps deleted rows as long as any snapshot sees them, even where it writes a table anew."""
    with psycopg.connect(hers.settings.truth) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT 1 FROM shop")
        monkeypatch.setattr("habitue.store.scrubbing.PATIENCE_SECONDS", 0.5)
        with hers.open() as house:
            assert forget(house, KEY).left == [IS_TAKEN]
        assert found(hers.settings)["raw: postgres/base"] > 0
        monkeypatch.undo()
        threading.Timer(1, reader.rollback).start()
        open_up(hers.settings).close()
    assert found(hers.settings) == {}


@pytest.mark.parametrize("engine", ["postgres"])
def test_a_table_that_is_emptied_keeps_no_sample_of_what_was_in_it(hers: Shop) -> None:
    """PostgreSQL's ANALYZE leaves an empty table's statistics as they were when it had rows."""
    with closing(open_truth(hers.settings)) as truth, truth.transaction():
        write_down(
            truth, [("unknown key", 1_509_000_000, "one", 0, json.dumps({"userId": KEY, "email": EMAIL, "n": n}).encode()) for n in range(3)]
        )  # few, so that they lie there as they are
    with psycopg.connect(hers.settings.truth, autocommit=True) as db:
        db.execute("ANALYZE arrival")
    with hers.open() as house:
        assert forget(house, KEY).left == []
    assert found(hers.settings) == {}


@pytest.mark.parametrize("engine", ["postgres"])
def test_nor_does_a_column_that_a_view_reads(hers: Shop) -> None:
    """Such a column's type cannot be set anew, which would drop its sample; nor is a number of hers kept there."""
    with hers.open() as house:
        [her] = house.truth.run("SELECT profile_id FROM identifier WHERE kind = 'customer' AND value = ?", (KEY,))
    with psycopg.connect(hers.settings.truth, autocommit=True) as db:
        names = columns_of(db, "preference_fact")
        db.execute("DELETE FROM preference_fact")
        for number in range(3):
            said = {"profile_id": her[0], "seq": 900_000 + number, "said_where": f"{EMAIL} {number}"}
            db.execute(f"INSERT INTO preference_fact VALUES ({', '.join(['%s'] * len(names))})", [said.get(name, 0) for name in names])
        db.execute("ANALYZE preference_fact")
        assert samples(db, "preference_fact")
    with hers.open() as house:
        assert forget(house, KEY).left == []
    assert found(hers.settings) == {}
    with psycopg.connect(hers.settings.truth, autocommit=True) as db:
        assert db.execute("SELECT COUNT(*) FROM preference_fact").fetchone() == (0,)
        assert samples(db, "preference_fact") == []


def columns_of(db: psycopg.Connection[tuple[Any, ...]], table: str) -> list[str]:
    return [each.name for each in db.execute(f"SELECT * FROM {table} LIMIT 0").description or ()]


def samples(db: psycopg.Connection[tuple[Any, ...]], table: str) -> list[tuple[Any, ...]]:
    """The columns of which PostgreSQL keeps a value."""
    kept = "SELECT attname FROM pg_stats WHERE tablename = %s AND (most_common_vals IS NOT NULL OR histogram_bounds IS NOT NULL)"
    return db.execute(kept, (table,)).fetchall()
