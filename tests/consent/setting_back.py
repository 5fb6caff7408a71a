"""A backup of the database alone, as an owner makes one, and its being set back: the file on SQLite, a dump on PostgreSQL."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import psycopg

from habitue.store import Settings


class Backup:
    """The truth as it was when `make` was called. Nobody has the house open meanwhile."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings, self.folder = settings, folder
        folder.mkdir()

    def make(self) -> None:
        if self.settings.truth == "sqlite":
            for file in self.settings.data.glob("truth.sqlite*"):
                shutil.copy(file, self.folder / file.name)
        else:
            dumped = subprocess.run([_program("pg_dump"), "--format=custom", self.settings.truth], capture_output=True, check=True)
            (self.folder / "dump").write_bytes(dumped.stdout)

    def set_back(self) -> None:
        if self.settings.truth == "sqlite":
            for file in self.settings.data.glob("truth.sqlite*"):
                file.unlink()
            for file in self.folder.iterdir():
                shutil.copy(file, self.settings.data / file.name)
        else:
            with psycopg.connect(self.settings.truth, autocommit=True) as db:
                db.execute("DROP SCHEMA public CASCADE")
                db.execute("CREATE SCHEMA public")
            command = [_program("pg_restore"), "--dbname", self.settings.truth, "--schema=public", self.folder / "dump"]
            subprocess.run(command, capture_output=True, check=True)


def _program(name: str) -> Path:
    found = shutil.which(name) or max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return Path(found)
