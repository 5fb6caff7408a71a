"""Order lines set aside on disk until the whole file is read, so that an order may lie anywhere in it and memory stays bounded.

Lines go into parts by a hash of their order, so that an order is whole within one part; parts are taken back together as far as memory allows.
The files have no name: they are gone with the process, however it ends.
"""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zlib import crc32

import numpy as np
import pyarrow as pa

from habitue.words.errors import StoreError

PARTS = 32
LINES_AT_ONCE = 2_000_000
SCHEMA = pa.schema(
    [
        ("line", pa.int64()),
        ("order", pa.string()),
        ("customer", pa.string()),
        ("product", pa.string()),
        ("shop", pa.string()),
        ("line_key", pa.string()),
        ("at", pa.int64()),
        ("place", pa.int64()),
        ("quantity", pa.int64()),
        ("amount", pa.int64()),
        ("gift", pa.int64()),
    ]
)


class Staging:
    """Parts of a file of order lines; a context manager that frees the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[IO[bytes]] = []
        self.writers: list[pa.RecordBatchStreamWriter] = []
        self.counts = np.zeros(PARTS, np.int64)

    def __enter__(self) -> Staging:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.files = [tempfile.TemporaryFile(dir=self.folder) for _ in range(PARTS)]  # noqa: SIM115 - closed in __exit__
            self.writers = [pa.ipc.new_stream(file, SCHEMA) for file in self.files]
        except OSError as wrong:
            raise _disk(wrong, self.folder) from wrong
        return self

    def __exit__(self, *_what: object) -> None:
        for file in self.files:
            file.close()

    @property
    def line_count(self) -> int:
        return int(self.counts.sum())

    def add(self, table: pa.Table) -> None:
        """Sets lines aside. Raises: StoreError where the disk is full."""
        if not len(table):
            return
        encoded = table["order"].combine_chunks().dictionary_encode()
        part_of_order = np.array([crc32(key.encode()) % PARTS for key in encoded.dictionary.to_pylist()], np.int64)
        parts = part_of_order[encoded.indices.to_numpy()]
        order, counts = np.argsort(parts, kind="stable"), np.bincount(parts, minlength=PARTS)
        grouped, start = table.take(pa.array(order)).combine_chunks(), 0
        try:
            for part, count in enumerate(counts.tolist()):
                if count:
                    self.writers[part].write_table(grouped.slice(start, count))
                start += count
        except OSError as wrong:
            raise _disk(wrong, self.folder) from wrong
        self.counts += counts

    def groups(self) -> Iterator[pa.Table]:
        """Whole orders, as many parts at once as make up to two million lines."""
        try:
            for writer, file in zip(self.writers, self.files, strict=True):
                writer.close()
                file.flush()
        except OSError as wrong:
            raise _disk(wrong, self.folder) from wrong
        waiting: list[int] = []
        for part in np.flatnonzero(self.counts).tolist():
            if waiting and self.counts[[*waiting, part]].sum() > LINES_AT_ONCE:
                yield self._taken(waiting)
                waiting = []
            waiting.append(part)
        if waiting:
            yield self._taken(waiting)

    def _taken(self, parts: list[int]) -> pa.Table:
        tables = []
        for part in parts:
            self.files[part].seek(0)
            tables.append(pa.ipc.open_stream(self.files[part]).read_all())
        return pa.concat_tables(tables).combine_chunks()


def _disk(wrong: OSError, folder: Path) -> StoreError:
    if wrong.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreError(f"The disk of {folder} is full. Nothing of this step was kept; make room, then run the same import again.")
    return StoreError(f"{folder} cannot be written to: {wrong.strerror or wrong}.")
