"""The house itself: `habitue sql`, `habitue settings`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text
from sqlglot import exp

from habitue.cli.options import Data, console, opened
from habitue.store import Settings, load_settings
from habitue.store.relations import ENGINES, compiled, relation, relations
from habitue.words.errors import BadInput


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command()(sql)
    app.command()(settings)


def sql(
    name: Annotated[str, typer.Argument(help="A relation of judgement; without one, all are listed.")] = "",
    engine: Annotated[str, typer.Option("--for", help=f"For which engine: {', '.join(ENGINES)}.")] = "duckdb",
    data: Data = None,
) -> None:
    """Show a relation of judgement as the SQL that an engine runs, or list them all with what they say."""
    out = console()
    if not name:
        for each in sorted(relations().values(), key=lambda r: (r.room, r.name)):
            out.print(Text.assemble((f"{each.room}/{each.name}", "bold"), f"  {each.sentence}"))
        return
    if engine not in ENGINES:
        raise BadInput(f"“{engine}” is not an engine that the texts are written for; use one of {', '.join(ENGINES)}.")
    found = relation(name)
    whom: exp.Expr = exp.true()
    if load_settings(data).book_folder.is_dir():
        with opened(data) as house:
            whom = house.question.whom
    print(f"-- {found.sentence}")
    print(compiled(name, engine, whom=whom))


def settings(data: Data = None) -> None:
    """Show every setting of the house and its value."""
    found = load_settings(data)
    for name in Settings.__struct_fields__:
        shown = getattr(found, name)
        hidden = name == "truth" and shown != "sqlite"
        console().print(f"{name:<16} {'postgresql://… (hidden)' if hidden else shown}")
