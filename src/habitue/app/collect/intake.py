"""The intake: requests are written down many at a time, and acknowledged only once the disk has them.

One thread writes: whatever has come in while the last commit was on its way goes into the next (group commit). A second thread sorts what is written.
Both have a connection of their own. Where requests come faster than the disk takes them, the queue is full and says so.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from habitue.app.collect.sorting import Sorter
from habitue.app.opening import open_up
from habitue.events.arrivals import Row, WriteKey, write_down, write_keys
from habitue.store import Settings, Truth, clock_of
from habitue.words.errors import Busy, HabitueError

MOST_WAITING_BYTES = 64 * 1024 * 1024
MOST_WAITING = 4_000
KEYS_ARE_FRESH_SECONDS = 5.0
LOOK_AGAIN_SECONDS = 1.0
REST = 1.0
"""While requests come in, sorting rests so many times as long as it works."""
PATIENCE_SECONDS = 10.0
FULL = "More comes in than can be written down just now; send it again in a moment."
log = logging.getLogger("habitue.collect")
Told = Callable[[Exception | None], None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request that is not on disk yet, and whom to tell."""

    row: Row
    tell: Told


class Intake:
    """Everything that is open while events come in; a context manager that ends both threads, with all that was taken written down."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = clock_of(settings)
        self._truth: Truth = open_up(settings)
        self._turn = threading.Condition()
        self._waiting: list[Waiting] = []
        self._bytes = 0
        self._ended = threading.Event()
        self._written = threading.Event()
        self._is_writing = False
        self.keys: dict[str, WriteKey] = write_keys(self._truth)
        self._look_at = time.monotonic() + KEYS_ARE_FRESH_SECONDS
        self._threads = [threading.Thread(target=work, name=name, daemon=True) for name, work in (("intake", self._write), ("sorting", self._sort))]

    def __enter__(self) -> Intake:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        with self._turn:
            self._ended.set()
            self._turn.notify()
        self._written.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)
        self._truth.close()

    def put(self, key: str, words: str, is_quiet: bool, body: bytes, tell: Told) -> None:
        """Takes a request; `tell` is called, from another thread, once it is durable, or with what kept it from being so.

        Raises: Busy where the queue is full.
        """
        with self._turn:
            if self._ended.is_set() or len(self._waiting) >= MOST_WAITING or self._bytes + len(body) > MOST_WAITING_BYTES:
                raise Busy(FULL)
            self._waiting.append(Waiting((key, self.clock.instant(), words, int(is_quiet), body), tell))
            self._bytes += len(body)
            self._turn.notify()

    def _write(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._waiting or self._ended.is_set(), KEYS_ARE_FRESH_SECONDS)
                taken, self._waiting, self._bytes = self._waiting, [], 0
            if taken:
                self._is_writing = True
                wrong = self._commit(taken)
                self._is_writing = False
                self._written.set()
                for one in taken:
                    one.tell(wrong)
            elif self._ended.is_set():
                return
            if time.monotonic() > self._look_at:
                self._look_at_keys()

    def _commit(self, taken: list[Waiting]) -> Exception | None:
        try:
            with self._truth.transaction():
                write_down(self._truth, [one.row for one in taken])
        except Exception as wrong:  # noqa: BLE001 - whoever waits must be told, whatever it was
            log.error("requests could not be written down: %s", type(wrong).__name__)
            return wrong
        return None

    def _look_at_keys(self) -> None:
        self._look_at = time.monotonic() + KEYS_ARE_FRESH_SECONDS
        try:
            self.keys = write_keys(self._truth)
        except Exception as wrong:  # noqa: BLE001 - whoever waits to be written down must not wait for ever; the keys that were read last hold
            log.error("the write keys could not be read: %s", wrong if isinstance(wrong, HabitueError) else type(wrong).__name__)

    def _sort(self) -> None:
        while True:
            try:
                with closing(open_up(self.settings)) as truth:
                    return self._sort_all(Sorter(truth, self.settings))
            except Exception as wrong:  # noqa: BLE001 - what is acknowledged must be sorted, whoever holds the house at its start
                log.error("sorting waits: %s", wrong if isinstance(wrong, HabitueError) else type(wrong).__name__)
            if self._ended.wait(LOOK_AGAIN_SECONDS):
                return None

    def _sort_all(self, sorter: Sorter) -> None:
        while True:
            self._written.clear()
            began = time.monotonic()
            if self._sort_some(sorter):
                if self._written.is_set() or self._is_writing:  # more comes in, or waits for the lock: whoever waits for an answer goes first
                    self._ended.wait(REST * (time.monotonic() - began))
            elif self._ended.is_set():
                return
            else:
                self._written.wait(LOOK_AGAIN_SECONDS)

    def _sort_some(self, sorter: Sorter) -> int:
        try:
            return sorter.sort_some()
        except Exception as wrong:  # noqa: BLE001 - sorting must not end before the house does; what waits is tried again
            log.error("sorting waits: %s", wrong if isinstance(wrong, HabitueError) else type(wrong).__name__)
            self._ended.wait(LOOK_AGAIN_SECONDS)
            return 0
