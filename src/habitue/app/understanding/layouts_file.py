"""A file behind which the layout of its tool has disappeared: its columns are our fields, its cells are readable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.imports.kinds import LINE_FIELDS, Field
from habitue.app.imports.mapping import Mapping
from habitue.app.understanding import layouts_cells as cells_of
from habitue.app.understanding.layouts_rows import ANY, PART, FilledDown, Itemised, LeftOut, each_of, item_columns, parts, taken, told_by
from habitue.app.understanding.layouts_texts import TEXT, is_text, texts, written
from habitue.app.understanding.layouts_words import BY_FIELD, BY_FORM, in_our_words
from habitue.app.understanding.remarks import Remark
from habitue.events.tables import Batch, TableFile
from habitue.words.errors import BadInput

Mend = Callable[[Batch], Batch]
GRANTED = "granted"
PRODUCT_FIELDS = frozenset(("product",))
"""What each variant of a product tells for itself."""
AGREES = frozenset(("agrees_email", "agrees_sms"))
SHOWN_WORDS = 3


class MendedFile:
    """A table as an audit or an import reads it. After the last batch, `remarks` say what became of its rows and `notes` how it was written."""

    def __init__(self, raw: TableFile, mapping: Mapping, name: str) -> None:
        self.raw, self.mapping, self.name = raw, mapping, name
        self.columns = list(mapping.columns)
        if mapping.granted_from and GRANTED not in self.columns:
            self.columns.append(GRANTED)
        self.notes: list[str] = []
        self.remarks: list[Remark] = []
        self.left_out: Counter[tuple[str, str]] = Counter()
        self.unknown: dict[str, set[str]] = {}
        self.fields = {field.name: field for field in mapping.fields}

    def close(self) -> None:
        self.raw.close()

    def batches(self, wanted: Sequence[str]) -> Iterator[Batch]:
        """The rows, mended, by field."""
        needed = [*wanted, *({"at", GRANTED} - set(wanted) if self.mapping.granted_from else ())]
        for batch in self.rows([name for name in needed if name in self.mapping.columns]):
            told = {name: self._clean(self.fields[name], cells) for name, cells in batch.columns.items() if name in self.fields}
            batch = replace(batch, columns={**batch.columns, **told})
            batch = self._since_she_agreed(batch) if self.mapping.granted_from else batch
            yield replace(batch, columns={name: batch.columns[name] for name in wanted})
        self._remark()

    def rows(self, fields: Sequence[str]) -> Iterator[Batch]:
        """The rows as the layout means them, by field, their cells still as they are written."""
        told = {name: self.mapping.columns[name] for name in fields}
        if self.mapping.granted_from:
            told["since"] = self.mapping.granted_from
        mends = self._mends(told)
        for batch in self.raw.batches(self._sources(told)):
            batch = replace(batch, columns={name: texts(cells) for name, cells in batch.columns.items()})
            for mend in mends:
                batch = mend(batch)
            batch = replace(batch, columns={name: told_by(column, batch) for name, column in told.items()})
            for name, sign in self.mapping.split.items():
                batch = each_of(batch, name, sign) if name in told else batch
            yield batch

    def _sources(self, told: dict[str, str]) -> list[str]:
        """The columns of the file that must be read."""
        mapping, columns = self.mapping, self.raw.columns
        named = [*told.values(), *mapping.only, *mapping.leave_out, *([self._continued_by] if mapping.is_continued else [])]
        wanted = [name for column in named for name in parts(column, columns)[1] if not name.startswith(PART)]
        wanted += item_columns(mapping.items, columns)
        for name in wanted:
            if columns.count(name) != 1:
                there = "there is no column of that name" if name not in columns else "two columns are named so; rename one of them"
                raise BadInput(f"{self.name} is read by its column “{name}”, but {there}. It has the columns {listed(columns)}.")
        return list(dict.fromkeys(wanted))

    def _mends(self, told: dict[str, str]) -> list[Mend]:
        mapping, columns, mends = self.mapping, self.raw.columns, list[Mend]()
        if mapping.is_continued:
            line_fields = LINE_FIELDS if "order" in self.fields else PRODUCT_FIELDS
            own = [column for name, column in told.items() if name not in line_fields]
            worded = (column for column, words in mapping.only.items() if ANY not in words)
            filled = [name for column in (*own, *worded, *mapping.leave_out) for name in parts(column, columns)[1]]
            mends.append(FilledDown(self._continued_by, dict.fromkeys(filled)))
        for is_only, words in ((True, mapping.only), (False, mapping.leave_out)):
            mends += [LeftOut(column, listed, is_only, self.left_out) for column, listed in words.items()]
        if mapping.items:
            keys = [name.removeprefix(PART) for column in told.values() for name in parts(column, columns)[1] if name.startswith(PART)]
            mends.append(Itemised(item_columns(mapping.items, columns), keys))
        return mends

    @property
    def _continued_by(self) -> str:
        return self.mapping.continued_by or self.mapping.columns["order"]

    def _clean(self, field: Field, cells: pa.Array) -> pa.Array:
        mapping = self.mapping
        if field.name == "customer":
            return {"email": cells_of.emails, "phone": cells_of.phones}.get(mapping.customers_by, cells_of.keys)(cells)
        if field.form == "flag" and field.name not in AGREES and not is_text(cells):
            return pc.greater(cells, 0) if pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type) else cells
        if (field.name in BY_FIELD or field.form in BY_FORM) and is_text(cells):
            return in_our_words(cells, field.name, field.form, mapping.words.get(field.name, {}), self.unknown.setdefault(field.name, set()))
        if field.form == "text":
            return cells_of.bodies(cells) if field.name == "text" else cells_of.keys(written(cells))
        return CLEAN[field.form](cells) if field.form in CLEAN else cells

    def _since_she_agreed(self, batch: Batch) -> Batch:
        """Who left had agreed before: her row becomes two, and the time of a yes is when it was given."""
        rows, columns = np.arange(len(batch.lines)), batch.columns
        granted = columns.get(GRANTED, pa.repeat(pa.scalar(str(self.mapping.fixed.get(GRANTED, "no")), TEXT), len(rows)))
        since, at = cells_of.dates(columns["since"]), columns["at"]
        has_left = pc.fill_null(pc.equal(granted, "no"), False)
        at = pc.if_else(has_left, at, pc.coalesce(since, at))
        before = np.flatnonzero(pc.and_(has_left, pc.is_valid(at)).to_numpy(zero_copy_only=False))
        twice = replace(batch, columns=columns | {GRANTED: granted, "at": at})
        agreed = taken(replace(batch, columns=columns | {GRANTED: pa.repeat(pa.scalar("yes", TEXT), len(rows)), "at": since}), before)
        return replace(
            twice,
            lines=np.concatenate([twice.lines, agreed.lines]),
            columns={name: pa.concat_arrays([cells, agreed.columns[name]]) for name, cells in twice.columns.items()},
        )

    def _remark(self) -> None:
        for (column, word), count in sorted(self.left_out.items()):
            self.remarks.append(Remark("passed_over" if column in self.mapping.only else "left_out", {"column": column, "word": word, "count": count}))
        for name, words in self.unknown.items():
            if words:
                self.remarks.append(Remark("unknown_words", {"field": name, "words": listed(sorted(words)[:SHOWN_WORDS]), "count": len(words)}))
        self.notes += self.raw.notes


CLEAN: dict[str, Callable[[pa.Array], pa.Array]] = {
    "instant": cells_of.dates,
    "day": cells_of.dates,
    "birthday": cells_of.dates,
    "key": cells_of.keys,
    "money": cells_of.sums,
    "price": cells_of.sums,
    "quantity": cells_of.sums,
    "units": cells_of.sums,
}


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them, without the signs that steer a terminal."""
    return ", ".join(f"“{''.join(sign for sign in name if sign.isprintable())}”" for name in names)
