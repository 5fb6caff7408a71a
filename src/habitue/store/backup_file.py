"""The file of a backup: a head, then frames, each under the key of whose rows it holds; the last says that nothing is missing.

A line of magic; the head (MessagePack, its length before it: 4 bytes); frames (likewise): what kind, whose, a nonce, and AES-256-GCM of zlib of MessagePack.
A frame's place, kind and owners, and the number of the file, are authenticated with it, so that none can be moved. Owners are the numbers of profiles;
none for the house's own, 0 for what may be anybody's. The last frame has the counts, and SHA-256 over all bytes before it.
Source: NIST SP 800-38D (GCM; random nonces of 96 bits, under 2^32 frames a key).
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from habitue.words.errors import BadInput, StoreError

MAGIC, VERSION = b"Habitue backup ", b"1\n"
OPENING, ROWS, CLOSING = 0, 1, 2
HOUSE: tuple[int, ...] = ()
COMMON: tuple[int, ...] = (0,)
LEVEL = 3
FRAME_BYTES, LARGEST_BYTES = 8_000_000, 64_000_000
"""What a frame is cut at, where it has several rows; and what no frame is larger than, before it is made small."""
NONCE_BYTES, LENGTH_BYTES = 12, 4
CUT = "{file} is cut short or damaged; nothing was changed. Take another backup."
Owners = tuple[int, ...]
Rows = dict[str, list[tuple[Any, ...]]]
"""By relation: rows, their values in the order of the columns that the opening names."""
NOT_OURS = (msgspec.MsgspecError, ValueError)
T = TypeVar("T")


class Head(msgspec.Struct, frozen=True, array_like=True):
    """What is read without a key. Units: `made_at` in UTC seconds. `migrations` are those that the tables had seen; the rest are checks of keys."""

    number: bytes
    made_at: int
    migrations: list[str]
    keys: str
    common: str
    house: str


class Opening(msgspec.Struct, frozen=True):
    """The columns of each relation, and the files beside the truth: by place in the house's folder, their mode and their content."""

    columns: dict[str, list[str]]
    files: dict[str, tuple[int, bytes]]


class Closing(msgspec.Struct, frozen=True):
    """How many rows of each relation are in it, and the digest of all before."""

    rows: dict[str, int]
    digest: bytes


class Frame(NamedTuple):
    """One frame, closed. `digest` is of all bytes before it."""

    place: int
    kind: int
    owners: Owners
    nonce: bytes
    sealed: bytes
    digest: bytes


class Writer:
    """Writes a backup, frame by frame."""

    def __init__(self, file: BinaryIO, head: Head) -> None:
        self._file, self._head, self._place, self._digest = file, head, 0, hashlib.sha256()
        self._write(MAGIC + VERSION)
        self._long(msgspec.msgpack.encode(head))

    def put(self, kind: int, owners: Owners, key: bytes, content: object) -> None:
        """Adds what can be read with this key alone. Raises: StoreError where it is too large."""
        self._put(kind, owners, key, msgspec.msgpack.encode(content))

    def put_rows(self, owners: Owners, key: bytes, rows: Rows) -> None:
        """Adds rows, in so many frames that none is large."""
        content, names = msgspec.msgpack.encode(rows), [name for name in rows if rows[name]]
        if len(content) <= FRAME_BYTES or sum(len(rows[name]) for name in names) == 1:
            self._put(ROWS, owners, key, content)
        elif len(names) > 1:
            for name in names:
                self.put_rows(owners, key, {name: rows[name]})
        else:
            [name], half = names, len(rows[names[0]]) // 2
            for part in (rows[name][:half], rows[name][half:]):
                self.put_rows(owners, key, {name: part})

    def _put(self, kind: int, owners: Owners, key: bytes, content: bytes) -> None:
        if len(content) > LARGEST_BYTES:
            raise StoreError(f"One row, or the files beside the truth, are larger than {LARGEST_BYTES:,} bytes; no backup can hold that.")
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, zlib.compress(content, LEVEL), _bound(self._head, self._place, kind, owners))
        self._long(msgspec.msgpack.encode((kind, owners, nonce, sealed)))
        self._place += 1

    def close(self, key: bytes, rows: dict[str, int]) -> None:
        """Adds the last frame."""
        self.put(CLOSING, HOUSE, key, Closing(rows, self._digest.digest()))

    def _long(self, content: bytes) -> None:
        self._write(len(content).to_bytes(LENGTH_BYTES) + content)

    def _write(self, content: bytes) -> None:
        self._digest.update(content)
        self._file.write(content)


class Reader:
    """A backup as it lies in a file, which is read from its beginning as often as anybody asks. `bytes_read` counts what its frames held.

    Raises: BadInput where it is no backup, is of a newer Habitué, or is cut short.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.bytes_read = path, 0
        with self._open() as file:
            self._to_head(file)

    def frames(self) -> Iterator[Frame]:
        """Every frame, closed, in its order."""
        with self._open() as file:
            digest = hashlib.sha256()
            digest.update(self._to_head(file))
            place, size = 0, self.path.stat().st_size
            while file.tell() < size:
                content = self._long(file)
                try:
                    kind, owners, nonce, sealed = msgspec.msgpack.decode(content, type=tuple[int, tuple[int, ...], bytes, bytes])
                except NOT_OURS as wrong:
                    raise self._cut() from wrong
                yield Frame(place, kind, owners, nonce, sealed, digest.digest())
                digest.update(len(content).to_bytes(LENGTH_BYTES) + content)
                place += 1

    def read(self, frame: Frame, key: bytes, what: type[T]) -> T:
        """What a frame holds, with its key.

        Raises: BadInput where it was not closed with this key, or was changed.
        """
        try:
            plain = AESGCM(key).decrypt(frame.nonce, frame.sealed, _bound(self.head, frame.place, frame.kind, frame.owners))
            unpacking = zlib.decompressobj()
            content = unpacking.decompress(plain, LARGEST_BYTES)
            if not unpacking.eof:
                raise self._cut()
            self.bytes_read += len(content)
            return msgspec.msgpack.decode(content, type=what)
        except (InvalidTag, zlib.error, *NOT_OURS) as wrong:
            raise self._cut() from wrong

    def whole(self, key: bytes) -> Closing:
        """The last frame, after all before it was looked at; `key` is the house's. Raises: BadInput where anything is missing or changed."""
        last = None
        for last in self.frames():  # noqa: B007
            pass
        if last is None or last.kind != CLOSING:
            raise self._cut()
        closing = self.read(last, key, Closing)
        if closing.digest != last.digest:
            raise self._cut()
        return closing

    def _open(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except OSError as wrong:
            raise BadInput(f"{self.path} cannot be read: {wrong.strerror}.") from wrong

    def _to_head(self, file: BinaryIO) -> bytes:
        magic = file.read(len(MAGIC) + len(VERSION))
        if not magic.startswith(MAGIC):
            raise BadInput(f"{self.path} is no backup of Habitué.")
        if not magic.endswith(VERSION):
            raise BadInput(newer(self.path))
        content = self._long(file)
        try:
            self.head = msgspec.msgpack.decode(content, type=Head)
        except NOT_OURS as wrong:
            raise self._cut() from wrong
        return magic + len(content).to_bytes(LENGTH_BYTES) + content

    def _long(self, file: BinaryIO) -> bytes:
        length = int.from_bytes(file.read(LENGTH_BYTES))
        if not 0 < length <= self.path.stat().st_size - file.tell():
            raise self._cut()
        return file.read(length)

    def _cut(self) -> BadInput:
        return BadInput(CUT.format(file=self.path))


def newer(path: Path) -> str:
    """What is said of a backup that this Habitué cannot know."""
    return f"{path} was made by a newer Habitué than this one; bring Habitué up to date, then restore it."


def _bound(head: Head, place: int, kind: int, owners: Owners) -> bytes:
    return msgspec.msgpack.encode((head.number, place, kind, owners))
