"""The quick way: what is written plainly in a column is read at once, and exactly as the readers of `values` would read it.

Every way here gives values and says which rows it leaves. A row is left wherever the quick way is not certain (odd, broken, out of bounds,
half way between two cents); those rows go to the readers, which alone define what is read and for which reason it is not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

from habitue.app.imports.kinds import Form
from habitue.app.imports.quick_dates import clock_instants, written_instants
from habitue.app.imports.quick_texts import Texts
from habitue.app.imports.values import FIRST_INSTANT, LARGEST, LONGEST_KEY, LONGEST_TEXT, UNIX_PARTS, Manner

PARTS: dict[Form, int] = {"quantity": 1_000, "money": 100, "price": 10_000}
POINT, COMMA, MINUS = b".,-"
# A double below this, times any of `PARTS`, is less than 0.005 away from the exact decimal: only what lies nearer to a half may round otherwise.
LARGEST_NUMBER, NEAR_HALF = 10**9 - 1, 0.01
LONGEST_NUMBER, SURE_DIGITS = 40, 15
Taken = tuple[pa.Array, np.ndarray]


def take_plain(column: pa.Array, form: Form, manner: Manner) -> Taken | None:
    """The values, null where nothing is written or where a row is left, and which rows are left; nothing where no row is for the quick way.

    `column` has its timestamps in whole seconds.
    """
    if not len(column):
        return None
    if form in ("key", "text"):
        return _names(column, form)
    if form in PARTS:
        return _numbers(column, manner, PARTS[form])
    if form == "units":
        return _numbers(column, manner, parts=1, is_count=True)
    return _instants(column, manner) if form == "instant" else None


def _names(column: pa.Array, form: Form) -> Taken | None:
    kind = column.type
    if types.is_integer(kind):
        return column.cast(pa.string()), np.zeros(len(column), bool)
    if form == "key" and (types.is_float32(kind) or types.is_float64(kind)):
        numbers = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
        is_whole = (np.rint(numbers) == numbers) & (np.abs(numbers) < LARGEST)
        return pa.array(np.where(is_whole, numbers, 0).astype(np.int64), mask=~is_whole).cast(pa.string()), ~is_whole & ~np.isnan(numbers)
    if (texts := Texts.of(column)) is None:
        return None
    is_left = texts.is_written & ~texts.are_plain(LONGEST_KEY if form == "key" else LONGEST_TEXT)
    return _only(column, texts.is_written & ~is_left).cast(pa.string()), is_left


def _numbers(column: pa.Array, manner: Manner, parts: int, is_count: bool = False) -> Taken | None:
    """Rounded half to even like the exact decimal; a double near a half is left."""
    kind = column.type
    is_near = types.is_decimal(kind) and kind.precision <= SURE_DIGITS
    if texts := Texts.of(column):
        is_written = texts.is_written
        doubles = _doubles(column, texts, manner, SURE_DIGITS if is_count else LONGEST_NUMBER)
    elif types.is_integer(kind) or types.is_float32(kind) or types.is_float64(kind) or is_near:
        doubles = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        is_written = ~np.isnan(doubles)
    else:
        return None
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = doubles * parts
        rounded = np.rint(scaled)
        is_sure = (np.abs(doubles) < LARGEST_NUMBER) & (np.abs(np.abs(scaled - rounded) - 0.5) > NEAR_HALF)
        if is_count:
            is_sure &= (doubles >= 0) & (scaled == rounded)
    return pa.array(np.where(is_sure, rounded, 0).astype(np.int64), mask=~is_sure), is_written & ~is_sure


def _doubles(column: pa.Array, texts: Texts, manner: Manner, longest: int) -> np.ndarray:
    """The nearest double of each plain number, digits with at most one decimal sign between them; no number elsewhere."""
    begins = texts.starts + (texts.is_written & (texts.first == MINUS))
    others, place, sign = texts.others_than_digits(begins)
    decimals = texts.ends - place - 1
    is_comma = (others == 1) & (sign == COMMA) & ((manner.decimals == "comma") | ((manner.decimals == "auto") & (decimals != 3)))
    is_point = (others == 1) & (sign == POINT) & (manner.decimals != "comma")
    is_plain = (others == 0) | ((is_comma | is_point) & (decimals > 0))
    plain = _only(column, is_plain & (texts.ends > begins) & (texts.ends - texts.starts <= longest))
    if is_comma.any():
        plain = pc.replace_substring(plain, ",", ".")
    doubles: np.ndarray = plain.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return doubles


def _instants(column: pa.Array, manner: Manner) -> Taken | None:
    kind = column.type
    if types.is_timestamp(kind):
        is_written = column.is_valid().to_numpy(zero_copy_only=False)
        seconds = column.cast(pa.int64()).fill_null(0).to_numpy()
        if kind.tz and manner.is_day:
            return None
        at = seconds if kind.tz else clock_instants(seconds, manner)
    elif manner.dates not in UNIX_PARTS and (texts := Texts.of(column)):
        is_written, at = texts.is_written, written_instants(texts, manner)
    else:
        return None
    is_sure = is_written & (at >= FIRST_INSTANT) & (at <= manner.latest)
    return pa.array(at, mask=~is_sure), is_written & ~is_sure


def _only(column: pa.Array, is_kept: np.ndarray) -> pa.Array:
    nothing: Any = pa.scalar(None, column.type)
    return column if is_kept.all() else pc.if_else(pa.array(is_kept), column, nothing)
