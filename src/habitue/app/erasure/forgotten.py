"""Facts of somebody who was forgotten while they were read: whoever writes them down looks once more."""

from __future__ import annotations

from collections.abc import Sequence

from habitue.events.lookup import look_up
from habitue.events.model import Occurrence
from habitue.store import Truth, sql_text

FORGOTTEN = "this tells of somebody who was forgotten here; nothing of it is kept"


def still_there(truth: Truth, occurrences: Sequence[Occurrence]) -> list[bool]:
    """Whether the profile of each is still there: somebody may have been forgotten since a file was begun. Inside the transaction that writes them."""
    if not truth.run(sql_text("identity", "any_tombstone")):
        return [True] * len(occurrences)
    profiles = {what.profile_id for what in occurrences}
    there = {row[0] for row in look_up(truth, "identity", "profiles", profiles)} | {0}
    return [what.profile_id in there for what in occurrences]
