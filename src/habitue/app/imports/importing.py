"""The one door by which a brand's files come in: orders, catalogue, people, consents, what was said and what came back.

Every row of a file is accepted, repeated (known already, nothing doubled) or rejected with its line and a reason; the three add up.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from habitue.app.erasure.heeding import Heeding
from habitue.app.imports.facts import import_facts
from habitue.app.imports.kinds import KINDS
from habitue.app.imports.mapping import read_mapping
from habitue.app.imports.orders import OrderImport
from habitue.app.imports.reading import Reading
from habitue.app.imports.rehearsing import Rehearsed
from habitue.app.imports.report import ImportReport, Progress, Run
from habitue.app.understanding.layouts import layouts
from habitue.app.understanding.recognised import Recognised
from habitue.app.understanding.remarks import said
from habitue.events.files import open_table
from habitue.store import Settings, Truth, clock_of
from habitue.store.log import note
from habitue.words.clock import SystemClock

DAY_SECONDS = 86_400

__all__ = ["KINDS", "ImportReport", "import_file", "import_part"]


def import_file(
    truth: Truth,
    settings: Settings,
    path: Path,
    mapping_path: Path | None = None,
    kind: str = "",
    progress: Progress | None = None,
) -> ImportReport:
    """Imports one file and says what became of every row.

    `kind` is one of `KINDS`; empty: the one that the mapping names. `progress(done, total)` is told thousandths.
    Facts of the past are known as of when they happened; only a changed order is known as of now.
    Raises: BadInput where the file or the mapping cannot be used at all, Busy where somebody else writes for too long,
    StoreError where the disk is full. What was written before stays, and the same import run again goes on from there.
    """
    mapping = read_mapping(mapping_path, kind, settings)
    table = open_table(path, mapping.sheet)
    try:
        reading = Reading(table, mapping, path.name, _latest(settings))
        return _take_in(truth, settings, reading, Run(truth, mapping.source, mapping.kind, path, progress, clock_of(settings).instant()), lambda: table.notes)
    finally:
        table.close()


def import_part(truth: Truth, settings: Settings, part: Recognised, progress: Progress | None = None) -> ImportReport:
    """The same for one kind of facts of a file that was understood (`understanding.parts`)."""
    known = layouts().get(part.layout)
    with closing(part.opened()) as table:
        reading = part.reading(table, _latest(settings))
        run = Run(truth, part.mapping.source, part.kind, part.path, progress, clock_of(settings).instant(), known.title if known else "")
        run.columns = part.mapping.columns
        return _take_in(truth, settings, reading, run, lambda: [*(said(remark, settings.language) for remark in table.remarks), *table.notes])


def _latest(settings: Settings) -> int:
    """A demo's clock may stand in the past of its own file: only the machine knows what lies in the future."""
    return max(clock_of(settings).instant(), SystemClock().instant()) + DAY_SECONDS


def _take_in(truth: Truth, settings: Settings, reading: Reading, run: Run, notes: Callable[[], list[str]]) -> ImportReport:
    now, heeding = clock_of(settings).instant(), Heeding(truth, settings, reading.mapping.zone)
    if run.kind == "orders":
        OrderImport(truth, reading, run, settings.data, now, heeding).import_all()
    else:
        import_facts(truth, reading, run, heeding, now)
    run.notes += notes()
    report = run.finish()
    if not isinstance(truth, Rehearsed):
        note(settings.data, "file_imported", kind=report.kind, accepted=report.accepted, repeated=report.repeated, rejected=report.rejected_rows)
    return report
