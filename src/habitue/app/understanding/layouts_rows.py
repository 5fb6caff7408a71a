"""Rows as a layout means them: cells of an order filled down, whole lines in one cell taken apart, two columns read as one.

All of it is done column by column in Arrow, batch by batch, and every row keeps the line on which it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.understanding.layouts_texts import TEXT, is_text, written
from habitue.events.tables import Batch

PART = "item."
BETWEEN = "\x1f"
ANY = "*"
"""The word that stands for whatever is written."""
NEXT_ITEM = r"[;\n]\s*((?:name|id|product_id|sku):)"


def parts(told: str, columns: Sequence[str]) -> tuple[str, list[str]]:
    """The columns that “A + B” or “A | B” speaks of, and the sign between them; a column that is really named so is itself."""
    for sign in ("+", "|"):
        if told not in columns and f" {sign} " in told:
            return sign, [name.strip() for name in told.split(f" {sign} ")]
    return "", [told]


def told_by(told: str, batch: Batch) -> pa.Array:
    """The cells of one column, or of two read as one."""
    sign, names = parts(told, list(batch.columns))
    cells = [batch.columns[name] for name in names]
    if not sign:
        return cells[0]
    cells = [written(one) for one in cells]
    if sign == "|":
        return pc.coalesce(*cells)
    return pc.binary_join_element_wise(*cells, pa.scalar(" ", TEXT), null_handling="skip")


def taken(batch: Batch, rows: np.ndarray | pa.Array) -> Batch:
    """These rows of the batch, in this order, some perhaps more than once."""
    lines = batch.lines[rows.to_numpy(zero_copy_only=False) if isinstance(rows, pa.Array) else rows]
    chosen = rows if isinstance(rows, pa.Array) else pa.array(rows)
    return replace(batch, lines=lines, columns={name: cells.take(chosen) for name, cells in batch.columns.items()})


class FilledDown:
    """Fills an order's own cells from its first row into the rows that continue it; the order may go on in the next batch."""

    def __init__(self, order: str, filled: Iterable[str]) -> None:
        self.order, self.filled = order, [name for name in filled if name != order]
        self.first: dict[str, pa.Array] = {}

    def __call__(self, batch: Batch) -> Batch:
        if not len(batch.lines):
            return batch
        columns = {name: self._after_the_last(name, batch.columns[name]) for name in (self.order, *self.filled)}
        order = pc.fill_null_forward(columns[self.order])
        begins = np.flatnonzero(np.append(True, pc.fill_null(pc.not_equal(order[1:], order[:-1]), True).to_numpy(zero_copy_only=False)))
        first = pa.array(np.repeat(begins, np.diff(np.append(begins, len(order)))))
        columns = {name: pc.coalesce(cells, cells.take(first)) for name, cells in columns.items()} | {self.order: order}
        self.first = {name: cells[int(begins[-1]) :][:1] for name, cells in columns.items()}
        return replace(batch, columns=batch.columns | {name: cells[-len(batch.lines) :] for name, cells in columns.items()})

    def _after_the_last(self, name: str, cells: pa.Array) -> pa.Array:
        return pa.concat_arrays([self.first[name].cast(cells.type), cells]) if self.first else cells


class LeftOut:
    """Sets rows aside by the words of one column; with `is_only`, the rows with any other word are passed over instead."""

    def __init__(self, column: str, words: Sequence[str], is_only: bool, counts: Counter[tuple[str, str]]) -> None:
        self.column, self.is_only, self.counts = column, is_only, counts
        self.words = pa.array(sorted({word.strip().lower() for word in words}), TEXT)
        self.is_any = ANY in words

    def __call__(self, batch: Batch) -> Batch:
        cells = written(batch.columns[self.column])
        named = pc.is_valid(cells) if self.is_any else pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(cells)), value_set=self.words)
        gone = pc.invert(named) if self.is_only else named
        if not pc.any(gone).as_py():
            return batch
        for word in cells.filter(gone).value_counts().to_pylist() if not self.is_any else ():
            self.counts[self.column, word["values"] or ""] += word["counts"]
        rejected = [] if self.is_only else self._said(batch, cells, gone)
        return replace(taken(batch, np.flatnonzero(~gone.to_numpy(zero_copy_only=False))), rejected=batch.rejected + rejected)

    def _said(self, batch: Batch, cells: pa.Array, gone: pa.Array) -> list[tuple[int, str]]:
        rows = np.flatnonzero(gone.to_numpy(zero_copy_only=False))
        return [(line, f"left out: {self.column} says “{word}”") for line, word in zip(batch.lines[rows].tolist(), cells.take(rows).to_pylist(), strict=True)]


class Itemised:
    """Makes a row of every line of an order that stands whole in a cell, such as `name:Tea|sku:T1|quantity:2;name:Bread|…`."""

    def __init__(self, columns: Sequence[str], keys: Iterable[str]) -> None:
        self.columns, self.keys = columns, sorted(set(keys))

    def __call__(self, batch: Batch) -> Batch:
        cells = pc.binary_join_element_wise(*(written(batch.columns[name]) for name in self.columns), pa.scalar(BETWEEN, TEXT), null_handling="skip")
        lists = pc.split_pattern(pc.replace_substring_regex(cells, NEXT_ITEM, rf"{BETWEEN}\1"), BETWEEN)
        batch, items = taken(batch, pc.list_parent_indices(lists)), pc.list_flatten(lists)
        return replace(batch, columns=batch.columns | {f"{PART}{key}": _part(items, key) for key in self.keys})


def _part(items: pa.Array, key: str) -> pa.Array:
    found = pc.struct_field(pc.extract_regex(items, rf"(?:^|\|)\s*{re.escape(key)}:(?P<part>[^|]*)"), "part")
    return pc.if_else(pc.equal(found, ""), pa.scalar(None, TEXT), found.cast(TEXT))


def item_columns(named: Iterable[str], columns: Sequence[str]) -> list[str]:
    """The columns of whole lines that a file has, where `named` may say line_item_*."""
    return [column for column in columns if any(fnmatchcase(column, name) for name in named)]


def each_of(batch: Batch, name: str, sign: str) -> Batch:
    """A row for each of the values in one cell of that column."""
    if not is_text(batch.columns[name]):
        return batch
    lists = pc.split_pattern(pc.fill_null(batch.columns[name], ""), sign)
    values = pc.utf8_trim_whitespace(pc.list_flatten(lists))
    batch = taken(batch, pc.list_parent_indices(lists))
    return replace(batch, columns=batch.columns | {name: pc.if_else(pc.equal(values, ""), pa.scalar(None, TEXT), values)})
