"""Work that goes on beside the console for as long as it is served: a thread, and what it does again and again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from habitue.words.errors import HabitueError

PATIENCE_SECONDS = 10.0


@contextmanager
def at_work(name: str, work: Callable[[threading.Event], None]) -> Iterator[None]:
    """While this lasts, a thread works; it is told when to end, and waited for a little."""
    ended = threading.Event()
    thread = threading.Thread(target=work, args=(ended,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(PATIENCE_SECONDS)


@contextmanager
def rounds(name: str, every_seconds: float, once: Callable[[], object], most_seconds: float = 0.0) -> Iterator[None]:
    """While this lasts, that is done again and again, whatever goes wrong in between; the log tells it without the text of anybody's.

    After each time in a row that it goes wrong, the wait is twice as long, up to `most_seconds`.
    """
    log = logging.getLogger(f"habitue.{name}")

    def work(ended: threading.Event) -> None:
        wait_seconds = every_seconds
        while not ended.wait(wait_seconds):
            try:
                once()
                wait_seconds = every_seconds
            except Exception as wrong:  # noqa: BLE001 - a thread that ends does nothing more, and nobody hears of it
                log.error("the round of %s waits: %s", name, wrong if isinstance(wrong, HabitueError) else type(wrong).__name__)
                wait_seconds = max(every_seconds, min(2 * wait_seconds, most_seconds))

    with at_work(name, work):
        yield
