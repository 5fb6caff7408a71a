"""What came over HTTP: the keys by which sources write, requests as they arrived, and the dead letters among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from habitue.events.lookup import look_up, take_numbers
from habitue.events.records import source_ids
from habitue.store import Truth, sql_text

Row = tuple[str, int, str, int, bytes]
EVERY = 1 << 40
LETTERS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class WriteKey:
    """By what a source may write: its name, whose customer numbers it uses (empty: the brand's own), and whether it is a server of ours.

    What a browser says of a person fills what is unknown; what a server says replaces what was known.
    """

    key: str
    source: str
    ids: str
    is_server: bool
    made_at: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request as it came. Units: `received_at` is UTC seconds. `words` is the kind of message that its address named, or `batch`."""

    number: int
    key: str
    received_at: int
    words: str
    is_quiet: bool
    body: bytes


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message that could not be sorted, with the reason; it can be read, and sorted again."""

    number: int
    key: str
    received_at: int
    words: str
    is_quiet: bool
    reason: str
    body: bytes


def write_keys(truth: Truth) -> dict[str, WriteKey]:
    """Every key that may write."""
    rows = truth.run(sql_text("events", "write_keys"))
    return {key: WriteKey(key, source, ids, bool(is_server), made_at) for key, source, ids, is_server, made_at in rows}


def add_write_key(truth: Truth, key: WriteKey) -> None:
    """Lets a source write; inside a transaction."""
    number = source_ids(truth, [key.source])[key.source]
    truth.run(sql_text("events", "add_write_key"), (key.key, number, key.ids, int(key.is_server), key.made_at))


def end_write_key(truth: Truth, key: str) -> bool:
    """Takes the right away; says whether there was such a key."""
    return bool(truth.run(sql_text("events", "end_write_key"), (key,)))


def write_down(truth: Truth, rows: Sequence[Row]) -> None:
    """Keeps requests as they came (key, received_at, words, is_quiet, body); inside a transaction, whose commit makes them durable."""
    first = take_numbers(truth, "arrival", len(rows))
    truth.run_many(sql_text("events", "add_arrival"), [(first + place, *row) for place, row in enumerate(rows)])


def waiting(truth: Truth, most: int) -> list[Arrival]:
    """The oldest requests that are not sorted yet."""
    rows = truth.run(sql_text("events", "arrivals"), (most,))
    return [Arrival(number, key, at, words, bool(is_quiet), bytes(body)) for number, key, at, words, is_quiet, body in rows]


def still_waiting(truth: Truth, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Those of these requests that nobody else has sorted meanwhile; inside the transaction that sorts them."""
    left = {number for (number,) in look_up(truth, "events", "arrivals_left", [arrival.number for arrival in arrivals])}
    return [arrival for arrival in arrivals if arrival.number in left]


def sorted_out(truth: Truth, arrivals: Iterable[Arrival]) -> None:
    """Forgets requests that have become events or dead letters; inside the same transaction."""
    truth.run_many(sql_text("events", "drop_arrival"), [(arrival.number,) for arrival in arrivals])


def set_aside(truth: Truth, letters: Sequence[tuple[Arrival, bytes, str]]) -> None:
    """Keeps messages that could not be sorted (its request, the message, the reason); inside a transaction."""
    if not letters:
        return
    first = take_numbers(truth, "dead_letter", len(letters))
    rows = [
        (first + place, arrival.key, arrival.received_at, arrival.words, int(arrival.is_quiet), reason, raw, _hash(raw))
        for place, (arrival, raw, reason) in enumerate(letters)
    ]
    truth.run_many(sql_text("events", "add_dead_letter"), rows)


def count_dead_letters(truth: Truth) -> int:
    """How many were set aside."""
    return int(truth.run(sql_text("events", "count_dead_letters"))[0][0])


def count_dead_letters_of(truth: Truth, key: str) -> int:
    """How many that came by that key were set aside."""
    return int(truth.run(sql_text("events", "count_dead_letters_of"), (key,))[0][0])


def not_set_aside(truth: Truth, key: str, bodies: Sequence[bytes]) -> list[bytes]:
    """Those of these messages that were not set aside already; none that was is read for it."""
    hashes = [_hash(body) for body in bodies]
    known = {bytes(found) for (found,) in look_up(truth, "events", "dead_letters_said", set(hashes), key)}
    return [body for body, its in zip(bodies, hashes, strict=True) if its not in known]


def dead_letters(truth: Truth, limit: int = EVERY, offset: int = 0) -> list[DeadLetter]:
    """Those that were set aside, or a stretch of them, oldest first."""
    return _letters(truth.run(sql_text("events", "dead_letters"), (limit, offset)))


def newest_letters(truth: Truth, limit: int, before: int = EVERY) -> list[DeadLetter]:
    """The newest so many of those that were set aside, or of those before a number, newest first."""
    return _letters(truth.run(sql_text("events", "dead_letters_before"), (before, limit)))


def each_letter(truth: Truth) -> Iterator[DeadLetter]:
    """All that were set aside, oldest first, never many in memory: strangers decide how many there are."""
    last = 0
    while some := _letters(truth.run(sql_text("events", "dead_letters_after"), (last, LETTERS_AT_ONCE))):
        yield from some
        last = some[-1].number


def _letters(rows: Iterable[tuple[Any, ...]]) -> list[DeadLetter]:
    return [DeadLetter(number, key, at, words, bool(is_quiet), reason, bytes(body)) for number, key, at, words, is_quiet, reason, body in rows]


def replay(truth: Truth, numbers: Iterable[int]) -> int:
    """Puts dead letters back among the arrivals, each as a request of its own; gives how many. Inside a transaction."""
    truth.next_seq(0)  # waits for whoever puts the same ones back
    rows = look_up(truth, "events", "dead_letters_by_number", numbers)
    if rows:
        write_down(truth, [(key, at, words, is_quiet, bytes(body)) for _, key, at, words, is_quiet, body in rows])
        truth.run_many(sql_text("events", "drop_dead_letter"), [(row[0],) for row in rows])
    return len(rows)


def _hash(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).digest()


def replay_all(truth: Truth) -> int:
    """Puts back all the dead letters that there are now, some in each transaction; gives how many."""
    ((last,),) = truth.run(sql_text("events", "last_dead_letter"))
    count = 0
    while numbers := [number for (number,) in truth.run(sql_text("events", "dead_letter_numbers"), (last, LETTERS_AT_ONCE))]:
        with truth.transaction():
            count += replay(truth, numbers)
    return count
