"""A column of texts as Arrow holds it: one row of bytes after the other, looked at without making a single Python text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import types

ZERO, SPACE, TILDE = b"0 ~"


@dataclass(frozen=True)
class Texts:
    """The bytes of a whole column, the edges between its rows in them, and which rows have any; those of a null row mean nothing."""

    signs: np.ndarray
    edges: np.ndarray
    is_written: np.ndarray

    @classmethod
    def of(cls, column: pa.Array) -> Texts | None:
        """The column's bytes; nothing where it is no column of texts, or where nothing is written in it."""
        is_large = types.is_large_string(column.type)
        if not is_large and not types.is_string(column.type):
            return None
        _, offsets, data = column.buffers()
        edges = np.frombuffer(offsets, np.int64 if is_large else np.int32)[column.offset : column.offset + len(column) + 1].astype(np.int64)
        is_written = np.diff(edges) > 0
        if column.null_count:
            is_written &= column.is_valid().to_numpy(zero_copy_only=False)
        if not is_written.any():
            return None
        return cls(np.frombuffer(data, np.uint8)[edges[0] : edges[-1]], edges - edges[0], is_written)

    @property
    def starts(self) -> np.ndarray:
        return self.edges[:-1]

    @property
    def ends(self) -> np.ndarray:
        return self.edges[1:]

    @property
    def first(self) -> np.ndarray:
        """The first byte of each row; any byte for an empty one."""
        return self.signs.take(self.starts, mode="clip")

    def are_plain(self, longest: int) -> np.ndarray:
        """Which rows are at most so many printable signs of ASCII with no space around them."""
        odd = np.flatnonzero((self.signs - SPACE) > TILDE - SPACE)  # a byte below the space becomes a large one
        last = self.signs.take(self.ends - 1, mode="clip")
        is_plain = (np.diff(self.edges) <= longest) & (self.first != SPACE) & (last != SPACE)
        is_plain[np.searchsorted(self.edges, odd, "right") - 1] = False
        return np.asarray(is_plain, bool)

    def others_than_digits(self, begins: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """From `begins` to each row's end: how many bytes are no digits, and of the first of them, its place and itself."""
        is_other = (self.signs - ZERO) > 9
        before = np.concatenate((np.zeros(1, np.int64), np.cumsum(is_other)))
        places = np.append(np.flatnonzero(is_other), 0)
        place = places[before[begins]]
        return before[self.ends] - before[begins], place, self.signs[place]
