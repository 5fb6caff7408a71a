"""What an audit leaves behind: the report, the JSON, the findings as Parquet and CSV, the rows that were set aside. All of it, or nothing."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from habitue.audit.figures import Figures
from habitue.audit.model import FAULTS
from habitue.audit.report import report_html
from habitue.store import step_text
from habitue.store.columnar import Columnar
from habitue.words.errors import StoreError

REPORT, FIGURES, FINDINGS, FINDINGS_CSV, SET_ASIDE = "report.html", "audit.json", "findings.parquet", "findings.csv", "set-aside.csv"
ASKING_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet; in CSV it gets an apostrophe in front."""


def harmless(cell: str) -> str:
    """The cell as a spreadsheet may open it. Source: OWASP, "CSV Injection"."""
    return "'" + cell if cell.startswith(ASKING_SPREADSHEETS) else cell


class Shelf:
    """A folder that is filled beside its place and put there in the end, so that nobody finds half a report."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self.fresh = Path(tempfile.mkdtemp(prefix=f"{self.folder.name}.", suffix=".new", dir=self.folder.parent))
            self._aside = (self.fresh / SET_ASIDE).open("w", encoding="utf-8", newline="")
        except OSError as wrong:
            raise StoreError(f"{folder} cannot be written: {wrong.strerror}. Name another folder with --out.") from wrong
        self._writer = csv.writer(self._aside, lineterminator="\n")
        self._writer.writerow(("file", "line", "reason"))

    def set_aside(self, file: str, rows: Iterable[tuple[int, str]]) -> None:
        """Adds rows that could not be read, each with its reason."""
        self._writer.writerows((harmless(file), line, harmless(reason)) for line, reason in rows)

    def fill(self, engine: Columnar, figures: Figures, language: str) -> None:
        """Writes everything."""
        self._aside.close()
        (self.fresh / REPORT).write_text(report_html(figures, language), encoding="utf-8")
        (self.fresh / FIGURES).write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1))
        wrongs = ", ".join(f"faults & {1 << fault} > 0 AS {fault.name.lower()}" for fault in FAULTS)
        engine.keep("finding", step_text("audit", "finding").format(wrongs=wrongs))
        engine.run(f"COPY finding TO '{_quoted(self.fresh / FINDINGS)}' (FORMAT parquet, COMPRESSION zstd)")
        engine.run(f"COPY ({step_text('audit', 'finding_safe')}) TO '{_quoted(self.fresh / FINDINGS_CSV)}' (FORMAT csv, HEADER)")

    def put(self) -> None:
        """Puts all files into their place."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for file in self.fresh.iterdir():
                file.replace(self.folder / file.name)
            self.fresh.rmdir()
        except OSError as wrong:
            raise StoreError(f"{self.folder} cannot be written: {wrong.strerror}.") from wrong

    def leave(self) -> None:
        """Takes away what was begun; allowed at any time."""
        self._aside.close()
        shutil.rmtree(self.fresh, ignore_errors=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
