"""A way out that came by itself: `habitue stop`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from habitue.app.inbox.hearing_stop import Outcome, hear_mail, stop_address
from habitue.app.post.ways_out import WayOut, returned_card
from habitue.cli.leave import ways_named
from habitue.cli.options import Data, Json, console, json_line, opened
from habitue.consent.stop_rules import Stop, Verdict
from habitue.dialogue.mail import MOST_BYTES
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Collected

RETURNED = (Channel.POST,)
ONE_OF = "Name one: --mail FILE (or - for what is piped in), --code CODE of a card that came back, or --address ADDRESS."
SAID = {
    Outcome.OUT: "She wants no more; it counts from now on.{also}",
    Outcome.ERASURE: "She wants to be erased. She is written to no more from now on, and a case is open: {case}.",
    Outcome.ACCESS: "She asks what is held of her; a case is open: {case}.",
    Outcome.ASKED: "She may want no more, or ask something by law; it waits for a person.{also}",
    Outcome.NOTHING: "It neither says stop nor asks anything by law; nothing was changed.",
    Outcome.AUTOMATIC: "A machine wrote it; nothing was changed.",
}

ALSO = " A case is open for what she may ask by law: {case}."


def register(app: typer.Typer) -> None:
    """Adds this page's command."""
    app.command()(stop)


def stop(
    mail: Annotated[str, typer.Option("--mail", help="An e-mail as it came, as a file; - reads it from a mail server's pipe.")] = "",
    code: Annotated[str, typer.Option("--code", help="The code of a card that came back: a no by post, or by what --by names.")] = "",
    address: Annotated[str, typer.Option("--address", help="An e-mail address that wants no more, whoever has it.")] = "",
    by: Annotated[list[str], typer.Option("--by", help="email, sms, post or phone; may be repeated.")] = [],  # noqa: B006 - typer's way
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Hear that somebody wants no more: from an answer by e-mail, a card that came back, or an address."""
    if len([each for each in (mail, code, address) if each]) != 1:
        raise BadInput(ONE_OF)
    channels = ways_named(by)
    outcome, customers, case = Outcome.OUT, 1, 0
    with opened(data) as house:
        if mail:
            heard = hear_mail(house, _read(mail))
            outcome, customers, case = heard.outcome, heard.customers, heard.case
        elif code:
            returned_card(house, code, WayOut((), channels or RETURNED, Collected.LETTER, "card returned"))
        else:
            customers = stop_address(house, address, Stop(Verdict.STOP, channels), collected=Collected.CALL)
    if as_json:
        print(json_line({"outcome": outcome.value, "customers": customers, "case": case}))
    else:
        console().print(SAID[outcome].format(case=case, also=ALSO.format(case=case) if case else ""))


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1) if name == "-" else Path(name).read_bytes()
    except OSError as wrong:
        raise BadInput(f"The file {name} cannot be read: {wrong.strerror}.") from wrong
