"""A file as a table that is read in pieces: what every kind of file gives, whatever it looks like on disk.

Units: lines count from 1 as an editor shows them (a spreadsheet's row, a Parquet file's row); `share` is how much is read, 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pyarrow as pa

LONGEST_LINE = 1_000_000
ROWS_A_BATCH = 50_000
CHARACTERS_A_BATCH = 16_000_000
Rejects = list[tuple[int, str]]


@dataclass
class Batch:
    """Some rows: their lines, the wanted columns, and the lines that could not even be read, each with its reason."""

    lines: np.ndarray
    columns: dict[str, pa.Array]
    rejected: Rejects = field(default_factory=list)
    share: float = 0.0


class TableFile(Protocol):
    """What can be asked of an opened file."""

    columns: list[str]
    """The names in its heading."""
    notes: list[str]
    """What a reader should know of how it was read (an old encoding, a delimiter); complete after the last batch."""

    def batches(self, wanted: Sequence[str]) -> Iterator[Batch]:
        """The rows in pieces of bounded size; only the wanted columns."""

    def close(self) -> None:
        """Lets go of the file; allowed at any time."""


class Gathering:
    """Rows of texts on their way into batches, bounded in rows and in characters; `rejected` is filled by whoever reads."""

    def __init__(self, positions: dict[str, int], rejected: Rejects) -> None:
        self.positions, self.rejected = positions, rejected
        self._start()

    def _start(self) -> None:
        self.lines: list[int] = []
        self.rows: list[Sequence[str | None]] = []
        self.characters = 0

    def add(self, line: int, row: Sequence[str | None], characters: int) -> None:
        self.lines.append(line)
        self.rows.append(row)
        self.characters += characters

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= ROWS_A_BATCH or self.characters >= CHARACTERS_A_BATCH or len(self.rejected) >= ROWS_A_BATCH

    def batch(self, share: float) -> Batch:
        """What was gathered so far, as a batch; gathering starts anew."""
        columns = {name: pa.array([row[place] for row in self.rows], pa.large_string()) for name, place in self.positions.items()}
        result = Batch(np.array(self.lines, np.int64), columns, list(self.rejected), share)
        self.rejected.clear()
        self._start()
        return result
