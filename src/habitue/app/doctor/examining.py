"""All the checks, one after the other, each on its own: what one cannot see, another may. Nothing is changed, and no letter sent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from habitue.app.doctor.asking import Dns
from habitue.app.doctor.brand import Month, month_findings, settings_findings, way_out_findings
from habitue.app.doctor.dkim import DKIM, dkim_findings
from habitue.app.doctor.dmarc import DMARC, dmarc_findings, mx_findings
from habitue.app.doctor.findings import Finding, Grade, NotSeen, looked
from habitue.app.doctor.server import REVERSE, TLS, Met, Sends, meet, reverse_findings, sends, server_findings
from habitue.app.doctor.spf import SPF, spf_findings
from habitue.app.post.relaying import Relay, relay_at
from habitue.channels.email.address import sendable
from habitue.channels.email.signing_keys import signing_keys
from habitue.store import Settings
from habitue.words.errors import HabitueError

UNKNOWN = Sends(False, "", ())


def domain_of(settings: Settings, domain: str = "") -> str:
    """The domain to look at, as the DNS spells it: the one that is named, else the sender's; empty where there is none. Raises: BadInput."""
    named = f"x@{domain.strip()}" if domain else settings.sender
    return sendable(named).rpartition("@")[2] if named else ""


def examine(settings: Settings, domain: str, dns: Dns, month: Month, now: int) -> Iterator[Finding]:
    """Everything that is to be said, thing by thing. `domain` is as `domain_of` gives it. Units: `now` is in UTC seconds."""
    relay = relay_at(settings) if settings.relay else None
    met: Met | None = None
    if relay is None:
        yield Finding(TLS, Grade.MEND, "No relay is set, so that no letter leaves. Set the mail server that takes them in habitue.toml: docs/sign-up.md.")
    else:
        try:
            met = meet(relay, domain or "localhost")
            yield from looked(TLS, partial(server_findings, relay, met, now))
        except NotSeen as why:
            yield Finding(TLS, Grade.MEND, f"No letter can leave by {relay.host}:{relay.port}. {why}")
    if domain:
        yield from _of_domain(settings, domain, dns, relay, met)
    yield from settings_findings(settings)
    yield from looked("Way out", partial(way_out_findings, settings))
    yield from month_findings(month)


def _of_domain(settings: Settings, domain: str, dns: Dns, relay: Relay | None, met: Met | None) -> Iterator[Finding]:
    sending, whose = UNKNOWN, ""
    if relay:
        try:
            sending = sends(dns, relay, met or Met(""), domain)
            whose = "" if sending.is_ours else relay.host
            yield from looked(REVERSE, partial(reverse_findings, dns, sending))
        except NotSeen as why:
            yield Finding(REVERSE, Grade.NOT_SEEN, f"Could not look: {why}")
    yield from looked(SPF, partial(spf_findings, dns, domain, sending.addresses, whose))
    yield from looked(DKIM, partial(dkim_findings, dns, settings.data, domain))
    yield from looked(DMARC, partial(dmarc_findings, dns, domain, _signs_for(settings)))
    yield from looked("MX", partial(mx_findings, dns, domain, (f"answers+…@{domain}", f"bounces+…@{domain}")))


def _signs_for(settings: Settings) -> str:
    try:
        keys = signing_keys(settings.data)
    except HabitueError:
        return ""
    return keys.domain if keys else ""
