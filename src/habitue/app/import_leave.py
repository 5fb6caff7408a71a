"""The leave to write that a file tells: a no always narrows, a yes counts only where nothing is known, and never after a no.

The outcome is the same in whatever order the files, and the rows in them, come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from habitue.app.import_desk import Desk, Row
from habitue.consent.rules import after, may_grant, narrowed_from
from habitue.consent.standing import standings
from habitue.events.model import ConsentGiven, ConsentWithdrawn, body_of
from habitue.identity.model import Who
from habitue.words.keys import key_hash
from habitue.words.vocabulary import Channel, Purpose

MARKETING = (Purpose.ADVICE, Purpose.OFFERS, Purpose.INVITATIONS)
"""What a newsletter's yes or no is about; a service message needs no leave."""
NEVER_AGAIN = "granted: she took this leave back, and an import gives none back; only she can, on her page or in the shop"


class Leaves:
    """The leaves of the customers of one batch; what is written here goes through the desk as events."""

    def __init__(self, desk: Desk, whom: Iterable[Who]) -> None:
        self.desk = desk
        self.hers, self.by_profile = standings(desk.truth, {who.customer_id for who in whom})

    def refuse_all(self, row: Row, whom: Sequence[Who], purposes: Iterable[Purpose], channel: Channel, at: int | None, proof: str) -> None:
        """An address has left: whoever uses it may not be written to there."""
        for who in whom:
            self.refuse({**row, "sharer": who.profile_id} if len(whom) > 1 else row, who, purposes, channel, at, proof)

    def refuse(self, row: Row, who: Who, purposes: Iterable[Purpose], channel: Channel, at: int | None, proof: str) -> None:
        """She does not want it, or has left: what she allowed is narrowed."""
        for purpose in purposes:
            standing, own = self.hers.get((who.customer_id, purpose, channel)), self.by_profile.get((who.profile_id, purpose, channel))
            if standing and own and not standing.is_granted and not own.is_granted:
                self.desk.same(row)
                continue
            self.desk.narrowed += bool(standing and standing.is_granted)
            self._write(row, who, ConsentWithdrawn(purpose, channel, proof), at)

    def agree(self, row: Row, who: Who, purposes: Iterable[Purpose], channel: Channel, at: int | None, proof: str) -> None:
        """She agreed, as far as nothing is known of it yet."""
        for purpose in purposes:
            standing = self.hers.get((who.customer_id, purpose, channel))
            if standing:
                self.desk.same(row)
                self.desk.refused += standing.left_at is not None
                continue
            self.desk.granted += 1
            self._write(row, who, ConsentGiven(purpose, channel, proof), at)

    def in_ledger(self, row: Row, who: Who, purpose: Purpose, channel: Channel, proof: str) -> None:
        """One line of a history of consents: a yes before she first left is history, one after it is set aside."""
        if not row["granted"]:
            self._write(row, who, ConsentWithdrawn(purpose, channel, proof), row["at"])
        elif may_grant(self.hers.get((who.customer_id, purpose, channel)), row["at"]):
            self._write(row, who, ConsentGiven(purpose, channel, proof), row["at"])
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
