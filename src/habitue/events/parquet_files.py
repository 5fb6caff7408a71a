"""Parquet: read column by column, only the columns that are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from habitue.events.tables import Batch
from habitue.words.clock import day_number
from habitue.words.errors import BadInput

ROWS_A_BATCH = 200_000
DAY_SECONDS = 86_400
PARTS_OF_A_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000}
"""What finer ones can hold never leaves the calendar."""
FIRST_DAY, LAST_DAY = day_number(date(1, 1, 1)), day_number(date(9999, 12, 31))
DAYS_OF_ZONES = 2
"""How far within the calendar an instant must lie, so that every zone's clock still shows a year from 1 to 9999."""


class ParquetFile:
    """A Parquet file; a line is a row, from 1."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.file = pq.ParquetFile(path)
        except (pa.ArrowException, OSError) as wrong:
            raise BadInput(f"{path.name} is not a Parquet file that can be read: {str(wrong).splitlines()[0]}") from wrong
        self.columns: list[str] = list(self.file.schema_arrow.names)
        self.notes: list[str] = []

    def batches(self, wanted: Sequence[str]) -> Iterator[Batch]:
        for name in wanted:
            if pa.types.is_nested(kind := self.file.schema_arrow.field(name).type):
                raise BadInput(f"The column “{name}” of {self.path.name} holds {kind}; a column must hold single values.")
            if pa.types.is_timestamp(kind) and not _is_zone(kind):
                raise BadInput(f"The column “{name}” of {self.path.name} holds times of the zone “{kind.tz}”, which nobody knows; write them in UTC.")
        first, total = 1, max(1, self.file.metadata.num_rows)
        try:
            for batch in self.file.iter_batches(batch_size=ROWS_A_BATCH, columns=list(dict.fromkeys(wanted))):
                lines = np.arange(first, first + batch.num_rows, dtype=np.int64)
                first += batch.num_rows
                yield Batch(lines, {name: _of_the_calendar(batch.column(name)) for name in wanted}, share=(first - 1) / total)
        except (pa.ArrowException, OSError) as wrong:
            raise BadInput(f"{self.path.name} is broken after row {first - 1:,}: {str(wrong).splitlines()[0]}") from wrong

    def close(self) -> None:
        self.file.close()


def _is_zone(kind: pa.TimestampType) -> bool:
    """Whether both Arrow and Python can tell the hour there."""
    epoch = pa.array([0], kind)
    try:
        epoch.to_pylist()
        epoch.cast(pa.string())
    except (pa.ArrowException, LookupError, ValueError):
        return False
    return True


def _of_the_calendar(column: pa.Array) -> pa.Array:
    """Dates and times beyond the years 1 to 9999 as the ends of these, which no reader believes either; the rest as it is."""
    kind = column.type
    if pa.types.is_date32(kind):
        return _held(column, pa.int32(), 1)
    if pa.types.is_date64(kind):
        return _held(column, pa.int64(), DAY_SECONDS * 1_000)
    if pa.types.is_timestamp(kind) and kind.unit in PARTS_OF_A_SECOND:
        return _held(column, pa.int64(), DAY_SECONDS * PARTS_OF_A_SECOND[kind.unit], DAYS_OF_ZONES if kind.tz else 0)
    return column


def _held(column: pa.Array, whole: pa.DataType, parts_a_day: int, within_days: int = 0) -> pa.Array:
    first = pa.scalar((FIRST_DAY + within_days) * parts_a_day, whole)
    last = pa.scalar((LAST_DAY + 1 - within_days) * parts_a_day - 1, whole)
    numbers = column.cast(whole)
    if not pc.any(pc.or_(pc.less(numbers, first), pc.greater(numbers, last))).as_py():
        return column
    return pc.min_element_wise(pc.max_element_wise(numbers, first, skip_nulls=False), last, skip_nulls=False).cast(column.type)
