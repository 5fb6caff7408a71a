"""Cutting a chunk of CSV at once, where it is plain: every line a row of the heading's width, in UTF-8, quoted as RFC 4180 writes it.

What a row is, is defined by `text_files.Records`. Here is only its quick equal, which answers nothing where it cannot be sure to be one.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from pyarrow import csv

from habitue.events.tables import LONGEST_LINE

NEWLINE, RETURN, QUOTE = b'\n\r"'
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def cut(chunk: bytes, delimiter: str, width: int, places: Iterable[int]) -> pa.Table | None:
    """Whole lines, each ended by a newline, as rows; nothing where any of them needs the careful reader.

    Shape: the wanted places as columns of text, named by their place ("0" is the first).
    """
    signs = np.frombuffer(chunk, np.uint8)
    ends = np.flatnonzero(signs == NEWLINE)
    if width < 2 or not _is_plain_text(chunk, ends) or not _is_quoted_plainly(signs, ord(delimiter)):
        return None
    wanted = [str(place) for place in dict.fromkeys(places)]
    try:
        table = csv.read_csv(
            pa.BufferReader(chunk),
            csv.ReadOptions(use_threads=False, block_size=len(chunk), column_names=[str(place) for place in range(width)]),
            csv.ParseOptions(delimiter=delimiter, quote_char='"', double_quote=True, escape_char=False),
            csv.ConvertOptions(
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, pa.string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:  # a row of another width
        return None
    return table if table.num_rows == len(ends) else None


def _is_plain_text(chunk: bytes, ends: np.ndarray) -> bool:
    """UTF-8 with no line too long, and nothing that ends a line but a newline, with or without a return before it."""
    if not chunk or chunk.startswith(BYTE_ORDER_MARK) or chunk.count(b"\r") != chunk.count(b"\r\n"):
        return False
    try:
        chunk.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(np.diff(ends, prepend=-1).max() <= LONGEST_LINE)


def _is_quoted_plainly(signs: np.ndarray, delimiter: int) -> bool:
    """Whether every quotation mark stands at the edge of a value, or is a doubled one within."""
    quotes = np.flatnonzero(signs == QUOTE)
    if len(quotes) % 2:
        return False
    is_edge = np.zeros(256, bool)
    is_edge[[delimiter, NEWLINE, RETURN, QUOTE]] = True
    before, after = quotes[::2] - 1, quotes[1::2] + 1  # before the first sign stands, by wrapping, the last: a newline
    return bool(is_edge[signs[before]].all() and is_edge[signs[after]].all())
