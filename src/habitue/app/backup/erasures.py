"""The keys of somebody who was forgotten, destroyed in every folder of backups; or all keys of a folder, when it is ended."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from habitue.app.backup.carrying_over import carry_over
from habitue.app.backup.places import KEYS_ARE_GONE, NOT_OURS, Place, drop_place, owe, place_of, places, put_place, take_over_shared
from habitue.store import Truth
from habitue.store.backup_keys import Keys, check_of
from habitue.store.house_key import house_key
from habitue.store.scrubbing import LIST_DAMAGED, PLACE_AWAY, PLACE_TAKEN
from habitue.words.errors import Damaged, Refused, StoreError, Unknown

NOT_KNOWN = "This house knows of no backups in {folder}."
IS_THERE = "{folder} is there with its keys, and can be ended: leave --lost away."
IS_AWAY = "The keys of {folder} cannot be reached, and live on where they are. To forget that folder all the same: --lost"
log = logging.getLogger("habitue.backups")


def destroy_keys(truth: Truth, data: Path, profiles: Iterable[int]) -> tuple[int, list[str]]:
    """Destroys the keys of these profiles, and whatever is owed, in every folder; gives how many lived, and what is left (`scrubbing.LEFT`).

    After the erasure was kept, and outside of a transaction. What could not be done is owed, and done when this is called again.
    """
    destroyed, left, numbers = 0, set(), sorted({number for number in profiles if number > 0})
    for place in places(truth):
        if place.is_lost:
            owe(truth, place, more=numbers)
            continue
        wanted = [*place.owed, *numbers]
        try:
            besides = dict.fromkeys((place.keys.parent, place.folder))
            with closing(_its_keys(truth, place)) as keys:
                if place.is_shared:
                    for beside in besides:  # before her keys go: who is forgotten there is forgotten here when the house is opened next
                        carry_over(beside, data, check_of(house_key(data)))
                    with truth.transaction():
                        truth.next_seq(0)  # waits for whoever is writing
                        place = take_over_shared(truth, keys, place)
                    wanted = [*place.owed, *numbers]
                destroyed += keys.destroy(wanted)
            for beside in besides:
                carry_over(data, beside, check_of(house_key(data)))
            owe(truth, place, paid=wanted)
        except (StoreError, OSError, Refused) as wrong:
            owe(truth, place, more=numbers)
            if isinstance(wrong, Damaged):
                log.error("%s (found for the backups in %s)", wrong, place.folder)
            if wanted:
                left.add(LIST_DAMAGED if isinstance(wrong, Damaged) else PLACE_TAKEN if isinstance(wrong, Refused) else PLACE_AWAY)
    return destroyed, sorted(left)


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
                put_place(truth, place._replace(is_lost=True))
            return True
        with closing(keys):
            if is_lost:
                raise Refused(IS_THERE.format(folder=folder))
            if is_sure:
                keys.destroy_all()
                with truth.transaction():
                    drop_place(truth, place.claim)
            return is_sure
    raise Unknown(NOT_KNOWN.format(folder=folder))


def _its_keys(truth: Truth, place: Place) -> Keys:
    """The keys of a folder, locked. Raises: StoreError where others lie there, or none, as where its disk is away; Refused where they were taken over."""
    try:
        keys = Keys.locked(place.keys)
    except StoreError as gone:
        raise StoreError(KEYS_ARE_GONE.format(place=place.folder, folder=place.keys.parent)) from gone
    if keys.claim == place.claim:
        return keys
    is_ours = keys.owner == check_of(house_key(truth.folder)) and place_of(truth, keys.claim) is None
    keys.close()
    raise Refused(NOT_OURS.format(file=place.keys)) if is_ours else StoreError(KEYS_ARE_GONE.format(place=place.folder, folder=place.keys.parent))
