"""What is left half by a power cut, or lies there since long ago, takes no erasure and no file away."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from habitue.app.erasure import forgetting
from habitue.app.erasure.forgetting import certificates, forget, forget_again
from habitue.app.imports.watching import DONE, SET_ASIDE, Watch
from habitue.app.opening import open_up
from habitue.identity.tombstones import FILE, Tombstones
from habitue.store import open_truth
from habitue.store.scrubbing import FILE_STAYS
from habitue.words.errors import SettingsError, StoreError
from tests.cast import Shop, shop, thanks

__all__ = ["shop"]
LONG_AGO = 1_000_000_000


def test_a_torn_line_of_those_who_were_forgotten_takes_no_other_with_it(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        (house.settings.data / FILE).write_bytes(b'{"number":"abc","era')
        done = forget(house, "martin")
        assert [grave.number for grave in Tombstones(house.truth, house.settings.data, "FR").graves()] == [done.number]
        assert forget_again(house.truth, house.settings, house.clock) == 0, "the truth knows her erasure"
        house.truth.run("DELETE FROM forgetting")
        assert forget_again(house.truth, house.settings, house.clock) == 1, "a truth of before does not"
        assert len(certificates(house.truth)) == 1


BREAKS = {
    "one byte": lambda text: text.replace(b'"erased_at":', b'"erased_at":X', 1),
    "one digit": lambda text: text.replace(b'"who":["', b'"who":["0', 1),
    "no letters": lambda text: text.replace(b'"check":"', b'"check":"\xff', 1),
    "no end": lambda text: text.replace(b"}", b"X", 1),
    "no line's end": lambda text: text.replace(b"}\n", b"}X", 1),
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_damaged_line_of_those_who_were_forgotten_is_told_before_anybody_comes_back(shop: Shop, how: str) -> None:
    with shop.book(thanks()).open() as house:
        for who in ("martin", "karim"):
            forget(house, who)
    file = shop.settings.data / FILE
    sound = file.read_bytes()
    file.write_bytes(BREAKS[how](sound))
    assert file.read_bytes() != sound
    with pytest.raises(StoreError, match=r"Line 2 of .*forgotten\.jsonl is damaged.*Bring the file back from a copy"):
        open_up(shop.settings)
    for kept in (sound, sound.replace(b"\n", b"\r\n")):  # a copy by way of another system is sound, too
        file.write_bytes(kept)
        open_up(shop.settings).close()


def test_a_house_with_another_key_is_not_opened_since_it_would_know_nobody_who_was_forgotten(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        forget(house, "martin")
    (shop.settings.data / "house.key").unlink()
    with pytest.raises(SettingsError, match="not the one by which people were forgotten"):
        open_up(shop.settings)


def test_a_file_lies_there_since_it_was_taken_in_and_not_since_it_was_written(shop: Shop) -> None:
    folder = shop.desk / "watched"
    folder.mkdir(parents=True)
    file = folder / "old.csv"
    file.write_text("nobody,knows\n1,2\n", encoding="utf-8")
    os.utime(file, (LONG_AGO, LONG_AGO))
    with closing(open_truth(shop.settings)) as truth:
        watch = Watch(truth, shop.settings, folder)
        for _ in range(3):
            list(watch.look())
    [lying] = [path for name in (DONE, SET_ASIDE) for path in (folder / name).glob("*.csv")]
    assert lying.stat().st_mtime > LONG_AGO + 86_400


def refuse(monkeypatch: pytest.MonkeyPatch, stuck: list[str]) -> None:
    """A disk that lets files of these names be read and not be deleted."""
    unlink = os.unlink

    def refused(path: str, *more: Any, **named: Any) -> None:
        if Path(path).name in stuck:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, *more, **named)

    monkeypatch.setattr(os, "unlink", refused)


def test_a_file_that_cannot_be_deleted_is_not_counted_but_told_and_goes_when_the_house_is_opened_next(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    audit, done = shop.settings.data / "audits" / "a1", shop.settings.data / "inbox" / "done"
    for folder, name in ((audit, "sends.csv"), (done, "people.csv"), (done, "more.csv")):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("customer,email\nmartin,jeanne@example.org\n", encoding="utf-8")
    stuck = ["sends.csv", "people.csv"]
    refuse(monkeypatch, stuck)
    with shop.book(thanks()).open() as house:
        told = forget(house, "martin")
        assert (told.files, told.left) == (1, [FILE_STAYS])
        assert b"people" not in msgspec.json.encode(certificates(house.truth))
    for gone, files, left in (("sends.csv", 2, [FILE_STAYS]), ("people.csv", 3, [])):
        stuck.remove(gone)
        with closing(open_up(shop.settings)) as truth:
            [told] = certificates(truth)
        assert (told.files, told.left) == (files, left)
    assert not audit.exists()
    assert not list(done.iterdir())


def test_a_file_that_could_not_be_deleted_goes_even_where_the_run_was_ended_once_she_was_erased(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    done = shop.settings.data / "inbox" / "done"
    done.mkdir(parents=True)
    (done / "people.csv").write_text("customer,email\nmartin,jeanne@example.org\n", encoding="utf-8")
    stuck = ["people.csv"]
    refuse(monkeypatch, stuck)

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    with shop.book(thanks()).open() as house, monkeypatch.context() as cut:
        cut.setattr(forgetting, "destroy_keys", ended)
        with pytest.raises(KeyboardInterrupt):
            forget(house, "martin")
        [told] = certificates(house.truth)
        assert (told.files, told.left) == (0, [FILE_STAYS])
    for are_stuck, files, left in ((["people.csv"], 0, [FILE_STAYS]), ([], 1, [])):
        stuck[:] = are_stuck
        with closing(open_up(shop.settings)) as truth:
            [told] = certificates(truth)
        assert (told.files, told.left) == (files, left)
    assert not list(done.iterdir())
