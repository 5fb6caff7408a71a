"""A rehearsal: everything is done as it would be, in one transaction that is then taken back, so that a dry run cannot say other than the truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from habitue.store import Truth
from habitue.store.at_commit import AtCommit


class _Enough(Exception):
    """Takes the transaction back."""


class Rehearsed:
    """The truth inside a transaction that is not kept: what is written is read again, and is gone afterwards."""

    def __init__(self, truth: Truth) -> None:
        self.truth, self.dialect, self.folder = truth, truth.dialect, truth.folder
        self.at_commit = AtCommit()  # of which nothing is ever done

    @property
    def connection(self) -> int:
        return self.truth.connection

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.truth.run(sql, params)

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self.truth.run_many(sql, rows)

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        self.truth.fill(table, columns, rows)

    def run_in_turn(self, statements: Iterable[tuple[str, Sequence[Any]]]) -> None:
        self.truth.run_in_turn(statements)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A part of the one that is taken back."""
        yield

    @contextmanager
    def snapshot(self, is_patient: bool = False) -> Iterator[None]:
        yield

    def next_seq(self, how_many: int = 1) -> int:
        return self.truth.next_seq(how_many)

    def close(self) -> None:
        """The truth itself stays open."""


@contextmanager
def rehearsing(truth: Truth) -> Iterator[Truth]:
    """A truth on which to try something out; nobody else can write to it for so long.

    Raises: Busy where somebody else writes for too long.
    """
    try:
        with truth.transaction():
            yield Rehearsed(truth)
            raise _Enough
    except _Enough:
        return
