"""A watched folder: what is complete and known goes in by itself, the rest is set aside with a sentence; never half, never twice."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from habitue.app.imports import watching
from habitue.app.imports.bringing import Brought, keep_mapping, take_in
from habitue.app.imports.report import ImportReport
from habitue.app.imports.watching import Watch
from habitue.store import Settings, Truth, open_truth
from habitue.words.errors import BadInput, StoreError
from tests.in_side import exports
from tests.in_side.shop_files import Bringing

ORDERS = "order,customer,product,sold_at,quantity,amount\n1,anna,bread,2026-01-02,1,3.50\n"
HEADING, *ROWS = exports.SHOPIFY_CUSTOMERS.splitlines(keepends=True)


@pytest.fixture
def folder(shop: Bringing, tmp_path: Path) -> Path:
    """An inbox, in a house where somebody has confirmed Shopify's customers."""
    keep_mapping(shop.understood("customers_export.csv", exports.SHOPIFY_CUSTOMERS), shop.settings)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return inbox


def drop(folder: Path, content: str | bytes = exports.SHOPIFY_CUSTOMERS, name: str = "customers.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def looked(watch: Watch, times: int = 2) -> list[str]:
    return [sentence for _ in range(times) for sentence in watch.look()]


def lying(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_that_is_complete_and_confirmed_goes_in_and_its_report_lies_beside_it(shop: Bringing, folder: Path) -> None:
    watch = Watch(shop.truth, shop.settings, folder)
    drop(folder)
    assert looked(watch, 1) == []
    assert watch.is_waiting
    assert looked(watch, 1) == ["customers.csv → done: Customers: 2 rows taken in, 0 known already, 0 set aside."]
    assert lying(folder) == ["done/customers.csv", "done/customers.csv.report.txt"]
    assert "2 new" in (folder / "done" / "customers.csv.report.txt").read_text()
    assert shop.one("SELECT count(*) FROM person") == 2
    drop(folder)
    assert looked(watch) == ["customers.csv → done: Customers: 0 rows taken in, 2 known already, 0 set aside."]
    assert "done/customers-2.csv" in lying(folder)


def test_a_file_that_is_still_being_written_is_left_alone(shop: Bringing, folder: Path) -> None:
    watch, rows = Watch(shop.truth, shop.settings, folder), HEADING
    drop(folder, name="customers.csv.part")
    drop(folder, name=".customers.csv")
    for row in (*ROWS, *ROWS):
        rows += row
        drop(folder, rows)
        assert looked(watch, 1) == []
    assert shop.one("SELECT count(*) FROM person") == 0
    assert len(looked(watch, 1)) == 1
    assert lying(folder) == [".customers.csv", "customers.csv.part", "done/customers.csv", "done/customers.csv.report.txt"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("members.csv", exports.MAILCHIMP_SUBSCRIBED, "Nobody has confirmed"),
        ("a.csv", "a,b\n1,2\n", "is no export that is known"),
        ("empty.csv", "", "empty.csv"),
        ("photo.png", b"\x89PNG", "is of no kind that can be read"),
        ("zeros.csv", b"\x00" * 5_000, "zeros.csv"),
        ("customers.csv", HEADING, "no rows under"),
        ("customers.csv", HEADING + ROWS[1].replace("'7002,", ","), "No row of it could be taken in."),
        ("customers.xlsx", b"PK\x03\x04 no workbook", "customers.xlsx"),
    ],
)
def test_what_is_not_understood_or_wrong_is_set_aside_with_a_sentence(shop: Bringing, folder: Path, name: str, content: str | bytes, sentence: str) -> None:
    watch = Watch(shop.truth, shop.settings, folder)
    drop(folder, content, name)
    assert f"{name} → set-aside: " in looked(watch)[0]
    assert lying(folder) == [f"set-aside/{name}", f"set-aside/{name}.why.txt"]
    assert sentence in (folder / "set-aside" / f"{name}.why.txt").read_text()
    assert shop.one("SELECT count(*) FROM person") == 0


def test_one_cell_that_cannot_be_true_sets_its_row_aside_and_the_next_file_goes_in(shop: Bringing, folder: Path) -> None:
    watch = Watch(shop.truth, shop.settings, folder)
    keep_mapping(shop.understood("orders.csv", ORDERS), shop.settings)
    drop(folder, ORDERS + "2,bob,bread,2026-01-02,1,1e9999999\n3,bob,bread,2026-01-02,1,1e-9999999\n", "a.csv")
    drop(folder, name="b.csv")
    assert [sentence.partition(":")[0] for sentence in looked(watch)] == ["a.csv → done", "b.csv → done"]
    assert "too large to be true" in (folder / "done" / "a.csv.report.txt").read_text()


def test_a_file_that_breaks_our_side_is_set_aside_and_the_next_goes_in(
    shop: Bringing, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def taken_in(truth: Truth, settings: Settings, brought: Brought) -> list[ImportReport]:
        if brought.path.name == "a.csv":
            raise IndexError
        return take_in(truth, settings, brought)

    monkeypatch.setattr(watching, "take_in", taken_in)  # a fault that nobody has foreseen
    for name in ("a.csv", "b.csv"):
        drop(folder, name=name)
    assert [sentence.partition(":")[0] for sentence in looked(Watch(shop.truth, shop.settings, folder))] == ["a.csv → set-aside", "b.csv → done"]
    assert "a.csv broke our side (IndexError)" in (folder / "set-aside" / "a.csv.why.txt").read_text()
    assert [record.message for record in caplog.records] == ["a file of the inbox is set aside: IndexError"]


def test_the_inbox_is_watched_on_whatever_happens_in_one_look(
    shop: Bringing, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks = iter([ArithmeticError])

    def look(watch: Watch) -> Iterator[str]:
        for wrong in looks:
            raise wrong
        yield from looking(watch)

    looking = Watch.look
    monkeypatch.setattr(Watch, "look", look)
    monkeypatch.setattr(watching, "LOOK_EVERY_SECONDS", 0.02)
    folder.rename(shop.settings.data / "inbox")
    drop(shop.settings.data / "inbox")
    with watching.watched(shop.settings):
        _wait_for_report(shop.settings)
    assert "the inbox waits: ArithmeticError" in [record.message for record in caplog.records]


def test_a_database_that_does_not_open_yet_keeps_the_inbox_waiting(
    shop: Bringing, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    closed = iter([StoreError("PostgreSQL is starting.")])

    def opened(settings: Settings) -> Truth:
        for wrong in closed:
            raise wrong
        return open_truth(settings)

    monkeypatch.setattr(watching, "open_up", opened)
    monkeypatch.setattr(watching, "LOOK_EVERY_SECONDS", 0.02)
    folder.rename(shop.settings.data / "inbox")
    drop(shop.settings.data / "inbox")
    with watching.watched(shop.settings):
        _wait_for_report(shop.settings)
    assert [record.message for record in caplog.records] == ["the inbox waits: StoreError"]


def test_a_file_that_somebody_else_reads_is_left_to_him(shop: Bringing, folder: Path) -> None:
    watch, path = Watch(shop.truth, shop.settings, folder), drop(folder)
    with path.open("rb") as theirs:
        fcntl.flock(theirs, fcntl.LOCK_EX)
        assert looked(watch, 3) == []
    assert len(looked(watch, 1)) == 1


def test_what_keeps_a_file_waiting_is_said_once_and_it_goes_in_later(shop: Bringing, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_EVERY_SECONDS", 0.0)
    watch = Watch(shop.truth, shop.settings, folder)
    drop(folder)
    (folder / "done").symlink_to(folder / "a-disk-that-is-not-there")
    (sentence,) = looked(watch, 4)
    assert sentence.startswith("customers.csv waits: ")
    (folder / "done").unlink()
    assert looked(watch, 1) == ["customers.csv → done: Customers: 0 rows taken in, 2 known already, 0 set aside."]


def test_a_house_that_serves_says_beside_a_file_why_it_waits_and_tries_it_again_less_and_less_often(
    shop: Bringing, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def taken_in(truth: Truth, settings: Settings, brought: Brought) -> list[ImportReport]:
        tries.append(brought.path.name)
        return take_in(truth, settings, brought)

    tries: list[str] = []
    monkeypatch.setattr(watching, "take_in", taken_in)
    monkeypatch.setattr(watching, "LOOK_EVERY_SECONDS", 0.02)
    inbox = folder.rename(shop.settings.data / "inbox")
    (inbox / "done").symlink_to(inbox / "a-disk-that-is-not-there")
    drop(inbox)
    why = inbox / "customers.csv.why.txt"
    with watching.watched(shop.settings):
        time.sleep(1.5)
        assert why.read_text(encoding="utf-8").startswith("customers.csv waits: ")
        assert 2 <= len(tries) <= 7, "after 20, 40, 80, 160, 320, 640 and 1,280 ms"
        (inbox / "done").unlink()
        _wait_for_report(shop.settings)
        while why.exists():
            time.sleep(0.02)
    assert [record.message for record in caplog.records] == ["a file of the inbox waits: FileExistsError"]
    assert lying(inbox) == ["done/customers.csv", "done/customers.csv.report.txt"]


def test_what_a_killed_process_had_begun_is_taken_up_again(shop: Bringing, folder: Path) -> None:
    shop.export("customers.csv", HEADING + ROWS[0])
    (folder / "in-work").mkdir()
    drop(folder / "in-work")
    assert looked(Watch(shop.truth, shop.settings, folder), 1) == ["customers.csv → done: Customers: 1 rows taken in, 1 known already, 0 set aside."]


def test_several_processes_share_a_folder_and_each_file_goes_in_once(shop: Bringing, folder: Path) -> None:
    for number in range(8):
        drop(folder, HEADING + "".join(f"{number}{n},,,her{number}x{n}@example.org,no,,,,,,,,,,no,0.00,0,,no,\n" for n in range(20)), f"c{number}.csv")
    found = [process.communicate(timeout=120) for process in [_watching(shop.settings, folder) for _ in range(2)]]
    assert [wrong for _, wrong in found] == ["", ""]
    told = sorted(line for out, _ in found for line in out.splitlines())
    assert told == [f"c{number}.csv → done: Customers: 20 rows taken in, 0 known already, 0 set aside." for number in range(8)]
    assert shop.one("SELECT count(*) FROM person") == 160
    assert len(lying(folder)) == 16


def _watching(settings: Settings, folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HABITUE_TRUTH": settings.truth, "HABITUE_DATA": str(settings.data)}
    command = [sys.executable, "-m", "habitue", "watch", str(folder), "--once"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def test_a_folder_that_is_not_there_is_a_sentence(shop: Bringing, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no folder"):
        Watch(shop.truth, shop.settings, tmp_path / "nowhere")


def test_a_house_that_serves_watches_its_inbox(shop: Bringing, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_EVERY_SECONDS", 0.02)
    with watching.watched(shop.settings):
        folder.rename(shop.settings.data / "inbox")
        drop(shop.settings.data / "inbox")
        _wait_for_report(shop.settings)
    assert shop.one("SELECT count(*) FROM person") == 2


def _wait_for_report(settings: Settings) -> None:
    """Until the house that serves has taken in the customers that were dropped."""
    while not (settings.data / "inbox" / "done" / "customers.csv.report.txt").exists():
        assert any(thread.name == "inbox" for thread in threading.enumerate()), "the inbox is watched no more"
        time.sleep(0.02)
