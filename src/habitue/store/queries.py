"""Named SQL: `room/queries/what_it_answers.sql`, one statement a file, a sentence on its first line; `room/steps/` for the columnar engine alone."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from habitue.words.errors import Unknown


@cache
def sql_text(room: str, name: str) -> str:
    """The text of a room's named query, for both databases.

    Raises: Unknown where the room has no such query.
    """
    return _read(room, "queries", name)


@cache
def step_text(room: str, name: str) -> str:
    """The text of a room's named step, in the words of the columnar engine.

    Raises: Unknown where the room has no such step.
    """
    return _read(room, "steps", name)


def _read(room: str, folder: str, name: str) -> str:
    file = files("habitue") / room / folder / f"{name}.sql"
    if not file.is_file():
        raise Unknown(f"The room {room} has no {'query' if folder == 'queries' else 'step'} named {name}.")
    return "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("--"))
