"""The files of a backup on their way into a house: its settings, its book, its key, and who was forgotten or left since."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from habitue.app.backup.backing_up import FILES
from habitue.app.backup.carrying_over import carry_over
from habitue.store import Settings
from habitue.store.backup_file import Opening
from habitue.store.house_key import FILE as HOUSE_KEY
from habitue.store.house_key import VARIABLE, fsync_folder
from habitue.store.settings import FILE as SETTINGS
from habitue.words.errors import SettingsError, StoreError


def is_house_s(name: str) -> bool:
    """Whether a place in a house's folder is that of a file which a backup keeps."""
    parts = name.split("/")
    patterns = [pattern.split("/") for pattern in (*FILES, HOUSE_KEY)]
    is_plain = name.isprintable() and not {"", ".", ".."} & set(parts)
    return is_plain and any(len(each) == len(parts) and all(map(fnmatchcase, parts, each)) for each in patterns)


def bring_files(settings: Settings, opening: Opening, beside: Iterable[Path], house: str) -> None:
    """The files of the house, but those that are there already; of its settings, those that are not said here; and who was forgotten, and who left."""
    data = settings.data
    try:
        data.mkdir(parents=True, exist_ok=True)
        for name, (mode, content) in opening.files.items():
            if name == SETTINGS:
                content = _settings(data / name, content)
            elif (data / name).exists() or (name == HOUSE_KEY and os.environ.get(VARIABLE)):
                continue
            _write_whole(data / name, mode & 0o700 | 0o600, content)
        for folder in beside:
            carry_over(folder, data, house)
    except OSError as wrong:
        raise StoreError(f"The files of the house cannot be written to {data}: {wrong.strerror}. Make room, then do the same again.") from wrong


def _settings(file: Path, kept: bytes) -> bytes:
    """The settings that are said here, then those of the backup; where the truth lies is only ever said here."""
    here = file.read_text(encoding="utf-8") if file.exists() else ""
    try:
        said, brought = tomllib.loads(here), tomllib.loads(kept.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise SettingsError(f"{file} cannot be read as TOML: {broken}.") from broken
    more = [f"{name} = {msgspec.json.encode(value).decode()}\n" for name, value in brought.items() if name not in (*said, "truth")]
    return (here + ("\n" if here and not here.endswith("\n") else "") + "".join(more)).encode()


def _write_whole(path: Path, mode: int, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    fsync_folder(path.parent)
