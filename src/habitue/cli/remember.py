"""What she told us: `habitue said`, `habitue note`, `habitue withdraw`."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from habitue.app import note as keep_note
from habitue.app import statements_of
from habitue.app import withdraw as take_back
from habitue.app.looking import looked_at_keys
from habitue.app.stating import Note
from habitue.cli.look import Customer
from habitue.cli.options import Data, Json, Language, On, console, day_of, opened, tongue
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Strength, Subject, Told


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command()(said)
    app.command()(note)
    app.command()(withdraw)


def said(customer: Customer, data: Data = None, on: On = "", as_json: Json = False, language: Language = "") -> None:
    """List what a customer told us or a seller noted of her: each with its number, what counts now, and why the rest does not."""
    with opened(data) as house:
        spoken = tongue(house, language)
        found = statements_of(house, customer, day_of(on), spoken)
        looked_at_keys(house, "card", [customer])
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    out = console()
    for one in found:
        out.print(f"{one.number:>8}  {one.sentence}" + (f" “{one.quote}”" if one.quote else ""), style=None if one.counts else "dim")
        out.print(f"{'':>8}  {one.why}", style="green" if one.counts else "dim")
    if not found:
        out.print("Elle ne nous a rien dit." if spoken == "fr" else "She has told us of nothing.")


def note(  # noqa: PLR0913 - a command has as many options as it has
    customer: Customer,
    likes: Annotated[str, typer.Option("--likes", help="What she likes: a thing by name or key, or as type:MEAT/VEAL.", show_default=False)] = "",
    dislikes: Annotated[str, typer.Option("--dislikes", help="What she does not want.", show_default=False)] = "",
    neither: Annotated[str, typer.Option("--neither", help="What she does not mind any more.", show_default=False)] = "",
    attribute: Annotated[bool, typer.Option("--attribute", help="It is what things are like: organic, without sugar.")] = False,
    channel: Annotated[bool, typer.Option("--channel", help="It is a way to reach her: email, sms, post, shop, phone, site.")] = False,
    hour: Annotated[bool, typer.Option("--hour", help="It is an hour: 0-10 (before ten), 12-8 sat-sun.")] = False,
    quote: Annotated[str, typer.Option("--quote", help="Her own words.", show_default=False)] = "",
    until: Annotated[str, typer.Option("--until", help="The last day on which it counts, as 2017-11-02.", show_default=False)] = "",
    strength: Annotated[str, typer.Option("--strength", help="slight, plain or strong.")] = "plain",
    she_said: Annotated[bool, typer.Option("--she-said", help="She said it herself (else: a seller noted it).")] = False,
    health: Annotated[bool, typer.Option("--health", help="It may tell of her health or belief: kept only with her leave.")] = False,
    data: Data = None,
) -> None:
    """Note what a customer likes or does not want; prints the number of the note."""
    told = [(about, feeling) for about, feeling in ((likes, 1), (dislikes, -1), (neither, 0)) if about.strip()]
    if len(told) != 1 or attribute + channel + hour > 1:
        raise BadInput("Note one thing at a time: one of --likes, --dislikes and --neither, and at most one of --attribute, --channel and --hour.")
    if strength.upper() not in Strength.__members__:
        raise BadInput(f"“{strength}” is no strength; use slight, plain or strong.")
    subject = Subject.ATTRIBUTE if attribute else Subject.CHANNEL if channel else Subject.HOUR if hour else Subject.THING
    teller = Told.SHE_SAID if she_said else Told.SELLER_NOTED
    noted = Note(subject, *told[0], Strength[strength.upper()], teller, quote.strip(), parse_day(until) if until else None, health)
    with opened(data) as house:
        console().print(keep_note(house, customer, noted))


def withdraw(customer: Customer, number: Annotated[int, typer.Argument(help="The number that `habitue said` shows.")], data: Data = None) -> None:
    """Take back what was said or noted; it stays on the list and counts no longer."""
    with opened(data) as house:
        take_back(house, customer, number)
