"""One audit asked for in the console, as it lies in its own folder: what was brought, how far it is, and why it stopped.

`job.json` says all of it; `files/` holds what was brought (each in a numbered folder, so that no name of a stranger ever stands for a path of ours),
`report/` what was made. A folder without `job.json` is one that was begun or is being taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from habitue.app.audits.auditing import MAPPING, Asking
from habitue.app.audits.kinds import AUDIT_KINDS
from habitue.app.audits.mapping import read_audit_mapping
from habitue.app.understanding.forms import Asked
from habitue.audit.shelf import FIGURES, FINDINGS, FINDINGS_CSV, SET_ASIDE
from habitue.store import Settings

RECORD, FILES, MADE, UNDERSTANDING, ANSWERS = "job.json", "files", "report", "understanding.json", "answers.toml"
KINDS = ("sends", "orders", *(kind for kind in AUDIT_KINDS if kind not in ("sends", "orders")))
MAPPING_KIND = "mapping"
DOWNLOADS = (FINDINGS_CSV, FINDINGS, FIGURES, SET_ASIDE, MAPPING)
JOB_ID = re.compile(r"[A-Za-z0-9_-]{22}")

Stage = Literal["lacking", "looking", "understood", "judging", "done", "stopped"]
BUSY: tuple[Stage, ...] = ("looking", "judging")
Why = Literal["suffix", "size", "room", "kind"]


class BroughtFile(msgspec.Struct, frozen=True):
    """A file that was brought: `shown` is the name that it came by, `name` the harmless one that it lies under, in the folder of that number."""

    kind: str
    shown: str
    name: str
    number: int
    size_bytes: int


class TurnedAway(msgspec.Struct, frozen=True):
    """A file that was not taken, and why: of no kind that can be read, too large, too large together with the others, or a second one of its kind."""

    shown: str
    why: Why


class Answers(msgspec.Struct, frozen=True):
    """What the reader said when asked; empty where nothing. `columns` are named by kind and field: “sends.at”."""

    dates: Literal["", "day-first", "month-first"] = ""
    decimals: Literal["", "point", "comma"] = ""
    zone: str = ""
    columns: dict[str, str] = {}


NOTHING_SAID = Answers()


class Job(msgspec.Struct, frozen=True):
    """An audit that was asked for. Units: instants in UTC seconds. `problem` is the sentence of why it stopped, or of what stays when it is done."""

    id: str
    stage: Stage
    zone: str
    currency: str
    language: str
    begun_at: int
    changed_at: int
    files: tuple[BroughtFile, ...] = ()
    turned_away: tuple[TurnedAway, ...] = ()
    answers: Answers = NOTHING_SAID
    problem: str = ""

    @property
    def title(self) -> str:
        """The name of what was sent, or of whatever was brought."""
        return next((file.shown for file in self.files), self.id)

    def file_of(self, kind: str) -> BroughtFile | None:
        return next((file for file in self.files if file.kind == kind), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of the two files that an audit cannot do without have not come."""
        return tuple(kind for kind in ("sends", "orders") if not self.file_of(kind))


def in_order(files: Iterable[BroughtFile]) -> tuple[BroughtFile, ...]:
    """Sends and orders first, a mapping last."""
    places = (*KINDS, MAPPING_KIND)
    return tuple(sorted(files, key=lambda file: places.index(file.kind)))


def answers_now(job: Job, files: tuple[BroughtFile, ...], said: Answers) -> Answers:
    """What holds of all that was answered: of a file that came anew or became another kind, nothing that was said before is known."""
    same = {file.kind for file in files if file in job.files}
    is_same = all(file in job.files for file in files)
    columns = {name: column for name, column in job.answers.columns.items() if name.partition(".")[0] in same}
    return Answers(
        said.dates or (job.answers.dates if is_same else ""),
        said.decimals or (job.answers.decimals if is_same else ""),
        said.zone or job.answers.zone,
        {**columns, **said.columns},
    )


def path_of(folder: Path, file: BroughtFile) -> Path:
    """Where the file lies in the folder of its audit."""
    return folder / FILES / str(file.number) / file.name


def read_job(folder: Path) -> Job | None:
    """What the folder says of itself; None where it says nothing, or nothing that can be read."""
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=Job)
    except (OSError, msgspec.DecodeError):
        return None


def write_job(folder: Path, job: Job) -> None:
    """Keeps the record, whole or not at all. The folder is not made anew where it has gone."""
    fresh = folder / (RECORD + ".new")
    fresh.write_bytes(msgspec.json.encode(job))
    fresh.replace(folder / RECORD)


def asking_of(folder: Path, job: Job) -> tuple[Asking, Settings]:
    """What is to be audited, and by which zone and currency."""
    files = {file.kind: path_of(folder, file) for file in job.files if file.kind != MAPPING_KIND}
    settings = Settings(data=folder, zone=job.answers.zone or job.zone, currency=job.currency, language=job.language)
    asked = Asked(job.answers.dates, job.answers.decimals, job.answers.zone)
    return Asking(files, folder / MADE, _mapping(folder, job), asked, job.language), settings


def _mapping(folder: Path, job: Job) -> Path | None:
    """The mapping that was brought, with the columns that were named since put into it; an audit takes both from one file."""
    brought, answers = job.file_of(MAPPING_KIND), job.answers
    given = path_of(folder, brought) if brought else None
    if not answers.columns:
        return given
    told = read_audit_mapping(given) if given else {}
    for file in job.files:
        if file.kind in AUDIT_KINDS:
            table = told.setdefault(file.kind, {})
            columns = {name.partition(".")[2]: column for name, column in answers.columns.items() if name.startswith(f"{file.kind}.")}
            table["columns"] = {**table.get("columns", {}), **columns}
    (folder / ANSWERS).write_text("".join(f"{kind} = {_inline(table)}\n" for kind, table in told.items()), encoding="utf-8")
    return folder / ANSWERS


def _inline(value: object) -> str:
    """A value of TOML in one line; its texts are JSON's."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_inline(str(key))} = {_inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, str):
        return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool | int | float) else value.isoformat() if hasattr(value, "isoformat") else str(value)
