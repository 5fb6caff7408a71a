"""Run as a program of its own: reads one sheet within fixed limits and writes its rows as JSON lines.

A spreadsheet of a kilobyte can ask for a gigabyte or stop its reader dead; here it only stops this program, and the house goes on.
It imports nothing of the house, so that it starts quickly and needs no path.
Arguments: file, sheet name (may be empty), memory in bytes, seconds of processor time.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

WRONG_FILE = 3


def cell(value: Any) -> str | None:
    """One cell as text: dates as 2017-11-02, whole numbers without a point, empty cells as nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value.total_seconds()) if isinstance(value, timedelta) else str(value)


def main() -> int:
    """Writes every row as [row number, [cells]]."""
    file, sheet, memory, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(file)
        found = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
        first = (found.start or (0, 0))[0] + 1
        for number, row in enumerate(found.to_python(skip_empty_area=True), first):
            sys.stdout.write(json.dumps([number, [cell(value) for value in row]]) + "\n")
    except (CalamineError, OSError) as wrong:
        sys.stderr.write(str(wrong)[:300])
        return WRONG_FILE
    return 0


if __name__ == "__main__":
    sys.exit(main())
