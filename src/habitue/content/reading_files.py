"""A file of the book, as text and as the values of its TOML; what cannot be read is a mistake with its line."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path

from habitue.words.errors import BookError

MOST_BYTES = 1_000_000
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def text_of(file: Path, name: str) -> str:
    """The text of a file that is called `name`, as UTF-8, with or without the mark that some editors put first.

    Raises: BookError where it is too large, cannot be opened or is in another encoding.
    """
    try:
        raw = file.read_bytes()
    except OSError as wrong:
        raise BookError(name, 0, f"The file cannot be opened: {wrong.strerror}.") from wrong
    if len(raw) > MOST_BYTES:
        raise BookError(name, 0, f"The file has {len(raw):,} bytes; {MOST_BYTES:,} are allowed.")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise BookError(name, line, "A letter here is not in UTF-8; save the file with the encoding UTF-8.") from wrong


def values_of(name: str, text: str) -> dict[str, object]:
    """The values of a TOML text.

    Raises: BookError with the line where reading stopped.
    """
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError as wrong:
        raise BookError(name, 0, "The file has brackets within brackets beyond all measure.") from wrong
    except ValueError as wrong:
        what = str(wrong)
        place = _AT_LINE.search(what)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        raise BookError(name, line, f"The file cannot be read from here on: {_plain(_AT_LINE.sub('', what))}") from wrong


_PLAIN = (
    ("Invalid date", "there is no such date or hour."),
    ("Cannot overwrite", "this key or table is written twice."),
    ("Cannot declare", "this table is written twice."),
    ("Cannot mutate", "this key or table is written twice."),
    ("Invalid value", "the value is missing, or a text lacks its quotes."),
    ("Expected '='", "after a key comes the sign =."),
    ("Illegal character '\\n'", "a text is not closed with its quotes on this line."),
    ("Unterminated", "a text or a list is opened and never closed."),
    ("Unclosed", "a list or a brace is opened and never closed."),
    ("Unescaped", "a backslash in a text is written twice: \\\\."),
)


def _plain(what: str) -> str:
    """tomllib's message in a shopkeeper's words, or as it stands."""
    return next((plain for start, plain in _PLAIN if what.startswith(start)), f"{what}.")
