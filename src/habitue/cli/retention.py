"""What is kept for how long: `habitue retention`."""

from __future__ import annotations

from typing import Annotated

import typer

from habitue.app.retaining import choice_of, keepings, let_go, let_run
from habitue.cli.options import Data, Json, console, json_line, opened
from habitue.words.clock import date_of, local_day_and_hour
from habitue.words.errors import BadInput

NOT_YET = "Nothing was changed. To let go what is due: habitue retention --yes; to have it done once a day by itself: habitue retention --every-day"


def register(app: typer.Typer) -> None:
    """Adds this page's command."""
    app.command()(retention)


def retention(
    yes: Annotated[bool, typer.Option("--yes", help="Let go now what is due. Without it, only what would go is shown.")] = False,
    every_day: Annotated[bool, typer.Option("--every-day", help="From now on, let it go once a day while the console is served.")] = False,
    by_hand: Annotated[bool, typer.Option("--by-hand", help="Let nothing go by itself any more.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show what is kept for how long, and what goes when; or let go what is due."""
    if every_day and by_hand:
        raise BadInput("Choose one: --every-day or --by-hand.")
    with opened(data) as house:
        if every_day or by_hand:
            let_run(house.settings.data, every_day)
        gone = let_go(house) if yes else None
        told, is_running = keepings(house, house.settings.language), choice_of(house.settings.data).is_running
    if as_json:
        print(json_line({"is_running": is_running, "gone": gone, "kinds": told}))
        return
    out = console()
    for each in told:
        out.print(f"{each.what}: {each.days} days", style="bold")
        goes = f"; the oldest on {date_of(local_day_and_hour(each.goes_at, house.settings.zone)[0])}" if each.goes_at and not each.due else ""
        out.print(f"  {each.due:,} due now, {each.due_soon:,} more within thirty days{goes}.")
        out.print(f"  {each.why} ({each.source})", style="dim")
    if gone is not None:
        out.print(", ".join(f"{kind}: {count:,}" for kind, count in gone.items() if count) + " gone." if any(gone.values()) else "Nothing was due.")
    out.print("It is done by itself once a day." if is_running else NOT_YET if gone is None else "It is done by hand.")
