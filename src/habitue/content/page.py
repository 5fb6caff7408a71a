"""One table of one file, read key by key: what is wrong is noted with its line and a sentence, and reading goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from habitue.content.model import word_of
from habitue.content.places import Path
from habitue.content.wording import did_you_mean, quoted, shown
from habitue.words.clock import day_number
from habitue.words.errors import BookError

Word = TypeVar("Word", bound=Enum)
MOST_CENTS = 1_000_000


class Notes:
    """Where each key of one file stands, and the mistakes found in it so far."""

    def __init__(self, file: str, lines: dict[Path, int]) -> None:
        self.file, self.lines = file, lines
        self.mistakes: list[BookError] = []

    def line(self, path: Path) -> int:
        """The line of a key, or of the nearest table around it where the key itself is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def mistake(self, path: Path, what: str) -> None:
        self.mistakes.append(BookError(self.file, self.line(path), what))


class Page:
    """One table. `broken` holds the keys that could not be read, so that no rule judges what is only a stand-in."""

    def __init__(self, values: dict[str, object], path: Path, notes: Notes, heading: str) -> None:
        self.path, self.heading, self.notes = path, heading, notes
        self._values = values
        self._asked: set[str] = set()
        self.broken: set[str] = set()

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._values

    def wrong(self, key: str, what: str) -> None:
        """Notes a mistake at a key; `what` is the sentence."""
        self.broken.add(key)
        self.notes.mistake((*self.path, key), what)

    def missing(self, key: str, example: str) -> None:
        self.wrong(key, f"{self.heading} lacks “{key}”; write it as {example}.")

    def text(self, key: str, default: str | None = None, example: str = "") -> str:
        """A text that is not empty."""
        if not self.has(key):
            if default is None:
                self.missing(key, example)
            return default or ""
        value = self._values[key]
        if not isinstance(value, str):
            self.wrong(key, f"“{key}” must be a text in quotes, not {shown(value)}.")
            return default or ""
        if not value.strip():
            self.wrong(key, f"“{key}” is empty.")
        return value

    def word(self, key: str, words: type[Word], default: Word | None = None) -> Word:
        """One of a closed list of words."""
        if not self.has(key):
            if default is None:
                self.missing(key, f"{key} = {quoted([word_of(member) for member in words], 'or')}")
            return default or next(iter(words))
        return self._as_word(key, self._values[key], words)

    def words(self, key: str, words: type[Word]) -> tuple[Word, ...]:
        """A list of words from a closed list, each at most once and at least one."""
        if not self.has(key):
            self.missing(key, f"{key} = [{quoted([word_of(member) for member in words][:2], ',')}]")
            return ()
        found = tuple(self._as_word(key, value, words) for value in self._list(key))
        if len(set(found)) < len(found) and key not in self.broken:
            self.wrong(key, f"“{key}” names the same word twice.")
        if not found and key not in self.broken:
            self.wrong(key, f"“{key}” is an empty list; name at least one.")
        return found

    def _as_word(self, key: str, value: object, words: type[Word]) -> Word:
        known = {word_of(member): member for member in words}
        if isinstance(value, str) and value in known:
            return known[value]
        self.wrong(key, f"“{key}” is {shown(value)}; it must be {quoted(list(known), 'or')}.{did_you_mean(value, known)}")
        return next(iter(words))

    def whole(self, key: str, low: int, high: int, default: int | None = None, example: str = "") -> int:
        """A whole number between two bounds, both allowed."""
        if not self.has(key):
            if default is None:
                self.missing(key, example or f"{key} = {low}")
            return default if default is not None else low
        value = self._values[key]
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(key, f"“{key}” must be a whole number, not {shown(value)}.")
        elif not low <= value <= high:
            self.wrong(key, f"“{key}” is {value}; it must be between {low} and {high}.")
        else:
            return value
        return default if default is not None else low

    def wholes(self, key: str, low: int, high: int, default: tuple[int, ...]) -> tuple[int, ...]:
        """A list of different whole numbers, sorted; at least one."""
        if not self.has(key):
            return default
        values = self._list(key)
        for value in values:
            if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
                self.wrong(key, f"“{key}” holds {shown(value)}; each must be a whole number from {low} to {high}.")
        if not values and key not in self.broken:
            self.wrong(key, f"“{key}” is an empty list; leave it out where every one is meant.")
        return default if key in self.broken else tuple(sorted({value for value in values if isinstance(value, int)}))

    def millicents(self, key: str, default: int | None = None) -> int:
        """An amount written in cents, with up to three decimals, as thousandths of a cent."""
        if not self.has(key):
            if default is None:
                self.missing(key, f"{key} = 12")
            return default or 0
        value = self._values[key]
        amount = value * 1000 if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None
        if amount is None or (isinstance(amount, Decimal) and (not amount.is_finite() or amount != int(amount))):
            self.wrong(key, f"“{key}” must be an amount in cents such as 12 or 0.5, not {shown(value)}.")
        elif not 0 <= amount <= MOST_CENTS * 1000:
            self.wrong(key, f"“{key}” is {shown(value)} cents; it must be between 0 and {MOST_CENTS:,}.")
        else:
            return int(amount)
        return default or 0

    def day(self, key: str, default: int) -> int:
        """A date, written without quotes, as a day number."""
        if not self.has(key):
            return default
        value = self._values[key]
        if isinstance(value, date) and not isinstance(value, datetime):
            return day_number(value)
        self.wrong(key, f"“{key}” must be a date without quotes and without an hour, as 2017-11-02, not {shown(value)}.")
        return default

    def yes(self, key: str) -> bool:
        """true or false; false where it is left out."""
        if not self.has(key):
            return False
        value = self._values[key]
        if not isinstance(value, bool):
            self.wrong(key, f"“{key}” must be true or false, without quotes, not {shown(value)}.")
        return value is True

    def keys(self, key: str) -> tuple[str, ...]:
        """A list of catalogue keys, none empty, each once."""
        values = self._list(key) if self.has(key) else []
        for index, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                self.wrong(key, f"“{key}” holds {shown(value)}; each must be a catalogue key in quotes.")
            elif value in values[:index]:
                self.wrong(key, f"“{key}” names {shown(value)} twice.")
        return tuple(value for value in values if isinstance(value, str))

    def page(self, key: str, example: str) -> Page | None:
        """A table inside this one, or None where it is left out."""
        if not self.has(key):
            return None
        value = self._values[key]
        if not isinstance(value, dict):
            self.wrong(key, f"“{key}” must be a table in braces, as {example}, not {shown(value)}.")
            return None
        return Page(value, (*self.path, key), self.notes, f"“{key}”")

    def raw(self, key: str) -> object:
        """The value as it was written, or None."""
        return self._values.get(key) if self.has(key) else None

    def names(self) -> list[str]:
        """Every key of the table, where the keys are names of the brand's own."""
        self._asked.update(self._values)
        return list(self._values)

    def known_keys(self) -> frozenset[str]:
        """Every key that a reader has asked for: after reading, all that the table may hold."""
        return frozenset(self._asked)

    def close(self) -> None:
        """Notes every key that nobody asked for: an unknown key is a mistake."""
        for key in self._values:
            if key not in self._asked:
                self.wrong(key, f"{self.heading} has an unknown key “{key}”.{did_you_mean(key, self._asked)}")

    def _list(self, key: str) -> Sequence[object]:
        value = self._values[key]
        if isinstance(value, list):
            return value
        self.wrong(key, f"“{key}” must be a list in square brackets, not {shown(value)}.")
        return []
