"""Where each leave stands: what was said of it last, and when it was first taken back."""

from __future__ import annotations

from collections.abc import Iterable

from habitue.consent.rules import Standing, after
from habitue.events.lookup import look_up
from habitue.store import Truth
from habitue.words.vocabulary import Channel, Purpose

Leave = tuple[int, Purpose, Channel]
"""A customer or a profile of hers, a purpose and a channel."""


def standings(truth: Truth, customer_ids: Iterable[int]) -> tuple[dict[Leave, Standing], dict[Leave, Standing]]:
    """What is known of every leave of these customers, by customer, and by profile: whatever is merged may be taken apart again."""
    hers: dict[Leave, Standing] = {}
    by_profile: dict[Leave, Standing] = {}
    rows = sorted(look_up(truth, "consent", "consents_of", set(customer_ids)), key=lambda row: row[4:6])
    for customer, profile, purpose, channel, known_at, seq, is_granted in rows:
        for told, number in ((hers, customer), (by_profile, profile)):
            leave = number, Purpose(purpose), Channel(channel)
            told[leave] = after(told.get(leave), bool(is_granted), known_at, seq)
    return hers, by_profile
