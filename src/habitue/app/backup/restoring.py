"""Bringing a backup back into a house that is still empty (`habitue restore`): also how a house moves from one database, or one machine, to another.

All rows come in one transaction, in tables as they were when the backup was made, which are then brought up to date: what is broken off leaves an empty house,
and the same again works. What nobody has the key of any more is passed over. Then the house is opened as always: whoever was forgotten since is
forgotten in it, and whoever left since is on the list.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from habitue.app.backup.erasures import destroy_keys
from habitue.app.backup.places import forget_places, take_over_restored
from habitue.app.backup.relations import LEFT_OUT
from habitue.app.backup.restoring_files import bring_files, is_house_s
from habitue.app.backup.restoring_rows import UNKNOWN, Loading
from habitue.app.opening import open_up
from habitue.app.post.gate import keep_closed_until
from habitue.channels.letters import doubt_all_touches
from habitue.consent.suppression import bring_level
from habitue.identity.linking import regroup
from habitue.identity.tombstones import Tombstones
from habitue.store import Settings, Truth, clock_of, load_settings, open_truth, sql_text
from habitue.store.backup_file import COMMON, ROWS, Opening, Reader, newer
from habitue.store.backup_keys import FILE as KEYS
from habitue.store.backup_keys import NEVER, Keys, check_of
from habitue.store.house_key import FILE as HOUSE_KEY
from habitue.store.house_key import VARIABLE, house_key
from habitue.store.log import note
from habitue.store.migrate import every_migration, lay_anew, migrate_on
from habitue.store.projection import Progress, silent
from habitue.store.schema import columns_after, our_tables
from habitue.words.clock import SystemClock, local_day_and_hour
from habitue.words.errors import BadInput, HabitueError, Refused, StoreError

MOST_SINCE = 10_000
"""No shop has so many newcomers between two backups."""
NOT_EMPTY = "There is somebody in {house} already. Restore into a house that is empty: another folder (--data), and another database."
OTHER_HOUSE = "{file} is a backup of another house: its key (house.key, or HABITUE_KEY) is not this one's. Restore it into a folder of its own (--data)."
OTHER_KEYS = "{keys} are not the keys of {file}; name the folder in which they lie: --keys FOLDER"

OLDER_KEYS = (
    "{keys} is older than this backup: {number} people in it cannot be read. Look for the newest file of keys; nothing was changed. "
    "Is there no other, bring the rest back: --part"
)

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
            bring_files(settings, opening, {file.parent.resolve(), keys_file.parent}, head.house)
            _keep_closed(msgspec.structs.replace(load_settings(settings.data), truth=settings.truth))
            for _ in Tombstones(truth, settings.data).graves():  # of another house: better now than when all is back
                pass
            shutil.rmtree(settings.projection_folder, ignore_errors=True)
            loading = Loading(truth, reader, keys, opening)
            with truth.transaction():
                truth.next_seq(0)  # waits for whoever is writing
                _must_be_empty(truth, settings)
                lay_anew(truth, our_tables(), head.migrations)
                loading.load(sum(expected.values()), tell)
                migrate_on(truth)
                _put_right(truth, keys)
                doubt_all_touches(truth)
                if is_rehearsal:
                    forget_places(truth)
                else:
                    take_over_restored(truth, keys, file.parent.resolve(), keys_file)
    try:
        customers = _open(settings, loading)
    except (HabitueError, OSError) as wrong:
        raise StoreError(BACK_BUT.format(house=settings.data, wrong=wrong)) from wrong
    return Restored(customers, loading.rows, len(loading.forgotten), len(loading.unread), loading.is_all_common, loading.mended)


def _keep_closed(settings: Settings) -> None:
    """What the house said today may have left already: nothing leaves of its own accord before tomorrow, and before a person opens the gate."""
    keep_closed_until(settings, local_day_and_hour(clock_of(settings).instant(), settings.zone)[0])


def _open(settings: Settings, loading: Loading) -> int:
    """Opens the house that came back, as it is always opened; gives how many customers there are."""
    after = msgspec.structs.replace(load_settings(settings.data), truth=settings.truth)
    with closing(open_truth(after)) as truth:  # reaches every folder that the house knows: no other house has it any more, and who was forgotten comes from it
        destroy_keys(truth, settings.data, ())
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
    strange = [name for name in opening.files if not is_house_s(name)]
    strange += [name for name, names in opening.columns.items() if name not in tables or not set(names) <= set(tables[name])]
    if strange:
        raise BadInput(UNKNOWN.format(file=file, what=strange[0]))


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


def _put_right(truth: Truth, keys: Keys) -> None:
    """What her going leaves askew: a customer who bore her number gets another, and no number of a profile is given again, for its key may be gone.

    Nor is one that somebody had who came after the backup, for her ways out say it; nor one of a letter: after the backup others may have left, and what is
    answered to them, or pressed in them, must reach nobody else's. How many is not known; nobody sends a thousand letters a second.
    """
    truth.run(sql_text("app", "raise_profile_counter"), (keys.last + MOST_SINCE,))
    truth.run(sql_text("app", "raise_letter_counter"), (SystemClock().instant() * 1_000,))
    lone = [number for (number,) in truth.run(sql_text("app", "headless_profiles"))]
    if lone:
        regroup(truth, lone, truth.next_seq())
