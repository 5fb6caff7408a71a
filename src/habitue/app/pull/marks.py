"""How far each shop has been fetched; a mark moves only in the transaction that writes down what a page brought."""

from __future__ import annotations

from dataclasses import dataclass

from habitue.events.records import source_ids
from habitue.store import Truth, sql_text


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one kind of object has been fetched.

    Units: everything that the shop changed before `since_at` is here (0: nothing yet); `begun_at` is when the sweep under way began (0: none is), both by
    the shop's clock in UTC seconds. `next_page` says where it goes on, in the shop's own way; empty at its beginning.
    """

    what: str
    since_at: int = 0
    begun_at: int = 0
    next_page: str = ""


def marks_of(truth: Truth, source: str) -> dict[str, Mark]:
    """Every mark of a source; inside a transaction."""
    return {row[0]: Mark(*row) for row in truth.run(sql_text("app", "pull_marks"), (source_ids(truth, [source])[source],))}


def set_mark(truth: Truth, source: str, mark: Mark) -> None:
    """Moves a mark; inside the transaction that writes down what was fetched."""
    number = source_ids(truth, [source])[source]
    truth.run(sql_text("app", "set_pull_mark"), (number, mark.what, mark.since_at, mark.begun_at, mark.next_page))


def drop_marks(truth: Truth, source: str) -> None:
    """Forgets how far a source was fetched; inside a transaction."""
    truth.run(sql_text("app", "drop_pull_marks"), (source_ids(truth, [source])[source],))
