"""Two mail servers that lose some of their answers after they took a letter: one made for it (aiosmtpd), and a real Postfix behind a line that breaks.

Both say how many letters they took, and which, by the number in each Message-ID: what arrived is counted where it arrived, not where it was sent.
"""

from __future__ import annotations

import asyncio
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from habitue.words.errors import BadInput
from habitue.workshop.postfix_server import PATIENCE_SECONDS, Postfix, free_port, postfix

LOST_ANSWERS = 100
"""The answer to one letter in so many never comes back."""
NEEDED = "The torture needs the package aiosmtpd, the mail server that loses its answers: install habitue[torture], then try again."
NUMBER = re.compile(rb"(?im)^Message-ID:\s*<\w+\.(\d+)\.")
TAKEN = b"queued as"
HEAD_BYTES = 8_192


class LossyServer(Protocol):
    """A mail server under torture. `taken` counts the letters that it said yes to, or would have."""

    name: str
    port: int
    taken: int

    def arrived(self) -> Counter[int]:
        """How often each letter arrived, by its number, once nothing is on its way in there."""

    @property
    def log(self) -> Path | None:
        """Where it writes down what it does, where it does."""

    def knock(self) -> None:
        """Lets its log go on."""


class _Forgetful:
    """Takes every letter, and breaks off instead of answering to one in a hundred."""

    name, log = "aiosmtpd", None

    def __init__(self, port: int) -> None:
        self.port, self.taken = port, 0
        self._arrived: Counter[int] = Counter()

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's way
        self.taken += 1
        self._arrived[_number(envelope.content)] += 1
        if random.randrange(LOST_ANSWERS) == 0:
            server.transport.abort()
        return "250 2.0.0 Ok: queued as TORTURE"

    def arrived(self) -> Counter[int]:
        return self._arrived

    def knock(self) -> None:
        """It has no log."""


@contextmanager
def forgetful_server() -> Iterator[LossyServer]:
    """A server in this process that forgets to answer.

    Raises: BadInput where aiosmtpd is not installed.
    """
    try:
        from aiosmtpd.controller import Controller  # an extra: nothing but this needs it
    except ImportError as missing:
        raise BadInput(NEEDED) from missing
    made = _Forgetful(free_port())
    controller = Controller(made, hostname="127.0.0.1", port=made.port, server_hostname="peer.example.org")
    controller.start()
    try:
        yield made
    finally:
        controller.stop()


class _BreakingLine:
    """Carries conversations to a Postfix and back, and hangs up instead of passing on one "queued as" in a hundred."""

    name = "Postfix"

    def __init__(self, server: Postfix) -> None:
        self.server, self.log = server, server.log
        self.port, self.taken = free_port(), 0

    def arrived(self) -> Counter[int]:
        queue, until = self.server.home / "queue", time.monotonic() + 10 * PATIENCE_SECONDS
        while any(file.is_file() for name in ("incoming", "active", "deferred") for file in (queue / name).rglob("*")) and time.monotonic() < until:
            time.sleep(0.1)
        return Counter(_number(_head(file)) for file in (self.server.home / "mail" / "all" / "new").glob("*"))

    def knock(self) -> None:
        self.server.knock()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation."""
        there_reads, there_writes = await asyncio.open_connection("127.0.0.1", self.server.port)
        both = (asyncio.ensure_future(self._forth(reader, there_writes)), asyncio.ensure_future(self._back(there_reads, writer)))
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in both:
                one.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            writer.transport.abort()
            there_writes.close()

    async def _forth(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65_536):
            writer.write(said)
            await writer.drain()

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.readline():
            if TAKEN in said:
                self.taken += 1
                if random.randrange(LOST_ANSWERS) == 0:
                    return
            writer.write(said)
            await writer.drain()


@contextmanager
def breaking_postfix() -> Iterator[LossyServer]:
    """A Postfix of its own behind a line that breaks.

    Raises: StoreError where Postfix is missing.
    """
    with postfix() as server:
        line = _BreakingLine(server)
        loop = asyncio.new_event_loop()
        listening = loop.run_until_complete(asyncio.start_server(line.carry, "127.0.0.1", line.port))
        thread = threading.Thread(target=loop.run_forever, name="breaking line", daemon=True)
        thread.start()
        try:
            yield line
        finally:
            asyncio.run_coroutine_threadsafe(_hang_up(listening), loop).result(PATIENCE_SECONDS)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(PATIENCE_SECONDS)
            loop.close()


async def _hang_up(listening: asyncio.Server) -> None:
    listening.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _number(raw: bytes) -> int:
    found = NUMBER.search(raw[:HEAD_BYTES])
    return int(found[1]) if found else 0


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(HEAD_BYTES)
