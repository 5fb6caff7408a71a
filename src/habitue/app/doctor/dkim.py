"""Whether the DNS says our own keys, so that a signature of ours can be checked; and what is wrong where it says something else.

Source: RFC 6376, 3.2 (tags), 3.6.1 (the record), 3.6.2.2 (one record for a name); RFC 8463, 4.2 (Ed25519).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from habitue.app.doctor.asking import Dns
from habitue.app.doctor.findings import Finding, Grade, shown
from habitue.channels.email.signing_keys import signing_keys
from habitue.words.errors import HabitueError

DKIM = "DKIM"
ONE_STRING = 255
"""So many signs are in one string of a record at most; a longer value is two strings in quotes. Source: RFC 1035, 3.3."""


def tags_of(text: str) -> dict[str, str] | None:
    """The tags of a record by name, without blanks; none where it is no list of tags, or names one twice."""
    parts = [part.partition("=") for part in text.split(";") if part.strip()]
    found = {name.strip(): re.sub(r"\s", "", value) for name, _, value in parts}
    return found if all(sign for _, sign, _ in parts) and len(found) == len(parts) else None


def dkim_findings(dns: Dns, data: Path, domain: str) -> Iterator[Finding]:
    """What is to be said of each of our keys, for letters from a domain."""
    try:
        keys = signing_keys(data)
    except HabitueError as wrong:
        yield Finding(DKIM, Grade.MEND, str(wrong))
        return
    if keys is None:
        yield Finding(DKIM, Grade.MEND, "Your letters leave unsigned. `habitue mail keys` makes the keys and prints the two records to publish.")
        return
    if domain != keys.domain and not domain.endswith(f".{keys.domain}"):
        yield Finding(DKIM, Grade.MEND, f"The keys sign for {keys.domain}, which says nothing about letters from {domain}. Make others: docs/mail.md.")
        return
    for (name, value), grade in zip(keys.records.items(), (Grade.MEND, Grade.BETTER), strict=True):
        wrong_so = _why_wrong(dns.texts(name), value)
        which = "RSA, which every provider checks" if grade == Grade.MEND else "Ed25519, for those who can check it"
        if wrong_so is None:
            yield Finding(DKIM, Grade.IN_ORDER, f"{name} holds our key (by {which}).")
        elif not wrong_so:
            yield Finding(DKIM, Grade.BETTER, f"{name} holds our key, and says by t=y that it is only tried out: a signature may count for none. Take t=y out.")
        else:
            two = f" Where the DNS takes at most {ONE_STRING} signs at once, as two pieces in quotes in one record." if len(value) > ONE_STRING else ""
            yield Finding(DKIM, grade, f"{wrong_so} Publish this TXT record (by {which}).{two}", name, value)


def _why_wrong(texts: Sequence[str], value: str) -> str | None:
    """Why a signature cannot be checked by what the DNS says, as a sentence; none where it can, empty where it is only on trial."""
    ours = tags_of(value) or {}
    if not texts:
        return "The DNS does not have our key: a signature that nobody can check counts as none."
    if len(texts) > 1:
        is_cut = any(text and value.replace(" ", "").startswith(text.replace(" ", "")) for text in texts)
        return "Our key is cut into several records; it belongs into one." if is_cut else "There are several records under this name, so that none counts."
    said = tags_of(texts[0])
    if said is None or "p" not in said or said.get("v", "DKIM1") != "DKIM1":
        return f"What stands there is no key: {shown(texts[0])}."
    theirs = said["p"]
    if not theirs:
        return "The key is revoked there (p= is empty)."
    if theirs != ours["p"]:
        return _unlike(theirs, ours["p"])
    if said.get("k", "rsa") != ours["k"]:
        return f"It says that our key is of another kind (k={shown(said.get('k', 'rsa'))})."
    if "sha256" not in said.get("h", "sha256").split(":") or not {"*", "email"} & set(said.get("s", "*").split(":")):
        return "It says that the key is not for signing letters as we do (h= or s=)."
    return "" if "y" in said.get("t", "").split(":") else None


def _unlike(theirs: str, ours: str) -> str:
    if re.sub(r"[^A-Za-z0-9+/=]", "", theirs) == ours:
        return "The quotes between the two pieces have become part of the value."
    if ours.startswith(theirs):
        return f"Our key is cut off there after {len(theirs)} of its {len(ours)} signs."
    return "Another key stands there than the one that we sign with."
