"""Whether somebody who writes to us asks to be erased, or to see what is held of her, in French or English; in doubt a person reads it.

No form is needed for such a request to count: a letter in her own words does. What she quotes is not read, as in `stop_rules.py`. To be erased cannot be
taken back, so it is sure only where she says nothing else: in a short mail, a whole sentence, and no word that might turn it round anywhere.
Source: Regulation (EU) 2016/679, articles 12(2), 15 and 17; EDPB, Guidelines 01/2022 on the right of access, section 3.1.2.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import pairwise

from habitue.consent.law.model import Asked
from habitue.consent.stop_rules import GREETINGS, LONGEST, folded, said_in, without

MOST_SENTENCES, MOST_LETTERS, NAME_WORDS = 3, 300, 3
"""Of a mail in which a wish is sure: whoever writes more tells a story, and a person reads it. What has up to three words greets, or is a name below."""
PLEASE = re.compile(r"(?:can|could|would|pouvez|pourriez|voulez)\b")
"""How a question begins that is none."""
QUOTED = re.compile(r"[«»“”„\"]")
NAMED = ("things", "choses", "mine", "held", "tail", "mes", "sur", "fin", "delete", "efface")
"""The expressions that others are made of, each before those that it is made of."""

_TOLD = tomllib.loads((files("habitue.consent.law") / "law_words.toml").read_text(encoding="utf-8"))


def _compiled(text: str) -> re.Pattern[str]:
    for name in NAMED:
        text = text.replace(f"{{{name}}}", _TOLD[name])
    return re.compile(text, re.ASCII)


ERASURE, ERASURE_PERHAPS, ACCESS, NOT_MEANT = (tuple(map(_compiled, _TOLD[name])) for name in ("erasure", "erasure_perhaps", "access", "not_meant"))
DOUBTS, POINTS = (_compiled(_TOLD[name]) for name in ("doubts", "points"))


@dataclass(frozen=True)
class Wish:
    """What she asks by law, nothing where she does not; `is_sure` where no person need read it first.

    `words` are the sentences that say so, as she wrote them; where nothing is asked, those that speak of it: that it is not meant, or no more.
    """

    asked: Asked | None
    is_sure: bool = True
    words: str = ""


def law_said(words: str) -> Wish:
    """What her own words ask, without what she quoted; to be erased before all else. What only lines by themselves say is never sure."""
    joined, by_line = (_wish_in(words, said_in(words, is_by_line)) for is_by_line in (False, True))
    return joined if joined.asked == Asked.ERASURE or by_line.asked in (None, joined.asked) else replace(by_line, is_sure=False)


def _wish_in(words: str, sentences: list[str]) -> Wish:
    told = [each for each in sentences if _bare(each)]
    is_plain = len(words) <= LONGEST and not QUOTED.search(words) and not any(DOUBTS.search(folded(each)) for each in told)
    is_short = sum(len(each.split()) > NAME_WORDS for each in told) <= MOST_SENTENCES and sum(map(len, told)) <= MOST_LETTERS
    meant = {each: without(folded(each), NOT_MEANT) for each in _with_what_they_point_at(told)}
    erased, seen = ([each for each, left in meant.items() if any(form.search(left) for form in forms)] for forms in (ERASURE_PERHAPS, ACCESS))
    for each in told if is_plain and is_short and not set(seen) - set(erased) else ():
        if any(form.fullmatch(_bare(each)) for form in ERASURE) and ("?" not in words or PLEASE.match(_bare(each))):
            return Wish(Asked.ERASURE, words=each)
    if erased:
        return Wish(Asked.ERASURE, is_sure=False, words=". ".join(each for each in meant if each in erased or each in seen))
    if seen:
        return Wish(Asked.ACCESS, is_plain, seen[0])
    spoken_of = [each for each in meant if any(form.search(folded(each)) for form in (*ERASURE_PERHAPS, *ACCESS))]
    return Wish(None, is_sure=False, words=". ".join(spoken_of))


def _with_what_they_point_at(sentences: list[str]) -> list[str]:
    """“Delete it” is read with the sentence before."""
    return [f"{before}. {each}" if before and POINTS.search(folded(each)) else each for before, each in pairwise(["", *sentences])]


def _bare(sentence: str) -> str:
    """A sentence folded, without greetings and thanks."""
    return " ".join(GREETINGS.sub(" ", folded(sentence)).split()).strip(" ,'")
