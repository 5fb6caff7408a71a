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

from habitue.consent.law.model import Asked
from habitue.consent.stop_rules import GREETINGS, LONGEST, folded, said_in

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
DOUBTS = _compiled(_TOLD["doubts"])


@dataclass(frozen=True)
class Wish:
    """What she asks by law, nothing where she does not; `is_sure` where no person need read it first; `words` is the sentence that says so, as she wrote it."""

    asked: Asked | None
    is_sure: bool = True
    words: str = ""


def law_said(words: str) -> Wish:
    """What her own words ask, without what she quoted; to be erased before all else. What only lines by themselves say is never sure."""
    joined = _wish_in(words, said_in(words))
    return joined if joined.asked else replace(_wish_in(words, said_in(words, is_by_line=True)), is_sure=False)


def _wish_in(words: str, sentences: list[str]) -> Wish:
    said = [each for each in sentences if _bare(each)]
    is_plain = len(words) <= LONGEST and not QUOTED.search(words) and not any(DOUBTS.search(folded(each)) for each in said)
    is_short = sum(len(each.split()) > NAME_WORDS for each in said) <= MOST_SENTENCES and sum(map(len, said)) <= MOST_LETTERS
    meant = [each for each in said if not any(other.search(folded(each)) for other in NOT_MEANT)]
    for each in meant if is_plain and is_short else ():
        if any(form.fullmatch(_bare(each)) for form in ERASURE) and ("?" not in words or PLEASE.match(_bare(each))):
            return Wish(Asked.ERASURE, words=each)
    for asked, forms, is_sure in ((Asked.ERASURE, ERASURE_PERHAPS, False), (Asked.ACCESS, ACCESS, is_plain)):
        for each in meant:
            if any(form.search(folded(each)) for form in forms):
                return Wish(asked, is_sure, each)
    return Wish(None)


def _bare(sentence: str) -> str:
    """A sentence folded, without greetings and thanks."""
    return " ".join(GREETINGS.sub(" ", folded(sentence)).split()).strip(" ,'")
