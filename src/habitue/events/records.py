"""The append-only record of what happened: written once per source and message, repeated as often as anyone likes.

A message is known by 128 bits of its source and id, an order by those of its source and number, for which no message's id can be taken. The same
message again changes nothing; the same id with another body is refused and set aside, except for an order, whose source may tell it anew: that
becomes Order Updated; and for what a shop says came back of it, of which the newest state counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import msgspec

from habitue.events.lookup import look_up, numbered
from habitue.events.model import AnyEvent, Occurrence, OrderCompleted, OrderRefunded, OrderUpdated, Recorded, body_of, name_of
from habitue.store import Truth, sql_text
from habitue.words.keys import key_hash

LET_GO = bytes(16)
"""In the place of what a message said, where that was forgotten: whatever is told under its id is let go."""
ANOTHER_BODY = "the same id came before with another content; this one is set aside"


@dataclass
class Appended:
    """What became of a batch: written, known already, or set aside with a reason."""

    recorded: list[Recorded] = field(default_factory=list)
    repeated: list[Occurrence] = field(default_factory=list)
    refused: list[tuple[Occurrence, str]] = field(default_factory=list)


def source_ids(truth: Truth, names: Sequence[str]) -> dict[str, int]:
    """The number of each source, given on first sight; inside a transaction."""
    wanted = sorted(set(names))
    found = {name: number for number, name in look_up(truth, "events", "sources", wanted)}
    fresh = numbered(truth, "source", [name for name in wanted if name not in found])
    truth.run_many(sql_text("events", "add_source"), [(number, name) for name, number in fresh.items()])
    return found | fresh


def append(truth: Truth, occurrences: Sequence[Occurrence], now: int) -> Appended:
    """Writes what is new of these occurrences and says what became of each.

    Must run inside a transaction, with the listeners' writes in the same one. Taking the sequence numbers first makes writers wait
    for one another, so that two imports of one file never both find a message new.
    Units: `now` is the instant at which a changed order or a refused message is known.
    """
    if not occurrences:
        return Appended()
    first = truth.next_seq(len(occurrences))
    sources = source_ids(truth, [what.source for what in occurrences])
    keys = [_key(what) for what in occurrences]
    known: dict[bytes, bytes] = {bytes(key): bytes(body) for key, _seq, body in look_up(truth, "events", "event_keys", set(keys))}
    result, writing = Appended(), _Writing(sources, now)
    for seq, (key, what) in enumerate(zip(keys, occurrences, strict=True), first):
        body = body_of(what.event)
        digest = _content(what, body)
        if key not in known:
            writing.add(seq, key, digest, what, body)
            result.recorded.append(Recorded(seq, what))
        elif known[key] in (digest, LET_GO):
            result.repeated.append(what)
        elif isinstance(what.event, OrderCompleted) or _is_state(what.event):
            updated = replace(what, event=_updated(what.event), known_at=max(now, what.at))
            writing.change(seq, key, digest, updated)
            result.recorded.append(Recorded(seq, updated))
        else:
            writing.refuse(seq, what, body)
            result.refused.append((what, ANOTHER_BODY))
            continue
        known[key] = digest
    writing.write(truth)
    return result


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in the log under an id: of which profile, as of when (UTC seconds), and its body."""

    profile_id: int
    at: int
    body: str


def told_before(truth: Truth, occurrences: Sequence[Occurrence]) -> list[Told]:
    """What the log holds under the id of each of these, all of which it knows."""
    keys = [_key(what) for what in occurrences]
    found = {bytes(key): Told(profile, at, body) for key, profile, at, body in look_up(truth, "events", "events_told", set(keys))}
    return [found[key] for key in keys]


def keys_under(source: str, message_id: str) -> tuple[bytes, bytes]:
    """Under which keys a message of that id may be known: as an order, and as anything else."""
    return key_hash(source, "order", message_id), key_hash(source, message_id)


def _key(what: Occurrence) -> bytes:
    """A stranger chooses the ids of messages: none of them is the key of an order, which tells so in a part of its own."""
    kind = ("order",) if isinstance(what.event, OrderCompleted) else ()
    return key_hash(what.source, *kind, what.message_id)


def _content(what: Occurrence, body: bytes) -> bytes:
    """128 bits of all that a message says: to whom it happened, when, and what. An order that says when it is told is the same whenever it is told."""
    at, event = what.at, what.event
    if isinstance(event, OrderCompleted) and event.told_at:
        at, body = 0, body_of(msgspec.structs.replace(event, sold_at=0, told_at=0))
    elif isinstance(event, OrderRefunded) and event.told_at:
        body = body_of(msgspec.structs.replace(event, told_at=0))
    return blake2b(b"%d %d %b" % (what.profile_id, at, body), digest_size=16).digest()


def _is_state(event: AnyEvent) -> bool:
    """Whether it is what came back as a shop had it at some instant, and may have it otherwise later."""
    return isinstance(event, OrderRefunded) and event.told_at > 0


def _updated(event: AnyEvent) -> AnyEvent:
    return OrderUpdated(**msgspec.structs.asdict(event)) if isinstance(event, OrderCompleted) else event


class _Writing:
    """The rows of one batch, kept back until all are judged."""

    def __init__(self, sources: dict[str, int], now: int) -> None:
        self.sources, self.now = sources, now
        self.events: list[tuple[object, ...]] = []
        self.keys: list[tuple[object, ...]] = []
        self.moved: list[tuple[object, ...]] = []
        self.refused: list[tuple[object, ...]] = []

    def _event(self, seq: int, what: Occurrence, body: bytes) -> None:
        event: AnyEvent = what.event
        row = (what.profile_id, what.at, seq, self.sources[what.source], name_of(event), what.message_id, what.known_at, body.decode())
        self.events.append(row)

    def add(self, seq: int, key: bytes, digest: bytes, what: Occurrence, body: bytes) -> None:
        self._event(seq, what, body)
        self.keys.append((key, seq, digest))

    def change(self, seq: int, key: bytes, digest: bytes, what: Occurrence) -> None:
        self._event(seq, what, body_of(what.event))
        self.moved.append((seq, digest, key))

    def refuse(self, seq: int, what: Occurrence, body: bytes) -> None:
        self.refused.append((seq, self.sources[what.source], what.message_id, self.now, ANOTHER_BODY, body.decode(), what.profile_id))

    def write(self, truth: Truth) -> None:
        truth.run_many(sql_text("events", "add_event_key"), self.keys)
        truth.run_many(sql_text("events", "add_event"), self.events)
        truth.run_many(sql_text("events", "move_event_key"), self.moved)
        truth.run_many(sql_text("events", "add_refused"), self.refused)
