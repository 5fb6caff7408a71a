"""The brand's mail server, as a letter meets it: whether it is there, safe and knows us, and whether those it writes to can tell who it is.

Source: RFC 3207 (STARTTLS); RFC 8314, 3.3; RFC 1912, 2.1 (a name for each address, and back).
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from habitue.app.doctor.asking import Address, Dns
from habitue.app.doctor.findings import Finding, Grade, NotSeen, shown, within
from habitue.app.post.relaying import HERE, Relay, talk, why_not

TLS, REVERSE = "TLS", "Reverse name"
TALK_SECONDS, SOON_DAYS, DAY_SECONDS = 15.0, 14, 86_400
MOST_ADDRESSES = 8
WITHIN = tuple(map(ip_network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "0.0.0.0/8")))
WITHIN += tuple(map(ip_network, ("::1/128", "::/128", "fc00::/7", "fe80::/10")))
"""Addresses that lead nowhere from outside. Source: RFC 6890."""


@dataclass(frozen=True)
class Met:
    """How the talk with a mail server went: `why_not` is empty where it may take letters. `ends_at` is the end of its certificate in UTC seconds, or 0."""

    why_not: str
    name: str = ""
    is_secure: bool = False
    ends_at: int = 0


@dataclass(frozen=True)
class Sends:
    """By which server letters leave: `is_ours`, or that of the relay's owner; the public addresses that it has in the DNS."""

    is_ours: bool
    name: str
    addresses: tuple[Address, ...]


def meet(relay: Relay, name: str) -> Met:
    """Talks with a mail server as the post room does, and hands nothing over. Raises: NotSeen where it is too slow."""

    def to_the_end() -> Met:
        server = talk(relay, name, TALK_SECONDS)
        try:
            said = (server.ehlo_resp or b"").split(b"\n")[0].split()
            told = server.sock.getpeercert() if isinstance(server.sock, ssl.SSLSocket) else None
            ends_at = int(ssl.cert_time_to_seconds(str(told["notAfter"]))) if told else 0
            return Met("", said[0].decode("ascii", "replace").lower().rstrip(".") if said else "", isinstance(server.sock, ssl.SSLSocket), ends_at)
        finally:
            server.close()

    try:
        return within(TALK_SECONDS, to_the_end, f"The talk with {relay.host}")
    except NotSeen:
        raise
    except ssl.SSLCertVerificationError as wrong:
        return Met(f"Its certificate does not hold: {wrong.verify_message}.")
    except Exception as wrong:  # noqa: BLE001 - a name or a password that cannot be spelt is no SMTPException
        return Met(why_not(wrong))


def server_findings(relay: Relay, met: Met, now: int) -> Iterator[Finding]:
    """What is to be said of that talk. Units: `now` is in UTC seconds."""
    where = f"{relay.host}:{relay.port}"
    if met.why_not:
        yield Finding(TLS, Grade.MEND, f"No letter can leave by {where}. {met.why_not}")
        return
    if not met.is_secure:
        yield Finding(TLS, Grade.IN_ORDER, f"{where} is on this very machine and needs no TLS for our letters; see that it uses it towards others.")
    elif met.ends_at - now < SOON_DAYS * DAY_SECONDS:
        yield Finding(
            TLS, Grade.BETTER, f"The certificate of {where} ends in {max(met.ends_at - now, 0) // DAY_SECONDS} days; then no letter leaves. Renew it."
        )
    else:
        yield Finding(TLS, Grade.IN_ORDER, f"{where} speaks TLS, with a certificate that holds for {(met.ends_at - now) // DAY_SECONDS} more days.")
    if relay.user:
        yield Finding(TLS, Grade.IN_ORDER, f"{where} knows us.")


def sends(dns: Dns, relay: Relay, met: Met, domain: str) -> Sends:
    """By which server letters leave. Raises: NotSeen."""
    try:
        found: Sequence[Address] = [ip_address(relay.host)]
    except ValueError:
        found = [] if relay.host in HERE else dns.addresses(relay.host)
    is_here = relay.host in HERE or bool(found and all(_is_within(each) for each in found))
    if is_here:
        return Sends(True, met.name, _outside(dns.addresses(met.name) if "." in met.name else []))
    is_ours = relay.host == domain or relay.host.endswith(f".{domain}")
    return Sends(is_ours, relay.host, _outside(found) if is_ours else ())


def reverse_findings(dns: Dns, sending: Sends) -> Iterator[Finding]:
    """Whether each of our own server's addresses has a name that leads back to it; that of another's is his."""
    if not sending.is_ours:
        yield Finding(REVERSE, Grade.IN_ORDER, f"Your letters leave by the servers of {sending.name}: their names in the DNS are theirs to keep.")
        return
    if not sending.addresses:
        called = f"calls itself {shown(sending.name)}, which has" if sending.name else "says no name, and so has"
        said = f"Your own mail server {called} no public address in the DNS, so that nobody can check it, and neither can we. Give it a name that leads to it."
        yield Finding(REVERSE, Grade.BETTER, f"{said} Where it hands everything on to another’s server, that one counts.")
    for address in sending.addresses:
        names = dns.names_of(address)
        if not names:
            said = f"{address} has no name: many providers take nothing from it. Ask whoever gave you that address to name it {shown(sending.name)}."
            yield Finding(REVERSE, Grade.MEND, said)
        elif not any(address in dns.addresses(name) for name in names[:MOST_ADDRESSES]):
            said = f"{address} is named {shown(names[0])}, which does not lead back to it. Ask whoever gave you that address to name it {shown(sending.name)}."
            yield Finding(REVERSE, Grade.MEND, said)
        elif sending.name not in names:
            said = f"{address} is named {shown(names[0])}, but the mail server calls itself {shown(sending.name)}. Let it use one name."
            yield Finding(REVERSE, Grade.BETTER, said)
        else:
            yield Finding(REVERSE, Grade.IN_ORDER, f"{address} is named {shown(sending.name)}, which leads back to it.")


def _is_within(address: Address) -> bool:
    return any(address.version == network.version and address in network for network in WITHIN)


def _outside(addresses: Sequence[Address]) -> tuple[Address, ...]:
    return tuple(each for each in addresses if not _is_within(each))[:MOST_ADDRESSES]
