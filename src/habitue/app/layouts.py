"""The exports of known tools, from `layouts.toml`: how each is recognised and what its columns tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from habitue.app.audit_mapping import AuditMapping
from habitue.app.layouts_rows import PART, item_columns, parts
from habitue.app.layouts_words import plain

FILE = Path(__file__).with_name("layouts.toml")


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One tool's export; `refused` says why a file of this layout cannot be audited, and what to export instead."""

    title: str
    title_fr: str
    source: str
    kind: str
    must: tuple[tuple[str, ...], ...]
    file: str = ""
    or_column: str = ""
    columns: dict[str, tuple[str, ...]] = {}
    mapping: dict[str, Any] = {}
    refused: str = ""

    def fits(self, columns: Sequence[str], file_name: str) -> bool:
        """Whether a file with these columns and this name is such an export."""
        names = {plain(column) for column in columns}
        if not all(any(plain(one) in names for one in group) for group in self.must):
            return False
        if not self.file or re.search(self.file, file_name, re.IGNORECASE):
            return True
        return bool(self.or_column) and plain(self.or_column) in names


@cache
def layouts() -> dict[str, Layout]:
    """Every known layout by its name."""
    return msgspec.convert(tomllib.loads(FILE.read_text(encoding="utf-8")), dict[str, Layout])


def known(kind: str, columns: Sequence[str], file_name: str) -> str:
    """The name of the layout, one of that kind of file if there is one; empty where none is known."""
    fitting = [name for name, layout in layouts().items() if layout.fits(columns, file_name)]
    return next((name for name in fitting if layouts()[name].kind == kind), fitting[0] if fitting else "")


def mapping_of(name: str, columns: Sequence[str]) -> AuditMapping:
    """What the columns of a file of that layout tell."""
    layout = layouts()[name]
    told = {field: column for field, choice in layout.columns.items() if (column := present(choice, columns))}
    said = dict(layout.mapping)
    for key in ("only", "leave_out"):
        if key in said:
            said[key] = {column: words for named, words in said[key].items() if (column := told.get(named) or present([named], columns))}
    if "items" in said:
        said["items"] = item_columns(said["items"], columns)
    if "granted_from" in said:
        said["granted_from"] = present([said["granted_from"]], columns)
    return msgspec.convert({**said, "kind": layout.kind, "layout": name, "columns": told}, AuditMapping)


def present(choice: Sequence[str], columns: Sequence[str]) -> str:
    """The first of the columns, or of the pairs of columns, that the file has, in the file's own writing; of “A | B”, what there is."""
    names = {plain(column): column for column in reversed(columns)}
    for told in choice:
        sign, wanted = parts(told, columns)
        there = [one if one.startswith(PART) else names.get(plain(one), "") for one in wanted]
        if all(there) or (sign == "|" and any(there)):
            return f" {sign} ".join(dict.fromkeys(filter(None, there)))
    return ""
