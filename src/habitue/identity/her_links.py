"""The links that lead a customer to what is hers. Whoever has the secret is believed to be her; so it is long, kept as a hash, and young where it opens much.

The way out of a letter is written down nowhere: it says whose it is to whoever has the house's key, and so opens in a house that a backup brought back, too.

Source: RFC 6749, 10.10 (128 bits against guessing); RFC 8058 (a way out that never grows old).
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from habitue.events.lookup import look_up
from habitue.store import Truth, sql_text
from habitue.store.house_key import keyed_hash

LinkKind = Literal["page", "out"]
"""Her page; a way out, and nothing else."""
FRESH_SECONDS: dict[LinkKind, int] = {"page": 7 * 86_400}
"""For how long a link opens all that it can. A way out is not here: it never grows old."""
SECRET_BYTES = 16
PROOF_BYTES, NUMBER_BYTES = 10, 6
"""Of a way out's secret: 80 bits that nobody guesses, and whose it is."""
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


def way_out_secret(key: bytes, profile_id: int) -> str:
    """The secret of a profile's way out, 22 characters, the same each time."""
    number = profile_id.to_bytes(NUMBER_BYTES)
    proof = _proof(key, number)
    return base64.urlsafe_b64encode(proof + _veiled(key, proof, number)).decode("ascii").rstrip("=")


def whose_way_out(key: bytes, secret: str) -> int:
    """The profile whose way out has that secret; 0 where nobody's has. She may be forgotten by now."""
    if not WRITTEN.fullmatch(secret):
        return 0
    told = base64.urlsafe_b64decode(f"{secret}==")
    proof, number = told[:PROOF_BYTES], _veiled(key, told[:PROOF_BYTES], told[PROOF_BYTES:])
    return int.from_bytes(number) if hmac.compare_digest(proof, _proof(key, number)) else 0


def _proof(key: bytes, number: bytes) -> bytes:
    return keyed_hash(key, "way out", number.hex())[:PROOF_BYTES]


def _veiled(key: bytes, proof: bytes, number: bytes) -> bytes:
    """A number that nobody without the key can read; done twice, it is the number again."""
    veil = keyed_hash(key, "way out, whose", proof.hex())
    return bytes(one ^ other for one, other in zip(number, veil, strict=False))


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
