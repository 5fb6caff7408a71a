"""A sentence that the house says in English, known again by its form, so that a page can say it in the reader's language with what it names put in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from habitue.web.tongue import Tongue


def form_of(sentence: str, forms: Iterable[str]) -> tuple[str, dict[str, str]] | None:
    """The first of these texts of the catalogue whose form the sentence has, where `%(name)s` stands for anything, with what stands there; or none."""
    for form in forms:
        if found := _pattern(form).fullmatch(sentence):
            return form, found.groupdict()
    return None


def retold(tongue: Tongue, sentence: str, forms: Iterable[str]) -> str:
    """The sentence in the reader's language; as it was said, where it has none of these forms."""
    known = form_of(sentence, forms)
    return tongue.say(known[0], **known[1]) if known else sentence


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.*)", re.escape(form)), re.DOTALL)
