"""Questions to the DNS, each answered, or said to be unanswered, within a time that is bounded for all of them together.

No such name and no such record are answers: nothing is there. A server that fails, refuses or is silent has not answered.
Source: RFC 1035; RFC 2308, 2 (no name, no data); RFC 7208, 3.3 (the strings of one record belong together, without a space).
"""

from __future__ import annotations

import time
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import dns.exception
import dns.name
import dns.resolver
import dns.reversename

from habitue.app.doctor.findings import NotSeen, shown
from habitue.words.errors import BadInput

WHOLE_SECONDS, ONE_SECONDS, TRY_SECONDS = 40.0, 6.0, 2.0
"""For everything, for one question with all its tries, and for one try."""
SILENT_ENOUGH = 2
"""So many questions without an answer, and none with one: the server is not there."""
Address = IPv4Address | IPv6Address


class Dns:
    """Asks one server, or those that this machine is told to ask."""

    def __init__(self, resolver: str = "", seconds: float = WHOLE_SECONDS) -> None:
        self._until = time.monotonic() + seconds
        self._silent, self._has_answered = 0, False
        self._server: dns.resolver.Resolver | None = None
        try:
            self._server = dns.resolver.Resolver(configure=not resolver)
        except dns.exception.DNSException:
            return
        if resolver:
            address, self._server.port = resolver_at(resolver)
            self._server.nameservers = [address]
        self._server.timeout = TRY_SECONDS

    def texts(self, name: str) -> list[str]:
        """The TXT records of a name, each in one piece; what is not ASCII stands as a replacement sign. Raises: NotSeen, as all of these."""
        return [b"".join(each.strings).decode("ascii", "replace") for each in self._ask(name, "TXT")]

    def addresses(self, name: str) -> list[Address]:
        """The addresses of a name, of both kinds."""
        return [ip_address(each.address) for kind in ("A", "AAAA") for each in self._ask(name, kind)]

    def mail_servers(self, name: str) -> list[str]:
        """Who takes mail for a name, the first choice first; one that is empty says that nobody does (RFC 7505)."""
        found = sorted((each.preference, each.exchange.to_text(omit_final_dot=True)) for each in self._ask(name, "MX"))
        return ["" if server in (".", "") else server.lower() for _, server in found]

    def names_of(self, address: Address) -> list[str]:
        """The names that an address leads back to."""
        return [each.target.to_text(omit_final_dot=True).lower() for each in self._ask(dns.reversename.from_address(str(address)).to_text(), "PTR")]

    def _ask(self, name: str, kind: str) -> list[Any]:
        if self._server is None:
            raise NotSeen("this machine names no DNS server; name one with --resolver.")
        if not self._has_answered and self._silent >= SILENT_ENOUGH:
            raise NotSeen("the DNS server does not answer. Is there a network? Another is asked by --resolver 9.9.9.9.")
        left = self._until - time.monotonic()
        if left <= 0:
            raise NotSeen("the DNS took too long over what was asked before; try again.")
        try:
            asked = dns.name.from_text(name)
        except (dns.exception.DNSException, UnicodeError):
            return []  # no such name can be
        try:
            answer = self._server.resolve(asked, kind, search=False, lifetime=min(ONE_SECONDS, left))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            self._has_answered = True
            return []
        except dns.resolver.NoNameservers:
            self._has_answered = True
            raise NotSeen(f"the DNS server failed or refused over {shown(name)}. If that lasts, whoever keeps that domain’s DNS must mend it.") from None
        except dns.exception.Timeout:
            self._silent += 1
            raise NotSeen(f"the DNS gave no answer in time over {shown(name)}. Try again.") from None
        except (dns.exception.DNSException, OSError, ValueError) as wrong:
            raise NotSeen(f"the DNS answered what cannot be read over {shown(name)} ({type(wrong).__name__}).") from None
        self._has_answered = True
        return list(answer)


def resolver_at(text: str) -> tuple[str, int]:
    """The address and port of a DNS server, from `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:53`.

    Raises: BadInput.
    """
    host, port = text.strip(), "53"
    if host.startswith("["):
        host, closed, port = host[1:].partition("]")
        port = port.removeprefix(":") or "53" if closed else ""
    elif host.count(":") == 1:
        host, _, port = host.partition(":")
    try:
        if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65_536):
            raise ValueError
        return str(ip_address(host)), int(port)
    except ValueError:
        raise BadInput(f"{shown(text)} is not the address of a DNS server; write it as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53.") from None
