"""Migrations: plain SQL files, run once each, in the order of their names, every one in a transaction, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from importlib.resources import files
from typing import TYPE_CHECKING

from habitue.words.keys import positive_number

if TYPE_CHECKING:
    from habitue.store.truth import Truth

WORDS = {
    "sqlite": {"{blob}": "BLOB", "{clustered}": "WITHOUT ROWID"},
    "postgres": {"{blob}": "BYTEA", "{clustered}": ""},
}
MIGRATION_LOCK = 4207041
TABLE = "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)"


def migrate(truth: Truth) -> list[str]:
    """Brings the tables up to date; gives the names of the migrations that it ran."""
    truth.run(TABLE)
    known = {name for (name,) in truth.run("SELECT name FROM migration")}
    return [name for name, text in every_migration().items() if name not in known and _run_once(truth, name, text)]


def every_migration() -> dict[str, str]:
    """The text of each migration, by its name, in the order in which they run."""
    found = (file for file in (files("habitue.store") / "migrations").iterdir() if file.name.endswith(".sql"))
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(found, key=lambda file: file.name)}


def lay_anew(truth: Truth, tables: Iterable[str], upto: Collection[str]) -> None:
    """Drops these tables, and what looks into them, and makes them anew as they were after some migrations. Inside a transaction.

    `migrate_on` brings them up to date in the same one.
    """
    if truth.dialect == "sqlite":
        for (view,) in truth.run("SELECT name FROM sqlite_schema WHERE type = 'view'"):
            truth.run(f"DROP VIEW {view}")
    for table in tables:
        truth.run(f"DROP TABLE {table} {'CASCADE' if truth.dialect == 'postgres' else ''}")
    truth.run(TABLE)
    for name, text in every_migration().items():
        if name in upto:
            _run(truth, name, text)


def migrate_on(truth: Truth) -> None:
    """Runs what has not run yet; inside a transaction, in which nobody else can."""
    known = {name for (name,) in truth.run("SELECT name FROM migration")}
    for name, text in every_migration().items():
        if name not in known:
            _run(truth, name, text)


def _run_once(truth: Truth, name: str, text: str) -> bool:
    with truth.transaction():
        if truth.dialect == "postgres":
            truth.run("SELECT pg_advisory_xact_lock(?)", (MIGRATION_LOCK,))
        if truth.run("SELECT name FROM migration WHERE name = ?", (name,)):
            return False
        _run(truth, name, text)
    return True


def _run(truth: Truth, name: str, text: str) -> None:
    for statement in statements(text, truth.dialect):
        if statement in STEPS:
            STEPS[statement](truth)
        else:
            truth.run(statement)
    truth.run("INSERT INTO migration (name) VALUES (?)", (name,))


def statements(text: str, dialect: str) -> list[str]:
    """The single statements of a migration, in the words of a database."""
    for word, meaning in WORDS[dialect].items():
        text = text.replace(word, meaning)
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    return [statement.strip() for statement in "\n".join(lines).split(";") if statement.strip()]


def _number_attributes(truth: Truth) -> None:
    told = truth.run("SELECT attribute_id, key FROM attribute")
    truth.run_many("UPDATE attribute SET number = ? WHERE attribute_id = ?", [(positive_number("attribute", key), number) for number, key in told])


STEPS: dict[str, Callable[[Truth], None]] = {"{attribute_numbers}": _number_attributes}
"""What a migration does between two statements that SQL cannot say on both databases."""
