"""CSV and JSON lines: read line by line, never more than a megabyte of a line, in whatever encoding and delimiter the file has.

One broken line never takes another with it: a quotation mark that is not closed, a line too long or in no known encoding is set aside
with its number, and reading goes on with the very next line.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa

from habitue.events.plain_csv import cut
from habitue.events.tables import LONGEST_LINE, ROWS_A_BATCH, Batch, Gathering
from habitue.events.text_lines import Lines
from habitue.words.errors import BadInput

DELIMITERS = ",;\t|"
LONGEST_RECORD_LINES = 1_000
CHUNK_BYTES = 4 << 20
CAREFUL_BYTES = 1 << 17
JSON_LINES_LOOKED_AT = 1_000
OLD_ENCODING = "read as Windows-1252, since it is not UTF-8"
STRAY = "a quotation mark stands where none may"
UNCLOSED = "a quotation mark is opened and not closed"
csv.field_size_limit(LONGEST_LINE + 1)


class _Broken(Exception):
    """The record that is being read cannot be one."""


class Records:
    """CSV records with the line on which each begins; a record may span lines inside quotation marks."""

    def __init__(self, source: Lines, delimiter: str, width: int) -> None:
        self.source, self.delimiter, self.width = source, delimiter, width
        self.back: deque[tuple[int, str]] = deque()
        self.pulled: list[tuple[int, str]] = []
        self.characters, self.is_ended = 0, False

    def until(self, position: int) -> Iterator[tuple[int, list[str], int]]:
        """The records from here to that position, the last of them whole; nothing of any other is read."""
        lines = iter(self.source)
        while True:
            self.is_ended = False
            try:
                for row in csv.reader(self._feed(lines, position), delimiter=self.delimiter, strict=True):
                    if reason := self._wrong(row):
                        raise _Broken(reason)
                    if row:
                        yield self.pulled[0][0], row, self.characters
                    self.pulled.clear()
                    self.characters = 0
                return
            except _Broken as wrong:
                self._set_aside(str(wrong))
            except csv.Error:
                self._set_aside(UNCLOSED if self.is_ended else STRAY)

    def _feed(self, lines: Iterator[tuple[int, str]], position: int) -> Iterator[str]:
        while self.back or self.pulled or self.source.position < position:
            if (item := self.back.popleft() if self.back else next(lines, None)) is None:
                break
            self.pulled.append(item)
            self.characters += len(item[1])
            if len(self.pulled) > 1 and (self.characters > LONGEST_LINE or len(self.pulled) > LONGEST_RECORD_LINES):
                raise _Broken(UNCLOSED)
            yield item[1]
        self.is_ended = True

    def _wrong(self, row: list[str]) -> str:
        if self.is_ended:  # the reader asked for more and there was no more
            return UNCLOSED
        if len(row) == 1 and not row[0].strip():
            row.clear()
        if len(row) > self.width and not any(row[self.width :]):
            del row[self.width :]
        if row and len(row) != self.width:
            return f"the line has {len(row)} values, the heading has {self.width}"
        return ""

    def _set_aside(self, reason: str) -> None:
        """Only the record's first line is wrong for sure; the others get another chance."""
        (line, _text), *rest = self.pulled
        self.source.rejected.append((line, reason))
        self.back.extendleft(reversed(rest))
        self.pulled, self.characters = [], 0


class CsvFile:
    """Delimited text: the delimiter is the one that cuts the heading into most columns."""

    def __init__(self, path: Path) -> None:
        self.path, self.source = path, Lines(path)
        heading = next((text for _, text in self.source if text.strip()), "")
        try:
            self.columns, self.delimiter = _heading(heading, path.name)
        except BadInput:
            self.close()
            raise
        self.notes: list[str] = []

    def close(self) -> None:
        self.source.file.close()

    def batches(self, wanted: Sequence[str]) -> Iterator[Batch]:
        """Chunk by chunk: cut at once where a chunk is plain; else a smaller one is tried, and if need be read record by record."""
        places = {name: self.columns.index(name) for name in wanted}
        gathering, records = Gathering(places, self.source.rejected), Records(self.source, self.delimiter, len(self.columns))
        size = CHUNK_BYTES
        while ahead := self.source.ahead(size):
            chunk = ahead[: ahead.rfind(b"\n") + 1]
            table = cut(chunk, self.delimiter, len(self.columns), places.values())
            if table is not None:
                if gathering.lines or gathering.rejected:
                    yield gathering.batch(self.source.share)
                yield from self._plain(chunk, table, places)
                size = min(2 * size, CHUNK_BYTES)
            elif size > CAREFUL_BYTES:
                size = CAREFUL_BYTES
            else:
                for line, row, characters in records.until(self.source.position + len(ahead)):
                    gathering.add(line, row, characters)
                    if gathering.is_full:
                        yield gathering.batch(self.source.share)
        yield gathering.batch(1.0)
        self.notes += [OLD_ENCODING] if self.source.is_old_encoding else []

    def _plain(self, chunk: bytes, table: pa.Table, places: dict[str, int]) -> Iterator[Batch]:
        first = self.source.number + 1
        self.source.pass_over(chunk, table.num_rows)
        for piece in table.to_batches(max_chunksize=ROWS_A_BATCH):
            lines = np.arange(first, first + piece.num_rows, dtype=np.int64)
            first += piece.num_rows
            yield Batch(lines, {name: piece.column(str(place)) for name, place in places.items()}, share=self.source.share)


class JsonLinesFile:
    """One JSON object a line; its names are the columns, and what is not text is read as it is written."""

    def __init__(self, path: Path) -> None:
        self.source = Lines(path)
        self.lines = iter(self.source)
        self.looked_at = list(islice(self.lines, JSON_LINES_LOOKED_AT))
        names = {name: None for _, text in self.looked_at for name in _object(text) or ()}
        if not names:
            self.close()
            raise BadInput(f"{path.name} holds no JSON objects; write one {{…}} a line.")
        self.columns = list(names)
        self.notes: list[str] = []

    def close(self) -> None:
        self.source.file.close()

    def batches(self, wanted: Sequence[str]) -> Iterator[Batch]:
        gathering = Gathering({name: place for place, name in enumerate(wanted)}, self.source.rejected)
        for line, text in chain(self.looked_at, self.lines):
            if (found := _object(text)) is not None:
                gathering.add(line, [_text(found.get(name)) for name in wanted], len(text))
            elif text.strip():
                self.source.rejected.append((line, "the line is not a JSON object"))
            if gathering.is_full:
                yield gathering.batch(self.source.share)
        yield gathering.batch(1.0)
        self.notes += [OLD_ENCODING] if self.source.is_old_encoding else []


def _heading(line: str, file_name: str) -> tuple[list[str], str]:
    """The names of the columns and the delimiter that gives most of them."""
    if not line:
        raise BadInput(f"{file_name} is empty; its first line must name the columns.")
    try:
        cut = {sign: next(csv.reader([line.rstrip("\r\n")], delimiter=sign)) for sign in DELIMITERS}
    except (csv.Error, StopIteration) as wrong:
        raise BadInput(f"The first line of {file_name} cannot be read as the names of columns; save it as CSV with one row a line.") from wrong
    delimiter = max(DELIMITERS, key=lambda sign: len(cut[sign]))
    return [name.strip() for name in cut[delimiter]], delimiter


def _object(text: str) -> dict[str, object] | None:
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return msgspec.json.encode(value).decode()
