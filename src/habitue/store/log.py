"""The house's log: one JSON object a line in `DATA/habitue.log`, counts and words of ours only, never anything about a person.

A text value must be a plain word (letters, digits, `_ . : -`, at most 60): a name, an address or a sentence cannot pass.
"""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

import msgspec

from habitue.words.clock import Clock, SystemClock
from habitue.words.errors import Refused

FILE = "habitue.log"
WORD = re.compile(r"[A-Za-z0-9_.:-]{1,60}")
KEPT_BYTES = 5_000_000
KEPT_FILES = 3


def note(data: Path, what: str, clock: Clock | None = None, **facts: int | float | bool | str) -> None:
    """Writes one line: when (UTC seconds by the machine's clock), what happened in the past tense, and its facts.

    Raises: Refused where a fact is more than a number or a plain word.
    """
    for name, value in facts.items():
        if isinstance(value, str) and not WORD.fullmatch(value):
            raise Refused(f"The log takes numbers and plain words; “{name}” is neither.")
    line = {"at": (clock or SystemClock()).instant(), "what": what, **facts}
    data.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(data / FILE, maxBytes=KEPT_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    handler.emit(logging.makeLogRecord({"msg": msgspec.json.encode(line).decode()}))
    handler.close()
