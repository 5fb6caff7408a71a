"""One word of the ledger as it is shown and handed on: what was allowed or forbidden, when, how we know, and which word it follows; and what she was shown."""

from __future__ import annotations

from dataclasses import dataclass

from habitue.words.vocabulary import Basis, Channel, Collected, Purpose

MARKETING = (Purpose.ADVICE, Purpose.OFFERS, Purpose.INVITATIONS)
"""What a newsletter's yes or no is about; a service message needs no leave."""
WITHOUT_CHANNEL = (Purpose.HEALTH, Purpose.PROFILING, Purpose.AUDIENCES, Purpose.MEASUREMENT)
"""What she allows us to keep or to reckon, which no message carries; the channel of such a word is only where she said it."""


@dataclass(frozen=True)
class Word:
    """One entry of the ledger; none is ever changed.

    `number` is its write number, `previous` that of the entry before it for the same purpose and channel (0: none). Units: `at` is in UTC seconds.
    """

    number: int
    previous: int
    at: int
    purpose: Purpose
    channel: Channel
    is_yes: bool
    basis: Basis
    collected: Collected
    proof: str
    notice_hash: str
    confirmed_by: str
    source: str
    message_id: str


@dataclass(frozen=True)
class Notice:
    """What she is shown when she is asked for one purpose, in one language; none is ever changed, other words are another version.

    `hash` is the SHA-256 of `page`, in hexadecimal. Units: `known_at` is in UTC seconds, 0 where it is not kept yet.
    """

    hash: str
    purpose: Purpose
    language: str
    version: int
    title: str
    text: str
    known_at: int

    @property
    def page(self) -> str:
        """Exactly what she reads."""
        return f"{self.title}\n\n{self.text}\n"
