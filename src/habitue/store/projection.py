"""The projection: what judgement reads for everyone, as Parquet files in buckets by hash of the customer.

It is derived, holds no name and no address, and may be thrown away: `rebuild` makes it anew from the truth. `refresh` adds what was written since as
small files beside each bucket's base, and merges a bucket once those pass a tenth of it. Customers whose profiles were joined or parted are taken out of
their buckets and read again whole; where lines moved to another type, all of it is made anew.
The manifest in the truth says which files count, so a swap is atomic: all files are written first, then one transaction names them with the write number
that they reach. What no manifest names is swept away: what a run that was ended had begun at once, what was merged an hour later, since somebody may
still be reading it. One process writes at a time; others wait.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from habitue.store.bases import CUSTOMER
from habitue.store.settings import Settings
from habitue.store.truth import Truth
from habitue.words.clock import SystemClock
from habitue.words.errors import StoreError

SLICE = 400_000
MERGE_PART = 10
STILL_READ_SECONDS = 3_600
MARK = "mark"  # the line of the manifest that says how far all of it reaches
CHANGED = "rows_changed"  # the counter that says when rows were last changed in place
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Span:
    """What one run brings: the write numbers after `since` up to `upto`.

    Shape: `bucket_of` has the bucket of each customer by number; `changed` the customers whose rows are read again whole, with the bucket of each.
    """

    since: int
    upto: int
    bucket_of: np.ndarray
    changed: dict[int, int]


@dataclass(frozen=True)
class Named:
    """A file for the manifest: the rows of one relation and bucket from a write number on, and the files whose place it takes."""

    relation: str
    bucket: int
    file: str
    line_count: int
    from_seq: int
    dropped: tuple[str, ...]


def silent(what: str, done: int, of: int) -> None:
    """A progress report for nobody."""


def files_of(truth: Truth, settings: Settings, relation: str, bucket: int) -> list[Path]:
    """The files that hold one relation of one bucket, oldest first."""
    rows = truth.run("SELECT file FROM projection_file WHERE relation = ? AND bucket = ? ORDER BY from_seq", (relation, bucket))
    return [settings.projection_folder / file for (file,) in rows]


def rebuild(truth: Truth, settings: Settings, progress: Progress = silent) -> int:
    """Makes the projection anew from the truth; until all of it is written, the old one stands. Gives the rows written.

    Raises: StoreError where the disk is full; the old projection then stays.
    """
    with _alone(settings):
        return _bring(truth, settings, 0, progress)


def refresh(truth: Truth, settings: Settings, progress: Progress = silent) -> int:
    """Brings the projection up to what the truth holds now; gives the rows written. A day's new events cost a day's work.

    Raises: StoreError where the disk is full; the next run goes on.
    """
    with _alone(settings):
        is_recut = truth.run("SELECT bucket FROM projection_file WHERE bucket >= ? LIMIT 1", (settings.buckets,))
        marked = truth.run("SELECT to_seq FROM projection_file WHERE relation = ?", (MARK,))
        reached = int(marked[0][0]) if marked else 0
        is_changed = truth.run("SELECT value FROM counter WHERE name = ? AND value > ?", (CHANGED, reached))
        return _bring(truth, settings, 0 if is_recut or is_changed else reached, progress)


def make_anew_from(truth: Truth, seq: int) -> None:
    """Rows that may lie in the projection were changed under a write number: whatever does not reach it yet is made anew. Inside the transaction of the change.

    A refresh that is under way meanwhile names the number up to which it read, so it cannot hide the change.
    """
    truth.run("INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (CHANGED, seq))


def customers_changed(truth: Truth, customers: Iterable[int], seq: int) -> None:
    """Rows of these customers went from one to another under a write number: what the projection has of them is no longer true. Inside that transaction."""
    rows = [(customer, seq, customer) for customer in sorted(set(customers))]
    truth.run_many(
        "INSERT INTO customer_changed (customer_id, bucket_hash, seq) SELECT CAST(? AS BIGINT), MAX(bucket_hash), CAST(? AS BIGINT) FROM customer_fact "
        "WHERE profile_id = ? HAVING COUNT(*) > 0 ON CONFLICT (customer_id) DO UPDATE SET seq = excluded.seq",
        rows,
    )


def erase(truth: Truth, settings: Settings, customers: Iterable[int]) -> int:
    """Takes these customers out of every file, at once; gives the rows that were theirs. The truth must have forgotten them already.

    A file that somebody is reading in this moment is gone under his hands: he is told, and asks again. Where a manifest of an older truth names files that
    are no more, all of them go, and the next refresh makes them anew.
    """
    gone = np.array(sorted(customers), dtype=np.int64)
    erased, swapped = 0, list[tuple[str, int, str, int, str]]()
    if not settings.projection_folder.is_dir():
        return erased
    with _alone(settings):
        files = truth.run("SELECT relation, bucket, file FROM projection_file WHERE relation <> ?", (MARK,))
        if not all((settings.projection_folder / file).exists() for _, _, file in files):
            truth.run("DELETE FROM projection_file")
            files = []
        for relation, bucket, file in files:
            is_hers = np.isin(pq.read_table(settings.projection_folder / file, columns=["customer_id"])["customer_id"].to_numpy(), gone)
            if is_hers.any():
                kept = pq.read_table(settings.projection_folder / file).filter(pa.array(~is_hers))
                swapped.append((_again(settings, kept, file), kept.num_rows, relation, bucket, file))
                erased += int(is_hers.sum())
        with truth.transaction():
            truth.run_many("UPDATE projection_file SET file = ?, line_count = ? WHERE relation = ? AND bucket = ? AND file = ?", swapped)
        named = {file for (file,) in truth.run("SELECT file FROM projection_file")}
        for path in settings.projection_folder.glob("*/*"):
            if str(path.relative_to(settings.projection_folder)) not in named:
                path.unlink(missing_ok=True)
    return erased


def _again(settings: Settings, table: pa.Table, file: str) -> str:
    """Writes a file's rows that are left under another name; gives it."""
    stem, _, times = file.removesuffix(".parquet").partition("+")
    name = f"{stem}+{int(times or 0) + 1}.parquet"
    path = settings.projection_folder / name
    pq.write_table(table, path.with_suffix(".new"), compression="zstd")
    path.with_suffix(".new").replace(path)
    return name


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Nobody else writes to the projection meanwhile; the right to write ends with the process."""
    try:
        settings.projection_folder.mkdir(parents=True, exist_ok=True)
        with (settings.projection_folder / "writing.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as wrong:
        raise StoreError(f"The projection could not be written: {wrong.strerror or wrong}. Make room, then run the same command again.") from wrong


def _bring(truth: Truth, settings: Settings, since: int, progress: Progress) -> int:
    """Writes the files of what came after a write number (0: of everything), then names them all in one transaction."""
    _sweep(truth, settings)
    upto = int(truth.run("SELECT value FROM counter WHERE name = 'seq'")[0][0])
    if 0 < upto <= since:
        return 0
    span = Span(since, upto, _buckets(truth, settings), _changed(truth, settings, since, upto))
    files: list[Named] = []
    added = 0
    for relation in CUSTOMER:
        added += _add(truth, settings, relation, span, files, progress)
    with truth.transaction():
        if not since:
            truth.run("DELETE FROM projection_file")
        truth.run("DELETE FROM projection_file WHERE relation = ?", (MARK,))
        truth.run("DELETE FROM customer_changed WHERE seq <= ?", (upto,))
        truth.run_many(
            "DELETE FROM projection_file WHERE relation = ? AND bucket = ? AND file = ?",
            [(named.relation, named.bucket, old) for named in files for old in named.dropped],
        )
        truth.run_many(
            "INSERT INTO projection_file (relation, bucket, file, line_count, from_seq, to_seq) VALUES (?, ?, ?, ?, ?, ?)",
            [(MARK, 0, "", 0, upto, upto), *((n.relation, n.bucket, n.file, n.line_count, n.from_seq, upto) for n in files)],
        )
    return added


def _buckets(truth: Truth, settings: Settings) -> np.ndarray:
    """The bucket of each customer by number; -1 for whoever is nobody yet (a device of which nobody has said who uses it), or another one by now."""
    rows = truth.run("SELECT customer_id, MAX(bucket_hash) FROM customer WHERE profile_id = customer_id GROUP BY customer_id")
    last = truth.run("SELECT COALESCE(MAX(profile_id), 0) FROM profile")[0][0]
    out = np.full(max([last, *(customer for customer, _ in rows)]) + 1, -1, dtype=np.int64)
    for customer, number in rows:
        out[customer] = number % settings.buckets
    return out


def _changed(truth: Truth, settings: Settings, since: int, upto: int) -> dict[int, int]:
    """The customers whose rows went from one to another, each with the bucket in which its rows may lie; nobody where all is made anew."""
    rows = truth.run("SELECT customer_id, bucket_hash FROM customer_changed WHERE seq <= ?", (upto,)) if since else []
    return {customer: number % settings.buckets for customer, number in rows}


def _add(truth: Truth, settings: Settings, relation: str, span: Span, files: list[Named], progress: Progress) -> int:
    """Reads one relation's new rows in slices of write numbers, spreads them over the buckets and writes their files; gives the rows."""
    parts: list[list[pa.Table]] = [[] for _ in range(settings.buckets)]
    steps = range(span.since, span.upto, SLICE)
    changed = np.array(list(span.changed), dtype=np.int64)
    count = 0
    for step, start in enumerate(steps):
        table = _rows(truth, relation, "seq > ? AND seq <= ?", (start, min(start + SLICE, span.upto)))
        fresh = table.filter(pa.array(~np.isin(table["customer_id"].to_numpy(), changed)))
        count += _spread(fresh, span.bucket_of, parts)
        progress(f"projection: {relation}", step + 1, len(steps))
    for customer in span.changed:
        count += _spread(_rows(truth, relation, "customer_id = ? AND seq <= ?", (customer, span.upto)), span.bucket_of, parts)
    stale = set(span.changed.values())
    files += [_place(truth, settings, relation, bucket, tables, span) for bucket, tables in enumerate(parts) if tables or bucket in stale]
    return count


def _rows(truth: Truth, relation: str, where: str, params: tuple[int, ...]) -> pa.Table:
    columns = CUSTOMER[relation]
    rows = truth.run(f"SELECT {', '.join(columns)} FROM {relation} WHERE {where}", params)
    arrays = [pa.array(column, pa.int64()) for column in zip(*rows, strict=True)] if rows else [pa.array([], pa.int64())] * len(columns)
    return pa.table(arrays, names=list(columns))


def _spread(table: pa.Table, bucket_of: np.ndarray, parts: list[list[pa.Table]]) -> int:
    """Lays rows to those of their customers' buckets; gives how many have one."""
    home = bucket_of[table["customer_id"].to_numpy()]
    for bucket in np.unique(home[home >= 0]):
        parts[bucket].append(table.filter(pa.array(home == bucket)))
    return int((home >= 0).sum())


def _place(truth: Truth, settings: Settings, relation: str, bucket: int, tables: list[pa.Table], span: Span) -> Named:
    """Writes a bucket's new rows beside its base, or merged with it where the small files have grown past a tenth or hold rows that are no longer true."""
    old = truth.run("SELECT file, line_count, from_seq FROM projection_file WHERE relation = ? AND bucket = ? ORDER BY from_seq", (relation, bucket))
    rows = sum(table.num_rows for table in tables)
    stale = [customer for customer, home in span.changed.items() if home == bucket]
    is_large = len(old) > 1 and MERGE_PART * (sum(n for _, n, _ in old[1:]) + rows) > old[0][1]
    dropped: list[str] = []
    from_seq = span.since
    if span.since and old and (stale or is_large):
        dropped = [file for file, _, _ in old]
        from_seq = old[0][2]
        tables = [*(_without(pq.read_table(settings.projection_folder / file), stale) for file in dropped), *tables]
    fresh = pa.concat_tables(tables or [_rows(truth, relation, "seq < ?", (0,))])
    keys = [("customer_id", "ascending"), ("day" if "day" in fresh.column_names else "known_at", "ascending")]
    fresh = fresh.take(pc.sort_indices(fresh, sort_keys=keys))
    name = f"{relation}/{bucket:04d}-of-{settings.buckets}-{from_seq}-{span.upto}.parquet"
    path = settings.projection_folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh_path = path.with_suffix(".new")
    pq.write_table(fresh, fresh_path, compression="zstd")
    fresh_path.replace(path)
    return Named(relation, bucket, name, fresh.num_rows, from_seq, tuple(dropped))


def _without(table: pa.Table, customers: Sequence[int]) -> pa.Table:
    return table.filter(pa.array(~np.isin(table["customer_id"].to_numpy(), customers))) if customers else table


def _sweep(truth: Truth, settings: Settings) -> None:
    """Removes files that no manifest names: half-written ones at once, whole ones when nobody can be reading them any more."""
    named = {file for (file,) in truth.run("SELECT file FROM projection_file")}
    before = SystemClock().instant() - STILL_READ_SECONDS
    for path in settings.projection_folder.glob("*/*"):
        is_old = path.suffix == ".new" or path.stat().st_mtime < before
        if is_old and str(path.relative_to(settings.projection_folder)) not in named:
            path.unlink(missing_ok=True)
