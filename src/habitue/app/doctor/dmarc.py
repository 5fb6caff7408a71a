"""What becomes of letters that are not proved to be ours (DMARC), and whether ours agree with what proves them.

Source: RFC 7489, 3.1 (who agrees with the From), 6.3 (the tags), 6.6.3 (which record counts), 7.1 (reports to another domain). Without a list of public
suffixes we look from the domain upwards, and take the first record that is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from habitue.app.doctor.asking import Dns
from habitue.app.doctor.dkim import tags_of
from habitue.app.doctor.findings import Finding, Grade, shown

DMARC = "DMARC"
RECORD = re.compile(r"v\s*=\s*DMARC1\s*(?:;.*)?", re.DOTALL)
POLICIES = ("none", "quarantine", "reject")
MOST_UP, MOST_REPORTS = 5, 4


def dmarc_findings(dns: Dns, domain: str, signs_for: str) -> Iterator[Finding]:
    """What is to be said of a domain that letters come from; `signs_for` is that of our keys, empty where there are none."""
    at, records = _found(dns, domain)
    fresh = (f"_dmarc.{at or domain}", f"v=DMARC1; p=none; rua=mailto:dmarc@{at or domain}")
    if not records:
        said = f"Nothing says what becomes of letters that pretend to be from {domain}; the large providers ask for it. Publish this TXT record."
        yield Finding(DMARC, Grade.MEND, f"{said} Read what the reports say, then say p=quarantine.", *fresh)
        return
    if len(records) > 1:
        yield Finding(DMARC, Grade.MEND, f"_dmarc.{at} has {len(records)} such records; with more than one, none counts. Keep one.")
        return
    tags = tags_of(records[0]) or {}
    policy = (tags.get("sp") if at != domain else None) or tags.get("p", "")
    if policy.lower() not in POLICIES:
        yield Finding(DMARC, Grade.MEND, f"_dmarc.{at} says no policy that can be read (p=none, quarantine or reject): {shown(records[0])}.", *fresh)
        return
    yield _of_policy(at, policy.lower(), tags.get("pct", "100"))
    yield from _reports(dns, at, tags.get("rua", ""))
    yield from _agreement(domain, signs_for, tags)


def _found(dns: Dns, domain: str) -> tuple[str, list[str]]:
    """The nearest domain upwards that has a record, and its records."""
    labels = domain.split(".")
    for at in list(range(len(labels) - 1))[:1] + list(range(len(labels) - 1))[1:][-MOST_UP:]:
        here = ".".join(labels[at:])
        if records := [text for text in dns.texts(f"_dmarc.{here}") if RECORD.fullmatch(text)]:
            return here, records
    return "", []


def _of_policy(at: str, policy: str, pct: str) -> Finding:
    if policy == "none":
        said = f"_dmarc.{at} only watches (p=none). Once its reports name nobody of yours who fails, say p=quarantine, then p=reject."
        return Finding(DMARC, Grade.BETTER, said)
    if pct != "100":
        return Finding(
            DMARC, Grade.BETTER, f"_dmarc.{at} says p={policy}, for {shown(pct)} of 100 letters only (pct). Take pct out once nobody of yours fails."
        )
    return Finding(DMARC, Grade.IN_ORDER, f"_dmarc.{at} says what becomes of letters that are not ours: p={policy}.")


def _reports(dns: Dns, at: str, rua: str) -> Iterator[Finding]:
    """Whether somebody gets the reports."""
    to = [unquote(each.partition("!")[0]) for each in rua.split(",") if each]
    if not to:
        yield Finding(DMARC, Grade.BETTER, f"_dmarc.{at} names nobody who reads the reports. Add rua=mailto:dmarc@{at}.")
    for each in to[:MOST_REPORTS]:
        mailbox = each[len("mailto:") :] if each.lower().startswith("mailto:") else ""
        _, sign, where = mailbox.rpartition("@")
        where = where.lower()
        if not (sign and where):
            yield Finding(DMARC, Grade.BETTER, f"{shown(each)} in rua is no address for reports; write it as mailto:dmarc@{at}.")
        elif where == at or where.endswith(f".{at}") or at.endswith(f".{where}"):
            yield Finding(DMARC, Grade.IN_ORDER, f"Its reports go to {shown(mailbox)}.")
        elif any(RECORD.fullmatch(text) for text in dns.texts(f"{at}._report._dmarc.{where}")):
            yield Finding(DMARC, Grade.IN_ORDER, f"Its reports go to {shown(mailbox)}, who agrees to get them.")
        else:
            ask = f"Ask there for a TXT record {at}._report._dmarc.{where} that says v=DMARC1."
            said = f"Its reports are to go to {shown(mailbox)}, but {shown(where)} does not say that it takes them. {shown(ask)[1:-1]}"
            yield Finding(DMARC, Grade.BETTER, said)


def _agreement(domain: str, signs_for: str, tags: dict[str, str]) -> Iterator[Finding]:
    """Whether our signature and the address that failures go to agree with the From."""
    is_strict = tags.get("adkim", "r").lower() == "s"
    if signs_for and is_strict and signs_for != domain:
        said = f"It asks for signatures of {domain} itself (adkim=s); ours are of {signs_for}. Say adkim=r, or make keys for {domain}."
        yield Finding(DMARC, Grade.MEND, said)
    elif _agrees(signs_for, domain):
        said = (
            f"Letters from {domain} are signed for {signs_for}, and their failures go to {domain}: both agree, if your relay leaves the Return-Path as it is."
        )
        yield Finding(DMARC, Grade.IN_ORDER, said)
    else:
        said = f"Without a signature for {domain}, only SPF can prove a letter, and none that is forwarded: see DKIM."
        yield Finding(DMARC, Grade.BETTER, said)


def _agrees(signs_for: str, domain: str) -> bool:
    return bool(signs_for) and (signs_for == domain or domain.endswith(f".{signs_for}"))


def mx_findings(dns: Dns, domain: str, addresses_there: Sequence[str]) -> Iterator[Finding]:
    """Whether what comes back, such as answers, finds a mail server. Source: RFC 5321, 5.1 (which one); RFC 7505 (none)."""
    servers, what = dns.mail_servers(domain), " and ".join(addresses_there)
    if servers == [""]:
        yield Finding("MX", Grade.MEND, f"{domain} says that it takes no mail at all (“MX 0 .”), but {what} are there. Name the server that takes them.")
    elif not servers and dns.addresses(domain):
        yield Finding("MX", Grade.BETTER, f"{domain} names no mail server (MX); {what} go to its own address. Name the server that takes them.")
    elif not servers:
        yield Finding("MX", Grade.MEND, f"{domain} names no mail server (MX): nobody gets what comes to {what}. Name the server that takes it.")
    else:
        lost = [server for server in servers[:MOST_REPORTS] if server and not dns.addresses(server)]
        if lost:
            yield Finding("MX", Grade.MEND, f"{shown(lost[0])}, which is to take the mail for {domain}, has no address in the DNS.")
        else:
            yield Finding("MX", Grade.IN_ORDER, f"{shown(servers[0])} takes what comes to {what}.")
