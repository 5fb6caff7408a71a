"""The demo: a real grocer's year in a house of its own, from nothing to a planned day; what an earlier run has done is not done again.

Data: “The Complete Journey” by 84.51°, for research and education (see `grocer.py`); people are invented (see `invented.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from habitue.app.imports.importing import import_file
from habitue.app.imports.report import ImportReport
from habitue.store import Settings, Truth, load_settings, open_truth, save_settings, sql_text
from habitue.store.settings import FILE
from habitue.words.clock import date_of, parse_day
from habitue.words.errors import BadInput, Refused
from habitue.workshop.cast import DEMO_DAY
from habitue.workshop.demo_coupons import prepare_book
from habitue.workshop.demo_files import DemoFile, files_are_current, prepare_files
from habitue.workshop.grocer import CURRENCY, LICENCE_NOTE, ZONE

BRAND = "Larkhaven Grocers"
"""The demo's shop; there is none of that name in the data, and nobody is meant."""
FIRST_DAY, LAST_DAY = date(2017, 1, 2), date(2017, 12, 31)
"""The days on which the clock may stand: a plan is made at 06:00 and knows only what came before."""

Told = Callable[[int, int], None]


def run(data: Path, on: str | None, console: Console) -> Settings:
    """Lays out the demo's house in `data` and brings the grocer's year into it; gives the house's settings.

    `on` moves the day on which the clock stands (default: where it stood, at first 2017-11-02). A run after a kill goes on where that one stopped.
    Raises: BadInput for a day outside the year or without the grocer's package, Refused where `data` holds a house that is not the demo's.
    """
    settings = demo_settings(data, on)
    console.print(LICENCE_NOTE, style="dim")
    prepare_book(settings.book_folder)
    with closing(open_truth(settings)) as truth:
        import_all(truth, settings, console)
    return settings


def demo_settings(data: Path, on: str | None = None) -> Settings:
    """The settings of the demo's house, written to its file; a house that is there already keeps its own, but for the day.

    Raises: BadInput for a day outside the year, Refused where the folder holds another house.
    """
    fresh = Settings(data=data, brand=BRAND, zone=ZONE, currency=CURRENCY, today=DEMO_DAY.isoformat(), is_demo=True, invented_names=True)
    kept = load_settings(data, env={}) if (data / FILE).exists() else fresh
    if not kept.is_demo:
        raise Refused(f"{data} holds the house of {kept.brand}, not the demo; name another folder with --data.")
    save_settings(msgspec.structs.replace(kept, today=_day_in_year(on or kept.today)))
    return load_settings(data)


def _day_in_year(text: str) -> str:
    """The day as it stands in the settings.

    Raises: BadInput where the data knows nothing of it.
    """
    on = date_of(parse_day(text))
    if not FIRST_DAY <= on <= LAST_DAY:
        raise BadInput(f"The demo's data covers 2017: choose a day from {FIRST_DAY} to {LAST_DAY}, not {on}.")
    return on.isoformat()


def import_all(truth: Truth, settings: Settings, console: Console) -> list[ImportReport]:
    """Brings every file in through the public import path, each with a bar; files that a finished import brought in are left out.

    The demo's own files are brought in again when another version of the demo has written them anew; nothing is doubled by that.
    """
    folder = settings.data / "files"
    is_same = files_are_current(folder)
    with console.status("Writing the demo's files"):
        files = prepare_files(folder)
    done = {(kind, file) for kind, file in truth.run(sql_text("workshop", "imports_done"))}
    missing = [file for file in files if (file.kind, file.path.name) not in done or not (is_same or file.is_of_package)]
    reports = []
    with _bars(console) as bar:
        for file in missing:
            reports.append(import_file(truth, settings, file.path, file.mapping, file.kind, bar(file.title)))
    for file, report in zip(missing, reports, strict=True):
        _tell(console, file, report)
    return reports


@contextmanager
def _bars(console: Console) -> Iterator[Callable[[str], Told]]:
    """Progress bars: gives what makes a new one of a title."""
    columns = (TextColumn("{task.description:<14}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:

        def bar(title: str) -> Told:
            task = progress.add_task(title, total=None)
            return lambda now, total: progress.update(task, completed=now, total=total)

        yield bar


def _tell(console: Console, file: DemoFile, report: ImportReport) -> None:
    """One line where rows were rejected; a clean file needs none, its bar has said it."""
    if report.rejected_rows:
        line, reason = report.rejected[0]
        console.print(f"{file.path.name}: {report.rejected_rows:,} of its rows were rejected, first line {line:,}: {reason}.")
