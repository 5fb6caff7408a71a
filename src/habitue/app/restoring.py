"""Bringing a backup back into a house that is still empty (`habitue restore`): also how a house moves from one database, or one machine, to another.

All rows come in one transaction, in tables as they were when the backup was made, which are then brought up to date: what is broken off leaves an empty house,
and the same again works. What nobody has the key of any more is passed over. Then the house is opened as always: whoever was forgotten since is
forgotten in it, and whoever left since is on the list.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec

from habitue.app.backing_up import FILES
from habitue.app.backup_places import carry_over, forget_places, take_over_restored
from habitue.app.backup_relations import LEFT_OUT
from habitue.app.opening import open_up
from habitue.consent.suppression import bring_level
from habitue.identity.linking import regroup
from habitue.identity.tombstones import Tombstones
from habitue.store import Settings, Truth, clock_of, load_settings, open_truth, sql_text
from habitue.store.backup_file import COMMON, HOUSE, ROWS, Frame, Opening, Reader, Rows, newer
from habitue.store.backup_keys import DESTROYED, NEVER, Keys, check_of
from habitue.store.backup_keys import FILE as KEYS
from habitue.store.house_key import FILE as HOUSE_KEY
from habitue.store.house_key import VARIABLE, fsync_folder, house_key
from habitue.store.log import note
from habitue.store.migrate import every_migration, lay_anew, migrate_on
from habitue.store.projection import Progress, silent
from habitue.store.schema import columns_after, our_tables
from habitue.store.settings import FILE as SETTINGS
from habitue.words.errors import BadInput, HabitueError, Refused, SettingsError, StoreError

ROWS_A_STATEMENT, WAITING_BYTES = 5_000, 32_000_000
NOT_EMPTY = "There is somebody in {house} already. Restore into a house that is empty: another folder (--data), and another database."
OTHER_HOUSE = "{file} is a backup of another house: its key (house.key, or HABITUE_KEY) is not this one's. Restore it into a folder of its own (--data)."
OTHER_KEYS = "{keys} are not the keys of {file}; name the folder in which they lie: --keys FOLDER"

OLDER_KEYS = (
    "{keys} is older than this backup: {number} people in it cannot be read. Look for the newest file of keys; nothing was changed. "
    "Is there no other, bring the rest back: --part"
)

UNKNOWN = "{file} brings what no backup of Habitué has ({what}); nothing was changed."
BACK_BUT = "Everything is back in {house}, but it could not be opened yet: {wrong} Put that right; the next command that opens the house goes on from there."


@dataclass(frozen=True)
class Restored:
    """What came back. `forgotten` counts profiles whose keys are destroyed, `unread` those whose keys are damaged, missing or others than they were;
    `is_all_common` is false where rows of nobody's own went with them. `mended` counts rows whose texts held zero bytes.
    """

    customers: int
    rows: int
    forgotten: int
    unread: int
    is_all_common: bool
    mended: int


def restore(
    settings: Settings,
    file: Path,
    keys_folder: Path | None = None,
    tell: Progress = silent,
    is_rehearsal: bool = False,
    is_part: bool = False,
) -> Restored:
    """Brings a backup into the empty house of these settings, which has its folder from then on; a rehearsal changes nothing there, and knows of no backups.

    Raises: BadInput where it is no whole backup that this Habitué knows; Refused where the house is not empty, or another's, or the keys are, or they are
    older than the backup and a part is not enough; StoreError where a disk or the database says no, or the keys are not there.
    """
    reader, keys_file = Reader(file), (keys_folder or file.parent).resolve() / KEYS
    head = reader.head
    if set(head.migrations) - every_migration().keys():
        raise Refused(newer(file))
    with closing(Keys.read(keys_file) if is_rehearsal else Keys.locked(keys_file)) as keys:
        if keys.check != head.keys:
            raise Refused(OTHER_KEYS.format(keys=keys_file, file=file))
        _same_house(settings.data, file, head.house)
        expected = reader.whole(keys.house).rows
        if not is_part and (unknown := _unknown(reader, keys)):
            raise Refused(OLDER_KEYS.format(keys=keys_file, number=unknown))
        opening = reader.read(next(reader.frames()), keys.house, Opening)
        _must_be_known(file, opening, head.migrations)
        with closing(open_truth(settings)) as truth:
            _must_be_empty(truth, settings)
            _bring_files(settings, opening, {file.parent.resolve(), keys_file.parent}, head.house)
            for _ in Tombstones(truth, settings.data).graves():  # of another house: better now than when all is back
                pass
            shutil.rmtree(settings.projection_folder, ignore_errors=True)
            loading = _Loading(truth, reader, keys, opening)
            with truth.transaction():
                truth.next_seq(0)  # waits for whoever is writing
                _must_be_empty(truth, settings)
                lay_anew(truth, our_tables(), head.migrations)
                loading.load(sum(expected.values()), tell)
                migrate_on(truth)
                _put_right(truth, keys)
                if is_rehearsal:
                    forget_places(truth)
                else:
                    take_over_restored(truth, keys, file.parent.resolve(), keys_file)
    try:
        customers = _open(settings, loading)
    except (HabitueError, OSError) as wrong:
        raise StoreError(BACK_BUT.format(house=settings.data, wrong=wrong)) from wrong
    return Restored(customers, loading.rows, len(loading.forgotten), len(loading.unread), loading.is_all_common, loading.mended)


def _open(settings: Settings, loading: _Loading) -> int:
    """Opens the house that came back, as it is always opened; gives how many customers there are."""
    after = msgspec.structs.replace(load_settings(settings.data), truth=settings.truth)
    with closing(open_up(after)) as truth:
        with truth.transaction():
            truth.next_seq(0)
            bring_level(truth)
        customers = int(truth.run(sql_text("app", "count_customers"))[0][0])
    note(settings.data, "restored", clock_of(after), rows=loading.rows, customers=customers, forgotten=len(loading.forgotten))
    return customers


def _must_be_known(file: Path, opening: Opening, migrations: Collection[str]) -> None:
    """Refuses whatever a backup would write that is no file of a house, and no column of its tables."""
    tables = {name: names for name, names in columns_after(migrations).items() if name not in LEFT_OUT}
    strange = [name for name in opening.files if not _is_house_s(name)]
    strange += [name for name, names in opening.columns.items() if name not in tables or not set(names) <= set(tables[name])]
    if strange:
        raise BadInput(UNKNOWN.format(file=file, what=strange[0]))


def _is_house_s(name: str) -> bool:
    """Whether a place in a house's folder is that of a file which a backup keeps."""
    parts = name.split("/")
    patterns = [pattern.split("/") for pattern in (*FILES, HOUSE_KEY)]
    is_plain = name.isprintable() and not {"", ".", ".."} & set(parts)
    return is_plain and any(len(each) == len(parts) and all(map(fnmatchcase, parts, each)) for each in patterns)


class _Loading:
    """The rows of a backup on their way into the truth; inside a transaction."""

    def __init__(self, truth: Truth, reader: Reader, keys: Keys, opening: Opening) -> None:
        self.truth, self.reader, self.keys, self.opening = truth, reader, keys, opening
        self.forgotten: set[int] = set()
        self.unread: set[int] = set()
        self.is_all_common = check_of(keys.common) == reader.head.common
        self.rows = self.mended = 0
        self._waiting: dict[str, list[tuple[Any, ...]]] = defaultdict(list)

    def load(self, expected: int, tell: Progress) -> None:
        for relation in self.opening.columns:
            self.truth.run(f"DELETE FROM {relation}")  # what migrations put there
        written = self.reader.bytes_read
        for part in self._parts():
            for relation, rows in part.items():
                if any(len(row) != len(self.opening.columns.get(relation, ())) for row in rows):
                    raise BadInput(UNKNOWN.format(file=self.reader.path, what=relation))
                self._waiting[relation] += rows
                if len(self._waiting[relation]) >= ROWS_A_STATEMENT:
                    self._write(relation)
            if self.reader.bytes_read - written > WAITING_BYTES:
                written = self.reader.bytes_read
                for relation in list(self._waiting):
                    self._write(relation)
            tell("restore", self.rows, expected)
        for relation in list(self._waiting):
            self._write(relation)

    def _parts(self) -> Iterator[Rows]:
        for frame in self.reader.frames():
            if frame.kind != ROWS:
                continue
            if frame.owners == HOUSE:
                yield self.reader.read(frame, self.keys.house, Rows)
            elif frame.owners == COMMON:
                if self.is_all_common:
                    yield self.reader.read(frame, self.keys.common, Rows)
            else:
                yield from self._hers(frame)

    def _hers(self, frame: Frame) -> Iterator[Rows]:
        """Somebody's rows, where they can be read; one frame that cannot is no reason to bring nobody back."""
        key = self.keys.of_all(frame.owners)
        if key is DESTROYED:
            self.forgotten |= {number for number in frame.owners if self.keys.of(number) is DESTROYED}
        try:
            rows = self.reader.read(frame, key, Rows) if key else None
        except BadInput:
            rows = None
        if rows:
            yield rows
        elif key is not DESTROYED:
            self.unread |= {number for number in frame.owners if not self.keys.of(number) or len(frame.owners) == 1}

    def _write(self, relation: str) -> None:
        rows = self._waiting.pop(relation)
        self.truth.fill(relation, self.opening.columns[relation], self._mended(rows))
        self.rows += len(rows)

    def _mended(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows with a mark for each zero byte in their texts: PostgreSQL keeps none, and a house on SQLite may have some from an older Habitué."""
        for place, row in enumerate(rows):
            for value in row:
                if value.__class__ is str and "\0" in value:
                    rows[place] = tuple(each.replace("\0", "␀") if isinstance(each, str) else each for each in row)
                    self.mended += 1
                    break
        return rows


def _unknown(reader: Reader, keys: Keys) -> int:
    """How many people are in a backup who never had a key in this file."""
    return len({number for frame in reader.frames() if frame.kind == ROWS and frame.owners != COMMON for number in frame.owners if keys.of(number) is NEVER})


def _same_house(data: Path, file: Path, check: str) -> None:
    """Refuses where the house has a key already that is another."""
    if ((data / HOUSE_KEY).exists() or os.environ.get(VARIABLE)) and check_of(house_key(data)) != check:
        raise Refused(OTHER_HOUSE.format(file=file))


def _must_be_empty(truth: Truth, settings: Settings) -> None:
    for relation in ("profile", "event", "arrival"):
        if truth.run(f"SELECT 1 FROM {relation} LIMIT 1"):
            raise Refused(NOT_EMPTY.format(house=settings.data if settings.truth == "sqlite" else f"{settings.data} (or its database)"))


def _bring_files(settings: Settings, opening: Opening, beside: Iterable[Path], house: str) -> None:
    """The files of the house, but those that are there already; of its settings, those that are not said here; and who was forgotten, and who left."""
    data = settings.data
    try:
        data.mkdir(parents=True, exist_ok=True)
        for name, (mode, content) in opening.files.items():
            if name == SETTINGS:
                content = _settings(data / name, content)
            elif (data / name).exists() or (name == HOUSE_KEY and os.environ.get(VARIABLE)):
                continue
            _write_whole(data / name, mode & 0o700 | 0o600, content)
        for folder in beside:
            carry_over(folder, data, house)
    except OSError as wrong:
        raise StoreError(f"The files of the house cannot be written to {data}: {wrong.strerror}. Make room, then do the same again.") from wrong


def _settings(file: Path, kept: bytes) -> bytes:
    """The settings that are said here, then those of the backup; where the truth lies is only ever said here."""
    here = file.read_text(encoding="utf-8") if file.exists() else ""
    try:
        said, brought = tomllib.loads(here), tomllib.loads(kept.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise SettingsError(f"{file} cannot be read as TOML: {broken}.") from broken
    more = [f"{name} = {msgspec.json.encode(value).decode()}\n" for name, value in brought.items() if name not in (*said, "truth")]
    return (here + ("\n" if here and not here.endswith("\n") else "") + "".join(more)).encode()


def _write_whole(path: Path, mode: int, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    fsync_folder(path.parent)


def _put_right(truth: Truth, keys: Keys) -> None:
    """What her going leaves askew: a customer who bore her number gets another, and no number of a profile is given again, for its key may be gone."""
    truth.run(sql_text("app", "raise_profile_counter"), (keys.last,))
    lone = [number for (number,) in truth.run(sql_text("app", "headless_profiles"))]
    if lone:
        regroup(truth, lone, truth.next_seq())
