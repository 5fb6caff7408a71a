"""Which way round a file writes its dates and its decimals: found out from all of its values, or said to be unknowable.

One date with a part over twelve settles the order of day and month; two that contradict each other, or none that settles it, stop with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.understanding.layouts_texts import is_text
from habitue.words.errors import BadInput

Dates = Literal["iso", "day-first", "month-first", "unix", "unix-milliseconds"]
Decimals = Literal["auto", "point", "comma"]
TURNED = re.compile(r"\s*(\d{1,2})([/.\-])(\d{1,2})[/.\-](?:\d{4}|\d{2}(?!\d))")
COMMA_DECIMAL = re.compile(r".*\d,(?:\d{1,2}|\d{4,})\D*|.*\d\.\d{3},\d+\D*")
POINT_DECIMAL = re.compile(r".*\d\.(?:\d{1,2}|\d{4,})\D*|.*\d,\d{3}[,.]\d.*")
EITHER = re.compile(r"\D*\d{1,3},\d{3}\D*")
MONTHS = 12
UNIX = re.compile(r"1\d{9}(?:\.\d+)?|1\d{12}")
UNIX_BY_LENGTH: dict[int, Dates] = {10: "unix", 13: "unix-milliseconds"}
CLOCK = r"\d[T ,]+\d{1,2}[:hH]\d{2}"
MIDNIGHT = r"[T ,]+0?0[:hH]00(:00(\.0+)?)?( ?(Z|[+-]\d{2}:?\d{2}))?$"
OWN_ZONE = r"\d{1,2}:\d{2}(:\d{2})?(\.\d+)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})$"


@dataclass
class DateOrder:
    """What the dates of one file's columns say: a value that is day-first for sure, one that is month-first, and some that may be both."""

    day_first: tuple[str, str] | None = None
    month_first: tuple[str, str] | None = None
    either: list[tuple[str, str]] = field(default_factory=list)
    is_dotted: bool = False
    is_turned: bool = False
    """Whether any date begins with the day or the month."""
    seen: set[str] = field(default_factory=set)

    def look(self, column: str, cells: pa.Array) -> None:
        """Looks at the dates of one column; each distinct one is looked at once."""
        if not is_text(cells):
            return
        heads = set(pc.unique(pc.utf8_slice_codeunits(cells.drop_null(), 0, 10)).to_pylist()) - self.seen
        self.seen |= heads
        for head in sorted(heads):
            if found := TURNED.match(head):
                self._weigh((column, found[0].strip()), int(found[1]), int(found[3]))
                self.is_turned, self.is_dotted = True, self.is_dotted or found[2] == "."

    def _weigh(self, value: tuple[str, str], first: int, second: int) -> None:
        if first > MONTHS >= second:
            self.day_first = self.day_first or value
        elif second > MONTHS >= first:
            self.month_first = self.month_first or value
        elif first != second and len(self.either) < 2:
            self.either.append(value)

    def settled(self, file_name: str) -> Dates:
        """The one order of all dates. Raises: BadInput where there are two, or where none can be found out."""
        if self.day_first and self.month_first:
            (one, first), (other, second) = self.day_first, self.month_first
            raise BadInput(
                f"{file_name} writes its dates in two ways: “{first}” in the column “{one}” can only be day first, “{second}” in “{other}” only month first. "
                "Say --dates day-first or --dates month-first: what does not fit is then set aside."
            )
        if self.month_first:
            return "month-first"
        if self.day_first or not self.either or self.is_dotted:  # nobody writes month.day.year
            return "day-first" if self.is_turned else "iso"
        column, shown = self.either[0][0], " and ".join(f"“{value}”" for _, value in self.either)
        raise BadInput(
            f"The dates in the column “{column}” of {file_name} may be read in two ways, such as {shown}: no value has a part over 12. "
            "Say --dates day-first or --dates month-first."
        )


@dataclass
class DecimalSign:
    """What the numbers of one file say of its decimal sign."""

    comma: bool = False
    point: bool = False
    either: tuple[str, str] | None = None

    def look(self, column: str, cells: pa.Array) -> None:
        """Looks at the numbers of one column."""
        if not is_text(cells):
            return
        self.point = self.point or bool(pc.any(pc.match_substring_regex(cells, f"^(?:{POINT_DECIMAL.pattern})$")).as_py())
        for text in pc.unique(cells.filter(pc.fill_null(pc.match_substring(cells, ","), False))).to_pylist():
            self.comma = self.comma or bool(COMMA_DECIMAL.fullmatch(text))
            if EITHER.fullmatch(text):
                self.either = self.either or (column, text)

    @property
    def is_open(self) -> bool:
        """Whether there are numbers that may be two, and nothing yet that tells which."""
        return self.either is not None and not self.comma and not self.point

    def settled(self, file_name: str) -> Decimals:
        """The decimal sign; “auto” where every number can be read by itself. Raises: BadInput where it cannot be found out."""
        if self.is_open and self.either:
            column, shown = self.either
            raise BadInput(
                f"The numbers in the column “{column}” of {file_name} may be read in two ways, such as “{shown}”: a thousand and more, or one and a fraction. "
                "Say --decimals point or --decimals comma."
            )
        return "auto" if self.comma == self.point else "comma" if self.comma else "point"


def unix_of(cells: Iterable[str]) -> Dates | None:
    """Seconds or milliseconds since 1970, where all cells are such figures."""
    kinds = {UNIX.fullmatch(text.strip()) is not None and len(text.strip().partition(".")[0]) for text in cells}
    return UNIX_BY_LENGTH.get(kinds.pop()) if len(kinds) == 1 else None


def hours_of(cells: pa.Array) -> tuple[bool, int, int]:
    """Whether the times tell an hour, how many of them name their own zone, and how many none."""
    cells = cells.drop_null()
    if not is_text(cells):
        if not pa.types.is_timestamp(cells.type):
            return not pa.types.is_date(cells.type), 0, 0
        told = pc.any(pc.not_equal(pc.add(pc.hour(cells), pc.minute(cells)), 0)).as_py()
        return bool(told), len(cells) if cells.type.tz else 0, 0 if cells.type.tz else len(cells)
    clock = pc.match_substring_regex(cells, CLOCK)
    own = pc.sum(pc.match_substring_regex(cells, OWN_ZONE)).as_py() or 0
    midnight = pc.match_substring_regex(cells, MIDNIGHT)
    return bool(pc.any(pc.and_not(clock, midnight)).as_py()), own, (pc.sum(clock).as_py() or 0) - own
