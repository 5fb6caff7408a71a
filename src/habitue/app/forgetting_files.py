"""Files beside the truth that tell of her: those that were taken in, or set aside, in the watched folder; those of an audit; and the log.

A file that tells of her is taken away whole: what it told is in the truth, without her. Of an audit, all goes. The log is read too; it never names anybody.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from habitue.events.files import KINDS_OF_FILE, open_table
from habitue.store import Settings
from habitue.store.log import FILE as LOG
from habitue.words.errors import HabitueError
from habitue.words.whom import Whom

INBOX, KEPT = "inbox", ("done", "set-aside")
AUDITS = "audits"
ASIDE = (".report.txt", ".why.txt")
DECODED_BYTES = 50_000_000


def files_about(settings: Settings, whom: Whom) -> list[Path]:
    """The files that tell of her, and the folders of audits that do."""
    found = [path for name in KEPT for path in _files(settings.data / INBOX / name) if not path.name.endswith(ASIDE) and tells_of(path, whom)]
    audits = [folder for folder in _folders(settings.data / AUDITS) if any(tells_of(path, whom) for path in folder.rglob("*") if path.is_file())]
    return [*found, *audits, *(path for path in sorted(settings.data.glob(f"{LOG}*")) if whom.is_named_in(_text(path)))]


def take_away(settings: Settings, whom: Whom) -> int:
    """Takes them away, each with what was said of it; gives how many."""
    found = files_about(settings, whom)
    for path in found:
        drop_file(path)
    return len(found)


def drop_file(path: Path) -> None:
    """Takes one file away, with its report, or a whole folder."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return
    for name in (path.name, *(path.name + end for end in ASIDE)):
        path.with_name(name).unlink(missing_ok=True)


def tells_of(path: Path, whom: Whom) -> bool:
    """Whether a file tells of her: in its name, in its report, in any cell of its table; where it can be read as none, in its text.

    One that cannot be looked into counts as telling.
    """
    beside = "".join(_text(path.with_name(path.name + end)) for end in ASIDE)
    quoted = [part.split("”")[0] for part in beside.split("“")[1:]]
    if whom.is_named_in(path.name) or whom.is_named_in(beside) or any(map(whom.is_value, quoted)):
        return True
    if path.suffix.lower() not in KINDS_OF_FILE:
        return whom.is_named_in(_text(path))
    try:
        return any(map(_row_test(whom), _rows(path))) or (path.suffix.lower() != ".xlsx" and whom.is_named_in(_text(path)))
    except HabitueError:
        return path.suffix.lower() in (".xlsx", ".parquet") or whom.is_named_in(_text(path))


def _row_test(whom: Whom) -> Callable[[tuple[str, ...]], bool]:
    names = [{given.casefold(), family.casefold()} for given, family in whom.names if given and family]

    def is_hers(row: tuple[str, ...]) -> bool:
        folded = {cell.strip().casefold() for cell in row}
        return bool(folded & whom.keys) or any(pair <= folded for pair in names) or any(whom.is_named_in(cell) for cell in row if len(cell) > 5)

    return is_hers


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    with closing(open_table(path)) as table:
        for batch in table.batches(table.columns):
            columns = [[str(value) if value is not None else "" for value in column.to_pylist()] for column in batch.columns.values()]
            yield from zip(*columns, strict=True)


def _text(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return file.read(DECODED_BYTES).decode("utf-8", "replace")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
