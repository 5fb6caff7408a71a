"""Whom a house is asked to forget, or to show: her profiles, and by what a text names her."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

FEWEST_DIGITS, NATIONAL_DIGITS = 6, 9
LONGEST_KEY = 200


@dataclass(frozen=True)
class Whom:
    """One customer as every room finds her: the numbers of her profiles, her identifiers (kind, value), and her names as (given, family)."""

    profiles: tuple[int, ...]
    identifiers: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    def of_kind(self, *kinds: str) -> tuple[str, ...]:
        """Her identifiers of these kinds."""
        return tuple(value for kind, value in self.identifiers if kind in kinds)

    @cached_property
    def keys(self) -> frozenset[str]:
        """What names her only as a whole value: a number may be part of anything."""
        return frozenset(value.casefold() for value in self.of_kind("customer", "card", "device"))

    @cached_property
    def _said(self) -> re.Pattern[str] | None:
        """Her addresses, telephone numbers and full names, wherever a text has them."""
        parts = [rf"(?<![\w.+-]){re.escape(_plain(value))}(?![\w-])" for value in self.of_kind("email")]
        parts += [pattern for value in self.of_kind("phone") for pattern in _telephone(value)]
        parts += [rf"\b{re.escape(_plain(one))}\s+{re.escape(_plain(other))}\b" for given, family in self.names for one, other in _both_ways(given, family)]
        return re.compile("|".join(parts)) if parts else None

    def is_named_in(self, text: str) -> bool:
        """Whether a text holds an address, a telephone number or the full name of hers."""
        return bool(self._said and self._said.search(_plain(text)))

    def is_value(self, value: object) -> bool:
        """Whether one value (a cell, a field) is an identifier of hers, or holds an address or her full name."""
        text = str(value).strip()
        return (len(text) <= LONGEST_KEY and text.casefold() in self.keys) or self.is_named_in(text)

    def is_told_by(self, document: Any) -> bool:
        """Whether a document (decoded JSON) tells of her in any of its values, or her two names in two of them."""
        values = {str(value).strip() for value in leaves(document)}
        plain = {_plain(value) for value in values}
        return any(map(self.is_value, values)) or any({_plain(given), _plain(family)} <= plain for given, family in self.names if given and family)


def leaves(document: Any) -> Iterator[object]:
    """Every single value in a document, however deep; numbers as they are written."""
    waiting = [document]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list | tuple):
            waiting += each
        elif each is not None and not isinstance(each, bool):
            yield each


def _both_ways(given: str, family: str) -> Iterable[tuple[str, str]]:
    return ((given, family), (family, given)) if given.strip() and family.strip() else ()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _telephone(value: str) -> Iterable[str]:
    """A number as people write it: its last digits, with anything between them that people put there."""
    digits = "".join(sign for sign in value if sign.isdigit())[-NATIONAL_DIGITS:]
    if len(digits) >= FEWEST_DIGITS:
        yield r"[\s.\-/()\u00a0\u202f]{0,3}".join(digits) + r"(?!\d)"
