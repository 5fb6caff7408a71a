"""How names and addresses are written so that likeness can compare them: small letters, no accents, one word for one kind of street."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from habitue.app.likeness.model import Somebody

READ_SIGNS = 200
"""What a field says after so many signs is not read: no name is that long, and whoever sends one may not slow everyone down."""
KEPT_SIGNS = 40
CELLS = 200_000

_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[,;\n\r|]+| - ")
_HOUSE = re.compile(r"\d+")
_NUMBER_ALONE = re.compile(r"^(\s*\d+\s*(?:bis|ter|quater|[a-z])?)\s*,")
_CEDEX = re.compile(r"\bcedex\b.*")
_FOLDED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "’": "'", "ʼ": "'"})

Spelt = tuple[int | str | bool | None, ...]
COLUMNS = (
    *("number", "woman", "given", "given_first", "is_known_name", "family", "family_is_name", "family_bare", "family_first", "family_last"),
    *("whole", "turned", "letters", "house", "way", "beside", "postcode", "digits", "city", "place", "door", "email", "phone", "birthday"),
)
"""What is compared of each person. `given_first`, `family_first` and `family_last` only of compound names; `whole` and `turned` are both names run together,
`letters` their letters in order, so that an exchange of names or of letters changes nothing, and `digits` those of the postcode; `door` is the house in its
street, `place` postcode and town."""


def spelt(person: Somebody) -> Spelt:
    """A person's row, in the order of COLUMNS; what is empty is None."""
    given, given_first, is_known = _given(person.given_name[:READ_SIGNS])
    family, bare, first, last = _family(person.family_name[:READ_SIGNS])
    house, way, beside = _street(person.street[:READ_SIGNS])
    postcode, city = _postcode(person.postcode[:READ_SIGNS]), _city(person.city[:READ_SIGNS])
    whole = given + family
    return (
        person.number,
        _woman(person.title[:READ_SIGNS]),
        *(given or None, given_first or None, is_known),
        *(family or None, family in words()["given_names"], bare or None, first or None, last or None),
        *(whole or None, family + given or None, "".join(sorted(whole)) or None),
        *(house or None, way or None, beside or None),
        *(postcode or None, "".join(sorted(postcode)) or None, city or None, f"{postcode} {city}" if postcode and city else None),
        f"{house} {way}" if house and way else None,
        person.email[:READ_SIGNS].strip().casefold() or None,
        "".join(sign for sign in person.phone[:READ_SIGNS] if sign.isdecimal())[-9:] or None,
        person.birthday_mmdd or None,
    )


@cache
def words() -> dict[str, frozenset[str]]:
    """The lists of `words.toml`, folded."""
    lists = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(folded(word) for word in " ".join(found).split()) for name, found in lists.items() if name != "ways"}


@cache
def _ways() -> dict[str, str]:
    ways = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))["ways"]
    return {folded(word): short for short, spellings in ways.items() for word in (short, *spellings.split())}


def folded(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _tokens(text: str) -> list[str]:
    return _WORD.findall(folded(text))


@lru_cache(CELLS)
def _given(text: str) -> tuple[str, str, bool]:
    """A given name run together, its first part where it is compound, and whether it is a name that many bear."""
    tokens = _without(_tokens(text), "titles")
    if tokens and all(len(token) == 1 for token in tokens):
        return tokens[0], "", False
    whole, known = "".join(tokens)[:KEPT_SIGNS], words()["given_names"]
    first = tokens[0] if len(tokens) > 1 and len(tokens[0]) > 2 else ""
    return whole, first, whole in known or (first in known and all(token in known for token in tokens))


@lru_cache(CELLS)
def _family(text: str) -> tuple[str, str, str, str]:
    """A family name run together, the same without particles, and the first and last part of a double name."""
    tokens = [token for token in _without(_tokens(text), "titles") if token not in words()["born"]]
    bare = [token for token in tokens if token not in words()["particles"]] or tokens
    first, last = (bare[0], bare[-1]) if len(bare) > 1 else ("", "")
    return "".join(tokens)[:KEPT_SIGNS], "".join(bare)[:KEPT_SIGNS], first if len(first) > 2 else "", last if len(last) > 2 else ""


def _without(tokens: list[str], which: str) -> list[str]:
    return [token for token in tokens if token not in words()[which]] or tokens


@lru_cache(CELLS)
def _street(text: str) -> tuple[str, str, str]:
    """The number of the house, the street, and what else stands there (a building, a hamlet)."""
    parts = [tokens for part in _PARTS.split(_NUMBER_ALONE.sub(r"\1 ", folded(text))) if (tokens := _WORD.findall(part))]
    if not parts:
        return "", "", ""
    main = next((part for part in parts if _HOUSE.match(part[0]) and len(part) > 1), parts[0])
    beside = "".join(_way(token) for part in parts if part is not main for token in part)
    house = ""
    for place in (0, -1):
        if not house and (number := _HOUSE.match(main[place])):
            house = number[0].lstrip("0") or "0"
            main = (main[1:] if place == 0 else main[:-1]) or [""]
    if house and len(main) > 1 and main[0] in words()["after_number"]:
        main = main[1:]
    kept = [token for token in main if token not in words()["articles"]] or main
    return house, "".join(map(_way, kept))[:KEPT_SIGNS], beside[:KEPT_SIGNS]


def _way(token: str) -> str:
    return _ways().get(token, token)


@lru_cache(CELLS)
def _city(text: str) -> str:
    tokens = [token for token in _WORD.findall(_CEDEX.sub("", folded(text))) if not token[0].isdecimal()]
    return "".join(map(_way, tokens))[:KEPT_SIGNS]


@lru_cache(CELLS)
def _postcode(text: str) -> str:
    return "".join(_tokens(text))[:12]


@lru_cache(1000)
def _woman(title: str) -> bool | None:
    tokens = set(_tokens(title))
    if tokens & words()["her"]:
        return True
    return False if tokens & words()["him"] else None
