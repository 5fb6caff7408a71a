"""What the settings say, whether the way out can be reached from outside, and what came back of the last month's letters.

Source: RFC 8058, 3.1 and 3.2 (the press); Gmail's and Yahoo's rules for senders (complaints under 0.10 %, never 0.30 %; 5,000 letters a day).
"""

from __future__ import annotations

import secrets
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx2

from habitue.app.doctor.findings import Finding, Grade, NotSeen, within
from habitue.channels.returns import complained_since, sent_since
from habitue.consent.one_click import PRESSED, way_out_address
from habitue.store import Settings, Truth
from habitue.words.vocabulary import Channel, Purpose

WAY_OUT, ANSWERS, COMPLAINTS = "Way out", "Answers", "Complaints"
REACH_SECONDS, ANSWERED, MOST_BYTES = 12.0, b"OK", 1_000
MONTH_SECONDS = 30 * 86_400
MANY_A_DAY = 5_000
WELL_PER_10_000, NEVER_PER_10_000 = 10, 30


@dataclass(frozen=True)
class Month:
    """What left in thirty days, on the fullest day of them, and how many complained of it, as far as they told us."""

    sent: int
    most_a_day: int
    complained: int


def month_of(truth: Truth, now: int) -> Month:
    """The last thirty days. Units: `now` is in UTC seconds."""
    by_day = sent_since(truth, now - MONTH_SECONDS)
    return Month(sum(by_day.values()), max(by_day.values(), default=0), complained_since(truth, now - MONTH_SECONDS))


def settings_findings(settings: Settings) -> Iterator[Finding]:
    """Whether an answer finds somebody."""
    if not settings.sender:
        said = "No sender is set, so that no letter leaves and nothing of its domain can be looked at. Set one in habitue.toml: shop@example.org."
        yield Finding(ANSWERS, Grade.MEND, said)
    elif settings.mailbox:
        yield Finding(ANSWERS, Grade.IN_ORDER, f"Letters come from {settings.sender}, and what is answered is fetched from its mailbox.")
    else:
        said = (
            "No mailbox is set. Unless your mail server hands us the answers itself (`habitue inbox take`), nobody hears a stop or a complaint: docs/inbox.md."
        )
        yield Finding(ANSWERS, Grade.BETTER, said)


def way_out_findings(settings: Settings, trusted: ssl.SSLContext | None = None) -> Iterator[Finding]:
    """Presses a way out that is nobody's, as a mail program does; that changes nothing."""
    if not settings.address.startswith("https://"):
        what = f"is {settings.address}, and must begin with https://" if settings.address else "is not set"
        yield Finding(
            WAY_OUT, Grade.MEND, f"The address that customers reach this house by {what}: words of your own accord leave by it alone (docs/ways-out.md)."
        )
        return
    where = way_out_address(settings.address, secrets.token_urlsafe(16), Purpose.OFFERS, Channel.EMAIL)
    try:
        status, said = within(REACH_SECONDS, lambda: _press(where, trusted), settings.address)
    except NotSeen as why:
        yield Finding(WAY_OUT, Grade.MEND, f"The way out at {settings.address} cannot be pressed: {why}")
    except (httpx2.HTTPError, OSError, ValueError) as wrong:
        yield Finding(WAY_OUT, Grade.MEND, f"The way out at {settings.address} cannot be reached from here ({type(wrong).__name__}). Is `habitue serve` up?")
    else:
        if (status, said.strip()) == (200, ANSWERED):
            yield Finding(WAY_OUT, Grade.IN_ORDER, f"One press leaves: {settings.address} takes it.")
        else:
            more = "it sends the press elsewhere" if 300 <= status < 400 else f"it answers {status}"
            said_so = (
                f"The way out at {settings.address} is not ours, or not open to a mail program: {more}. POST /out/… must reach this house without a login."
            )
            yield Finding(WAY_OUT, Grade.MEND, said_so)


def _press(where: str, trusted: ssl.SSLContext | None) -> tuple[int, bytes]:
    with (
        httpx2.Client(timeout=REACH_SECONDS, follow_redirects=False, trust_env=False, verify=trusted or ssl.create_default_context()) as client,
        client.stream("POST", where, content=PRESSED, headers={"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "identity"}) as answer,
    ):
        body, until = b"", time.monotonic() + REACH_SECONDS
        for part in answer.iter_raw(MOST_BYTES):
            body += part
            if len(body) > MOST_BYTES or time.monotonic() > until:
                break
        return answer.status_code, body


def month_findings(month: Month) -> Iterator[Finding]:
    """What complaints told us: that is the least that there were. Most providers tell their own pages alone."""
    if month.most_a_day >= MANY_A_DAY:
        said = f"{month.most_a_day:,} letters left on one day: from {MANY_A_DAY:,} on, Gmail, Yahoo and Outlook ask for SPF, DKIM and DMARC together."
        yield Finding(COMPLAINTS, Grade.IN_ORDER, said)
    look = "That is the least: Gmail tells nobody but its Postmaster Tools (postmaster.google.com). Look there too."
    if not month.sent:
        yield Finding(COMPLAINTS, Grade.IN_ORDER, "No letter left in the last thirty days, so nobody can have complained of one.")
        return
    per_10_000 = 10_000 * month.complained // month.sent
    counted = f"Of {month.sent:,} letters of the last thirty days, {month.complained:,} were complained of to us ({per_10_000 / 100:.2f} %)."
    if per_10_000 >= NEVER_PER_10_000:
        yield Finding(COMPLAINTS, Grade.MEND, f"{counted} From 0.30 % on, providers turn letters away. Write less, and to those who asked. {look}")
    elif per_10_000 >= WELL_PER_10_000:
        yield Finding(COMPLAINTS, Grade.BETTER, f"{counted} Providers ask for less than 0.10 %. See by `habitue books` what went out. {look}")
    else:
        yield Finding(COMPLAINTS, Grade.IN_ORDER, f"{counted} {look}")
