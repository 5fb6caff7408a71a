"""The suppression list beside the database: `DATA/suppression.list`, a line for every word, only ever added to, and there when the database is set back.

A line has one length: when (UTC seconds), the word's number, purpose and channel by number, `out` or `yes`, the address's keyed hash, and a checksum.
"""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from habitue.store.house_key import fsync_folder
from habitue.words.errors import StoreError

FILE = "suppression.list"
LENGTH = 12 + 1 + 12 + 1 + 3 + 1 + 3 + 1 + 3 + 1 + 64 + 1 + 8 + 1
"""Bytes of one line, its end included."""


@dataclass(frozen=True, slots=True)
class Line:
    """One word about one address. Units: `at` is in UTC seconds; `number` is the word's write number."""

    address_hash: bytes
    purpose: int
    channel: int
    at: int
    number: int
    is_lifted: int


def last_line(folder: Path) -> Line | None:
    """The last whole line; none where there is none."""
    with _read(folder) as file:
        whole = _whole(file)
        return _line(_at(file, whole - 1), whole) if whole else None


def count_lines(folder: Path) -> int:
    """How many whole lines there are."""
    with _read(folder) as file:
        return _whole(file)


def lines(folder: Path) -> list[Line]:
    """All whole lines, the oldest first.

    Raises: StoreError where one within the file cannot be read.
    """
    with _read(folder) as file:
        whole = _whole(file)
        return [_line(_at(file, place), place + 1) for place in range(whole)]


def add_lines(folder: Path, added: Iterable[Line]) -> None:
    """Writes these lines behind the others and waits until the disk has them. What a power cut left of a line, which nobody was told of, is cut off.

    Raises: StoreError where the disk says no.
    """
    text = b"".join(_text(line) for line in added)
    if not text:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_new = not (folder / FILE).exists()
        descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.truncate(_whole(file) * LENGTH)
            file.seek(0, os.SEEK_END)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            fsync_folder(folder)
    except OSError as wrong:
        raise StoreError(f"The suppression list could not be written ({wrong.strerror}); nothing of the step was kept. Make room, then try again.") from wrong


@contextmanager
def _read(folder: Path) -> Iterator[BinaryIO]:
    try:
        with (folder / FILE).open("rb") as file:
            yield file
    except FileNotFoundError:
        with Path(os.devnull).open("rb") as nothing:
            yield nothing
    except OSError as wrong:
        raise StoreError(f"The suppression list cannot be read ({wrong.strerror}); without it nobody is written to.") from wrong


def _whole(file: BinaryIO) -> int:
    """How many lines are whole: whatever a power cut left of one stands at the end."""
    size = file.seek(0, os.SEEK_END)
    whole = size // LENGTH
    while whole and not _is_whole(_at(file, whole - 1)):
        whole -= 1
    return whole


def _at(file: BinaryIO, place: int) -> bytes:
    file.seek(place * LENGTH)
    return file.read(LENGTH)


def _is_whole(text: bytes) -> bool:
    return len(text) == LENGTH and text.endswith(b"\n") and text[-9:-1] == _checksum(text[:-9])


def _text(line: Line) -> bytes:
    word = "yes" if line.is_lifted else "out"
    body = f"{line.at:012d} {line.number:012d} {line.purpose:03d} {line.channel:03d} {word} {line.address_hash.hex()} ".encode()
    return body + _checksum(body) + b"\n"


def _line(text: bytes, number: int) -> Line:
    if not _is_whole(text):
        raise StoreError(f"Line {number} of {FILE} cannot be read, so nobody is written to. Bring the file back from a copy; what is newer is filled in.")
    at, of, purpose, channel, word, address, _ = text.split()
    return Line(bytes.fromhex(address.decode()), int(purpose), int(channel), int(at), int(of), int(word == b"yes"))


def _checksum(body: bytes) -> bytes:
    return f"{zlib.crc32(body):08x}".encode()
