"""Whether a statement touches her health, her belief or her private life: by its own word, or by one of the dictionary. What does is kept only with
her explicit leave; the purpose is called health, and its words name both.

Source: Regulation (EU) 2016/679, article 9(1) and 9(2)(a).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

MARKS = ("Mn", "Me")
"""Accents, and whatever else is written over or around a letter."""
NO_LEAVE = (
    "This may tell of her health or belief, so nothing was kept: ask her leave first, then note her yes as a consent for the purpose health, and say it again."
)


def touches_health(*texts: str) -> bool:
    """Whether any of these texts holds a word of illness, of a state of the body, of treatment, or of belief or private life, in French or English."""
    return any(_words().search(plain) for text in texts for plain in _plain(text))


@cache
def _words() -> re.Pattern[str]:
    listed = tomllib.loads((files("habitue.memory") / "health_words.toml").read_text(encoding="utf-8"))
    whole = {word for words in listed.pop("whole").values() for word in words}
    begun = {word for spoken in listed.values() for words in spoken.values() for word in words}
    return re.compile(rf"\b(?:{_either(begun)}|(?:{_either(whole)})\b)")


def _either(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words))


def _plain(text: str) -> set[str]:
    """Small letters without accents, with one kind of apostrophe and of space: “Œdème, peanut_allergy” is “oedeme, peanut allergy”.

    Signs that nobody sees (a soft hyphen, a space of no width) stand within a word or between two: the text is read both ways.
    """
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'"))
    shown = "".join(" " if sign == "_" or unicodedata.category(sign) == "Pd" else sign for sign in folded if unicodedata.category(sign) not in MARKS)
    return {" ".join("".join(unseen if _is_unseen(sign) else sign for sign in shown).split()) for unseen in ("", " ")}


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf"
