"""Debian's SpamAssassin, asked about many letters in one run: by its own rules as they lie on the disk, without any network and any learning."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

import pytest

SPAMASSASSIN = "/usr/bin/spamassassin"
RULES = "/usr/share/spamassassin"
"""The rules of the package itself: what `sa-update` fetched to a machine would make the test another one there."""
ALONE = ("use_bayes 0", "use_auto_welcomelist 0", "dns_available no", "report_safe 0", "add_header all Judged _HEADER(Message-ID)_ _SCORE_ _TESTSSCORES(,)_")
JUDGED = re.compile(r"^X-Spam-Judged: (<\S+>) (\S+) (.*)$", re.MULTILINE)
RULE = re.compile(r"(\w+)=(-?[\d.]+)")
RECEIVED = "Received: from mail.example.org (mail.example.org [IPv6:2001:db8::25])\r\n\tby mx.reader.test (Postfix) with ESMTPS id 4F2A;\r\n\t{date}\r\n"


@dataclass(frozen=True)
class Verdict:
    """Points (as it is delivered, five are spam), and those of each rule that hit."""

    points: float
    rules: dict[str, float]


def judged(letters: Sequence[bytes], folder: Path) -> list[Verdict]:
    """What it says of each letter, in their order, as the reader's own server would ask it. Each has a Message-ID of its own.

    Where it is missing, the test fails and says so.
    """
    if not Path(SPAMASSASSIN).exists():
        pytest.fail("Debian's spamassassin is needed; `make test` installs it where it may.", pytrace=False)
    box = folder / "letters.mbox"
    box.write_bytes(b"".join(_received(each) for each in letters))
    told = [part for line in ALONE for part in ("--cf", line)]
    ran = subprocess.run(
        [SPAMASSASSIN, "--local", "--nocreate-prefs", "--configpath", RULES, *told, "--mbox", box],
        capture_output=True,
        timeout=300,
        check=False,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    said = re.sub(r"\n[ \t]+", " ", ran.stdout.decode(errors="replace"))
    found = {number: Verdict(float(points), {name: float(each) for name, each in RULE.findall(rules)}) for number, points, rules in JUDGED.findall(said)}
    assert len(found) == len(letters), ran.stderr.decode(errors="replace")[-2_000:]
    return [found[message_from_bytes(each)["Message-ID"]] for each in letters]  # it looks at them in an order of its own


def _received(raw: bytes) -> bytes:
    """A letter in a mailbox, with what the reader's server wrote above it: without, every rule about its way would rest."""
    whole = RECEIVED.format(date=message_from_bytes(raw)["Date"] or "Thu, 02 Nov 2017 08:00:00 +0000").encode() + raw
    return b"From shop@example.org Thu Nov  2 08:00:00 2017\n" + re.sub(rb"^From ", b">From ", whole.replace(b"\r\n", b"\n"), flags=re.MULTILINE) + b"\n"
