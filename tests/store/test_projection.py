"""The projection: the same rows whether grown day by day or made anew, nobody's name in it, and no row lost to a kill or a full disk."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from habitue.store import Settings, open_truth, projection, save_settings
from habitue.store.bases import CUSTOMER
from habitue.store.projection import files_of, rebuild, refresh
from habitue.words.errors import StoreError
from tests.cast import CATALOGUE, Shop

KILLED_HALFWAY = """
import os, signal, sys
from pathlib import Path
from typing import Any
from habitue.store import load_settings, open_truth, projection
settings = load_settings(Path(sys.argv[1]))
add = projection._add
def until(truth, settings, relation, *more):
    if relation == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
    return add(truth, settings, relation, *more)
projection._add = until
projection.refresh(open_truth(settings), settings)
"""

GROWN = """
import sys
from pathlib import Path
from typing import Any
from habitue.store import load_settings, open_truth, projection
settings = load_settings(Path(sys.argv[1]))
projection.refresh(open_truth(settings), settings)
"""


def rows_of(settings: Settings) -> dict[str, list[tuple[int, ...]]]:
    """Every row that the manifest names, by relation, sorted."""
    with closing(open_truth(settings)) as truth:
        found = {}
        for relation in CUSTOMER:
            files = [file for bucket in range(settings.buckets) for file in files_of(truth, settings, relation, bucket)]
            tables = [pq.read_table(file) for file in files]
            whole = pa.concat_tables(tables).to_pydict() if tables else {}
            found[relation] = sorted(zip(*whole.values(), strict=True))
        return found


def truth_rows(settings: Settings) -> dict[str, list[tuple[int, ...]]]:
    """The same rows as the truth holds them."""
    with closing(open_truth(settings)) as truth:
        return {name: sorted(tuple(map(int, row)) for row in truth.run(f"SELECT {', '.join(columns)} FROM {name}")) for name, columns in CUSTOMER.items()}


def refreshed(settings: Settings) -> int:
    with closing(open_truth(settings)) as truth:
        return refresh(truth, settings)


def files_in(settings: Settings) -> set[Path]:
    return {path for path in settings.projection_folder.glob("*/*") if path.is_file()}


def grow(shop: Shop) -> None:
    """Two more days of everything."""
    for on in ("2017-10-28", "2017-10-29"):
        shop.buys("martin", "lamb", on)
        shop.touch("karim", on, touch=on)
        shop.bring("answers", f"touch,at\n{on},{on}T18:00:00\n")
        shop.bring("preferences", f"customer,level,item,feeling,at\nmartin,type,MEAT/VEAL,likes,{on}\n")
        shop.bring("pauses", f"customer,until,at\nanne,2017-12-01,{on}\n")
        refreshed(shop.settings)


def test_grown_day_by_day_it_holds_what_a_rebuild_makes(shop: Shop) -> None:
    refreshed(shop.settings)
    grow(shop)
    grown = rows_of(shop.settings)
    with closing(open_truth(shop.settings)) as truth:
        rebuild(truth, shop.settings)
    assert grown == rows_of(shop.settings) == truth_rows(shop.settings)


def test_a_day_costs_a_day(shop: Shop) -> None:
    assert refreshed(shop.settings) > 100
    shop.buys("martin", "lamb", "2017-10-28")
    assert refreshed(shop.settings) == 2  # a line and a basket
    assert refreshed(shop.settings) == 0


def test_it_holds_numbers_only(shop: Shop) -> None:
    refreshed(shop.settings)
    files = files_in(shop.settings)
    assert files
    for file in files:
        assert {str(field.type) for field in pq.read_schema(file)} == {"int64"}
        content = file.read_bytes().lower()
        assert not any(word in content for word in (b"martin", b"jeanne", b"example.org", b"haute"))


def test_another_number_of_buckets_makes_it_anew(shop: Shop) -> None:
    more = shop.told(buckets=3).settings
    refreshed(more)
    assert rows_of(more) == truth_rows(more)
    shop.buys("martin", "lamb", "2017-10-28")
    refreshed(shop.settings)
    assert rows_of(shop.settings) == truth_rows(shop.settings)


def lines_by_type(settings: Settings) -> dict[str, int]:
    """How many lines of orders stand under each type."""
    with closing(open_truth(settings)) as truth:
        return dict(truth.run("SELECT i.key, count(*) FROM order_line AS l JOIN item AS i ON i.item_id = l.type_id GROUP BY i.key"))


def test_a_product_that_becomes_of_another_type_takes_its_lines_along_at_both_scopes(shop: Shop) -> None:
    refreshed(shop.settings)
    before = lines_by_type(shop.settings)
    shop.bring("products", CATALOGUE.replace("veal,VEAL,", "veal,ROAST,"))
    assert lines_by_type(shop.settings) == {"MEAT/ROAST": before["MEAT/VEAL"]}
    refreshed(shop.settings)
    assert rows_of(shop.settings) == truth_rows(shop.settings)


def test_lines_that_move_while_a_refresh_runs_are_not_missed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    refreshed(shop.settings)
    shop.buys("martin", "lamb", "2017-10-28")
    add = projection._add

    def meanwhile(*all_of_it: Any) -> int:
        monkeypatch.setattr(projection, "_add", add)
        rows = add(*all_of_it)
        shop.bring("products", CATALOGUE.replace("veal,VEAL,", "veal,ROAST,"))
        return rows

    monkeypatch.setattr(projection, "_add", meanwhile)
    refreshed(shop.settings)
    refreshed(shop.settings)
    assert rows_of(shop.settings) == truth_rows(shop.settings)


def test_a_product_that_was_never_sold_may_move_without_ado(shop: Shop) -> None:
    refreshed(shop.settings)
    shop.bring("products", CATALOGUE.replace("sage,SAGE,", "sage,SALVIA,"))
    assert refreshed(shop.settings) == 0


def test_a_line_that_came_before_its_product_was_known_gets_its_type_later(shop: Shop) -> None:
    shop.buys("martin", "kidney", "2017-10-28")
    assert lines_by_type(shop.settings)["unknown"] == 1
    shop.bring("products", "product,type,category,department\nkidney,KIDNEY,MEAT,BUTCHER\n")
    assert lines_by_type(shop.settings)["MEAT/KIDNEY"] == 1
    assert "unknown" not in lines_by_type(shop.settings)


def test_small_files_are_merged_past_a_tenth(shop: Shop) -> None:
    refreshed(shop.settings)
    for n in range(10, 29):
        shop.buys("martin", "lamb", f"2017-10-{n}")
        refreshed(shop.settings)
    with closing(open_truth(shop.settings)) as truth:
        files = files_of(truth, shop.settings, "line", 0)
    assert len(files) < 19
    assert rows_of(shop.settings) == truth_rows(shop.settings)


def test_what_no_manifest_names_is_swept_away_once_nobody_can_be_reading_it(shop: Shop) -> None:
    refreshed(shop.settings)
    named = files_in(shop.settings)
    half, merged, old = (shop.settings.projection_folder / "line" / name for name in ("0000-9.new", "0000-8.parquet", "0000-7.parquet"))
    for path in (half, merged, old):
        path.write_bytes(b"left behind")
    os.utime(old, (0, 0))
    refreshed(shop.settings)
    assert files_in(shop.settings) == named | {merged}


def test_until_a_rebuild_is_whole_the_old_one_stands(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    refreshed(shop.settings)
    grow(shop)
    monkeypatch.setattr(projection, "_place", _no_more)
    with closing(open_truth(shop.settings)) as truth, pytest.raises(KeyboardInterrupt):
        rebuild(truth, shop.settings)
    assert rows_of(shop.settings) == truth_rows(shop.settings)


def _no_more(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("relation", ["touch"])
def test_killed_halfway_the_next_run_loses_nothing(shop: Shop, relation: str) -> None:
    refreshed(shop.settings)
    shop.buys("martin", "lamb", "2017-10-28")
    shop.touch("karim", "2017-10-28", touch="t")
    shop.bring("answers", "touch,at\nt,2017-10-28T18:00:00\n")
    save_settings(shop.settings)
    ended = subprocess.run([sys.executable, "-c", KILLED_HALFWAY, str(shop.settings.data), relation], check=False, capture_output=True)
    assert ended.returncode == -9, ended.stderr
    refreshed(shop.settings)
    assert rows_of(shop.settings) == truth_rows(shop.settings)


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk on which the fourth file does not fit."""
    write, written = projection.pq.write_table, []

    def full(table: pa.Table, path: Path, **more: object) -> None:
        written.append(path)
        if len(written) == 4:
            path.write_bytes(b"PAR1 half")
            raise OSError(28, "No space left on device")
        write(table, path, **more)

    with monkeypatch.context() as patch:
        patch.setattr(projection.pq, "write_table", full)
        yield


def test_a_full_disk_is_said_and_the_next_run_goes_on(shop: Shop, no_room: None) -> None:
    with pytest.raises(StoreError, match=r"could not be written: No space left on device\. Make room, then run the same command again\."):
        refreshed(shop.settings)
    refreshed(shop.settings)
    assert rows_of(shop.settings) == truth_rows(shop.settings)


def test_two_that_grow_it_at_once_lose_no_file(shop: Shop) -> None:
    save_settings(shop.settings)
    for n in range(2):
        shop.buys("martin", "lamb", f"2017-10-1{n}")
        both = [subprocess.Popen([sys.executable, "-c", GROWN, str(shop.settings.data)]) for _ in range(2)]
        assert [each.wait() for each in both] == [0, 0]
        assert rows_of(shop.settings) == truth_rows(shop.settings)
