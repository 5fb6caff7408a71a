"""A house that listens on loopback, and sources that tell it things: over real sockets, sorted by the real threads."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from habitue.app.collect.intake import Intake
from habitue.app.log import Logged, everybody, logged
from habitue.events.arrivals import DeadLetter, WriteKey, add_write_key, dead_letters
from habitue.store import Settings, open_truth
from habitue.web.collecting import Collecting

VECTORS = Path(__file__).parent / "vectors"
KEY = "WK_TEST"
PATIENCE_SECONDS = 20.0


class Listening:
    """A server on a free port, and what a test asks of it and of the truth behind it."""

    def __init__(self, settings: Settings, port: int) -> None:
        self.settings, self.port = settings, port
        self.truth = open_truth(settings)

    def send(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        """The answer to one request, told byte by byte as it stands: status, headers, body."""
        with self.line() as line:
            line.sendall(request)
            return _answer(line)

    def line(self) -> socket.socket:
        """A connection to the house, as a client's."""
        made = socket.socket()
        made.settimeout(PATIENCE_SECONDS)
        made.connect(("127.0.0.1", self.port))
        return made

    def post(self, path: str, body: Any, headers: dict[str, str] | None = None, key: str = KEY) -> tuple[int, Any]:
        """Status and JSON of a POST with the key in its address."""
        told = body if isinstance(body, bytes) else json.dumps(body).encode()
        head = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        line = f"POST {path}?writeKey={key} HTTP/1.1\r\nHost: shop.example\r\n{head}Content-Length: {len(told)}\r\nConnection: close\r\n\r\n"
        status, _, answer = self.send(line.encode() + told)
        return status, json.loads(answer) if answer else None

    def settled(self) -> list[Logged]:
        """Everything in the log, once all that came is sorted."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self.truth.run("SELECT COUNT(*) FROM arrival") != [(0,)]:
            assert time.monotonic() < until, "what came in was not sorted"
            time.sleep(0.01)
        return list(logged(self.truth))

    def customers(self) -> dict[str, str]:
        """Key and name of everybody."""
        return {known.customer_key: known.name for known in everybody(self.truth)}

    def letters(self) -> list[DeadLetter]:
        return dead_letters(self.truth)


def _answer(line: socket.socket) -> tuple[int, dict[str, str], bytes]:
    told = b""
    while b"\r\n\r\n" not in told and (part := line.recv(65536)):
        told += part
    head, _, body = told.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in rest)}
    while len(body) < int(headers.get("content-length", 0)) and (part := line.recv(65536)):
        body += part
    return int(first.split()[1]), headers, body


@pytest.fixture
def listen(settings: Settings) -> Iterator[Callable[..., Listening]]:
    """Opens the house at a port, on SQLite, then on PostgreSQL; by default with one browser's key, WK_TEST."""
    with ExitStack() as stack:

        def open_door(keys: tuple[WriteKey, ...] = (WriteKey(KEY, "web", "", is_server=False),)) -> Listening:
            with closing(open_truth(settings)) as truth, truth.transaction():
                for key in keys:
                    add_write_key(truth, key)
            intake = stack.enter_context(Intake(settings))
            port = stack.enter_context(Served(intake))
            listening = Listening(settings, port)
            stack.callback(listening.truth.close)
            return listening

        yield open_door


@pytest.fixture
def door(listen: Callable[..., Listening]) -> Listening:
    return listen()


class Served:
    """The intake alone, in a thread of this process."""

    def __init__(self, intake: Intake) -> None:
        self.server = uvicorn.Server(uvicorn.Config(Collecting(_shop, intake), host="127.0.0.1", port=0, log_level="critical", lifespan="off"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> int:
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        port: int = self.server.servers[0].sockets[0].getsockname()[1]
        return port

    def __exit__(self, *_what: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)


async def _shop(_scope: Any, _receive: Any, send: Any) -> None:
    """A page of a shop, for browsers; its origin is another where it is asked for as localhost."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"<!doctype html><title>shop</title>"})
