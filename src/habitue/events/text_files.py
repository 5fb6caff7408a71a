"""CSV and JSON lines: read line by line, never more than a megabyte of a line, in whatever encoding and delimiter the file has.

One broken line never takes another with it: a quotation mark that is not closed, a line too long or in no known encoding is set aside
with its number, and reading goes on with the very next line.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from io import BufferedReader
from itertools import chain, islice
from pathlib import Path

import msgspec

from habitue.events.tables import LONGEST_LINE, Batch, Gathering, Rejects
from habitue.words.errors import BadInput

DELIMITERS = ",;\t|"
LONGEST_RECORD_LINES = 1_000
JSON_LINES_LOOKED_AT = 1_000
OLD_ENCODING = "read as Windows-1252, since it is not UTF-8"
STRAY = "a quotation mark stands where none may"
UNCLOSED = "a quotation mark is opened and not closed"
csv.field_size_limit(LONGEST_LINE + 1)


class Lines:
    """The lines of a text file with their numbers, decoded; what cannot be a line goes to `rejected`."""

    def __init__(self, path: Path) -> None:
        self.path, self.size = path, max(1, path.stat().st_size)
        self.file = BufferedReader(path.open("rb", buffering=0), 1 << 20)
        self.rejected: Rejects = []
        self.is_old_encoding = False
        if self.file.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):
            self.file.close()
            raise BadInput(f"{path.name} is written in UTF-16; save it as CSV in UTF-8.")

    @property
    def share(self) -> float:
        return self.file.tell() / self.size

    def __iter__(self) -> Iterator[tuple[int, str]]:
        number = 0
        while raw := self.file.readline(LONGEST_LINE + 1):
            number += 1
            if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
                self._skip_rest()
                self.rejected.append((number, f"the line is longer than {LONGEST_LINE:,} bytes"))
            elif (text := self._decoded(number, raw)) is not None:
                yield number, text.removeprefix("\ufeff") if number == 1 else text

    def _skip_rest(self) -> None:
        while (raw := self.file.readline(LONGEST_LINE)) and not raw.endswith(b"\n"):
            pass

    def _decoded(self, number: int, raw: bytes) -> str | None:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError as wrong:
            self.rejected.append((number, f"byte {raw[wrong.start]:#04x} is neither UTF-8 nor Windows-1252"))
            return None
        self.is_old_encoding = True
        return text


class _Broken(Exception):
    """The record that is being read cannot be one."""


class Records:
    """CSV records with the line on which each begins; a record may span lines inside quotation marks."""

    def __init__(self, lines: Iterator[tuple[int, str]], delimiter: str, width: int, rejected: Rejects) -> None:
        self.lines, self.delimiter, self.width, self.rejected = lines, delimiter, width, rejected
        self.back: deque[tuple[int, str]] = deque()
        self.pulled: list[tuple[int, str]] = []
        self.characters, self.is_ended = 0, False

    def __iter__(self) -> Iterator[tuple[int, list[str], int]]:
        while True:
            self.is_ended = False
            try:
                for row in csv.reader(self._feed(), delimiter=self.delimiter, strict=True):
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

    def _feed(self) -> Iterator[str]:
        while (item := self.back.popleft() if self.back else next(self.lines, None)) is not None:
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
        self.rejected.append((line, reason))
        self.back.extendleft(reversed(rest))
        self.pulled, self.characters = [], 0


class CsvFile:
    """Delimited text: the delimiter is the one that cuts the heading into most columns."""

    def __init__(self, path: Path) -> None:
        self.path, self.source = path, Lines(path)
        self.lines = iter(self.source)
        heading = next((text for _, text in self.lines if text.strip()), "")
        try:
            self.columns, self.delimiter = _heading(heading, path.name)
        except BadInput:
            self.close()
            raise
        self.notes: list[str] = []

    def close(self) -> None:
        self.source.file.close()

    def batches(self, wanted: Sequence[str]) -> Iterator[Batch]:
        gathering = Gathering({name: self.columns.index(name) for name in wanted}, self.source.rejected)
        for line, row, characters in Records(self.lines, self.delimiter, len(self.columns), self.source.rejected):
            gathering.add(line, row, characters)
            if gathering.is_full:
                yield gathering.batch(self.source.share)
        yield gathering.batch(1.0)
        self.notes += [OLD_ENCODING] if self.source.is_old_encoding else []


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
