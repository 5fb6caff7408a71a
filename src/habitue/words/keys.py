"""Integers hashed once: the same key gives the same number on every machine, in every year."""

from __future__ import annotations

from hashlib import blake2b


def key_hash(*parts: str) -> bytes:
    """128 bits for a key made of several texts; no two different lists of parts share one by concatenation."""
    return blake2b("\x1f".join(parts).encode(), digest_size=16).digest()


def positive_number(*parts: str) -> int:
    """A 62-bit positive integer for a key: fits a BIGINT everywhere."""
    return int.from_bytes(key_hash(*parts)[:8]) >> 2


def control_permille(customer_key: str) -> int:
    """0 to 999, the customer's place on the wheel from which each half-year's control group is cut."""
    return positive_number("control", customer_key) % 1000


def bucket_hash(customer_key: str) -> int:
    """0 to 65535; the projection's bucket is this number modulo how many buckets there are."""
    return positive_number("bucket", customer_key) % 65536
