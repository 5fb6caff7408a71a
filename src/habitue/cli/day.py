"""The day: `habitue plan` and `habitue serve`."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.text import Text

from habitue.app import House, plan_day, reason_title, touches_of
from habitue.app.imports.watching import watched
from habitue.app.law.opendsr_callbacks import told_outside
from habitue.app.model import DayPlan
from habitue.app.retaining import kept_in_bounds
from habitue.cli.options import Data, Json, Language, On, bars, console, day_of, opened, tongue
from habitue.content.laying_out import lay_out_first_book
from habitue.events.arrivals import write_keys
from habitue.store import load_settings
from habitue.words.clock import day_number
from habitue.words.reasons import NOT_OURS_TO_DECIDE, Reason


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command()(plan)
    app.command()(serve)


def plan(data: Data = None, on: On = "", as_json: Json = False, language: Language = "") -> None:
    """Plan a day: who is spoken to, who is left in peace, and why.

    The day on which the house's clock stands is written and kept; any other is a rehearsal that writes nothing.
    """
    with opened(data) as house, bars() as progress:
        day = plan_day(house, day_of(on), progress)
        if as_json:
            print(as_object(day))
        else:
            show(house, day, tongue(house, language), console())


def serve(
    data: Data = None,
    port: Annotated[int, typer.Option("--port", help="The port to listen on (default: the house's).", show_default=False)] = 0,
) -> None:
    """Serve the console, take in what sources tell and what is dropped into DATA/inbox; on this machine only unless the settings say otherwise."""
    from habitue.web.serving import serve as serve_site  # the web server is loaded only where it is needed

    settings = load_settings(data)
    if not settings.book_folder.exists():
        lay_out_first_book(settings.book_folder)
        console().print(f"A first book of actions is in {settings.book_folder}; its words are yours to change.")
    with opened(data) as house, watched(settings), kept_in_bounds(settings), told_outside(settings):

        def announce() -> None:
            console().print(f"The console is at http://{settings.host}:{port or settings.port} (Ctrl-C ends it).")
            if not write_keys(house.truth):
                console().print("No source may tell anything yet: `habitue source add web` gives it a key.")

        serve_site(house, settings.host, port or settings.port, announce)


def as_object(day: DayPlan) -> str:
    """The day as one JSON object; touches + silences = customers."""
    found = {
        "on": day.on.isoformat(),
        "customers": day.customers,
        "touches": day.touches,
        "silences": day.silences,
        "reasons": {reason.name.lower(): count for reason, count in day.reasons.items()},
        "kinds": day.kinds,
        "is_rehearsal": day.is_rehearsal,
    }
    return msgspec.json.encode(found).decode()


def show(house: House, day: DayPlan, language: str, out: Console) -> None:
    """The day in sentences, then in figures, then the first few words."""
    french = language == "fr"
    peace = {r: n for r, n in day.reasons.items() if r not in (*NOT_OURS_TO_DECIDE, Reason.HELD_OUT)}
    others = {r: n for r, n in day.reasons.items() if r not in peace}
    left = sum(peace.values())
    first = (
        f"Un mot pour {day.touches:,} personnes sur {day.customers:,}, chacun avec sa raison ; {left:,} sont laissées en paix."
        if french
        else f"A word for {day.touches:,} of {day.customers:,} people, each with a reason; {left:,} {'is' if left == 1 else 'are'} left in peace."
    )
    out.print(Text.assemble("\n", (f"{day.on:%A %d %B %Y}", "bold"), "  (rehearsal, nothing is written)" if day.is_rehearsal else ""))
    out.print(first.replace(",", "\u202f") if french else first)
    if house.settings.invented_names:
        out.print("Les noms sont inventés." if french else "Names are invented.", style="dim")
    for heading, counts in (("Laissés en paix" if french else "Left in peace", peace), ("Pas à nous de décider" if french else "Not ours to decide", others)):
        if counts:
            out.print(f"\n{heading}", style="green")
            for reason, count in counts.items():
                out.print(f"  {count:>7,}  {reason_title(reason, language)}")
    lines = touches_of(house, day_number(day.on), language, limit=5)
    if lines:
        out.print("\nQuelques mots du jour" if french else "\nA few of today's words", style="bold")
    for line in lines:
        out.print(Text.assemble("  ", (line.name, "bold"), f" ({line.customer_key}), {line.how}: {line.say}\n      {line.why}"))
