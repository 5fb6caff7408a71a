"""The addresses that an answer and a report of failure come back to: each says to which letter, and nobody without the house's key can make one.

`answers+12-3ka5…@example.org`, `bounces+12-7qm2…@example.org`: the plus leads both to one mailbox each (RFC 5233). The number says nothing of her.
"""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass
from typing import Literal

from habitue.store.house_key import keyed_hash

Door = Literal["answers", "bounces"]
PROOF_BYTES = 10
"""80 bits: who guesses a million addresses a second needs longer than there are shops."""
TOKEN = re.compile(r"(answers|bounces)\+([1-9][0-9]{0,17})-([a-z2-7]{16})", re.ASCII)
CLICKED = re.compile(r"([1-9][0-9]{0,17})-([a-z2-7]{16})", re.ASCII)


@dataclass(frozen=True)
class CameBack:
    """Through which door something came back, and to which letter."""

    door: Door
    letter_id: int


def address_back(key: bytes, door: Door, letter_id: int, domain: str) -> str:
    """The address through which an answer to a letter, or a report of its failure, comes back to a domain."""
    return f"{door}+{letter_id}-{_proof(key, door, letter_id)}@{domain}"


def came_back(key: bytes, address: str, domain: str) -> CameBack | None:
    """What an address says, where we made it for that domain; none of any other, and none of a forged one. Capitals make no difference: servers change them."""
    local, _, of_domain = address.strip().lower().rpartition("@")
    found = TOKEN.fullmatch(local)
    if not found or of_domain != domain.lower():
        return None
    door: Door = "answers" if found[1] == "answers" else "bounces"
    letter_id = int(found[2])
    return CameBack(door, letter_id) if hmac.compare_digest(found[3], _proof(key, door, letter_id)) else None


def click_mark(key: bytes, letter_id: int) -> str:
    """What stands behind a link of a letter (`channels.links`), and says which letter it was."""
    return f"{letter_id}-{_proof(key, 'clicks', letter_id)}"


def clicked_letter(key: bytes, mark: str) -> int:
    """The letter that such a mark names; 0 where we never made it."""
    found = CLICKED.fullmatch(mark)
    return int(found[1]) if found and hmac.compare_digest(found[2], _proof(key, "clicks", int(found[1]))) else 0


def asked_mark(key: bytes, letter_id: int) -> str:
    """What stands in the link of a letter that asks whether we answered well, and says which letter it was."""
    return f"{letter_id}-{_proof(key, 'asked', letter_id)}"


def asked_letter(key: bytes, mark: str) -> int:
    """The letter that such a mark names; 0 where we never made it."""
    found = CLICKED.fullmatch(mark)
    return int(found[1]) if found and hmac.compare_digest(found[2], _proof(key, "asked", int(found[1]))) else 0


def _proof(key: bytes, door: Literal["answers", "bounces", "clicks", "asked"], letter_id: int) -> str:
    return base64.b32encode(keyed_hash(key, "came back", door, str(letter_id))[:PROOF_BYTES]).decode("ascii").lower()
