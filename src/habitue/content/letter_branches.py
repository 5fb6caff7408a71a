"""Whom a letter is tried for: readers by whose values each branch of it is taken, as far as its own words say on what the branch depends."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain, combinations, islice, product

from habitue.content.letter_liquid import LONGEST_VALUE
from habitue.content.letters import VALUES

Reader = Mapping[str, str | None]
MOST_READERS = 200
"""Past so many, those who differ in many values at once are not tried."""
_TAG = re.compile(r"\{%-?\s*(?:if|elsif|unless|case|when|assign|for)\b(.*?)-?%\}", re.DOTALL)
_SAID = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_NUMBER = re.compile(r"(?<![\w.\"'])\d{1,3}(?![\w.\"'])")
_NAME = re.compile(rf"\b(?:{'|'.join(VALUES)})\b")


def readers(texts: Collection[str], known: Collection[str], full: Mapping[str, str]) -> Iterator[Reader]:
    """First everything known, then whatever may be missing; then what the letter asks for by name (`{% if thing == "Veal" %}`), alone and together.

    `known` is what is never empty, `full` what each value says where it is known.
    """
    optional = sorted(set(VALUES) - set(known))
    missing = [dict.fromkeys(gone) for count in range(len(optional) + 1) for gone in combinations(optional, count)]
    yield from ({**full, **gone} for gone in missing)
    asked = {name: sorted(said) for name, said in _asked("\n".join(texts)).items()}
    singles = [{name: said} for name, every in asked.items() for said in every]
    pairs = ({**one, **other} for one, other in combinations(singles, 2) if one.keys() != other.keys())
    whole = (dict(zip(asked, said, strict=True)) for said in product(*asked.values())) if len(asked) > 2 and _few(asked) else iter(())
    yield from islice(({**full, **said} for said in chain(singles, whole, pairs)), MOST_READERS)
    yield from islice(({**full, **gone, **said} for gone in missing[1:] for said in singles), MOST_READERS)


def _few(asked: Mapping[str, list[str]]) -> bool:
    count = 1
    for said in asked.values():
        count *= len(said)
    return count <= MOST_READERS


def _asked(text: str) -> dict[str, set[str]]:
    """What a letter compares its values with: of each value the words in the same tag, or in one that names none (`{% when "Veal" %}`), and words as long."""
    found: dict[str, set[str]] = {}
    used = {name for tag in _TAG.findall(text) for name in _NAME.findall(_SAID.sub("", tag))}
    for tag in _TAG.findall(text):
        bare = _SAID.sub("", tag)
        said = {one or other for one, other in _SAID.findall(tag)} - {""}
        said |= {"x" * long for number in _NUMBER.findall(bare) for long in (int(number) - 1, int(number), int(number) + 1) if 0 < long <= LONGEST_VALUE}
        for name in _NAME.findall(bare) or sorted(used):
            found.setdefault(name, set()).update(each for each in said if each.strip())
    return {name: said for name, said in found.items() if said}
