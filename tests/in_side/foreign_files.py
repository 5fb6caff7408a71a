"""Files as other tools write them, for people who do not exist: written, recognised, and read through the public doors."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from habitue.app.understanding.forms import Asked
from habitue.app.understanding.recognised import Recognised
from habitue.app.understanding.recognising import recognise
from habitue.app.understanding.remarks import said
from habitue.store import Settings

LATEST = int(datetime(2030, 1, 1, tzinfo=UTC).timestamp())


class Reader:
    """Somebody who brings a file that nobody prepared."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings, self.folder = settings, folder
        self.rejected: list[tuple[int, str]] = []
        self.notes: list[str] = []

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def recognise(self, name: str, content: str | bytes, kind: str, mapping: dict[str, Any] | None = None, **asked: Any) -> Recognised:
        return recognise(self.file(name, content), kind, self.settings, mapping, Asked(**asked))

    def read(self, recognised: Recognised) -> list[dict[str, Any]]:
        """Its rows as values; what was set aside and what was noted are kept beside."""
        table = recognised.opened()
        try:
            batches = list(recognised.reading(table, LATEST))
        finally:
            table.close()
        self.rejected = [reject for values in batches for reject in values.rejected]
        self.notes = [*table.notes, *(said(remark, "en") for remark in table.remarks)]
        return [row for values in batches for row in values.rows()]

    def rows(self, name: str, content: str | bytes, kind: str, **asked: Any) -> list[dict[str, Any]]:
        """The file's rows, whatever it looks like."""
        return self.read(self.recognise(name, content, kind, **asked))


def at(written: str, hours_ahead: int = 0) -> int:
    """An instant from 2024-03-04 18:05 of a clock that is so many hours ahead of UTC."""
    return int(datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp()) - 3600 * hours_ahead
