"""The audits that the console was asked for: one at a time in a process of its own, each in a folder that nobody can guess, none kept longer than said.

1. Files are brought into a folder (`bringing`). 2. The child looks at them, and the reader is asked whether it understood. 3. The child judges; what
was brought is deleted as soon as the report is there. 4. Whatever is left over from a console that was ended is swept at the next start.
One process works on the folder; another console over the same house shows what was made and takes nothing new.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
from collections.abc import Mapping

import msgspec

from habitue.app.audits.bringing import ALLOWANCE, Allowance, Bringing, begin_folder, check_room
from habitue.app.audits.child import TEMPORARY, Ending, Step, Wish, Work, in_child
from habitue.app.audits.folder import BROUGHT, NO_JOB, AuditFolder, delete
from habitue.app.audits.job import (
    BUSY,
    MADE,
    NOTHING_SAID,
    Answers,
    Job,
    Stage,
    answers_now,
    in_order,
    read_job,
    write_job,
)
from habitue.app.audits.queue import AuditQueue
from habitue.store import Settings
from habitue.words.clock import Clock, SystemClock
from habitue.words.errors import BadInput, Busy, HabitueError, StoreError, Unknown

log = logging.getLogger("habitue.audits")
GOING = ".going"
BROKE = "Something broke on our side while these files were read. It has been noted; nothing was made of them."
TOO_MANY = "Several audits are waiting for an answer already. Answer one of them, or take it away, then bring these files again."
NOT_NOW = "This audit is at work; wait until it is done, or take it away."
NOT_UNDERSTOOD = "There is nothing yet to say yes to: bring both files first."
NOT_ALL_GONE = "Not everything could be deleted; the rest goes when the console is started the next time."


class AuditJobs:
    """All audits of one house's console; `folder` says what is there, this does what is asked."""

    def __init__(self, settings: Settings, allowance: Allowance = ALLOWANCE, clock: Clock | None = None, work: Work = in_child) -> None:
        self.settings, self.clock = settings, clock or SystemClock()
        self.folder = AuditFolder(settings.data / "audits", allowance, self.clock)
        self._lock = threading.RLock()
        self._queue = AuditQueue(work, self._end, self.folder.sweep)
        if self.folder.path.is_dir():
            with contextlib.suppress(HabitueError):  # then it only shows what is there
                self._hold()

    @property
    def zone(self) -> str:
        """The zone of times that name none. What is brought to the demo's house has nothing to do with the demo."""
        return Settings().zone if self.settings.is_demo else self.settings.zone

    def step(self, job: Job) -> Step | None:
        """How far its work is; None while another audit is at work before it."""
        return self._queue.step(job.id)

    def begin(self, coming_bytes: int = 0) -> Bringing:
        """A new folder for files that are on their way.

        Raises: Busy where another console makes the audits or too many wait for an answer, StoreError where the disk is too full.
        """
        self._hold()
        if sum(job.stage != "done" for job in self.folder.listed()) >= self.folder.allowance.unfinished:
            raise Busy(TOO_MANY)
        check_room(self.folder.path, coming_bytes)
        job_id = secrets.token_urlsafe(16)
        begin_folder(self.folder.of(job_id))
        return Bringing(job_id, self.folder.of(job_id), self.folder.allowance, is_new=True)

    def go_on(self, job_id: str, coming_bytes: int = 0) -> Bringing:
        """The same for an audit whose files or answers are to be changed. Raises: as `begin`, and Unknown."""
        job = self._at_rest(job_id)
        check_room(self.folder.path, coming_bytes)
        return Bringing(job_id, self.folder.of(job_id), self.folder.allowance, job.files)

    def brought(self, bringing: Bringing, language: str, kinds: Mapping[int, str], said: Answers = NOTHING_SAID) -> Job:
        """Everything has arrived: keeps it, and has it looked at where nothing is missing. Raises: Busy where it was changed meanwhile."""
        with self._lock:
            now = self.clock.instant()
            currency = Settings().currency if self.settings.is_demo else self.settings.currency
            fresh = Job(bringing.id, "lacking", self.zone, currency, language, now, now)
            job = fresh if bringing.is_new else self._at_rest(bringing.id)
            if job.files != bringing.kept:
                raise Busy(NOT_NOW)
            files = in_order(bringing.put(kinds))
            answers = answers_now(job, files, said)
            job = msgspec.structs.replace(job, files=files, turned_away=tuple(bringing.turned_away), answers=answers, language=language)
            return self._put(job, "lacking" if job.missing else "looking")

    def start(self, job_id: str, language: str) -> Job:
        """What was understood is right: judge; pressed twice, it is the same. Raises: Unknown, Busy; BadInput where nothing was understood yet."""
        with self._lock:
            if (job := self.folder.job(job_id)).stage in ("judging", "done"):
                return job
            job = self._at_rest(job_id)
            if job.stage != "understood":
                raise BadInput(NOT_UNDERSTOOD)
            return self._put(msgspec.structs.replace(job, language=language), "judging")

    def take_away(self, job_id: str) -> None:
        """Deletes everything that was brought and made, and ends its work if it is at work. Raises: Unknown; Busy where another console is at it."""
        self.folder.job(job_id)
        self._hold()
        going = self.folder.of(job_id + GOING)
        with self._lock:
            self.folder.of(job_id).rename(going)
        self._queue.stop(job_id)
        if not delete(going):
            raise StoreError(NOT_ALL_GONE)

    def close(self) -> None:
        """Ends the work and lets go of the folder."""
        self._queue.close()
        self.folder.let_go()

    def _hold(self) -> None:
        self.folder.hold()
        self._queue.open()

    def _at_rest(self, job_id: str) -> Job:
        """Raises: Busy where it is at work, Unknown where there is none, or nothing left to change since it is done."""
        job = self.folder.job(job_id)
        self._hold()
        if job.stage in BUSY:
            raise Busy(NOT_NOW)
        if job.stage == "done":
            raise Unknown(NO_JOB)
        return job

    def _put(self, job: Job, stage: Stage, problem: str = "") -> Job:
        """Keeps the record and, where there is work, queues it."""
        job = msgspec.structs.replace(job, stage=stage, problem=problem, changed_at=self.clock.instant())
        write_job(self.folder.of(job.id), job)
        if stage in BUSY:
            self._queue.put(job.id, self.folder.of(job.id), "look" if stage == "looking" else "judge")
        return job

    def _end(self, job_id: str, wish: Wish, ending: Ending) -> None:
        """Writes down how the work ended; of what was taken away meanwhile, nothing is written."""
        folder = self.folder.of(job_id)
        with self._lock:
            job = read_job(folder)
            if job is None:
                return
            delete(folder / TEMPORARY)
            if ending.broke:
                log.error("an audit broke: %s", ending.broke)
            if ending.problem or ending.broke:
                delete(folder / MADE, *folder.glob(f"{MADE}.*.new"))
                self._put(job, "stopped", ending.problem or BROKE)
            elif wish == "look":
                self._put(job, "understood")
            else:
                self._put(job, "done", "" if delete(*(folder / name for name in BROUGHT)) else NOT_ALL_GONE)
