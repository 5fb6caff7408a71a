"""Every story here begins in the same small shop, with somebody in it who is forgotten later, and goes on in a house that is still empty."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from habitue.store import Settings, save_settings
from tests.cast import Shop, settings_at, shop
from tests.cli.conftest import run_command
from tests.conftest import NewDatabase
from tests.forget.test_forgetting import hers

__all__ = ["hers", "run_command", "shop"]
MakeHouse = Callable[..., Settings]


@pytest.fixture
def empty_house(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> MakeHouse:
    """Makes a house in which there is nobody yet, on the database that this run is about or on the one that is named."""
    numbers = count(1)

    def make(on: str = engine) -> Settings:
        new_database: NewDatabase | None = request.getfixturevalue("new_database") if on == "postgres" else None
        settings = settings_at(tmp_path / f"elsewhere {next(numbers)}", new_database() if new_database else "sqlite")
        if new_database:
            save_settings(settings)
        return settings

    return make


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder for backups."""
    return tmp_path / "disk" / "backups"


@pytest.fixture
def told(hers: Shop) -> Shop:
    """The same shop, with its settings in its file, for commands and other processes to read."""
    save_settings(hers.settings)
    return hers
