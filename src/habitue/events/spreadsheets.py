"""Spreadsheets (.xlsx): read by a child process with limits on memory and time, so that no file can take the house down."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import msgspec

from habitue.events import spreadsheet_child
from habitue.events.tables import LONGEST_LINE, Batch, Gathering, Rejects
from habitue.words.errors import BadInput

MEMORY_BYTES = 1_500_000_000
PROCESSOR_SECONDS = 60
WAITING_SECONDS = 120
"""How long the child may be silent while we wait for it."""
PART_BYTES = 65_536
LONGEST_ROW = 4 * LONGEST_LINE
Row = tuple[int, list[str | None]]


class SpreadsheetFile:
    """The first sheet of a workbook, or the one that is named; its first row with anything in it is the heading."""

    def __init__(self, path: Path, sheet: str = "") -> None:
        self.path, self.rejected = path, Rejects()
        self.rows = self._read(sheet)
        heading = next(self.rows, None)
        if heading is None:
            raise BadInput(f"{path.name} is empty; its first row must name the columns.")
        self.columns = [(name or "").strip() for name in heading[1]]
        self.notes: list[str] = []

    def batches(self, wanted: Sequence[str]) -> Iterator[Batch]:
        gathering = Gathering({name: self.columns.index(name) for name in wanted}, self.rejected)
        for number, cells in self.rows:
            gathering.add(number, cells, sum(len(text) for text in cells if text))
            if gathering.is_full:
                yield gathering.batch(0.5)
        yield gathering.batch(1.0)

    def close(self) -> None:
        self.rows.close()

    def _read(self, sheet: str) -> Generator[Row, None, None]:
        """The rows with anything in them, as the child tells them; the child is gone when this ends, however it ends."""
        limits = (str(MEMORY_BYTES), str(PROCESSOR_SECONDS))
        command = [sys.executable, "-I", spreadsheet_child.__file__, str(self.path.resolve()), sheet, *limits]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            try:
                yield from self._rows(child)
                said = child.stderr.read(300).decode(errors="replace") if child.stderr else ""
                self._judge(child.wait(), said)
            finally:
                child.kill()

    def _rows(self, child: subprocess.Popen[bytes]) -> Iterator[Row]:
        for raw in self._lines(child):
            number, cells = msgspec.json.decode(raw, type=Row)
            if any(cells):
                yield number, cells

    def _lines(self, child: subprocess.Popen[bytes]) -> Iterator[bytes]:
        """What the child writes, line by line; only the time counts in which we wait for it, not the time in which it waits for whoever reads."""
        begun = b""
        while part := self._part(child):
            *lines, begun = (begun + part).split(b"\n")
            yield from lines
            if len(begun) > LONGEST_ROW:
                raise BadInput(f"A row of {self.path.name} is longer than {LONGEST_ROW:,} bytes; save the sheet as CSV.")

    def _part(self, child: subprocess.Popen[bytes]) -> bytes:
        if child.stdout is None:
            return b""
        waiting = select.poll()  # select.select takes no descriptor above 1,023
        waiting.register(child.stdout, select.POLLIN)
        if not waiting.poll(WAITING_SECONDS * 1000):
            child.kill()
        return os.read(child.stdout.fileno(), PART_BYTES)

    def _judge(self, code: int, said: str) -> None:
        if code == spreadsheet_child.WRONG_FILE:
            raise BadInput(f"{self.path.name} cannot be read as a spreadsheet: {said}.")
        if code != 0:
            limits = f"{MEMORY_BYTES / 1_000_000_000:.1f} GB and {PROCESSOR_SECONDS} seconds"
            raise BadInput(f"{self.path.name} asks for more than a spreadsheet may ({limits}); it was not read to its end. Save the sheet as CSV.")
