"""The folders that hold backups of a house: which there are, and the keys in them of somebody who was forgotten, destroyed.

An erasure is kept in the truth first, then destroys her keys in each folder that the truth knows. A backup makes its folder known in the truth first; then,
holding the lock of the keys, it takes its snapshot and makes keys for profiles that have none; then it lets go. So, of an erasure and a backup at once:
a snapshot that has her was taken before the erasure was kept, and then her key is in the file, or will be, before the erasure looks there, and is zeroed;
a backup that finds her zeroed record took its snapshot after the erasure was kept, and has no row of hers. The common key is read under the lock and kept
in memory for the whole backup, so that rows from before an erasure are never closed with the key from after it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from habitue.consent.suppression_file import add_lines
from habitue.consent.suppression_file import lines as suppressed_lines
from habitue.identity.tombstones import FILE as FORGOTTEN
from habitue.store import Truth, sql_text
from habitue.store.backup_keys import FILE as KEYS
from habitue.store.backup_keys import Keys
from habitue.store.house_key import fsync_folder
from habitue.words.errors import Refused, StoreError, Unknown

OTHER_KEYS = "The keys of {place} lie in {folder}; leave --keys away, or end that folder first (`habitue backup {place} --end`)."
KEYS_ARE_GONE = (
    "The keys of the backups in {place} are not in {folder}. Is its disk there? If they are gone for good, "
    "`habitue backup {place} --end`, delete its backups, and begin anew."
)


class Place(NamedTuple):
    """A folder of backups, the file of its keys and by what that is known, and the profiles whose keys are still to be destroyed."""

    folder: Path
    keys: Path
    check: str
    owed: list[int]


def places(truth: Truth) -> list[Place]:
    """Every folder that the house knows of."""
    rows = truth.run(sql_text("app", "backup_places"))
    return [Place(Path(place), Path(keys), check, msgspec.json.decode(owed, type=list[int])) for place, keys, check, owed in rows]


def locked_place(truth: Truth, folder: Path, keys_folder: Path | None) -> Keys:
    """The keys of a folder, locked, after the truth knows it. A folder that it does not know yet gets keys.

    Raises: Refused where its keys lie elsewhere; StoreError where they cannot be reached, or are others than they were.
    """
    folder, wanted = folder.absolute(), (keys_folder.absolute() / KEYS if keys_folder else None)
    known = next((place for place in places(truth) if place.folder == folder), None)
    if known is None:
        file = wanted or folder / KEYS
        with closing(Keys.locked(file, is_new=True)) as keys:
            check = keys.check
        with truth.transaction():
            truth.run(sql_text("app", "add_backup_place"), (str(folder), str(file), check))
        known = Place(folder, file, check, [])
    elif wanted not in (None, known.keys):
        raise Refused(OTHER_KEYS.format(place=folder, folder=known.keys.parent))
    return _its_keys(known)


def end_place(truth: Truth, folder: Path) -> None:
    """Forgets a folder of backups, whose keys nobody destroys from now on.

    Raises: Unknown where the house knows no such folder.
    """
    with truth.transaction():
        if not truth.run(sql_text("app", "drop_backup_place"), (str(folder.absolute()),)):
            raise Unknown(f"This house knows of no backups in {folder}.")


def destroy_keys(truth: Truth, data: Path, profiles: Iterable[int]) -> tuple[int, bool]:
    """Destroys the keys of these profiles, and whatever is owed, in every folder; gives how many lived, and whether a folder could not be reached.

    After the erasure was kept, and outside of a transaction. What could not be done is owed, and done when this is called again.
    """
    destroyed, is_left, numbers = 0, False, sorted({number for number in profiles if number > 0})
    for place in places(truth):
        try:
            with closing(_its_keys(place)) as keys:
                destroyed += keys.destroy([*place.owed, *numbers])
            if place.folder.is_dir():
                carry_over(data, place.folder)
            _owe(truth, place, paid=[*place.owed, *numbers])
        except (StoreError, OSError):
            is_left = True
            _owe(truth, place, more=numbers)
    return destroyed, is_left


def is_owed(truth: Truth) -> bool:
    """Whether any folder still has a key that is to be destroyed."""
    return any(place.owed for place in places(truth))


def carry_over(source: Path, target: Path) -> None:
    """Brings who was forgotten, and who is not to be written to, from one folder into another: what lacks is added, and nothing is taken away.

    Raises: StoreError or OSError where the disk says no.
    """
    target.mkdir(parents=True, exist_ok=True)
    known = set(_lines(target / FORGOTTEN))
    if lacking := [line for line in _lines(source / FORGOTTEN) if line not in known]:
        with (target / FORGOTTEN).open("ab") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(b"".join(b"\n" + line + b"\n" for line in lacking))
            file.flush()
            os.fsync(file.fileno())
        fsync_folder(target)
    kept = set(suppressed_lines(target))
    add_lines(target, [line for line in suppressed_lines(source) if line not in kept])


def _its_keys(place: Place) -> Keys:
    """The keys of a folder, locked: those by which its backups were made, and no others that lie there, as where its disk is away."""
    try:
        keys = Keys.locked(place.keys)
    except StoreError as gone:
        raise StoreError(KEYS_ARE_GONE.format(place=place.folder, folder=place.keys.parent)) from gone
    if keys.check != place.check:
        keys.close()
        raise StoreError(KEYS_ARE_GONE.format(place=place.folder, folder=place.keys.parent))
    return keys


def _owe(truth: Truth, place: Place, paid: Iterable[int] = (), more: Iterable[int] = ()) -> None:
    with truth.transaction():
        truth.next_seq(0)  # waits for whoever is writing
        owed = next((each.owed for each in places(truth) if each.folder == place.folder), [])
        now = sorted({*owed, *more} - set(paid))
        if now != owed:
            truth.run(sql_text("app", "set_backup_owed"), (msgspec.json.encode(now).decode(), str(place.folder)))


def _lines(file: Path) -> list[bytes]:
    return [line for line in file.read_bytes().split(b"\n") if line] if file.exists() else []
