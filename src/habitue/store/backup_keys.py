"""The keys of a folder of backups: one for each profile, one for the house, and a common one, in a file that is changed in place.

A backup may lie anywhere for good; the file of keys is never to be copied. To forget somebody, the bytes of her key are overwritten with zeros where they
lie: whatever any backup has of her is then noise. A record that was zeroed stays, so that her key is never made again. Records have one length, a number
(8 bytes), a key (32) and the first 8 bytes of SHA-256 over both, so that what a power cut left half is told from what was destroyed: first a head, which
names the house and who may change the file (its claim), then the house's, then the common one, then profile n at place n + 2.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from habitue.store.house_key import fsync_folder, keyed_hash
from habitue.words.errors import StoreError

FILE = "keys"
NUMBER_BYTES, KEY_BYTES, CHECK_BYTES = 8, 32, 8
LENGTH = NUMBER_BYTES + KEY_BYTES + CHECK_BYTES
MAGIC = b"Habitue keys, version 1\n"
HOUSE_BYTES, CLAIM_BYTES = 8, 16
HOUSE, COMMON, FIRST = 1, 2, 2
NO_KEY = bytes(KEY_BYTES)


class Lost(Enum):
    """Why somebody has no key here: there never was one; it was destroyed; what lies there is not what was written."""

    NEVER, DESTROYED, TORN = range(3)

    def __bool__(self) -> Literal[False]:
        return False


NEVER, DESTROYED, TORN = Lost
Key = bytes | Lost


class Keys:
    """The keys in an open file. `renewed` counts those that were torn and made anew."""

    def __init__(self, descriptor: int, file: Path) -> None:
        self._descriptor, self.file = descriptor, file
        self.renewed = 0

    @property
    def owner(self) -> str:
        """The check of the house's own key, as the head has it: whose backups these keys close."""
        return self._head()[len(MAGIC) :][:HOUSE_BYTES].hex()

    @property
    def claim(self) -> str:
        """By what the house that may make and destroy keys here knows this file."""
        return self._head()[-CLAIM_BYTES:].hex()

    def take(self, claim: str) -> None:
        """Takes the file over: whoever knew it by another claim changes nothing in it from now on. Done when the disk has it."""
        os.pwrite(self._descriptor, bytes.fromhex(claim), LENGTH - CLAIM_BYTES)
        self.keep()

    @property
    def house(self) -> bytes:
        """The key of what is nobody's own. It is never destroyed."""
        return self._record(HOUSE)[NUMBER_BYTES:][:KEY_BYTES]

    @property
    def common(self) -> bytes:
        """The key of rows that may hold anybody's words. Every erasure makes another."""
        return self._record(COMMON)[NUMBER_BYTES:][:KEY_BYTES]

    @property
    def check(self) -> str:
        """By what these keys are known, without telling them."""
        return check_of(self.house)

    def of(self, number: int) -> Key:
        """The key of a profile, or why there is none."""
        record = self._record(FIRST + number)
        key = record[NUMBER_BYTES:][:KEY_BYTES]
        if not record.strip(b"\0"):
            return NEVER
        return TORN if record != _record_of(number, key) else DESTROYED if key == NO_KEY else key

    def of_all(self, numbers: Iterable[int]) -> Key:
        """The key of what belongs to several at once: made of all of theirs, so that it is gone with any of them. As `of`."""
        every = [self.of(number) for number in numbers]
        for lost in (DESTROYED, TORN, NEVER):
            if lost in every:
                return lost
        known = [key for key in every if key]
        return known[0] if len(known) == 1 else HKDF(SHA256(), KEY_BYTES, None, b"habitue: rows of several").derive(b"".join(known))

    @property
    def last(self) -> int:
        """The highest number that any profile has here, with a key or without one any more."""
        return max(-(-os.fstat(self._descriptor).st_size // LENGTH) - 1 - FIRST, 0)

    def destroyed(self) -> list[int]:
        """Every profile whose key is destroyed."""
        return [number for number in range(1, self.last + 1) if self.of(number) is DESTROYED]

    def make(self, numbers: Iterable[int]) -> list[int]:
        """Makes a key for each profile that has none; gives those whose key is destroyed, for whom none is made. `keep` makes it last."""
        gone = []
        for number in numbers:
            if (key := self.of(number)) is DESTROYED:
                gone.append(number)
            elif not key:
                self._write(FIRST + number, number, secrets.token_bytes(KEY_BYTES))
                self.renewed += key is TORN
        return gone

    def destroy(self, numbers: Iterable[int]) -> int:
        """Zeroes the keys of these profiles, and changes the common one; gives how many lived. Done when the disk has it.

        The common one goes first: as long as a key of hers lives, whoever does this again knows that there is something left to do.
        """
        living = [number for number in dict.fromkeys(numbers) if self.of(number) is not DESTROYED]
        if not living:
            return 0
        had = sum(self.of(number) is not NEVER for number in living)
        self._write(COMMON, 0, secrets.token_bytes(KEY_BYTES))
        self.keep()
        for number in living:
            self._write(FIRST + number, number, NO_KEY)
        self.keep()
        return had

    def destroy_all(self) -> None:
        """Zeroes the whole file, the house's key with it, and takes it away: no backup that was closed with it is read again."""
        for at in range(0, os.fstat(self._descriptor).st_size, LENGTH):
            os.pwrite(self._descriptor, bytes(LENGTH), at)
        self.keep()
        self.file.unlink()
        fsync_folder(self.file.parent)

    def keep(self) -> None:
        """Waits until the disk has what was written."""
        os.fsync(self._descriptor)

    def release(self) -> None:
        """Lets go of the lock; keys are still read, each as it is then."""
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Lets go of the file, and of its lock."""
        os.close(self._descriptor)

    def _begin(self, house: str) -> None:
        """Writes the head and the two keys that are no profile's, where they are not there whole."""
        if house and os.fstat(self._descriptor).st_size < (FIRST + 1) * LENGTH:
            head = MAGIC + bytes.fromhex(house) + secrets.token_bytes(CLAIM_BYTES)
            os.pwrite(self._descriptor, head + b"".join(_record_of(0, secrets.token_bytes(KEY_BYTES)) for _ in (HOUSE, COMMON)), 0)
            self.keep()
        elif not self._head().startswith(MAGIC) or self._record(HOUSE) != _record_of(0, self.house):
            raise ValueError

    def _head(self) -> bytes:
        return self._record(0)

    def _record(self, place: int) -> bytes:
        return os.pread(self._descriptor, LENGTH, place * LENGTH)

    def _write(self, place: int, number: int, key: bytes) -> None:
        if os.pwrite(self._descriptor, _record_of(number, key), place * LENGTH) != LENGTH:
            raise OSError(28, "no room")

    @classmethod
    def locked(cls, file: Path, house: str = "") -> Keys:
        """The keys in a file, which nobody else changes until they are released; with the check of a house, a file that is not there is made.

        Raises: StoreError where it is not there, is another file, or the disk says no.
        """
        with _said(file):
            if house:
                file.parent.mkdir(parents=True, exist_ok=True)
            keys = cls(os.open(file, os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT if house else 0), 0o600), file)
            try:
                fcntl.flock(keys._descriptor, fcntl.LOCK_EX)
                keys._begin(house)
                if house:
                    fsync_folder(file.parent)
            except BaseException:
                keys.close()
                raise
            return keys

    @classmethod
    def read(cls, file: Path) -> Keys:
        """The keys in a file, to be read only. Raises: as `locked`."""
        with _said(file):
            keys = cls(os.open(file, os.O_RDONLY | os.O_CLOEXEC), file)
            try:
                keys._begin("")
            except BaseException:
                keys.close()
                raise
            return keys


def _record_of(number: int, key: bytes) -> bytes:
    begun = number.to_bytes(NUMBER_BYTES) + key
    return begun + hashlib.sha256(begun).digest()[:CHECK_BYTES]


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
