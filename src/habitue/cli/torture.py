"""`habitue torture`: senders are killed at any instant, and the mail server loses some of its answers; what became of each letter."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from habitue.cli.options import Json, console, json_line
from habitue.words.errors import OverLimit
from habitue.workshop.torture import Suffered
from habitue.workshop.torture import torture as suffer

BROKEN = "A letter left twice, or was lost: the post room did not hold."


def register(app: typer.Typer) -> None:
    """Adds this page's command."""
    app.command()(torture)


def torture(
    kills: Annotated[int, typer.Option("--kills", min=0, help="How many senders are killed with kill -9.")] = 40,
    sends: Annotated[int, typer.Option("--sends", min=1, help="How many letters are to leave.")] = 2_000,
    senders: Annotated[int, typer.Option("--senders", min=1, help="How many send at once.")] = 2,
    postgres: Annotated[bool, typer.Option("--postgres", help="The truth lies on a PostgreSQL server of its own, not on SQLite.")] = False,
    postfix: Annotated[bool | None, typer.Option("--postfix/--no-postfix", help="Against a Postfix, too (default: where one can be started).")] = None,
    as_json: Json = False,
) -> None:
    """Send letters of a made house while senders are killed and the mail server loses one answer in a hundred; nothing leaves this machine.

    Ends with 8 where a letter arrived twice, or was said to be sent and never arrived.
    """
    is_whole = True
    for each in suffer(kills, sends, senders, postgres, postfix, _tell):
        print(json_line(each)) if as_json else console().print(_sentence(each))
        is_whole = is_whole and not (each.duplicated or each.lost)
    if not is_whole:
        raise OverLimit(BROKEN)


def _sentence(each: Suffered) -> str:
    senders = "sender" if each.kills == 1 else "senders"
    return (
        f"{each.server}: {each.sends:,} letters on {each.truth}, {each.kills:,} {senders} killed, {each.seconds:,.0f} seconds. {each.arrived:,} arrived, "
        f"{each.duplicated:,} of them twice; {each.lost:,} lost; {each.in_doubt:,} in doubt and listed, of which {each.of_which_arrived:,} arrived; "
        f"{each.unresolved:,} unresolved."
    )


def _tell(what: str) -> None:
    """What is going on, on the error stream."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"{what} …", style="dim")
