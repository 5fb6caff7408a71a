"""The one door by which a brand's files come in: orders, catalogue, people, consents, what was said and what came back.

Every row of a file is accepted, repeated (known already, nothing doubled) or rejected with its line and a reason; the three add up.
"""

from __future__ import annotations

from pathlib import Path

from habitue.app.import_facts import import_facts
from habitue.app.import_kinds import KINDS
from habitue.app.import_mapping import read_mapping
from habitue.app.import_orders import OrderImport
from habitue.app.import_reading import Reading
from habitue.app.import_report import ImportReport, Progress, Run
from habitue.events.files import open_table
from habitue.store import Settings, Truth, clock_of
from habitue.store.log import note
from habitue.words.clock import SystemClock

DAY_SECONDS = 86_400

__all__ = ["KINDS", "ImportReport", "import_file"]


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
    now = clock_of(settings).instant()
    table = open_table(path, mapping.sheet)
    try:
        # a demo's clock may stand in the past of its own file: only the machine knows what lies in the future
        reading = Reading(table, mapping, path.name, max(now, SystemClock().instant()) + DAY_SECONDS)
        run = Run(truth, mapping.source, mapping.kind, path, progress)
        if mapping.kind == "orders":
            OrderImport(truth, reading, run, settings.data, now).import_all()
        else:
            import_facts(truth, reading, run, now)
        run.notes += table.notes
        report = run.finish()
        note(settings.data, "file_imported", kind=report.kind, accepted=report.accepted, repeated=report.repeated, rejected=report.rejected_rows)
        return report
    finally:
        table.close()
