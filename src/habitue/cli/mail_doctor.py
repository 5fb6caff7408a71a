"""Whether letters arrive: `habitue mail doctor`."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import Annotated

import typer

from habitue.app.doctor.findings import Finding, Grade
from habitue.app.opening import open_up
from habitue.cli.options import Data, Json, console, harmless, json_line
from habitue.store import clock_of, load_settings
from habitue.words.clock import SystemClock
from habitue.words.errors import HabitueError

HEADS = {Grade.MEND: "Mend this", Grade.NOT_SEEN: "Could not look", Grade.BETTER: "Could be better", Grade.IN_ORDER: "In order"}
"""In this order they are shown."""
ILL = "Not everything is in order: see above what to mend, or what could not be looked at."


def doctor(
    domain: Annotated[str, typer.Option("--domain", help="The domain that letters come from (default: that of the sender).", show_default=False)] = "",
    resolver: Annotated[str, typer.Option("--resolver", help="The DNS server to ask (default: this machine's), as 9.9.9.9:53.", show_default=False)] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Look at what makes letters arrive: SPF, DKIM, DMARC, MX, TLS, reverse name, the way out, complaints; say what to do.

    Asks the DNS, your mail server and your own address, and sends nothing. Ends with 1 where something is to be mended, or could not be looked at.
    """
    from habitue.app.doctor.asking import Dns  # what asks the DNS and the web is loaded for nobody else
    from habitue.app.doctor.brand import month_of
    from habitue.app.doctor.examining import domain_of, examine

    settings = load_settings(data)
    with closing(open_up(settings)) as truth:
        month = month_of(truth, clock_of(settings).instant())
    of_domain = domain_of(settings, domain)
    findings = list(examine(settings, of_domain, Dns(resolver), month, SystemClock().instant()))
    if as_json:
        print(json_line({"domain": of_domain, "findings": findings}))
    else:
        _print(of_domain, findings)
    if any(each.grade in (Grade.MEND, Grade.NOT_SEEN) for each in findings):
        raise HabitueError(ILL)


def _print(domain: str, findings: list[Finding]) -> None:
    out, counts = console(), Counter(each.grade for each in findings)
    out.print(f"Letters from {domain}." if domain else "Letters from nowhere yet.")
    for grade, head in HEADS.items():
        if counts[grade]:
            out.print(f"\n{head} ({counts[grade]})", style="bold red" if grade == Grade.MEND else "bold")
        for each in findings:
            if each.grade == grade:
                out.print(f"  {each.about}: {harmless(each.said)}")
            if each.grade == grade and each.name:
                out.print(f"      Name   {harmless(each.name)}\n      Value  {harmless(each.value)}")
