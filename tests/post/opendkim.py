"""Signatures checked by another hand: Debian's OpenDKIM, told by a file what the DNS would say."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

OPENDKIM = "/usr/sbin/opendkim"
SAID = re.compile(r"dkim=(\w+) [^;]*header\.s=([\w.-]+)")


def verdicts(raw: bytes, records: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What it says of each signature of a letter, by its selector: `pass`, or why not. Where it is missing, the test fails and says so."""
    if not Path(OPENDKIM).exists():
        pytest.fail("Debian's opendkim is needed; `make test` installs it where it may.", pytrace=False)
    letter, dns, told = (folder / name for name in ("letter.eml", "dns.txt", "opendkim.conf"))
    letter.write_bytes(raw)
    dns.write_text("".join(f"{name} {said}\n" for name, said in records.items()))
    told.write_text(f"Mode v\nTestDNSData {dns}\n")
    ran = subprocess.run([OPENDKIM, "-x", told, "-v", "-v", "-t", letter], capture_output=True, text=True, timeout=60, check=False)
    return {selector: verdict for verdict, selector in SAID.findall(ran.stdout)}
