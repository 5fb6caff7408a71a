"""The lines of a text file, one by one and decoded, or some megabytes ahead of where reading stands.

Units: a position is a count of bytes from the file's beginning; lines count from 1.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from habitue.events.tables import LONGEST_LINE, Rejects
from habitue.words.errors import BadInput


class Lines:
    """The lines of a text file with their numbers, decoded; what cannot be a line goes to `rejected`."""

    def __init__(self, path: Path) -> None:
        self.path, self.size = path, max(1, path.stat().st_size)
        self.file = BufferedReader(path.open("rb", buffering=0), 1 << 20)
        self.number = self.position = 0
        self.rejected: Rejects = []
        self.is_old_encoding = False
        if self.file.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):
            self.file.close()
            raise BadInput(f"{path.name} is written in UTF-16; save it as CSV in UTF-8.")

    @property
    def share(self) -> float:
        return self.position / self.size

    def ahead(self, size: int) -> bytes:
        """The next bytes, at most so many; they stay unread."""
        return os.pread(self.file.fileno(), size, self.position)

    def pass_over(self, chunk: bytes, lines: int) -> None:
        """Goes on behind a chunk that was read otherwise."""
        self.position += len(chunk)
        self.number += lines
        self.file.seek(self.position)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        while raw := self.file.readline(LONGEST_LINE + 1):
            self.number += 1
            self.position += len(raw)
            if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
                self._skip_rest()
                self.rejected.append((self.number, f"the line is longer than {LONGEST_LINE:,} bytes"))
            elif (text := self._decoded(raw)) is not None:
                yield self.number, text.removeprefix("\ufeff") if self.number == 1 else text

    def _skip_rest(self) -> None:
        while raw := self.file.readline(LONGEST_LINE):
            self.position += len(raw)
            if raw.endswith(b"\n"):
                return

    def _decoded(self, raw: bytes) -> str | None:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError as wrong:
            self.rejected.append((self.number, f"byte {raw[wrong.start]:#04x} is neither UTF-8 nor Windows-1252"))
            return None
        self.is_old_encoding = True
        return text
