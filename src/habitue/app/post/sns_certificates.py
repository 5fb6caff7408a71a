"""The certificates by which Amazon SNS signs: kept in `DATA/sns`, each fetched once from Amazon's own server, and from nowhere else.

Whoever has no way out to the net lays the file there himself.
"""

from __future__ import annotations

import logging
import secrets
import ssl
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx2

from habitue.words.errors import Busy

FOLDER = "sns"
MOST_BYTES, PART_BYTES, ANSWER_SECONDS = 65_536, 4_096, 5.0
ONCE_IN_SECONDS = 30.0
"""A forged message may name any file; so seldom is one asked for that is not here."""
NOT_HERE = "The certificate that signed this is not here yet; send it again."
log = logging.getLogger("habitue.inbox")
_fetching = threading.Lock()
_next_at = 0.0


def certificate_at(data: Path, url: str, name: str) -> bytes:
    """A certificate in PEM; `url` and `name` are those of `sns.certificate_of`, which lets no other server through.

    Raises: Busy where it is not here and cannot be fetched just now: SNS sends the message again.
    """
    kept = data / FOLDER / name
    if kept.is_file():
        return kept.read_bytes()
    found = _fetched(url)
    with suppress(OSError):  # what cannot be kept is fetched again
        kept.parent.mkdir(exist_ok=True)
        fresh = kept.with_name(f"{secrets.token_hex(8)}.new")
        fresh.write_bytes(found)
        fresh.replace(kept)
    return found


def _fetched(url: str) -> bytes:
    global _next_at
    with _fetching:
        if time.monotonic() < _next_at:
            raise Busy(NOT_HERE)
        _next_at = time.monotonic() + ONCE_IN_SECONDS
    try:
        with httpx2.stream("GET", url, timeout=ANSWER_SECONDS, follow_redirects=False, trust_env=False, verify=ssl.create_default_context()) as answer:
            found = b"".join(part for _, part in zip(range(MOST_BYTES // PART_BYTES), answer.iter_bytes(PART_BYTES), strict=False))
            is_whole = answer.status_code == 200 and b"END CERTIFICATE" in found
    except httpx2.HTTPError as wrong:
        log.warning("a certificate of Amazon SNS could not be fetched: %s", type(wrong).__name__)
        raise Busy(NOT_HERE) from wrong
    if not is_whole:
        raise Busy(NOT_HERE)
    return found
