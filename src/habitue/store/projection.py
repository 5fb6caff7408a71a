"""The projection: what judgement reads for everyone, as Parquet files in buckets by hash of the customer.

It is derived, holds no name and no address, and may be thrown away: `rebuild` makes it anew from the truth. `refresh` adds what was written since,
as small files beside each bucket's base, and merges a bucket once those pass a tenth of it. The manifest in the truth says which files count, so a swap
is atomic: files are written first, then one transaction names them; what no manifest names is rubbish from a run that was ended and is swept away.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from habitue.store.bases import CUSTOMER
from habitue.store.settings import Settings
from habitue.store.truth import Truth
from habitue.words.errors import StoreError

SLICE = 400_000
MERGE_PART = 10
Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, of: int) -> None:
    """A progress report for nobody."""


def files_of(truth: Truth, settings: Settings, relation: str, bucket: int) -> list[Path]:
    """The files that hold one relation of one bucket, oldest first."""
    rows = truth.run("SELECT file FROM projection_file WHERE relation = ? AND bucket = ? ORDER BY from_seq", (relation, bucket))
    return [settings.projection_folder / file for (file,) in rows]


def rebuild(truth: Truth, settings: Settings, progress: Progress = silent) -> int:
    """Throws the projection away and makes it anew from the truth; gives the rows written."""
    with truth.transaction():
        truth.run("DELETE FROM projection_file")
    return refresh(truth, settings, progress)


def refresh(truth: Truth, settings: Settings, progress: Progress = silent) -> int:
    """Brings the projection up to what the truth holds now; gives the rows added. A day's new events cost a day's work.

    Raises: StoreError where the disk is full; the next run goes on.
    """
    _sweep(truth, settings)
    upto = int(truth.run("SELECT value FROM counter WHERE name = 'seq'")[0][0])
    since = int(truth.run("SELECT COALESCE(MAX(to_seq), 0) FROM projection_file")[0][0])
    if upto <= since:
        return 0
    if truth.run("SELECT bucket FROM projection_file WHERE bucket >= ? LIMIT 1", (settings.buckets,)):
        return rebuild(truth, settings, progress)
    bucket_of = _buckets(truth, settings)
    added = 0
    try:
        for relation in CUSTOMER:
            added += _add(truth, settings, relation, since, upto, bucket_of, progress)
    except OSError as wrong:
        raise StoreError(f"The projection could not be written: {wrong.strerror}. Make room, then run the same command again.") from wrong
    with truth.transaction():
        mark = "INSERT INTO projection_file (relation, bucket, file, line_count, from_seq, to_seq) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        truth.run("DELETE FROM projection_file WHERE relation = 'mark'")
        truth.run(mark, ("mark", 0, "", 0, upto, upto))
    return added


def _buckets(truth: Truth, settings: Settings) -> np.ndarray:
    rows = truth.run("SELECT customer_id, MAX(bucket_hash) FROM customer GROUP BY customer_id")
    out = np.zeros(max((c for c, _ in rows), default=0) + 1, dtype=np.int64)
    for customer, number in rows:
        out[customer] = number % settings.buckets
    return out


def _add(truth: Truth, settings: Settings, relation: str, since: int, upto: int, bucket_of: np.ndarray, progress: Progress) -> int:
    """Reads one relation's new rows in slices of write numbers, spreads them over the buckets, and names the new files in one transaction."""
    columns = CUSTOMER[relation]
    parts: list[list[pa.Table]] = [[] for _ in range(settings.buckets)]
    count = 0
    steps = range(since, upto, SLICE)
    for step, start in enumerate(steps):
        sql = f"SELECT {', '.join(columns)} FROM {relation} WHERE seq > ? AND seq <= ?"
        rows = truth.run(sql, (start, min(start + SLICE, upto)))
        if rows:
            table = pa.table([pa.array(column, pa.int64()) for column in zip(*rows, strict=True)], names=list(columns))
            count += len(rows)
            home = bucket_of[table["customer_id"].to_numpy()]
            for bucket in np.unique(home):
                parts[bucket].append(table.filter(pa.array(home == bucket)))
        progress(f"projection: {relation}", step + 1, len(steps))
    named = [_place(truth, settings, relation, bucket, tables, since, upto) for bucket, tables in enumerate(parts) if tables]
    with truth.transaction():
        for bucket, file, lines, from_seq, dropped in named:
            for old in dropped:
                truth.run("DELETE FROM projection_file WHERE relation = ? AND bucket = ? AND file = ?", (relation, bucket, old))
            truth.run(
                "INSERT INTO projection_file (relation, bucket, file, line_count, from_seq, to_seq) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (relation, bucket, file, lines, from_seq, upto),
            )
    for bucket, _, _, _, dropped in named:
        for old in dropped:
            (settings.projection_folder / old).unlink(missing_ok=True)
    return count


def _place(
    truth: Truth, settings: Settings, relation: str, bucket: int, tables: list[pa.Table], since: int, upto: int
) -> tuple[int, str, int, int, list[str]]:
    """Writes a bucket's new rows beside its base, or merged with it where the small files have grown past a tenth."""
    fresh = pa.concat_tables(tables)
    old = truth.run("SELECT file, line_count, from_seq FROM projection_file WHERE relation = ? AND bucket = ? ORDER BY from_seq", (relation, bucket))
    dropped: list[str] = []
    from_seq = since
    if len(old) > 1 and MERGE_PART * (sum(n for _, n, _ in old[1:]) + fresh.num_rows) > old[0][1]:
        dropped = [file for file, _, _ in old]
        from_seq = old[0][2]
        fresh = pa.concat_tables([*(pq.read_table(settings.projection_folder / file) for file in dropped), fresh])
    keys = [("customer_id", "ascending"), ("day" if "day" in fresh.column_names else "known_at", "ascending")]
    fresh = fresh.take(pc.sort_indices(fresh, sort_keys=keys))
    name = f"{relation}/{bucket:04d}-{upto}.parquet"
    path = settings.projection_folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh_path = path.with_suffix(".new")
    pq.write_table(fresh, fresh_path, compression="zstd")
    fresh_path.replace(path)
    return bucket, name, fresh.num_rows, from_seq, dropped


def _sweep(truth: Truth, settings: Settings) -> None:
    """Removes files that no manifest names: what a run that was ended had begun to write."""
    named = {file for (file,) in truth.run("SELECT file FROM projection_file")}
    for path in settings.projection_folder.glob("*/*"):
        if str(path.relative_to(settings.projection_folder)) not in named:
            path.unlink(missing_ok=True)
