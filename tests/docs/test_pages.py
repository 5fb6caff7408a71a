"""The documentation is true: its commands run and answer as printed, its links lead somewhere, its reference is as new as the code."""

from __future__ import annotations

import importlib
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from habitue.store import Settings
from habitue.workshop.reference import reference_page
from tests.docs.pages import HOME, LINK, commands, headings, lay_out, plain, text_of

PAGES = ("README.md", *sorted(f"docs/{file.name}" for file in (HOME / "docs").glob("*.md")))
DAY_OF_THE_STORY = "2026-11-21"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the files that docs/start.md shows, on the day of its story; commands work in it."""
    lay_out("docs/start.md", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HABITUE_TODAY", DAY_OF_THE_STORY)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def run(command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """What a command of a page says, through the door that a shell uses; it must end well."""
    words = command.split()
    assert words[0] == "habitue"
    if words[1] == "serve":
        return served()
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as end:
        importlib.import_module("habitue.cli").main()
    said = capsys.readouterr()
    assert end.value.code in (0, None), f"{command}: {said.err}"
    return said.out


def served() -> str:
    """The first line that the console's server says, told as if it listened where the page says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    begun = [sys.executable, "-c", "from habitue.cli import main; main()", "serve"]
    env = {**os.environ, "HABITUE_PORT": port, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(HOME / "src")}
    with subprocess.Popen(begun, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        said = server.stdout.readline()
        server.send_signal(signal.SIGINT)
        server.wait(30)
    return said.replace(port, "8000")


@pytest.mark.slow
def test_a_shop_of_ones_own_starts_as_the_page_says(
    engine: str, shop: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HABITUE_TRUTH", "sqlite" if engine == "sqlite" else request.getfixturevalue("new_database")())
    for shown in commands("docs/start.md"):
        said = plain(run(shown.command, capsys, monkeypatch))
        for line in shown.answer:
            assert plain(line) in said, shown.command
    assert (shop / "habitue-data" / "truth.sqlite").exists() == (engine == "sqlite")


@pytest.mark.slow
def test_the_commands_of_the_readme_for_ones_own_shop_run(shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    own = [shown.command for shown in commands("README.md") if shown.command.startswith("habitue ")]
    assert {command.split()[1] for command in own} >= {"import", "book", "plan"}
    for command in own:
        run(command, capsys, monkeypatch)


def test_the_two_commands_of_a_newcomer_exist() -> None:
    make = {shown.command for shown in commands("README.md") if shown.command.startswith("make ")}
    assert make == {"make demo", "make test"}
    listed = subprocess.run(["make", "--no-print-directory", "help"], cwd=HOME, capture_output=True, text=True, check=True).stdout
    assert all(command in listed for command in make)


def test_the_reference_is_as_new_as_the_code() -> None:
    front_door = typer.main.get_command(importlib.import_module("habitue.cli").app)
    assert text_of("docs/reference.md") == reference_page(front_door), "run `make docs`"


@pytest.mark.slow
def test_the_demo_answers_as_the_readme_prints(demo_copy: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    said = plain(run(f"habitue demo --no-serve --data {demo_copy.data}", capsys, monkeypatch))
    printed = next(shown.answer for shown in commands("README.md") if shown.command == "make demo")
    assert len(printed) > 8
    assert not [line for line in printed if plain(line) not in said and not line.startswith("The console is at")]


@pytest.mark.parametrize("told", PAGES)
def test_every_link_leads_somewhere(told: str) -> None:
    for target, anchor in LINK.findall(text_of(told)):
        if target.startswith("http"):
            continue
        file = (HOME / told).parent / target if target else HOME / told
        assert file.exists(), f"{told} points to {target}"
        if anchor and file.suffix == ".md":
            assert anchor[1:] in headings(str(file.resolve().relative_to(HOME))), f"{told} points to {target}{anchor}"


def test_a_word_is_explained_in_about_three_lines() -> None:
    parts = re.split(r"^### ", text_of("docs/concepts.md"), flags=re.MULTILINE)[1:]
    long = [part.partition("\n")[0] for part in parts if len(part.partition("## ")[0].strip().splitlines()) > 6]
    assert len(parts) >= 60
    assert not long


def test_the_readme_is_for_someone_who_has_five_minutes() -> None:
    assert len(text_of("README.md").split()) <= 1_000
