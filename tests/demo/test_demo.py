"""The demo's house: it stands on its day, refuses what is not its own, goes on after a kill, and does nothing twice."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from habitue.app.imports.importing import import_file
from habitue.store import Settings, Truth, load_settings, open_truth, save_settings
from habitue.words.errors import BadInput, Refused
from habitue.workshop import demo
from habitue.workshop.demo_files import STAMP, DemoFile, files_are_current, prepare_files

KINDS = ("customers", "consents", "pauses")


@pytest.fixture
def small(tmp_path: Path, written: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Settings, Truth]]:
    """The demo's house with three of its files, so that a test takes a second."""
    shutil.copytree(written, tmp_path / "demo-data" / "files")

    def few(folder: Path) -> list[DemoFile]:
        return [file for file in prepare_files(folder) if file.title in KINDS]

    monkeypatch.setattr(demo, "prepare_files", few)
    settings = demo.demo_settings(tmp_path / "demo-data")
    with closing(open_truth(settings)) as truth:
        yield settings, truth


def quiet() -> Console:
    return Console(file=StringIO(), width=100)


def test_a_new_house_stands_in_autumn_and_says_that_names_are_invented(tmp_path: Path) -> None:
    settings = demo.demo_settings(tmp_path)
    assert (settings.today, settings.zone, settings.currency) == ("2017-11-02", "America/New_York", "USD")
    assert settings.is_demo
    assert settings.invented_names
    assert load_settings(tmp_path, env={}) == settings


def test_the_clock_can_be_moved_and_stays_where_it_was_put(tmp_path: Path) -> None:
    demo.demo_settings(tmp_path, "2017-10-12")
    assert demo.demo_settings(tmp_path).today == "2017-10-12"


@pytest.mark.parametrize("day", ["2017-01-01", "2018-01-01", "1999-12-31", "tomorrow", "2017-02-30"])
def test_a_day_that_the_data_does_not_know_is_refused_with_a_sentence(tmp_path: Path, day: str) -> None:
    with pytest.raises(BadInput, match="day"):
        demo.demo_settings(tmp_path, day)
    assert not (tmp_path / "habitue.toml").exists()


def test_a_brands_own_house_is_never_turned_into_the_demo(tmp_path: Path) -> None:
    save_settings(Settings(data=tmp_path, brand="Chez Paul"))
    with pytest.raises(Refused, match="Chez Paul"):
        demo.demo_settings(tmp_path)
    assert load_settings(tmp_path, env={}).brand == "Chez Paul"


def test_the_first_run_imports_and_the_second_finds_nothing_to_do(small: tuple[Settings, Truth]) -> None:
    settings, truth = small
    first = demo.import_all(truth, settings, quiet())
    assert [report.rejected_rows for report in first] == [0, 0, 0]
    assert first[0].accepted == truth.run("select count(*) from person")[0][0] == 2469
    assert demo.import_all(truth, settings, quiet()) == []


def test_a_run_after_a_kill_goes_on_where_that_one_stopped(small: tuple[Settings, Truth], monkeypatch: pytest.MonkeyPatch) -> None:
    settings, truth = small
    whole = import_file

    def killed(*args: Any) -> Any:
        if args[4] == "consents":
            raise KeyboardInterrupt
        return whole(*args)

    monkeypatch.setattr(demo, "import_file", killed)
    with pytest.raises(KeyboardInterrupt):
        demo.import_all(truth, settings, quiet())
    monkeypatch.setattr(demo, "import_file", whole)
    assert [report.kind for report in demo.import_all(truth, settings, quiet())] == ["consents", "pauses"]


def test_files_that_a_kill_left_half_written_are_not_believed(written: Path, tmp_path: Path) -> None:
    shutil.copytree(written, tmp_path / "files")
    assert files_are_current(tmp_path / "files")
    (tmp_path / "files" / STAMP).unlink()  # it is taken away before the first file is written, and put there after the last
    assert not files_are_current(tmp_path / "files")


def test_the_console_is_told_of_licence_and_invention(small: tuple[Settings, Truth]) -> None:
    settings, _truth = small
    out = quiet()
    demo.run(settings.data, None, out)
    told = " ".join(out.file.getvalue().split())  # type: ignore[attr-defined]  # the console writes into a text of ours
    assert "research and education" in told
    assert "invented" in told
