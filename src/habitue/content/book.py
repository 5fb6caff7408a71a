"""Reads the folder of the book: every `*.toml` in the order of their names, and `shop.toml`; all mistakes at once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from habitue.content.action_page import action_of
from habitue.content.model import Action, Book, BookErrors, Shop
from habitue.content.normal import book_of
from habitue.content.page import Notes, Page
from habitue.content.places import lines_of
from habitue.content.rules import broken_rules, needing_leave, sequence_mistakes
from habitue.content.shop_page import shop_of
from habitue.words.errors import BookError
from habitue.words.vocabulary import Purpose

SHOP_FILE = "shop.toml"
MOST_BYTES = 1_000_000
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass
class ActionPage:
    """An action with the page that it was read from, which knows the line of each key."""

    action: Action
    page: Page

    @property
    def file(self) -> str:
        return self.page.notes.file

    def line(self, *path: str | int) -> int:
        return self.page.notes.line((*self.page.path, *path))


@dataclass
class Reading:
    """A folder as it was read: what could be, every mistake, and the actions that say "service" and leave as advice."""

    actions: list[ActionPage] = field(default_factory=list)
    shop: Shop = field(default_factory=Shop)
    shop_notes: Notes | None = None  # None where the folder has no shop.toml
    mistakes: list[BookError] = field(default_factory=list)
    narrowed: list[ActionPage] = field(default_factory=list)
    has_unread_file: bool = False

    def mistake(self, at: ActionPage, key: str, what: str) -> None:
        self.mistakes.append(BookError(at.file, at.line(key), what))


def read_book(folder: Path) -> Book:
    """The book in a folder.

    Raises: BookErrors with every mistake; nothing of a book with mistakes is used.
    """
    reading = read_folder(folder)
    if reading.mistakes:
        raise BookErrors(tuple(reading.mistakes))
    return book_of(tuple(page.action for page in reading.actions), reading.shop)


def read_folder(folder: Path) -> Reading:
    """Everything that a folder holds and everything wrong with it, mistakes in the order of files and lines."""
    reading = Reading()
    if not folder.is_dir():
        reading.mistakes.append(BookError(str(folder), 0, "There is no such folder; the book of actions is a folder of .toml files."))
        return reading
    for file in sorted(folder.glob("*.toml"), key=lambda path: path.name):
        _read_file(file, reading)
    _check_together(reading)
    reading.mistakes.sort(key=lambda mistake: (mistake.file, mistake.line))
    return reading


def _read_file(file: Path, reading: Reading) -> None:
    try:
        text = _text_of(file)
        values = _values_of(file.name, text)
    except BookError as mistake:
        reading.mistakes.append(mistake)
        reading.has_unread_file = True
        return
    notes = Notes(file.name, lines_of(text))
    if file.name == SHOP_FILE:
        reading.shop, reading.shop_notes = shop_of(Page(values, (), notes, "The shop")), notes
    else:
        _read_actions(Page(values, (), notes, "The file"), reading)
    reading.mistakes += notes.mistakes


def _read_actions(page: Page, reading: Reading) -> None:
    """Every `[[action]]` of one file."""
    tables = page.raw("action")
    page.close()
    if tables is not None and not (isinstance(tables, list) and all(isinstance(table, dict) for table in tables)):
        page.wrong("action", "An action is a table of its own that begins with [[action]], in two pairs of square brackets.")
        return
    for index, table in enumerate(tables if isinstance(tables, list) else []):
        name = table.get("key")
        heading = f"The action “{name}”" if isinstance(name, str) and name else f"Action {index + 1} of this file"
        inner = Page(table, ("action", index), page.notes, heading)
        found = ActionPage(action_of(inner), inner)
        for key, what in broken_rules(found.action, inner.broken):
            inner.wrong(key, what)
        reading.actions.append(found)


def _check_together(reading: Reading) -> None:
    """What only shows when all files have been read: keys used twice, sequences that lead nowhere or round, words that need her leave."""
    first: dict[str, ActionPage] = {}
    for at in reading.actions:
        if "key" in at.page.broken:
            continue
        if at.action.key in first:
            other = first[at.action.key]
            reading.mistake(at, "key", f"The key “{at.action.key}” is already used in {other.file}, line {other.line('key')}.")
        first.setdefault(at.action.key, at)
    after = {key: at.action.after.action if at.action.after and "after" not in at.page.broken else "" for key, at in first.items()}
    for key, what in sequence_mistakes(after).items():
        is_elsewhere = after[key] not in after and reading.has_unread_file
        if not is_elsewhere:
            reading.mistake(first[key], "after", what)
    reading.narrowed = [first[key] for key in sorted(needing_leave({key: at.action for key, at in first.items()}, after))]
    for at in reading.narrowed:
        at.action = replace(at.action, purpose=Purpose.ADVICE)


def _text_of(file: Path) -> str:
    """The text of a file, as UTF-8, with or without the mark that some editors put first.

    Raises: BookError where it is too large, cannot be opened or is in another encoding.
    """
    try:
        raw = file.read_bytes()
    except OSError as wrong:
        raise BookError(file.name, 0, f"The file cannot be opened: {wrong.strerror}.") from wrong
    if len(raw) > MOST_BYTES:
        raise BookError(file.name, 0, f"The file has {len(raw):,} bytes; {MOST_BYTES:,} are allowed.")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise BookError(file.name, line, "A letter here is not in UTF-8; save the file with the encoding UTF-8.") from wrong


def _values_of(name: str, text: str) -> dict[str, object]:
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
