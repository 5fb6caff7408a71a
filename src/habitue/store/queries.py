"""Named SQL: `room/queries/what_it_answers.sql`, one statement a file, a sentence on its first line."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from habitue.words.errors import Unknown


@cache
def sql_text(room: str, name: str) -> str:
    """The text of a room's named query, for both databases.

    Raises: Unknown where the room has no such query.
    """
    file = files("habitue") / room / "queries" / f"{name}.sql"
    if not file.is_file():
        raise Unknown(f"The room {room} has no query named {name}.")
    return "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("--"))
