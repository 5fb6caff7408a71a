"""Opening a brand's own file, whatever its kind, as one table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from habitue.events.parquet_files import ParquetFile
from habitue.events.spreadsheets import SpreadsheetFile
from habitue.events.tables import TableFile
from habitue.events.text_files import CsvFile, JsonLinesFile
from habitue.words.errors import BadInput

OPENERS: dict[str, Callable[[Path], TableFile]] = {
    ".csv": CsvFile,
    ".tsv": CsvFile,
    ".txt": CsvFile,
    ".parquet": ParquetFile,
    ".jsonl": JsonLinesFile,
    ".ndjson": JsonLinesFile,
}
KINDS_OF_FILE = (*OPENERS, ".xlsx")
"""How the names of files that can be opened end."""


def open_table(path: Path, sheet: str = "") -> TableFile:
    """The file as a table; `sheet` names a spreadsheet's sheet.

    Raises: BadInput where there is no such file, where its kind is not known, or where it cannot be read at all.
    """
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    kind = path.suffix.lower()
    try:
        if kind == ".xlsx":
            return SpreadsheetFile(path, sheet)
        if kind in OPENERS:
            return OPENERS[kind](path)
    except PermissionError as wrong:
        raise BadInput(f"{path} may not be read; look at its permissions.") from wrong
    raise BadInput(f"{path.name} is of no kind that can be read; use .csv, .xlsx, .parquet or .jsonl.")
