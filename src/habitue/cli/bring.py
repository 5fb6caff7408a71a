"""Data in and derived data anew: `habitue import`, `habitue watch`, `habitue project`."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from habitue.app.imports.bringing import Brought, keep_mapping, rehearse, take_in, understand_file
from habitue.app.imports.importing import KINDS, ImportReport
from habitue.app.imports.watching import LOOK_EVERY_SECONDS, Watch
from habitue.app.imports.words import report_lines
from habitue.app.opening import open_up
from habitue.app.understanding.understood import understood_text
from habitue.cli.audit import asked_of
from habitue.cli.options import Data, bars, console, harmless
from habitue.store import Settings, Truth, load_settings
from habitue.store.projection import rebuild, refresh
from habitue.words.errors import BadInput

REJECTED_SHOWN = 20
SMALL_BYTES = 16 << 20
"""Files up to this size together are tried out before the question is asked."""
NOT_CONFIRMED = "Nothing was read: nobody has confirmed what {name} tells. Look at it with --dry-run, then say --yes, or give a mapping with --mapping."
WORDS = {
    "kept": ("read as it was confirmed before ({name}).", "lu comme confirmé auparavant ({name})."),
    "dry": ("This is what would happen; nothing is written.", "Voici ce qui arriverait ; rien n'est écrit."),
    "ask": ("Is that right, and shall it be taken in?", "Est-ce bien cela, et faut-il le prendre ?"),
    "no": (
        "Nothing was read. Name the columns in a mapping file (--mapping, docs/import.md).",
        "Rien n'a été lu. Nommez les colonnes (--mapping).",
    ),
    "keeps": ("Kept for the next file of the same heading: {name}", "Gardé pour le prochain fichier du même en-tête : {name}"),
}


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command("import")(bring)
    app.command()(watch)
    app.command()(project)


def bring(
    files: Annotated[list[Path], typer.Argument(help="CSV, Parquet, XLSX or JSON-lines files.", metavar="FILE...")],
    data: Data = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="A TOML file that says which column is what.", show_default=False)] = None,
    kind: Annotated[str, typer.Option("--kind", help=f"What the rows are: {', '.join(KINDS)}.", show_default=False)] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether the file was understood.")] = False,
    dates: Annotated[str, typer.Option(help="day-first or month-first, where 03/04 may be both.", show_default=False)] = "",
    decimals: Annotated[str, typer.Option(help="point or comma, where 1,234 may be two numbers.", show_default=False)] = "",
    zone: Annotated[str, typer.Option(help="The time zone of times that name none (default: the house's).", show_default=False)] = "",
    every: Annotated[bool, typer.Option("--every", help="List every row that was set aside, not the first twenty.")] = False,
) -> None:
    """Import a brand's own files; every row is accepted, known already, or listed with its line and the reason."""
    settings, asked = load_settings(data), asked_of(dates, decimals, zone)
    brought = [understand_file(path, settings, kind, mapping, asked) for path in files]
    for one in brought:
        _tell(one, settings)
    shown = sys.maxsize if every else REJECTED_SHOWN
    with closing(open_up(settings)) as truth:
        if dry_run:
            _rehearsal(truth, settings, brought, shown)
            return
        _confirm(truth, settings, brought, shown, is_sure=yes)
        for one in brought:
            if kept := keep_mapping(one, settings):
                console().print(_said("keeps", settings, name=kept))
            with bars() as progress:
                reports = take_in(truth, settings, one, lambda done, total, name=one.path.name: progress(name, done, total))  # type: ignore[misc]
            _show(one, reports, settings, shown)


def watch(
    folder: Annotated[Path, typer.Argument(help="The folder into which files are dropped.")],
    data: Data = None,
    once: Annotated[bool, typer.Option("--once", help="Take in what is complete now, and end.")] = False,
) -> None:
    """Take in by itself whatever is dropped into a folder, once its heading has been confirmed with `habitue import`."""
    settings = load_settings(data)
    with closing(open_up(settings)) as truth:
        watching = Watch(truth, settings, folder)
        while True:
            for sentence in watching.look():
                console().print(harmless(sentence))
            if once and not watching.is_waiting:
                return
            time.sleep(LOOK_EVERY_SECONDS)


def project(
    data: Data = None, again: Annotated[bool, typer.Option("--rebuild", help="Throw the projection away and make it anew from the truth.")] = False
) -> None:
    """Bring the projection up to date with the truth; a day's new events cost a day's work."""
    settings = load_settings(data)
    with closing(open_up(settings)) as truth, bars() as progress:
        rows = rebuild(truth, settings, progress) if again else refresh(truth, settings, progress)
    console().print(f"{rows:,} rows written.")


def _said(code: str, settings: Settings, **told: object) -> str:
    return WORDS[code][int(settings.language == "fr")].format(**told)


def _tell(one: Brought, settings: Settings) -> None:
    """Says what was understood of a file."""
    out = console()
    if one.how == "kept" and one.mapping:
        out.print(f"{one.path.name}: {_said('kept', settings, name=one.mapping.name)}")
        return
    for part in one.parts:
        for line in understood_text(part, settings.language):
            out.print(line)


def _rehearsal(truth: Truth, settings: Settings, brought: list[Brought], shown: int) -> None:
    with bars() as progress:
        told = rehearse(truth, settings, brought, lambda done, total: progress(brought[0].path.name, done, total))
    console().print(_said("dry", settings))
    for one, reports in zip(brought, told, strict=True):
        _show(one, reports, settings, shown)


def _confirm(truth: Truth, settings: Settings, brought: list[Brought], shown: int, *, is_sure: bool) -> None:
    """Asks whether what was guessed is right. Raises: BadInput where it is not, or where nobody can be asked."""
    guessed = [one for one in brought if one.how == "guessed"]
    if is_sure or not guessed:
        return
    if not sys.stdin.isatty():
        raise BadInput(NOT_CONFIRMED.format(name=guessed[0].path.name))
    if sum(one.path.stat().st_size for one in brought) <= SMALL_BYTES:
        _rehearsal(truth, settings, brought, shown)
    if not typer.confirm(_said("ask", settings), default=True):
        raise BadInput(_said("no", settings))


def _show(one: Brought, reports: list[ImportReport], settings: Settings, shown: int) -> None:
    out: Console = console()
    out.print(one.path.name)
    for report in reports:
        for line in report_lines(report, settings.language, shown):
            out.print(f"  {harmless(line)}")
