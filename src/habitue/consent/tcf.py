"""The banner's answer as the advertising trade writes it: which purposes a TC string refuses. What it allows is read by nobody here.

Source: IAB Tech Lab, Consent string and vendor list formats v2, "Core String": version 6 bits, created and last updated 36 each, CMP id and version 12 each,
screen 6, language 12, vendor list version 12, policy version 6, two flags, special features 12, then 24 bits of purposes; each bit from the left, base64url.
"""

from __future__ import annotations

import base64
import binascii

from habitue.words.vocabulary import Purpose

LONGEST = 16_384
VERSION, VERSION_BITS = 2, 6
PURPOSES_AT = 152
PURPOSE_BITS = 24
MEANT: dict[Purpose, tuple[int, ...]] = {Purpose.AUDIENCES: (3, 4), Purpose.PROFILING: (5, 6), Purpose.MEASUREMENT: (7, 8)}
"""The trade's purposes that are ours: profiles for advertising and their use; profiles for content and their use; what advertising and what content did."""


def refused_in(text: str) -> frozenset[Purpose]:
    """Which of our purposes a TC string refuses: those of which it refuses any part. What is no TC string of version 2 refuses nothing."""
    core = text.partition(".")[0]
    try:
        told = base64.urlsafe_b64decode(core + "=" * (-len(core) % 4)) if len(text) <= LONGEST and core.isascii() else b""
    except binascii.Error:
        return frozenset()
    bits = int.from_bytes(told)
    size = len(told) * 8
    if size < PURPOSES_AT + PURPOSE_BITS or bits >> (size - VERSION_BITS) != VERSION:
        return frozenset()
    purposes = bits >> (size - PURPOSES_AT - PURPOSE_BITS)
    return frozenset(ours for ours, theirs in MEANT.items() if not all(purposes >> (PURPOSE_BITS - number) & 1 for number in theirs))
