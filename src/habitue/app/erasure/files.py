"""Files beside the truth that tell of her: those that were taken in, or set aside, in the watched folder; those of an audit; and the log.

A file that tells of her is taken away whole: what it told is in the truth, without her. Of an audit, all goes. The log is read too; it never names anybody.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from habitue.app.erasure.columns import naming_columns
from habitue.events.files import KINDS_OF_FILE, open_table
from habitue.store import Settings
from habitue.store.log import FILE as LOG
from habitue.words.errors import HabitueError
from habitue.words.whom import Whom

INBOX, KEPT = "inbox", ("done", "set-aside")
AUDITS = "audits"
ASIDE = (".report.txt", ".why.txt")
DECODED_BYTES = 50_000_000
QUOTED = re.compile(r"\b(?:customer|card|phone|email): [^“”\n]*“([^”\n]*)”")


def files_about(settings: Settings, whom: Whom) -> list[Path]:
    """The files that tell of her, and the folders of audits that do."""
    found = [path for name in KEPT for path in _files(settings.data / INBOX / name) if not _is_beside(path) and tells_of(path, settings, whom)]
    audits = [folder for folder in _folders(settings.data / AUDITS) if any(tells_of(path, settings, whom) for path in folder.rglob("*") if path.is_file())]
    return [*found, *audits, *(path for path in sorted(settings.data.glob(f"{LOG}*")) if whom.is_named_in(_text(path)))]


def take_away(settings: Settings, whom: Whom) -> tuple[int, list[Path]]:
    """Takes them away, each with what was said of it; gives how many have gone, and those that cannot be deleted."""
    return _drop_all(files_about(settings, whom))


def take_away_again(settings: Settings, place_of: Callable[[Path], str], places: Collection[str]) -> tuple[int, list[Path]]:
    """The same for those that could not be deleted, of which only the places are known any more."""
    kept = [path for name in KEPT for path in _files(settings.data / INBOX / name)]
    return _drop_all([path for path in (*kept, *_folders(settings.data / AUDITS), *settings.data.glob(f"{LOG}*")) if place_of(path) in places])


def _drop_all(found: list[Path]) -> tuple[int, list[Path]]:
    staying = [path for path in found if not drop_file(path)]
    return len(found) - len(staying), staying


def drop_file(path: Path) -> bool:
    """Takes one file away, with its report, or a whole folder; gives whether all of it has gone."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return not os.path.lexists(path)
    names = [path.with_name(path.name + end) for end in ("", *ASIDE)]
    for name in names:
        with suppress(OSError):
            name.unlink(missing_ok=True)
    return not any(map(os.path.lexists, names))


def _is_beside(path: Path) -> bool:
    """Whether it is what was said of a file that lies there; where that has gone, it is looked into itself."""
    return any(path.name.endswith(end) and path.with_name(path.name.removesuffix(end)).exists() for end in ASIDE)


def tells_of(path: Path, settings: Settings, whom: Whom) -> bool:
    """Whether a file tells of her: in its name, in its report, in its table; where it can be read as none, in its text.

    A number of hers counts in the columns that name somebody; where nobody knows of any, one that is long enough counts in any cell.
    One that cannot be looked into counts as telling.
    """
    beside = "".join(_text(path.with_name(path.name + end)) for end in ASIDE)
    if whom.is_in_file_name(path.name) or is_said_in(beside, whom):
        return True
    if path.suffix.lower() not in KINDS_OF_FILE:
        return whom.is_named_in(" ".join(_text(path).split()))
    try:
        return any(map(_row_test(whom, naming_columns(path, settings)), _rows(path))) or (path.suffix.lower() != ".xlsx" and whom.is_named_in(_text(path)))
    except HabitueError:
        return path.suffix.lower() in (".xlsx", ".parquet") or whom.is_named_in(_text(path))


def is_said_in(reason: str, whom: Whom) -> bool:
    """Whether a reason for which rows were set aside repeats anything of hers: a number stands in it between quotation marks, after its field."""
    return whom.is_named_in(reason) or any(map(whom.is_value, QUOTED.findall(reason)))


def _row_test(whom: Whom, naming: Mapping[str, str]) -> Callable[[Mapping[str, str]], bool]:
    def is_hers(row: Mapping[str, str]) -> bool:
        named = [(kind, row[column]) for column, kind in naming.items() if row.get(column)]
        if any(whom.is_identified(kind, cell) for kind, cell in named) or any(whom.is_named_in(cell) for cell in row.values() if len(cell) > 5):
            return True
        is_somebody_else = any(kind == "customer" for kind, _ in named)
        return (not naming and whom.is_unmistakable_in(row.values())) or (not is_somebody_else and whom.bears_names(row.values()))

    return is_hers


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with closing(open_table(path)) as table:
        for batch in table.batches(table.columns):
            columns = [map(_written, column.to_pylist()) for column in batch.columns.values()]
            yield from (dict(zip(batch.columns, row, strict=True)) for row in zip(*columns, strict=True))


def _written(value: object) -> str:
    """A cell as a person reads it: a number that a typed file holds with a fraction of nothing has none."""
    return "" if value is None else f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value).strip()


def _text(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return file.read(DECODED_BYTES).decode("utf-8", "replace")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
