"""Keys that are damaged, or older than the backup: nobody is called forgotten who was not, and one bad record is one person's loss, not everybody's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from habitue.app.backup.restoring import restore
from habitue.app.opening import open_up
from habitue.store import Settings
from habitue.store.backup_keys import FILE, LENGTH, TORN, Keys
from habitue.words.errors import Refused, StoreError
from tests.backup.conftest import MakeHouse
from tests.backup.looking import backed_up
from tests.backup.test_places import NEWCOMER, profiles_of
from tests.cast import Shop
from tests.cli.conftest import Run

ODILE = "odile"


def is_there(settings: Settings, key: str) -> bool:
    with closing(open_up(settings)) as truth:
        return bool(truth.run("SELECT 1 FROM identifier WHERE value = ?", (key,)))


def test_one_damaged_key_is_one_person_s_loss_and_the_next_backup_gives_her_another(
    told: Shop, place: Path, empty_house: MakeHouse, run_command: Callable[[Settings], Run]
) -> None:
    file, [number, *_] = backed_up(told.settings, place).file, profiles_of(told, ODILE)
    whole, at = (place / FILE).read_bytes(), (number + 2) * LENGTH
    flipped = whole[: at + 20] + bytes([whole[at + 20] ^ 1]) + whole[at + 21 :]
    for broken in (flipped, whole[: at + 8] + bytes(LENGTH - 8) + whole[at + LENGTH :], whole[: at + 30] + bytes(LENGTH - 30) + whole[at + LENGTH :]):
        (place / FILE).write_bytes(broken)
        with closing(Keys.read(place / FILE)) as keys:
            assert keys.of(number) is TORN
        new = empty_house()
        back = restore(new, file, is_rehearsal=True)
        assert (back.forgotten, back.unread) == (0, 1)
        assert (is_there(new, ODILE), is_there(new, "karim")) == (False, True)
    code, printed, _ = run_command(told.settings)("backup", str(place))
    assert (code, "1 keys there were damaged" in printed) == (0, True)
    newer = max(set(place.glob("*.backup")) - {file})
    assert restore(empty_house(), newer, is_rehearsal=True).unread == 0
    new = empty_house()
    code, printed, _ = run_command(new)("restore", str(file))
    assert (code, "1 profiles could not be read" in printed, is_there(new, ODILE)) == (0, True, False), "the older one was closed with the other key"


def test_keys_that_are_older_than_the_backup_are_refused_or_bring_the_others(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    backed_up(told.settings, place)
    older = (place / FILE).read_bytes()
    told.bring("customers", NEWCOMER)
    file = backed_up(told.settings, place).file
    (place / FILE).write_bytes(older)
    new = empty_house()
    with pytest.raises(Refused, match="is older than this backup: 1 people"):
        restore(new, file)
    assert not (new.data / "house.key").exists()
    back = restore(new, file, is_part=True)
    assert (back.forgotten, back.unread) == (0, 1)
    assert (is_there(new, "new-1"), is_there(new, ODILE)) == (False, True)


def test_the_house_s_key_is_never_taken_for_another(told: Shop, place: Path) -> None:
    backed_up(told.settings, place)
    content = bytearray((place / FILE).read_bytes())
    content[LENGTH + 20] ^= 1
    (place / FILE).write_bytes(content)
    with pytest.raises(StoreError, match="no file of keys"):
        backed_up(told.settings, place)
