"""Reading one number as a shop writes it, exactly, and refusing what could be two."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from habitue.words.errors import BadInput

LONGEST_NUMBER = 40
THOUSANDS_BY_COMMA = re.compile(r"[+-]?\d{1,3}(,\d{3})+")


def shown(raw: object) -> str:
    """A value as a reason shows it, never longer than a line, and with a mark for zero bytes, which no database keeps alike."""
    text = str(raw).replace("\0", "␀")
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def number(raw: Any, decimals: str) -> Decimal | None:
    """An exact number, from “1.234,56”, “1,234.56”, “12,50”, “(3.00)”, “€ 12” or 12.5.

    “1,234” may be two numbers; unless the mapping says which sign the decimals have, it is refused.
    """
    if isinstance(raw, bool):
        raise BadInput(f"{shown(raw)} is no number")
    if isinstance(raw, int | Decimal):
        return _bounded(Decimal(raw), raw)
    if isinstance(raw, float):
        return _bounded(Decimal(repr(raw)), raw)
    plain = "".join(sign for sign in str(raw) if not sign.isspace() and sign not in "€$£'’").replace("−", "-")
    if not plain:
        return None
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1]
    if len(plain) > LONGEST_NUMBER:
        raise BadInput(f"{shown(raw)} is no number")
    try:
        return _bounded(Decimal(_with_point(plain, decimals, raw)), raw)
    except InvalidOperation as wrong:
        raise BadInput(f"{shown(raw)} is no number") from wrong


def _with_point(plain: str, decimals: str, raw: object) -> str:
    comma, point = plain.rfind(","), plain.rfind(".")
    if decimals == "comma" or (decimals == "auto" and comma > point >= 0):
        return plain.replace(".", "").replace(",", ".")
    if decimals == "auto" and comma >= 0 and point < 0:
        if THOUSANDS_BY_COMMA.fullmatch(plain):
            raise BadInput(f'{shown(raw)} may be two numbers; write decimals = "comma" or "point" under [forms] in the mapping')
        return plain.replace(",", ".")
    return plain.replace(",", "")


def _bounded(value: Decimal, raw: object) -> Decimal:
    if not value.is_finite():
        raise BadInput(f"{shown(raw)} is no number")
    if value.copy_abs() >= 10**9:  # abs() would round, and overflow at 1e9999999
        raise BadInput(f"{shown(raw)} is too large to be true")
    return value
