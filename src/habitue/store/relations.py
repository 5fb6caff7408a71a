"""Judgement's relations: named `.sql` texts in one portable dialect, compiled for whichever engine runs them.

A relation is a file `room/relations/name.sql` that says in one SELECT what `name` holds; its first lines, beginning with `--`, say it in words.
It may read other relations and the base relations below, which every scope provides: the truth for one customer now, the projection
for everyone. `compiled` writes one statement, with every relation that is needed as a common table expression in front.

The dialect is DuckDB's spelling, held to the syntax nodes of `ALLOWED`: integers only, one division (`//`, which cuts towards zero on every engine),
no text functions, no `LIKE`, no dates, no floats. `whom(action_id)` stands for the book's audience conditions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.dialects.postgres import Postgres
from sqlglot.dialects.sqlite import SQLite
from sqlglot.generators.postgres import PostgresGenerator
from sqlglot.generators.sqlite import SQLiteGenerator

from habitue.words.errors import Refused, Unknown

ROOMS = ("memory", "consent", "decide", "measure", "audit")
ENGINES = ("duckdb", "sqlite", "postgres", "spark")

ALLOWED = frozenset(
    (exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Order, exp.Ordered, exp.With, exp.CTE, exp.Subquery, exp.Union, exp.Table)
    + (exp.TableAlias, exp.Alias, exp.Column, exp.Identifier, exp.Literal, exp.Null, exp.Star, exp.Paren, exp.And, exp.Or, exp.Not, exp.Is, exp.In)
    + (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.Add, exp.Sub, exp.Mul, exp.IntDiv, exp.Neg, exp.Case, exp.If, exp.Coalesce)
    + (exp.Nullif, exp.Cast, exp.DataType, exp.Sum, exp.Count, exp.Min, exp.Max, exp.Window, exp.RowNumber, exp.Lag, exp.Distinct, exp.Anonymous)
    + (exp.Boolean, exp.Tuple)
)
FUNCTIONS = frozenset({"WHOM"})


def _plain_division(generator: Any, node: exp.Expr) -> str:
    return str(generator.binary(node, "/"))


class _SQLite(SQLite):
    class Generator(SQLiteGenerator):
        TRANSFORMS = {**SQLiteGenerator.TRANSFORMS, exp.IntDiv: _plain_division}


class _Postgres(Postgres):
    class Generator(PostgresGenerator):
        TRANSFORMS = {**PostgresGenerator.TRANSFORMS, exp.IntDiv: _plain_division}


DIALECTS: dict[str, Any] = {"duckdb": "duckdb", "sqlite": _SQLite, "postgres": _Postgres, "spark": "spark"}


@dataclass(frozen=True)
class Relation:
    """One named text: what it says in words, what it says in SQL, and which relations it reads."""

    name: str
    room: str
    sentence: str
    text: str
    tree: exp.Query
    reads: frozenset[str]

    @property
    def columns(self) -> list[str]:
        """The names of its columns, in order."""
        return _columns(self.tree, self.tree)


@cache
def relations() -> dict[str, Relation]:
    """Every relation of the house by name.

    Raises: Refused where a text leaves the portable dialect.
    """
    found: dict[str, Relation] = {}
    for room in ROOMS:
        for file in sorted((files("habitue") / room / "relations").iterdir(), key=lambda f: f.name):
            if file.name.endswith(".sql"):
                found[file.name[:-4]] = _read(file.name[:-4], room, file.read_text(encoding="utf-8"))
    return found


def relation(name: str) -> Relation:
    """One relation by name.

    Raises: Unknown, with the names that exist.
    """
    try:
        return relations()[name]
    except KeyError:
        raise Unknown(f"No relation is named “{name}”. There are: {', '.join(sorted(relations()))}.") from None


def compiled(
    name: str,
    engine: str,
    given: Mapping[str, str] | None = None,
    instead: Mapping[str, str] | None = None,
    whom: exp.Expr | None = None,
    bases: frozenset[str] = frozenset(),
) -> str:
    """One statement that gives the rows of a relation on an engine.

    `given` maps a base relation to a SELECT in the engine's own words (the moment, say); `instead` reads another relation under a name
    (`bought_type` → `bought_category`); `bases` are relations that the scope holds as tables already; `whom` is the book's conditions as one CASE.
    """
    swap = dict(instead or {})
    order: list[str] = []
    _gather(name, swap, bases, order)
    once = "NOT MATERIALIZED " if engine == "postgres" else ""  # else a moment that two relations read is a table to it, of unknown size
    parts = [f"{base} AS {once}({text})" for base, text in (given or {}).items()]
    body = ""
    for each in order:
        inner, body = _render(each, swap, engine, whom)
        parts += [f"{own} AS ({text})" for own, text in inner]
        if each != name:
            parts.append(f"{each} AS ({body})")
    return f"WITH {', '.join(parts)} {body}" if parts else body


def _gather(name: str, swap: Mapping[str, str], bases: frozenset[str], order: list[str]) -> None:
    text = relation(swap.get(name, name))
    for read in sorted(text.reads):
        if read in relations() and read not in bases and read not in order:
            _gather(read, swap, bases, order)
    order.append(name)


def _render(name: str, swap: Mapping[str, str], engine: str, whom: exp.Expr | None) -> tuple[list[tuple[str, str]], str]:
    """The relation's inner tables, each with a name of its own in the whole statement, and its SELECT."""
    tree = relation(swap.get(name, name)).tree.copy()
    for call in list(tree.find_all(exp.Anonymous)):
        if whom is None:
            raise Refused(f"{name} asks whom an action concerns, and no book was given.")
        call.replace(exp.paren(whom.copy()))
    inner = list(tree.find_all(exp.CTE))
    own = {cte.alias: f"{name}_{cte.alias}" for cte in inner}
    for table in tree.find_all(exp.Table):
        if table.name in own:
            table.set("this", exp.to_identifier(own[table.name]))
    texts = [(own[cte.alias], cte.this.sql(dialect=DIALECTS[engine])) for cte in inner]
    tree.set("with_" if "with_" in tree.arg_types else "with", None)
    return texts, tree.sql(dialect=DIALECTS[engine])


def _read(name: str, room: str, text: str) -> Relation:
    words = " ".join(line[2:].strip() for line in text.splitlines() if line.startswith("--"))
    tree = sqlglot.parse_one(text, read="duckdb")
    if not isinstance(tree, exp.Query):
        raise Refused(f"{room}/relations/{name}.sql is not one SELECT.")
    for node in tree.walk():
        if type(node) not in ALLOWED or (isinstance(node, exp.Anonymous) and node.name.upper() not in FUNCTIONS):
            raise Refused(f"{room}/relations/{name}.sql uses {type(node).__name__} ({node.sql()[:60]}), which is outside the portable dialect.")
    for node in tree.find_all(exp.Literal):
        if node.is_string or "." in node.name:
            raise Refused(f"{room}/relations/{name}.sql holds {node.sql()}; judgement knows integers only.")
    local = {cte.alias for cte in tree.find_all(exp.CTE)}
    reads = frozenset(table.name for table in tree.find_all(exp.Table) if table.name not in local)
    for node in tree.walk():
        node.comments = None
    return Relation(name, room, words, text, tree, reads)


def _columns(whole: exp.Query, select: exp.Query) -> list[str]:
    """The column names of a SELECT; a star stands for those of the relation or the inner table that it is taken from."""
    names: list[str] = []
    for column in select.selects:
        if not column.is_star:
            names.append(column.alias_or_name)
            continue
        of = column.text("table")
        source = next(t for t in select.find_all(exp.Table) if t.alias_or_name == of)
        inner = next((cte.this for cte in whole.find_all(exp.CTE) if cte.alias == source.name), None)
        names += _columns(whole, inner) if inner is not None else relation(source.name).columns
    return names
