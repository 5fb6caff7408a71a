"""The demo's house for tests that need real customers: loaded once, kept in pytest's cache under the hash of the code that makes it.

Read it, and copy it to write: several test processes share one folder. `tests/conftest.py` makes the fixtures known to every test.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import pytest
from rich.console import Console

from habitue.store import Settings, load_settings
from habitue.words.clock import parse_day
from habitue.workshop.grocer import package_version

SOURCE = Path(__file__).parent.parent / "src" / "habitue"
MADE_BY = ("store/**/*", "events/**/*", "identity/**/*", "memory/**/*", "measure/**/*", "app/imports/*", "app/listeners.py", "workshop/**/*")
NO_PART_OF_IT = ("bench", "synthetic", "made_", "postgres_server", "reference")
LEARNED = ("2017-10-01", "2017-11-01")
"""Days of the months that tests judge: their lessons stand before the first test reads."""
KEPT = 3
"""How many makes of the house are kept: one may be in use by another run of the tests."""


@pytest.fixture(scope="session")
def demo_house(request: pytest.FixtureRequest) -> Settings:
    """The settings of the demo's house, with every file brought in, the projection made and the lessons of LEARNED learned; nothing is planned.

    Its clock stands on 2 November 2017. Open it with `open_house(demo_house)` and write nothing: a test that plans takes `demo_copy`.
    """
    assert request.config.cache
    makes = request.config.cache.mkdir("demo-house")
    house = makes / made_by()
    with _alone(makes / "lock"):
        if not (house / "made").exists():
            shutil.rmtree(house, ignore_errors=True)
            _make(house)
            (house / "made").touch()
            _sweep(makes)
    return load_settings(house)


@pytest.fixture
def demo_copy(demo_house: Settings, tmp_path: Path) -> Settings:
    """The demo's house as a copy of the test's own, to write in."""
    shutil.copytree(demo_house.data, tmp_path / "demo")
    return load_settings(tmp_path / "demo")


def made_by() -> str:
    """The hash of all code and data that the house is made by."""
    found = blake2b(package_version().encode(), digest_size=8)
    for pattern in MADE_BY:
        for file in sorted(SOURCE.glob(pattern)):
            if file.suffix in (".py", ".sql", ".toml", ".csv") and not file.stem.startswith(NO_PART_OF_IT):
                found.update(str(file.relative_to(SOURCE)).encode())
                found.update(file.read_bytes())
    return found.hexdigest()


def _make(house: Path) -> None:
    from habitue.app import open_house  # only where the house is made: most test runs find it made
    from habitue.store.projection import refresh
    from habitue.workshop.demo import run

    settings = run(house, None, Console(quiet=True))
    with open_house(settings) as opened:
        refresh(opened.truth, settings)
        for day in LEARNED:
            opened.when(parse_day(day))
        if opened.truth.dialect == "sqlite":
            opened.truth.run("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time; the others wait and find the work done."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sweep(makes: Path) -> None:
    old = sorted((folder for folder in makes.iterdir() if folder.is_dir()), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in old[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)
