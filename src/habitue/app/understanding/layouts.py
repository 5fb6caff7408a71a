"""The exports of known tools, from `layouts.toml`: how each is recognised and what its columns tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from habitue.app.audits.mapping import AuditMapping
from habitue.app.imports.mapping import Mapping
from habitue.app.understanding.layouts_rows import PART, item_columns, parts
from habitue.app.understanding.layouts_words import plain
from habitue.app.understanding.mapping_texts import M

FILE = Path(__file__).with_name("layouts.toml")


class Brings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an import takes from each row: facts of one kind, told by these columns."""

    kind: str
    columns: dict[str, tuple[str, ...]]
    mapping: dict[str, Any] = {}


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One tool's export: what it tells an audit (`kind`, `columns`, `mapping`; an empty kind: nothing), and what an import takes from it (`brings`).

    `refused` says why a file of this layout can be used for neither, and what to export instead.
    """

    title: str
    title_fr: str
    source: str
    must: tuple[tuple[str, ...], ...]
    file: str = ""
    or_column: str = ""
    columns: dict[str, tuple[str, ...]] = {}
    mapping: dict[str, Any] = {}
    refused: str = ""
    kind: str = ""
    brings: tuple[Brings, ...] = ()
    brings_file: str = ""

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
    fitting = [name for name, layout in layouts().items() if (layout.kind or layout.refused) and layout.fits(columns, file_name)]
    return next((name for name in fitting if layouts()[name].kind == kind), fitting[0] if fitting else "")


def brought(columns: Sequence[str], file_name: str) -> str:
    """The name of the layout by which an import reads such a file; empty where none is known."""
    told = ((name, layout) for name, layout in layouts().items() if layout.brings or layout.refused)
    return next((name for name, one in told if one.fits(columns, file_name) and re.search(one.brings_file, file_name, re.IGNORECASE)), "")


def mapping_of(name: str, columns: Sequence[str]) -> AuditMapping:
    """What the columns of a file of that layout tell an audit."""
    layout = layouts()[name]
    return _mapping(name, layout.kind, layout.columns, layout.mapping, columns, AuditMapping)


def mappings_of(name: str, columns: Sequence[str]) -> list[Mapping]:
    """What an import takes from a file of that layout, a mapping for each kind of facts."""
    told = layouts()[name].brings
    return [_mapping(name, one.kind, one.columns, {**one.mapping, "is_tidied": True}, columns, Mapping) for one in told]


def _mapping(name: str, kind: str, choices: dict[str, tuple[str, ...]], extra: dict[str, Any], columns: Sequence[str], manner: type[M]) -> M:
    told = {field: column for field, choice in choices.items() if (column := present(choice, columns))}
    said = dict(extra)
    for key in ("only", "leave_out"):
        if key in said:
            said[key] = {column: words for named, words in said[key].items() if (column := told.get(named) or present([named], columns))}
    if "items" in said:
        said["items"] = item_columns(said["items"], columns)
    for key in ("granted_from", "continued_by"):
        if key in said:
            said[key] = present([said[key]], columns)
    if "fixed" in said:
        said["fixed"] = {field: value for field, value in said["fixed"].items() if field not in told}
    return msgspec.convert({**said, "kind": kind, "layout": name, "columns": told}, manner)


def present(choice: Sequence[str], columns: Sequence[str]) -> str:
    """The first of the columns, or of the pairs of columns, that the file has, in the file's own writing; of “A | B”, what there is."""
    names = {plain(column): column for column in reversed(columns)}
    for told in choice:
        sign, wanted = parts(told, columns)
        there = [one if one.startswith(PART) else names.get(plain(one), "") for one in wanted]
        if all(there) or (sign == "|" and any(there)):
            return f" {sign} ".join(dict.fromkeys(filter(None, there)))
    return ""
