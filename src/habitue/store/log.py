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
    _logger(data / FILE).info(msgspec.json.encode(line).decode())


def _logger(file: Path) -> logging.Logger:
    logger = logging.getLogger(f"habitue:{file.resolve()}")
    if not logger.handlers:
        handler = RotatingFileHandler(file, maxBytes=KEPT_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    return logger
