"""The leave to write that a file tells: a no always narrows, a yes counts only where nothing is known, and never beside a no, hers or of her address.

The outcome is the same in whatever order the files, and the rows in them, come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from habitue.app.imports.desk import Desk, Row
from habitue.consent.mailboxes import WRITTEN_TO, Mailboxes
from habitue.consent.rules import Standing, after, may_grant, narrowed_from
from habitue.consent.standing import standings
from habitue.events.model import ConsentGiven, ConsentWithdrawn, body_of
from habitue.identity.model import SharedKind, Who
from habitue.words.clock import SystemClock
from habitue.words.keys import key_hash
from habitue.words.vocabulary import Channel, Purpose

NEVER_AGAIN = "granted: this leave was taken back, by her or at her address, and an import gives none back; only she can, on her page or in the shop"


class Leaves:
    """The leaves of the customers of one batch; what is written here goes through the desk as events."""

    def __init__(self, desk: Desk, whom: Iterable[Who]) -> None:
        self.desk = desk
        customers = {who.customer_id for who in whom}
        self.known = set(customers)
        # A day without an hour is noon, and a file's clock may be fast: what comes in now was said by now, or a no of today would wait until noon.
        # (Where the house's own clock stands in the past of its file, as a demo's does, the machine's says what is past.)
        self.received_at = max(desk.now, SystemClock().instant())
        self.hers, self.by_profile = standings(desk.truth, customers)
        self.mailboxes = Mailboxes(desk.truth, customers)

    def refuse(self, row: Row, whom: Sequence[Who], purposes: Iterable[Purpose], channel: Channel, at: int | None, proof: str) -> None:
        """She does not want it, or has left: what she allowed is narrowed. Where an address says so, by each profile that has told it, for whoever
        is one customer today may be taken apart.
        """
        for purpose, who in product(purposes, whom):
            standing, own = self.hers.get((who.customer_id, purpose, channel)), self.by_profile.get((who.profile_id, purpose, channel))
            told, event = _told_of(row, who, whom), ConsentWithdrawn(purpose, channel, proof)
            if standing and own and not standing.is_granted and not own.is_granted:
                self.desk.same(row)
                self._withdraw_beside(told, who, event, at, own.seq)
                continue
            self.desk.narrowed += bool(standing and standing.is_granted)
            self._withdraw(told, who, event, at)

    def agree(self, row: Row, who: Who, purposes: Iterable[Purpose], channel: Channel, at: int | None, proof: str) -> None:
        """She agreed, as far as nothing is known of it yet, and nobody has left at that address."""
        for purpose in purposes:
            leave = who.customer_id, purpose, channel
            standing = self.hers.get(leave)
            if standing or self.mailboxes.have_left(*leave):
                self.desk.same(row)
                self.desk.refused += standing is None or standing.left_at is not None
                continue
            self.desk.granted += 1
            self._write(row, who, ConsentGiven(purpose, channel, proof), at)

    def in_ledger(self, row: Row, whom: Sequence[Who], purpose: Purpose, channel: Channel, proof: str) -> None:
        """One line of a history of consents: a no is kept by each profile, a yes by the first; before she first left it is history, after it is set aside."""
        if not row["granted"]:
            for who in whom:
                self._withdraw(_told_of(row, who, whom), who, ConsentWithdrawn(purpose, channel, proof), row["at"])
        elif not self.mailboxes.have_left(*(leave := (whom[0].customer_id, purpose, channel))) and may_grant(self.hers.get(leave), row["at"]):
            self._write(row, whom[0], ConsentGiven(purpose, channel, proof), row["at"])
        else:
            self.desk.refused += 1
            self.desk.reject(row, NEVER_AGAIN)

    def _withdraw(self, row: Row, who: Who, event: ConsentWithdrawn, at: int | None) -> None:
        """Her no; and that of everybody else whom an address of hers reaches and who has allowed it: that mailbox has left."""
        own = self.by_profile.get((who.profile_id, event.purpose, event.channel))
        self._write(row, who, event, at)
        self.mailboxes.leaves(who.customer_id, event.purpose, event.channel)
        self._withdraw_beside(row, who, event, at, None if own is None or own.is_granted else own.seq)

    def told_anew(self, row: Row, who: Who, kind: SharedKind, proof: str) -> None:
        """An address was not known to be hers: a no of hers is one of that mailbox from now on, and a no that was said there ends what she had allowed."""
        for purpose, channel in product(Purpose, (channel for channel, each in WRITTEN_TO.items() if each == kind)):
            leave, event = (who.customer_id, purpose, channel), ConsentWithdrawn(purpose, channel, proof)
            standing, own = self.hers.get(leave), self.by_profile.get((who.profile_id, purpose, channel))
            if standing and not standing.is_granted:
                self._withdraw_beside(row, who, event, None)
            is_allowed = any(known and known.is_granted for known in (standing, own))  # her own, too, for she may be taken apart from who said no
            if is_allowed and self.mailboxes.who_left(*leave) & {other.customer_id for other in self.mailboxes.beside(who.customer_id, channel)}:
                self.desk.narrowed += bool(standing and standing.is_granted)
                self._write({**row, "sharer": who.profile_id}, who, event, None)
                self.mailboxes.leaves(*leave)

    def _withdraw_beside(self, row: Row, who: Who, event: ConsentWithdrawn, at: int | None, heard: int | None = None) -> None:
        """Where that no has been heard before (`heard`, its write number), what another has allowed since, she has said herself."""
        for other in self.mailboxes.beside(who.customer_id, event.channel):
            if any(known and known.is_granted and (heard is None or known.seq <= heard) for known in self._standings_of(other, event)):
                self.desk.narrowed += 1
                self._write({**row, "sharer": other.profile_id}, other, event, at)

    def _standings_of(self, who: Who, event: ConsentGiven | ConsentWithdrawn) -> tuple[Standing | None, Standing | None]:
        """What is known of a leave, hers and of the profile alone: whoever is one customer today may be taken apart. She need not be of this batch."""
        if who.customer_id not in self.known:
            self.known.add(who.customer_id)
            for known, found in zip((self.hers, self.by_profile), standings(self.desk.truth, [who.customer_id]), strict=True):
                known.update(found)
        leave = event.purpose, event.channel
        return self.hers.get((who.customer_id, *leave)), self.by_profile.get((who.profile_id, *leave))

    def _write(self, row: Row, who: Who, event: ConsentGiven | ConsentWithdrawn, at: int | None) -> None:
        is_yes = isinstance(event, ConsentGiven)
        at = self.desk.now if at is None else at
        said_at = min(at, self.received_at)
        known_at = said_at if is_yes else max(narrowed_from(known, said_at, self.desk.now) for known in self._standings_of(who, event))
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
