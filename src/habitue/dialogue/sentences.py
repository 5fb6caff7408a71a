"""Her sentences as plain words with the catalogue's things marked in them, so that a rule is a short expression over words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from habitue.consent.stop_rules import unwrapped

LONGEST = 4_000
"""Letters of an answer that are read; of a longer one a person reads the rest."""
WORD = re.compile(r"[^\W_]+|[,?()«»“”\"]")
SENTENCE_END = re.compile(r"(?<=[.!?;…])(?=[\s»”\")])|\n")
AND = re.compile(r"\+|(?<=\s)&(?=\s)")
QUESTION_END = re.compile(r"\?[\s!?.»”\")]*$")
SPOKEN = {
    "jai": "j ai", "jaime": "j aime", "jaimes": "j aime", "jadore": "j adore", "jsuis": "je suis", "chuis": "je suis", "jveux": "je veux", "jpeux": "je peux",
    "cest": "c est", "jen": "j en", "pr": "pour", "qd": "quand", "im": "i m", "ive": "i ve", "cant": "can t", "wont": "won t", "doesnt": "doesn t",
    "didnt": "didn t", "isnt": "isn t", "arent": "aren t", "couldnt": "couldn t", "wouldnt": "wouldn t", "havent": "haven t",
}  # fmt: skip
"""Words that are typed as one, and what they stand for."""
SHORT, SINGULAR_FROM = 3, 4
"""Letters: a name so short is known by its accents, too (“thé” is no “the”); a word so long may stand in the plural."""
WITH_E = ("oe", "che", "she", "sse", "xe", "ze")
"""How a word ends that may have its e from the plural alone."""
LOOKALIKES = frozenset(("mais", "plus", "sale", "sans", "pour", "note", "cote"))
"""Words of every day that are a name only with its accents: “maïs” is no “mais”."""


@dataclass(frozen=True)
class Named:
    """A thing of the catalogue in a sentence: as she wrote it, and by its key."""

    about: str
    thing: str


class Things:
    """The catalogue's names, found by their words, without accents, capitals and the plural; the longest name first."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._known: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for name, key in names.items():
            if words := tuple(map(_singular, map(folded_word, _words(name)))):
                self._known.setdefault(words, []).append((unicodedata.normalize("NFC", name).casefold(), key))
        self._longest = max(map(len, self._known), default=0)

    def at(self, words: list[str], singular: list[str], place: int) -> tuple[int, str]:
        """How many words from there name a thing, and its key; 0 and nothing where they name none."""
        for length in range(min(self._longest, len(words) - place), 0, -1):
            for name, key in self._known.get(tuple(singular[place : place + length]), ()):
                if length > 1 or not _needs_accents(name) or _bare(words[place]) == _bare(name):
                    return length, key
        return 0, ""


@dataclass(frozen=True)
class Sentence:
    """One sentence. `quote` is hers as she wrote it, `text` its words folded, with “@0” for the first thing that `named` lists.

    `starts` and `ends` tell for each word of `text` where it stands in `quote`.
    """

    quote: str
    text: str
    named: tuple[Named, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    is_question: bool

    def part(self, start: int, end: int) -> str:
        """What she wrote where `text` has what stands from one letter up to another."""
        words = self.text.split(" ")
        places = [0, *accumulate(len(word) + 1 for word in words)]
        first, last = bisect_right(places, start) - 1, bisect_right(places, max(start, end - 1)) - 1
        return self.quote[self.starts[first] : self.ends[min(last, len(words) - 1)]]

    def followed_by(self, other: Sentence) -> Sentence:
        """This sentence and the next as one, with a comma for this one's question mark; the next names no thing of the catalogue."""
        behind = len(self.quote) + 1
        places = [tuple(place + behind for place in each) for each in (other.starts, other.ends)]
        text = f"{self.text.replace('?', ',')} {other.text}"
        return Sentence(f"{self.quote} {other.quote}", text, self.named, (*self.starts, *places[0]), (*self.ends, *places[1]), other.is_question)


def sentences_in(words: str, things: Things) -> list[Sentence]:
    """The sentences of an answer, as far as anybody reads; those without a word are left out."""
    text = unwrapped(unicodedata.normalize("NFC", words[:LONGEST]), is_by_line=False)
    quotes = (" ".join(each.split()) for each in SENTENCE_END.split(text))
    return [_sentence(quote, things) for quote in quotes if any(map(str.isalnum, quote))]


def _sentence(quote: str, things: Things) -> Sentence:
    found = list(WORD.finditer(quote))
    words = [each[0] for each in found]
    plain = [folded_word(word) for word in words]
    singular = [_singular(word) for word in plain]
    text, named, starts, ends, place = list[str](), list[Named](), list[int](), list[int](), 0
    while place < len(words):
        length, key = things.at(words, singular, place)
        last = place + max(length, 1) - 1
        if text and (sign := AND.search(quote, ends[-1], found[place].start())):
            starts.append(sign.start())
            ends.append(sign.end())
            text.append("and")
        starts.append(found[place].start())
        ends.append(found[last].end())
        told = [f"@{len(named)}"] if length else SPOKEN.get(plain[place], plain[place] or words[place]).split()
        starts += [starts[-1]] * (len(told) - 1)
        ends += [ends[-1]] * (len(told) - 1)
        text += told
        if length:
            named.append(Named(quote[starts[-1] : ends[-1]], key))
        place = last + 1
    return Sentence(quote, " ".join(text), tuple(named), tuple(starts), tuple(ends), bool(QUESTION_END.search(quote)))


def folded_word(word: str) -> str:
    """A word in small letters without accents: “Œufs” is “oeufs”."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _singular(word: str) -> str:
    """What the one and the several of a word, in French and English, have in common: “tomatoes” and “tomato”, “berries” and “berry”."""
    if len(word) < SINGULAR_FROM:
        return word
    bare = word[:-1] if word[-1] in "sx" else word
    bare = f"{bare[:-2]}y" if bare.endswith("ie") else bare
    return bare[:-1] if bare.endswith(WITH_E) else bare


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))


def _bare(name: str) -> str:
    """A name with its accents, without the sign of the plural."""
    return name.casefold().rstrip("sx")


def _needs_accents(name: str) -> bool:
    plain = folded_word(name)
    return plain != name and (len(plain) <= SHORT or plain in LOOKALIKES)
