"""A link to her own page, for tests and programs, and the end of them all: `habitue link`."""

from __future__ import annotations

from typing import Annotated

import typer

from habitue.app.her.ending_links import end_links_of
from habitue.app.her.saying import link_for
from habitue.cli.look import Customer
from habitue.cli.options import Data, opened


def register(app: typer.Typer) -> None:
    """Adds this page's command."""
    app.command()(link)


def link(
    customer: Customer,
    end: Annotated[bool, typer.Option("--end", help="End every link to her page instead: they may be in other hands.")] = False,
    data: Data = None,
) -> None:
    """Make a link to a customer's own page and print its path; it opens all of her page for seven days. Give it to nobody but her."""
    with opened(data) as house:
        if not end:
            print(link_for(house, customer))
        elif ended := end_links_of(house, customer):
            print(f"{ended} {'link' if ended == 1 else 'links'} to her page ended; only the way out is left in them.")
        else:
            print("There was no link to her page to end.")
