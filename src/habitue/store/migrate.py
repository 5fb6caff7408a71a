"""Migrations: plain SQL files, run once each, in the order of their names, every one in a transaction, on both databases."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from habitue.store.truth import Truth

WORDS = {
    "sqlite": {"{blob}": "BLOB", "{clustered}": "WITHOUT ROWID"},
    "postgres": {"{blob}": "BYTEA", "{clustered}": ""},
}
MIGRATION_LOCK = 4207041


def migrate(truth: Truth) -> list[str]:
    """Brings the tables up to date; gives the names of the migrations that it ran."""
    truth.run("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)")
    known = {name for (name,) in truth.run("SELECT name FROM migration")}
    ran = []
    folder = files("habitue.store") / "migrations"
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name):
        if file.name not in known and _run_once(truth, file.name, file.read_text(encoding="utf-8")):
            ran.append(file.name)
    return ran


def _run_once(truth: Truth, name: str, text: str) -> bool:
    with truth.transaction():
        if truth.dialect == "postgres":
            truth.run("SELECT pg_advisory_xact_lock(?)", (MIGRATION_LOCK,))
        if truth.run("SELECT name FROM migration WHERE name = ?", (name,)):
            return False
        for statement in statements(text, truth.dialect):
            truth.run(statement)
        truth.run("INSERT INTO migration (name) VALUES (?)", (name,))
    return True


def statements(text: str, dialect: str) -> list[str]:
    """The single statements of a migration, in the words of a database."""
    for word, meaning in WORDS[dialect].items():
        text = text.replace(word, meaning)
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    return [statement.strip() for statement in "\n".join(lines).split(";") if statement.strip()]
