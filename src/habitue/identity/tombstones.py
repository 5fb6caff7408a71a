"""Whom this house has forgotten: by hash with the house's own key, so that it recognises her identifiers and nobody can read them.

The hashes lie in the truth and, once more, in `DATA/forgotten.jsonl`: a truth that is brought back from last week does not know her erasure, the file does.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from habitue.events.lookup import look_up
from habitue.identity.model import IDENTIFIER_KINDS
from habitue.identity.rules import normalised
from habitue.store import Truth, sql_text
from habitue.store.house_key import house_key, keyed_hash
from habitue.words.errors import Damaged, SettingsError, StoreError
from habitue.words.whom import Whom

FILE = "forgotten.jsonl"
CHECKSUM = re.compile(rb'(?<="checksum":")[0-9a-f]*(?=")')
WHO = ("customer", "device")
"""What is one profile's alone: by these she is found again in an older truth. An address may be somebody else's, too."""
BROKEN = (
    "Line {number} of {file} is damaged, so that somebody who was forgotten could come back. Bring the file back from a copy: one lies in every folder of "
    "backups. Is there none, take the line out: whoever stands in it stays forgotten in this database, and not in an older one."
)
Named = tuple[str, str]
"""A kind of identifier (or `order`, `touch`) and its value."""


class Grave(msgspec.Struct, frozen=True):
    """One erasure as the file keeps it. Units: `erased_at` is in UTC seconds. `check` is of the key, so that another is noticed.

    `words` are those that are sealed: a hash, and what consent keeps of each, so that a truth of before she said it has it, too. `checksum` is of the
    line's own bytes with an empty checksum (CRC-32), so that a line keeps it whatever fields there are later; one of before there was one has none.
    """

    number: str
    erased_at: int
    check: str
    who: list[str]
    others: list[str]
    words: list[tuple[str, int, int, int, int]] = []
    checksum: str = ""


class Tombstones:
    """The hashes of one house. The key is looked for only where anybody was forgotten, and made only for the first."""

    def __init__(self, truth: Truth, data: Path, country: str = "") -> None:
        self.truth, self.data, self.country = truth, data, country
        self._key = b""

    @property
    def key(self) -> bytes:
        """The house's key. Raises: as `house_key`."""
        self._key = self._key or house_key(self.data)
        return self._key

    @property
    def check(self) -> str:
        return keyed_hash(self.key, "check").hex()[:16]

    def is_any(self) -> bool:
        """Whether anybody was ever forgotten here."""
        return bool(self.truth.run(sql_text("identity", "any_tombstone")))

    def hash_of(self, kind: str, value: str) -> bytes:
        """The hash of an identifier under its one spelling."""
        return keyed_hash(self.key, "tombstone", kind, self.spelt(kind, value))

    def spelt(self, kind: str, value: str) -> str:
        """An identifier under its one spelling."""
        known = next((each for each in IDENTIFIER_KINDS if each == kind), None)
        return normalised(known, value, self.country) if known else value.strip()

    def erased_at(self, named: Iterable[Named]) -> dict[Named, int]:
        """When each of these was erased, in UTC seconds; one of nobody who was forgotten is missing."""
        hashes = {each: self.hash_of(*each) for each in set(named) if each[1]}
        found = {bytes(known): at for known, at in look_up(self.truth, "identity", "tombstones", set(hashes.values()))}
        return {each: found[known] for each, known in hashes.items() if known in found}

    def bury(self, grave: Grave) -> None:
        """Keeps the hashes in the truth; inside the transaction that erases her."""
        rows = [(bytes.fromhex(each), grave.erased_at) for each in (*grave.who, *grave.others)]
        self.truth.run_many(sql_text("identity", "add_tombstone"), rows)

    def grave_of(self, whom: Whom, more: Iterable[Named], number: str, at: int, words: Iterable[tuple[bytes, int, int, int, int]] = ()) -> Grave:
        """What is kept of her, of `more` that was hers alone (her orders, her touches), and of her sealed words."""
        who = [self.hash_of(kind, value).hex() for kind, value in whom.identifiers if kind in WHO]
        others = [self.hash_of(*each).hex() for each in (*(each for each in whom.identifiers if each[0] not in WHO), *sorted(more))]
        return Grave(number, at, self.check, sorted(set(who)), sorted(set(others)), [(word[0].hex(), *word[1:]) for word in words])

    def profiles_of(self, grave: Grave) -> list[int]:
        """The profiles that bear one of its numbers or devices; every one of the truth is tried."""
        wanted = set(grave.who)
        rows = self.truth.run(sql_text("identity", "every_identifier"))
        return sorted({profile for kind, value, profile in rows if self.hash_of(kind, value).hex() in wanted})

    def write_down(self, grave: Grave) -> None:
        """Adds an erasure to the file, durable before the truth knows it.

        Raises: StoreError where the disk says no.
        """
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.data / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                whole = msgspec.structs.replace(grave, checksum=_checksum(msgspec.json.encode(grave)))
                line = b"\n" + msgspec.json.encode(whole) + b"\n"  # begins a line of its own, whatever a power cut left half
                while line:
                    line = line[os.write(handle, line) :]
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as wrong:
            raise StoreError(f"{self.data / FILE} cannot be written ({wrong.strerror}), so nobody was forgotten; make room, then do the same again.") from wrong

    def graves(self) -> Iterator[Grave]:
        """Every erasure that the file knows.

        Raises: SettingsError where the house's key is another than that by which they were written; Damaged as `graves_in`.
        """
        for _, grave in graves_in(self.data / FILE):
            if grave.check != self.check:
                raise SettingsError("The key of this house is not the one by which people were forgotten here. Bring it back (house.key, or HABITUE_KEY).")
            yield grave


def graves_in(file: Path) -> Iterator[tuple[bytes, Grave]]:
    """Every erasure that a file knows, each with its line. A line that a power cut left half is none: its erasure was never begun.

    Raises: Damaged where another line cannot be read; who stands in it would come back.
    """
    found = [line.strip() for line in file.read_bytes().split(b"\n")] if file.exists() else [b""]
    for number, (line, after) in enumerate(zip(found, [*found[1:], b"more"], strict=True), 1):
        if not line or (b"}" not in line and after):  # half: no end of its own, and the next line begins at once
            continue
        try:
            grave = msgspec.json.decode(line, type=Grave)
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            raise Damaged(BROKEN.format(number=number, file=file)) from wrong
        if grave.checksum not in ("", _checksum(line)):
            raise Damaged(BROKEN.format(number=number, file=file))
        yield line, grave


def _checksum(line: bytes) -> str:
    return f"{zlib.crc32(CHECKSUM.sub(b'', line)):08x}"
