"""A link to her own page, for tests and programs: `habitue link`."""

from __future__ import annotations

import typer

from habitue.app.her_saying import link_for
from habitue.cli.look import Customer
from habitue.cli.options import Data, opened


def register(app: typer.Typer) -> None:
    """Adds this page's command."""
    app.command()(link)


def link(customer: Customer, data: Data = None) -> None:
    """Make a link to a customer's own page and print its path; it opens all of her page for seven days. Give it to nobody but her."""
    with opened(data) as house:
        print(link_for(house, customer))
