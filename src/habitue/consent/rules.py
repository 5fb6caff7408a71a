"""What a word from outside, of a file or a shop, may change of a leave: it may always narrow it, and never widens one that was taken back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one purpose and channel. Units: UTC seconds; `left_at` is when she first took it back, none where she never has."""

    is_granted: bool
    known_at: int
    left_at: int | None = None


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


def after(standing: Standing | None, is_granted: bool, known_at: int) -> Standing:
    """What is known once that word is written down."""
    before = standing or Standing(is_granted, known_at)
    left_at = before.left_at if is_granted else known_at if before.left_at is None else min(before.left_at, known_at)
    return Standing(is_granted, known_at, left_at) if known_at >= before.known_at else Standing(before.is_granted, before.known_at, left_at)


def may_be_given(standing: Standing | None) -> bool:
    """Whether a yes that a shop passes on gives leave: only where nothing is known yet of that customer, purpose and channel."""
    return standing is None
