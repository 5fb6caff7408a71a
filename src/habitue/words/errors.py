"""Every way in which Habitué says no, as one family.

HabitueError              a sentence for a person; the command line prints it and ends with `exit_code`
├── SettingsError         a setting is missing, unknown or of the wrong kind
├── BadInput              a file or a value that cannot be read as it is
│   ├── BookError         a mistake in the book of actions; knows file and line
│   └── Several           an address that several customers share, and names none of them; knows their numbers
│       └── OnlyTold      an address that a browser alone told, which proves nothing
├── Unknown               a customer, an action, a query or a day that does not exist
├── Refused               well formed, but not allowed (an expression beyond its columns, another body under the same id)
├── Busy                  somebody else is doing the same thing right now
├── StoreError            the disk or the database said no (full, locked, gone)
│   └── Damaged           a list of those who were forgotten, or who left, is not as it was written
└── OverLimit             done, and more is wrong than the caller allows (`habitue audit --fail-over`)

A message says what happened, to whom, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class HabitueError(Exception):
    """The head of the family: its text is a sentence that can be shown to a person."""

    exit_code = 1


class SettingsError(HabitueError):
    """A setting is missing, unknown or of the wrong kind."""

    exit_code = 2


class BadInput(HabitueError):
    """A file or a value that cannot be read as it is."""

    exit_code = 3


class BookError(BadInput):
    """A mistake in the book of actions.

    Units: `line` counts from 1; 0 where the whole file is meant.
    """

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(f"{file}:{line}: {what}" if line else f"{file}: {what}")
        self.file, self.line, self.what = file, line, what


class Several(BadInput):
    """An address that several customers share; `keys` name each of them alone."""

    sentence = "Several people share “%(shared)s”, so it names none of them; say which by number: %(keys)s."

    def __init__(self, text: str, keys: Sequence[str]) -> None:
        self.values = {"shared": text, "keys": ", ".join(keys)}
        super().__init__(self.sentence % self.values)


class OnlyTold(Several):
    """An address that a browser alone told of somebody: it shows her, and names nobody."""

    sentence = "Only a browser told us “%(shared)s”, which proves nothing; if you are sure whom it means, say so by number: %(keys)s."


class Unknown(HabitueError):
    """A customer, an action, a query or a day that does not exist."""

    exit_code = 4


class Refused(HabitueError):
    """Well formed, but not allowed."""

    exit_code = 5


class Busy(HabitueError):
    """Somebody else is doing the same thing right now; trying again later is right."""

    exit_code = 6


class StoreError(HabitueError):
    """The disk or the database said no."""

    exit_code = 7


class Damaged(StoreError):
    """A list of those who were forgotten, or who left, is not as it was written."""


class OverLimit(HabitueError):
    """The work is done and its result is there, but more is wrong than the caller allows."""

    exit_code = 8
