"""A backup is brought back: every row of every relation, on either database and from one to the other; and what is refused, each with a sentence."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from habitue.app import card_of, open_house, plan_day
from habitue.app.backup import restoring
from habitue.app.backup.backing_up import back_up
from habitue.app.backup.restoring import restore
from habitue.app.erasure.forgetting import forget
from habitue.identity.tombstones import FILE as FORGOTTEN
from habitue.store import Settings, Truth, clock_of, load_settings, open_truth, save_settings
from habitue.store.backup_file import Reader
from habitue.store.backup_keys import FILE as KEYS
from habitue.store.house_key import house_key
from habitue.words.clock import StoppedClock
from habitue.words.errors import BadInput, Refused, SettingsError, StoreError, Unknown
from tests.backup.conftest import MakeHouse
from tests.backup.looking import backed_up, but_places, rows_of
from tests.cast import Shop
from tests.cli.conftest import Run
from tests.content.images import png, put_image
from tests.forget.searching import KEY


def test_every_row_comes_back_on_either_database_and_from_one_to_the_other(told: Shop, place: Path, empty_house: MakeHouse, engine: str) -> None:
    before = rows_of(told.settings)
    assert all(before[name] for name in ("event", "event_key", "event_refused", "person", "link", "proposal", "dead_letter", "her_link", "decision"))
    done = backed_up(told.settings, place)
    assert done.rows == sum(map(len, rows_of(told.settings).values()))
    for other in ("sqlite", "postgres") if engine == "sqlite" else ("sqlite",):
        house = empty_house(other)
        back = restore(house, done.file)
        assert (back.rows, back.forgotten, back.is_all_common) == (done.rows, 0, True)
        assert but_places(house) == but_places(told.settings)
    assert before.keys() == rows_of(told.settings).keys()


def test_a_text_that_not_every_database_keeps_comes_back_mended(
    told: Shop, place: Path, empty_house: MakeHouse, engine: str, run_command: Callable[[Settings], Run]
) -> None:
    """As an older Habitué kept it on SQLite, where imports repeated what they could not read; in a backup of PostgreSQL there is none."""
    with closing(open_truth(told.settings)) as truth:
        truth.run(
            "INSERT INTO import_reject (run_id, line, reason) VALUES (1, 900, ?)",
            ("at: “\0noon” is no date".replace("\0", "\0" if engine == "sqlite" else "␀"),),
        )
    file = backed_up(told.settings, place).file
    for other in ("sqlite", "postgres"):
        house = empty_house(other)
        code, printed, _ = run_command(house)("restore", str(file))
        assert code == 0
        assert ("1 rows held signs that no database keeps alike" in printed) == (engine == "sqlite")
        with closing(open_truth(house)) as truth:
            assert truth.run("SELECT reason FROM import_reject WHERE line = 900") == [("at: “␀noon” is no date",)]


def test_the_house_lives_on_where_it_came_back(told: Shop, place: Path, empty_house: MakeHouse, run_command: Callable[[Settings], Run]) -> None:
    (told.settings.data / "mappings").mkdir()
    (told.settings.data / "mappings" / "till-1.toml").write_text("kind = 'orders'\n", encoding="utf-8")
    put_image(told.settings.data / "book", "veal.png", png(40, 30))
    put_image(told.settings.data / "book", "film.png", b"x" * 1_000_001)
    code, printed, _ = run_command(told.settings)("backup", str(place))
    assert code == 0
    [file] = place.glob("*.backup")
    assert file.name == "habitue-2017-11-02-0600.backup"
    assert f"{file}: " in printed
    house = empty_house()
    code, printed, wrong = run_command(house)("restore", str(file))
    assert (code, wrong) == (0, "")
    assert "customers are back" in printed
    after = load_settings(house.data)
    assert (after.truth, after.today, after.buckets) == (house.truth, "2017-11-02", 1), "the truth lies where it is said here"
    assert house_key(house.data) == house_key(told.settings.data)
    assert (house.data / "house.key").stat().st_mode & 0o077 == 0
    assert (house.data / "mappings" / "till-1.toml").exists()
    assert (house.data / "book" / "letters" / "images" / "veal.png").read_bytes() == png(40, 30)
    assert not (house.data / "book" / "letters" / "images" / "film.png").exists(), "no letter can show it"
    with open_house(after) as there, told.open() as here:
        assert card_of(there, "odile") == card_of(here, "odile")
        assert plan_day(there).reasons == plan_day(here).reasons


def test_what_is_no_whole_backup_is_refused_and_changes_nothing(told: Shop, place: Path, empty_house: MakeHouse, tmp_path: Path) -> None:
    file, house = backed_up(told.settings, place).file, empty_house()
    whole = file.read_bytes()
    nothing = rows_of(house)

    def refused(content: bytes, sentence: str) -> None:
        (place / "other.backup").write_bytes(content)
        with pytest.raises(BadInput, match=sentence):
            restore(house, place / "other.backup")
        assert rows_of(house) == nothing
        assert not (house.data / "house.key").exists()

    for length in (40, len(whole) // 2, len(whole) - 1):
        refused(whole[:length], "cut short or damaged")
    for place_of_byte in (len(whole) // 3, len(whole) - 30):
        refused(whole[:place_of_byte] + bytes([whole[place_of_byte] ^ 1]) + whole[place_of_byte + 1 :], "cut short or damaged")
    refused(b"name;first name\n", "no backup of Habitu")
    refused(whole.replace(b"backup 1\n", b"backup 2\n", 1), "made by a newer Habitu")
    with pytest.raises(BadInput, match="cannot be read"):
        restore(house, tmp_path / "nothing.backup")


def test_a_frame_that_was_left_out_or_moved_is_noticed(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    file = backed_up(told.settings, place).file
    content = file.read_bytes()
    frames, at = [], content.index(b"\n") + 1
    while at < len(content):
        length = 4 + int.from_bytes(content[at : at + 4])
        frames.append(content[at : at + length])
        at += length
    head = content[: content.index(b"\n") + 1]
    for others in (frames[:3] + frames[4:], [*frames[:2], frames[3], frames[2], *frames[4:]], frames[:-1]):
        file.write_bytes(head + b"".join(others))
        with pytest.raises(BadInput, match="cut short or damaged"):
            restore(empty_house(), file)


def test_other_keys_another_house_and_a_house_with_somebody_in_it_are_refused(told: Shop, place: Path, empty_house: MakeHouse, tmp_path: Path) -> None:
    file, house = backed_up(told.settings, place).file, empty_house()
    with pytest.raises(Refused, match="somebody in"):
        restore(told.settings, file)
    moved = tmp_path / "moved" / file.name
    moved.parent.mkdir()
    shutil.copy(file, moved)
    with pytest.raises(StoreError, match="--keys FOLDER"):
        restore(house, moved)
    other = backed_up(told.settings, tmp_path / "other").file
    with pytest.raises(Refused, match="are not the keys of"):
        restore(house, moved, other.parent)
    house.data.mkdir(exist_ok=True)
    house_key(house.data)
    with pytest.raises(Refused, match="a backup of another house"):
        restore(house, moved, place)
    (house.data / "house.key").unlink()
    assert restore(house, moved, place).forgotten == 0


def test_a_newer_backup_waits_for_a_newer_habitue(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    with closing(open_truth(told.settings)) as truth:
        truth.run("INSERT INTO migration (name) VALUES ('2099_01_01_z_new.sql')")
    with pytest.raises(Refused, match="made by a newer Habitué"):
        restore(empty_house(), backed_up(told.settings, place).file)


def test_an_older_backup_is_brought_up_to_date(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    """As if a migration had not been yet: its column is there in the house that comes back."""
    with closing(open_truth(told.settings)) as truth:
        truth.run("ALTER TABLE identifier DROP COLUMN is_vouched")
        truth.run("DELETE FROM migration WHERE name = '2026_11_23_f_vouched.sql'")
        older = back_up(truth, told.settings, clock_of(told.settings), place).file
    house = empty_house()
    restore(house, older)
    there = rows_of(house)
    assert {row[-1] for row in there["identifier"]} == {1}
    assert len(there["identifier"]) == len(rows_of(told.settings)["identifier"])


def test_the_newest_few_are_kept_and_nobody_else_s(told: Shop, place: Path) -> None:
    first = backed_up(told.settings, place).file
    second = backed_up(told.settings, place).file
    assert second.name == "habitue-2017-11-02-0600-2.backup"
    (place / "habitue-2017-01-01-0600.backup").write_bytes(b"somebody else's")
    done = backed_up(told.settings, place, keep=2)
    assert done.dropped == 1
    assert sorted(path.name for path in place.glob("*.backup")) == sorted(["habitue-2017-01-01-0600.backup", second.name, done.file.name])
    assert not first.exists()


NIGHT = ((1_509_238_200, 0), (1_509_239_400, 0), (1_509_246_000, 2))
"""02:50, 02:10 and 04:00 of that night, and how many are kept."""


def test_the_backup_just_made_stays_when_the_clocks_go_back(told: Shop, place: Path) -> None:
    """02:50, then 02:10 of the same night in October; then a clock that is wrong by a year."""
    with closing(open_truth(told.settings)) as truth:
        for at, dropped in ((1_509_238_200, 0), (1_509_239_400, 1), (1_477_703_400, 1)):
            done = back_up(truth, told.settings, StoppedClock(at), place, keep=1)
            assert (list(place.glob("*.backup")), done.dropped) == ([done.file], dropped)
        _, later, last = (back_up(truth, told.settings, StoppedClock(at), place, keep=keep).file for at, keep in NIGHT)
        assert set(place.glob("*.backup")) == {later, last}, "made later, though its name says earlier"


def test_what_fails_after_a_backup_is_whole_is_told_as_what_it_is(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    first = backed_up(told.settings, place).file
    with told.open() as house:
        forget(house, KEY)
    (place / FORGOTTEN).unlink()
    (place / FORGOTTEN).mkdir()
    with pytest.raises(StoreError, match=r"is written, and whole.*Is a directory"):
        backed_up(told.settings, place)
    [file] = set(place.glob("*.backup")) - {first}
    (place / FORGOTTEN).rmdir()
    assert restore(empty_house(), file).forgotten == 0


def test_keys_lie_elsewhere_where_they_are_told_to(told: Shop, place: Path, empty_house: MakeHouse, tmp_path: Path) -> None:
    elsewhere = tmp_path / "safe"
    file = backed_up(told.settings, place, keys_folder=elsewhere).file
    assert not (place / KEYS).exists()
    assert (elsewhere / KEYS).stat().st_mode & 0o777 == 0o600
    assert backed_up(told.settings, place).file.exists(), "the house knows where they lie"
    with pytest.raises(Refused, match="lie in"):
        backed_up(told.settings, place, keys_folder=tmp_path / "another")
    assert not (tmp_path / "another").exists()
    assert restore(empty_house(), file, elsewhere).forgotten == 0


def test_a_backup_never_takes_other_keys_for_those_that_are_away(told: Shop, place: Path, tmp_path: Path) -> None:
    backed_up(told.settings, place)
    place.parent.rename(tmp_path / "away")
    with pytest.raises(StoreError, match="Is its disk there"):
        backed_up(told.settings, place)
    assert not place.exists()
    (tmp_path / "away").rename(place.parent)
    assert backed_up(told.settings, place).file.exists()


def test_nobody_is_not_backed_up(empty_house: MakeHouse, place: Path) -> None:
    house = empty_house()
    save_settings(house)
    with pytest.raises(Unknown, match="nothing to back up"):
        backed_up(house, place)


def test_what_fails_once_all_is_back_says_so_and_the_next_opening_goes_on(
    told: Shop, place: Path, empty_house: MakeHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, new = backed_up(told.settings, place).file, empty_house()

    def no_room(_: Settings) -> Truth:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(restoring, "open_up", no_room)
        with pytest.raises(StoreError, match=r"Everything is back in .*No space left.*goes on from there"):
            restore(new, file)
    with open_house(load_settings(new.data)) as there, told.open() as here:
        assert card_of(there, "odile") == card_of(here, "odile")


def test_who_was_forgotten_in_another_house_is_noticed_before_anything_comes_back(told: Shop, place: Path, empty_house: MakeHouse, tmp_path: Path) -> None:
    with told.open() as house:
        forget(house, KEY)
    file, new = backed_up(told.settings, place).file, empty_house()
    new.data.mkdir(exist_ok=True)
    line = (told.settings.data / FORGOTTEN).read_text(encoding="utf-8")
    check = line[line.index('"check":"') + 9 :][:16]
    (new.data / FORGOTTEN).write_text(re.sub('"checksum":"[^"]*"', '"checksum":""', line.replace(check, "0" * 16)), encoding="utf-8")
    with pytest.raises(SettingsError, match="not the one by which people were forgotten"):
        restore(new, file)
    (new.data / FORGOTTEN).unlink()
    assert restore(new, file).forgotten == 0


def test_letters_of_any_size_are_kept_in_frames_that_fit(told: Shop, place: Path, empty_house: MakeHouse) -> None:
    with closing(open_truth(told.settings)) as truth, truth.transaction():
        letters = ((10_000 + number, "WK", 1, "batch", 0, "x", os.urandom(500_000)) for number in range(40))
        truth.run_many("INSERT INTO dead_letter (letter_id, key, received_at, words, is_quiet, reason, body) VALUES (?, ?, ?, ?, ?, ?, ?)", letters)
    file, new = backed_up(told.settings, place).file, empty_house()
    assert max(len(frame.sealed) for frame in Reader(file).frames()) < 9_000_000
    restore(new, file)
    assert but_places(new) == but_places(told.settings)
