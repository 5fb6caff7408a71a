"""Values as the outside writes them: amounts of money, numbers, instants, texts; each read exactly or refused with a sentence."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from habitue.words.errors import BadInput

MOST_CENTS = 10**15
LONGEST_NAME = 500
MOST_SECONDS = 10**10
"""A Unix number from here on counts milliseconds; as seconds it would be in the year 2286."""
UNIX = re.compile(r"\d{9,13}", re.ASCII)
"""Such a text is no day: 20171102 has eight digits."""


def cents(value: object, what: str) -> int:
    """An amount as whole cents. Raises: BadInput for what cannot be one."""
    whole = int((number(value, what) * 100).to_integral_value(ROUND_HALF_EVEN))
    if abs(whole) > MOST_CENTS:
        raise BadInput(f"“{what}” is too large to be true.")
    return whole


def number(value: object, what: str) -> Decimal:
    """Raises: BadInput for what is no number of a size that can be true."""
    try:
        found = Decimal(str(value)) if isinstance(value, str | int | float | Decimal) and not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found.copy_abs() > MOST_CENTS:
        raise BadInput(f"“{what}” is “{str(value)[:40]}”, which is no number.")
    return found


def instant(text: str | None) -> int | None:
    """A UTC second, of an ISO date and time that is UTC where it names no zone; nothing for nothing. Raises: BadInput."""
    if not text:
        return None
    try:
        told = datetime.fromisoformat(text[:40])
        return int((told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError) as wrong:
        raise BadInput(f"“{text[:40]}” is no instant; write it as 2026-11-21T20:31:18Z.") from wrong


def instant_told(value: str | int | float) -> int | None:
    """The same of what may be a Unix number, too, in seconds or milliseconds. Raises: BadInput."""
    if isinstance(value, str) and not UNIX.fullmatch(value):
        return instant(value)
    told = number(value, "instant")
    seconds = told if told < MOST_SECONDS else told / 1000
    if not 0 <= seconds < MOST_SECONDS:
        raise BadInput(f"“{told}” is no instant that can be true.")
    return int(seconds)


def plain_text(value: object) -> str:
    """A text that every database can keep; empty for anything else."""
    return value.replace("\0", "").strip()[:LONGEST_NAME] if isinstance(value, str) else ""
