"""The book that a new house begins with."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from habitue.content.letters import ENDINGS, FOLDER


def lay_out_first_book(folder: Path) -> None:
    """Copies our first pages, letters and saved answers into a folder of the shop's own. Raises: FileExistsError where there is a book already."""
    first = files("habitue.content") / "first_book"
    _copy(first, folder, ".toml")
    _copy(first / FOLDER, folder / FOLDER, *ENDINGS)
    _copy(first / "answers", folder / "answers", ".md")


def _copy(source: Traversable, folder: Path, *endings: str) -> None:
    folder.mkdir(parents=True)
    for page in source.iterdir():
        if page.name.endswith(endings):
            (folder / page.name).write_bytes(page.read_bytes())
