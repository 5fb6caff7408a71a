"""Columns of texts as Arrow holds them: blanks become nothing, and what must be worked out by hand is worked out once a distinct value."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pyarrow as pa
import pyarrow.compute as pc

TEXT = pa.large_string()
NOTHING = pa.array(["", " ", "  ", "NULL", "null", "\\N", "None", "NaN", "nan", "#N/A", "N/A", "n/a", "NaT", "undefined", "[]", "{}"], TEXT)


def is_text(cells: pa.Array) -> bool:
    """Whether the cells are texts, and not numbers or times of a typed file."""
    return bool(pa.types.is_large_string(cells.type))


def texts(cells: pa.Array) -> pa.Array:
    """The cells, texts in one type and blanks as nothing; typed numbers and times as they are."""
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if pa.types.is_binary(cells.type) or pa.types.is_large_binary(cells.type):
        cells = pa.array([value if value is None else value.decode("utf-8", "replace") for value in cells.to_pylist()], TEXT)
    if pa.types.is_floating(cells.type):
        return without(cells, pc.is_nan(cells))
    if pa.types.is_null(cells.type) or pa.types.is_string(cells.type) or pa.types.is_string_view(cells.type):
        cells = cells.cast(TEXT)
    return without(cells, pc.is_in(cells, value_set=NOTHING)) if is_text(cells) else cells


def written(cells: pa.Array) -> pa.Array:
    """The cells as texts, whatever they were."""
    if is_text(cells):
        return cells
    if pa.types.is_floating(cells.type):
        with suppress(pa.ArrowInvalid):  # a fraction, or too large
            cells = cells.cast(pa.int64())
    if pa.types.is_timestamp(cells.type):
        cells = cells.cast(pa.timestamp("s", cells.type.tz), safe=False)
    return cells.cast(TEXT)


def without(cells: pa.Array, gone: pa.Array) -> pa.Array:
    """The cells with nothing where `gone`."""
    return pc.if_else(gone, pa.scalar(None, cells.type), cells) if pc.any(gone).as_py() else cells


def with_distinct(cells: pa.Array, change: Callable[[str], str | None]) -> pa.Array:
    """The cells with each distinct text changed."""
    encoded = cells.dictionary_encode()
    changed = [value if value is None else change(value) for value in encoded.dictionary.to_pylist()]
    return pa.array(changed, TEXT).take(encoded.indices)


def replaced(cells: pa.Array, found: pa.Array, change: Callable[[str], str | None]) -> pa.Array:
    """The cells with each distinct text among those `found` changed."""
    if not pc.any(found).as_py():
        return cells
    return pc.replace_with_mask(cells, found, with_distinct(cells.filter(found), change))
