"""What a house holds, row by row; and what can be read in a backup with every key there is."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from habitue.app.backup.backing_up import BackedUp, back_up
from habitue.app.backup.relations import LEFT_OUT
from habitue.app.opening import open_up
from habitue.store import Settings, clock_of, open_truth
from habitue.store.backup_file import COMMON, HOUSE, ROWS, Reader, Rows
from habitue.store.backup_keys import FILE, Keys
from habitue.store.schema import columns, tables
from habitue.words.errors import BadInput
from tests.forget.searching import WORDS

Held = dict[str, list[tuple[Any, ...]]]


def rows_of(settings: Settings) -> Held:
    """Every row of a house, by relation, in an order that is the same everywhere."""
    with closing(open_truth(settings)) as truth:
        return {
            table: sorted(truth.run(f"SELECT {', '.join(columns(truth, table))} FROM {table}"), key=repr) for table in tables(truth) if table not in LEFT_OUT
        }


def but_places(settings: Settings) -> Held:
    """The same, but the folders of backups, and how far letters and profiles are counted, which a house that came back has for itself."""
    held = {name: rows for name, rows in rows_of(settings).items() if name != "backup_place"}
    return {**held, "counter": [row for row in held["counter"] if not {"letter", "profile"} & {*row}]}


def backed_up(settings: Settings, place: Path, **more: Any) -> BackedUp:
    """A backup of a house, as the command makes it."""
    with closing(open_up(settings)) as truth:
        return back_up(truth, settings, clock_of(settings), place, **more)


def read_with_all_keys(file: Path, keys_file: Path | None = None) -> Rows:
    """All rows of a backup that can be read, frame by frame, with any of the keys that are there now."""
    reader, found = Reader(file), Rows()
    with closing(Keys.read(keys_file or file.parent / FILE)) as keys:
        every = [keys.house, keys.common, *(key for number in range(1, keys.last + 1) if (key := keys.of(number)))]
        for frame in reader.frames():
            own = {HOUSE: keys.house, COMMON: keys.common}.get(frame.owners) or keys.of_all(frame.owners)
            for key in (own, *every) if own else every:
                try:
                    part = reader.read(frame, key, Rows) if frame.kind == ROWS else {}
                except BadInput:
                    continue
                for relation, rows in part.items():
                    found.setdefault(relation, []).extend(rows)
                break
    return found


def she_in(file: Path, keys_file: Path | None = None) -> Counter[str]:
    """How often she is found: by relation, in what can be read of a backup; and raw, in all that lies beside it."""
    hits: Counter[str] = Counter()
    for relation, rows in read_with_all_keys(file, keys_file).items():
        for row in rows:
            hits[relation] += sum(word in _text(value) for value in row for word in WORDS)
    for path in file.parent.rglob("*"):
        if path.is_file():
            hits["raw"] += sum(path.read_bytes().count(word.encode()) for word in WORDS)
    return +hits


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
