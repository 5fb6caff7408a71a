"""The gate stays open for its folder however its disk is mounted, is closed for a copy, and is said to be open only where something may leave."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from habitue.app.post.gate import FILE, open_gate, opened_at
from habitue.cli.post import CLOSED, NO_WAY_OUT, OPEN
from habitue.store import Settings
from tests.cast import Shop, shop, thanks
from tests.cli.conftest import Run, run_command

__all__ = ["run_command", "shop"]
OPENED_AT = 1_509_600_000
HOUSE = {"sender": "shop@example.org", "relay": "smtp://127.0.0.1:1"}


@pytest.fixture
def settings(shop: Shop) -> Settings:
    """The settings of a house whose gate stands open."""
    settings = shop.book(thanks()).told(address="https://regulars.example.org", **HOUSE).settings
    open_gate(settings, OPENED_AT)
    return settings


@pytest.mark.parametrize("disk", [(), (0,), (1,)], ids=["no disk", "this disk", "another"])
def test_a_gate_that_an_earlier_version_opened_stays_open_whatever_number_its_disk_has_by_now(settings: Settings, disk: tuple[int, ...]) -> None:
    told = found(settings)
    del told["path"]
    found(settings, {**told, "at": [*(told["at"][0] + more for more in disk), *told["at"][1:]]})
    assert opened_at(settings) == OPENED_AT


def found(settings: Settings, told: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the gate's file says, after it was told otherwise; it stays the same file."""
    if told:
        (settings.data / FILE).write_text(json.dumps(told))
    return dict(json.loads((settings.data / FILE).read_bytes()))


@pytest.mark.parametrize(("is_other_disk", "is_other_path"), [(False, True), (True, False), (True, True)], ids=["moved", "mounted again", "cloned"])
def test_the_gate_is_closed_where_disk_and_path_are_others_as_a_clone_s_and_open_where_one_of_them_is(
    settings: Settings, is_other_disk: bool, is_other_path: bool
) -> None:
    told = found(settings)
    disk, *numbers = told["at"]
    found(settings, {**told, "at": [disk + is_other_disk, *numbers], "path": told["path"] + "-before" * is_other_path})
    assert opened_at(settings) == (0 if is_other_disk and is_other_path else OPENED_AT)


def test_a_folder_that_is_moved_on_its_disk_keeps_its_gate_and_any_path_can_be_written(settings: Settings, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    shutil.move(settings.data, odd)
    moved = msgspec.structs.replace(settings, data=odd)
    assert opened_at(moved) == OPENED_AT
    open_gate(moved, OPENED_AT + 1)
    assert opened_at(moved) == OPENED_AT + 1


def test_a_copy_says_once_why_its_gate_is_closed(settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.copytree(settings.data, tmp_path / "copy")
    copy = msgspec.structs.replace(settings, data=tmp_path / "copy")
    assert [opened_at(copy) for _ in range(3)] == [0, 0, 0]
    (said,) = [record.getMessage() for record in caplog.records if record.name == "habitue.post"]
    assert "habitue post --open" in said
    open_gate(copy, OPENED_AT)
    assert opened_at(copy)
    assert len(caplog.records) == 1


def test_the_command_says_open_only_where_something_may_leave(shop: Shop, settings: Settings, run_command: Run) -> None:
    def said() -> tuple[str, bool]:
        (_code, shown, _), (_again, told, _) = run_command(settings)("post"), run_command(settings)("post", "--json")
        return " ".join(shown.split()), json.loads(told)["is_open"]

    shown, is_open = said()
    assert (OPEN in shown, is_open) == (True, True)
    shop.told(address="http://regulars.example.org", **HOUSE)
    shown, is_open = said()
    assert (NO_WAY_OUT in shown, OPEN in shown, CLOSED in shown, is_open) == (True, False, False, False)
