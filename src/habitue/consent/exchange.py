"""The ledger in the shape in which others read it: consent records in JSON-LD, with the terms of the Data Privacy Vocabulary.

Source: ISO/IEC TS 27560:2023, 6 (consent record information structure); W3C DPVCG, Consent Records and Receipts as per ISO/IEC TS 27560:2023 using DPV
(2024-08-01); DPV 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from habitue.consent.model import Notice, Word
from habitue.words.vocabulary import Basis, Channel, Purpose

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:date": {"@type": "xsd:dateTime"},
}
SCHEMA = "https://www.iso.org/standard/80392.html"
"""What the records follow: ISO/IEC TS 27560:2023."""
PURPOSES = {
    Purpose.ADVICE: "dpv:ProvidePersonalisedRecommendations",
    Purpose.OFFERS: "dpv:DirectMarketing",
    Purpose.INVITATIONS: "dpv:ProvideEventRecommendations",
    Purpose.SERVICE: "dpv:ServiceProvision",
    Purpose.HEALTH: "dpv:ServicePersonalisation",
    Purpose.PROFILING: "dpv:Personalisation",
    Purpose.AUDIENCES: "dpv:TargetedAdvertising",
    Purpose.MEASUREMENT: "dpv:ServiceUsageAnalytics",
}
BASES = {Basis.CONSENT: "eu-gdpr:A6-1-a", Basis.SIMILAR_PRODUCTS: "eu-gdpr:A6-1-f", Basis.LEGITIMATE_INTEREST: "eu-gdpr:A6-1-f"}
HEALTH_BASIS = "eu-gdpr:A9-2-a"


def as_json_ld(customer_key: str, controller: str, words: Iterable[Word], notices: Mapping[str, Notice]) -> dict[str, Any]:
    """All these words of one customer's ledger; `controller` is the name of whoever keeps it, `notices` the texts that were shown, by hash."""
    told = sorted(words, key=lambda word: word.number)
    allowed = {(word.purpose, word.channel): word.number for word in reversed(told) if word.is_yes}  # the first yes to each
    return {"@context": CONTEXT, "@graph": [_record(customer_key, controller, word, allowed) | _notice(word, notices) for word in told]}


def _record(customer_key: str, controller: str, word: Word, allowed: dict[tuple[Purpose, Channel], int]) -> dict[str, Any]:
    was_allowed = allowed.get((word.purpose, word.channel), word.number) < word.number
    state = "dpv:ConsentGiven" if word.is_yes else "dpv:ConsentWithdrawn" if was_allowed else "dpv:ConsentRefused"
    record: dict[str, Any] = {
        "@id": _name(word.number),
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": {"@id": SCHEMA},
        "dpv:hasIdentifier": f"{word.source}/{word.message_id}",
        "dpv:hasDataSubject": customer_key,
        "dpv:hasDataController": controller,
        "dpv:hasPurpose": {"@type": PURPOSES[word.purpose], "dct:title": word.purpose.name.lower()},
        "dpv:hasContext": {"dct:title": word.channel.name.lower()},
        "dpv:hasLegalBasis": {"@id": HEALTH_BASIS if word.purpose == Purpose.HEALTH else BASES[word.basis]},
        "dpv:hasConsentStatus": {"@id": state},
        "dct:date": datetime.fromtimestamp(word.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "dpv:hasIndicationMethod": " · ".join(filter(None, (word.collected.name.lower(), word.proof))),
    }
    if word.confirmed_by:
        record["dct:references"] = word.confirmed_by
    if word.previous:
        record["dct:replaces"] = {"@id": _name(word.previous)}
    return record


def _notice(word: Word, notices: Mapping[str, Notice]) -> dict[str, Any]:
    """Which text she was shown, and its words where they are kept here."""
    if not word.notice_hash:
        return {}
    told: dict[str, Any] = {"@id": f"urn:sha256:{word.notice_hash}", "@type": "dpv:ConsentNotice"}
    if notice := notices.get(word.notice_hash):
        told |= {"dct:title": notice.title, "dct:hasVersion": str(notice.version), "dct:language": notice.language, "dct:description": notice.text}
    return {"dpv:hasNotice": told}


def _name(number: int) -> str:
    return f"urn:habitue:consent:{number}"
