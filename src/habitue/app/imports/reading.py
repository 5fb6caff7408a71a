"""From a file's columns to values: what is written plainly is read a column at once, of the rest each distinct value once.

A year of a grocer has 1,469,307 amounts but 4,000 different ones, so that even odd ones cost next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.imports import values as read
from habitue.app.imports.kinds import Field, Form
from habitue.app.imports.mapping import Mapping, Told, told_by
from habitue.app.imports.quick import PARTS, take_plain
from habitue.events.tables import Batch, Rejects, TableFile
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Kind, Level, Place, Purpose, Strength, Subject, Thread
from habitue.words.vocabulary import Told as Teller

YEAR_1, YEAR_9999_ENDS = -62_135_596_800, 253_402_300_799
STATES = {"opened": 1, "answered": 2, "closed": 3}
CANNOT_BE_READ = "what is written there cannot be read"
HAPPENINGS = {"sent": 1, "answered": 2, "left": 3, "bounced": 4, "opened": 5, "deferred": 6}
TOLD_IN_CONFIDENCE = ("preferences",)
"""Kinds whose cells may hold what touches her health: a row that is set aside is kept with its reason, so that no reason repeats them."""
TEXTS: tuple[Form, ...] = ("key", "text", "words", "attributes", "currency")


def readers(ours: str) -> dict[Form, read.Reader]:
    """The reader of each form; `ours` is the brand's currency."""
    return {
        "key": read.key,
        "text": read.text,
        "words": read.words,
        "attributes": read.attributes,
        "quantity": partial(read.scaled, parts=PARTS["quantity"]),
        "money": partial(read.scaled, parts=PARTS["money"]),
        "price": partial(read.scaled, parts=PARTS["price"]),
        "units": read.units,
        "instant": read.instant,
        "day": read.day,
        "birthday": read.birthday,
        "flag": read.flag,
        "feeling": partial(read.among, words=read.LIKES),
        "state": partial(read.among, words=STATES),
        "place": partial(read.choice, words=Place),
        "purpose": partial(read.choice, words=Purpose),
        "channel": partial(read.choice, words=Channel),
        "level": partial(read.choice, words=Level),
        "thread": partial(read.choice, words=Thread),
        "subject": partial(read.choice, words=Subject),
        "strength": partial(read.choice, words=Strength),
        "told": partial(read.choice, words=Teller),
        "touch_kind": partial(read.choice, words=Kind),
        "happened": partial(read.among, words=HAPPENINGS),
        "currency": partial(read.currency, ours=ours),
    }


@dataclass
class Values:
    """The readable rows of one batch: their lines, their fields as Arrow arrays, and what was rejected."""

    lines: np.ndarray
    fields: dict[str, pa.Array]
    rejected: Rejects
    share: float

    def column(self, name: str, default: Any) -> pa.Array:
        """A field, with `default` where nothing is told."""
        if name in self.fields:
            return pc.fill_null(self.fields[name], default)
        return pa.repeat(pa.scalar(default, pa.string() if isinstance(default, str) else pa.int64()), len(self.lines))

    def rows(self) -> list[dict[str, Any]]:
        """The same as a row a line, each with its `line`."""
        names = list(self.fields)
        columns = [array.to_pylist() for array in self.fields.values()]
        return [{"line": line, **dict(zip(names, row, strict=True))} for line, *row in zip(self.lines.tolist(), *columns, strict=True)]


class Reading:
    """A file read through a mapping. Units: `latest` is the last instant that is believed, in UTC seconds."""

    def __init__(self, table: TableFile, mapping: Mapping, file_name: str, latest: int) -> None:
        self.table, self.mapping, self.latest = table, mapping, latest
        self.told = told_by(mapping, table.columns, file_name)
        self.readers = readers(mapping.currency)

    def tells(self, name: str) -> bool:
        """Whether the file or the mapping says anything of that field."""
        return any(told.field.name == name for told in self.told)

    def __iter__(self) -> Iterator[Values]:
        for batch in self.table.batches([told.column for told in self.told if told.column]):
            yield self._values(batch)

    def _values(self, batch: Batch) -> Values:
        total, problems = len(batch.lines), dict[int, str]()
        fields: dict[str, pa.Array] = {}
        for told in self.told:
            array, wrong = self._field(told, batch, total)
            fields[told.field.name] = array
            for row, reason in wrong.items():
                problems.setdefault(row, f"{told.field.name}: {CANNOT_BE_READ if self.mapping.kind in TOLD_IN_CONFIDENCE else reason}")
            if told.field.is_needed and array.null_count:
                for row in np.flatnonzero(array.is_null().to_numpy(zero_copy_only=False)).tolist():
                    problems.setdefault(row, f"{told.field.name}: nothing is written")
        rejected = batch.rejected + [(int(batch.lines[row]), reason) for row, reason in problems.items()]
        if problems:
            good = np.ones(total, bool)
            good[list(problems)] = False
            fields = {name: array.filter(pa.array(good)) for name, array in fields.items()}
            return Values(batch.lines[good], fields, rejected, batch.share)
        return Values(batch.lines, fields, rejected, batch.share)

    def _field(self, told: Told, batch: Batch, total: int) -> tuple[pa.Array, dict[int, str]]:
        manner, reader = self._manner(told.field), self.readers[told.field.form]
        kind = kind_of(told.field.form)
        if told.column:
            array, wrong = values_of(batch.columns[told.column], told.field.form, reader, manner)
            default = reader(told.field.default, manner) if told.field.default else None
            return (array if default is None else pc.fill_null(array, default)), wrong
        try:
            value = reader(told.fixed, manner)
        except BadInput as wrong:
            raise BadInput(f"The mapping's fixed value for “{told.field.name}” cannot be read: {wrong}.") from wrong
        return pa.repeat(pa.scalar(value, kind), total), {}

    def _manner(self, field: Field) -> read.Manner:
        mapping, forms = self.mapping, self.mapping.forms
        return read.Manner(
            zone=mapping.zone,
            times_in=forms.times_in or mapping.zone,
            latest=self.latest,
            dates=forms.dates,
            decimals=forms.decimals,
            is_day=field.name in forms.days,
            words=mapping.words.get(field.name, {}),
        )


def kind_of(form: Form) -> pa.DataType:
    """What a field of that form is, once it is read."""
    return pa.string() if form in TEXTS else pa.int64()


def values_of(column: pa.Array, form: Form, reader: read.Reader, manner: read.Manner) -> tuple[pa.Array, dict[int, str]]:
    """The column read: its values (null where nothing or nothing readable is written), and the reason of each unreadable row."""
    column = _plain(column)
    plain = take_plain(column, form, manner)
    if plain is None:
        return spread(column, reader, manner, kind_of(form))
    values, is_left = plain
    rows = np.flatnonzero(is_left)
    if not len(rows):
        return values, {}
    others, wrong = spread(column.take(pa.array(rows)), reader, manner, kind_of(form))
    return pc.replace_with_mask(values, pa.array(is_left), others), {int(rows[place]): reason for place, reason in wrong.items()}


def spread(column: pa.Array, reader: read.Reader, manner: read.Manner, kind: pa.DataType) -> tuple[pa.Array, dict[int, str]]:
    """The same by the readers alone: each distinct value is read once, then spread over its rows."""
    encoded = column.dictionary_encode()
    values, reasons = _distinct(encoded.dictionary.to_pylist(), reader, manner)
    result = pa.array(values, kind).take(encoded.indices)
    if not any(reasons):
        return result, {}
    places = pc.fill_null(encoded.indices, len(reasons)).to_numpy(zero_copy_only=False)
    is_wrong = np.array([*(reason is not None for reason in reasons), False])
    return result, {row: reasons[places[row]] or "" for row in np.flatnonzero(is_wrong[places]).tolist()}


def _distinct(raw: Sequence[Any], reader: read.Reader, manner: read.Manner) -> tuple[list[Any], list[str | None]]:
    values: list[Any] = []
    reasons: list[str | None] = []
    for one in raw:
        value, reason = None, None
        try:
            if one is not None and one == one:  # a float that is not itself is pandas' empty cell
                value = reader(one, manner)
        except BadInput as wrong:
            reason = str(wrong)
        values.append(value)
        reasons.append(reason)
    return values, reasons


def _plain(column: pa.Array) -> pa.Array:
    """Timestamps to whole seconds of years that a calendar knows, odd types to text; the rest as it is."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        seconds = column.cast(pa.timestamp("s"), safe=False).cast(pa.int64())
        held = pc.min_element_wise(pc.max_element_wise(seconds, YEAR_1, skip_nulls=False), YEAR_9999_ENDS, skip_nulls=False)
        return held.cast(pa.timestamp("s", kind.tz))
    if pa.types.is_null(kind) or pa.types.is_time(kind) or pa.types.is_duration(kind):
        return column.cast(pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array([value.decode("utf-8", "replace") if value is not None else None for value in column.to_pylist()], pa.string())
    return column
