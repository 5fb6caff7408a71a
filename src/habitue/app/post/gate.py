"""Whether words of our own accord may leave from this house: a person opens the gate, for this very folder. A copy of it starts behind a closed one.

What stands open is written into a file of the folder, with the numbers that the disk gave both: a copy, or what a backup brought back, has others. A
snapshot or clone of the disk keeps them, but is another disk that is seen at another path.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from pathlib import Path

import msgspec

from habitue.store import Settings
from habitue.store.house_key import fsync_folder
from habitue.words.clock import local_day_and_hour

FILE = "post.open"
AGAIN = "If it is the one house, open it again: habitue post --open"
log = logging.getLogger("habitue.post")


class Opened(msgspec.Struct, frozen=True):
    """Since when the gate is open (UTC seconds; 0: closed), where that was written (`_place`), and from which local day on words may leave."""

    opened_at: int
    at: tuple[int, ...]
    from_day: int
    path: str = ""


NEVER_OPENED = Opened(0, (), 0)


def open_gate(settings: Settings, now: int) -> None:
    """From now on, what each day's plan decides leaves; in a house that a backup brought back, from the day after that.

    Where the file was there and could not be read, nobody knows whether it said that: from tomorrow on.
    """
    found = _read(settings)
    _write(settings, now, found.from_day if found else local_day_and_hour(now, settings.zone)[0] + 1)


def close_gate(settings: Settings) -> None:
    """Nothing leaves any more of our own accord; what somebody asked for does. A file that cannot be read is closed, and stays as it is."""
    if found := _read(settings):
        _write(settings, 0, found.from_day)


def keep_closed_until(settings: Settings, day: int) -> None:
    """Closes the gate of a house that a backup brought back: what it says up to that local day may have left already, and does not leave again."""
    _write(settings, 0, day + 1)


def opened_at(settings: Settings) -> int:
    """Since when the gate of this folder is open; 0 where it is closed, or was opened for another folder of which this is a copy."""
    found = _read(settings)
    if found is None:
        return 0
    if found.opened_at and not _is_here(found, settings.data):
        _say_moved(settings.data)
        return 0
    return found.opened_at


def lets_out(settings: Settings) -> bool:
    """Whether words of our own accord may leave at this instant: the gate is open, and the way out that each of them bears can be pressed."""
    return bool(opened_at(settings)) and settings.address.startswith("https://")


def is_the_house(settings: Settings) -> bool:
    """Whether this folder may take the brand's mail out of its mailbox: it is no copy, nor was it brought back and nobody has opened its gate since."""
    found = _read(settings)
    if found is None or (found.from_day and not found.opened_at):
        return False
    return not found.at or _is_here(found, settings.data)


def may_leave_on(settings: Settings, day: int) -> bool:
    """Whether what a local day's plan says may leave."""
    found = _read(settings)
    return found is not None and bool(opened_at(settings)) and found.from_day <= day


def _read(settings: Settings) -> Opened | None:
    """What the file says; none where it is there and cannot be read."""
    try:
        return msgspec.json.decode((settings.data / FILE).read_bytes(), type=Opened)
    except FileNotFoundError:
        return NEVER_OPENED
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _write(settings: Settings, opened_at: int, from_day: int) -> None:
    fresh = settings.data / f"{FILE}.new"
    with fresh.open("wb") as file:
        file.write(msgspec.json.encode(Opened(opened_at, _place(settings.data, fresh), from_day, _path(settings.data))))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(settings.data / FILE)
    fsync_folder(settings.data)


@cache
def _say_moved(folder: Path) -> None:
    """Said once: whoever opened the gate did not close it."""
    log.warning("The gate of %s was opened for another folder, of which this is a copy or what was brought back: nothing leaves by itself. %s", folder, AGAIN)


def _is_here(found: Opened, folder: Path) -> bool:
    """Whether a file was written here: a disk that is mounted again may have another number, and a folder that is moved has another path; a clone has both.

    Earlier versions kept no path, and the disk's number or not.
    """
    here = _place(folder, folder / FILE)
    return found.at[-2:] == here[-2:] and (not found.path or found.at == here or found.path == _path(folder))


def _place(folder: Path, file: Path) -> tuple[int, int, int]:
    """The number of the disk, and those that it gave a folder and a file in it."""
    return folder.stat().st_dev, folder.stat().st_ino, file.stat().st_ino


def _path(folder: Path) -> str:
    return str(folder.resolve()).encode(errors="backslashreplace").decode()
