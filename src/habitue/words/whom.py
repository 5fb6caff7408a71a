"""Whom a house is asked to forget, or to show: her profiles, and by what a text names her."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from habitue.words.finding import FullNames, Mailboxes, Numbers
from habitue.words.naming import leaves, messages_in, named_in
from habitue.words.telephones import Telephones

FEWEST_SIGNS = 6
"""A number of so many signs is hers wherever it stands, where nothing says which field names anybody; a shorter one may be anything."""
LONGEST_KEY = 200

_JOINED = re.compile(r"[^\w@.]+|_+")


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
        """Her numbers, cards and devices: each names her only as a whole value, and only where somebody is named."""
        return frozenset(value.casefold() for value in self.of_kind("customer", "card", "device"))

    @cached_property
    def _spelt(self) -> frozenset[tuple[str, str]]:
        return frozenset((kind, spelt) for kind, value in self.identifiers if (spelt := _spelling(kind, value)))

    @cached_property
    def _telephones(self) -> Telephones:
        return Telephones(self.of_kind("phone"))

    @cached_property
    def _mailboxes(self) -> Mailboxes:
        return Mailboxes(map(_plain, self.of_kind("email")))

    @cached_property
    def _full_names(self) -> FullNames:
        return FullNames((_plain(given), _plain(family)) for given, family in self.names)

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(key for key in self.keys if len(key) >= FEWEST_SIGNS)

    @cached_property
    def _families(self) -> dict[str, set[str]]:
        found = dict[str, set[str]]()
        for given, family in self.names:
            if given and family:
                found.setdefault(_plain(given), set()).add(_plain(family))
        return found

    @cached_property
    def _of_any_shop(self) -> frozenset[str]:
        """Her customer numbers, whole and as each shop of the brand's may know them: without what stands before a colon."""
        keys = [spelt for kind, spelt in self._spelt if kind == "customer"]
        return frozenset(key[place:] for key in keys for place in (0, *(colon.end() for colon in re.finditer(":", key))))

    def is_named_in(self, text: str) -> bool:
        """Whether a text holds an address, a telephone number or the full name of hers."""
        plain = _plain(text)
        return self._mailboxes.is_in(plain) or self._full_names.is_in(plain) or self._telephones.is_in(plain)

    def is_in_file_name(self, name: str) -> bool:
        """Whether a file's name holds any of that: its endings may stand right after it, and `_` or `-` for the spaces."""
        endings = [name.rsplit(".", ending)[0] for ending in range(name.count(".") + 1)]
        return any(self.is_named_in(each) or self.is_named_in(" ".join(_JOINED.split(each))) for each in endings)

    def is_written_in(self, text: str) -> bool:
        """Whether a text that nobody can take apart holds any of that, or a number of hers that is long enough to be no other."""
        return self.is_named_in(text) or self._numbers.is_in(_plain(text))

    def is_value(self, value: object) -> bool:
        """Whether the value of a field that names somebody is an identifier of hers, or holds an address or her full name."""
        text = str(value).strip()
        return (len(text) <= LONGEST_KEY and text.casefold() in self.keys) or self.is_named_in(text)

    def is_identified(self, kind: str, text: str, ids: str | None = "") -> bool:
        """Whether a field that holds a kind of identifier names her.

        `ids` is whose customer numbers it uses, as a write key has it (none: nobody knows).
        """
        if kind == "phone":
            return self._telephones.is_one(text)
        if kind == "customer" and ids is None:
            return text.casefold() in self._of_any_shop
        return (kind, _spelling(kind, f"{ids}:{text}" if kind == "customer" and ids else text)) in self._spelt

    def is_told_by(self, document: Any, ids: str | None = "", words: str = "") -> bool:
        """Whether a document (decoded JSON) tells of her in any of its messages; `ids` as above, `words` is the kind of its request."""
        return any(self._is_told_by(message, ids, words) for message in messages_in(document))

    def _is_told_by(self, message: Any, ids: str | None, words: str) -> bool:
        named, values = named_in(message, words), {str(value).strip() for value in leaves(message)}
        if any(self.is_identified(kind, text, ids) for kind, text in named) or any(map(self.is_named_in, values)):
            return True
        if any(kind == "customer" for kind, _ in named):
            return False  # somebody else, who may bear her name
        return (not named and self.is_unmistakable_in(values)) or self.bears_names(values)

    def is_unmistakable_in(self, values: Iterable[str]) -> bool:
        """Whether one of these values is a number of hers that is long enough to be no other."""
        return any(FEWEST_SIGNS <= len(value) <= LONGEST_KEY and value.casefold() in self.keys for value in values)

    def bears_names(self, values: Iterable[str]) -> bool:
        """Whether her two names are two of these values."""
        plain = {_plain(value) for value in values}
        return any(not self._families[value].isdisjoint(plain) for value in plain if value in self._families)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _spelling(kind: str, value: str) -> str:
    """An identifier as it is compared: of a card only what counts of it."""
    folded = value.strip().casefold()
    return re.sub(r"[ .\-\u00a0\u202f]", "", folded) if kind == "card" else folded
