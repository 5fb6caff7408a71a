"""Data in and derived data anew: `habitue import`, `habitue project`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from habitue.app.importing import KINDS, import_file
from habitue.cli.options import Data, bars, console
from habitue.store import load_settings, open_truth
from habitue.store.projection import rebuild, refresh

REJECTED_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command("import")(bring)
    app.command()(project)


def bring(
    file: Annotated[Path, typer.Argument(help="A CSV, Parquet, XLSX or JSON-lines file.")],
    data: Data = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="A TOML file that says which column is what.", show_default=False)] = None,
    kind: Annotated[str, typer.Option("--kind", help=f"What the rows are: {', '.join(KINDS)}.", show_default=False)] = "",
    every: Annotated[bool, typer.Option("--every", help="List every row that was set aside, not the first twenty.")] = False,
) -> None:
    """Import a brand's own file; every row is accepted, known already, or listed with its line and the reason."""
    settings = load_settings(data)
    out = console()
    with closing(open_truth(settings)) as truth, bars() as progress:
        report = import_file(truth, settings, file, mapping, kind, lambda done, total: progress(file.name, done, total))
    out.print(f"{report.accepted:,} rows taken in, {report.repeated:,} known already, {report.rejected_rows:,} set aside.")
    shown = len(report.rejected) if every else REJECTED_SHOWN
    for line, reason in report.rejected[:shown]:
        out.print(f"  line {line:,}: {reason}")
    if report.rejected_rows > shown:
        out.print(f"  … and {report.rejected_rows - shown:,} more; --every lists them.")
    for note in report.notes:
        out.print(f"  {note}")


def project(
    data: Data = None, again: Annotated[bool, typer.Option("--rebuild", help="Throw the projection away and make it anew from the truth.")] = False
) -> None:
    """Bring the projection up to date with the truth; a day's new events cost a day's work."""
    settings = load_settings(data)
    with closing(open_truth(settings)) as truth, bars() as progress:
        rows = rebuild(truth, settings, progress) if again else refresh(truth, settings, progress)
    console().print(f"{rows:,} rows written.")
