"""`habitue demo`: a real grocer's year, a day planned, the console served."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from habitue.app import open_house, plan_day
from habitue.cli.day import show
from habitue.cli.options import Data, Language, On, bars, console, tongue
from habitue.workshop.demo import run

DEMO_DATA = Path("demo-data")


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command()(demo)


def demo(
    data: Data = None,
    on: On = "",
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the console afterwards.")] = True,
    port: Annotated[int, typer.Option("--port", help="The port of the console.")] = 8000,
    language: Language = "",
) -> None:
    """Load a real grocer's year (names invented), plan a day, and serve the console."""
    out = console()
    settings = run(data or DEMO_DATA, on or None, out)
    with open_house(settings) as house:
        with bars() as progress:
            day = plan_day(house, None, progress)
        show(house, day, tongue(house, language), out)
        if serve:
            from habitue.web.serving import serve as serve_site  # the web server is loaded only where it is needed

            serve_site(house, settings.host, port, lambda: out.print(f"\nThe console is at http://{settings.host}:{port} (Ctrl-C ends it)."))
