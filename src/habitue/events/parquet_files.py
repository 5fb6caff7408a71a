"""Parquet: read column by column, only the columns that are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from habitue.events.tables import Batch
from habitue.words.errors import BadInput

ROWS_A_BATCH = 200_000


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
        first, total = 1, max(1, self.file.metadata.num_rows)
        try:
            for batch in self.file.iter_batches(batch_size=ROWS_A_BATCH, columns=list(dict.fromkeys(wanted))):
                lines = np.arange(first, first + batch.num_rows, dtype=np.int64)
                first += batch.num_rows
                yield Batch(lines, {name: batch.column(name) for name in wanted}, share=(first - 1) / total)
        except (pa.ArrowException, OSError) as wrong:
            raise BadInput(f"{self.path.name} is broken after row {first - 1:,}: {str(wrong).splitlines()[0]}") from wrong

    def close(self) -> None:
        self.file.close()
