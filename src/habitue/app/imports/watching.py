"""A folder that is watched: a file dropped there is taken in by itself, once it is complete and somebody has confirmed what such files tell.

A file is complete when it has not changed between two looks. It goes to `in-work/` while it is read, then to `done/` with its report, or to `set-aside/`
with a sentence. One that has to wait is tried again less and less often, and a sentence beside it says why. Whoever reads a file holds its lock, so that
several processes share a folder; the lock of one that was killed is free, and the file is taken up again, which doubles nothing.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from habitue.app.erasure.forgotten import FORGOTTEN
from habitue.app.imports.bringing import Brought, take_in, understand_file
from habitue.app.imports.words import report_lines, taken_away
from habitue.app.opening import open_up
from habitue.app.rounds import at_work
from habitue.events.files import KINDS_OF_FILE
from habitue.store import Settings, Truth, clock_of
from habitue.words.clock import date_of, local_day_and_hour
from habitue.words.errors import BadInput, Busy, HabitueError, StoreError

INBOX = "inbox"
IN_WORK, DONE, SET_ASIDE = "in-work", "done", "set-aside"
LOOK_EVERY_SECONDS, MOST_SECONDS = 2.0, 300.0
REPORT, WHY = ".report.txt", ".why.txt"
TAKEN_AWAY = "taken-away"
QUOTED = re.compile("“.*”")
STILL_COMING = (".part", ".partial", ".tmp", ".crdownload", ".download", ".filepart", ".new", ".lock")
SHOWN = 1_000
NOT_CONFIRMED = (
    "Nobody has confirmed what files with this heading tell. Look at it with `habitue import {name} --dry-run`, take it in with "
    "`habitue import {name}`, and from then on its like goes through by itself."
)
BROKE = "{name} broke our side ({kind}). The other files go on; drop it again after the next version, and please tell those who make Habitué."
WAITS = " waits: "
OTHERS = "other rows were set aside"
ALL_WRONG = "No row of it could be taken in."
Stamp = tuple[int, int, int]
log = logging.getLogger("habitue.watch")


class Watch:
    """One watched folder. Raises: BadInput where it is no folder."""

    def __init__(self, truth: Truth, settings: Settings, folder: Path) -> None:
        if not folder.is_dir():
            raise BadInput(f"There is no folder {folder}.")
        self.truth, self.settings, self.folder = truth, settings, folder
        self._seen: dict[str, Stamp] = {}
        self._waits: dict[str, tuple[str, int, float]] = {}

    @property
    def is_waiting(self) -> bool:
        """Whether there are files that may still be on their way."""
        return bool(self._seen)

    def look(self) -> Iterator[str]:
        """Looks once: takes in what is complete, and gives a sentence for each file that went somewhere."""
        self._drop_old_sentences()
        for path in _files(self.folder / IN_WORK):
            yield from self._take(path)
        before, self._seen = self._seen, {}
        for path in _files(self.folder):
            if path.name.startswith(".") or path.name.startswith("~$") or path.suffix.lower() in STILL_COMING or _says_why(path):
                continue
            if (stamp := _stamp(path)) is None:
                continue
            if before.get(path.name) == stamp:
                yield from self._take(path)
            else:
                self._seen[path.name] = stamp

    def _take(self, path: Path) -> Iterator[str]:
        """Takes one file, as far as it can be had; what keeps it waiting is said once: to who asks, in the log (without a name) and beside the file."""
        said, tries, again_at = self._waits.get(path.name, ("", 0, 0.0))
        if time.monotonic() < again_at:
            return
        try:
            yield from self._taken(path)
            self._waits.pop(path.name, None)
        except (StoreError, Busy, OSError) as later:  # no fault of the file
            sentence = f"{path.name}{WAITS}{later.strerror or later if isinstance(later, OSError) else later}"
            wait_seconds = min(LOOK_EVERY_SECONDS * 2 ** min(tries, 16), MOST_SECONDS)
            self._waits[path.name] = (sentence, tries + 1, time.monotonic() + wait_seconds)
            if sentence != said:
                log.error("a file of the inbox waits: %s", type(later).__name__)
                with suppress(OSError):
                    (self.folder / (path.name + WHY)).write_text(sentence + "\n", encoding="utf-8")
                yield sentence

    def _drop_old_sentences(self) -> None:
        """Of files that wait no more."""
        for path in filter(_says_why, _files(self.folder)):
            name = path.name.removesuffix(WHY)
            if not (self.folder / name).exists() and not (self.folder / IN_WORK / name).exists():
                path.unlink(missing_ok=True)

    def _taken(self, path: Path) -> Iterator[str]:
        with _held(path) as stamp:
            if stamp is None:
                return
            working = self.folder / IN_WORK / path.name
            if path != working:
                if working.exists():
                    return
                _move(path, working)
            outcome, told = self._read(working)
            if _stamp(working) != stamp:
                _move(working, _free(self.folder / path.name))  # somebody is still writing it
                return
            if FORGOTTEN in told:
                if OTHERS in told:
                    self._say_of_others(told)
                working.unlink()  # it would keep her name; what it tells of others is in the truth
                yield f"{path.name} → taken away: it tells of somebody who was forgotten here."
                return
            lying = _free(self.folder / outcome / path.name)
            _move(working, lying)
            lying.touch()  # from now on it lies here, however long ago it was written
            lying.with_name(lying.name + (REPORT if outcome == DONE else WHY)).write_text("\n".join(told) + "\n", encoding="utf-8")
            yield f"{path.name} → {outcome}: {told[0]}"

    def _say_of_others(self, told: list[str]) -> None:
        """What was said of the rows of a file that is not kept, without what stood in them: one that was not recognised may be hers, too. The file's name may
        be hers, so that the day stands for it.
        """
        lines = [taken_away(self.settings.language), *(QUOTED.sub("“…”", line) for line in told if line not in (FORGOTTEN, OTHERS))]
        today = date_of(local_day_and_hour(clock_of(self.settings).instant(), self.settings.zone)[0])
        gone = _free(self.folder / SET_ASIDE / f"{TAKEN_AWAY}-{today}")
        gone.parent.mkdir(exist_ok=True)
        gone.with_name(gone.name + WHY).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _read(self, path: Path) -> tuple[str, list[str]]:
        """Where the file goes, and what is to be said of it."""
        try:
            if path.suffix.lower() not in KINDS_OF_FILE:
                raise BadInput(f"{path.name} is of no kind that can be read; use .csv, .xlsx, .parquet or .jsonl.")
            brought = understand_file(path, self.settings)
            if brought.how != "kept":
                raise BadInput(NOT_CONFIRMED.format(name=path.name))
            return self._taken_in(brought)
        except (StoreError, Busy, OSError):
            raise
        except HabitueError as wrong:
            return SET_ASIDE, [str(wrong)]
        except Exception as wrong:  # noqa: BLE001 - one file must not keep the others waiting, whatever is in it
            log.error("a file of the inbox is set aside: %s", type(wrong).__name__)  # without its text, which may hold a name
            return SET_ASIDE, [BROKE.format(name=path.name, kind=type(wrong).__name__)]

    def _taken_in(self, brought: Brought) -> tuple[str, list[str]]:
        reports = take_in(self.truth, self.settings, brought)
        told = [line for report in reports for line in report_lines(report, self.settings.language, SHOWN)]
        reasons = {reason for report in reports for _, reason in report.rejected}
        if FORGOTTEN in reasons:
            told += [FORGOTTEN, OTHERS] if len(reasons) > 1 else [FORGOTTEN]
        is_nothing = not any(report.accepted + report.repeated for report in reports)
        return (SET_ASIDE, [ALL_WRONG, *told]) if is_nothing else (DONE, told)


@contextmanager
def watched(settings: Settings) -> Iterator[None]:
    """While this lasts, `DATA/inbox` is watched, from the moment there is such a folder."""
    with at_work("inbox", lambda ended: _watch(settings, ended)):  # an import that goes on when it ends is cut off, and taken up again next time
        yield


def _watch(settings: Settings, ended: threading.Event) -> None:
    folder, watch = settings.data / INBOX, None
    with ExitStack() as stack:
        while not ended.wait(LOOK_EVERY_SECONDS):
            try:
                if not folder.is_dir():
                    continue
                watch = watch or Watch(stack.enter_context(closing(open_up(settings))), settings, folder)
                for _sentence in watch.look():
                    pass  # the report lies beside the file; the log names no file of anybody's
            except Exception as wrong:  # noqa: BLE001 - a thread that ends takes in nothing more, and nobody hears of it
                log.error("the inbox waits: %s", type(wrong).__name__)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink()) if folder.is_dir() else []


def _says_why(path: Path) -> bool:
    """Whether it is our sentence on a file that waits."""
    if not path.name.endswith(WHY):
        return False
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.readline(1_000).startswith(path.name.removesuffix(WHY) + WAITS)
    except OSError:
        return False


def _stamp(path: Path) -> Stamp | None:
    """Which file it is, how long, and when it was written to last; none where it has gone."""
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return told.st_ino, told.st_size, told.st_mtime_ns


@contextmanager
def _held(path: Path) -> Iterator[Stamp | None]:
    """The file, while nobody else reads it; none where somebody does, or has."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield None
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        stamp = _stamp(path)
        yield stamp if stamp and stamp[0] == os.fstat(file.fileno()).st_ino else None


def _move(path: Path, to: Path) -> None:
    to.parent.mkdir(exist_ok=True)
    path.rename(to)


def _free(path: Path) -> Path:
    """A name there that neither a file has yet nor what was said of one."""
    number, free = 2, path
    while any(free.with_name(free.name + end).exists() for end in ("", REPORT, WHY)):
        free, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return free
