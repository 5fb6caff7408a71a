"""What the cells of a column look like: addresses, dates, sums or a few words; and which field they could therefore tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from habitue.app.imports.kinds import Field
from habitue.app.imports.values import LIKES
from habitue.app.understanding.dates import UNIX
from habitue.app.understanding.layouts_cells import CURRENCIES, date
from habitue.app.understanding.layouts_texts import is_text, written
from habitue.app.understanding.layouts_words import BY_FIELD, BY_FORM, plain
from habitue.words.telephones import BETWEEN_DIGITS

MOSTLY = 0.8
LEAVE = frozenset(("granted", "agrees_email", "agrees_sms", "left", "happened"))
"""Fields about her leave: nearly all of a column's words must be known before it is believed to tell one."""
FEW_WORDS = 30
LONGEST_DATE = 60
EMAIL = re.compile(r"(?:.*<)?[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+>?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T].*)?|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}(?:[ T,].*)?|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
NUMBER = re.compile(r"[-+(]?\d[\d\s.,'’]*\)?")
WHOLE = re.compile(r"\d{1,9}(?:[.,]0+)?")
PHONE = re.compile(rf"'?\+?[\d{BETWEEN_DIGITS}]{{6,20}}")
CLOCK = re.compile(r"\d{1,2}[:hH]\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?")
SIGNS_OF_MONEY = re.compile(r"[\s€$£¥’']")


@dataclass(frozen=True, slots=True)
class Look:
    """One column's cells, among the rows that were looked at.

    Units: `filled` is the share of rows with anything in them, the others are shares of the filled ones. `words` are the distinct cells, the first few.
    """

    filled: float
    email: float
    date: float
    unix: float
    number: float
    whole: float
    phone: float
    clock: float
    distinct: int
    words: tuple[str, ...]


def look(cells: pa.Array) -> Look:
    """How the cells of one column look."""
    counted = written(cells).drop_null().value_counts()
    told = [(one["values"].strip(), one["counts"]) for one in counted.to_pylist()]
    total = sum(count for _, count in told)
    is_time = pa.types.is_temporal(cells.type)

    def share(shape: re.Pattern[str], change: bool = False) -> float:
        return float(sum(count for text, count in told if shape.fullmatch(_bare(text) if change else text)) / max(1, total))

    return Look(
        filled=total / max(1, len(cells)),
        email=share(EMAIL),
        date=1.0 if is_time and total else sum(count for text, count in told if len(text) <= LONGEST_DATE and DATE.fullmatch(date(text))) / max(1, total),
        unix=share(UNIX),
        number=0.0 if is_time else share(NUMBER, change=True),
        whole=0.0 if is_time else share(WHOLE),
        phone=0.0 if is_time else share(PHONE),
        clock=share(CLOCK),
        distinct=len(told),
        words=tuple(text for text, _ in told[: 10 * FEW_WORDS]),
    )


def _bare(text: str) -> str:
    return SIGNS_OF_MONEY.sub("", re.sub(CURRENCIES, "", text)).replace("−", "-")


def known_share(field: Field, one: Look) -> float:
    """The part of the distinct cells that are words of ours for that field."""
    words = BY_FIELD.get(field.name) or BY_FORM.get(field.form, {})
    figures = LIKES if field.form == "feeling" else {}
    return sum(plain(word) in words or word in words or word in figures for word in one.words) / max(1, len(one.words))


def could_tell(field: Field, one: Look) -> bool:
    """Whether cells that look so could tell that field."""
    if not one.filled:
        return False
    if field.form == "instant":
        return one.date >= MOSTLY or one.unix >= MOSTLY
    if field.form in ("day", "birthday"):
        return one.date >= MOSTLY
    if field.name in ("email", "phone"):
        return (one.email if field.name == "email" else one.phone) >= MOSTLY
    if field.form in ("money", "price", "quantity", "units"):
        return (one.whole if field.form == "units" else one.number) >= MOSTLY and one.date < MOSTLY
    if field.name in ("answered", "bounced") and one.whole >= MOSTLY and not one.unix:
        return True
    if field.name in BY_FIELD or field.form in BY_FORM:
        return one.distinct <= FEW_WORDS and known_share(field, one) >= (MOSTLY if field.is_needed or field.name in LEAVE else 0.3)
    if field.name == "sender":
        return one.distinct <= 10 * FEW_WORDS
    if field.form == "currency":
        return all(re.fullmatch(r"[A-Za-z]{3}", word) for word in one.words)
    return one.email < MOSTLY and (one.date < MOSTLY or field.form == "text") and one.clock < MOSTLY


def samples(cells: pa.Array, count: int = 2) -> tuple[str, ...]:
    """The first distinct cells, cut to a line, without the signs that steer a terminal."""
    shown = ("".join(sign if sign.isprintable() else " " for sign in text).strip() for text in pc.unique(written(cells).drop_null())[:count].to_pylist())
    return tuple(text if len(text) <= 40 else f"{text[:39]}…" for text in shown)


def is_currency_sign(cells: pa.Array) -> str:
    """The currency that the sums are written with, if it is always the same; empty otherwise."""
    if not is_text(cells):
        return ""
    signs = {sign for text in cells.drop_null().to_pylist() for sign in re.findall(r"[€$£]|\b(?:EUR|USD|GBP|CHF|CAD)\b", text)}
    return {"€": "EUR", "$": "USD", "£": "GBP"}.get(sign := signs.pop(), sign) if len(signs) == 1 else ""
