"""Customers who may be one person twice: `habitue alike`."""

from __future__ import annotations

from contextlib import closing

import msgspec
import typer

from habitue.app.likeness.proposing import propose_alike
from habitue.app.opening import open_up
from habitue.cli.options import Data, Json, console
from habitue.store import load_settings


def register(app: typer.Typer) -> None:
    """Adds this page's command."""
    app.command()(alike)


def alike(data: Data = None, as_json: Json = False) -> None:
    """Look through all customers for two who are likely one person, or one home, by name and address, and propose them; nobody is joined."""
    settings = load_settings(data)
    with closing(open_up(settings)) as truth:
        looked = propose_alike(truth, settings)
    if as_json:
        print(msgspec.json.encode({"pairs": looked.pairs, "homes": looked.homes, "new": looked.new}).decode())
        return
    out = console()
    out.print(f"{looked.pairs:,} pairs of customers are likely one person each; {looked.homes:,} more are one person or live together.")
    out.print(f"{looked.new:,} of them are new. `habitue pairs` lists who waits to be looked at.")
