"""A disk whose power can be cut: what SQLite wrote and synced is recorded, and what a cut at any step could have left is made of it.

A disk keeps what was synced. Of what was written since, it may keep nothing, everything, any part in any order, or torn sectors and rubbish; a file
that was deleted may be there again.
Source: SQLite, "Atomic Commit In SQLite", section 2 (what it assumes of a disk), and "Powersafe Overwrite".
"""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import apsw

SECTOR_BYTES = 512
NEW_NAMES = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL
Mode = Literal["lost", "kept", "reordered", "torn"]
MODES: tuple[Mode, ...] = ("lost", "kept", "reordered", "torn")
Kind = Literal["create", "write", "truncate", "delete", "sync", "sync folder", "put", "acknowledged"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, in order: to a file (where, what), or to a request (its number in `at`)."""

    kind: Kind
    name: str = ""
    at: int = 0
    what: bytes = b""


class Recorder(apsw.VFS):
    """SQLite's own file system, which writes down every step in one folder; it is the default while the block lasts.

    It syncs nothing, only says so: it is quick, and what it recorded is the truth.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.steps, self.turn = str(folder.absolute()), list[Step](), threading.RLock()
        super().__init__("recorder", "unix", makedefault=True)

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_what: object) -> None:
        self.unregister()

    def note(self, kind: Kind, name: str = "", at: int = 0, what: bytes = b"") -> None:
        """Writes one step down."""
        with self.turn:
            self.steps.append(Step(kind, Path(name).name, at, what))

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's names
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if not path or not path.startswith(self.folder):
            return apsw.VFSFile("unix", name, flags)
        with self.turn:
            if not Path(path).exists():
                self.note("create", path)
            return RecordedFile(self, path, name, flags)

    def xDelete(self, name: str, must_sync: bool) -> None:  # noqa: N802
        with self.turn:
            super().xDelete(name, False)
            self.note("delete", name)
            if must_sync:
                self.note("sync folder")


class RecordedFile(apsw.VFSFile):
    """One file of the recorder's."""

    def __init__(self, recorder: Recorder, path: str, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self.recorder, self.path = recorder, path
        self.is_new_name = bool(flags[0] & NEW_NAMES and flags[0] & apsw.SQLITE_OPEN_CREATE)
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        with self.recorder.turn:
            super().xWrite(data, offset)
            self.recorder.note("write", self.path, offset, bytes(data))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        with self.recorder.turn:
            super().xTruncate(size)
            self.recorder.note("truncate", self.path, size)

    def xSync(self, _flags: int) -> None:  # noqa: N802
        """As SQLite does on Unix: the first sync of a journal or a log syncs its folder as well."""
        self.recorder.note("sync", self.path)
        if self.is_new_name:
            self.recorder.note("sync folder")
            self.is_new_name = False


@dataclass
class Disk:
    """What a disk is sure to hold after some steps, and what it may hold besides."""

    sure: dict[str, bytearray] = field(default_factory=dict)
    open: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))

    def take(self, step: Step) -> None:
        """One step more."""
        if step.kind == "sync":
            self._settle(step.name, self.open.pop(step.name, []))
        elif step.kind == "sync folder":
            for name in list(self.open):
                self._settle_name(name)
        elif step.name:
            self.open[step.name].append(step)

    def _settle(self, name: str, steps: Sequence[Step]) -> None:
        content = _after(self.sure.get(name), steps)
        if content is None:
            self.sure.pop(name, None)
        else:
            self.sure[name] = content

    def _settle_name(self, name: str) -> None:
        """That a file is gone, or there, is sure; what is in it is not."""
        steps = self.open.pop(name)
        gone = next((place for place in reversed(range(len(steps))) if steps[place].kind == "delete"), -1)
        if gone >= 0:
            self.sure.pop(name, None)
        rest = steps[gone + 1 :]
        if any(step.kind == "create" for step in rest):
            self.sure.setdefault(name, bytearray())
        if rest := [step for step in rest if step.kind != "create"]:
            self.open[name] = rest

    def cut(self, mode: Mode, chance: random.Random) -> dict[str, bytes]:
        """The files as a cut now could leave them."""
        files = {}
        for name in self.sure.keys() | self.open.keys():
            before, steps = self.sure.get(name), self.open.get(name, [])
            content = _after(None if before is None else bytearray(before), _survivors(steps, mode, chance))
            if content is not None:
                files[name] = bytes(content)
        return files


def _survivors(steps: Sequence[Step], mode: Mode, chance: random.Random) -> Iterator[Step]:
    """Which steps reached the disk. A delete that did not hides whatever was done to the next file of that name."""
    if mode == "lost":
        return
    if mode == "kept":
        yield from steps
        return
    for step in steps:
        is_kept = chance.random() < 0.5
        if step.kind == "delete" and not is_kept:
            return
        if is_kept and step.kind == "write" and mode == "torn":
            yield from _torn(step, chance)
        elif is_kept:
            yield step


def _torn(step: Step, chance: random.Random) -> Iterator[Step]:
    """A write by its sectors: each is there, or not, or rubbish."""
    at, end = step.at, step.at + len(step.what)
    while at < end:
        until = min(end, at - at % SECTOR_BYTES + SECTOR_BYTES)
        part, fate = step.what[at - step.at : until - step.at], chance.choice(("kept", "lost", "rubbish"))
        if fate != "lost":
            yield Step("write", step.name, at, part if fate == "kept" else chance.randbytes(len(part)))
        at = until


def _after(content: bytearray | None, steps: Iterable[Step]) -> bytearray | None:
    """A file after some steps; nothing where it is gone."""
    for step in steps:
        if step.kind == "delete":
            content = None
            continue
        content = bytearray() if content is None else content
        end = step.at + len(step.what)
        if step.kind == "write":
            content.extend(bytes(max(0, end - len(content))))
            content[step.at : end] = step.what
        elif step.kind == "truncate":
            del content[step.at :]
            content.extend(bytes(step.at - len(content)))
    return content
