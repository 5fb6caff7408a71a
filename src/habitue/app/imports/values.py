"""Reading single values as a shop writes them: “1.234,56”, “31/12/2017 18:05”, “oui”. No file, no database, no clock.

Every reader gives a value, or nothing for an empty cell. Raises: BadInput with a reason that names the value.
Units: money in cents, prices in ten-thousandths, quantities in thousandths, instants in UTC seconds, days since 1970-01-01.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN
from enum import IntEnum
from typing import Any

from habitue.app.imports.numbers import number, shown
from habitue.memory.rules import attribute_of
from habitue.words.clock import day_number, zone
from habitue.words.errors import BadInput

LONGEST_KEY, LONGEST_TEXT = 200, 2_000
FIRST_INSTANT = int(datetime(1990, 1, 1, tzinfo=UTC).timestamp())
DAY_SECONDS = 86_400
NOON = 12
LARGEST = 10**15
WIDE_SPACES = str.maketrans("\u00a0\u202f\u2009\u3000", "    ")
UNSEEN = "\u00ad\u200c\u200d\u2060\ufeff"  # soft hyphen, joiners, byte order mark: they part no words
SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T,]+(\d{1,2})[:hH](\d{2})(?::(\d{2}))?)?")
YES = frozenset(("1", "true", "yes", "y", "t", "oui", "o", "vrai", "x", "on"))
NO = frozenset(("0", "false", "no", "n", "f", "non", "faux", "off", "-"))
LIKES = {"1": 1, "+1": 1, "like": 1, "likes": 1, "loves": 1, "-1": -1, "−1": -1, "dislike": -1, "dislikes": -1, "hates": -1, "0": 0, "neither": 0}
UNIX_PARTS = {"unix": 1, "unix-milliseconds": 1000}


@dataclass(frozen=True)
class Manner:
    """How one field is written: zones, order of day and month, decimal sign, words that stand for ours, and the last instant believed."""

    zone: str
    times_in: str
    latest: int
    dates: str = "iso"
    decimals: str = "auto"
    is_day: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


def key(raw: Any, _manner: Manner) -> str | None:
    """A key of the source: 900 and 900.0 and " 900 " are one key."""
    if isinstance(raw, int):
        return str(raw)
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < LARGEST:
        raw = int(raw)
    text = str(raw).translate(WIDE_SPACES).strip()
    if len(text) > LONGEST_KEY:
        raise BadInput(f"{shown(text)} is too long for a key")
    if not text.isprintable():
        raise BadInput(f"{shown(text.encode('unicode_escape').decode())} holds signs that no key has")
    return text or None


def text(raw: Any, _manner: Manner) -> str | None:
    """A text; line ends and other signs that take room become spaces, those that nobody sees (a soft hyphen) go."""
    words = _printable(raw)
    if len(words) > LONGEST_TEXT:
        raise BadInput(f"{shown(words)} is longer than {LONGEST_TEXT:,} characters")
    return words or None


def words(raw: Any, _manner: Manner) -> str | None:
    """What somebody said, in her own words: as a text, but no reason ever repeats it."""
    said = _printable(raw)
    if len(said) > LONGEST_TEXT:
        raise BadInput(f"what she said is longer than {LONGEST_TEXT:,} characters")
    return said or None


def _printable(raw: Any) -> str:
    return "".join(sign if sign.isprintable() else "" if sign in UNSEEN else " " for sign in str(raw)[: LONGEST_TEXT + 1]).strip()


def attributes(raw: Any, _manner: Manner) -> str | None:
    """What a thing is like, each under its one spelling: “Label rouge; Organic” is “label rouge, organic”."""
    told = {attribute_of(word) for word in str(raw).replace(";", ",").split(",") if word.strip()}
    return ", ".join(sorted(told)) or None


def scaled(raw: Any, manner: Manner, parts: int) -> int | None:
    """A number in so many parts of one, rounded half to even."""
    value = number(raw, manner.decimals)
    return None if value is None else int((value * parts).to_integral_value(ROUND_HALF_EVEN))


def units(raw: Any, manner: Manner) -> int | None:
    """A whole count, never below zero."""
    value = number(raw, manner.decimals)
    if value is not None and (value < 0 or value != value.to_integral_value()):
        raise BadInput(f"{shown(raw)} is no count of units")
    return None if value is None else int(value)


def moment(raw: Any, manner: Manner) -> datetime | date | None:
    """A date or an instant, as the file writes it, without a judgement on whether it can be true."""
    if isinstance(raw, datetime | date):
        return raw
    written = str(raw).strip()
    if not written:
        return None
    try:
        if manner.dates in UNIX_PARTS:
            return datetime.fromtimestamp(float(written) / UNIX_PARTS[manner.dates], UTC)
        if found := SLASHED.fullmatch(written):
            return _slashed(found, manner, raw)
        return date.fromisoformat(written) if len(written) <= 10 else datetime.fromisoformat(written)
    except (ValueError, OverflowError, OSError) as wrong:
        raise BadInput(f"{shown(raw)} is no date") from wrong


def _slashed(found: re.Match[str], manner: Manner, raw: object) -> datetime | date:
    if manner.dates == "iso":
        raise BadInput(f'{shown(raw)} may be two days; write dates = "day-first" or "month-first" under [forms] in the mapping')
    first, second, year, hour, minute, seconds = (int(part or 0) for part in found.groups())
    day, month = (first, second) if manner.dates == "day-first" else (second, first)
    if not found[4]:
        return date(year, month, day)
    return datetime(year, month, day, hour, minute, seconds)  # noqa: DTZ001 - instant() puts the mapping's zone on


def instant(raw: Any, manner: Manner) -> int | None:
    """An instant; a day without an hour is noon in the shop, so that no morning knows what its day will bring."""
    found = moment(raw, manner)
    if found is None:
        return None
    try:
        if has_hour := isinstance(found, datetime) and not manner.is_day:
            at = int((found if found.tzinfo else found.replace(tzinfo=zone(manner.times_in))).timestamp())
        else:
            at = int(datetime(found.year, found.month, found.day, NOON, tzinfo=zone(manner.zone)).timestamp())
    except (ValueError, OverflowError) as wrong:
        raise BadInput(f"{shown(raw)} is no date") from wrong
    if at < FIRST_INSTANT:
        raise BadInput(f"{shown(raw)} lies before 1990")
    if at - (0 if has_hour else NOON * 3600) > manner.latest:
        raise BadInput(f"{shown(raw)} lies in the future")
    return at


def day(raw: Any, manner: Manner) -> int | None:
    """A calendar day, past or to come."""
    found = moment(raw, manner)
    if found is None:
        return None
    if not 1900 <= found.year <= 2200:
        raise BadInput(f"{shown(raw)} lies too far away")
    return day_number(found.date() if isinstance(found, datetime) else found)


def birthday(raw: Any, manner: Manner) -> int | None:
    """Month × 100 + day, from a whole date or from 05-21."""
    if isinstance(raw, str) and re.fullmatch(r"\d{2}-\d{2}", raw.strip()):
        raw = f"2000-{raw.strip()}"  # a leap year, so that 02-29 is a day
    found = moment(raw, manner)
    return None if found is None else found.month * 100 + found.day


def flag(raw: Any, manner: Manner) -> int | None:
    """Yes (1) or no (0), in English, French or figures."""
    if isinstance(raw, bool):
        return int(raw)
    word = _word(raw, manner)
    if word in YES or word in NO:
        return int(word in YES)
    if not word:
        return None
    raise BadInput(f"{shown(raw)} is neither yes nor no")


def choice(raw: Any, manner: Manner, words: type[IntEnum]) -> int | None:
    """One word of a closed list, by its name or by what the mapping says for it."""
    word = _word(raw, manner).replace("-", "_").replace(" ", "_")
    if not word:
        return None
    if word.upper() not in words.__members__:
        known = ", ".join(name.lower().replace("_", "-") for name in words.__members__)
        raise BadInput(f"{shown(raw)} is none of {known}")
    return int(words[word.upper()])


def among(raw: Any, manner: Manner, words: Mapping[str, int]) -> int | None:
    """A number by one of its words."""
    word = _word(raw, manner)
    if word and word not in words:
        raise BadInput(f"{shown(raw)} is none of {', '.join(words)}")
    return words[word] if word else None


def currency(raw: Any, manner: Manner, ours: str) -> str | None:
    """The brand's own currency; any other is refused, since sums would be wrong."""
    word = _word(raw, manner).upper()
    if word and word != ours:
        raise BadInput(f"the currency {shown(raw)} is not this brand's {ours}")
    return word or None


def _word(raw: Any, manner: Manner) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    written = str(raw).strip()
    return manner.words.get(written, written).casefold()


Reader = Callable[[Any, Manner], Any]
