"""What the log refused, seen once more: a message that a client sends again after a lost answer is no news; anything else is shown to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from habitue.events.model import AnyEvent, Occurrence, OrderRefunded, OrderUpdated, event_of
from habitue.events.records import Told, told_before
from habitue.identity.records import whose
from habitue.store import Truth

AGAIN_WITHIN_SECONDS = 86_400
"""A client that tries again says anew when it sends, so that the instant of one message comes out differently by what its way took; not by a day."""
REFUSED = "The same id, “{}”, came before from this source with another content. Nothing of this is written; each message needs an id of its own."


def unlike_before(truth: Truth, refused: Sequence[Occurrence]) -> list[Occurrence]:
    """Those that are not simply the earlier message told again: another's, on another day, or of something else."""
    if not refused:
        return []
    before = told_before(truth, refused)
    owners = {profile: who.customer_id for profile, who in whose(truth, {what.profile_id for what in refused} | {told.profile_id for told in before}).items()}
    return [what for what, told in zip(refused, before, strict=True) if not _is_same(what, told, owners)]


def _is_same(what: Occurrence, told: Told, owners: Mapping[int, int]) -> bool:
    is_hers = owners.get(what.profile_id, what.profile_id) == owners.get(told.profile_id, told.profile_id)
    return is_hers and abs(what.at - told.at) < AGAIN_WITHIN_SECONDS and _without_instants(what.event) == _without_instants(event_of(told.body))


def _without_instants(event: AnyEvent) -> AnyEvent:
    """An order's own instants come out differently, too."""
    return msgspec.structs.replace(event, sold_at=0, told_at=0) if isinstance(event, OrderUpdated | OrderRefunded) else event
