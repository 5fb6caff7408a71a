"""The desk at which one batch of rows is judged: whose row it is, what event it tells, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from habitue.app.import_mapping import Mapping
from habitue.app.import_report import Run
from habitue.app.listeners import record
from habitue.events.model import AnyEvent, Occurrence, body_of
from habitue.events.records import Appended
from habitue.identity.model import Who
from habitue.identity.records import who_is
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

    def reject(self, row: Row, reason: str) -> None:
        """Sets one row aside."""
        self.rejected.append((row["line"], reason))

    def who(self, keys: Iterable[str]) -> dict[str, Who]:
        """Who these customers are, by the identifier that the mapping names."""
        return who_is(self.truth, self.mapping.customers_by, set(keys), self.mapping.country)

    def known(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Who]]:
        """The rows whose customer we know, each with who it is; the others are rejected."""
        taken = list(rows)
        who = self.who(row["customer"] for row in taken)
        for row in taken:
            if row["customer"] in who:
                yield row, who[row["customer"]]
            else:
                self.reject(row, f"customer: nobody is known as “{row['customer']}”")

    def tell(self, row: Row, who: Who, event: AnyEvent, known_at: int | None = None) -> None:
        """Takes down the event of a row; its message id is the row's own, or else follows from all that it says."""
        at = row["at"]
        day, hour = local_day_and_hour(at, self.mapping.zone)
        body = body_of(event).decode()
        message_id = row.get("id") or key_hash(self.mapping.kind, row.get("customer") or "", str(at), body).hex()
        known = at if known_at is None else known_at
        what = Occurrence(event, self.mapping.source, message_id, who.profile_id, at, day, hour, known)
        self.told.append((row, what))

    def settle(self) -> Appended:
        """Records what was told, still inside the transaction, and sets aside what was refused or rejected."""
        appended = record(self.truth, [what for _, what in self.told], self.mapping.zone, self.now)
        rows = {id(what): row for row, what in self.told}
        for what, reason in appended.refused:
            self.reject(rows[id(what)], reason)
        self.accepted += len(appended.recorded)
        self.repeated += len(appended.repeated)
        self.run.reject(self.rejected)
        return appended

    def count(self) -> None:
        """Adds to the run's books what the transaction has kept."""
        self.run.accepted += self.accepted
        self.run.repeated += self.repeated
