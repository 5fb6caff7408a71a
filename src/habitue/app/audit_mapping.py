"""The mapping of an audit: what each file's columns tell, and how its rows must be mended; guessed, or read from a file, or both.

A mapping file has a table for each kind of file: `[sends.columns]`, `[orders.forms]`; what it says wins over any guess.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from habitue.app.audit_kinds import AUDIT_KINDS
from habitue.app.import_kinds import Field
from habitue.app.import_mapping import Forms, Mapping, check_names, read_toml
from habitue.words.errors import BadInput


class AuditMapping(Mapping, frozen=True, forbid_unknown_fields=True):
    """A mapping for one file of an audit.

    A column may be written “A + B” (both, with a space between) or “A | B” (the first of them that is filled).
    """

    layout: str = ""
    """The name of the layout in `layouts.toml`, where the file has a known one."""
    is_continued: bool = False
    """Whether an order's own cells are filled on its first row only."""
    only: dict[str, tuple[str, ...]] = {}
    """A column and its words: rows with any other word are not of this kind."""
    leave_out: dict[str, tuple[str, ...]] = {}
    """A column and its words: rows with one of them do not count, and are set aside."""
    items: tuple[str, ...] = ()
    """Columns that hold a whole line each as `name:Tea|sku:T1|quantity:2`; its parts are then columns named `item.name`, `item.sku`, …"""
    split: dict[str, str] = {}
    """A field and the sign between several values in one cell: the row becomes one for each."""
    granted_from: str = ""
    """A column that says since when she had agreed, in a file in which `at` is when she left."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """What a row of this kind may tell an audit."""
        return AUDIT_KINDS[self.kind]


def read_audit_mapping(path: Path) -> dict[str, dict[str, Any]]:
    """What a mapping file says of each kind of file; nothing of a kind that it does not name.

    Raises: BadInput with the file's name and what is wrong in it.
    """
    said = read_toml(path)
    for kind, table in said.items():
        if kind not in AUDIT_KINDS:
            raise BadInput(f"{path.name} has a table [{kind}]; an audit knows {', '.join(f'[{known}]' for known in AUDIT_KINDS)}.")
        check_names(_mapping({**table, "kind": kind}, path.name), path.name)
    return said


def over(guess: AuditMapping, said: dict[str, Any], name: str) -> AuditMapping:
    """The guess with what a mapping file says put over it; a column named "" is taken out. `name` is the file's."""
    merged = msgspec.to_builtins(guess)
    for key, value in said.items():
        if key == "kind":
            continue
        merged[key] = {**merged[key], **value} if isinstance(value, dict) and isinstance(merged.get(key), dict) else value
    for field in said.get("columns", ()):
        merged["fixed"].pop(field, None)
    for field in said.get("fixed", ()):
        merged["columns"].pop(field, None)
    merged["columns"] = {field: column for field, column in merged["columns"].items() if column}
    return _mapping(merged, name)


def _mapping(told: dict[str, Any], name: str) -> AuditMapping:
    try:
        return msgspec.convert(told, AuditMapping)
    except msgspec.ValidationError as wrong:
        raise BadInput(f"{name} is not a mapping of an audit: {wrong}.") from wrong


def to_toml(mappings: Iterable[AuditMapping]) -> str:
    """Mappings as a file that can be kept, edited and given again."""
    return "\n".join(line for mapping in mappings for line in _lines(mapping)) + "\n"


def _lines(mapping: AuditMapping) -> Iterator[str]:
    told = {**_set(mapping), "forms": _set(mapping.forms)}
    del told["kind"]
    yield f"[{mapping.kind}]"
    yield from (f"{key} = {_value(value)}" for key, value in told.items() if not isinstance(value, dict))
    for key, value in told.items():
        if isinstance(value, dict) and value:
            yield from ("", *_table(f"{mapping.kind}.{key}", value))
    yield ""


def _table(title: str, values: dict[str, Any]) -> Iterator[str]:
    plain = {key: value for key, value in values.items() if not isinstance(value, dict)}
    if plain:
        yield from (f"[{title}]", *(f"{_key(key)} = {_value(value)}" for key, value in plain.items()))
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _table(f"{title}.{_key(key)}", value)


def _set(struct: Mapping | Forms) -> dict[str, Any]:
    """What differs from what would be taken anyway."""
    defaults = type(struct)()
    told = {name: getattr(struct, name) for name in struct.__struct_fields__ if getattr(struct, name) != getattr(defaults, name)}
    return {name: value for name, value in told.items() if not isinstance(value, Forms)}


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").replace("-", "").isalnum() else _value(name)


def _value(value: Any) -> str:
    """TOML's texts are JSON's, but for one sign."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_value, value))}]"
    return value.isoformat() if hasattr(value, "isoformat") else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
