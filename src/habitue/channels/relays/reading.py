"""How what a relay says is read, whoever wrote it: a value by its name, what a server said, and what a “bounce” means."""

from __future__ import annotations

import re

from habitue.channels.returns import Return, return_of

MOST_LETTERS = 2_000
"""Letters of a value that are read; a server's sentence has fewer."""
STATUS = re.compile(r"(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?![\w.])", re.ASCII)
SAYS_NOTHING = "5.0.0"


def text(entry: object, *names: str) -> str:
    """The words under a name, or under the first of several that has any; nothing where there are none."""
    if not isinstance(entry, dict):
        return ""
    found = (each for name in names if isinstance(each := entry.get(name), str) and each.strip())
    return next(found, "")[:MOST_LETTERS].strip()


def status_in(words: str) -> str:
    """What a server said, as “5.1.1”, anywhere in its sentence. Source: RFC 3463, section 2."""
    found = STATUS.search(words[:MOST_LETTERS])
    return found[0] if found else ""


def undelivered(is_for_good: bool, status: str) -> Return:
    """What a relay's “bounce” means: what the server said, where it said more than that it failed; else the relay's own word."""
    if is_for_good and status in ("", SAYS_NOTHING):
        return Return.GONE
    return return_of(status, is_for_good)
