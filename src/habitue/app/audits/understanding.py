"""What was understood of the files of an audit, kept as plain values and told as a table in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from habitue.app.understanding.layouts import layouts
from habitue.app.understanding.recognised import Found, Recognised
from habitue.app.understanding.remarks import KINDS, LABELS, Remark, said
from habitue.app.understanding.understood import SAID_SO, SURENESS, WORDS

ZONE_REMARKS = ("zone_taken", "zones_mixed", "zones_many")


class UnderstoodFile(msgspec.Struct, frozen=True):
    """One file as it was understood; the plain part of `Recognised`."""

    kind: str
    name: str
    layout: str
    rows_looked_at: int
    found: tuple[Found, ...]
    fixed: dict[str, str]
    unused: tuple[str, ...]
    notes: tuple[Remark, ...]
    doubts: tuple[Remark, ...]


@dataclass(frozen=True)
class Line:
    """A field in plain words, the column that tells it, two of its cells, and how sure that is (empty: sure)."""

    label: str
    column: str
    samples: tuple[str, ...]
    sureness: str


@dataclass(frozen=True)
class Table:
    """What was understood of one file, in words."""

    name: str
    kind: str
    how: str
    lines: tuple[Line, ...]
    unused: tuple[str, ...]
    notes: tuple[str, ...]
    doubts: tuple[str, ...]


def keep_understanding(path: Path, files: Iterable[Recognised]) -> None:
    """Writes what was understood, whole or not at all."""
    told = [UnderstoodFile(one.kind, one.path.name, one.layout, one.rows_looked_at, one.found, _plain(one), one.unused, one.notes, one.doubts) for one in files]
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(msgspec.json.encode(told, enc_hook=str))
    fresh.replace(path)


def kept_understanding(path: Path) -> tuple[UnderstoodFile, ...]:
    """What was understood, as it was kept. Raises: OSError where nothing was."""
    return msgspec.json.decode(path.read_bytes(), type=tuple[UnderstoodFile, ...])


def is_zone_in_question(files: Iterable[UnderstoodFile]) -> bool:
    """Whether any file has times that do not say in which zone they are."""
    return any(remark.code in ZONE_REMARKS for file in files for remark in (*file.notes, *file.doubts))


def table_of(file: UnderstoodFile, language: str) -> Table:
    """The file in words, in `en` or `fr`."""
    which = int(language == "fr")
    lines = [Line(LABELS[one.field][which], one.column, one.samples, SURENESS[one.sureness][which]) for one in file.found]
    lines += [Line(LABELS[field][which], _for_all(value, which), (), "") for field, value in file.fixed.items()]
    layout = layouts().get(file.layout)
    titles = (layout.title, layout.title_fr) if layout else WORDS["no_layout"]
    how = f"{titles[which]}; {WORDS['looked_at'][which].format(rows=file.rows_looked_at)}"
    notes, doubts = (tuple(said(remark, language) for remark in told) for told in (file.notes, file.doubts))
    return Table(file.name, KINDS[file.kind][which], how, tuple(lines), file.unused, notes, doubts)


def _for_all(value: str, which: int) -> str:
    return WORDS["for_all"][which].format(value=SAID_SO.get(value, (value, value))[which])


def _plain(one: Recognised) -> dict[str, str]:
    return {field: str(value) for field, value in one.mapping.fixed.items()}
