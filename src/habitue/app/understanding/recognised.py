"""What was understood of one file: which column tells what, how surely, and what is in doubt; ready to be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import msgspec

from habitue.app.imports.mapping import Mapping
from habitue.app.imports.reading import Reading
from habitue.app.understanding.layouts_file import GRANTED, MendedFile
from habitue.app.understanding.remarks import Remark
from habitue.events.files import open_table
from habitue.identity.model import IdentifierKind

Sureness = Literal["layout", "mapping", "sure", "likely", "guess"]


@dataclass(frozen=True, slots=True)
class Found:
    """A field and the column that tells it, with two of its cells; a customer's are masked."""

    field: str
    column: str
    samples: tuple[str, ...]
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that may say who the customer is. Units: `filled` is the share of rows with anything in it."""

    column: str
    identifier: IdentifierKind
    filled: float


@dataclass(frozen=True)
class Recognised:
    """One file as it was understood. `layout` is the name of a known one, or empty; `rows_looked_at` counts those the guess is made from."""

    path: Path
    kind: str
    layout: str
    mapping: Mapping
    found: tuple[Found, ...]
    candidates: tuple[Candidate, ...]
    unused: tuple[str, ...]
    rows_looked_at: int
    has_hours: bool
    notes: tuple[Remark, ...]
    doubts: tuple[Remark, ...]

    def opened(self) -> MendedFile:
        """The file, mended; whoever opens it closes it. Raises: BadInput where it has gone or changed."""
        return MendedFile(open_table(self.path, self.mapping.sheet), self.mapping, self.path.name)

    def reading(self, table: MendedFile, latest: int) -> Reading:
        """Its rows as values, to be read once. Units: `latest` is the last instant that is believed, in UTC seconds."""
        fixed = {field: value for field, value in self.mapping.fixed.items() if field != GRANTED or GRANTED not in table.columns}
        plain = {field: field for field in table.columns}
        return Reading(table, msgspec.structs.replace(self.mapping, columns=plain, fixed=fixed, words={}), self.path.name, latest)

    def by(self, candidate: Candidate, samples: tuple[str, ...] = ()) -> Recognised:
        """The same with that column for the customer, and no other choice left."""
        mapping = msgspec.structs.replace(self.mapping, columns={**self.mapping.columns, "customer": candidate.column}, customers_by=candidate.identifier)
        found = tuple(replace(one, column=candidate.column, samples=samples) if one.field == "customer" else one for one in self.found)
        unused = dict.fromkeys((*self.unused, self.mapping.columns["customer"]))
        return replace(self, mapping=mapping, found=found, candidates=(candidate,), unused=tuple(name for name in unused if name != candidate.column))


def masked(text: str) -> str:
    """A customer's cell as a terminal may show it: enough to know the column by, too little to know her."""
    _, at, house = text.rpartition("@")
    if at or " " in text.strip():
        return f"{text.lstrip(' <')[:1]}…{at}{house if at else ''}"
    return text if len(text) <= 6 or not text.strip("'+ ").replace(" ", "").isdigit() else f"{text[:2]}…{text[-2:]}"
