"""A backup that somebody made who has the keys, and means ill: it writes nothing but what a backup has, and no more than fits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from habitue.app.backup.restoring import restore
from habitue.store.backup_file import CLOSING, OPENING, ROWS, Opening, Reader, Rows, Writer
from habitue.store.backup_keys import FILE, Keys
from habitue.words.errors import BadInput
from tests.backup.conftest import MakeHouse
from tests.backup.looking import backed_up, rows_of
from tests.cast import Shop

Change = Callable[[Opening], object]


def remade(file: Path, change: Change, more: Rows | None = None) -> Path:
    """The same backup, closed with the same keys, after somebody changed what it brings."""
    reader, other = Reader(file), file.with_name("hostile.backup")
    with closing(Keys.read(file.parent / FILE)) as keys, other.open("wb") as out:
        writer = Writer(out, reader.head)
        for frame in reader.frames():
            if frame.kind == OPENING:
                opening = reader.read(frame, keys.house, Opening)
                change(opening)
                writer.put(OPENING, (), keys.house, opening)
                if more:
                    writer.put(ROWS, (), keys.house, more)
            elif frame.kind != CLOSING:
                key = {(): keys.house, (0,): keys.common}.get(frame.owners) or keys.of_all(frame.owners)
                assert key
                writer.put(ROWS, frame.owners, key, reader.read(frame, key, Rows))
        writer.close(keys.house, reader.whole(keys.house).rows)
    return other


def bringing(name: str) -> Change:
    return lambda opening: opening.files.update({name: (0o777, b"x")})


STRANGE = ("../escaped", "/escaped", "book/../../escaped", "book//x", "book/deeper/x", "truth.sqlite", "escaped", "book/..", "book/a\0b", "notices/\nx")
CHANGES: list[tuple[Change, Rows | None]] = [
    (lambda opening: opening.columns.update({"person (profile_id) SELECT 1; --": ["profile_id"]}), None),
    (lambda opening: opening.columns["person"].append("given_name) SELECT 1 --"), None),
    (lambda opening: opening.columns.update({"migration": ["name"]}), None),
    (lambda opening: opening.columns.update({"sqlite_schema": ["sql"]}), None),
    (lambda opening: None, {"migration": [("2099.sql",)]}),
    (lambda opening: None, {"counter": [("profile", 1, 2)]}),
]


def test_no_file_is_written_but_those_of_a_house(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    file, new = backed_up(told.settings, place).file, empty_house()
    for name in STRANGE:
        with pytest.raises(BadInput, match="what no backup of Habitué has"):
            restore(new, remade(file, bringing(name)))
        assert not list(new.data.parent.rglob("escaped")), name
        assert not (new.data / "house.key").exists(), name


def test_files_come_back_for_their_owner_alone(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    file, new = backed_up(told.settings, place).file, empty_house()
    restore(new, remade(file, bringing("mappings/till.toml")))
    assert (new.data / "mappings" / "till.toml").stat().st_mode & 0o7777 == 0o700
    assert (new.data / "habitue.toml").stat().st_mode & 0o7777 == 0o600


def test_no_table_or_column_is_written_but_those_that_there_are(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    file, new = backed_up(told.settings, place).file, empty_house()
    nothing = rows_of(new)
    for change, more in CHANGES:
        with pytest.raises(BadInput, match="what no backup of Habitué has"):
            restore(new, remade(file, change, more))
        assert rows_of(new) == nothing
