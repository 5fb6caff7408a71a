"""How words become what a statement is about: hours of the week, and attributes under one spelling."""

from __future__ import annotations

import re

from habitue.memory.model import Hours
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel

WEEKDAYS = ("mon lun", "tue mar", "wed mer", "thu jeu", "fri ven", "sat sam", "sun dim")
_SPAN = re.compile(r"(\d{1,2})\s*h?\s*[-–]\s*(\d{1,2})\s*h?(?:\s+([1-7]|[a-zé]+\.?)(?:\s*[-–]\s*([1-7]|[a-zé]+\.?))?)?")
WAYS = ("e-mail mail courriel", "sms texto", "post courrier poste", "shop boutique magasin comptoir", "phone téléphone telephone appel", "site web")
"""What people call each channel, in the order of `Channel`."""
LONGEST_ATTRIBUTE = 60


def hours_of(text: str) -> Hours:
    """The hours that a text names: “0-10” (before ten), “12-8 sat-sun”, “8-10 lun”.

    Raises: BadInput where it names none.
    """
    found = _SPAN.fullmatch(text.strip().casefold())
    if not found:
        raise BadInput(f"“{text.strip()[:40]}” names no hours; write 0-10 for before ten, or 12-14 mon-fri.")
    first, last = int(found[1]), int(found[2])
    if first > 23 or last > 24 or first == last:
        raise BadInput(f"“{text.strip()[:40]}” names no hours of a day; the first is 0 to 23, the last 1 to 24.")
    from_weekday = _weekday(found[3], text) if found[3] else 0
    return Hours(first, last or 24, from_weekday, _weekday(found[4], text) if found[4] else from_weekday)


def _weekday(word: str, text: str) -> int:
    if word.isdigit():
        return int(word)
    for number, names in enumerate(WEEKDAYS, start=1):
        if any(word.startswith(name) for name in names.split()):
            return number
    raise BadInput(f"“{text.strip()[:40]}” names no weekday that we know; write mon, tue, wed, thu, fri, sat or sun.")


def way_of(text: str) -> Channel | None:
    """The channel that a word names in English or French, or by its key: “téléphone” is the phone; none where it names none."""
    word = text.strip().casefold()
    return Channel.__members__.get(word.upper()) or next((channel for channel, names in zip(Channel, WAYS, strict=True) if word in names.split()), None)


def attribute_of(text: str) -> str:
    """An attribute under its one spelling: “ Sans  Sucre ” is “sans sucre”.

    Raises: BadInput where nothing is written, or more than an attribute.
    """
    word = " ".join(text.casefold().split())
    if not word or len(word) > LONGEST_ATTRIBUTE or not word.isprintable():
        raise BadInput(f"An attribute is a word or a few, {LONGEST_ATTRIBUTE} letters at most, as “organic” or “without sugar”.")
    return word
