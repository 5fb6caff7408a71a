"""What a shopkeeper calls the grocer's things: “FLUID MILK WHITE ONLY” is milk, and lait.

The names stand in `plain_names.toml`: all departments and categories, and the types that make up nine purchase lines in ten.
A type that is not there is tidied by rule in English; in French it takes its category's name, which is always right and only less precise.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("plain_names.toml")
LANGUAGES = ("en", "fr")

_SHORT = {
    "FRZN": "frozen", "FRZ": "frozen", "FRE": "fresh", "BTL": "bottle", "BTLS": "bottles", "VEG": "vegetable", "REFRIG": "chilled", "REFRIGERATED": "chilled",
    "SS": "single", "PK": "pack", "PKG": "packed", "PKGD": "packed", "CKN": "chicken", "CHIX": "chicken", "CHOC": "chocolate", "MISC": "other",
    "MISCELLANEOUS": "other", "W": "with", "WO": "without", "ACCESS": "accessories", "ACCESSORI": "accessories", "HH": "household", "BBQ": "barbecue",
    "DRNK": "drink", "DRNKS": "drinks", "SFT": "soft", "CARB": "sparkling", "JCE": "juice", "CONC": "concentrate", "SW": "sweet", "GDS": "goods",
    "CNDY": "candy", "CKYS": "cookies", "SNKS": "snacks", "CRKR": "crackers", "ICRM": "ice cream", "DEC": "decorations", "XMAS": "Christmas",
    "BKFST": "breakfast", "WHT": "white", "NAT": "natural", "ORG": "organic", "PREPCK": "prepacked", "PREPACK": "prepacked",
    "BRD": "breaded", "RW": "", "IQF": "", "NON": "non", "ETC": "", "ALL": "", "OTHERS": "other kinds", "EXCEPT": "", "EXC": "", "ASSTD": "assorted",
    "GRND": "ground",
}  # fmt: skip
CUT_AT = 30  # the till cuts labels here, often within a word
_JOINING = {"and", "with", "other", "kinds", "for", "of", "the", "non", "in"}


@dataclass(frozen=True)
class PlainNames:
    """Names by level, then by key, then by language."""

    departments: Mapping[str, Mapping[str, str]]
    categories: Mapping[str, Mapping[str, str]]
    types: Mapping[str, Mapping[str, str]]

    def of_type(self, category: str, type_name: str) -> dict[str, str]:
        """The names of a type: by hand where it is in the file, else tidied in English and its category's in French."""
        by_hand = self.types.get(f"{category}/{type_name}" if category else type_name)
        if by_hand:
            return dict(by_hand)
        wide, own = self.of_category(category), tidy(type_name)
        if not own or set(own.split()) <= _JOINING:
            return wide
        is_clear = bool(set(own.lower().split()) & set(wide["en"].lower().split()) - _JOINING)
        return {"en": own if is_clear else f"{wide['en']} ({own})", "fr": wide["fr"]}

    def of_category(self, category: str) -> dict[str, str]:
        return dict(self.categories.get(category) or {"en": tidy(category) or "other things", "fr": "articles divers"})

    def of_department(self, department: str) -> dict[str, str]:
        return dict(self.departments.get(department) or {"en": tidy(department) or "other things", "fr": "articles divers"})


@cache
def plain_names() -> PlainNames:
    """The names in the file."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return PlainNames(found["departments"], found["categories"], found["types"])


def tidy(label: str) -> str:
    """A label of the till in small letters: abbreviations spelt out, brackets and a word that the till cut off gone.

    >>> tidy("SEAFOOD-FRZ-IQF COOKED SHRIMP")
    'seafood frozen cooked shrimp'
    >>> tidy("CHEESE: NATURAL BULK")
    'natural bulk cheese'
    """
    text = re.sub(r"\([^)]*\)?", " ", label)
    if text == label and len(label) >= CUT_AT:
        text = re.sub(r"[^\s\-/&,:;*]+$", "", label) or label
    head, colon, rest = text.partition(":")
    text = f"{rest} {head}" if colon and rest.strip() and head.strip() else text.replace(":", " ")
    words = [_SHORT.get(w.strip(".").upper(), w.strip(".").lower()) for w in re.split(r"[\s\-/,;*]+|&", text) if w]
    words = [word for word in words if word]
    while words and words[-1] in _JOINING:
        words.pop()
    return " ".join(words)
