"""Whose a taste or a trouble is: hers, or somebody else's, by the words that stand around it."""

from __future__ import annotations

import re

from habitue.dialogue.said_forms import WHOSE_WORDS, compiled

HERS, OTHERS, PEOPLE, NOBODY, BETWEEN, THIRD = (frozenset(WHOSE_WORDS[name]) for name in ("hers", "others", "people", "nobody", "between", "third"))
AT = frozenset(("chez", "avec", "with", "pour", "for", "from", "entre", "between"))
SMALL, OWNERS = frozenset(("petite", "petits")), frozenset(WHOSE_WORDS["owners"])
NAMING = HERS | OTHERS | PEOPLE | NOBODY
WE_TWO = re.compile(r"\b(?:moi|me|i) (?:et|and) (?:mon|ma|mes|my)$", re.ASCII)
OF_SOMEBODY = re.compile(r"\b(?:my|our|mon|ma|mes|notre|nos) \S+ (?:\S+ )?$", re.ASCII)
_PEOPLE = rf"(?:{'|'.join(WHOSE_WORDS['people'])}|(?:petit|grand|dernier|derniere)(?= [,)]|$))"
_PERSON = rf"(?:{'|'.join(WHOSE_WORDS['owners'])})(?: (?:{WHOSE_WORDS['qualities']}))? {_PEOPLE}"
FOR_ANOTHER = re.compile(rf"^(?: \S+){{0,2}} (?:pour|chez|de|for|of|aux?|to)(?: both| all| tous| toutes)? {_PERSON}\b", re.ASCII)
_BY_ANOTHER = rf"(?:pour|chez|for)(?: both| all| tous| toutes)? (?:{_PERSON}|lui|elle|eux|elles|him|her|them)|(?:aux?|a|to|de|of|in) {_PERSON}"
OF_ANOTHER = re.compile(rf"^(?: (?!je |j |i |moi )[^ @]+){{0,3}} (?:(?:{_BY_ANOTHER})\b|(?:[(,] {_PERSON}(?: [a-z]+)?|{_PERSON})(?= [)]|$))", re.ASCII)
THIRD_PERSON = compiled(WHOSE_WORDS["third_person"])


def whose_of(before: list[str]) -> bool | None:
    """Whose the words are that follow: hers, another's (false), by the nearest that names anybody; none where nothing does, or “you”."""
    found = nearest(before)
    if found is None or before[found] in NOBODY:
        return None
    return before[found] in HERS or (before[found] in PEOPLE and bool(WE_TWO.search(" ".join(before[:found]))))


def nearest(before: list[str]) -> int | None:
    """Where the nearest word stands that names anybody who may do something: “chez nous” and “with us” tell where it is done."""
    places = (place for place in reversed(range(len(before))) if before[place] in NAMING and not _is_english_on(before, place))
    return next((place for place in places if not (_is_place(before, place) or _is_quality(before, place))), None)


def _is_place(before: list[str], place: int) -> bool:
    return place > 0 and before[place - 1] in AT and before[place] in HERS


def _is_quality(before: list[str], place: int) -> bool:
    """Whether a word says how a thing is, and not who: “petite allergie” is no little girl's."""
    return before[place] in SMALL and (place == 0 or before[place - 1] not in OWNERS)


def _is_english_on(before: list[str], place: int) -> bool:
    """Whether “on” is no French “we”: a day stands behind it, or whatever else is no part of a verb."""
    return before[place] == "on" and place + 1 < len(before) and before[place + 1] not in BETWEEN | THIRD


def is_told_of_her(before: str) -> bool:
    """Whether what stands before a trouble tells it of herself, or of nobody; not of a third person, even one whom no list of ours knows."""
    words = before.split()
    found, verb = nearest(words), THIRD_PERSON.search(before)
    between = words[0 if found is None else found + 1 : len(before[: verb.start()].split())] if verb else []
    if verb and (found is None or any(word not in BETWEEN for word in between)):
        return False
    return whose_of(words) is not False
