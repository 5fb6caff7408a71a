"""The mapping file: which column of a brand's file tells what, and in which form; written in TOML, explained in docs/import.md."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, Literal

import msgspec

from habitue.app.imports.kinds import KINDS, Field
from habitue.identity.model import IdentifierKind
from habitue.store import Settings
from habitue.words.clock import zone
from habitue.words.errors import BadInput

Scalar = str | int | float | bool | date | datetime


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How dates and numbers are written in the file."""

    times_in: str = ""
    """The zone of times that name none; empty: the shop's own."""
    dates: Literal["iso", "day-first", "month-first", "unix", "unix-milliseconds"] = "iso"
    decimals: Literal["auto", "point", "comma"] = "auto"
    days: tuple[str, ...] = ()
    """Fields of which only the calendar day is meant, whatever hour the file writes."""


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping file as it stands; empty texts are filled from the settings of the house.

    In a tidied file a column may be written “A + B” (both, with a space between) or “A | B” (the first of them that is filled).
    """

    kinds: ClassVar[dict[str, tuple[Field, ...]]] = KINDS
    """What each kind of row may tell whoever reads through this mapping."""
    kind: str = ""
    source: str = "files"
    zone: str = ""
    country: str = ""
    currency: str = ""
    place: str = "shop"
    negative: Literal["reject", "refund"] = "reject"
    customers_by: IdentifierKind = "customer"
    sheet: str = ""
    columns: dict[str, str] = {}
    fixed: dict[str, Any] = {}
    words: dict[str, dict[str, str]] = {}
    forms: Forms = Forms()
    is_tidied: bool = False
    """Whether cells are put in order before they are read: months in words, names of currencies, apostrophes, “n/a”."""
    layout: str = ""
    """The name of the layout in `layouts.toml`, where the file has a known one."""
    is_continued: bool = False
    """Whether an order's own cells are filled on its first row only."""
    continued_by: str = ""
    """The column by which rows are known to continue another; without it, the order's."""
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
        """What a row of this kind may tell."""
        return self.kinds[self.kind]


@dataclass(frozen=True, slots=True)
class Told:
    """Where a field comes from: a column of the file, or one value for all rows."""

    field: Field
    column: str = ""
    fixed: Scalar = ""


def read_mapping(path: Path | None, kind: str, settings: Settings) -> Mapping:
    """The mapping in that file, or one in which every column is named like its field.

    Raises: BadInput with the file's name and what is wrong in it.
    """
    mapping = _from_file(path) if path else Mapping()
    name = path.name if path else "The import"
    if kind and mapping.kind and kind != mapping.kind:
        raise BadInput(f"{name} is a mapping for {mapping.kind}, but {kind} are to be imported.")
    chosen = kind or mapping.kind
    if chosen not in KINDS:
        raise BadInput(f"{name} names the kind “{chosen}”; it must be one of {', '.join(KINDS)}.")
    mapping = msgspec.structs.replace(
        mapping, kind=chosen, zone=mapping.zone or settings.zone, country=mapping.country or settings.country, currency=mapping.currency or settings.currency
    )
    check_names(mapping, name)
    if mapping.currency != settings.currency:
        raise BadInput(f"{name} is in {mapping.currency}, but this brand counts in {settings.currency}; import amounts in {settings.currency}.")
    return mapping


def check_names(mapping: Mapping, name: str) -> None:
    """That it speaks of fields and zones that there are. Raises: BadInput with `name`, whose mapping it is, and what is wrong in it."""
    fields = [field.name for field in mapping.fields]
    for named in (*mapping.columns, *mapping.fixed, *mapping.words, *mapping.forms.days):
        if named not in fields:
            raise BadInput(f"{name} speaks of “{named}”, which {mapping.kind} do not have; their fields are {', '.join(fields)}.")
    for named, value in mapping.fixed.items():
        if not isinstance(value, Scalar):
            raise BadInput(f"{name} gives “{named}” a list or a table; a fixed value is one text, number or date.")
    for named in filter(None, (mapping.zone, mapping.forms.times_in)):
        zone(named)


def _from_file(path: Path) -> Mapping:
    try:
        return msgspec.convert(read_toml(path), Mapping)
    except msgspec.ValidationError as wrong:
        raise BadInput(f"{path.name} is not a mapping: {wrong}.") from wrong


def read_toml(path: Path) -> dict[str, Any]:
    """What stands in a mapping file. Raises: BadInput where it is missing, may not be read, or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as wrong:
        raise BadInput(f"There is no mapping file {path}.") from wrong
    except OSError as wrong:
        raise BadInput(f"The mapping file {path} cannot be read: {wrong.strerror}.") from wrong
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadInput(f"{path.name} is not TOML in UTF-8: {wrong}.") from wrong


def told_by(mapping: Mapping, columns: list[str], file_name: str) -> list[Told]:
    """Where each field of the kind comes from in a file with these columns; a field that nobody tells and nobody needs is missing.

    Raises: BadInput where a column is missing, with the list of those that the file has.
    """
    has = f"{file_name} has the columns: {', '.join(f'“{name}”' for name in columns)}."
    guesses = {_plain(name): name for name in reversed(columns)}
    told = []
    for field in mapping.fields:
        if field.name in mapping.fixed:
            told.append(Told(field, fixed=mapping.fixed[field.name]))
        elif field.name in mapping.columns:
            column = mapping.columns[field.name]
            if columns.count(column) != 1:
                count = "no column" if column not in columns else "more than one column"
                raise BadInput(f"The mapping takes “{field.name}” from “{column}”, but there is {count} of that name. {has}")
            told.append(Told(field, column=column))
        elif guess := guesses.get(_plain(field.name)):
            told.append(Told(field, column=guess))
        elif field.is_needed:
            raise BadInput(f"No column tells “{field.name}”. {has} Name the right one in the mapping file, under [columns].")
        elif field.default:
            told.append(Told(field, fixed=field.default))
    return told


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")
