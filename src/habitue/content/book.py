"""Reads the folder of the book: every `*.toml` in the order of their names, and `shop.toml`; all mistakes at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from habitue.content.action_page import action_of
from habitue.content.letters import file_of, is_there
from habitue.content.model import LANGUAGES, Action, Book, BookErrors, Shop
from habitue.content.normal import book_of
from habitue.content.page import Notes, Page
from habitue.content.places import lines_of
from habitue.content.reading_files import text_of, values_of
from habitue.content.rules import broken_rules, needing_leave, sequence_mistakes
from habitue.content.shop_page import shop_of
from habitue.words.errors import BookError
from habitue.words.vocabulary import Purpose

SHOP_FILE = "shop.toml"


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
    _look_for_letters(folder, reading)
    reading.mistakes.sort(key=lambda mistake: (mistake.file, mistake.line))
    return reading


def _read_file(file: Path, reading: Reading) -> None:
    try:
        text = text_of(file, file.name)
        values = values_of(file.name, text)
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


def _look_for_letters(folder: Path, reading: Reading) -> None:
    """A letter that an action names is there, in English at least; what it says is read where it is sent, and by `book check`."""
    for at in reading.actions:
        if at.action.letter and "letter" not in at.page.broken and not is_there(folder, at.action.letter, LANGUAGES[0]):
            reading.mistake(at, "letter", f"There is no letter “{at.action.letter}”: {file_of(at.action.letter, LANGUAGES[0])} is missing.")
