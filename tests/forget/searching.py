"""A search for somebody in every file of a house: as bytes, and decoded, in each table, each Parquet file, each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pyarrow.parquet as pq

from habitue.store import Settings, open_truth
from habitue.store.schema import columns, tables

KEY = "zq-4711"
OTHER_KEY = "zq-ancienne"
EMAIL = "zephyrine.quatrepoint@example.org"
PHONE = "+33 6 98 76 54 32"
STREET = "7 venelle des Hirondelles"
QUOTE = "surtout pas de coriandre"
DEVICE = "device-of-zephyrine-91"
WORDS = (
    KEY,
    OTHER_KEY,
    EMAIL,
    "Quatrepoint",
    "QUATREPOINT",
    "phyrine",
    PHONE,
    "+33698765432",
    "98 76 54 32",
    STREET,
    QUOTE,
    DEVICE,
    "zq-order-1",
    "zq-order-2",
)


def found(settings: Settings) -> Counter[str]:
    """How often she is found, by the kind of place: `raw: …` as bytes, `table: …` decoded."""
    hits: Counter[str] = Counter()
    for where, path in _files(settings):
        content = path.read_bytes()
        hits[f"raw: {where}"] += sum(content.count(word.encode()) for word in WORDS)
    with closing(open_truth(settings)) as truth:
        for table in tables(truth):
            names = columns(truth, table)
            for row in truth.run(f"SELECT {', '.join(names)} FROM {table}"):
                hits[f"table: {table}"] += sum(word in _text(value) for value in row for word in WORDS)
    return +hits


def lines_of(settings: Settings, profiles: Iterable[int]) -> int:
    """How many lines of the files for judgement bear one of these numbers, whether a manifest names the file or not."""
    hers = set(profiles)
    files = sorted(settings.projection_folder.glob("*/*.parquet"))
    return sum(number in hers for file in files for number in pq.read_table(file, columns=["customer_id"])["customer_id"].to_pylist())


def _files(settings: Settings) -> Iterator[tuple[str, Path]]:
    for path in sorted(settings.data.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(settings.data)), path
    if settings.truth != "sqlite":
        with psycopg.connect(settings.truth, autocommit=True) as db:
            told: Any = db.execute("SHOW data_directory").fetchone()
            yield from (("postgres/pg_wal", path) for path in sorted(Path(told[0], "pg_wal").iterdir()) if path.is_file())  # a checkpoint may end some
            db.execute("CHECKPOINT")  # what lies in memory only is searched as a file, too
        for path in sorted(Path(told[0]).parent.rglob("*")):
            if path.is_file():
                yield "postgres/" + path.relative_to(told[0]).parts[0] if path.is_relative_to(told[0]) else "postgres/log", path


def _text(value: object) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
