"""What her browser refuses, as words of the ledger: a signal narrows what she allows, and never widens it; only she gives it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from habitue.app.collect.letters import Letter
from habitue.consent.standing import standings
from habitue.consent.tcf import refused_in
from habitue.events.model import ConsentWithdrawn, Occurrence
from habitue.identity.model import Who
from habitue.store import Truth
from habitue.words.clock import local_day_and_hour
from habitue.words.vocabulary import Channel, Collected, Purpose

BY_GPC = (Purpose.AUDIENCES, Purpose.MEASUREMENT)
"""Source: W3C, Global Privacy Control: do not sell or share, nor follow from site to site."""
GPC, TCF = "Sec-GPC: 1", "TC string"


def refusals(truth: Truth, told: Iterable[tuple[Letter, Who]], zone: str) -> list[Occurrence]:
    """A no to each purpose that a browser refuses, once for each profile: the next page says nothing new, not even where she has given it back since."""
    found: dict[tuple[int, Purpose], tuple[Letter, Who, str]] = {}
    for letter, who in told:
        for purpose, proof in _refused(letter):
            found.setdefault((who.profile_id, purpose), (letter, who, proof))
    if not found:
        return []
    _, known = standings(truth, {who.customer_id for _, who, _ in found.values()})
    left = {(profile, purpose) for (profile, purpose, channel), standing in known.items() if channel == Channel.SITE and standing.left_at is not None}
    return [_no(letter, profile, purpose, proof, zone) for (profile, purpose), (letter, _, proof) in sorted(found.items()) if (profile, purpose) not in left]


def _refused(letter: Letter) -> Sequence[tuple[Purpose, str]]:
    consent = letter.message.context.consent if letter.message.context else None
    by_banner = refused_in(consent.tc_string) if consent and consent.tc_string else frozenset()
    return [*((purpose, GPC) for purpose in BY_GPC if letter.arrival.is_quiet), *((purpose, TCF) for purpose in sorted(by_banner))]


def _no(letter: Letter, profile: int, purpose: Purpose, proof: str, zone: str) -> Occurrence:
    day, hour = local_day_and_hour(letter.received_at, zone)
    event = ConsentWithdrawn(purpose, Channel.SITE, proof, Collected.SOURCE)
    message_id = f"{letter.message_id} {purpose.name.lower()} refused"
    return Occurrence(event, letter.source.source, message_id, profile, letter.received_at, day, hour, letter.received_at)
