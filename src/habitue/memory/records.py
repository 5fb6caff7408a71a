"""What she said of things, when she wants peace, what she waits for, and what was said to her and came back: written by the events that tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from habitue.events.attributes import attribute_id
from habitue.events.catalogue import things_ids
from habitue.events.lookup import look_up
from habitue.events.model import (
    ConversationAnswered,
    ConversationClosed,
    ConversationOpened,
    PauseAsked,
    PreferenceStated,
    Recorded,
    StatementWithdrawn,
    TouchAnswered,
    TouchSent,
)
from habitue.memory.rules import hours_of
from habitue.store import Truth, sql_text
from habitue.words.keys import key_hash, positive_number
from habitue.words.vocabulary import Channel, Subject, Thread


def touch_id_of(touch_key: str) -> int:
    """The number of a touch that a source or our own ledger names; the same on every machine."""
    return positive_number("touch", touch_key)


def touches_known(truth: Truth, touch_keys: Iterable[str]) -> dict[str, tuple[int, int, int]]:
    """Profile, day and instant of each touch that we know, by its key."""
    numbers = {touch_id_of(key): key for key in touch_keys}
    rows = look_up(truth, "memory", "touches_by_id", numbers)
    return {numbers[number]: (profile, day, known_at) for number, profile, day, known_at in rows}


def action_ids(truth: Truth, keys: Iterable[str]) -> dict[str, int]:
    """The number of each action, given on first sight; inside a transaction that holds the right to write (`next_seq`)."""
    wanted = sorted(set(keys))
    found = {key: number for number, key in look_up(truth, "memory", "actions_by_key", wanted)}
    first = truth.run(sql_text("memory", "last_action"))[0][0] + 1
    fresh = {key: first + place for place, key in enumerate(key for key in wanted if key not in found)}
    truth.run_many(sql_text("memory", "add_action"), [(number, key) for key, number in fresh.items()])
    return found | fresh


def write_preferences(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Keeps what she likes and dislikes; inside the transaction that recorded it, as all writers here. Her own words stay in the event.

    Nothing was said later than it was known, whatever hour a file names.
    """
    stated = [(record, event) for record in recorded if isinstance(event := record.what.event, PreferenceStated)]
    things = things_ids(truth, {(event.level, event.item_key) for _, event in stated if event.subject == Subject.THING})
    rows = []
    for record, event in stated:
        what = record.what
        item = things[event.level, event.item_key] if event.subject == Subject.THING else 0
        item = attribute_id(event.item_key) if event.subject == Subject.ATTRIBUTE else item
        item = int(Channel[event.item_key.upper()]) if event.subject == Subject.CHANNEL else item
        hours = tuple(hours_of(event.item_key)) if event.subject == Subject.HOUR else (0, 0, 0, 0)
        head = (what.profile_id, what.known_at, record.seq, int(event.subject), item, event.feeling, int(event.strength), int(event.told))
        rows.append((*head, min(what.at, what.known_at), what.day, event.until_day, *hours, int(event.is_about_health), event.said_where))
    truth.run_many(sql_text("memory", "add_preference"), rows)


def write_withdrawals(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Keeps which statements were taken back; one that was never made changes nothing."""
    withdrawn = [(record, event) for record in recorded if isinstance(event := record.what.event, StatementWithdrawn)]
    keys = {(event.statement_source, event.statement_id): key_hash(event.statement_source, event.statement_id) for _, event in withdrawn}
    made = {bytes(key): seq for key, seq, _body in look_up(truth, "events", "event_keys", set(keys.values()))}
    rows = []
    for record, event in withdrawn:
        statement = made.get(keys[event.statement_source, event.statement_id])
        if statement is not None:
            rows.append((record.what.profile_id, record.what.known_at, record.seq, statement))
    truth.run_many(sql_text("memory", "add_withdrawal"), rows)


def write_pauses(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Keeps until when she wants peace."""
    rows = [(r.what.profile_id, r.what.known_at, r.seq, event.until_day) for r in recorded if isinstance(event := r.what.event, PauseAsked)]
    truth.run_many(sql_text("memory", "add_pause"), rows)


def write_conversations(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Keeps where each conversation stands; an answered question is not open, an answered complaint is."""
    rows = []
    for record in recorded:
        what, event = record.what, record.what.event
        if isinstance(event, ConversationOpened | ConversationAnswered | ConversationClosed):
            answered = isinstance(event, ConversationAnswered) and event.kind == Thread.COMPLAINT
            is_open = isinstance(event, ConversationOpened) or answered
            thread_id = positive_number("thread", what.source, event.thread_key)
            rows.append((what.profile_id, what.known_at, record.seq, thread_id, int(event.kind), int(is_open), what.day))
    truth.run_many(sql_text("memory", "add_conversation"), rows)


def write_touches(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Keeps what was said to her; a touch about no thing has item 0."""
    sent = [(record, event) for record in recorded if isinstance(event := record.what.event, TouchSent)]
    actions = action_ids(truth, {event.action_key for _, event in sent})
    items = things_ids(truth, {(event.level, event.item_key) for _, event in sent if event.item_key})
    rows = []
    for record, event in sent:
        head = (record.what.profile_id, record.what.known_at, record.seq, touch_id_of(event.touch_key), actions[event.action_key])
        item = items[event.level, event.item_key] if event.item_key else 0
        rows.append((*head, item, int(event.kind), int(event.channel), record.what.day, int(event.is_asking)))
    truth.run_many(sql_text("memory", "add_touch"), rows)


def write_answers(truth: Truth, recorded: Sequence[Recorded]) -> None:
    """Keeps that she answered."""
    rows = [
        (r.what.profile_id, r.what.known_at, r.seq, touch_id_of(event.touch_key), r.what.day)
        for r in recorded
        if isinstance(event := r.what.event, TouchAnswered)
    ]
    truth.run_many(sql_text("memory", "add_answer"), rows)
