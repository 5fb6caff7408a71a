"""The book that a new house begins with."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path


def lay_out_first_book(folder: Path) -> None:
    """Copies our first pages into a folder of the shop's own. Raises: FileExistsError where there is a book already."""
    folder.mkdir(parents=True)
    for page in (files("habitue.content") / "first_book").iterdir():
        if page.name.endswith(".toml"):
            with page.open("rb") as source, (folder / page.name).open("wb") as target:
                shutil.copyfileobj(source, target)
