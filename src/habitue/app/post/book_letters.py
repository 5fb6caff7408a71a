"""The letters of the book as a person looks through them: which actions leave as one, in which languages it lies there, and what `book check` says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from habitue.app.house import House
from habitue.content.book import read_folder
from habitue.content.letter_lint import letter_findings
from habitue.content.letters import FOLDER, languages_of
from habitue.content.model import Action, Finding
from habitue.words.errors import Unknown


@dataclass(frozen=True)
class BookLetter:
    """One action that leaves as a letter. `findings` are those of the letter's files, and what is said of it where the action names it."""

    action: str
    title: str
    name: str
    languages: tuple[str, ...]
    findings: tuple[Finding, ...]


def letters_of_book(house: House, language: str) -> list[BookLetter]:
    """Every action of the book that leaves as a letter, in the book's order."""
    said = _findings(house)
    return [_of(house, action, said, language) for action in house.book.actions if action.letter]


def letter_of_action(house: House, action_key: str, language: str) -> BookLetter:
    """One of them. Raises: Unknown where no such action leaves as a letter."""
    action = next((each for each in house.book.actions if each.key == action_key and each.letter), None)
    if action is None:
        raise Unknown(f"No action “{action_key}” of the book leaves as a letter.")
    return _of(house, action, _findings(house), language)


def unnamed_letters(house: House) -> list[Finding]:
    """What is said of files among the letters that no action of the book leaves as."""
    named = tuple(f"{FOLDER}/{action.letter}." for action in house.book.actions if action.letter)
    return [each for each in _findings(house) if each.file.startswith(f"{FOLDER}/") and not each.file.startswith(named)]


def _findings(house: House) -> list[Finding]:
    """As the files are at this moment, which may be newer than the book that the house has open."""
    folder = house.settings.book_folder
    return sorted(set(letter_findings(folder, read_folder(folder).actions)))


def _of(house: House, action: Action, said: Sequence[Finding], language: str) -> BookLetter:
    mine = tuple(each for each in said if each.file.startswith(f"{FOLDER}/{action.letter}.") or f"{FOLDER}/{action.letter}." in each.what)
    title = action.title.get(language) or action.title["en"]
    return BookLetter(action.key, title, action.letter, languages_of(house.settings.book_folder, action.letter), mine)
