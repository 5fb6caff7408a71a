"""The expressions of `said_words.toml`, ready to be looked for in a sentence, and what of a sentence they have found."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from habitue.dialogue.sentences import Named, Sentence

TOLD = tomllib.loads((files("habitue.dialogue") / "said_words.toml").read_text(encoding="utf-8"))
PARTS_WORDS, SAID_WORDS, WHOSE_WORDS, ALLERGY_WORDS, OTHERS_WORDS = (TOLD[name] for name in ("parts", "said", "whose", "allergy", "others"))
BUT = re.compile(r"(?:^| )(?:mais|but|par contre|en revanche|however|alors que|whereas|tandis que|although|though|because|parce que|car) ")
PARTS = re.compile(r" ?, ?| (?:mais|but|car|et|and|so|donc|parce que|because) ")
THING = re.compile(r"@(\d+)")
NOTHING = frozenset(SAID_WORDS["nothing"])
"""Words that are no thing."""


def compiled(text: str, of: str = "list") -> re.Pattern[str]:
    """An expression, each name in braces replaced by what it stands for; its things are a `list` of the catalogue's, or any `word`."""
    other = rf"(?:(?!{SAID_WORDS['no_kind']})[a-z]{{3,}}+ (?:ni|nor|ou|or) (?:(?:d|de|du|des|le|la|les|l|any|the) )?)?"
    narrow = rf"{other}(?:(?!{SAID_WORDS['no_kind']})(?P<narrow>[a-z]{{3,}}+) )?" if of == "list" else ""
    text = (
        text.replace("{sign}", ALLERGY_WORDS["sign"])
        .replace("{shock}", ALLERGY_WORDS["shock"])
        .replace("{body}", ALLERGY_WORDS["body"])
        .replace("{troubled}", ALLERGY_WORDS["troubled"])
        .replace("{object}", f"{narrow}(?P<object>{{{of}}})")
        .replace("{allergens}", ALLERGY_WORDS["allergens"])
        .replace("{many}", ALLERGY_WORDS["many"])
    )
    for name, meaning in reversed(PARTS_WORDS.items()):
        text = text.replace(f"{{{name}}}", meaning)
    return re.compile(text, re.ASCII)


def named_in(sentence: Sentence, match: re.Match[str]) -> list[Named]:
    """The things of a match, or the word that no catalogue knows."""
    return [sentence.named[int(number)] for number in THING.findall(match["object"])] or [Named(sentence.part(*match.span("object")), "")]


def segment(text: str, start: int, end: int, by: re.Pattern[str] = BUT) -> tuple[int, int]:
    """From where to where a part of the sentence goes that no “but” divides, or nothing else that divides it."""
    marks = [(each.start(), each.end()) for each in by.finditer(text)]
    return max((last for _, last in marks if last <= start + 1), default=0), min((first for first, _ in marks if first >= end), default=len(text))
