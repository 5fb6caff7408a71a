"""The post room of a house that is served: a thread that sends what waits, says once what keeps it, and asks less often the longer that lasts."""

from __future__ import annotations

import logging
import threading

from habitue.app.house import open_house
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import TALK_SECONDS, relay_of
from habitue.store import Settings
from habitue.words.errors import HabitueError

LOOK_AGAIN_SECONDS, LONGEST_WAIT_SECONDS = 2.0, 60.0
"""How long it waits where there is nothing to send; that doubles with each failure in a row, up to the second."""
log = logging.getLogger("habitue.post")


class PostWorker:
    """Sends what waits for as long as the house is served; where no relay is named it sends nothing."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._said, self._wait_seconds = "", LOOK_AGAIN_SECONDS
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="post room", daemon=True)

    def __enter__(self) -> PostWorker:
        if self.settings.relay:
            self._thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join(TALK_SECONDS)

    def _work(self) -> None:
        while not self._ended.is_set():
            try:
                with open_house(self.settings) as house:
                    room = PostRoom(house, relay_of(self.settings))
                    while not self._ended.is_set():
                        self._send(room)
            except Exception as wrong:  # noqa: BLE001 - somebody else may hold the house, or correct its book: it is opened again
                self._wait_after("the post room is closed", wrong)

    def _send(self, room: PostRoom) -> None:
        try:
            tried = room.send_some()
        except Exception as wrong:  # noqa: BLE001 - the post room must not end before the house does; what waits is tried again
            self._wait_after("letters wait", wrong)
            return
        self._said, self._wait_seconds = "", LOOK_AGAIN_SECONDS
        if not tried:
            self._ended.wait(LOOK_AGAIN_SECONDS)

    def _wait_after(self, what: str, wrong: Exception) -> None:
        said = f"{what}: {wrong if isinstance(wrong, HabitueError) else type(wrong).__name__}"
        if said != self._said:
            log.error("%s", said)
        self._said = said
        self._ended.wait(self._wait_seconds)
        self._wait_seconds = min(2 * self._wait_seconds, LONGEST_WAIT_SECONDS)
