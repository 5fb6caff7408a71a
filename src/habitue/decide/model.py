"""What judgement is asked, and what it answers: frozen, without a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

Rows = list[tuple[int, ...]]


@dataclass(frozen=True)
class Question:
    """A book of actions, ready to be put to any number of moments.

    `tables` holds the rows of the book's base relations by name; `whom` is its audience conditions as one CASE over action_id;
    `actions` are the actions' numbers in the book's order, which is the order of the reason bytes in the ledger.
    """

    book_id: int
    tables: Mapping[str, Rows]
    whom: exp.Expr
    actions: tuple[int, ...]


@dataclass(frozen=True)
class When:
    """As of when a judgement is made.

    Units: `as_of` UTC seconds; `today` a local day number; `hour` the local hour for a word said now, -1 for one that is planned;
    `lesson_id` what had been learned by then (0: nothing); `wheel_permille` how far the control group's wheel has turned.
    """

    as_of: int
    today: int
    weekday: int
    hour: int
    lesson_id: int
    wheel_permille: int
