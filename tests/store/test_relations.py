"""The portable dialect: every text is prepared by every engine that runs it, and nothing else gets in."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest
import sqlglot

from habitue.store import Truth
from habitue.store.bases import BOOK, CALENDAR, COMMON, CUSTOMER, RULES, SCOPE, SENT
from habitue.store.relations import _read, compiled, relation, relations
from habitue.words.errors import Refused, Unknown

BASES = {**CUSTOMER, **COMMON, **CALENDAR, **BOOK, **RULES, **SCOPE, **SENT}
IN_TRUTH = {*CUSTOMER, *COMMON}
WHOM = sqlglot.parse_one("case when c.action_id in (1, 2) then c.item_times > 3 and c.words_28 < 2 else false end")
NAMES = sorted(relations())
DIVIDED = [(-3, None), (3, None), (4500000000000000003, None)]


@pytest.fixture(scope="module")
def duck() -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    for name, columns in BASES.items():
        db.execute(f"CREATE TABLE {name} ({', '.join(f'{column} BIGINT' for column in columns)})")
    return db


@pytest.mark.equality
@pytest.mark.parametrize("name", NAMES)
def test_duckdb_prepares_it_with_the_columns_that_it_names(name: str, duck: duckdb.DuckDBPyConnection) -> None:
    answer = duck.execute(compiled(name, "duckdb", whom=WHOM))
    assert [column[0] for column in answer.description] == relation(name).columns
    assert {str(column[1]) for column in answer.description} <= {"BIGINT", "INTEGER", "NUMBER"}


def test_sqlite_and_postgres_prepare_every_relation(truth: Truth) -> None:
    for name, columns in BASES.items():
        if name not in IN_TRUTH:
            truth.run(f"CREATE TEMP TABLE {name} ({', '.join(f'{column} BIGINT' for column in columns)})")
    for name in NAMES:
        if truth.dialect == "postgres":
            assert truth.run(compiled(name, "postgres", whom=WHOM)) == []
        else:  # SQLite nests only so deep: what others read lies there as tables
            steps = frozenset(relation(name).reads & set(NAMES))
            for step in steps:
                truth.run(f"CREATE TEMP TABLE IF NOT EXISTS {step} ({', '.join(f'{column} BIGINT' for column in relation(step).columns)})")
            assert truth.run(compiled(name, "sqlite", whom=WHOM, bases=steps)) == []


@pytest.mark.parametrize("name", NAMES)
def test_spark_can_be_given_it(name: str) -> None:
    text = compiled(name, "spark", whom=WHOM)
    assert sqlglot.parse_one(text, read="spark")
    assert "//" not in text


@pytest.mark.parametrize("name", NAMES)
def test_it_says_in_words_what_it_holds(name: str) -> None:
    assert relation(name).sentence.endswith(".")
    assert len(set(relation(name).columns)) == len(relation(name).columns)


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("select avg(l.day) as d from line as l", "Avg"),
        ("select l.day / 2 as d from line as l", "Div"),
        ("select l.day % 7 as d from line as l", "Mod"),
        ("select 1.5 as d from line as l", "1.5"),
        ("select 'veal' as d from line as l", "veal"),
        ("select l.day as d from line as l where l.day like 3", "Like"),
        ("select l.day as d from line as l limit 3", "Limit"),
        ("select arg_max(l.day, l.day) as d from line as l", "ArgMax"),
        ("select read_parquet(l.day) as d from line as l", "read_parquet"),
        ("select now() as d from line as l", ""),
        ("drop table line", "not one SELECT"),
    ],
)
def test_what_is_outside_the_dialect_is_refused(text: str, outside: str) -> None:
    with pytest.raises(Refused, match=f"(?i){outside}"):
        _read("made_up", "memory", "-- A text.\n" + text)


HALVES = "-- Halves.\nselect cast(l.day as bigint) // 2 as half, l.day // nullif(l.known_at, 0) as none from line as l order by half"


@pytest.fixture
def halves(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """A relation made for the occasion that divides, as each engine is given it."""
    known = {**relations(), "halves": _read("halves", "memory", HALVES)}
    monkeypatch.setattr("habitue.store.relations.relations", lambda: known)
    line = "SELECT -7 AS day, 0 AS known_at UNION ALL SELECT 7, 0 UNION ALL SELECT 9000000000000000007, 0"
    return lambda engine: compiled("halves", engine, given={"line": line})


def test_division_cuts_towards_zero_in_the_truth(halves: Callable[[str], str], truth: Truth) -> None:
    assert truth.run(halves(truth.dialect)) == DIVIDED


@pytest.mark.equality
def test_division_cuts_towards_zero_in_duckdb(halves: Callable[[str], str]) -> None:
    assert duckdb.connect().execute(halves("duckdb")).fetchall() == DIVIDED


def test_an_unknown_relation_is_named_with_those_that_exist() -> None:
    with pytest.raises(Unknown, match=r"No relation is named “habits”\. There are: about_her, "):
        relation("habits")


def test_without_a_book_nobody_can_say_whom_an_action_concerns() -> None:
    with pytest.raises(Refused, match="candidate asks whom an action concerns"):
        compiled("candidate", "duckdb")
