"""Mail that a mail server of this machine hands over by LMTP: each is taken in as one that was fetched, and answered once it stands in the truth.

Whatever breaks in between, the mail server has no answer and hands it over again, which changes nothing: none is lost and none counts twice.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from errno import EADDRINUSE
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from habitue.app.house import House, open_house
from habitue.app.inbox.receiving import receive
from habitue.app.post.gate import AGAIN, is_the_house
from habitue.app.post.relaying import TALK_SECONDS
from habitue.dialogue.mail import read_mail
from habitue.store import Settings
from habitue.store.post_settings import lmtp_place
from habitue.words.errors import BadInput, HabitueError

if TYPE_CHECKING:
    from habitue.app.inbox.lmtp_door import Doors

LISTEN_AGAIN_SECONDS = 30.0
TAKEN = "250 2.0.0 It is taken in."
LATER = "451 4.3.0 It cannot be taken in now; the log of the house says why. Try again."
NEVER = "554 5.6.0 It was not taken in: it names nobody who wrote it, or its head cannot be read."
COPY = (
    f"No mail is taken from the mail server: this is a copy of a house, or what a backup brought back, and would keep the mail of the one that works. {AGAIN}."
)
NEEDED = "No mail is taken from the mail server: the package aiosmtpd is missing. Install habitue[lmtp], and start again."
log = logging.getLogger("habitue.inbox")


class HandedMail:
    """Takes what a mail server hands over for as long as the house is served; where no place is named it does nothing.

    Mails come at once over many lines and are taken in one after the other, by a house of their own.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._place = lmtp_place(settings.lmtp) if settings.lmtp else None
        self._hand = ThreadPoolExecutor(1, "mail handed over")
        self._ended = asyncio.Event()
        self._end: Callable[[], None] = lambda: None
        self._house: House | None = None
        self._said = ""

    def __enter__(self) -> HandedMail:
        if self._place:
            loop = asyncio.new_event_loop()
            thread = threading.Thread(target=self._work, args=(loop,), name="lmtp", daemon=True)
            self._end = partial(self._end_of, loop, thread)
            thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._end()

    def _end_of(self, loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
        with suppress(RuntimeError):  # it ended by itself
            loop.call_soon_threadsafe(self._ended.set)
        thread.join(TALK_SECONDS)
        self._hand.submit(self._leave)
        self._hand.shutdown()

    def take(self, raw: bytes, came_to: tuple[str, ...]) -> str:
        """Takes one mail in; gives what is answered to each of its recipients."""
        if not is_the_house(self.settings):
            self._say(COPY)
            return LATER
        try:
            self._house = self._house or open_house(self.settings)
            receive(self._house, raw, *came_to)
        except Exception as wrong:  # noqa: BLE001 - whatever it is, the mail waits at the mail server
            if isinstance(wrong, BadInput) and not _names_somebody(raw):
                log.warning("a mail was not taken in, and its sender told so: %s", NEVER)
                return NEVER
            self._say(f"mail waits at the mail server: {wrong if isinstance(wrong, HabitueError) else type(wrong).__name__}")
            return LATER
        self._said = ""
        return TAKEN

    def _leave(self) -> None:
        if self._house:
            self._house.truth.close()

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            try:
                from habitue.app.inbox.lmtp_door import Doors  # an extra's: who is handed no mail needs none of it
            except ImportError:
                self._say(NEEDED)
                return
            runner.run(self._listen(Doors(self._take_in_turn)))

    async def _take_in_turn(self, raw: bytes, came_to: tuple[str, ...]) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._hand, self.take, raw, came_to)

    async def _listen(self, doors: Doors) -> None:
        """Listens until the house ends; where something else does there, it is tried again and again."""
        while not self._ended.is_set():
            try:
                server = await self._opened(doors)
            except OSError as wrong:
                self._say(f"no mail is taken from the mail server: nobody can listen at {self.settings.lmtp} ({os.strerror(wrong.errno or 0)})")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ended.wait(), LISTEN_AGAIN_SECONDS)
                continue
            self._said = ""
            await self._ended.wait()
            await doors.shut(server)

    async def _opened(self, doors: Doors) -> asyncio.Server:
        """Raises: OSError where somebody listens there already, or nobody can."""
        loop = asyncio.get_running_loop()
        if isinstance(self._place, tuple):
            return await loop.create_server(doors, *self._place)
        path = str(self._place)
        with suppress(ConnectionRefusedError, FileNotFoundError):  # nobody is behind it any more
            _, line = await asyncio.open_unix_connection(path)
            line.close()
            raise OSError(EADDRINUSE, os.strerror(EADDRINUSE))
        server = await loop.create_unix_server(doors, path)
        Path(path).chmod(0o666)  # the mail server is another user; who may come near is for the folder to say
        return server

    def _say(self, sentence: str) -> None:
        """Once, however often it is tried."""
        if sentence != self._said:
            log.error("%s", sentence)
        self._said = sentence


def _names_somebody(raw: bytes) -> bool:
    """Whether it can be read who wrote it."""
    with suppress(BadInput):
        return bool(read_mail(raw).sender)
    return False
