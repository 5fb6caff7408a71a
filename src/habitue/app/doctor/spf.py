"""Which servers may send for a domain (SPF): read as a mailbox provider reads it, with every lookup that it costs him.

Source: RFC 7208, 4.5 (one record), 4.6.4 (10 lookups, 2 of them in vain), 5 (mechanisms), 6.1 (redirect), 7 (macros), 12 (the grammar).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from habitue.app.doctor.asking import Address, Dns
from habitue.app.doctor.findings import Finding, Grade, shown

SPF = "SPF"
MOST_LOOKUPS, MOST_IN_VAIN, MOST_SERVERS = 10, 2, 10
MOST_SIGNS = 450
"""A longer record does not fit into one answer of some servers. Source: RFC 7208, 3.4."""
RECORD = re.compile(r"v=spf1(?: .*)?", re.IGNORECASE | re.DOTALL)
TERM = re.compile(r"([-+?~]?)(all|include|exists|a|mx|ptr|ip4|ip6)(?![A-Za-z0-9_.=-])(.*)", re.IGNORECASE | re.ASCII)
MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)=([!-~]*)", re.ASCII)
END = re.compile(r"[-+?~]?all|redirect=.*", re.IGNORECASE)
HOST = re.compile(r"(?::([!-.0-~]+))?(?:/([0-9]{1,2}))?(?://([0-9]{1,3}))?", re.ASCII)
NETWORK = re.compile(r":[0-9A-Fa-f:.]+(?:/[0-9]{1,3})?", re.ASCII)
NAMED = re.compile(r":([!-~]+)", re.ASCII)
Network = IPv4Network | IPv6Network


class Wrong(Exception):
    """No provider can read this: its text says why, as a sentence."""


@dataclass
class Policy:
    """What a record says, in its order: each step its sign, and the networks it names, the other policy that it asks, or none where only a letter tells.

    `end` is the sign before `all`, empty where there is none.
    """

    steps: list[tuple[str, tuple[Network, ...] | Policy | None]] = field(default_factory=list)
    end: str = ""

    def says(self, address: Address) -> str:
        """The sign for letters from an address: + pass, - fail, ~ doubtful, ? nothing; empty where only a letter tells."""
        for sign, what in self.steps:
            if what is None:
                return ""
            if isinstance(what, Policy):
                inner = what.says(address)
                if inner in ("", "+"):
                    return sign if inner else ""
            elif any(address in network for network in what):
                return sign
        return self.end or "?"

    @property
    def lets_any(self) -> bool:
        """Whether anybody at all may send."""
        return self.end == "+" or any(sign == "+" for sign, _ in self.steps)


class Walk:
    """Reads a record and all that it leads to, and counts."""

    def __init__(self, dns: Dns) -> None:
        self.dns, self.lookups, self.in_vain = dns, 0, 0

    def policy(self, domain: str, text: str, above: tuple[str, ...] = ()) -> Policy:
        """Raises: Wrong, NotSeen."""
        made, redirect, above = Policy(), "", (*above, domain.lower())
        for word in text.split(" ")[1:]:
            if not word:
                continue
            if found := TERM.fullmatch(word):
                sign, kind, rest = found[1] or "+", found[2].lower(), found[3]
                if kind == "all" and not rest:
                    made.end = sign
                    return made  # what stands behind it counts for nothing
                made.steps.append((sign, self._step(domain, kind, rest, word, above)))
            elif found := MODIFIER.fullmatch(word):
                if found[1].lower() == "redirect":
                    redirect = found[2]
            else:
                raise Wrong(f"{shown(word)} in the record of {shown(domain)} is no part of SPF.")
        if redirect:
            self._count()
            if "%" in redirect:
                made.steps.append(("+", None))
            else:
                behind = self._named(redirect, above)
                made.steps, made.end = made.steps + behind.steps, behind.end
        return made

    def _step(self, domain: str, kind: str, rest: str, word: str, above: tuple[str, ...]) -> tuple[Network, ...] | Policy | None:
        if kind in ("ip4", "ip6"):
            try:
                network = ip_network(rest[1:] if NETWORK.fullmatch(rest) else "", strict=False)
                if network.version != int(kind[-1]):
                    raise ValueError
            except ValueError:
                raise Wrong(f"{shown(word)} in the record of {shown(domain)} names no such address.") from None
            return (network,)
        found = (HOST if kind in ("a", "mx") else NAMED).fullmatch(rest)
        if (found is None and not (kind == "ptr" and not rest)) or kind == "all":
            raise Wrong(f"{shown(word)} in the record of {shown(domain)} cannot be read.")
        self._count()
        name = (found and found[1]) or domain
        if "%" in name or kind in ("exists", "ptr"):
            return None
        if kind == "include":
            return self._named(name, above)
        assert found
        return self._hosts(self._servers(name) if kind == "mx" else [name], found[2] or "32", found[3] or "128")

    def _servers(self, name: str) -> list[str]:
        servers = [each for each in self.dns.mail_servers(name) if each]
        if len(servers) > MOST_SERVERS:
            raise Wrong(f"`mx` leads to {len(servers)} servers of {shown(name)}; more than {MOST_SERVERS} may not be asked.")
        return servers

    def _hosts(self, names: Sequence[str], bits4: str, bits6: str) -> tuple[Network, ...]:
        found = [each for name in names for each in self.dns.addresses(name)]
        if not found:
            self._vain()
        try:
            return tuple(ip_network(f"{each}/{bits4 if each.version == 4 else bits6}", strict=False) for each in found)
        except ValueError:
            raise Wrong(f"/{bits4}//{bits6} is no length of a network.") from None

    def _named(self, name: str, above: tuple[str, ...]) -> Policy:
        if name.lower().rstrip(".") in above:
            raise Wrong(f"It includes itself, by way of {shown(name)}.")
        texts = self.dns.texts(name)
        if not texts:
            self._vain()
        records = [text for text in texts if RECORD.fullmatch(text)]
        if len(records) != 1:
            raise Wrong(f"It leads to {shown(name)}, which has {'no record' if not records else 'several records'} of its own.")
        return self.policy(name, records[0], above)

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise Wrong(f"It takes more than {MOST_LOOKUPS} lookups in the DNS to read; take out what you do not send by.")

    def _vain(self) -> None:
        self.in_vain += 1
        if self.in_vain > MOST_IN_VAIN:
            raise Wrong(f"More than {MOST_IN_VAIN} of the names in it lead nowhere; take them out.")


def spf_findings(dns: Dns, domain: str, addresses: Sequence[Address], relay: str) -> Iterator[Finding]:
    """What is to be said of a domain's record. `addresses`: those that its letters are known to leave from; `relay`: whose server it is, if another's."""
    records = [text for text in dns.texts(domain) if RECORD.fullmatch(text)]
    if len(records) != 1:
        yield _none(domain, addresses, relay) if not records else _several(domain, records)
        return
    walk = Walk(dns)
    try:
        policy = walk.policy(domain, records[0])
    except Wrong as why:
        yield Finding(SPF, Grade.MEND, f"Providers cannot read who may send for {domain}, and count the record as none. {why}")
        return
    yield _ended(domain, records[0], policy, walk.lookups)
    for address in addresses:
        if finding := _of_address(domain, records[0], policy, address):
            yield finding
    if not addresses:
        yield _of_relay(dns, domain, policy, relay)


def _none(domain: str, addresses: Sequence[Address], relay: str) -> Finding:
    from_where = " ".join(map(_as_term, addresses)) or "include:THE-NAME-FROM-YOUR-RELAY’S-PAGES"
    whose = "" if addresses else f" The name to include stands in the pages of {relay or 'your relay'}."
    return Finding(SPF, Grade.MEND, f"Nothing says which servers may send for {domain}. Publish this TXT record.{whose}", domain, f"v=spf1 {from_where} -all")


def _several(domain: str, records: Sequence[str]) -> Finding:
    words = list(dict.fromkeys(word.replace("redirect=", "include:") for text in records for word in text.split(" ")[1:] if word))
    ends = {word for word in words if END.fullmatch(word)}
    value = " ".join(["v=spf1", *(word for word in words if word not in ends), "-all" if ends == {"-all"} else "~all"])
    is_whole = all(word.isprintable() and TERM.fullmatch(word) for word in words) and len(value) <= MOST_SIGNS
    said = f"{domain} has {len(records)} SPF records; with more than one, none counts. Make them one"
    return Finding(SPF, Grade.MEND, f"{said}, such as this, and delete the others." if is_whole else f"{said}.", *((domain, value) if is_whole else ()))


def _ended(domain: str, text: str, policy: Policy, lookups: int) -> Finding:
    cost = f"{lookups} of {MOST_LOOKUPS} lookups"
    if not policy.lets_any:
        return Finding(SPF, Grade.MEND, f"The record of {domain}, {shown(text)}, lets nobody send for it. Add your relay to it.")
    if policy.end == "+":
        return Finding(SPF, Grade.MEND, f"The record of {domain} ends in +all: anybody at all may send for it. End it in -all.")
    if policy.end in ("-", "~"):
        return Finding(SPF, Grade.IN_ORDER, f"One record of {domain} says who may send for it, and that all others may not ({cost}).")
    return Finding(
        SPF, Grade.BETTER, f"The record of {domain} does not say what becomes of all others ({cost}). End it in -all, or in ~all until you are sure."
    )


def _of_address(domain: str, text: str, policy: Policy, address: Address) -> Finding | None:
    said = policy.says(address)
    if said == "+":
        return Finding(SPF, Grade.IN_ORDER, f"{address}, from which your letters leave, is in it.")
    if not said:
        return Finding(SPF, Grade.NOT_SEEN, f"Could not look: whether {address} is in it depends on the letter (macros, `exists` or `ptr`).")
    words = text.split(" ")
    at = next((at for at, word in enumerate(words) if END.fullmatch(word)), len(words))
    value = " ".join([*words[:1], _as_term(address), *words[1:at], *words[at:]])
    return Finding(SPF, Grade.MEND, f"Your letters leave from {address}, which the record of {domain} does not name. Publish this instead.", domain, value)


def _of_relay(dns: Dns, domain: str, policy: Policy, relay: str) -> Finding:
    """Another's relay sends from addresses that only he knows; that its own name is in the record is a good sign."""
    if not relay:
        return Finding(SPF, Grade.BETTER, "From which addresses your letters leave cannot be known from here: see that your relay is in the record.")
    try:
        found = [ip_address(relay)]
    except ValueError:
        found = dns.addresses(relay)
    if any(policy.says(each) == "+" for each in found):
        return Finding(SPF, Grade.IN_ORDER, f"{relay}, to which your letters go, is in it.")
    return Finding(
        SPF,
        Grade.BETTER,
        f"{relay} is not in the record of {domain} by its own name. A large relay sends from other addresses, which only it knows: "
        "see that what its pages tell you to include stands there.",
    )


def _as_term(address: Address) -> str:
    return f"ip{address.version}:{address}"
