"""Customers who may be one person twice: `habitue alike`."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import msgspec
import typer

from habitue.app.likeness.proposing import propose_alike
from habitue.cli.options import Data, Json, console
from habitue.store import load_settings, open_truth


def register(app: typer.Typer) -> None:
    """Adds this page's command."""
    app.command()(alike)


def alike(
    data: Data = None,
    alone: Annotated[bool, typer.Option("--nobody-lives-together", help="Take different given names at one address for slips, not for a family.")] = False,
    as_json: Json = False,
) -> None:
    """Look through all customers for two who are likely one person, by name and address, and propose them; nobody is joined."""
    settings = load_settings(data)
    with closing(open_truth(settings)) as truth:
        looked = propose_alike(truth, settings, homes_are_shared=not alone)
    if as_json:
        print(msgspec.json.encode({"pairs": looked.pairs, "new": looked.new}).decode())
        return
    console().print(f"{looked.pairs:,} pairs of customers are likely one person; {looked.new:,} of them are new.", markup=False)
