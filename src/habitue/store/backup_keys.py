"""The keys of a folder of backups: one for each profile, one for the house, and a common one, in a file that is changed in place.

A backup may lie anywhere for good; the file of keys is never to be copied. To forget somebody, the bytes of her key are overwritten with zeros where they
lie: whatever any backup has of her is then noise. A record that was zeroed stays, so that her key is never made again. Records have one length, a number
(8 bytes) and a key (32): first a head, then the house's, then the common one, then profile n at place n + 2.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from habitue.store.house_key import fsync_folder, keyed_hash
from habitue.words.errors import StoreError

FILE = "keys"
KEY_BYTES = 32
LENGTH = 8 + KEY_BYTES
HEAD = b"Habitue keys of backups, version 1\n".ljust(LENGTH, b"\0")
HOUSE, COMMON, FIRST = 1, 2, 2
DESTROYED = b""
NO_KEY = bytes(KEY_BYTES)


class Keys:
    """The keys in an open file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @property
    def house(self) -> bytes:
        """The key of what is nobody's own. It is never destroyed."""
        return self._record(HOUSE)[1]

    @property
    def common(self) -> bytes:
        """The key of rows that may hold anybody's words. Every erasure makes another."""
        return self._record(COMMON)[1]

    @property
    def check(self) -> str:
        """By what this file is known, without its keys."""
        return check_of(self.house)

    def of(self, number: int) -> bytes | None:
        """The key of a profile; none where there never was one, `DESTROYED` where it is gone."""
        known, key = self._record(FIRST + number)
        return None if known != number else DESTROYED if key == NO_KEY else key

    def of_all(self, numbers: Iterable[int]) -> bytes | None:
        """The key of what belongs to several at once: made of all of theirs, so that it is gone with any of them. As `of`."""
        every = [self.of(number) for number in numbers]
        if DESTROYED in every:
            return DESTROYED
        known = [key for key in every if key]
        if len(known) < len(every):
            return None
        return known[0] if len(known) == 1 else HKDF(SHA256(), KEY_BYTES, None, b"habitue: rows of several").derive(b"".join(known))

    @property
    def last(self) -> int:
        """The highest number that any profile has here, with a key or without one any more."""
        return max(os.fstat(self._descriptor).st_size // LENGTH - 1 - FIRST, 0)

    def make(self, numbers: Iterable[int]) -> list[int]:
        """Makes a key for each profile that never had one; gives those whose key is destroyed, for whom none is made. `keep` makes it last."""
        gone = []
        for number in numbers:
            if (key := self.of(number)) is None:
                self._write(FIRST + number, number, secrets.token_bytes(KEY_BYTES))
            elif key == DESTROYED:
                gone.append(number)
        return gone

    def destroy(self, numbers: Iterable[int]) -> int:
        """Zeroes the keys of these profiles, and changes the common one; gives how many lived. Done when the disk has it.

        The common one goes first: as long as a key of hers lives, whoever does this again knows that there is something left to do.
        """
        living = [number for number in dict.fromkeys(numbers) if self.of(number) != DESTROYED]
        if not living:
            return 0
        had = sum(self.of(number) is not None for number in living)
        self._write(COMMON, 0, secrets.token_bytes(KEY_BYTES))
        self.keep()
        for number in living:
            self._write(FIRST + number, number, NO_KEY)
        self.keep()
        return had

    def keep(self) -> None:
        """Waits until the disk has what was written."""
        os.fsync(self._descriptor)

    def release(self) -> None:
        """Lets go of the lock; keys are still read, each as it is then."""
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Lets go of the file, and of its lock."""
        os.close(self._descriptor)

    def _begin(self, is_new: bool) -> None:
        """Writes the head and the two keys that are no profile's, where they are not there whole."""
        if is_new and os.fstat(self._descriptor).st_size < (FIRST + 1) * LENGTH:
            os.pwrite(self._descriptor, HEAD + b"".join(bytes(8) + secrets.token_bytes(KEY_BYTES) for _ in (HOUSE, COMMON)), 0)
            self.keep()
        elif os.pread(self._descriptor, LENGTH, 0) != HEAD:
            raise ValueError

    def _record(self, place: int) -> tuple[int, bytes]:
        record = os.pread(self._descriptor, LENGTH, place * LENGTH)
        return (int.from_bytes(record[:8]), record[8:]) if len(record) == LENGTH else (0, DESTROYED)

    def _write(self, place: int, number: int, key: bytes) -> None:
        record = number.to_bytes(8) + key
        if os.pwrite(self._descriptor, record, place * LENGTH) != LENGTH:
            raise OSError(28, "no room")

    @classmethod
    def locked(cls, file: Path, is_new: bool = False) -> Keys:
        """The keys in a file, which nobody else changes until they are released; with `is_new`, a file that is not there is made.

        Raises: StoreError where it is not there, is another file, or the disk says no.
        """
        with _said(file):
            if is_new:
                file.parent.mkdir(parents=True, exist_ok=True)
            keys = cls(os.open(file, os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT if is_new else 0), 0o600))
            try:
                fcntl.flock(keys._descriptor, fcntl.LOCK_EX)
                keys._begin(is_new)
                if is_new:
                    fsync_folder(file.parent)
            except BaseException:
                keys.close()
                raise
            return keys

    @classmethod
    def read(cls, file: Path) -> Keys:
        """The keys in a file, to be read only. Raises: as `locked`."""
        with _said(file):
            keys = cls(os.open(file, os.O_RDONLY | os.O_CLOEXEC))
            try:
                keys._begin(is_new=False)
            except BaseException:
                keys.close()
                raise
            return keys


def check_of(key: bytes) -> str:
    """By what a key is known, without telling it."""
    return keyed_hash(key, "check").hex()[:16]


@contextmanager
def _said(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as wrong:
        raise StoreError(f"The keys of the backups, {file}, cannot be opened: {wrong.strerror}. Where are they? --keys FOLDER") from wrong
    except ValueError as wrong:
        raise StoreError(f"{file} is no file of keys of backups.") from wrong
