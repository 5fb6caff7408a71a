"""The desk at which one batch of rows is judged: whose row it is, what event it tells, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from habitue.app.imports.mapping import Mapping
from habitue.app.imports.report import Run
from habitue.app.imports.whose import SHARED, UNKNOWN, known_or_new, refused
from habitue.app.listeners import record
from habitue.events.model import AnyEvent, Occurrence, body_of
from habitue.events.records import Appended
from habitue.identity.model import Who
from habitue.identity.records import who_have, who_is
from habitue.store import Truth
from habitue.words.clock import local_day_and_hour
from habitue.words.keys import key_hash

Row = dict[str, Any]


class Desk:
    """One batch, inside one transaction. Units: `now` is the receipt, in UTC seconds."""

    def __init__(self, truth: Truth, mapping: Mapping, run: Run, now: int) -> None:
        self.truth, self.mapping, self.run, self.now = truth, mapping, run, now
        self.told: list[tuple[Row, Occurrence]] = []
        self.rejected: list[tuple[int, str]] = []
        self.accepted = self.repeated = 0
        self.shared: list[Row] = []
        self.newly: set[int] = set()
        self.again: set[int] = set()
        self.granted = self.narrowed = self.refused = self.people_new = self.people_changed = 0

    @property
    def origin(self) -> str:
        """Where what is told here comes from, as a proof says it."""
        return f"{self.run.title or self.mapping.source}, {self.run.path.name}"

    def news(self, row: Row) -> None:
        """A row told something new without an event."""
        self.newly.add(row["line"])

    def same(self, row: Row) -> None:
        """A row told what is known already, as far as this goes."""
        self.again.add(row["line"])

    def reject(self, row: Row, reason: str) -> None:
        """Sets one row aside."""
        self.rejected.append((row["line"], reason))

    def holders(self, rows: Iterable[Row]) -> dict[str, tuple[Who, ...]]:
        """Every profile that has told the address of a row, be they one customer or several; a number of the brand's own is one profile's, and is missing."""
        by, keys = self.mapping.customers_by, {row["customer"] for row in rows}
        return {key: held.who for key, held in who_have(self.truth, by, keys, self.mapping.country).items()} if by != "customer" else {}

    def who(self, keys: Iterable[str]) -> dict[str, Who]:
        """Who these customers are, by the identifier that the mapping names."""
        return who_is(self.truth, self.mapping.customers_by, set(keys), self.mapping.country)

    def known(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Who]]:
        """The rows whose customer we know, each with who it is; the others are rejected. An e-mail address that nobody has makes a new customer."""
        taken, by = list(rows), self.mapping.customers_by
        reasons = refused(self.truth, by, (row["customer"] for row in taken), self.mapping.country)
        if by == "email":
            first_seen: dict[str, int] = {}
            for row in taken:
                if row["customer"] not in reasons:
                    first_seen[row["customer"]] = min(row["at"], first_seen.get(row["customer"], row["at"]))
            who = known_or_new(self.truth, by, first_seen, self.mapping.zone)
        else:
            who = self.who(row["customer"] for row in taken)
        for row in taken:
            if row["customer"] in who and row["customer"] not in reasons:
                yield row, who[row["customer"]]
            else:
                self.reject(row, reasons.get(row["customer"], UNKNOWN.format(row["customer"])))
                self.shared += [row] if reasons.get(row["customer"]) == SHARED else []

    def tell(self, row: Row, who: Who, event: AnyEvent, known_at: int | None = None) -> None:
        """Takes down the event of a row; its message id is the row's own, or else follows from all that it says.

        Its day is the one on which it was known, where the row names a later one.
        """
        at = row["at"]
        known = at if known_at is None else known_at
        day, hour = local_day_and_hour(min(at, known), self.mapping.zone)
        body = body_of(event).decode()
        message_id = row.get("id") or key_hash(self.mapping.kind, row.get("customer") or "", str(at), body).hex()
        what = Occurrence(event, self.mapping.source, message_id, who.profile_id, at, day, hour, known)
        self.told.append((row, what))

    def settle(self) -> Appended:
        """Records what was told, still inside the transaction, and sets aside what was refused or rejected."""
        appended = record(self.truth, [what for _, what in self.told], self.mapping.zone, self.now)
        rows = {id(what): row for row, what in self.told}
        for what, reason in appended.refused:
            self.reject(rows[id(what)], reason)
        gone = {line for line, _ in self.rejected}
        fresh = ({rows[id(new.what)]["line"] for new in appended.recorded} | self.newly) - gone
        self.accepted += len(fresh)
        self.repeated += len(({rows[id(what)]["line"] for what in appended.repeated} | self.again) - fresh - gone)
        self.run.reject(dict(reversed(self.rejected)).items())  # of several reasons of one row, the first
        return appended

    def count(self) -> None:
        """Adds to the run's books what the transaction has kept."""
        self.run.accepted += self.accepted
        self.run.repeated += self.repeated
        self.run.people_new += self.people_new
        self.run.people_changed += self.people_changed
        self.run.leaves_given += self.granted
        self.run.leaves_narrowed += self.narrowed
        self.run.leaves_refused += self.refused
