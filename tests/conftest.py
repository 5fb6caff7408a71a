"""What every test may ask for: settings, a truth on either database, a golden text, and Debian's Chromium."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest

from habitue.store import Settings, Truth, load_settings, open_truth
from habitue.words.errors import StoreError
from habitue.workshop.postgres_server import postgres_server
from tests.demo_house import demo_copy, demo_house

__all__ = ["demo_copy", "demo_house"]

GOLDEN = Path(__file__).parent / "golden"
TEMPLATE = "house_template"
MEMORY, LEAST_BYTES = Path("/dev/shm"), 2**31
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# As root there is no sandbox; the rest keeps the browser from calling home while a test looks.
CHROMIUM_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
]

hypothesis.settings.register_profile("house", deadline=None, print_blob=True, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

MakeSettings = Callable[..., Settings]
NewDatabase = Callable[[], str]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden texts anew; only the tests that have one run")


def pytest_configure() -> None:
    for name in [name for name in os.environ if name.startswith("HABITUE_")]:
        del os.environ[name]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if {"page", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
    if config.getoption("--golden"):
        others = [item for item in items if "golden" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


def pytest_collection_finish() -> None:
    """Ten thousand tests and what they import stay to the end: the collector of garbage need not look through them again and again, a seventh of the time."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    gc.unfreeze()


@pytest.fixture
def settings_for(tmp_path: Path) -> MakeSettings:
    """Makes settings: `settings_for(zone="America/New_York")`; the house lies in the test's own folder unless another is named."""

    def make(data: Path | None = None, **changes: object) -> Settings:
        return load_settings(data or tmp_path / "house", {f"HABITUE_{name.upper()}": str(value) for name, value in changes.items()})

    return make


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.sqlite), pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Which database this run of the test is about; whoever asks for it, or for `settings` or `truth`, runs on both."""
    return str(request.param)


@pytest.fixture
def settings(engine: str, settings_for: MakeSettings, request: pytest.FixtureRequest) -> Settings:
    """The settings of an empty house on SQLite, then on PostgreSQL."""
    if engine == "sqlite":
        return settings_for()
    new_database: NewDatabase = request.getfixturevalue("new_database")
    return settings_for(truth=new_database())


@pytest.fixture
def truth(settings: Settings) -> Iterator[Truth]:
    """An empty truth on SQLite, then on PostgreSQL."""
    opened = open_truth(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real server, with one migrated database from which each test gets its copy. Without a server, the test fails."""
    try:
        server = postgres_server(within=_in_memory())
        url = server.__enter__()
    except StoreError as missing:
        pytest.fail(f"{missing} `make test` installs it where it may.", pytrace=False)
    try:
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(f"CREATE DATABASE {TEMPLATE}")
        open_truth(load_settings(Path("nowhere"), {"HABITUE_TRUTH": _at(url, TEMPLATE)})).close()
        yield url
    finally:
        server.__exit__(None, None, None)


@pytest.fixture
def new_database(postgres: str) -> Iterator[NewDatabase]:
    """Makes fresh databases on the server, each with its address; they go when the test is done."""
    made: list[str] = []
    with psycopg.connect(postgres, autocommit=True) as db:

        def make() -> str:
            made.append(f"house_{next(_NUMBERS)}")
            db.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")  # half of what a copy through the log takes
            return _at(postgres, made[-1])

        yield make
        for name in made:
            db.execute(f"DROP DATABASE {name} WITH (FORCE)")


_NUMBERS = count(1)


def _in_memory() -> Path | None:
    """Where files lie in memory and there is room: a database of 700 files is copied for each test, which takes a disk five times as long."""
    return MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > LEAST_BYTES else None


def _at(url: str, database: str) -> str:
    return url.replace("///postgres?", f"///{database}?", 1)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with tests/golden/NAME; `make golden` writes it anew, for a person to read the difference."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert file.exists(), f"There is no golden text {name}; run `make golden`, then read it."
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def base_url() -> None:
    """Pages are named by their whole address. (The browser plugin's own fixture of this name raises pytest 9's deprecation warning.)"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; without one, the test fails."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if not found:
        pytest.fail("Chromium is needed and was not found; on Debian: apt-get install chromium. `make test` installs it where it may.", pytrace=False)
    return {**browser_type_launch_args, "executable_path": found, "args": CHROMIUM_SWITCHES}
