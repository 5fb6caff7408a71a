"""Nothing is doubled and nothing lost, whatever is cut, repeated, mixed or killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from habitue.app.imports import facts as import_facts
from habitue.app.imports import orders as import_orders
from habitue.app.imports import staging as import_staging
from habitue.app.imports.importing import import_file
from habitue.store import Settings, load_settings, open_truth
from habitue.words.errors import StoreError
from tests.in_side.shop_files import ORDERS, Bringing

ORDER_COUNT, LINE_COUNT = 2_000, 6_000
MANY = ORDERS + "".join(
    f"B{order},c{order % 700},p{(order * 7 + line) % 300},2017-{1 + order % 12:02}-{1 + order % 28:02} {order % 24:02}:15:00,{line + 1},{line}.50\n"
    for order in range(ORDER_COUNT)
    for line in range(3)
)
PROGRAM = """
import sys
from pathlib import Path
from habitue.app.imports import orders as import_orders
from habitue.app.imports.importing import import_file
from habitue.store import load_settings, open_truth
import_orders.ORDERS_A_TRANSACTION = 50
settings = load_settings(Path(sys.argv[1]), {"HABITUE_TRUTH": sys.argv[2]})
truth = open_truth(settings)
print("ready", flush=True)
report = import_file(truth, settings, Path(sys.argv[3]), None, "orders", lambda done, total: print(done, flush=True))
print("books", report.accepted, report.repeated, report.rejected_rows, flush=True)
"""

Line = tuple[int, int, int, int, int]
LINES = st.lists(st.tuples(*(st.integers(0, n) for n in (4, 2, 3, 3, 500))), max_size=25)


def _rows(lines: list[Line]) -> list[str]:
    """Orders belong to one customer and day; each line has a key, so that no line is another's double."""
    return [f"B{o},c{o % 3},p{p},2017-03-{1 + o:02} 10:00:00,{q},{a}.{t},{n}" for n, (o, t, p, q, a) in enumerate(lines)]


@given(LINES, st.randoms(use_true_random=False), st.integers(1, 30))
@runs(max_examples=20)
def test_a_file_cut_shuffled_and_repeated_gives_the_same_sums(lines: list[Line], chance: Random, at_once: int) -> None:
    rows = _rows(lines)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_staging, "LINES_AT_ONCE", at_once)
        patch.setattr(import_orders, "ORDERS_A_TRANSACTION", 2)
        settings = load_settings(Path(folder) / "house", {})
        truth = open_truth(settings)
        shop, head = Bringing(truth, settings, Path(folder)), ORDERS.strip() + ",line\n"
        first = shop.bring("orders", head + "\n".join(rows))
        before = shop.sums()
        chance.shuffle(rows)
        second = shop.bring("orders", head + "\n".join(rows))
        truth_rows = [shop.one(f"SELECT count(*) FROM {name}") for name in ("event", "event_key", "order_line")]
        truth.close()
    assert (first.accepted, first.repeated, first.rejected_rows) == (len(rows), 0, 0)
    assert (second.accepted, second.repeated, second.rejected_rows) == (0, len(rows), 0)
    wanted: dict[tuple[str, str, str], list[int]] = {}
    for o, t, p, q, a in lines:
        sums = wanted.setdefault((f"c{o % 3}", f"B{o}", f"p{p}"), [0, 0])
        sums[0] += q * 1000
        sums[1] += a * 100 + t * 10
    assert before == [(*names, q, a) for names, (q, a) in sorted(wanted.items()) if q or a]
    assert truth_rows == [len({o for o, *_ in lines})] * 2 + [len(lines)]


@given(st.lists(LINES, min_size=2, max_size=4))
@runs(max_examples=15)
def test_whatever_a_source_tells_one_after_the_other_the_last_telling_stands(tellings: list[list[Line]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(Path(folder) / "house", {})
        truth = open_truth(settings)
        shop, head = Bringing(truth, settings, Path(folder)), ORDERS.strip() + ",line\n"
        last: dict[int, list[Line]] = {}
        for lines in tellings:
            shop.bring("orders", head + "\n".join(_rows(lines)))
            for order in {line[0] for line in lines}:
                last[order] = [line for line in lines if line[0] == order]
        found = {order: (int(q), int(a)) for order, q, a in shop.ask("SELECT order_key, sum(quantity_milli), sum(amount_cents) FROM orders GROUP BY order_key")}
        by_line = {o: (int(q), int(a)) for o, q, a in shop.ask("SELECT order_id, sum(quantity_milli), sum(amount_cents) FROM order_line GROUP BY order_id")}
        truth.close()
    wanted = {f"B{o}": (sum(line[3] for line in lines) * 1000, sum(line[4] * 100 + line[1] * 10 for line in lines)) for o, lines in last.items()}
    assert found == wanted
    assert sorted(by_line.values()) == sorted(wanted.values())


def _start(settings: Settings, file: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(settings.data), settings.truth, str(file)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def _wait_for(child: subprocess.Popen[str], is_it: Callable[[str], bool]) -> str:
    assert child.stdout
    return next((line for line in child.stdout if is_it(line)), "")


def _state(shop: Bringing) -> tuple[object, ...]:
    counts = [shop.one(f"SELECT count(*) FROM {name}") for name in ("event", "event_key", "orders", "order_line", "identifier", "profile")]
    return (*counts, int(shop.one("SELECT sum(quantity_milli) FROM order_line")), int(shop.one("SELECT sum(amount_cents) FROM orders")))


DONE = (ORDER_COUNT, ORDER_COUNT, ORDER_COUNT, LINE_COUNT, 700, 700, ORDER_COUNT * 6_000, ORDER_COUNT * 450)


@pytest.mark.slow
def test_a_kill_in_the_middle_loses_nothing_and_the_next_run_goes_on(shop: Bringing) -> None:
    file = shop.file("many.csv", MANY)
    for share in (300, 600):
        with _start(shop.settings, file) as child:
            _wait_for(child, lambda line, share=share: line.strip().isdigit() and int(line) > share)
            os.kill(child.pid, signal.SIGKILL)
        orders, lines = shop.one("SELECT count(*) FROM orders"), shop.one("SELECT count(*) FROM order_line")
        assert 0 < orders < ORDER_COUNT
        assert lines == 3 * orders
    report = import_file(shop.truth, shop.settings, file, None, "orders")
    assert (report.accepted + report.repeated, report.rejected_rows) == (LINE_COUNT, 0)
    assert report.repeated >= LINE_COUNT * 0.3
    assert _state(shop) == DONE
    assert not [path for path in shop.settings.data.iterdir() if path.name.startswith("tmp")]


@pytest.mark.slow
def test_two_imports_of_one_file_at_once_wait_for_each_other(shop: Bringing) -> None:
    file = shop.file("many.csv", MANY)
    with _start(shop.settings, file) as one, _start(shop.settings, file) as other:
        books = [_wait_for(child, lambda line: line.startswith("books")).split() for child in (one, other)]
        assert (one.wait(), other.wait()) == (0, 0)
    accepted, repeated, rejected = (sum(int(book[place]) for book in books) for place in (1, 2, 3))
    assert (accepted, repeated, rejected) == (LINE_COUNT, LINE_COUNT, 0)
    assert _state(shop) == DONE


@pytest.mark.sqlite
def test_a_full_disk_is_a_sentence_and_the_next_run_goes_on(settings_for: Callable[[], Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_orders, "ORDERS_A_TRANSACTION", 100)
    settings = settings_for()
    truth = open_truth(settings)
    shop = Bringing(truth, settings, tmp_path)
    pages = shop.one("PRAGMA page_count")
    truth.run(f"PRAGMA max_page_count = {pages + 80}")
    with pytest.raises(StoreError, match="The disk is full"):
        shop.bring("orders", MANY)
    orders = shop.one("SELECT count(*) FROM orders")
    assert 0 < orders < ORDER_COUNT
    assert shop.one("SELECT count(*) FROM order_line") == 3 * orders
    truth.run("PRAGMA max_page_count = 1073741823")
    assert shop.bring("orders", MANY).repeated == 3 * orders
    assert _state(shop) == DONE
    truth.close()


def test_a_disk_too_full_to_set_lines_aside_is_a_sentence(shop: Bringing, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_what: object, **_how: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(import_staging.tempfile, "TemporaryFile", full)
    with pytest.raises(StoreError, match=r"is full\. Nothing of this step was kept"):
        shop.bring("orders", MANY)
    assert shop.one("SELECT count(*) FROM orders") == 0


def test_a_failure_within_a_batch_leaves_neither_events_nor_rows(shop: Bringing, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.bring("customers", "customer\nmartin\n")
    events = shop.one("SELECT count(*) FROM event")

    def gone(*_what: object) -> None:
        raise StoreError("gone")

    monkeypatch.setattr(import_facts.Desk, "count", gone)
    pauses = "customer,until,at\nmartin,2017-12-31,2017-11-02\n"
    with pytest.raises(StoreError):
        shop.bring("pauses", pauses)
    monkeypatch.undo()
    assert shop.one("SELECT count(*) FROM event") == events + 1  # the transaction stood before the counting failed
    assert shop.bring("pauses", pauses).repeated == 1


def test_the_books_of_every_import_are_kept(shop: Bringing) -> None:
    report = shop.bring("orders", MANY + "B1,c1,p1,never,1,1\n")
    row = shop.ask("SELECT kind, file, accepted, repeated, rejected, is_done FROM import_run WHERE run_id = ?", report.run_id)
    assert row == [("orders", "shop.csv", LINE_COUNT, 0, 1, 1)]
    assert shop.ask("SELECT line, reason FROM import_reject") == [(LINE_COUNT + 2, "sold_at: “never” is no date")]
