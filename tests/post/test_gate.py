"""The gate stays open for its folder however its disk is mounted, is closed for a copy, and is said to be open only where something may leave."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from habitue.app.gate import FILE, open_gate, opened_at
from habitue.cli.post import CLOSED, NO_WAY_OUT, OPEN
from habitue.store import Settings
from tests.cast import Shop, shop, thanks
from tests.cli.conftest import Run, run_command

__all__ = ["run_command", "shop"]
HOUSE = {"sender": "shop@example.org", "relay": "smtp://127.0.0.1:1"}


@pytest.fixture
def settings(shop: Shop) -> Settings:
    """The settings of a house whose gate stands open."""
    settings = shop.book(thanks()).told(address="https://regulars.example.org", **HOUSE).settings
    open_gate(settings, 1_509_600_000)
    return settings


@pytest.mark.parametrize("mount", [0, 1])
def test_a_gate_that_an_earlier_version_opened_stays_open_whatever_number_the_mount_has_by_now(settings: Settings, mount: int) -> None:
    file = settings.data / FILE
    then = [settings.data.stat().st_dev + mount, settings.data.stat().st_ino, file.stat().st_ino]
    file.write_text(json.dumps({"opened_at": 1_509_600_000, "at": then, "from_day": 0}))
    assert opened_at(settings) == 1_509_600_000


def test_the_gate_remembers_nothing_that_changes_when_its_disk_is_mounted_again(settings: Settings) -> None:
    assert json.loads((settings.data / FILE).read_bytes())["at"] == [settings.data.stat().st_ino, (settings.data / FILE).stat().st_ino]


def test_a_copy_says_once_why_its_gate_is_closed(settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.copytree(settings.data, tmp_path / "copy")
    copy = msgspec.structs.replace(settings, data=tmp_path / "copy")
    assert [opened_at(copy) for _ in range(3)] == [0, 0, 0]
    (said,) = [record.getMessage() for record in caplog.records if record.name == "habitue.post"]
    assert "habitue post --open" in said
    open_gate(copy, 1_509_600_000)
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
