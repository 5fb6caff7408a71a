"""One audit at a time: a queue, one thread that serves it, and a cord to stop what is at work."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path

from habitue.app.audits.child import Ending, Halt, Step, Wish, Work

log = logging.getLogger("habitue.audits")
IDLE_SECONDS, PATIENCE_SECONDS = 3_600, 20
Ended = Callable[[str, Wish, Ending], None]


class AuditQueue:
    """Serves wishes in the order in which they came; `idle` is called each hour without one."""

    def __init__(self, work: Work, ended: Ended, idle: Callable[[], None]) -> None:
        self._work, self._ended, self._idle = work, ended, idle
        self._wishes: queue.SimpleQueue[tuple[str, Path, Wish] | None] = queue.SimpleQueue()
        self._change = threading.Condition()
        self._current, self._halt, self._step = "", Halt(), Step("", 0, 0)
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Begins to serve; whoever serves already goes on."""
        with self._change:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._serve, name="audits", daemon=True)
                self._thread.start()

    def put(self, job_id: str, folder: Path, wish: Wish) -> None:
        self._wishes.put((job_id, folder, wish))

    def step(self, job_id: str) -> Step | None:
        """How far that one is; None where it is not at work."""
        with self._change:
            return self._step if self._current == job_id else None

    def stop(self, job_id: str) -> None:
        """Ends its work, if it is at work, and waits until it has ended."""
        with self._change:
            if self._current == job_id:
                self._halt.pull()
            self._change.wait_for(lambda: self._current != job_id, PATIENCE_SECONDS)

    def close(self) -> None:
        """Ends the work and serves no more."""
        with self._change:
            self._halt.pull()
        self._wishes.put(None)
        if self._thread:
            self._thread.join(PATIENCE_SECONDS)

    def _serve(self) -> None:
        while True:
            try:
                wish = self._wishes.get(timeout=IDLE_SECONDS)
            except queue.Empty:
                self._rested()
                continue
            if wish is None:
                return
            self._do(*wish)

    def _rested(self) -> None:
        try:
            self._idle()
        except Exception as wrong:  # noqa: BLE001 - as for the work
            log.error("old audits could not be put away: %s", type(wrong).__name__)

    def _do(self, job_id: str, folder: Path, wish: Wish) -> None:
        """One piece of work from its beginning to its end; what was taken away while it waited is passed over."""
        with self._change:
            if not folder.is_dir():
                return
            self._current, self._halt, self._step = job_id, Halt(), Step("", 0, 0)
        try:
            ending = self._work(folder, wish, self._tell, self._halt)
        except Exception as wrong:  # noqa: BLE001 - the one thread that serves all goes on; what broke is noted without its text
            ending = Ending(broke=type(wrong).__name__)
        try:
            self._ended(job_id, wish, ending)
        except Exception as wrong:  # noqa: BLE001 - as for the work
            log.error("an audit's end could not be written down: %s", type(wrong).__name__)
        with self._change:
            self._current = ""
            self._change.notify_all()

    def _tell(self, step: Step) -> None:
        with self._change:
            self._step = step
