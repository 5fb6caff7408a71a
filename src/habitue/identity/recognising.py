"""Recognising whoever a source speaks of: by the brand's own number first, then by her device or her exact e-mail address. Inside a transaction.

1. A customer number is a customer, new or known. 2. A device is a profile of its own. As soon as somebody says who uses it, its history joins her;
once two people have, it is shared, and what comes by it alone is nobody's from then on. 3. An e-mail address names whoever had it first, unless several do.
A device that joins leaves a link behind, so that it can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from habitue.events.lookup import look_up
from habitue.identity.linking import Link, adopt_devices
from habitue.identity.model import Who
from habitue.identity.proposals import propose
from habitue.identity.records import add_identifiers, strangers, welcome, who_have, who_is
from habitue.identity.rules import normalised
from habitue.identity.visitors import Newcomer, join_visitors, visitor_key
from habitue.identity.waiting import Proposal
from habitue.store import Truth, sql_text


@dataclass(frozen=True, slots=True)
class Claim:
    """By what a message names its person; empty where it does not.

    `may_join` is False where her browser asked not to be followed, or where a link named her. Units: `at` is when it was received, in UTC seconds.
    """

    key: str
    device: str
    email: str
    may_join: bool
    at: int
    given_name: str = ""
    tells_address: bool = False
    """Whether the address is said to be hers, so that it recognises her from the next message on."""
    is_vouched: bool = True
    """Whether a server or she herself says so, not a browser alone."""


@dataclass
class Device:
    """A device as it stands within a batch."""

    who: Who
    is_shared: bool
    is_new: bool = False


@dataclass
class Recognising:
    """One batch of claims, and what they change."""

    truth: Truth
    zone: str
    keys: dict[str, Who] = field(default_factory=dict)
    emails: dict[str, Who | None] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)
    joined: list[tuple[Link, int]] = field(default_factory=list)
    proposed: list[Proposal] = field(default_factory=list)

    def recognise(self, claims: Sequence[Claim]) -> list[Who]:
        """Whose each claim is, in the order in which they came."""
        found: list[Who] = []
        for part in _parts([replace(claim, email=normalised("email", claim.email)) for claim in claims]):
            self._look_up(part)
            whose = [self._one(claim) for claim in part]
            self._write()
            told = [(claim, who.profile_id) for claim, who in zip(part, whose, strict=True) if claim.key and claim.tells_address]
            for is_vouched in (True, False):
                values = [(claim.email, profile) for claim, profile in told if claim.is_vouched == is_vouched]
                add_identifiers(self.truth, "email", values, is_vouched=is_vouched)
            found += whose
        return found

    def _look_up(self, claims: Sequence[Claim]) -> None:
        told = who_have(self.truth, "email", {claim.email for claim in claims if claim.email})
        self.emails = {value: those.who[0] if those.is_one else None for value, those in told.items()}
        named = {claim.key for claim in claims if claim.key}
        self.keys = who_is(self.truth, "customer", named)
        first_seen: dict[str, int] = {}
        for claim in claims:
            if claim.key and claim.key not in self.keys:
                first_seen[claim.key] = min(claim.at, first_seen.get(claim.key, claim.at))
        self.keys |= welcome(self.truth, first_seen, self.zone) if first_seen else {}
        names = {claim.key: claim.given_name for claim in reversed(claims) if claim.given_name}
        first_claims = {claim.key: claim for claim in reversed(claims) if claim.key in first_seen}  # a number is new once: in the first message that tells it
        fresh = [claim for claim in claims if first_claims.get(claim.key) is claim and claim.may_join]
        join_visitors(self.truth, [Newcomer(self.keys[claim.key], claim.email, names.get(claim.key, ""), claim.at) for claim in fresh])
        self.keys |= who_is(self.truth, "customer", {claim.key for claim in fresh})
        rows = look_up(self.truth, "identity", "identifiers", {claim.device for claim in claims if claim.device}, "device")
        self.devices = {value: Device(Who(profile, customer), bool(is_shared)) for value, profile, customer, is_shared in rows}
        unknown = list(dict.fromkeys(claim.device for claim in claims if claim.device and claim.device not in self.devices))
        self.devices |= {value: Device(who, is_shared=False, is_new=True) for value, who in zip(unknown, strangers(self.truth, len(unknown)), strict=True)}
        asked = {device.who.customer_id for device in self.devices.values() if not device.is_new}
        self.known = {row[0] for row in look_up(self.truth, "identity", "customers_known", asked)} | {
            who.customer_id for who in (*self.keys.values(), *self.emails.values()) if who
        }

    def _one(self, claim: Claim) -> Who:
        device = self.devices.get(claim.device)
        if claim.key:
            who = self.keys[claim.key]
            if device and claim.may_join:
                self._used_by(device, claim, who)
            return who
        if device is None:
            return self._by_email(claim) or strangers(self.truth, 1)[0]
        if claim.email and claim.may_join and (owner := self._by_email(claim)):
            self._used_by(device, claim, owner)
            return owner
        return device.who

    def _by_email(self, claim: Claim) -> Who | None:
        """Whose address that is; whoever gives a new one becomes a customer."""
        if not claim.email:
            return None
        if claim.email not in self.emails:
            key = visitor_key(claim.email)
            self.emails[claim.email] = who = welcome(self.truth, {key: claim.at}, self.zone)[key]
            self.truth.run(sql_text("identity", "add_identifier"), ("email", claim.email, who.profile_id, 1, "email", claim.email))
            self.known.add(who.customer_id)
        return self.emails[claim.email]

    def _used_by(self, device: Device, claim: Claim, whose: Who) -> None:
        """Somebody says who uses a device: its history joins her, or it turns out to be shared."""
        if device.is_shared or device.who.customer_id == whose.customer_id:
            return
        if device.who.customer_id in self.known:
            device.is_shared = True
            self.proposed.append(Proposal(device.who.customer_id, whose.profile_id, "device", 0, "", claim.at))
            device.who = strangers(self.truth, 1)[0]
            self.truth.run(sql_text("identity", "share_device"), (device.who.profile_id, claim.device))
            return
        why = Link(device.who.profile_id, whose.profile_id, "device", claim.at, "she said who she is on this device")
        self.joined.append((why, whose.customer_id))
        device.who = Who(device.who.profile_id, whose.customer_id)

    def _write(self) -> None:
        new = [(value, device) for value, device in self.devices.items() if device.is_new]
        self.truth.run_many(sql_text("identity", "add_device"), [(value, device.who.profile_id, int(device.is_shared)) for value, device in new])
        propose(self.truth, self.proposed)
        if self.joined:
            adopt_devices(self.truth, self.joined, self.truth.next_seq(len(self.joined)))
        self.proposed, self.joined = [], []


def _parts(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The claims cut where an address is told with another number than before, or without one: what the one brings about, the other must find."""
    part: list[Claim] = []
    told_with: dict[str, str] = {}
    for claim in claims:
        if claim.email and told_with.setdefault(claim.email, claim.key) != claim.key:
            yield part
            part, told_with = [], {claim.email: claim.key}
        part.append(claim)
    yield part
