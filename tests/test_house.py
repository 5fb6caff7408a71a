"""The house holds: its documentation is true and complete, its contracts bite, and nothing in it names this machine."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from packaging.requirements import Requirement

import habitue
from habitue.store import Settings
from habitue.words.reasons import Reason

HOME = Path(__file__).parent.parent
SOURCE = HOME / "src" / "habitue"
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
FLOORS = next(contract["layers"] for contract in PROJECT["tool"]["importlinter"]["contracts"] if contract["id"] == "floors")
ROOMS = [room.strip() for floor in FLOORS for room in floor.split("|")]
LOCKS = ("requirements.lock", "requirements-duckdb2.lock", "requirements-demo.lock", "tools/uv.lock", "tools/queues.lock")
WRITTEN = {".py", ".sql", ".toml", ".md", ".html", ".css", ".js", ".lock", ".po", ".csv", ".json", ".txt", ""}
MODULES = sorted(file for file in SOURCE.rglob("*.py") if not file.name.startswith("_") or file.name == "__init__.py")


def of_house(file: Path) -> str:
    return str(file.relative_to(HOME))


def written_files() -> Iterator[Path]:
    """Every text of the repository, as a fresh clone has it."""
    for name in ("src", "tests", "docs", "tools", ".ci"):
        every = (file for file in sorted((HOME / name).rglob("*")) if not {"__pycache__", "node_modules"} & set(file.parts))  # what was installed is not ours
        yield from (file for file in every if file.is_file() and file.suffix in WRITTEN)
    yield from (file for file in sorted(HOME.glob("*")) if file.is_file() and file.suffix in WRITTEN)


def headings(*names: str) -> set[str]:
    """The headings of some pages of the documentation, without code marks."""
    for name in names:
        assert (HOME / "docs" / name).exists(), f"docs/{name} is missing"
    lines = [line for name in names for line in (HOME / "docs" / name).read_text(encoding="utf-8").splitlines()]
    return {line.lstrip("#").replace("`", "").strip() for line in lines if line.startswith("#")}


# rooms


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_answers_and_what_it_never_does(room: str) -> None:
    page = (SOURCE / room / "README.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {room}: ")
    for part in ("**The question it answers:**", "**Its words**", "**What is in it:**", "**What it never does:**"):
        assert part in page
    assert 90 <= len(page.split()) <= 260, "half a page, please"


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_that_a_room_names_exists(room: str) -> None:
    named = re.findall(r"`([\w/]+\.(?:py|sql|toml)|[\w/]+/)`", (SOURCE / room / "README.md").read_text(encoding="utf-8"))
    of_a_brand = {"habitue.toml", "shop.toml", "room/queries/what_it_answers.sql", "room/relations/name.sql"}
    folders = (SOURCE / room, SOURCE, HOME)
    gone = {name for name in named if not any((folder / name).exists() for folder in folders) and not any((SOURCE / room).rglob(name))}
    assert not gone - of_a_brand


def test_no_room_is_missing_from_the_floors() -> None:
    assert {folder.name for folder in SOURCE.iterdir() if folder.is_dir() and folder.name != "__pycache__"} == set(ROOMS)


@pytest.mark.parametrize("module", MODULES, ids=of_house)
def test_every_module_says_what_it_is(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def test_no_name_is_a_missing_noun() -> None:
    empty = {"utils", "util", "common", "helpers", "helper", "core", "manager", "misc"}
    assert not [of_house(file) for file in SOURCE.rglob("*") if file.stem in empty]


@pytest.mark.parametrize("module", MODULES, ids=of_house)
def test_nothing_is_left_for_later(module: Path) -> None:
    assert not re.search(r"\b(TODO|FIXME|XXX)\b|NotImplementedError", module.read_text(encoding="utf-8"))


# contracts


def test_rules_know_other_rooms_only_by_their_model() -> None:
    for rules in SOURCE.rglob("rules.py"):
        for node in ast.walk(ast.parse(rules.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("habitue."):
                _, room, *rest = (node.module or "").split(".")
                assert room in ("words", rules.relative_to(SOURCE).parts[0]) or rest[-1:] == ["model"], f"{of_house(rules)} imports {node.module}"


@pytest.mark.parametrize(
    ("where", "line", "broken"),
    [
        ("words/keys.py", "import habitue.store.truth", "A room imports only rooms below it"),
        ("memory/__init__.py", "import habitue.consent", "A room imports only rooms below it"),
        ("attic/__init__.py", "", "A room imports only rooms below it"),
        ("app/model.py", "import duckdb", "Judgement is pure"),
        ("decide/rules.py", "import habitue.store.settings", "Judgement is pure"),
        ("web/__init__.py", "import smtplib", "Only the post room sends"),
        ("events/__init__.py", "import socket", "Only the post room sends"),
    ],
)
def test_a_contract_bites_when(where: str, line: str, broken: str, tmp_path: Path) -> None:
    """Breaks a copy of the house in one place, then asks the import contracts."""
    for module in SOURCE.rglob("*.py"):
        copy = tmp_path / "src" / module.relative_to(HOME / "src")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(module.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "src" / "habitue" / where
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\n{line}\n")
    (tmp_path / "pyproject.toml").write_bytes((HOME / "pyproject.toml").read_bytes())
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache", "--no-logo"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": "src"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert re.search(rf"^{broken}.* BROKEN", done.stdout, re.MULTILINE), done.stdout


# SQL


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.sql")), ids=of_house)
def test_every_sql_text_begins_with_a_sentence_and_asks_no_clock(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.match(r"-- [A-Z].{9,}[.:;,)(]", text), "the first line says what it answers"
    statement = "\n".join(line.partition("--")[0] for line in text.splitlines()).lower()
    assert not re.search(r"\bnow\s*\(|\bcurrent_(date|time|timestamp)\b", statement), "only the clock knows the time"
    if file.parent.name in ("queries", "relations"):
        assert statement.rstrip().rstrip(";").count(";") == 0, "one statement a file"


# documentation


@pytest.mark.parametrize("reason", Reason, ids=lambda reason: reason.name.lower())
def test_every_reason_is_explained(reason: Reason) -> None:
    assert reason.name.lower() in headings("concepts.md", "reference.md")


@pytest.mark.parametrize("name", Settings.__struct_fields__)
def test_every_setting_is_explained(name: str) -> None:
    assert name in headings("reference.md")


def commands(command: Any, name: str) -> Iterator[str]:
    """Every command of the command line, by its whole name."""
    if hasattr(command, "commands"):
        for word, below in command.commands.items():
            yield from commands(below, f"{name} {word}")
    elif not command.hidden:
        yield name


def test_every_command_is_explained() -> None:
    front_door = importlib.import_module("habitue.cli")
    every = set(commands(typer.main.get_command(front_door.app), "habitue"))
    assert {"habitue plan", "habitue why", "habitue card", "habitue replay", "habitue import", "habitue demo", "habitue book check"} <= every
    explained = headings("reference.md")
    assert not {name for name in every if not any(heading == name or heading.startswith(f"{name} ") for heading in explained)}


def test_make_help_lists_the_eight() -> None:
    said = subprocess.run(["make", "--no-print-directory", "help"], cwd=HOME, capture_output=True, text=True, check=True).stdout
    assert [line.split()[1] for line in said.splitlines()] == ["help", "setup", "check", "test", "demo", "bench", "docs", "golden"]


def test_a_loop_of_a_test_runs_in_a_thread_of_its_own() -> None:
    """A browser test leaves a loop in the thread of its worker, and whichever test comes after it there can begin none."""
    runs = [
        line for file in (HOME / "tests").rglob("test_*.py") for line in file.read_text(encoding="utf-8").splitlines() if re.search(r"asyncio\.run\(", line)
    ]
    assert runs
    assert [line for line in runs if ".submit(" not in line] == []


def test_versions_agree() -> None:
    newest = re.search(r"^## (\d\S*)", (HOME / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert habitue.__version__ == PROJECT["project"]["version"] == newest[1]


# what must not be in it


def test_no_file_names_a_registry_or_this_machine() -> None:
    registries = r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.(?:com|org)|crates\.io|anaconda\.org|proxy\.golang"
    machine = r"(?<![\w.<$}])/(?:work|root|farm|tmp|home/\w+)/"
    found = [
        f"{of_house(file)}:{number}: {line.strip()[:120]}"
        for file in written_files()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(f"{registries}|{machine}", line)
    ]
    assert not found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_hashes_and_no_address(name: str) -> None:
    text = (HOME / name).read_text(encoding="utf-8")
    assert "://" not in text
    packages = re.split(r"\n(?=[a-z0-9])", text[text.index("\n\n") if "\n\n" in text else 0 :])
    assert all("--hash=sha256:" in package for package in packages if "==" in package)


@pytest.mark.parametrize(("name", "duckdb"), [("requirements.lock", "1."), ("requirements-demo.lock", "1."), ("requirements-duckdb2.lock", "2.")])
def test_a_lock_holds_what_the_project_asks_for(name: str, duckdb: str) -> None:
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", (HOME / name).read_text(encoding="utf-8"), re.MULTILINE))
    assert locked["duckdb"].startswith(duckdb)
    asked = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["demo"]
    if name != "requirements-demo.lock":
        asked += [line for line in PROJECT["dependency-groups"]["dev"] if isinstance(line, str)]
    for requirement in map(Requirement, asked):
        assert locked[requirement.name] in requirement.specifier
