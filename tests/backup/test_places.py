"""One set of keys, one house: whose the keys in a folder are, wherever it lies; and what is owed to a folder is never lost."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from habitue.app.backup.places import places
from habitue.app.backup.restoring import restore
from habitue.app.erasure.forgetting import certificates, forget, whom_of
from habitue.app.names import customer_of
from habitue.app.opening import open_up
from habitue.consent.suppression_file import FILE as SUPPRESSED
from habitue.identity.tombstones import FILE as FORGOTTEN
from habitue.store import Settings, open_truth
from habitue.store.backup_keys import DESTROYED, FILE, Keys
from habitue.store.scrubbing import LIST_DAMAGED, PLACE_AWAY, PLACE_TAKEN
from habitue.words.errors import Refused, Unknown
from tests.backup.conftest import MakeHouse
from tests.backup.looking import backed_up, but_places, she_in
from tests.cast import Shop
from tests.cli.conftest import Run
from tests.forget.searching import KEY

NEWCOMER = "customer,given_name\nnew-1,Newcomer\n"


def profiles_of(shop: Shop, key: str = KEY) -> tuple[int, ...]:
    with shop.open() as house:
        return whom_of(house.truth, customer_of(house, key)).profiles


def forgotten(shop: Shop, key: str = KEY) -> tuple[int, list[str]]:
    """Forgets somebody; gives how many keys were destroyed, and what is left."""
    with shop.open() as house:
        done = forget(house, key)
    return done.backup_keys, done.left


def gone_at(place: Path, profiles: tuple[int, ...]) -> list[bool]:
    with closing(Keys.read(place / FILE)) as keys:
        return [keys.of(number) is DESTROYED for number in profiles]


def left_of(settings: Settings) -> list[list[str]]:
    """What is left of each erasure, after the house was opened."""
    with closing(open_up(settings)) as truth:
        return [done.left for done in certificates(truth)]


def living_at(shop: Shop, settings: Settings) -> Shop:
    return Shop(msgspec.structs.replace(settings, today=shop.settings.today), shop.desk)


def test_two_houses_never_share_a_folder_s_keys(told: Shop, place: Path, empty_house: MakeHouse, tmp_path: Path) -> None:
    other = living_at(told, empty_house())
    other.bring("customers", "customer,given_name\n" + "".join(f"b{number},Bee{number}\n" for number in range(30)))
    file = backed_up(other.settings, tmp_path / "theirs").file
    backed_up(told.settings, place)
    for folder, more in ((place, {}), (tmp_path / "apart", {"keys_folder": place}), (tmp_path / "theirs", {"keys_folder": tmp_path / "apart"})):
        with pytest.raises(Refused, match="another house"):
            backed_up(told.settings if folder == tmp_path / "theirs" else other.settings, folder, **more)
    shutil.copy(file, place)
    assert forgotten(told)[0]
    (tmp_path / "theirs" / FORGOTTEN).write_bytes((place / FORGOTTEN).read_bytes())
    new = empty_house()
    assert restore(new, file).customers == 30, "nobody of the one is forgotten for somebody of the other"
    assert not (new.data / FORGOTTEN).exists()


def test_a_rehearsal_leaves_the_keys_alone_and_has_none(told: Shop, place: Path, empty_house: MakeHouse, run_command: Callable[[Settings], Run]) -> None:
    file, settings = backed_up(told.settings, place).file, empty_house()
    keys = (place / FILE).read_bytes()
    code, _, wrong = run_command(settings)("restore", str(file), "--rehearsal")
    assert (code, wrong, (place / FILE).read_bytes()) == (0, "", keys)
    assert but_places(settings) == but_places(told.settings)
    tried = living_at(told, settings)
    tried.bring("customers", "customer,given_name\ntester,Tester\n")
    told.bring("customers", NEWCOMER)
    assert profiles_of(tried, "tester") != profiles_of(told, "new-1"), "no number for two people"
    newer = backed_up(told.settings, place).file
    assert [forgotten(tried, key) for key in ("tester", "odile")] == [(0, []), (0, [])]
    with pytest.raises(Refused, match="--take-over"):
        backed_up(tried.settings, place)
    assert backed_up(told.settings, place).file.exists()
    assert restore(empty_house(), newer).forgotten == 0


def test_a_house_that_came_back_takes_its_folder_over_and_the_old_one_is_told(
    told: Shop, place: Path, empty_house: MakeHouse, run_command: Callable[[Settings], Run]
) -> None:
    file, profiles = backed_up(told.settings, place).file, profiles_of(told)
    told.bring("customers", NEWCOMER)
    backed_up(told.settings, place)
    new = living_at(told, empty_house())
    restore(new.settings, file)
    new.bring("customers", "customer,given_name\nlater,Later\n")
    assert profiles_of(new, "later") > profiles_of(told, "new-1"), "no number is given twice"
    with pytest.raises(Refused, match="restored from these backups"):
        backed_up(told.settings, place)
    assert forgotten(told) == (0, [PLACE_TAKEN])
    assert not any(gone_at(place, profiles))
    assert left_of(told.settings) == [[PLACE_TAKEN]]
    assert forgotten(new) == (len(profiles), [])
    assert backed_up(new.settings, place).file.exists()
    code, _, wrong = run_command(told.settings)("backup", str(place), "--take-over")
    assert (code, wrong) == (0, "")
    assert left_of(told.settings) == [[]]
    told.bring("customers", "customer,given_name\nlatest,Latest\n")
    assert profiles_of(told, "latest") > profiles_of(new, "later"), "nor here"
    with pytest.raises(Refused, match="--take-over"):
        backed_up(new.settings, place)


def test_what_is_owed_to_another_folder_is_owed_by_the_house_that_comes_back(told: Shop, place: Path, empty_house: MakeHouse, tmp_path: Path) -> None:
    other = tmp_path / "disk 2" / "backups"
    older, file, profiles = backed_up(told.settings, other).file, backed_up(told.settings, place).file, profiles_of(told)
    other.parent.rename(tmp_path / "unplugged")
    assert forgotten(told) == (len(profiles), [PLACE_AWAY])
    new = empty_house()
    restore(new, file)
    assert left_of(new) == [[PLACE_AWAY]]
    (tmp_path / "unplugged").rename(other.parent)
    assert left_of(new) == [[]]
    assert all(gone_at(other, profiles))
    assert she_in(older) == Counter()


@pytest.mark.parametrize("is_away", [False, True], ids=["reachable", "away at the restore"])
def test_who_was_forgotten_while_a_folder_was_away_is_forgotten_in_the_house_that_comes_back_from_it(
    told: Shop, place: Path, empty_house: MakeHouse, tmp_path: Path, is_away: bool
) -> None:
    other = tmp_path / "disk 2" / "backups"
    backed_up(told.settings, place)
    backed_up(told.settings, other)
    file = backed_up(told.settings, place).file
    place.parent.rename(tmp_path / "unplugged")
    assert forgotten(told)[1] == [PLACE_AWAY]
    (tmp_path / "unplugged").rename(place.parent)
    shutil.rmtree(told.settings.data)
    if is_away:
        other.parent.rename(tmp_path / "unplugged")
    new = empty_house()
    restore(new, file)
    if is_away:
        (tmp_path / "unplugged").rename(other.parent)
    for folder in (other, place, other):
        backed_up(new, folder)
    with closing(open_truth(new)) as truth:
        assert truth.run("SELECT value FROM identifier WHERE value = ?", (KEY,)) == []
    assert left_of(new) == [[]]
    assert she_in(file) == Counter()


@pytest.mark.parametrize("is_away", [False, True], ids=["reachable", "away at the restore"])
def test_of_two_houses_alive_one_has_every_folder_and_the_other_is_told(told: Shop, place: Path, empty_house: MakeHouse, tmp_path: Path, is_away: bool) -> None:
    """Else the number of somebody new here is another's there, whose key an erasure of the first would destroy."""
    other = tmp_path / "disk 2" / "backups"
    backed_up(told.settings, other)
    file = backed_up(told.settings, place).file
    told.bring("customers", NEWCOMER)
    newest, newcomer = backed_up(told.settings, other).file, profiles_of(told, "new-1")
    if is_away:
        other.parent.rename(tmp_path / "unplugged")
    new = living_at(told, empty_house())
    restore(new.settings, file)
    if is_away:
        (tmp_path / "unplugged").rename(other.parent)
        assert forgotten(new, "karim")[1] == []
    new.bring("customers", "customer,given_name\nlater,Later\n")
    assert profiles_of(new, "later") > newcomer
    assert forgotten(new, "later") == (0, [])
    assert gone_at(other, newcomer) == [False]
    for folder in (place, other):
        with pytest.raises(Refused, match="restored from these backups"):
            backed_up(told.settings, folder)
    assert forgotten(told) == (0, [PLACE_TAKEN])
    backed_up(new.settings, other)
    assert restore(empty_house(), newest, is_rehearsal=True).unread == 0


@pytest.mark.parametrize("name", [FORGOTTEN, SUPPRESSED])
def test_a_damaged_list_beside_backups_is_told_as_what_it_is(
    told: Shop, place: Path, run_command: Callable[[Settings], Run], caplog: pytest.LogCaptureFixture, name: str
) -> None:
    backed_up(told.settings, place)
    forgotten(told, "karim")
    profiles, sound = profiles_of(told), (place / name).read_bytes()
    (place / name).write_bytes(sound.replace(b" out ", b" oux ").replace(b'"who":["', b'"who":["0'))
    assert (place / name).read_bytes() != sound
    assert forgotten(told) == (len(profiles), [LIST_DAMAGED]), "the keys there are not damaged"
    assert f"of {place / name if name == FORGOTTEN else name} " in caplog.text
    _, _, wrong = run_command(told.settings)("forgotten")
    assert ("is damaged in a folder of backups" in wrong, "--lost" in wrong) == (True, False)
    (place / name).write_bytes(sound)
    assert left_of(told.settings) == [[], []]
    assert all(gone_at(place, profiles))


def test_a_folder_that_lies_elsewhere_by_now_is_the_same_folder(told: Shop, place: Path, empty_house: MakeHouse, tmp_path: Path) -> None:
    file, profiles = backed_up(told.settings, place).file, profiles_of(told)
    moved, link = tmp_path / "media", tmp_path / "link"
    place.rename(moved)
    assert forgotten(told) == (0, [PLACE_AWAY])
    link.symlink_to(moved)
    backed_up(told.settings, link)
    assert all(gone_at(moved, profiles))
    assert she_in(moved / file.name) == Counter()
    with closing(open_truth(told.settings)) as truth:
        assert [(each.folder, each.keys, each.owed) for each in places(truth)] == [(moved, moved / FILE, [])]
    assert left_of(told.settings) == [[]]
    moved.rename(place)
    new = living_at(told, empty_house())
    restore(new.settings, place / file.name)
    assert forgotten(new, "karim")[0]
    assert left_of(new.settings) == [[], []]


def test_who_was_forgotten_lies_beside_the_backups_and_beside_the_keys(told: Shop, place: Path, empty_house: MakeHouse, tmp_path: Path) -> None:
    """The folder is away while its keys, which lie elsewhere, are there: an old list brings her back in no house that comes back."""
    safe, profiles = tmp_path / "safe", profiles_of(told)
    file = backed_up(told.settings, place, keys_folder=safe).file
    place.rename(tmp_path / "away")
    assert forgotten(told) == (len(profiles), [PLACE_AWAY])
    assert all(gone_at(safe, profiles))
    assert (safe / FORGOTTEN).exists()
    (tmp_path / "away").rename(place)
    new = living_at(told, empty_house())
    restore(new.settings, file, safe, is_rehearsal=True)
    with pytest.raises(AssertionError, match="somebody who was forgotten here"):
        new.bring("customers", f"customer,given_name,email\n{KEY},Zephyrine,zephyrine.quatrepoint@example.org\n")
    with pytest.raises(Unknown):
        profiles_of(new)
    assert not (place / FORGOTTEN).exists()
    assert left_of(told.settings) == [[]]
    assert (place / FORGOTTEN).read_bytes() == (safe / FORGOTTEN).read_bytes()


def test_a_copy_of_the_keys_is_noticed_and_may_begin_a_life_of_its_own(told: Shop, place: Path, tmp_path: Path) -> None:
    copy, profiles = tmp_path / "copy", profiles_of(told)
    file = backed_up(told.settings, place).file
    shutil.copytree(place, copy)
    assert forgotten(told)[0]
    with pytest.raises(Refused, match="a copy of"):
        backed_up(told.settings, copy)
    backed_up(told.settings, copy, is_taken_over=True)
    assert all(gone_at(copy, profiles))
    assert she_in(copy / file.name) == Counter()
    karim = profiles_of(told, "karim")
    assert forgotten(told, "karim") == (2 * len(karim), [])


def test_a_folder_that_was_given_up_and_is_found_again_is_paid(told: Shop, place: Path, tmp_path: Path, run_command: Callable[[Settings], Run]) -> None:
    run = run_command(told.settings)
    file, profiles = backed_up(told.settings, place).file, profiles_of(told)
    assert run("backup", str(place), "--end", "--lost")[0] == 5, "it is there"
    place.rename(tmp_path / "away")
    assert run("backup", str(place), "--end", "--lost")[0] == 0
    assert forgotten(told) == (0, [])
    (tmp_path / "away").rename(place)
    backed_up(told.settings, place)
    assert all(gone_at(place, profiles))
    assert she_in(file) == Counter()


def test_ending_a_folder_destroys_its_keys(told: Shop, place: Path, empty_house: MakeHouse, run_command: Callable[[Settings], Run]) -> None:
    run, file = run_command(told.settings), backed_up(told.settings, place).file
    keys = (place / FILE).read_bytes()
    assert "Nothing was changed" in run("backup", str(place), "--end")[1]
    assert (place / FILE).read_bytes() == keys
    with (place / FILE).open("rb") as open_before:
        assert "Its keys are destroyed" in run("backup", str(place), "--end", "--yes")[1]
        assert open_before.read() == bytes(len(keys))
    assert not (place / FILE).exists()
    assert run_command(empty_house())("restore", str(file))[0] == 7
    assert forgotten(told) == (0, [])
    assert backed_up(told.settings, place).file.exists(), "begun again, with other keys"
