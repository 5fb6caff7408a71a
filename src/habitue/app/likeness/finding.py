"""From people to those who may be one: spelt alike, paired by keys, compared by Splink, weighed; the same people give the same pairs."""

from __future__ import annotations

import fcntl
import math
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from habitue.app.likeness.blocking import block
from habitue.app.likeness.levels import FIELDS
from habitue.app.likeness.model import Agreement, Alike, Reason, Somebody
from habitue.app.likeness.spelling import COLUMNS, spelt
from habitue.app.likeness.weighing import chances, exchanged, telling
from habitue.store.columnar import Columnar, Shortage
from habitue.words.errors import BadInput, Busy

THRESHOLD_PERMILLE = 990
PEOPLE_A_BATCH = 50_000
FAINT_BITS = 7
"""Pairs that would need so many more bits to be as likely as not are forgotten at once."""
SHORTAGE = Shortage(memory="These people do not fit in memory; raise memory_mb in habitue.toml, then run the same command again.")
_KINDS: dict[str, pa.DataType] = {"number": pa.int64(), "woman": pa.bool_(), "is_known_name": pa.bool_(), "family_is_name": pa.bool_(), "birthday": pa.int32()}
_SCHEMA = pa.schema([(name, _KINDS.get(name, pa.string())) for name in COLUMNS])
_SHOWN = tuple(name for name in FIELDS if name != "beside")


def alike(people: Iterable[Somebody], folder: Path, memory_mb: int = 1500) -> list[Alike]:
    """The pairs among these people that are one person, or one person or one household, with a chance of .99 or more, in the order of their numbers.

    What has to lie on disk in passing lies in `folder`/likeness, for no other eyes, and is gone afterwards, also what a killed run left behind.
    Raises: BadInput where a number comes twice; StoreError where memory runs out; Busy where another run is at it.
    """
    with _passing_folder(folder / "likeness") as temporary:
        db = Columnar(memory_mb, temporary, shortage=SHORTAGE)
        try:
            count = _load(db, people)
            pairs = count * (count - 1) // 2
            keys = block(db, count)
            if not keys:
                return []
            from habitue.app.likeness.comparing import compare  # it takes a second, which only this command pays

            table = compare(db, keys, count, math.log2(pairs / count) - FAINT_BITS)
        finally:
            db.close()
    is_one, is_either = (np.floor(chance * 1000).astype(int) for chance in chances(table, pairs))
    likely = np.flatnonzero(is_either >= THRESHOLD_PERMILLE)
    rows = table.take(pa.array(likely)).to_pylist()
    return [_alike(row, int(one), int(either)) for row, one, either in zip(rows, is_one[likely], is_either[likely], strict=True)]


def _alike(row: dict[str, Any], one_permille: int, either_permille: int) -> Alike:
    reason: tuple[Reason, int] = ("likeness", one_permille) if one_permille >= THRESHOLD_PERMILLE else ("home", either_permille)
    return Alike(row["one"], row["other"], *reason, evidence(row))


def evidence(row: dict[str, Any]) -> dict[str, Agreement]:
    """How each field of a pair stands to the other's. Where given and family name are exchanged, both are near."""
    said: dict[str, Agreement] = {name: telling(name)[row[name]].agreement if row[name] >= 0 else "unknown" for name in _SHOWN}
    if exchanged(row["given_name"]):
        said["family_name"] = "near"
    return said


@contextmanager
def _passing_folder(folder: Path) -> Iterator[Path]:
    """A folder for one run at a time, empty at its beginning and gone at its end."""
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise Busy("Somebody is looking for who is alike already; wait until that is done.") from taken
        inside = folder / "spill"
        shutil.rmtree(inside, ignore_errors=True)
        try:
            yield inside
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def _load(db: Columnar, people: Iterable[Somebody]) -> int:
    """Spells everybody into the table `spelt`; gives how many they are."""
    db.load_table("spelt", _SCHEMA.empty_table())
    for batch in _batches(people):
        columns = [pa.array(column, kind.type) for column, kind in zip(zip(*batch, strict=True), _SCHEMA, strict=True)]
        db.db.register("arriving", pa.Table.from_arrays(columns, schema=_SCHEMA))
        db.run("INSERT INTO spelt SELECT * FROM arriving")
        db.db.unregister("arriving")
    [(count, different)] = db.run("SELECT count(*), count(DISTINCT number) FROM spelt")
    if count != different:
        raise BadInput("Two people came under one number; likeness needs a number for each.")
    return int(count)


def _batches(people: Iterable[Somebody]) -> Iterator[list[tuple[Any, ...]]]:
    rows = map(spelt, people)
    while batch := list(islice(rows, PEOPLE_A_BATCH)):
        yield batch
