"""Which word of a name says what a thing is: “saumon” of “saumon frais”, “salmon” of “canned salmon”. Whoever says that word means every kind of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from habitue.dialogue.sentences import folded_word

BEHIND = frozenset(("de", "d", "du", "des", "à", "a", "au", "aux"))
"""French words behind which the first word of a name is half of it alone: a “pomme de terre” is no kind of “pomme”."""
TWO = frozenset(("and", "or", "of", "no", "non", "et", "ou"))
"""Words of a name that is about two things, or about a part of one."""
CUT = re.compile(r" (?:with|for|in|from|without|en|pour|sans|avec) .*$")
LEAST = 3
"""Letters of a head."""


def _texts(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _texts(each)


_TOLD = tomllib.loads((files("habitue.dialogue") / "said_words.toml").read_text(encoding="utf-8"))
_TOLD["allergy"].pop("allergens")
NO_HEADS = frozenset(word for text in _texts(_TOLD) for word in re.findall(r"[a-z]{3,}", text))
"""Words that are no thing by themselves, or too many (`heads` of `said_words.toml`), and those of its rules: a “pack for the family” is no family."""


def head_of(name: str, language: str) -> str:
    """The word of a plain name that says what the thing is; nothing where the name is one word, or none of them does.

    In French it comes first, in English last.
    """
    words = re.findall(r"[^\W\d_]+", name.casefold())
    kept = re.findall(r"[^\W\d_]+", CUT.sub("", name.casefold()))
    if len(words) < 2 or not kept or TWO.intersection(words) or language not in ("en", "fr"):
        return ""
    head = kept[-1] if language == "en" else "" if words[1] in BEHIND else kept[0]
    plain = folded_word(head)
    return "" if len(head) < LEAST or {plain, plain.removesuffix("s"), plain.removesuffix("es"), plain.removesuffix("x")} & NO_HEADS else head
