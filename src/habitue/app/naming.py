"""Which things of the catalogue a word names: one definition for her page, the counter and the command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from string import ascii_lowercase, ascii_uppercase

from habitue.dialogue.heads import head_of
from habitue.events.catalogue import item_ids
from habitue.events.lookup import look_up
from habitue.store import Truth, sql_text
from habitue.words.vocabulary import Level

SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
"""What every database makes of capitals; of those with an accent, some make nothing."""
AROUND = '"“”«»()'
ACCENTS = frozenset(map(chr, range(0x300, 0x370)))  # those of Latin letters
SEVERAL = re.compile(r"(?:[^s]s|x)$")
SHORTEST_OF_SEVERAL = 3  # letters: “gas”, “dos” and “jus” are one
Thing = tuple[Level, str]


def written(text: str) -> str:
    """A name as she wrote it, without what is no part of it: spaces beside it or twice within, and the sign at its end."""
    plain = " ".join(text.split())
    return plain.rstrip(" .,;:!?…") or plain


def things_called(truth: Truth, text: str, spoken_of: Collection[int] = ()) -> list[Thing]:
    """All things called so, by key, by plain name in any language, or as “type:MEAT/VEAL”; else by such a name written in haste; else every kind of it
    (“salmon” is fresh and canned); nothing where none is.

    One that is part of another of the same name is left to the wider, but where it is among `spoken_of`, item numbers of which an older word would come before
    the wider one. Of products of one type that share the name, the first stands for all, as a word about it does.
    """
    level, colon, key = (part.strip() for part in text.partition(":"))
    if colon and level.upper() in Level.__members__ and item_ids(truth, Level[level.upper()], [key]):
        return [(Level[level.upper()], key)]
    rows = look_up(truth, "app", "things_called", _spellings(text))
    named = {number for number, _ in rows}
    if not any(is_plain for _, is_plain in rows) and (folded := _folded(text)):
        names = truth.run(sql_text("app", "things_named"))
        in_haste = {number for number, name, _ in names if _is_called(name, folded, text)} if not named else set()
        named |= in_haste or {number for number, name, language in names if _is_called(head_of(name, language), folded, text)}
    found: dict[tuple[int, int], Thing] = {}
    for number, level_number, key, *above in look_up(truth, "app", "things_placed", named):
        if number in spoken_of or not named.intersection(above):
            of = above[0] if level_number == Level.PRODUCT and above[0] else number
            found.setdefault((level_number, of), (Level(level_number), key))
    return list(found.values())


def _folded(text: str) -> str:
    """A name without accents, signs around it and the s or x of several: “Cafés moulus.” is “cafe moulu”."""
    words = "".join(sign for sign in _apart(text) if sign not in ACCENTS and sign not in AROUND).split()
    return " ".join(word[:-1] if len(word) > SHORTEST_OF_SEVERAL and SEVERAL.search(word) else word for word in words)


def _is_called(name: str, folded: str, text: str) -> bool:
    return _folded(name) == folded and _may_lack(text, name)


def _may_lack(text: str, name: str) -> bool:
    """Whether accents may make no difference: she wrote none, or a till writes the name in capitals without any. Else “pâté” would be “pâte”."""
    own, its = ([sign for sign in _apart(each) if sign in ACCENTS] for each in (text, name))
    return own == its or not own or (not its and name.isupper())


def _apart(text: str) -> str:
    """A name in small letters, each accent behind its letter."""
    return unicodedata.normalize("NFKD", written(text).casefold().replace("œ", "oe").replace("’", "'"))


def _spellings(text: str) -> set[str]:
    """A name as it may be written: whatever its capitals, its apostrophes and the sign at its end, and by keyboards that have no œ; in small letters as a
    database makes them.
    """
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    forms = {form for each in (plain, written(plain)) for form in (each, each.replace("’", "'"), each.replace("'", "’"))}
    forms |= {each.replace("oe", "œ").replace("OE", "Œ").replace("Oe", "Œ") for each in forms}
    cased = {form for each in forms for form in (each, each.lower(), each.upper(), each.capitalize())}
    return {each.translate(SMALL) for each in cased}
