"""The rows of a backup on their way into a truth that is still empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from habitue.store import Truth
from habitue.store.backup_file import COMMON, HOUSE, ROWS, Frame, Opening, Reader, Rows
from habitue.store.backup_keys import DESTROYED, Keys, check_of
from habitue.store.projection import Progress
from habitue.words.errors import BadInput

ROWS_A_STATEMENT, WAITING_BYTES = 5_000, 32_000_000
UNKNOWN = "{file} brings what no backup of Habitué has ({what}); nothing was changed."


class Loading:
    """Reads what the keys can read, and writes it; inside a transaction. What could not be read is counted as `Restored` does."""

    def __init__(self, truth: Truth, reader: Reader, keys: Keys, opening: Opening) -> None:
        self.truth, self.reader, self.keys, self.opening = truth, reader, keys, opening
        self.forgotten: set[int] = set()
        self.unread: set[int] = set()
        self.is_all_common = check_of(keys.common) == reader.head.common
        self.rows = self.mended = 0
        self._waiting: dict[str, list[tuple[Any, ...]]] = defaultdict(list)

    def load(self, expected: int, tell: Progress) -> None:
        for relation in self.opening.columns:
            self.truth.run(f"DELETE FROM {relation}")  # what migrations put there
        written = self.reader.bytes_read
        for part in self._parts():
            for relation, rows in part.items():
                if any(len(row) != len(self.opening.columns.get(relation, ())) for row in rows):
                    raise BadInput(UNKNOWN.format(file=self.reader.path, what=relation))
                self._waiting[relation] += rows
                if len(self._waiting[relation]) >= ROWS_A_STATEMENT:
                    self._write(relation)
            if self.reader.bytes_read - written > WAITING_BYTES:
                written = self.reader.bytes_read
                for relation in list(self._waiting):
                    self._write(relation)
            tell("restore", self.rows, expected)
        for relation in list(self._waiting):
            self._write(relation)

    def _parts(self) -> Iterator[Rows]:
        for frame in self.reader.frames():
            if frame.kind != ROWS:
                continue
            if frame.owners == HOUSE:
                yield self.reader.read(frame, self.keys.house, Rows)
            elif frame.owners == COMMON:
                if self.is_all_common:
                    yield self.reader.read(frame, self.keys.common, Rows)
            else:
                yield from self._hers(frame)

    def _hers(self, frame: Frame) -> Iterator[Rows]:
        """Somebody's rows, where they can be read; one frame that cannot is no reason to bring nobody back."""
        key = self.keys.of_all(frame.owners)
        if key is DESTROYED:
            self.forgotten |= {number for number in frame.owners if self.keys.of(number) is DESTROYED}
        try:
            rows = self.reader.read(frame, key, Rows) if key else None
        except BadInput:
            rows = None
        if rows:
            yield rows
        elif key is not DESTROYED:
            self.unread |= {number for number in frame.owners if not self.keys.of(number) or len(frame.owners) == 1}

    def _write(self, relation: str) -> None:
        rows = self._waiting.pop(relation)
        self.truth.fill(relation, self.opening.columns[relation], self._mended(rows))
        self.rows += len(rows)

    def _mended(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows with a mark for each zero byte in their texts: PostgreSQL keeps none, and a house on SQLite may have some from an older Habitué."""
        for place, row in enumerate(rows):
            for value in row:
                if value.__class__ is str and "\0" in value:
                    rows[place] = tuple(each.replace("\0", "␀") if isinstance(each, str) else each for each in row)
                    self.mended += 1
                    break
        return rows
