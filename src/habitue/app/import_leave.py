"""The leave to write that a file tells: a no always narrows, a yes counts only where nothing is known, and never after a no, hers or of her address.

The outcome is the same in whatever order the files, and the rows in them, come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from habitue.app.import_desk import Desk, Row
from habitue.consent.rules import after, may_grant, narrowed_from
from habitue.consent.standing import standings, taken_back_beside
from habitue.events.model import ConsentGiven, ConsentWithdrawn, body_of
from habitue.identity.model import Who
from habitue.words.keys import key_hash
from habitue.words.vocabulary import Channel, Purpose

MARKETING = (Purpose.ADVICE, Purpose.OFFERS, Purpose.INVITATIONS)
"""What a newsletter's yes or no is about; a service message needs no leave."""
NEVER_AGAIN = "granted: this leave was taken back, by her or at her address, and an import gives none back; only she can, on her page or in the shop"


class Leaves:
    """The leaves of the customers of one batch; what is written here goes through the desk as events."""

    def __init__(self, desk: Desk, whom: Iterable[Who]) -> None:
        self.desk = desk
        customers = {who.customer_id for who in whom}
        self.hers, self.by_profile = standings(desk.truth, customers)
        self.beside = taken_back_beside(desk.truth, customers)

    def refuse(self, row: Row, whom: Sequence[Who], purposes: Iterable[Purpose], channel: Channel, at: int | None, proof: str) -> None:
        """She does not want it, or has left: what she allowed is narrowed. Where an address says so, by each profile that has told it, for whoever
        is one customer today may be taken apart.
        """
        for purpose, who in product(purposes, whom):
            standing, own = self.hers.get((who.customer_id, purpose, channel)), self.by_profile.get((who.profile_id, purpose, channel))
            if standing and own and not standing.is_granted and not own.is_granted:
                self.desk.same(row)
                continue
            self.desk.narrowed += bool(standing and standing.is_granted)
            self._write(_told_of(row, who, whom), who, ConsentWithdrawn(purpose, channel, proof), at)

    def agree(self, row: Row, who: Who, purposes: Iterable[Purpose], channel: Channel, at: int | None, proof: str) -> None:
        """She agreed, as far as nothing is known of it yet, and nobody has left at that address."""
        for purpose in purposes:
            leave = who.customer_id, purpose, channel
            standing = self.hers.get(leave)
            if standing or leave in self.beside:
                self.desk.same(row)
                self.desk.refused += standing is None or standing.left_at is not None
                continue
            self.desk.granted += 1
            self._write(row, who, ConsentGiven(purpose, channel, proof), at)

    def in_ledger(self, row: Row, whom: Sequence[Who], purpose: Purpose, channel: Channel, proof: str) -> None:
        """One line of a history of consents: a no is kept by each profile, a yes by the first; before she first left it is history, after it is set aside."""
        if not row["granted"]:
            for who in whom:
                self._write(_told_of(row, who, whom), who, ConsentWithdrawn(purpose, channel, proof), row["at"])
        elif (leave := (whom[0].customer_id, purpose, channel)) not in self.beside and may_grant(self.hers.get(leave), row["at"]):
            self._write(row, whom[0], ConsentGiven(purpose, channel, proof), row["at"])
        else:
            self.desk.refused += 1
            self.desk.reject(row, NEVER_AGAIN)

    def _write(self, row: Row, who: Who, event: ConsentGiven | ConsentWithdrawn, at: int | None) -> None:
        is_yes = isinstance(event, ConsentGiven)
        leave = who.customer_id, event.purpose, event.channel
        at = self.desk.now if at is None else at
        known_at = at if is_yes else narrowed_from(self.hers.get(leave), at, self.desk.now)
        dated = {**row, "at": at}
        if "sharer" in row:  # one row is told of several
            dated["id"] = key_hash("shared", row["customer"], str(at), body_of(event).decode(), str(row["sharer"])).hex()
        self.desk.tell(dated, who, event, known_at)
        for told, number in ((self.hers, who.customer_id), (self.by_profile, who.profile_id)):
            of = number, event.purpose, event.channel
            told[of] = after(told.get(of), is_yes, known_at)


def _told_of(row: Row, who: Who, whom: Sequence[Who]) -> Row:
    """The row as it is told of one of several: each of them has an event of her own."""
    return {**row, "sharer": who.profile_id} if len(whom) > 1 else row
