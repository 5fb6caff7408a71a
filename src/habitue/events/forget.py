"""What happened to her: shown, and erased. Of what she bought, what was sold on each day stays as a count of nobody's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import msgspec

from habitue.events.arrivals import DeadLetter, each_letter, write_keys
from habitue.events.lookup import look_up
from habitue.events.model import event_of
from habitue.events.records import LET_GO, keys_under
from habitue.store import Truth, sql_text
from habitue.store.schema import drop_where, rows_where
from habitue.words.whom import Whom

Shown = dict[str, list[dict[str, Any]]]
HOLDS = {
    "event": "what happened to her, with her own words",
    "event_key": "a hash of the number of each of those messages",
    "event_refused": "messages about her that came a second time with another content",
    "orders": "her orders",
    "order_line": "what she ordered",
    "seen_fact": "a day of each month in which she was on the site, or something else told of her",
    "arrival": "messages about her that are not sorted yet",
    "dead_letter": "messages about her that could not be sorted",
}
NAMES_ANOTHER = ("Customers Merged", "Customers Unmerged", "Household Joined", "Household Left", "Aliased")
"""Events of somebody else that may bear a number of hers."""
NAMING = ("other_key", "previous_key")


def shown(truth: Truth, whom: Whom) -> Shown:
    """Every row that is hers, by relation."""
    found = {relation: rows_where(truth, relation, "profile_id", whom.profiles) for relation in ("event", "orders", "order_line", "seen_fact", "event_refused")}
    found["event_key"] = rows_where(truth, "event_key", "key", _keys(found["event"], _sources(truth)))
    found["event_refused"] += _refused_again(truth, whom, found["event"])
    letters = [letter.number for letter in _letters(truth, whom)]
    found["dead_letter"] = rows_where(truth, "dead_letter", "letter_id", letters)
    ids, rows = _ids(truth), truth.run("SELECT arrival_id, key, words, body FROM arrival")
    waiting = [number for number, key, words, body in rows if tells_of(bytes(body), whom, ids.get(key), words)]
    found["arrival"] = rows_where(truth, "arrival", "arrival_id", waiting)
    return found


def erase(truth: Truth, whom: Whom) -> dict[str, int]:
    """Erases them; gives how many rows of each relation. Inside a transaction.

    A request that waits may hold many people's messages: whoever sorts it lets hers go, once she has her tombstone.
    """
    sources = _sources(truth)
    hers = rows_where(truth, "event", "profile_id", whom.profiles)
    counts = {"event_key": drop_where(truth, "event_key", "key", _keys(hers, sources))}
    counts["event_refused"] = drop_where(truth, "event_refused", "profile_id", whom.profiles)
    for source_id, message_id in {(row["source_id"], row["message_id"]) for row in hers}:
        counts["event_refused"] += len(truth.run(sql_text("events", "drop_refused"), (source_id, message_id)))
    truth.run_many(sql_text("events", "add_forgotten_sale"), look_up(truth, "events", "sold_to_profiles", whom.profiles))
    counts["dead_letter"] = drop_where(truth, "dead_letter", "letter_id", [letter.number for letter in _letters(truth, whom)])
    return counts | {relation: drop_where(truth, relation, "profile_id", whom.profiles) for relation in ("event", "orders", "order_line", "seen_fact")}


def forget_words(truth: Truth, events: Collection[int], body: str) -> None:
    """Puts that body in the place of what these events said, by write number, and forgets whatever was told under their ids. Inside a transaction.

    Their ids stay known, so that nobody brings the same message again.
    """
    rows, sources = rows_where(truth, "event", "seq", events), _sources(truth)
    truth.run_many(sql_text("events", "set_body"), [(body, row["seq"]) for row in rows])
    truth.run_many(sql_text("events", "forget_key"), [(LET_GO, keys_under(sources[row["source_id"]], row["message_id"])[1]) for row in rows])
    for source_id, message_id in {(row["source_id"], row["message_id"]) for row in rows}:
        truth.run(sql_text("events", "drop_refused"), (source_id, message_id))


def erase_named_by(truth: Truth, whom: Whom, others: Iterable[int]) -> int:
    """Erases the events of other profiles that bear a number of hers, as a merge or a household does; gives how many. Inside a transaction."""
    rows = [row for row in rows_where(truth, "event", "profile_id", others) if row["name"] in NAMES_ANOTHER and _bears(row["body"], whom)]
    drop_where(truth, "event_key", "key", _keys(rows, _sources(truth)))
    return drop_where(truth, "event", "seq", [row["seq"] for row in rows])


def orders_of(truth: Truth, whom: Whom) -> set[tuple[str, str]]:
    """Her orders, each by source and number."""
    sources = _sources(truth)
    return {(sources[row["source_id"]], row["order_key"]) for row in rows_where(truth, "orders", "profile_id", whom.profiles)}


def tells_of(body: bytes, whom: Whom, ids: str | None = "", words: str = "") -> bool:
    """Whether a message, readable or not, tells of her; `ids` is whose customer numbers it uses (none: nobody knows), `words` the kind of its request."""
    try:
        return whom.is_told_by(msgspec.json.decode(body), ids, words)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return whom.is_written_in(body.decode("utf-8", "replace"))


def _refused_again(truth: Truth, whom: Whom, hers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What came a second time under the number of a message of hers, as somebody else's."""
    ids = {(row["source_id"], row["message_id"]) for row in hers}
    rows = rows_where(truth, "event_refused", "message_id", {message_id for _, message_id in ids})
    return [row for row in rows if row["profile_id"] not in whom.profiles and (row["source_id"], row["message_id"]) in ids]


def _bears(body: str, whom: Whom) -> bool:
    event = event_of(body)
    return any(str(getattr(event, name, "")).casefold() in whom.keys for name in NAMING)


def _letters(truth: Truth, whom: Whom) -> Iterator[DeadLetter]:
    ids = _ids(truth)
    return (letter for letter in each_letter(truth) if tells_of(letter.body, whom, ids.get(letter.key), letter.words) or whom.is_named_in(letter.reason))


def _ids(truth: Truth) -> dict[str, str]:
    """By write key: whose customer numbers it uses."""
    return {key: source.ids for key, source in write_keys(truth).items()}


def _sources(truth: Truth) -> dict[int, str]:
    return dict(truth.run("SELECT source_id, name FROM source"))


def _keys(events: Iterable[dict[str, Any]], sources: dict[int, str]) -> list[bytes]:
    return [key for row in events for key in keys_under(sources[row["source_id"]], row["message_id"])]
