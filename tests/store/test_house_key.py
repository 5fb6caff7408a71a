"""The house's own secret: made once, read by its owner alone, and never replaced in silence."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from habitue.store.house_key import house_key, keyed_hash
from habitue.words.errors import SettingsError, StoreError


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    key = house_key(tmp_path / "house", {})
    assert len(key) == 32
    assert house_key(tmp_path / "house", {}) == key
    assert stat.S_IMODE((tmp_path / "house" / "house.key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "house").iterdir()] == ["house.key"]
    assert house_key(tmp_path / "another", {}) != key


def test_of_several_who_come_at_once_all_have_the_same_key(tmp_path: Path) -> None:
    found: list[bytes] = []
    at_once = threading.Barrier(4)

    def come() -> None:
        at_once.wait()
        found.append(house_key(tmp_path, {}))

    them = [threading.Thread(target=come) for _ in range(4)]
    for each in them:
        each.start()
    for each in them:
        each.join()
    assert len(set(found)) == 1 == 5 - len(found)


def test_the_environment_wins_so_that_several_machines_share_one_key(tmp_path: Path) -> None:
    assert house_key(tmp_path, {"HABITUE_KEY": "ab" * 32}) == b"\xab" * 32
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("broken", [b"", b"abc", b"zz" * 32, b"ab" * 31, b"\xff" * 64])
def test_a_broken_key_is_never_replaced_in_silence(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "house.key").write_bytes(broken)
    with pytest.raises(SettingsError, match="is not the key of a house"):
        house_key(tmp_path, {})
    assert (tmp_path / "house.key").read_bytes() == broken


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "house").write_text("a file")
    with pytest.raises(StoreError, match="cannot be read or made"):
        house_key(tmp_path / "house", {})


def test_a_keyed_hash_depends_on_the_key_and_on_where_a_part_ends() -> None:
    told = {keyed_hash(key, *parts) for key in (b"a" * 32, b"b" * 32) for parts in (("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""))}
    assert len(told) == 8
    assert {len(each) for each in told} == {32}
