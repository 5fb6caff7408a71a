"""Which columns of a file name somebody: those that an import, or an audit, would take for the customer, her card or her telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from habitue.app.imports.bringing import kept_mapping, mapping_tables
from habitue.app.imports.mapping import Mapping
from habitue.app.understanding.guess import Sample, candidates_in, look_at
from habitue.app.understanding.layouts import brought, known, mapping_of, mappings_of
from habitue.app.understanding.layouts_rows import parts
from habitue.app.understanding.mapping_texts import mapping_from_table
from habitue.store import Settings
from habitue.words.errors import HabitueError

FIELDS = ("customer", "card", "phone")


def naming_columns(path: Path, settings: Settings) -> dict[str, str]:
    """By column: the kind of identifier that is in it; none where nobody knows of any.

    What was confirmed of files with that heading says so, a known layout does, and of each kind the likeliest column by its name and cells.
    """
    try:
        sample = look_at(path)
        found = {column: kind for mapping in _mappings(path, sample, settings) for column, kind in _told_by(mapping, sample)}
    except HabitueError:
        return {}
    likeliest = {one.identifier: one.column for one in reversed(candidates_in(sample))}
    return {column: kind for kind, column in likeliest.items()} | found


def _mappings(path: Path, sample: Sample, settings: Settings) -> Iterator[Mapping]:
    if name := brought(sample.columns, sample.name):
        yield from mappings_of(name, sample.columns)
    if name := known("", sample.columns, sample.name):
        yield mapping_of(name, sample.columns)
    kept = kept_mapping(path, settings)
    for kind, table in (mapping_tables(kept) if kept.exists() else {}).items():
        yield mapping_from_table({**table, "kind": kind}, kept.name, Mapping)


def _told_by(mapping: Mapping, sample: Sample) -> Iterator[tuple[str, str]]:
    for field in FIELDS:
        for column in parts(mapping.columns.get(field, ""), sample.columns)[1]:
            yield column, mapping.customers_by if field == "customer" else field
