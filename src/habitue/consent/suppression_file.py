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
from habitue.words.errors import Damaged, StoreError

FILE = "suppression.list"
LENGTH = 12 + 1 + 12 + 1 + 3 + 1 + 3 + 1 + 3 + 1 + 64 + 1 + 8 + 1
"""Bytes of one line, its end included."""
BROKEN = (
    f"Line {{number}} of {FILE} cannot be read, so nobody is written to. Bring the file back from a copy (one lies in every folder of backups); "
    "what is newer is filled in."
)


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

    Raises: StoreError where one of them cannot be read.
    """
    with _read(folder) as file:
        whole = _whole(file)
        return [_line(_at(file, place), place + 1) for place in range(whole)]


def add_lines(folder: Path, added: Iterable[Line]) -> None:
    """Writes these lines behind the others and waits until the disk has them. What a power cut left of a line, which nobody was told of, is cut off.

    Raises: StoreError where the disk says no, or the file is damaged; then it stays as it is.
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
    """How many lines are whole: what a power cut left of the last ones, part of a line or zeros, stands at the end.

    Raises: Damaged where the last line is neither whole nor such a rest: the file was damaged, or written by something else.
    """
    whole = file.seek(0, os.SEEK_END) // LENGTH
    while whole and _at(file, whole - 1).endswith(b"\0"):
        whole -= 1
    if whole:
        _line(_at(file, whole - 1), whole)
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
        raise Damaged(BROKEN.format(number=number))
    at, of, purpose, channel, word, address, _ = text.split()
    return Line(bytes.fromhex(address.decode()), int(purpose), int(channel), int(at), int(of), int(word == b"yes"))


def _checksum(body: bytes) -> bytes:
    return f"{zlib.crc32(body):08x}".encode()
