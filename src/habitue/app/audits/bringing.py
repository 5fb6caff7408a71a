"""What somebody brings for an audit: files that arrive piece by piece and go straight to disk, within limits, under harmless names.

Nothing of a file is held in memory. A file that is too large, or of no kind that can be read, is dropped while the others still arrive.
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO

import msgspec

from habitue.app.audits.job import FILES, KINDS, MAPPING_KIND, BroughtFile, TurnedAway, Why, path_of
from habitue.words.errors import StoreError

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".jsonl", ".ndjson")
MAPPING_BYTES = 1 << 18
LONGEST_STEM, LONGEST_SHOWN, LONGEST_SUFFIX = 60, 120, 10
FREE_BYTES = 1 << 30  # what stays free on the disk, for the report and for everybody else
HARMLESS = frozenset(" ._-()")


@dataclass(frozen=True)
class Allowance:
    """How much may be brought, and how long what was made is kept."""

    file_bytes: int = 2 << 30
    total_bytes: int = 4 << 30
    unfinished: int = 5
    kept_days: int = 30
    waiting_days: int = 1


ALLOWANCE = Allowance()


def harmless_name(shown: str, kind: str, taken: Collection[str] = ()) -> str:
    """A name to lie under: letters, figures and a few signs of the one that is shown, which tells some layouts; never twice the same."""
    suffix = PurePath(shown).suffix
    stem = unicodedata.normalize("NFC", shown.removesuffix(suffix))
    plain = "".join(sign if sign.isalnum() or sign in HARMLESS else "_" for sign in stem)[:LONGEST_STEM].strip(" .-_") or kind
    name, number = plain, 2
    while name + suffix.lower() in taken:
        name, number = f"{plain}-{number}", number + 1
    return name + suffix.lower()


def shown_name(sent: str) -> str:
    """The name as a page may show it: without folders and signs that steer, and not too long; its suffix stays."""
    base = "".join(sign for sign in sent.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    if len(base) <= LONGEST_SHOWN:
        return base
    suffix = PurePath(base).suffix[:LONGEST_SUFFIX]
    return f"{base[: LONGEST_SHOWN - len(suffix) - 1]}…{suffix}"


@dataclass
class Bringing:
    """Files on their way into one folder. `kept` are there already; one that comes anew for the same kind takes its place."""

    id: str
    folder: Path
    allowance: Allowance
    kept: tuple[BroughtFile, ...] = ()
    is_new: bool = False
    fresh: dict[str, BroughtFile] = field(default_factory=dict)
    turned_away: list[TurnedAway] = field(default_factory=list)
    _open: tuple[BroughtFile, BinaryIO] | None = None

    @property
    def total_bytes(self) -> int:
        """What lies there, with what has arrived of the file on its way."""
        return sum(file.size_bytes for file in (*self.kept, *self.fresh.values())) + (self._open[1].tell() if self._open else 0)

    def open(self, kind: str, sent_name: str) -> None:
        """Begins a file. One that may not come is written down as turned away, and its pieces go nowhere."""
        self.close()
        shown = shown_name(sent_name)
        suffix = PurePath(shown).suffix.lower()
        if suffix not in ((".toml",) if kind == MAPPING_KIND else SUFFIXES):
            self.turned_away.append(TurnedAway(shown, "suffix"))
            return
        if kind not in (*KINDS, MAPPING_KIND) or kind in self.fresh:
            self.turned_away.append(TurnedAway(shown, "kind"))
            return
        taken = {file.name for file in (*self.kept, *self.fresh.values())}
        try:
            file = BroughtFile(kind, shown, harmless_name(shown, kind, taken), self._next_number(), 0)
            self._open = file, os.fdopen(os.open(path_of(self.folder, file), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        except OSError as wrong:
            raise _no_room(wrong) from wrong

    def write(self, piece: bytes) -> None:
        """Adds a piece to the file that is open. Raises: StoreError where the disk is full."""
        if self._open is None:
            return
        file, out = self._open
        most = MAPPING_BYTES if file.kind == MAPPING_KIND else self.allowance.file_bytes
        why: Why | None = "size" if out.tell() + len(piece) > most else "room" if self.total_bytes + len(piece) > self.allowance.total_bytes else None
        if why:
            self.turned_away.append(TurnedAway(file.shown, why))
            self._drop()
            return
        try:
            out.write(piece)
        except OSError as wrong:
            raise _no_room(wrong) from wrong

    def close(self) -> None:
        """Ends the file that is open, if any."""
        if self._open is not None:
            file, out = self._open
            size, self._open = out.tell(), None
            try:
                out.close()
            except OSError as wrong:
                raise _no_room(wrong) from wrong
            self.fresh[file.kind] = msgspec.structs.replace(file, size_bytes=size)

    def put(self, kinds: Mapping[int, str]) -> tuple[BroughtFile, ...]:
        """What lies there now: what came anew, and what was kept, by the kind that the reader gave each since (none: it is left out).

        Two kept files of one kind would each hide the other: the second is turned away.
        """
        self.close()
        found = dict(self.fresh)
        for file in self.kept:
            kind = kinds.get(file.number, file.kind)
            if kind in (*KINDS, MAPPING_KIND) and kind not in found:
                found[kind] = msgspec.structs.replace(file, kind=kind)
                continue
            if kind and kind not in self.fresh:
                self.turned_away.append(TurnedAway(file.shown, "kind"))
            shutil.rmtree(path_of(self.folder, file).parent, ignore_errors=True)
        return tuple(found.values())

    def leave(self) -> None:
        """Takes away what came anew; what was kept stays, and where nothing was, the folder goes."""
        if self._open is not None:
            self._drop()
        for file in self.fresh.values():
            shutil.rmtree(path_of(self.folder, file).parent, ignore_errors=True)
        self.fresh.clear()
        if self.is_new:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _next_number(self) -> int:
        """The number of a folder that did not exist and does now, whoever else brings something at the same time."""
        number = 1
        while True:
            try:
                (self.folder / FILES / str(number)).mkdir(mode=0o700)
            except FileExistsError:
                number += 1
            else:
                return number

    def _drop(self) -> None:
        if self._open is not None:
            file, out = self._open
            self._open = None
            out.close()
            shutil.rmtree(path_of(self.folder, file).parent, ignore_errors=True)


def check_room(folder: Path, coming_bytes: int) -> None:
    """Raises: StoreError where the disk has no room for so much and a report."""
    free = shutil.disk_usage(folder).free
    if coming_bytes + FREE_BYTES > free:
        raise StoreError(f"The disk has {free / 1e9:.1f} GB left, too little for these files and their report. Make room, then bring them again.")


def begin_folder(folder: Path) -> None:
    """A folder that only this account may look into. Raises: StoreError where it cannot be made."""
    try:
        folder.mkdir(mode=0o700)
        (folder / FILES).mkdir(mode=0o700)
    except OSError as wrong:
        raise _no_room(wrong) from wrong


def _no_room(wrong: OSError) -> StoreError:
    return StoreError(f"What you bring cannot be kept: {wrong.strerror}. Nothing was lost on your side; bring the files again when there is room.")
