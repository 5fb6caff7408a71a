"""How long a client may hold a connection without asking anything, and how many may be held at once: a socket costs it nothing and us a file."""

from __future__ import annotations

import asyncio
import resource
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from habitue.web import collecting

MOST_CONNECTIONS = 4_000
FILES_OF_OUR_OWN = 224
"""What is left of the files that a process may open, for databases, uploads and the files of the house."""
FEWEST_CONNECTIONS = 32


def most_connections() -> int:
    """How many connections are answered at once; from there on, 503. Where nobody said otherwise, a process may open 1024 files."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(FEWEST_CONNECTIONS, min(MOST_CONNECTIONS, files - FILES_OF_OUR_OWN))


class Patient(H11Protocol):
    """A connection that is closed where, so long after it was opened or last answered, no whole head of a request has come, whatever came instead.

    While a request is worked on there is no such limit: how long its body may take is the business of whoever reads it.
    """

    _until: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def _look(self) -> None:
        """Begins to wait once nothing is under way; what comes meanwhile does not begin it anew."""
        answering: Any = self.cycle
        if answering is not None and not answering.response_complete:
            self._wait_no_more()
        elif self._until is None and not self.transport.is_closing():
            self._until = self.loop.call_later(collecting.PATIENCE_SECONDS, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._until is not None:
            self._until.cancel()
            self._until = None
