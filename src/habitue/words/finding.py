"""Many people's addresses, names and numbers looked for at once: whatever has the form of one is taken out of a text and looked up among them.

So a text takes as long to search for ten thousand as for one. What has not the usual form is looked for by a pattern of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

SPACE = "[ \u00a0\u202f]"

_MAILBOX = re.compile(r"(?<![\w.+-])([\w.+-]++)@(?=([\w-]+(?:\.\w[\w-]*)*))")
_TWO_WORDS = re.compile(rf"\b(\w++){SPACE}++(?=(\w++))")
_NUMBER = re.compile(r"[\w-]++")
_FIRST, _LAST = re.compile(r"\w+"), re.compile(r"\w+\Z")
_LAST_OF_NUMBER = re.compile(r"[\w-]+\Z")


class Mailboxes:
    """E-mail addresses, each found where no more of an address stands before or after it."""

    def __init__(self, values: Iterable[str]) -> None:
        self._known, odd = set[str](), []
        for value in values:
            if (found := _MAILBOX.match(value)) and f"{found[1]}@{found[2]}" == value:
                self._known.add(value)
            else:
                odd.append(rf"(?<![\w.+-]){re.escape(value)}(?![\w-]|\.\w)")
        self._odd = _any_of(odd)

    def is_in(self, text: str) -> bool:
        """Whether a text holds one of them."""
        return any(f"{found[1]}@{found[2]}" in self._known for found in _MAILBOX.finditer(text)) or bool(self._odd and self._odd.search(text))


class FullNames:
    """Names as (given, family), found as the one, spaces and the other, in either order."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._known, odd = defaultdict[tuple[str, str], set[tuple[str, str]]](set), []
        for pair in {each for given, family in names if given.strip() and family.strip() for each in ((given, family), (family, given))}:
            one, other = pair
            last, first = _LAST.search(one), _FIRST.match(other)
            if last and first and _FIRST.match(one) and _LAST.search(other):
                self._known[last[0], first[0]].add(pair)
            else:
                odd.append(rf"\b{re.escape(one)}{SPACE}+{re.escape(other)}\b")
        self._odd = _any_of(odd)

    def is_in(self, text: str) -> bool:
        """Whether a text holds one of them."""
        known = self._known
        return any(
            _ends(text, one, found.end(1), _FIRST) and text.startswith(other, found.start(2)) and not _FIRST.match(text, found.start(2) + len(other))
            for found in _TWO_WORDS.finditer(text)
            for one, other in known.get((found[1], found[2]), ())
        ) or bool(self._odd and self._odd.search(text))


class Numbers:
    """Numbers of any signs, found where no letter, digit or dash stands before or after them."""

    def __init__(self, values: Iterable[str]) -> None:
        self._known, odd = defaultdict[str, set[str]](set), []
        for value in values:
            if (last := _LAST_OF_NUMBER.search(value)) and _NUMBER.match(value):
                self._known[last[0]].add(value)
            else:
                odd.append(rf"(?<![\w-]){re.escape(value)}(?![\w-])")
        self._odd = _any_of(odd)

    def is_in(self, text: str) -> bool:
        """Whether a text holds one of them."""
        known = self._known
        return any(_ends(text, value, found.end(), _NUMBER) for found in _NUMBER.finditer(text) for value in known.get(found[0], ())) or bool(
            self._odd and self._odd.search(text)
        )


def _ends(text: str, value: str, end: int, inner: re.Pattern[str]) -> bool:
    """Whether a value ends there in a text, and nothing stands before it that would make it a part of more."""
    start = end - len(value)
    return start >= 0 and text.startswith(value, start) and not (start and inner.match(text, start - 1))


def _any_of(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None
