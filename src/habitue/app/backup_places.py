"""The folders that hold backups of a house: which there are, and the keys in them of somebody who was forgotten, destroyed.

A folder is known by the claim in its file of keys, wherever it is found: only the house whose truth has that claim makes or destroys keys there. So what
lies in a folder is never taken for what lay there, and a house that was restored elsewhere, and one that it was restored from, never share keys.

An erasure is kept in the truth first, then destroys her keys in each folder that the truth knows. A backup makes its folder known in the truth first; then,
holding the lock of the keys, it takes its snapshot and makes keys for profiles that have none; then it lets go. So, of an erasure and a backup at once:
a snapshot that has her was taken before the erasure was kept, and then her key is in the file, or will be, before the erasure looks there, and is zeroed;
a backup that finds her zeroed record took its snapshot after the erasure was kept, and has no row of hers. The common key is read under the lock and kept
in memory for the whole backup, so that rows from before an erasure are never closed with the key from after it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from habitue.consent.suppression_file import add_lines
from habitue.consent.suppression_file import lines as suppressed_lines
from habitue.identity.tombstones import FILE as FORGOTTEN
from habitue.store import Truth, sql_text
from habitue.store.backup_file import Reader
from habitue.store.backup_keys import CLAIM_BYTES, Keys, check_of
from habitue.store.backup_keys import FILE as KEYS
from habitue.store.house_key import fsync_folder, house_key
from habitue.store.scrubbing import PLACE_AWAY, PLACE_TAKEN
from habitue.words.errors import BadInput, Refused, StoreError, Unknown

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
NOT_KNOWN = "This house knows of no backups in {folder}."
IS_THERE = "{folder} is there with its keys, and can be ended: leave --lost away."
IS_AWAY = "The keys of {folder} cannot be reached, and live on where they are. To forget that folder all the same: --lost"


class Place(NamedTuple):
    """A folder of backups by its claim, the file of its keys, and the profiles whose keys are still to be destroyed. One that is lost is not looked for."""

    claim: str
    folder: Path
    keys: Path
    owed: list[int]
    is_lost: bool = False


def places(truth: Truth) -> list[Place]:
    """Every folder that the house knows of."""
    rows = truth.run(sql_text("app", "backup_places"))
    return [Place(claim, Path(folder), Path(keys), msgspec.json.decode(owed, type=list[int]), bool(is_lost)) for claim, folder, keys, owed, is_lost in rows]


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
            _put(truth, place)
        keys.destroy(place.owed)
        _owe(truth, place, paid=place.owed)
    except BaseException:
        keys.close()
        raise
    return keys


def take_over_restored(truth: Truth, keys: Keys, folder: Path, file: Path) -> None:
    """The house that came back has the keys that brought it, wherever they lie; whoever is destroyed in them is owed to every other folder.

    Inside the transaction of the restore, and last in it.
    """
    gone, before = keys.destroyed(), keys.claim
    for place in places(truth):
        _put(truth, place._replace(owed=sorted({*place.owed, *gone})))
    _put(truth, _taken_over(truth, keys, folder, file))
    _drop(truth, before)


def forget_places(truth: Truth) -> None:
    """A house that is only tried out knows of no backups. Inside a transaction."""
    for place in places(truth):
        _drop(truth, place.claim)


def end_place(truth: Truth, folder: Path, is_lost: bool, is_sure: bool) -> bool:
    """Destroys all keys of a folder, for good; or, where it is lost, looks for it no more. Gives whether it was done: not without being sure.

    Raises: Unknown where the house knows no such folder; Refused where it is lost without being said so, or said so and there.
    """
    folder = folder.resolve()
    for place in places(truth):
        if place.folder != folder or place.is_lost:
            continue
        try:
            keys = _its_keys(truth, place)
        except (StoreError, Refused) as gone:
            if not is_lost:
                raise Refused(IS_AWAY.format(folder=folder)) from gone
            with truth.transaction():
                _put(truth, place._replace(is_lost=True))
            return True
        with closing(keys):
            if is_lost:
                raise Refused(IS_THERE.format(folder=folder))
            if is_sure:
                keys.destroy_all()
                with truth.transaction():
                    _drop(truth, place.claim)
            return is_sure
    raise Unknown(NOT_KNOWN.format(folder=folder))


def destroy_keys(truth: Truth, data: Path, profiles: Iterable[int]) -> tuple[int, list[str]]:
    """Destroys the keys of these profiles, and whatever is owed, in every folder; gives how many lived, and what is left (`scrubbing.LEFT`).

    After the erasure was kept, and outside of a transaction. What could not be done is owed, and done when this is called again.
    """
    destroyed, left, numbers = 0, set(), sorted({number for number in profiles if number > 0})
    for place in places(truth):
        if place.is_lost:
            _owe(truth, place, more=numbers)
            continue
        wanted = [*place.owed, *numbers]
        try:
            with closing(_its_keys(truth, place)) as keys:
                destroyed += keys.destroy(wanted)
            for beside in dict.fromkeys((place.keys.parent, place.folder)):
                carry_over(data, beside, check_of(house_key(data)))
            _owe(truth, place, paid=wanted)
        except (StoreError, OSError, Refused) as wrong:
            _owe(truth, place, more=numbers)
            if wanted:
                left.add(PLACE_TAKEN if isinstance(wrong, Refused) else PLACE_AWAY)
    return destroyed, sorted(left)


def carry_over(source: Path, target: Path, house: str) -> None:
    """Brings who was forgotten in this house (by the check of its key), and who is not to be written to, from one folder into another; nothing is taken away.

    Raises: StoreError or OSError where the disk says no, or either folder is not there.
    """
    if not source.is_dir() or not target.is_dir():
        raise FileNotFoundError(2, f"{source if target.is_dir() else target} is not there")
    known = set(_lines(target / FORGOTTEN))
    if lacking := [line for line in _lines(source / FORGOTTEN) if line not in known and f'"check":"{house}"'.encode() in line]:
        with (target / FORGOTTEN).open("ab") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(b"".join(b"\n" + line + b"\n" for line in lacking))
            file.flush()
            os.fsync(file.fileno())
        fsync_folder(target)
    kept = set(suppressed_lines(target))
    add_lines(target, [line for line in suppressed_lines(source) if line not in kept])


def _let_in(truth: Truth, keys: Keys, folder: Path, file: Path) -> Place:
    """The folder as the truth knows it, wherever it lies by now; a new one where no key was given there yet. Raises: Refused."""
    known = _by_claim(truth, keys.claim)
    if known is None and keys.last:
        raise Refused(NOT_OURS.format(file=file))
    if known is None and any(house != keys.owner for house in _houses_in(folder)):
        raise Refused(OTHER_BACKUPS.format(folder=folder))
    if known and known.keys != file and known.keys.exists():
        with closing(Keys.read(known.keys)) as other:
            if other.claim == keys.claim and not known.keys.samefile(file):
                raise Refused(COPIED.format(file=file, other=known.keys))
    return Place(keys.claim, folder, file, known.owed if known else [])


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
                _drop(truth, place.claim)
    truth.run(sql_text("app", "raise_profile_counter"), (keys.last,))
    keys.take(claim)
    return Place(claim, folder, file, sorted(owed))


def _its_keys(truth: Truth, place: Place) -> Keys:
    """The keys of a folder, locked. Raises: StoreError where others lie there, or none, as where its disk is away; Refused where they were taken over."""
    try:
        keys = Keys.locked(place.keys)
    except StoreError as gone:
        raise StoreError(KEYS_ARE_GONE.format(place=place.folder, folder=place.keys.parent)) from gone
    if keys.claim == place.claim:
        return keys
    is_ours = keys.owner == check_of(house_key(truth.folder)) and _by_claim(truth, keys.claim) is None
    keys.close()
    raise Refused(NOT_OURS.format(file=place.keys)) if is_ours else StoreError(KEYS_ARE_GONE.format(place=place.folder, folder=place.keys.parent))


def _houses_in(folder: Path) -> Iterator[str]:
    """Whose backups lie in a folder, by the check of the house's key."""
    for path in folder.glob("*.backup"):
        with suppress(BadInput):
            yield Reader(path).head.house


def _by_claim(truth: Truth, claim: str) -> Place | None:
    return next((place for place in places(truth) if place.claim == claim), None)


def _put(truth: Truth, place: Place) -> None:
    owed = msgspec.json.encode(place.owed).decode()
    truth.run(sql_text("app", "put_backup_place"), (place.claim, str(place.folder), str(place.keys), owed, int(place.is_lost)))


def _drop(truth: Truth, claim: str) -> None:
    truth.run(sql_text("app", "drop_backup_place"), (claim,))


def _owe(truth: Truth, place: Place, paid: Iterable[int] = (), more: Iterable[int] = ()) -> None:
    with truth.transaction():
        truth.next_seq(0)  # waits for whoever is writing
        now = _by_claim(truth, place.claim)
        if now and now.owed != (owed := sorted({*now.owed, *more} - set(paid))):
            _put(truth, now._replace(owed=owed))


def _lines(file: Path) -> list[bytes]:
    return [line for line in file.read_bytes().split(b"\n") if line] if file.exists() else []
