"""A backup's file and its keys, without a house: whatever is cut, changed or moved in it is noticed, and what has lost its key is noise."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from habitue.store import backup_file
from habitue.store.backup_file import FRAME_BYTES, HOUSE, LARGEST_BYTES, OPENING, ROWS, Frame, Head, Opening, Reader, Rows, Writer
from habitue.store.backup_keys import DESTROYED, FILE, LENGTH, NEVER, Keys
from habitue.words.errors import BadInput, StoreError

HOUSE_CHECK = "0123456789abcdef"
HEAD = Head(b"n" * 16, 1_509_602_400, ["first.sql"], "keys", "common", "house")
PERSON = (7, "Jeanne", None, b"\0\xff", 2**62, -1)


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[Keys]:
    """New keys of a few people."""
    with closing(Keys.locked(tmp_path / FILE, HOUSE_CHECK)) as made:
        assert made.make([7, 9, 3]) == []
        yield made


@pytest.fixture
def file(tmp_path: Path, keys: Keys) -> Path:
    """A backup of one person, of two together, and of what is the house's."""
    path = tmp_path / "small.backup"
    with path.open("wb") as out:
        writer = Writer(out, HEAD)
        writer.put(OPENING, HOUSE, keys.house, Opening({"person": ["a", "b", "c", "d", "e", "f"]}, {"habitue.toml": (0o600, b"zone = 1")}))
        for owners in ((7,), (3, 9)):
            key = keys.of_all(owners)
            assert key
            writer.put(ROWS, owners, key, {"person": [PERSON]})
        writer.close(keys.house, {"person": 2})
    return path


def frames_of(path: Path) -> list[Frame]:
    return list(Reader(path).frames())


def test_what_was_written_is_read(file: Path, keys: Keys) -> None:
    reader = Reader(file)
    assert reader.head == HEAD
    assert reader.whole(keys.house).rows == {"person": 2}
    opening, hers, both, _ = frames_of(file)
    assert reader.read(opening, keys.house, Opening).files == {"habitue.toml": (0o600, b"zone = 1")}
    for frame in (hers, both):
        key = keys.of_all(frame.owners)
        assert key
        assert reader.read(frame, key, Rows) == {"person": [PERSON]}


def test_every_byte_that_is_missing_or_changed_is_noticed(file: Path, keys: Keys) -> None:
    content = file.read_bytes()
    for at in range(len(content)):
        for other in (content[:at], content[:at] + bytes([content[at] ^ 0x11]) + content[at + 1 :]):
            file.write_bytes(other)
            with pytest.raises(BadInput):
                Reader(file).whole(keys.house)
    file.write_bytes(content + b"more")
    with pytest.raises(BadInput):
        Reader(file).whole(keys.house)


def test_what_belongs_to_two_is_gone_with_either(file: Path, keys: Keys) -> None:
    _, hers, both, _ = frames_of(file)
    assert keys.destroy([9]) == 1
    assert keys.of_all(both.owners) == DESTROYED
    key = keys.of_all(hers.owners)
    assert key
    assert Reader(file).read(hers, key, Rows)
    for other in (keys.house, keys.common, keys.of(3), key):
        assert other
        with pytest.raises(BadInput):
            Reader(file).read(both, other, Rows)


def test_a_frame_is_read_in_its_own_place_alone(file: Path, keys: Keys) -> None:
    _, hers, both, _ = frames_of(file)
    key = keys.of(7)
    assert key
    for moved in (hers._replace(place=2), hers._replace(kind=OPENING), hers._replace(owners=(8,)), both._replace(owners=(7,), place=1)):
        with pytest.raises(BadInput):
            Reader(file).read(moved, key, Rows)


def test_a_key_that_is_destroyed_is_never_made_again(keys: Keys, tmp_path: Path) -> None:
    common, of_three = keys.common, keys.of(3)
    assert of_three
    assert keys.destroy([3, 50]) == 1, "fifty never had one, and never gets one"
    assert keys.make([3, 50, 51]) == [3, 50]
    assert (keys.of(3), keys.of(50), keys.of(52)) == (DESTROYED, DESTROYED, NEVER)
    assert of_three not in (tmp_path / FILE).read_bytes()
    assert keys.common != common
    again = keys.common
    assert keys.destroy([3, 50]) == 0
    assert keys.common == again, "nothing was left to do"
    assert keys.last == 51


def test_two_who_come_at_once_have_the_same_keys(tmp_path: Path) -> None:
    def come(_: int) -> tuple[bytes, ...]:
        with closing(Keys.locked(tmp_path / FILE, HOUSE_CHECK)) as keys:
            keys.make(range(1, 50))
            return (keys.house, keys.common, *(keys.of(number) or b"" for number in range(1, 50)))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(come, range(32)))) == 1


def test_a_beginning_that_was_broken_off_is_begun_anew_and_another_file_is_not(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"Habitue")
    with pytest.raises(StoreError, match="no file of keys"):
        Keys.locked(tmp_path / FILE)
    with closing(Keys.locked(tmp_path / FILE, HOUSE_CHECK)) as keys:
        assert len(keys.house) == 32
    (tmp_path / FILE).write_bytes(b"a diary\n" * LENGTH)
    for house in (HOUSE_CHECK, ""):
        with pytest.raises(StoreError, match="no file of keys"):
            Keys.locked(tmp_path / FILE, house)
    with pytest.raises(StoreError, match="--keys FOLDER"):
        Keys.read(tmp_path / "nothing")


def test_rows_are_cut_into_frames_that_fit_and_nothing_larger_is_read(tmp_path: Path, keys: Keys) -> None:
    path, key = tmp_path / "large.backup", keys.of(7)
    assert key
    rows: Rows = {"a": [(number, b"\0" * 500_000) for number in range(60)], "b": [], "c": [("small",)], "d": [(b"\0" * (FRAME_BYTES + 1),)]}
    with path.open("wb") as out:
        writer = Writer(out, HEAD)
        writer.put_rows((7,), key, rows)
        with pytest.raises(StoreError, match="no backup can hold that"):
            writer.put_rows((7,), key, {"d": [(b"\0" * LARGEST_BYTES,)]})
    reader, read = Reader(path), Rows()
    for frame in reader.frames():
        before = reader.bytes_read
        for name, part in reader.read(frame, key, Rows).items():
            read.setdefault(name, []).extend(part)
            assert reader.bytes_read - before <= FRAME_BYTES or len(part) == 1
    assert read == {name: part for name, part in rows.items() if part}


def test_a_frame_that_grows_beyond_all_bounds_is_not_unpacked(tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    path, key = tmp_path / "bomb.backup", keys.of(7)
    assert key
    with path.open("wb") as out, monkeypatch.context() as patched:
        patched.setattr(backup_file, "LARGEST_BYTES", 10 * LARGEST_BYTES)  # whoever made it was not asked
        Writer(out, HEAD).put(ROWS, (7,), key, {"a": [(b"\0" * LARGEST_BYTES,)]})
    assert path.stat().st_size < LARGEST_BYTES // 100
    [frame] = frames_of(path)
    with pytest.raises(BadInput):
        Reader(path).read(frame, key, Rows)
