"""The folders that hold backups of a house: which there are, and whose.

A folder is known by the claim in its file of keys, wherever it is found: only the house whose truth has that claim makes or destroys keys there. So what
lies in a folder is never taken for what lay there, and a house that was restored elsewhere, and one that it was restored from, never share keys.

An erasure is kept in the truth first, then destroys her keys in each folder that the truth knows. A backup makes its folder known in the truth first; then,
holding the lock of the keys, it takes its snapshot and makes keys for profiles that have none; then it lets go. So, of an erasure and a backup at once:
a snapshot that has her was taken before the erasure was kept, and then her key is in the file, or will be, before the erasure looks there, and is zeroed;
a backup that finds her zeroed record took its snapshot after the erasure was kept, and has no row of hers. The common key is read under the lock and kept
in memory for the whole backup, so that rows from before an erasure are never closed with the key from after it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from habitue.store import Truth, sql_text
from habitue.store.backup_file import Reader
from habitue.store.backup_keys import CLAIM_BYTES, Keys, check_of
from habitue.store.backup_keys import FILE as KEYS
from habitue.store.house_key import house_key
from habitue.words.errors import BadInput, Refused, StoreError

ELSEWHERE = "The keys of {place} lie in {folder}, and not there; leave --keys away."
OTHER_HOUSE = "{file} are the keys of another house; name another folder."
OTHER_BACKUPS = "In {folder} lie backups of another house; name another folder."
KEYS_ARE_GONE = (
    "The keys of the backups in {place} are not in {folder}. Is its disk there? If they are gone for good, "
    "`habitue backup {place} --end --lost`, delete its backups, and begin in a new folder."
)
NOT_OURS = (
    "{file} belongs to a house that was restored from these backups, or was ended here. Back up into a new folder; or, where this is the house that lives on, "
    "take it over: --take-over"
)
COPIED = (
    "{file} is a copy of {other}, which is never to be copied. Delete the one of them that you do not need; or give this one a life of its own: --take-over"
)


class Place(NamedTuple):
    """A folder of backups by its claim, the file of its keys, and the profiles whose keys are still to be destroyed. One that is lost is not looked for; one
    that is shared was also known to the house that this one was restored from, and is taken over as soon as it is reached.
    """

    claim: str
    folder: Path
    keys: Path
    owed: list[int]
    is_lost: bool = False
    is_shared: bool = False


def places(truth: Truth) -> list[Place]:
    """Every folder that the house knows of."""
    rows = truth.run(sql_text("app", "backup_places"))
    return [Place(claim, Path(folder), Path(keys), msgspec.json.decode(owed, type=list[int]), *map(bool, has)) for claim, folder, keys, owed, *has in rows]


def locked_place(truth: Truth, folder: Path, keys_folder: Path | None, is_taken_over: bool = False) -> Keys:
    """The keys of a folder, locked, after the truth knows it, and what was owed there is done. A folder that nobody knows yet gets keys.

    Raises: Refused where its keys lie elsewhere, or are another house's or nobody's here, unless they are taken over; StoreError where they cannot be reached.
    """
    folder, house = folder.resolve(), check_of(house_key(truth.folder))
    known = next((place for place in places(truth) if place.folder == folder and not place.is_lost), None)
    file = keys_folder.resolve() / KEYS if keys_folder else known.keys if known else folder / KEYS
    if known and not file.exists():
        if file != known.keys and known.keys.exists():
            raise Refused(ELSEWHERE.format(place=folder, folder=known.keys.parent))
        raise StoreError(KEYS_ARE_GONE.format(place=folder, folder=file.parent))
    keys = Keys.locked(file, house)
    try:
        if keys.owner != house:
            raise Refused(OTHER_HOUSE.format(file=file))
        with truth.transaction():
            truth.next_seq(0)  # waits for whoever is writing
            place = _taken_over(truth, keys, folder, file) if is_taken_over else _let_in(truth, keys, folder, file)
            put_place(truth, place)
        keys.destroy(place.owed)
        owe(truth, place, paid=place.owed)
    except BaseException:
        keys.close()
        raise
    return keys


def take_over_restored(truth: Truth, keys: Keys, folder: Path, file: Path) -> None:
    """The house that came back has the keys that brought it, wherever they lie; whoever is destroyed in them is owed to every other folder.

    Those may be another house's still, the one from which this backup is: each is this house's as soon as it is reached, and no other's.
    Inside the transaction of the restore, and last in it.
    """
    gone, before = keys.destroyed(), keys.claim
    for place in places(truth):
        put_place(truth, place._replace(owed=sorted({*place.owed, *gone}), is_shared=True))
    put_place(truth, _taken_over(truth, keys, folder, file))
    drop_place(truth, before)


def forget_places(truth: Truth) -> None:
    """A house that is only tried out knows of no backups. Inside a transaction."""
    for place in places(truth):
        drop_place(truth, place.claim)


def _let_in(truth: Truth, keys: Keys, folder: Path, file: Path) -> Place:
    """The folder as the truth knows it, wherever it lies by now; a new one where no key was given there yet. Raises: Refused."""
    known = place_of(truth, keys.claim)
    if known is None and keys.last:
        raise Refused(NOT_OURS.format(file=file))
    if known is None and any(house != keys.owner for house in _houses_in(folder)):
        raise Refused(OTHER_BACKUPS.format(folder=folder))
    if known and known.keys != file and known.keys.exists():
        with closing(Keys.read(known.keys)) as other:
            if other.claim == keys.claim and not known.keys.samefile(file):
                raise Refused(COPIED.format(file=file, other=known.keys))
    if known and known.is_shared:
        return take_over_shared(truth, keys, known._replace(folder=folder, keys=file))
    return Place(keys.claim, folder, file, known.owed if known else [])


def take_over_shared(truth: Truth, keys: Keys, place: Place) -> Place:
    """A folder that two houses know becomes this one's; the other is told so when it comes there. Inside a transaction; `keys` are locked."""
    taken = _taken_over(truth, keys, place.folder, place.keys)
    drop_place(truth, place.claim)
    put_place(truth, taken)
    return taken


def _taken_over(truth: Truth, keys: Keys, folder: Path, file: Path) -> Place:
    """The folder as this house's from now on; whoever is destroyed in any keys that it can reach, or owed to any folder, is owed to it."""
    owed, claim = set[int](), secrets.token_hex(CLAIM_BYTES)
    for place in places(truth):
        owed |= {*place.owed}
        try:
            with closing(Keys.read(place.keys)) as others:
                owed |= {*others.destroyed()} if others.claim == place.claim else set()
        except StoreError:
            continue
        finally:
            if place.keys == file or (place.claim == keys.claim and not place.keys.exists()):
                drop_place(truth, place.claim)
    truth.run(sql_text("app", "raise_profile_counter"), (keys.last,))
    keys.take(claim)
    return Place(claim, folder, file, sorted(owed))


def _houses_in(folder: Path) -> Iterator[str]:
    """Whose backups lie in a folder, by the check of the house's key."""
    for path in folder.glob("*.backup"):
        with suppress(BadInput):
            yield Reader(path).head.house


def place_of(truth: Truth, claim: str) -> Place | None:
    """The folder that the house knows by this claim."""
    return next((place for place in places(truth) if place.claim == claim), None)


def put_place(truth: Truth, place: Place) -> None:
    """Keeps what the truth knows of a folder. Inside a transaction."""
    owed = msgspec.json.encode(place.owed).decode()
    truth.run(sql_text("app", "put_backup_place"), (place.claim, str(place.folder), str(place.keys), owed, int(place.is_lost), int(place.is_shared)))


def drop_place(truth: Truth, claim: str) -> None:
    """The house knows a folder no more. Inside a transaction."""
    truth.run(sql_text("app", "drop_backup_place"), (claim,))


def owe(truth: Truth, place: Place, paid: Iterable[int] = (), more: Iterable[int] = ()) -> None:
    """Profiles whose keys in a folder are destroyed by now, and more that are still to be. Outside of a transaction."""
    with truth.transaction():
        truth.next_seq(0)  # waits for whoever is writing
        now = place_of(truth, place.claim)
        if now and now.owed != (owed := sorted({*now.owed, *more} - set(paid))):
            put_place(truth, now._replace(owed=owed))
