"""The folder of all audits of one house: what lies there, for how long, and which process may work on it."""

from __future__ import annotations

import fcntl
import logging
import threading
from pathlib import Path
from typing import BinaryIO

import msgspec

from habitue.app.audits.bringing import Allowance
from habitue.app.audits.job import ANSWERS, BUSY, DOWNLOADS, FILES, JOB_ID, MADE, UNDERSTANDING, Job, read_job, write_job
from habitue.app.audits.understanding import UnderstoodFile, kept_understanding
from habitue.app.erasure.files import drop_file
from habitue.audit.figures import Figures
from habitue.audit.shelf import FIGURES, REPORT
from habitue.words.clock import Clock
from habitue.words.errors import Busy, StoreError, Unknown

log = logging.getLogger("habitue.audits")
DAY_SECONDS = 86_400
BROUGHT = (FILES, UNDERSTANDING, ANSWERS)
IN_USE = "in-use"
NO_JOB = "There is no such audit; it was taken away, or its time was over."
OTHER_CONSOLE = "Another console of this house is open and makes the audits; bring the files there."


class AuditFolder:
    """`path` is made by whoever brings something first; reading makes nothing."""

    def __init__(self, path: Path, allowance: Allowance, clock: Clock) -> None:
        self.path, self.allowance, self.clock = path, allowance, clock
        self._lock = threading.RLock()
        self._in_use: BinaryIO | None = None

    def of(self, job_id: str) -> Path:
        return self.path / job_id

    def listed(self) -> list[Job]:
        """Every audit that is there, the newest first."""
        found = [read_job(folder) for folder in self.path.iterdir() if JOB_ID.fullmatch(folder.name)] if self.path.is_dir() else []
        return sorted((job for job in found if job and not self.is_over(job)), key=lambda job: (-job.begun_at, job.id))

    def job(self, job_id: str) -> Job:
        """Raises: Unknown where there is none of that id, or its time is over."""
        job = read_job(self.of(job_id)) if JOB_ID.fullmatch(job_id) else None
        if job is None or job.id != job_id or self.is_over(job):
            raise Unknown(NO_JOB)
        return job

    def understood(self, job: Job) -> tuple[UnderstoodFile, ...]:
        """What was understood of its files. Raises: Unknown where that is not known."""
        try:
            return kept_understanding(self.of(job.id) / UNDERSTANDING)
        except OSError as gone:
            raise Unknown(NO_JOB) from gone

    def figures(self, job: Job) -> Figures:
        """What it found. Raises: Unknown where nothing was made."""
        return msgspec.json.decode(self.made(job, FIGURES).read_bytes(), type=Figures)

    def made(self, job: Job, name: str) -> Path:
        """A file that was made. Raises: Unknown where the audit is not done, or makes no such file."""
        path = self.of(job.id) / MADE / name
        if job.stage != "done" or name not in (*DOWNLOADS, REPORT) or not path.is_file():
            raise Unknown(NO_JOB)
        return path

    def kept_until(self, job: Job) -> int:
        """The instant at which it is deleted by itself."""
        days = self.allowance.kept_days if job.stage == "done" else self.allowance.waiting_days
        return job.changed_at + days * DAY_SECONDS

    def is_over(self, job: Job) -> bool:
        return job.stage not in BUSY and self.clock.instant() >= self.kept_until(job)

    def sweep(self) -> None:
        """Deletes what is over."""
        for folder in self.path.iterdir():
            job = read_job(folder) if JOB_ID.fullmatch(folder.name) else None
            if job and self.is_over(job):
                delete(folder)

    def hold(self) -> bool:
        """Takes the folder for this process; the first time, it sweeps, and says so.

        Raises: Busy where another console works on it, StoreError where it cannot be written.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._lock:
                if self._in_use:
                    return False
                self._in_use = _locked(self.path / IN_USE)
        except OSError as wrong:
            raise StoreError(f"{self.path} cannot be written: {wrong.strerror}.") from wrong
        self._sweep_left_over()
        return True

    def let_go(self) -> None:
        """Leaves the folder to another process."""
        with self._lock:
            if self._in_use:
                self._in_use.close()
                self._in_use = None

    def _sweep_left_over(self) -> None:
        """What a console that was ended had begun: uploads, questions without an answer, half a report. Only what is done stays, without what was brought."""
        for folder in self.path.iterdir():
            job = read_job(folder) if JOB_ID.fullmatch(folder.name) else None
            if folder.is_dir() and (job is None or job.stage != "done" or self.is_over(job)):
                delete(folder)
            elif job and job.problem and delete(*(folder / name for name in BROUGHT)):
                write_job(folder, msgspec.structs.replace(job, problem=""))


def delete(*paths: Path) -> bool:
    """Deletes files and folders of an audit; gives whether all have gone. What stays is told in the log, and tried again by the next console."""
    is_gone = sum(map(drop_file, paths)) == len(paths)  # each of them is tried
    if not is_gone:
        log.error("not everything of an audit could be deleted")
    return is_gone


def _locked(path: Path) -> BinaryIO:
    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        file.close()
        raise Busy(OTHER_CONSOLE) from taken
    return file
