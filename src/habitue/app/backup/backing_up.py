"""Backing a house up: one file with all that the truth holds as of one moment, each person's rows under a key of her own (`habitue backup`).

What races with an erasure, and why it leaves nothing of her, is said in `places`.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

from habitue.app.backup.carrying_over import carry_over
from habitue.app.backup.places import locked_place, places
from habitue.app.backup.relations import Everything
from habitue.app.erasure.forgetting import forget_again
from habitue.consent.suppression import bring_level
from habitue.content.letter_images import kept as kept_images
from habitue.store import Settings, Truth
from habitue.store.backup_file import COMMON, HOUSE, OPENING, Head, Opening, Owners, Reader, Writer
from habitue.store.backup_keys import DESTROYED, Keys, check_of
from habitue.store.house_key import FILE as HOUSE_KEY
from habitue.store.house_key import fsync_folder, house_key
from habitue.store.log import note
from habitue.store.projection import Progress, silent
from habitue.store.schema import our_tables
from habitue.words.clock import Clock, zone
from habitue.words.errors import BadInput, Refused, StoreError, Unknown

BOOK_IMAGES = "book/letters/images/*"
FILES = ("habitue.toml", "retention.toml", "opendsr.*", "dkim.toml", "book/*", "book/letters/*", BOOK_IMAGES, "mappings/*", "notices/*", "shops/*")
"""What a house needs beside its truth; its key comes by itself."""
NAME = re.compile(r"habitue-\d{4}-\d\d-\d\d-\d{4}(?:-(\d+))?\.backup")
UNFINISHED = ".unfinished"


@dataclass(frozen=True)
class BackedUp:
    """What a backup is: its file, how many profiles and rows are in it, its size, how many older ones went, and how many keys were torn and made anew."""

    file: Path
    profiles: int
    rows: int
    size_bytes: int
    dropped: int
    renewed: int


def back_up(
    truth: Truth,
    settings: Settings,
    clock: Clock,
    folder: Path,
    keys_folder: Path | None = None,
    keep: int = 0,
    tell: Progress = silent,
    is_taken_over: bool = False,
) -> BackedUp:
    """Writes a backup of the house into a folder; of older ones there, the newest `keep` in all stay (0: all).

    Raises: Unknown where there is nobody yet; Refused as `locked_place`; StoreError where a disk says no, or the keys are gone.
    """
    if not truth.run("SELECT profile_id FROM profile LIMIT 1"):
        raise Unknown(f"Nobody is known in {settings.data} yet; there is nothing to back up.")
    try:
        with closing(_place_of(truth, settings, clock, folder, keys_folder, is_taken_over)) as keys, truth.snapshot(is_patient=True):
            every = Everything(truth, our_tables())
            profiles = _make_keys(every, keys)
            common, house = keys.common, keys.house
            keys.release()
            key = house_key(settings.data)
            migrations = sorted(name for (name,) in truth.run("SELECT name FROM migration"))
            head = Head(secrets.token_bytes(16), clock.instant(), migrations, check_of(house), check_of(common), check_of(key))
            folder.mkdir(parents=True, exist_ok=True)
            _drop_unfinished(folder)
            with _whole_file(folder, _stamp(clock, settings)) as (file, path):
                writer = Writer(file, head)
                writer.put(OPENING, HOUSE, house, Opening(every.columns, _files(settings.data, key)))
                rows = _write_rows(every, writer, keys, {HOUSE: house, COMMON: common}, profiles, tell)
                writer.close(house, rows)
    except OSError as wrong:
        raise StoreError(f"The backup in {folder} could not be written: {wrong.strerror}. Nothing of it was kept; make room, then try again.") from wrong
    done = BackedUp(path, profiles, rows.total(), path.stat().st_size, 0, keys.renewed)
    try:
        fsync_folder(folder)
        for beside in {folder.resolve(), keys.file.parent}:
            carry_over(settings.data, beside, head.house)
        done = replace(done, dropped=_drop_older(path, head.house, keep))
    except (OSError, StoreError) as wrong:
        said = f"{wrong.strerror} ({wrong.filename})" if isinstance(wrong, OSError) else str(wrong)
        raise StoreError(f"{path} is written, and whole. What was to be done after it was not: {said}") from wrong
    note(settings.data, "backed_up", clock, profiles=done.profiles, rows=done.rows, bytes=done.size_bytes)
    return done


def _place_of(truth: Truth, settings: Settings, clock: Clock, folder: Path, keys_folder: Path | None, is_taken_over: bool) -> Keys:
    """The keys of a folder, locked. Of one that is taken over: whoever is forgotten there, or not to be written to, is so here first."""
    known = {place.claim for place in places(truth)}
    keys = locked_place(truth, folder, keys_folder, is_taken_over)
    try:
        check = check_of(house_key(settings.data))
        besides = set() if keys.claim in known else {folder.resolve(), keys.file.parent}
        came = [carry_over(beside, settings.data, check) for beside in besides if beside.is_dir()]
        if not any(came):
            return keys
    except BaseException:
        keys.close()
        raise
    keys.close()  # an erasure locks them itself
    forget_again(truth, settings, clock)
    with truth.transaction():
        truth.next_seq(0)
        bring_level(truth)
    return locked_place(truth, folder, keys_folder)


def _make_keys(every: Everything, keys: Keys) -> int:
    """Makes a key for each profile of the snapshot that has none; gives how many profiles there are. Nothing is written before all are on the disk."""
    how_many = 0
    for numbers in every.profiles():
        if gone := keys.make(numbers):
            raise Refused(
                f"Profile {gone[0]} was forgotten, and its number given again: this truth was set back otherwise than by `habitue restore`. "
                "Back it up into a new folder."
            )
        how_many += len(numbers)
    keys.keep()
    return how_many


def _write_rows(every: Everything, writer: Writer, keys: Keys, own: dict[Owners, bytes], profiles: int, tell: Progress) -> Counter[str]:
    """Writes every row under the key of whose it is. Those of somebody who is being forgotten this moment are left out."""
    written: Counter[str] = Counter(dict.fromkeys(every.columns, 0))
    left_out: Counter[str] = Counter()
    done = 0
    for owners, part in every.parts():
        if owners and owners[0] <= 0:
            owners = COMMON  # hers, and of somebody whom nobody knows
        key = own.get(owners) or keys.of_all(owners)
        lines = Counter({relation: len(rows) for relation, rows in part.items() if rows})
        if key is DESTROYED:
            left_out += lines
        elif lines:
            writer.put_rows(owners if key else COMMON, key or own[COMMON], part)
            written.update(lines)
        done += lines["profile"]
        tell("backup", done, profiles)
    missing = {name for name, lines in every.counts().items() if lines != written[name] + left_out[name]}
    if missing:
        raise StoreError(f"Not every row of {', '.join(sorted(missing))} came into the backup; nothing of it was kept. Please tell us.")
    return written


def _files(data: Path, key: bytes) -> dict[str, tuple[int, bytes]]:
    """The files of a house, by their places, with their modes."""
    found = {path for pattern in FILES if pattern != BOOK_IMAGES for path in data.glob(pattern) if path.is_file()} | {*kept_images(data / "book")}
    kept = {str(path.relative_to(data)): (path.stat().st_mode & 0o777, path.read_bytes()) for path in sorted(found)}
    return kept | {HOUSE_KEY: (0o600, key.hex().encode() + b"\n")}


def _stamp(clock: Clock, settings: Settings) -> str:
    return f"habitue-{datetime.fromtimestamp(clock.instant(), zone(settings.zone)):%Y-%m-%d-%H%M}"


@contextmanager
def _whole_file(folder: Path, stamp: str) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file that has its name only once it is whole and on the disk. Whoever makes it waits for the folder."""
    for number in count(1):
        path = folder / (f"{stamp}-{number}.backup" if number > 1 else f"{stamp}.backup")
        fresh = folder / f".{path.name}{UNFINISHED}"
        if path.exists():
            continue
        try:
            descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            break
        except FileExistsError:
            continue
    try:
        with os.fdopen(descriptor, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file, path
            file.flush()
            os.fsync(file.fileno())
            fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _drop_unfinished(folder: Path) -> None:
    """Takes away what a run that was ended left half; one that still runs holds its file."""
    for path in folder.glob(f".habitue-*{UNFINISHED}"):
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            path.unlink(missing_ok=True)


def _drop_older(newest: Path, house: str, keep: int) -> int:
    """Takes away all backups of this house but so many: the one just made, and those made last; gives how many went. Another house's are left alone."""
    ours: list[tuple[int, int, Path]] = []
    for path in newest.parent.iterdir() if keep else ():
        if path != newest and (named := NAME.fullmatch(path.name)):
            with suppress(BadInput):
                head = Reader(path).head
                if head.house == house:
                    ours.append((head.made_at, int(named[1] or 1), path))
    older = sorted(ours, reverse=True)[keep - 1 :] if keep else []
    for *_, path in older:
        path.unlink()
    return len(older)
