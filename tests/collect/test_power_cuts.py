"""What was acknowledged survives a power cut at any step, once; and the harness that says so can say no."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from habitue.store.truth import SqliteTruth
from tests.collect.disk import MODES, Disk, Step
from tests.collect.power_cuts import cuts, recorded, requests

CUTS = 60


def test_a_power_cut_at_any_step_loses_no_acknowledged_event_and_doubles_none(tmp_path: Path) -> None:
    told = requests(240)
    steps = recorded(tmp_path / "house", told)
    found = list(cuts(steps, told, CUTS, tmp_path))
    assert len(found) == CUTS
    assert {cut.mode for cut in found} == set(MODES)
    assert max(cut.acknowledged for cut in found) > 1_000
    assert [cut for cut in found if cut.lost or cut.doubled or not cut.is_whole] == []


def test_a_house_that_does_not_wait_for_its_disk_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    careful = SqliteTruth.__init__

    def careless(self: SqliteTruth, file: Any) -> None:
        careful(self, file)
        self.run("PRAGMA synchronous=NORMAL")

    told = requests(60)
    with monkeypatch.context() as patched:
        patched.setattr(SqliteTruth, "__init__", careless)
        steps = recorded(tmp_path / "house", told)
    found = list(cuts(steps, told, 12, tmp_path, ("lost",)))
    assert sum(cut.lost for cut in found) > 0
    assert all(cut.is_whole for cut in found)


NEW = [Step("create", "a"), Step("write", "a", 0, b"xy")]
KNOWN = [*NEW, Step("sync", "a")]


@pytest.mark.parametrize(
    ("steps", "mode", "left"),
    [
        ([*KNOWN, Step("write", "a", 1, b"z")], "lost", {"a": b"xy"}),
        ([*KNOWN, Step("write", "a", 3, b"z")], "kept", {"a": b"xy\0z"}),
        ([*KNOWN, Step("truncate", "a", 1)], "kept", {"a": b"x"}),
        (NEW, "lost", {}),
        ([*NEW, Step("sync folder")], "lost", {"a": b""}),
        ([*KNOWN, Step("delete", "a")], "lost", {"a": b"xy"}),
        ([*KNOWN, Step("delete", "a"), Step("sync folder")], "lost", {}),
        ([*KNOWN, Step("delete", "a"), Step("create", "a"), Step("write", "a", 0, b"z"), Step("sync", "a")], "lost", {"a": b"z"}),
    ],
)
def test_a_disk_keeps_what_was_synced(steps: list[Step], mode: Any, left: dict[str, bytes]) -> None:
    disk = Disk()
    for step in steps:
        disk.take(step)
    assert disk.cut(mode, Random(1)) == left


def test_of_what_was_not_synced_anything_may_be_there() -> None:
    disk = Disk()
    for step in (Step("create", "a"), Step("write", "a", 0, bytes(1024)), Step("sync", "a"), Step("write", "a", 0, b"1" * 1024), Step("write", "a", 512, b"2")):
        disk.take(step)
    seen = {disk.cut("reordered", Random(seed))["a"][510:514] for seed in range(50)}
    assert seen == {b"\0\0\0\0", b"1111", b"\0\0002\0", b"1121"}
    torn = [disk.cut("torn", Random(seed))["a"] for seed in range(100)]
    assert {len(one) for one in torn} == {1024}
    assert any(one[:512] == b"1" * 512 and one[513:] == bytes(511) for one in torn), "half of a write"
    assert any(set(one[:512]) > {0, 49} for one in torn), "rubbish"
    assert bytes(disk.sure["a"]) == bytes(1024), "looking changes nothing"
