"""`habitue docs`: the reference page, written from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from habitue.cli.options import console
from habitue.workshop.reference import reference_page


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command()(docs)


def docs(ctx: typer.Context, to: Annotated[Path, typer.Option("--to", help="Where the page is written.")] = Path("docs/reference.md")) -> None:
    """Write the reference (commands, settings, reasons, relations, columns) from the code."""
    top = ctx.find_root().command
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(reference_page(top), encoding="utf-8")
    console().print(f"{to} is written.")
