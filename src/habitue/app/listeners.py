"""Who listens to what: the one table from each kind of event to the writers of the relations that it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from habitue.app.erasure.forgotten import FORGOTTEN, still_there
from habitue.consent.records import write_consents
from habitue.consent.suppression import write_suppressed
from habitue.events.model import (
    Aliased,
    ConsentGiven,
    ConsentWithdrawn,
    ConversationAnswered,
    ConversationClosed,
    ConversationOpened,
    CustomerDescribed,
    CustomersMerged,
    CustomersUnmerged,
    Event,
    GroupJoined,
    HouseholdJoined,
    HouseholdLeft,
    Occurrence,
    OrderCompleted,
    OrderRefunded,
    OrderUpdated,
    PageViewed,
    PauseAsked,
    PreferenceStated,
    ProductViewed,
    Recorded,
    StatementWithdrawn,
    StockCounted,
    TouchAnswered,
    TouchSent,
    Tracked,
)
from habitue.events.orders import OrderWriter
from habitue.events.records import Appended, append
from habitue.events.stock import write_counted
from habitue.identity.linking import write_links
from habitue.identity.records import write_described
from habitue.memory.records import write_answers, write_conversations, write_pauses, write_preferences, write_touches, write_withdrawals
from habitue.store import Truth

Listener = Callable[[Truth, Sequence[Recorded], str], None]


def _without_zone(write: Callable[[Truth, Sequence[Recorded]], None]) -> Listener:
    return lambda truth, recorded, _zone: write(truth, recorded)


def _write_orders(truth: Truth, recorded: Sequence[Recorded], zone: str) -> None:
    OrderWriter(truth, recorded, zone).write()


LISTENERS: dict[type[Event], tuple[Listener, ...]] = {
    CustomerDescribed: (_without_zone(write_described),),
    OrderCompleted: (_write_orders,),
    OrderUpdated: (_write_orders,),
    OrderRefunded: (_write_orders,),
    ProductViewed: (),
    PageViewed: (),
    Tracked: (),
    GroupJoined: (),
    Aliased: (),
    CustomersMerged: (_without_zone(write_links),),
    CustomersUnmerged: (_without_zone(write_links),),
    HouseholdJoined: (_without_zone(write_links),),
    HouseholdLeft: (_without_zone(write_links),),
    StockCounted: (_without_zone(write_counted),),
    ConsentGiven: (_without_zone(write_consents), _without_zone(write_suppressed)),
    ConsentWithdrawn: (_without_zone(write_consents), _without_zone(write_suppressed)),
    PreferenceStated: (_without_zone(write_preferences),),
    StatementWithdrawn: (_without_zone(write_withdrawals),),
    PauseAsked: (_without_zone(write_pauses),),
    ConversationOpened: (_without_zone(write_conversations),),
    ConversationAnswered: (_without_zone(write_conversations),),
    ConversationClosed: (_without_zone(write_conversations),),
    TouchSent: (_without_zone(write_touches),),
    TouchAnswered: (_without_zone(write_answers),),
}


def record(truth: Truth, occurrences: Sequence[Occurrence], zone: str, now: int) -> Appended:
    """Appends what is new and tells everyone who listens, inside the caller's transaction: all of it holds, or none.

    What is of a profile that is gone, since somebody was forgotten meanwhile, is refused.
    Units: `zone` is that of shops seen for the first time; `now` is the receipt of a changed order, in UTC seconds.
    """
    are_there = still_there(truth, occurrences)
    appended = append(truth, [what for what, is_there in zip(occurrences, are_there, strict=True) if is_there], now)
    appended.refused += [(what, FORGOTTEN) for what, is_there in zip(occurrences, are_there, strict=True) if not is_there]
    by_type: dict[type[Event], list[Recorded]] = defaultdict(list)
    for recorded in appended.recorded:
        by_type[type(recorded.what.event)].append(recorded)
    for kind, listeners in LISTENERS.items():
        for listener in listeners if kind in by_type else ():
            listener(truth, by_type[kind], zone)
    return appended
