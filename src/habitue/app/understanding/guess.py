"""Guessing which column tells which field: from its name first, and only where its cells could tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.audits.kinds import AUDIT_KINDS
from habitue.app.imports.kinds import Field
from habitue.app.understanding.layouts_texts import texts, written
from habitue.app.understanding.layouts_words import plain
from habitue.app.understanding.mapping_texts import M
from habitue.app.understanding.names import EXACT, TELLING, names_of
from habitue.app.understanding.recognised import Candidate
from habitue.app.understanding.values import DATE, EMAIL, MOSTLY, Look, could_tell, look
from habitue.events.files import open_table
from habitue.events.parquet_files import ParquetFile
from habitue.events.tables import TableFile
from habitue.identity.model import IDENTIFIER_KINDS, IdentifierKind
from habitue.words.errors import BadInput

ROWS_LOOKED_AT = 1_000
SURE = 200
TIMES_OF_DAY = frozenset(
    ("time", "heure", "hour", "sent time", "send time", "order time", "time of day", "sale time", "heure d envoi", "heure envoi", "heure de vente")
)
LEVELS = {"category": "category", "categorie": "category", "type": "type", "department": "department", "rayon": "department", "famille": "category"}
BEFORE: tuple[IdentifierKind, ...] = ("email", "customer", "phone", "card")


@dataclass(frozen=True)
class Sample:
    """The first rows of a file: its columns, those of them that are named once, and their cells and looks."""

    name: str
    columns: list[str]
    cells: dict[str, pa.Array]
    looks: dict[str, Look]
    rows: int

    @property
    def twice(self) -> list[str]:
        """The names that two columns bear."""
        return sorted({name for name in self.columns if name and self.columns.count(name) > 1})


@dataclass(frozen=True)
class Guess:
    """The columns guessed for one kind of file, how well each fits, and the candidates for the customer."""

    kind: str
    columns: dict[str, str]
    scores: dict[str, int]
    candidates: tuple[Candidate, ...]
    fields: tuple[Field, ...]

    @property
    def missing(self) -> list[str]:
        """The fields that a file of this kind cannot do without, and that no column tells; an order's number can be made up."""
        needed = [field.name for field in self.fields if field.is_needed and field.name != "order"]
        return [name for name in needed if name not in self.columns]

    @property
    def telling(self) -> int:
        """How much there is of what only such a file has."""
        return sum(self.scores.get(name, 0) >= SURE for name in TELLING[self.kind])


def look_at(path: Path, sheet: str = "") -> Sample:
    """The first thousand rows. Raises: BadInput where there is no heading, or nothing under it."""
    table = open_table(path, sheet)
    try:
        wanted = [name for name in _flat(table) if name and table.columns.count(name) == 1]
        if any(EMAIL.fullmatch(name) or DATE.fullmatch(name) for name in table.columns):
            raise BadInput(f"The first line of {path.name} looks like a row, not like the names of columns; write their names above it.")
        batch = next((batch for batch in table.batches(wanted) if len(batch.lines)), None)
    finally:
        table.close()
    if batch is None:
        raise BadInput(f"{path.name} has the names of columns and no rows under them.")
    cells = {name: texts(cells)[:ROWS_LOOKED_AT] for name, cells in batch.columns.items()}
    return Sample(path.name, table.columns, cells, {name: look(cells) for name, cells in cells.items()}, min(len(batch.lines), ROWS_LOOKED_AT))


def _flat(table: TableFile) -> list[str]:
    """The columns that hold single values which can be shown."""
    if isinstance(table, ParquetFile):
        return [field.name for field in table.file.schema_arrow if not pa.types.is_nested(field.type) and _can_be_shown(field.type)]
    return table.columns


def _can_be_shown(kind: pa.DataType) -> bool:
    try:
        written(texts(pa.array([], kind)))
    except pa.ArrowException:
        return False
    return True


def guess(kind: str, sample: Sample, taken: Iterable[str] = (), kinds: Mapping[str, tuple[Field, ...]] = AUDIT_KINDS, her: Candidate | None = None) -> Guess:
    """The columns of a file of that kind, as far as they can be guessed; `taken` are spoken for.

    `kinds` says what each kind may tell. `her` is the column that says who she is, where that is known: then her other identifiers are fields like any.
    """
    candidates = () if all(field.name != "customer" for field in kinds[kind]) else (her,) if her else candidates_in(sample)
    gone = {*taken, *(one.column for one in candidates)}
    fields = [field for field in kinds[kind] if field.name != "customer"]
    scored = [
        (score, -place, field.name, column)
        for field in fields
        if (called := names_of(kind).get(field.name))
        for place, (column, one) in enumerate(sample.looks.items())
        if column not in gone and (score := EXACT if plain(column) == plain(field.name) else called.score(plain(column)))
        # what is rare, as a bounce is, may have nothing in its first thousand cells: then a sure name is enough
        if could_tell(field, one) or (not one.filled and score >= SURE)
    ]
    told, scores = dict[str, str](), dict[str, int]()
    for score, _, name, column in sorted(scored, reverse=True):
        if name not in told and column not in told.values():
            told[name], scores[name] = column, score
    if candidates:
        told, scores = {"customer": candidates[0].column, **told}, {"customer": SURE, **scores}
    _complete(kinds[kind], sample, gone, told)
    return Guess(kind, told, scores, candidates, kinds[kind])


def _complete(fields: Iterable[Field], sample: Sample, gone: set[str], told: dict[str, str]) -> None:
    """What can be concluded where no name says it: the only date, a time of day beside a date, a product by its name."""
    when = next((field.name for field in fields if field.form == "instant" and field.is_needed), "")
    if when and when not in told:
        dated = [column for column, one in sample.looks.items() if one.date >= MOSTLY and column not in gone and column not in told.values()]
        told.update({when: dated[0]} if len(dated) == 1 else {})
    if (column := told.get(when)) and not pc.any(pc.match_substring(sample.cells[column].cast(pa.string()), ":")).as_py():
        clocks = [name for name, one in sample.looks.items() if plain(name) in TIMES_OF_DAY and one.clock >= MOSTLY]
        told.update({when: f"{column} + {clocks[0]}"} if clocks else {})
    if "product" not in told and "name" in told and any(field.name == "sold_at" for field in fields):
        told["product"] = told["name"]


def candidates_in(sample: Sample, columns: Iterable[str] = ()) -> tuple[Candidate, ...]:
    """The columns that may say who the customer is, the likeliest first; with `columns`, those alone."""
    named = [(column, identifier) for column in columns or sample.looks if (identifier := _identifier(column, sample.looks.get(column), bool(columns)))]
    found = [Candidate(column, identifier, sample.looks[column].filled) for column, identifier in named]
    names = names_of("identities")
    return tuple(sorted(found, key=lambda one: (one.filled < 0.5, BEFORE.index(one.identifier), -names[one.identifier].score(plain(one.column)))))


def _identifier(column: str, one: Look | None, is_sure: bool) -> IdentifierKind | None:
    """What kind of identifier a column holds, if any."""
    if one is None or not one.filled or one.date >= MOSTLY:
        return None
    names = names_of("identities")
    if one.email >= MOSTLY:
        return "email" if is_sure or not names["email"].never & set(plain(column).split()) else None
    scores = {kind: names[kind].score(plain(column)) for kind in IDENTIFIER_KINDS if kind != "email" and (kind != "phone" or one.phone >= MOSTLY)}
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] else "customer" if is_sure else None


def mapping_from(told: Guess, manner: type[M]) -> M:
    """The guess as a mapping of that manner."""
    columns, fixed = dict(told.columns), {}
    if told.kind == "orders" and "order" not in columns and not told.missing:
        columns["order"] = f"{columns['customer']} + {columns['sold_at']}"
    thing = columns.get("thing") or columns.get("item") or ""
    if "level" not in columns and (levels := [LEVELS[word] for word in plain(thing).split() if word in LEVELS]):
        fixed["level"] = levels[0]
    return manner(kind=told.kind, columns={field.name: columns[field.name] for field in told.fields if field.name in columns}, fixed=fixed)
