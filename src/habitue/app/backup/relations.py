"""Whose the rows of each relation are: under whose key a backup keeps them, so that what is hers is gone from it with her key.

A relation is hers by the number of a profile in it, or through another relation. What may hold anybody's words, and nobody's number, lies under the common
key, which every erasure changes. What holds no customer is the house's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from habitue.events.forget import NAMES_ANOTHER, NAMING
from habitue.events.lookup import look_up
from habitue.events.model import event_of
from habitue.events.records import keys_under
from habitue.store import Truth
from habitue.store.backup_file import COMMON, HOUSE, Owners, Rows
from habitue.store.paging import pages, rows_between, rows_through
from habitue.store.schema import columns

PROFILES_A_PAGE = 500
LAST_NUMBER = 2**62
LEFT_OUT = ("migration", "projection_file")
"""What a restored house makes itself."""
OF_CASE = ("law_case", "case_id", "profile_id")
OF_LETTER = ("letter", "letter_id", "profile_id")
OF_TALK = ("conversation_fact", "seq", "profile_id")
THROUGH = {
    "letter_attempt": OF_LETTER,
    "letter_return": OF_LETTER,
    "answer_letter": OF_LETTER,
    "attachment": OF_TALK,
    "case_step": OF_CASE,
    "case_callback": OF_CASE,
    "proposal_settled": OF_TALK,
    "model_proposal": OF_TALK,
    "reminder": OF_TALK,
    "closing_note": OF_TALK,
}
"""By relation: the one through which its rows are hers, the column that both have, and the column with her number."""
EVENT_KEY = "event_key"
"""Hashes of messages' numbers: each is hers through the event whose write number it bears, and is found by hashing that event's again."""
LARGE, LARGE_AT_ONCE = ("attachment",), 4
"""Relations whose rows may be of several megabytes each, and how many of these are in memory at once."""
ANYBODYS = {
    "arrival": "messages that nobody has sorted yet",
    "dead_letter": "messages that nobody could sort",
    "door_link": "links to addresses that are not proved yet",
    "door_request": "addresses that are not proved yet",
    "event_refused": "messages that came a second time with another content, maybe as another's",
    "import_reject": "why rows were not taken in, in words of theirs",
    "import_run": "names of files",
    "link_claim": "numbers that links claimed for devices",
    "shop_state": "hashes of shops' states of customers and orders",
    "stray": "answers of which nobody knows who wrote them",
    "stray_answer": "what was answered to those",
    "stray_note": "what the shop noted beside those",
    "stray_reminder": "of which of those the shop's people were told",
}
"""By relation: what its rows may tell of anybody, whatever number they bear."""
NOBODYS = ("event", "look", "touch_fact")
"""Where a row without a profile (0) tells of no customer at all, but of stock, of everybody at once, or of somebody forgotten: the house's. Elsewhere it may
tell of somebody whom nobody knew yet, and is anybody's."""


def owners_in(relation: str, names: Sequence[str]) -> tuple[str, ...]:
    """The columns of a relation that say whose a row is: every one with the number of a profile; else the customer's, who bears her first profile's."""
    if relation in ANYBODYS:
        return ()
    return tuple(name for name in names if name.endswith("profile_id")) or tuple(name for name in names if name == "customer_id")


def is_house_s(relation: str, names: Sequence[str]) -> bool:
    """Whether a relation holds no customer."""
    return not owners_in(relation, names) and relation not in (*THROUGH, *ANYBODYS, EVENT_KEY)


class Everything:
    """All rows of a truth by whose they are, within one snapshot. `columns` are by relation, of those that a backup keeps."""

    def __init__(self, truth: Truth, relations: Iterable[str]) -> None:
        self.truth = truth
        self.columns = {relation: columns(truth, relation) for relation in relations if relation not in LEFT_OUT}
        self._owned = {relation: found for relation, names in self.columns.items() if (found := owners_in(relation, names))}
        self._sources: dict[int, str] = dict(truth.run("SELECT source_id, name FROM source"))

    def counts(self) -> dict[str, int]:
        """How many rows each relation has."""
        return {relation: int(self.truth.run(f"SELECT COUNT(*) FROM {relation}")[0][0]) for relation in self.columns}

    def profiles(self) -> Iterator[list[int]]:
        """The numbers of all profiles, in their order."""
        for rows in pages(self.truth, "profile", ["profile_id"], at_once=10 * PROFILES_A_PAGE):
            yield [number for (number,) in rows]

    def parts(self) -> Iterator[tuple[Owners, Rows]]:
        """Each row once, with those whose it is: first the profiles', then nobody's."""
        for above, up_to in pairwise((0, *self._ends(), LAST_NUMBER)):
            yield from self._hers(above, up_to).items()
        for relation in LARGE:
            yield from self._one_by_one(relation)
        for relation in self._owned:
            for rows in pages(self.truth, relation, self.columns[relation], f"r.{self._owned[relation][0]} <= 0"):
                owners = HOUSE if relation in NOBODYS else COMMON
                yield owners, {relation: rows}
                if relation == "event":
                    yield owners, {EVENT_KEY: self._event_keys({row[self._at("event", "seq")]: (row, owners) for row in rows}, defaultdict(dict))}
        for relation, (parent, by, column) in THROUGH.items():
            lone = f"NOT EXISTS (SELECT 1 FROM {parent} AS p WHERE p.{by} = r.{by} AND p.{column} > 0)"
            yield from ((COMMON, {relation: rows}) for rows in pages(self.truth, relation, self.columns[relation], lone))
        lone = "NOT EXISTS (SELECT 1 FROM event AS e WHERE e.seq = r.seq)"
        yield from ((HOUSE, {EVENT_KEY: rows}) for rows in pages(self.truth, EVENT_KEY, self.columns[EVENT_KEY], lone))
        for relation in ANYBODYS:
            yield from ((COMMON, {relation: rows}) for rows in pages(self.truth, relation, self.columns[relation]))
        for relation, names in self.columns.items():
            if is_house_s(relation, names):
                yield from ((HOUSE, {relation: rows}) for rows in pages(self.truth, relation, names))

    def _ends(self) -> Iterator[int]:
        """After which numbers a page of profiles ends."""
        for numbers in self.profiles():
            yield from numbers[PROFILES_A_PAGE - 1 :: PROFILES_A_PAGE]

    def _at(self, relation: str, column: str) -> int:
        return self.columns[relation].index(column)

    def _hers(self, above: int, up_to: int) -> dict[Owners, Rows]:
        """What belongs to profiles with these numbers; what is two people's is read with the first."""
        found: dict[Owners, Rows] = defaultdict(lambda: defaultdict(list))
        for relation, by in self._owned.items():
            rows = rows_between(self.truth, relation, self.columns[relation], by[0], above, up_to)
            places = [self._at(relation, name) for name in by]
            if relation == "event":
                self._put_events(rows, found)
                continue
            for row in rows:
                found[tuple(sorted({row[place] for place in places}))][relation].append(row)
        for relation, through in THROUGH.items():
            for row in () if relation in LARGE else rows_through(self.truth, relation, self.columns[relation], through, above, up_to):
                found[row[-1],][relation].append(row[:-1])
        return found

    def _one_by_one(self, relation: str) -> Iterator[tuple[Owners, Rows]]:
        """The rows of a large relation that belong to somebody."""
        parent, by, column = THROUGH[relation]
        place, hers = self._at(relation, by), f"EXISTS (SELECT 1 FROM {parent} AS p WHERE p.{by} = r.{by} AND p.{column} > 0)"
        for rows in pages(self.truth, relation, self.columns[relation], hers, LARGE_AT_ONCE):
            for row in rows:
                ((whose,),) = self.truth.run(f"SELECT MAX({column}) FROM {parent} WHERE {by} = ?", (row[place],))
                yield (whose,), {relation: [row]}

    def _put_events(self, rows: list[tuple[Any, ...]], found: dict[Owners, Rows]) -> None:
        """An event that names another customer by a key of hers is also hers; one that names somebody whom nobody knows is anybody's."""
        profile, seq, name, body = (self._at("event", column) for column in ("profile_id", "seq", "name", "body"))
        named = {row[seq]: _named_in(row[body]) for row in rows if row[name] in NAMES_ANOTHER}
        whose: dict[str, set[int]] = defaultdict(set)
        for value, number in look_up(self.truth, "app", "whose_keys", {key for key in named.values() if key}):
            whose[value].add(number)
        of: dict[int, tuple[tuple[Any, ...], Owners]] = {}
        for row in rows:
            owners: Owners = (row[profile],)
            if key := named.get(row[seq]):
                owners = tuple(sorted({row[profile], *whose[key]})) if whose[key] else COMMON
            of[row[seq]] = row, owners
            found[owners]["event"].append(row)
        self._event_keys(of, found)

    def _event_keys(self, of: dict[int, tuple[tuple[Any, ...], Owners]], found: dict[Owners, Rows]) -> list[tuple[Any, ...]]:
        """The hashes of these events (by write number: its row, and whose it is), put where their events are."""
        source, message = self._at("event", "source_id"), self._at("event", "message_id")
        keys = {key for row, _ in of.values() for key in keys_under(self._sources[row[source]], row[message])}
        rows = [row for row in look_up(self.truth, "events", "event_keys", keys) if row[1] in of]
        for row in rows:
            found[of[row[1]][1]].setdefault(EVENT_KEY, []).append(row)
        return rows


def _named_in(body: str) -> str:
    event = event_of(body)
    return next((str(getattr(event, name)) for name in NAMING if hasattr(event, name)), "")
