"""What a relay tells by its webhook: each report that names a letter of ours by its mark is heeded as one in a mail is; whatever else it tells is left.

Relays repeat themselves, and tell things in any order: of one letter, each kind of report counts once. One entry that cannot be read loses no other.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from habitue.app.house import House
from habitue.app.post.coming_back import heed_return
from habitue.app.post.sns_certificates import certificate_at
from habitue.channels.email.address import sendable
from habitue.channels.email.tokens import came_back
from habitue.channels.relays import PROVIDERS, Provider
from habitue.channels.relays.sns import CONFIRMATION, NOTIFICATION, address_to_confirm, certificate_of, check_signature
from habitue.channels.returns import Report
from habitue.store.house_key import keyed_hash
from habitue.words.errors import BadInput, Unknown

NO_RELAY = "No such relay is known here; those that are: %s."
NOT_JSON = "This is no JSON that a relay sends: one event, or a list of them."
log = logging.getLogger("habitue.inbox")


@dataclass(frozen=True)
class Tally:
    """What became of what a relay told: reports `heeded`; events that are none (`left`); reports that name no letter of ours; entries that are no event."""

    heeded: int = 0
    left: int = 0
    unproven: int = 0
    unread: int = 0


def provider_named(name: str) -> Provider:
    """A relay by its name. Raises: Unknown."""
    if name not in PROVIDERS:
        raise Unknown(NO_RELAY % ", ".join(PROVIDERS))
    return PROVIDERS[name]


def take_returns(house: House, name: str, raw: bytes) -> Tally:
    """Heeds what a relay tells, as it came; whoever has no signature has said its key before.

    Raises: Unknown where the relay is; BadInput where that is no JSON; Refused where its signature does not hold; Busy where that cannot be known just now.
    """
    provider, document = provider_named(name), _decoded(raw)
    if provider.is_signed:
        document = _signed(house, document)
    tally = Tally()
    for entry in document if isinstance(document, list) else [document]:
        tally = _take(house, name, provider, entry, tally)
    log.log(
        logging.WARNING if tally.unproven or tally.unread else logging.INFO,
        "%s told: %d reports heeded, %d events that are none, %d that name no letter of ours, %d that cannot be read",
        *(name, tally.heeded, tally.left, tally.unproven, tally.unread),
    )
    return tally


def _take(house: House, name: str, provider: Provider, entry: object, tally: Tally) -> Tally:
    if not isinstance(entry, dict):
        return replace(tally, unread=tally.unread + 1)
    reports = provider.reports(entry)
    heeded = sum(_heeded(house, name, each) for each in reports)
    return replace(tally, heeded=tally.heeded + heeded, unproven=tally.unproven + len(reports) - heeded, left=tally.left + (not reports))


def _heeded(house: House, name: str, report: Report) -> bool:
    """Whether a report names a letter of ours by its mark, which nobody else can make."""
    domain = sendable(house.settings.sender).rpartition("@")[2] if house.settings.sender else "localhost"
    found = came_back(house.key, f"{report.mark}@{domain}", domain)
    if not found:
        return False
    by = keyed_hash(house.key, "relay", name, report.what, str(found.letter_id)).hex()[:32]
    try:
        return heed_return(house, found.letter_id, report, by)
    except BadInput:  # it names an address that is none
        return False


def _decoded(raw: bytes | str) -> Any:
    """Raises: BadInput where that is no JSON, or neither an object nor a list."""
    try:
        document = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as wrong:
        raise BadInput(NOT_JSON) from wrong
    if not isinstance(document, dict | list):
        raise BadInput(NOT_JSON)
    return document


def _signed(house: House, document: Any) -> Any:
    """What Amazon SNS was given to tell, its signature proven; an empty list where that is nothing of a letter.

    Raises: as `take_returns`.
    """
    if not isinstance(document, dict):
        raise BadInput(NOT_JSON)
    check_signature(document, certificate_at(house.settings.data, *certificate_of(document)), house.clock.instant())
    if document["Type"] == CONFIRMATION and (address := address_to_confirm(document)):
        log.warning("Amazon SNS asks whether it may tell us of %.200s. Is that topic yours, open this address once: %s", document.get("TopicArn"), address)
    if document["Type"] != NOTIFICATION:
        return []
    try:
        return _decoded(str(document.get("Message", "")))
    except BadInput:  # a word to a person, such as that the topic was set up
        return []
