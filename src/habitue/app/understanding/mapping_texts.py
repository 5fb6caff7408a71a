"""Mappings put together and written down: what somebody says laid over a guess, and the guess as a file that can be kept, edited and given again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from habitue.app.imports.mapping import Forms, Mapping
from habitue.words.errors import BadInput

M = TypeVar("M", bound=Mapping)


def over(guess: M, said: dict[str, Any], name: str) -> M:
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
    return mapping_from_table(merged, name, type(guess))


def mapping_from_table(told: dict[str, Any], name: str, manner: type[M]) -> M:
    """The mapping that a table of a file tells. Raises: BadInput with the file's name and what is wrong."""
    try:
        return msgspec.convert(told, manner)
    except msgspec.ValidationError as wrong:
        raise BadInput(f"{name} is not a mapping: {wrong}.") from wrong


def to_toml(mappings: Iterable[Mapping]) -> str:
    """Mappings as a file that can be kept, edited and given again."""
    return "\n".join(line for mapping in mappings for line in _lines(mapping)) + "\n"


def _lines(mapping: Mapping) -> Iterator[str]:
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
