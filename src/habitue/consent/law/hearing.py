"""Whether somebody who writes to us asks to be erased, or to see what is held of her, in French or English; in doubt a person reads it.

No form is needed for such a request to count: a letter in her own words does. What she quotes is not read, as in `stop_rules.py`.
Source: Regulation (EU) 2016/679, articles 12(2), 15 and 17; EDPB, Guidelines 01/2022 on the right of access, section 3.1.2.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from habitue.consent.law.model import Asked
from habitue.consent.stop_rules import BUT, sentences_of

_TOLD = tomllib.loads((files("habitue.consent.law") / "law_words.toml").read_text(encoding="utf-8"))


def _compiled(name: str) -> tuple[re.Pattern[str], ...]:
    texts = list(_TOLD[name])
    for part in ("hers", "ses", "delete", "efface"):
        texts = [text.replace(f"{{{part}}}", _TOLD[part]) for text in texts]
    return tuple(re.compile(text, re.ASCII) for text in texts)


ERASURE, ACCESS, NOT_MEANT, DOUBTS = (_compiled(name) for name in ("erasure", "access", "not_meant", "doubts"))


@dataclass(frozen=True)
class Wish:
    """What she asks by law, nothing where she does not; `is_sure` where no person need read it first."""

    asked: Asked | None
    is_sure: bool = True


def law_said(words: str) -> Wish:
    """What her own words ask, without what she quoted; to be erased before all else."""
    wishes = [_of(sentence) for sentence in sentences_of(words)]
    order = (Wish(Asked.ERASURE), Wish(Asked.ERASURE, is_sure=False), Wish(Asked.ACCESS), Wish(Asked.ACCESS, is_sure=False))
    return next((wish for wish in order if wish in wishes), Wish(None))


def _of(sentence: str) -> Wish:
    if any(each.search(sentence) for each in NOT_MEANT):
        return Wish(None)
    is_sure = not any(each.search(sentence) for each in (BUT, *DOUBTS))
    for asked, said in ((Asked.ERASURE, ERASURE), (Asked.ACCESS, ACCESS)):
        if any(each.search(sentence) for each in said):
            return Wish(asked, is_sure)
    return Wish(None)
