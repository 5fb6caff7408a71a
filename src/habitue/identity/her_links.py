"""The links that lead a customer to what is hers. Whoever has the secret is believed to be her; so it is long, kept as a hash, and young where it opens much.

Source: RFC 6749, 10.10 (128 bits against guessing); RFC 8058 (a way out that never grows old).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from habitue.events.lookup import look_up
from habitue.store import Truth, sql_text

LinkKind = Literal["page", "out"]
"""Her page; a way out, and nothing else."""
FRESH_SECONDS: dict[LinkKind, int] = {"page": 7 * 86_400}
"""For how long a link opens all that it can. A way out is not here: it never grows old."""
SECRET_BYTES = 16
WRITTEN = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)


@dataclass(frozen=True)
class HerLink:
    """What a secret opens. Units: `made_at` and `ended_at` are in UTC seconds; 0 where nobody ended it."""

    profile_id: int
    customer_id: int
    kind: LinkKind
    made_at: int
    ended_at: int

    def is_fresh(self, now: int) -> bool:
        """Whether it opens all that it can; an old link to her page still lets her out, and shows nothing."""
        return not self.ended_at and (self.kind not in FRESH_SECONDS or self.made_at <= now < self.made_at + FRESH_SECONDS[self.kind])


def make_link(truth: Truth, profile_id: int, kind: LinkKind, now: int) -> str:
    """A new secret of 22 characters for a profile; this is the only time that anybody sees it. Inside a transaction."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    truth.run(sql_text("identity", "add_her_link"), (_hash(secret), profile_id, kind, now))
    return secret


def read_link(truth: Truth, secret: str) -> HerLink | None:
    """What a secret opens; nothing where it was never made. How long the answer takes tells nothing of a secret: it is looked up by its hash."""
    if not WRITTEN.fullmatch(secret):
        return None
    rows = truth.run(sql_text("identity", "her_link"), (_hash(secret),))
    return HerLink(*rows[0]) if rows else None


def end_link(truth: Truth, secret: str, now: int) -> bool:
    """Ends one link; gives whether this call did, so that of two at once one alone acts on it. Inside a transaction."""
    return bool(truth.run(sql_text("identity", "end_her_link"), (now, _hash(secret))))


def end_links(truth: Truth, profile_ids: Iterable[int], now: int) -> int:
    """Ends every link to her page that these profiles have; gives how many nobody had ended before. A way out has no end. Inside a transaction."""
    hashes = [secret_hash for _profile, secret_hash, kind in look_up(truth, "identity", "her_links_of", profile_ids) if kind == "page"]
    return sum(bool(truth.run(sql_text("identity", "end_her_link"), (now, each))) for each in hashes)


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
