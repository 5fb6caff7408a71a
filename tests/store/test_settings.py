"""Settings, the migrations and the engine's bounds: what is wrong is said in a sentence, and nothing is half done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import apsw
import psycopg
import pytest

from habitue.store import Settings, Truth, clock_of, load_settings, open_truth, save_settings
from habitue.store import migrate as migrations
from habitue.store.columnar import Columnar
from habitue.store.truth import SqliteTruth
from habitue.words.clock import instant_of, parse_day
from habitue.words.errors import HabitueError, SettingsError, StoreError


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("zone", "Mars/Olympus", "is not a time zone; write it as Europe/Paris"),
        ("zone", "America", "is not a time zone"),
        ("zone", "../../etc/passwd", "is not a time zone"),
        ("special_hours", "2026-12-24 9-12", "Write other hours of single days as “2026-12-24 09:00-12:00"),
        ("today", "2017-02-30", "“2017-02-30” is not a day; write it as 2017-11-02"),
        ("language", "de", "“de” is not spoken here; use en or fr"),
        ("buckets", "0", "buckets is 0; use 1 to 4096"),
        ("buckets", "many", "Expected `int`"),
        ("memory_mb", "20", "needs at least 200"),
        ("truth", "mysql://x", "truth must be sqlite or an address"),
    ],
)
def test_a_wrong_value_stops_with_a_sentence(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings(tmp_path, {f"HABITUE_{name.upper()}": value})


@pytest.mark.parametrize("text", ['colour = "red"\n', "zone = \n", "buckets = 1.5\n"])
def test_a_wrong_file_stops_with_a_sentence_that_names_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "habitue.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"habitue\.toml"):
        load_settings(tmp_path, {})


def test_what_is_saved_is_read_again_and_the_environment_wins(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, brand='Chez « Élise »\n"A\\B"', today="2017-11-02", buckets=3, invented_names=True)
    save_settings(settings)
    assert load_settings(tmp_path, {}) == settings
    assert load_settings(tmp_path, {"HABITUE_BUCKETS": "5"}).buckets == 5
    assert clock_of(settings).instant() == instant_of(parse_day("2017-11-02"), 6, "Europe/Paris")


def test_migrations_run_once_and_by_one_of_two_that_come_at_once(settings: Settings) -> None:
    wrong: list[HabitueError] = []

    def come() -> None:
        try:
            open_truth(settings).close()
        except HabitueError as error:
            wrong.append(error)

    both = [threading.Thread(target=come) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert wrong == []
    with closing(open_truth(settings)) as truth:
        assert migrations.migrate(truth) == []


def test_a_house_of_which_another_is_just_making_the_log_is_waited_for(tmp_path: Path) -> None:
    """SQLite lets nobody wait for its change to a log where somebody else is about to write."""
    holder = apsw.Connection(str(tmp_path / "truth.sqlite"))
    holder.execute("CREATE TABLE held (n)")
    holder.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, holder.execute, ("COMMIT",)).start()
    with closing(open_truth(load_settings(tmp_path, {}))) as truth:
        assert truth.run("PRAGMA journal_mode") == [("wal",)]


def test_a_house_of_the_first_shape_learns_the_type_of_its_lines_and_keeps_what_was_said(tmp_path: Path) -> None:
    old = SqliteTruth(tmp_path / "truth.sqlite")
    first = files("habitue.store") / "migrations" / "2026_11_21_first.sql"
    old.run("CREATE TABLE migration (name TEXT PRIMARY KEY)")
    migrations._run_once(old, first.name, first.read_text(encoding="utf-8"))
    old.run("INSERT INTO product (product_id, type_id, category_id, department_id) VALUES (5, 9, 0, 0)")
    old.run("INSERT INTO order_line VALUES (7, 17000, 3, 4, 0, 5, 1000, 250, 1500000000)")
    old.run("INSERT INTO profile VALUES (7, 7)")
    old.run("INSERT INTO consent VALUES (7, 1500000000, 5, 2, 1, 0)")
    old.run("INSERT INTO projection_file VALUES ('mark', 0, '', 0, 4, 4)")
    old.close()
    with closing(open_truth(load_settings(tmp_path, {}))) as truth:
        assert truth.run("SELECT customer_id, type_id, product_id, quantity_milli FROM line") == [(7, 9, 5, 1000)]
        assert truth.run("SELECT customer_id, profile_id, joined_at, purpose, channel, is_granted FROM consent") == [(7, 7, 0, 2, 1, 0)]
        assert truth.run("SELECT count(*) FROM projection_file") == [(0,)]


def test_a_migration_that_fails_leaves_nothing_behind(truth: Truth) -> None:
    def tables() -> set[str]:
        is_sqlite = truth.dialect == "sqlite"
        return {name for (name,) in truth.run("SELECT name FROM sqlite_master" if is_sqlite else "SELECT tablename FROM pg_tables")}

    before = tables()
    with pytest.raises(Exception, match=r"(?i)syntax"):
        migrations._run_once(truth, "2026_12_01_broken.sql", "CREATE TABLE half (a BIGINT);\nCREATE TABEL other (b BIGINT);")
    assert tables() == before
    assert truth.run("SELECT name FROM migration WHERE name LIKE '%broken%'") == []
    assert migrations._run_once(truth, "2026_12_02_whole.sql", "CREATE TABLE whole (a {blob} NOT NULL) {clustered}".replace(" {clustered}", ""))


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="PostgreSQL did not open"):
        open_truth(load_settings(tmp_path, {"HABITUE_TRUTH": "postgresql:///nobody?host=/nowhere"}))


def cut_off_before_the_commit(truth: Truth, address: str) -> None:
    with truth.transaction():
        server = truth.run("SELECT pg_backend_pid()")
        with psycopg.connect(address) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", server[0])


def test_a_server_that_goes_away_before_the_commit_is_said(new_database: Callable[[], str], tmp_path: Path) -> None:
    address = new_database()
    truth = open_truth(load_settings(tmp_path, {"HABITUE_TRUTH": address}))
    with pytest.raises(StoreError, match="The database went away"):
        cut_off_before_the_commit(truth, address)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "truth.sqlite").write_text("not a database " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="The database file cannot be used"):
        open_truth(load_settings(tmp_path, {}))


def test_a_full_disk_keeps_nothing_of_the_last_step(tmp_path: Path) -> None:
    with closing(open_truth(load_settings(tmp_path, {}))) as truth:
        truth.run("PRAGMA max_page_count = 120")
        with pytest.raises(StoreError, match=r"The disk is full\. Nothing of the last step was kept"), truth.transaction():
            truth.run_many(
                "INSERT INTO event_refused (seq, source_id, message_id, known_at, reason, body) VALUES (?, 1, 'm', 0, 'r', ?)",
                ((n, "x" * 4000) for n in range(1000)),
            )
        assert truth.run("SELECT COUNT(*) FROM event_refused") == [(0,)]
        truth.run("PRAGMA max_page_count = 100000")
        with truth.transaction():
            assert truth.next_seq() == 1


@pytest.mark.parametrize("ask", [Columnar.run, Columnar.table])
def test_a_day_that_does_not_fit_in_memory_is_said(tmp_path: Path, ask: Callable[[Columnar, str], object]) -> None:
    engine = Columnar(30, tmp_path, threads=1)
    with pytest.raises(StoreError, match="raise memory_mb, or buckets"):
        ask(engine, "SELECT list(i * 31) FROM range(40000000) AS t(i)")
    assert engine.run("SELECT 1") == [(1,)]
    engine.close()


def test_a_projection_that_is_damaged_is_said(tmp_path: Path) -> None:
    engine = Columnar(200, tmp_path, threads=1)
    with pytest.raises(StoreError, match="`habitue project --rebuild` makes it anew"):
        engine.look_at("line", [tmp_path / "gone.parquet"])
    engine.close()
