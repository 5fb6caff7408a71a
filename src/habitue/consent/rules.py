"""What a word from outside, of a file or a shop, may change of a leave: it may always narrow it, and never widens one that was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from habitue.words.vocabulary import Collected

NEWEST = 2**63 - 1
ListWord = tuple[int, int, bool]
"""One word of the suppression list about one address: when (UTC seconds), its write number, and whether it lifts."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one purpose and channel. Units: UTC seconds; `left_at` is when she first took it back, none where she never has.

    `seq` is the write number of the word that counts; one that is being written down has none yet, and is newer than all.
    """

    is_granted: bool
    known_at: int
    left_at: int | None = None
    seq: int = NEWEST


def narrowed_from(standing: Standing | None, at: int, now: int) -> int:
    """Since when a no that a file dates `at` is known, so that it outlasts every earlier yes.

    A no that is older than a yes we know of counts from now: whatever the dates say, the stricter word stands.
    """
    if standing is None or not standing.is_granted or at >= standing.known_at:
        return at
    return max(now, standing.known_at)


def may_grant(standing: Standing | None, at: int) -> bool:
    """Whether a yes that a file dates `at` may be written down: where nothing is known of it, or as history of before she left."""
    return standing is None or standing.left_at is None or at < standing.left_at


def after(standing: Standing | None, is_granted: bool, known_at: int, seq: int = NEWEST) -> Standing:
    """What is known once that word is written down."""
    word = Standing(is_granted, known_at, None, seq)
    before = standing or word
    left_at = before.left_at if is_granted else known_at if before.left_at is None else min(before.left_at, known_at)
    return replace(word if known_at >= before.known_at else before, left_at=left_at)


def may_be_given(standing: Standing | None) -> bool:
    """Whether a yes that a shop passes on gives leave: only where nothing is known yet of that customer, purpose and channel."""
    return standing is None


def lifts(collected: Collected) -> bool:
    """Whether a yes that was taken so lifts what she had left: her own word, heard by the house, and nothing that a source passes on."""
    return collected not in (Collected.SOURCE, Collected.ONE_CLICK, Collected.BEFORE)


def is_suppressed(words: Iterable[ListWord]) -> bool:
    """Whether an address is left, by all that the suppression list says of it: the last word counts."""
    said = sorted(words)
    return bool(said) and not said[-1][2]


def left_at(words: Iterable[ListWord], at: int, number: int) -> int:
    """Since when a way out is written that comes now: after every word that is there, however the house's clock or its numbers were set back meanwhile."""
    last_at, last_number, _ = max(words, default=(-1, 0, False))
    return at if (at, number) > (last_at, last_number) else last_at + 1
