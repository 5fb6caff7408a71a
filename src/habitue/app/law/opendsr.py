"""Requests of the law that another system passes on, in the words of OpenDSR: each becomes a case, and its status is told.

The other system is what the specification calls the controller: it has made sure that it is she. Erasing stays with a person of the shop.
Source: OpenDSR specification (formerly OpenGDPR), version 2.0.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from habitue.app.house import House
from habitue.app.law.requesting import Opening, act, case_of, open_case
from habitue.app.names import called_alone
from habitue.consent.law.callbacks import MOST_CALLBACKS, keep_callbacks
from habitue.consent.law.model import Asked, Case, Did, Door, Known
from habitue.consent.law.records import case_from_outside
from habitue.events.arrivals import WriteKey
from habitue.identity.model import IdentifierKind
from habitue.identity.records import who_have
from habitue.words.clock import instant_of, instant_text, local_day_and_hour
from habitue.words.errors import BadInput, Refused, Unknown

VERSION = "2.0"
KINDS: dict[str, IdentifierKind] = {"controller_customer_id": "customer", "email": "email", "phone": "phone"}
"""By what a person can be named; none is hashed, because we keep no hashes to find her by."""
ASKED = {"access": Asked.ACCESS, "portability": Asked.PORTABILITY, "erasure": Asked.ERASURE}
STATUSES = {"open": "pending", "identified": "pending", "done": "completed", "refused": "cancelled", "withdrawn": "cancelled"}
BEGUN = (Did.HANDED, Did.EXTENDED)
SEVERAL = "These identities name several people here; pass on one request for each."
ONLY_TOLD = "An address was told by a browser alone, which proves nothing; name the customer by the controller's number."
ANOTHER = "A request with this subject_request_id was passed on before, and it says something else."
BEGUN_ALREADY = "Only a request that is pending can be cancelled."
MOST_IDENTITIES = 20
NOT_CALLED = (
    "A status_callback_url leads where this house calls nobody. The shop must name its host in opendsr_callbacks; without callbacks, pass the request on "
    "without status_callback_urls and ask for its status."
)


class Identity(msgspec.Struct, frozen=True):
    """One name of a person. Source: section 5.3."""

    identity_type: Annotated[str, msgspec.Meta(max_length=64)]
    identity_value: Annotated[str, msgspec.Meta(min_length=1, max_length=320)]
    identity_format: Literal["raw"] = "raw"


class Passed(msgspec.Struct, frozen=True):
    """A request as it is passed on; what else stands in it is not read. Source: section 7.1.1."""

    subject_request_id: Annotated[str, msgspec.Meta(max_length=36)]
    subject_request_type: Literal["access", "portability", "erasure"]
    submitted_time: datetime
    subject_identities: Annotated[list[Identity], msgspec.Meta(min_length=1, max_length=MOST_IDENTITIES)]
    status_callback_urls: Annotated[list[Annotated[str, msgspec.Meta(max_length=2_000)]], msgspec.Meta(max_length=MOST_CALLBACKS)] = []


@dataclass(frozen=True)
class Told:
    """What is answered: a status of HTTP and a document."""

    status: int
    document: dict[str, Any]


def discovery(domain: str) -> Told:
    """What this house can truthfully be asked. Source: section 6.3."""
    identities = [{"identity_type": kind, "identity_format": "raw"} for kind in KINDS]
    certificate = f"https://{domain}/v1/certificate"
    types = {"supported_identities": identities, "supported_subject_request_types": list(ASKED), "processor_certificate": certificate}
    return Told(200, {"api_version": VERSION, **types})


def passed_on(house: House, source: WriteKey, body: bytes) -> Told:
    """Opens a case for a request; the same one passed on again opens no other.

    Raises: BadInput where it is not what the specification says, names several people, or wants to be told where this house calls nobody.
    """
    passed, now = _read(body), house.clock.instant()
    if not all(may_call(house.settings.opendsr_callbacks, url) for url in passed.status_callback_urls):
        raise BadInput(NOT_CALLED)
    submitted = int(passed.submitted_time.timestamp()) if passed.submitted_time.tzinfo else now
    day = min(local_day_and_hour(min(max(submitted, 0), now), house.settings.zone)[0], house.today)
    key, asked = _whom(house, source, passed), ASKED[passed.subject_request_type]
    opening = Opening(asked, Door.OPENDSR, "", day, Known.BY_WHO_PASSED_IT_ON, source.source, passed.subject_request_id)
    number = case_from_outside(house.truth, source.source, passed.subject_request_id) or open_case(house, key, opening, source.source)
    case = case_of(house, number)
    if case.asked != asked:
        raise BadInput(ANOTHER)
    if not case.is_over:
        with house.truth.transaction():
            keep_callbacks(house.truth, number, passed.status_callback_urls, status_word(case))
    head = {"received_time": instant_text(case.steps[0].at), "encoded_request": base64.b64encode(body).decode(), "api_version": VERSION}
    return Told(201, {**named(house, case), **head})


def status_of(house: House, source: WriteKey, outside_id: str) -> Told:
    """Where a request stands. Raises: Unknown where this source passed none on under that id. Source: section 8.3."""
    case = _case(house, source, outside_id)
    return Told(200, {**named(house, case), "request_status": status_word(case), "api_version": VERSION})


def cancelled(house: House, source: WriteKey, outside_id: str) -> Told:
    """Takes a request back that nobody has begun.

    Raises: Unknown as above; Refused where it is begun or over. Source: section 9.
    """
    case = _case(house, source, outside_id)
    if status_word(case) != "pending":
        raise Refused(BEGUN_ALREADY)
    act(house, case.number, Did.WITHDRAWN, source.source)
    received = {"received_time": instant_text(house.clock.instant()), "api_version": VERSION}
    return Told(202, {name: value for name, value in {**named(house, case), **received}.items() if name != "expected_completion_time"})


def may_call(hosts: str, url: str) -> bool:
    """Whether an address is one that the brand lets this house call: by https, at a host that it named, and without a password in it."""
    try:
        parts = urlsplit(url)
        is_plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
        return is_plain and parts.scheme == "https" and bool(parts.netloc) and parts.netloc.lower() in named_hosts(hosts)
    except ValueError:
        return False


def named_hosts(hosts: str) -> Sequence[str]:
    """The hosts of the setting `opendsr_callbacks`, in small letters, each with its port where it has one."""
    return [host.strip().lower() for host in hosts.split(",") if host.strip()]


def _read(body: bytes) -> Passed:
    try:
        passed = msgspec.json.decode(body, type=Passed)
        is_uuid = UUID(passed.subject_request_id).version == 4 and str(UUID(passed.subject_request_id)) == passed.subject_request_id
    except (msgspec.DecodeError, ValueError, RecursionError) as wrong:
        raise BadInput(f"This is not a request: {_plain(wrong)}.") from wrong
    if not is_uuid:
        raise BadInput("subject_request_id must be a UUID of version 4, in small letters.")
    return passed


def _plain(wrong: Exception) -> str:
    """What is wrong, without any value: an answer of ours repeats nothing of hers. Source: section 7.6."""
    return str(wrong) if isinstance(wrong, msgspec.ValidationError) and "Invalid enum value" not in str(wrong) else "a field has a value that it cannot have"


def _whom(house: House, source: WriteKey, passed: Passed) -> str:
    """The number of the one customer whom these identities name; empty where they name nobody.

    Raises: BadInput where they name several, or none of them anybody and one is an address that a browser alone told.
    """
    found: set[int] = set()
    is_told_only = False
    for each in passed.subject_identities:
        if each.identity_type not in KINDS:
            raise BadInput("An identity_type is none of those that /v1/discovery tells.")
        kind, value = KINDS[each.identity_type], each.identity_value.replace("\0", "")
        spelt = f"{source.ids}:{value}" if kind == "customer" and source.ids else value
        told, holders = (who_have(house.truth, kind, [spelt], house.settings.country, only).get(spelt) for only in (False, True))
        is_told_only |= bool(told and not holders)
        if holders and not holders.is_one:
            raise BadInput(SEVERAL)
        found |= set(holders.customers) if holders else set()
    if len(found) > 1:
        raise BadInput(SEVERAL)
    if is_told_only and not found:
        raise BadInput(ONLY_TOLD)
    return next(iter(called_alone(house, found).values()), "")


def _case(house: House, source: WriteKey, outside_id: str) -> Case:
    number = case_from_outside(house.truth, source.source, outside_id)
    if not number:
        raise Unknown("No request was passed on under this subject_request_id.")
    return case_of(house, number)


def status_word(case: Case) -> str:
    """Where a case stands, in the words of the specification. Source: section 8.1."""
    is_begun = not case.is_over and any(case.has(did) for did in BEGUN)
    return "in_progress" if is_begun else STATUSES[case.state]


def named(house: House, case: Case) -> dict[str, Any]:
    """What every answer about a case begins with; it is expected by the end of its last day."""
    by = instant_text(instant_of(case.due_day + 1, 0, house.settings.zone) - 1)
    return {"controller_id": case.source, "expected_completion_time": by, "subject_request_id": case.outside_id}
