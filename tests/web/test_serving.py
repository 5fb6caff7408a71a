"""Serving: a slow day holds up nobody, and the process says nothing about anyone."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import pytest

from habitue.web import collecting
from habitue.web.patience import most_connections
from habitue.web.serving import Announced, configured, listening
from habitue.words.errors import BadInput, Busy
from tests.web.conftest import Open
from tests.web.paper import PaperDesk


def status_of(address: str) -> int:
    """The status that a server answers with, asked as plainly as can be."""
    url = urlsplit(address)
    with socket.create_connection((url.hostname, url.port), timeout=60) as line:  # type: ignore[arg-type]  # noqa: TID251 - over loopback, to our own server
        line.sendall(f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\nConnection: close\r\n\r\n".encode())
        return int(line.makefile("rb").readline().split()[1])


def test_a_day_that_takes_long_to_judge_holds_up_nobody(open_console: Open) -> None:
    latch = threading.Event()
    address = open_console(PaperDesk(latch=latch))
    with ThreadPoolExecutor(4) as crowd:
        slow = [crowd.submit(status_of, f"{address}/?on=2017-10-05") for _ in range(3)]
        assert status_of(f"{address}/") == 200
        assert status_of(f"{address}/healthz") == 200
        assert not any(one.done() for one in slow)
        latch.set()
        assert [one.result() for one in slow] == [200, 200, 200]


def test_the_server_keeps_no_access_log_and_does_not_say_what_it_is() -> None:
    config = configured(PaperDesk(), "127.0.0.1", 0)
    assert (config.access_log, config.server_header, config.workers) == (False, False, 1)


@contextmanager
def served(desk: PaperDesk | None = None) -> Iterator[int]:
    """The console as it is served, at a free port."""
    with listening("127.0.0.1", 0) as door:
        opened = threading.Event()
        server = Announced(configured(desk or PaperDesk(), "127.0.0.1", door.getsockname()[1]), opened.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        assert opened.wait(60)
        try:
            yield door.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(60)


def line_to(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=60)  # noqa: TID251 - over loopback, to our own server


def told(line: socket.socket) -> bytes:
    """All that comes until the other side closes; a line that stays open fails the test."""
    return b"".join(iter(lambda: line.recv(65536), b""))


HEAD = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.mark.parametrize("said", [b"", b"GET", HEAD, HEAD + b"\r\n" + HEAD], ids=["nothing", "a word", "half a head", "a request, then half a head"])
def test_a_client_that_never_finishes_its_head_is_sent_away(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "PATIENCE_SECONDS", 0.2)
    with served() as port, line_to(port) as line:
        line.sendall(said)
        assert told(line).count(b"HTTP/1.1 200") == said.count(b"\r\n\r\n")
        assert status_of(f"http://127.0.0.1:{port}/healthz") == 200


def test_a_client_that_drips_its_head_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "PATIENCE_SECONDS", 0.3)
    with served() as port, line_to(port) as line:
        line.sendall(HEAD)
        line.settimeout(0.05)
        until = time.monotonic() + 60
        with suppress(ConnectionError):
            while time.monotonic() < until:
                line.sendall(b"X-More: 1\r\n")
                with suppress(TimeoutError):
                    assert line.recv(1) == b""
                    break
        assert time.monotonic() < until


def test_a_request_that_takes_longer_than_our_patience_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "PATIENCE_SECONDS", 0.05)
    latch = threading.Event()
    with served(PaperDesk(latch=latch)) as port, ThreadPoolExecutor(1) as crowd:
        slow = crowd.submit(status_of, f"http://127.0.0.1:{port}/?on=2017-10-05")
        time.sleep(0.3)
        latch.set()
        assert slow.result() == 200


def test_whoever_is_one_too_many_is_told_so_and_gets_in_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habitue.web.serving.most_connections", lambda: 3)
    with served() as port:
        with line_to(port) as one, line_to(port) as two:
            for line in (one, two):
                line.sendall(HEAD + b"\r\n")
                assert line.recv(12) == b"HTTP/1.1 200"
            assert status_of(f"http://127.0.0.1:{port}/healthz") == 503
        while status_of(f"http://127.0.0.1:{port}/healthz") != 200:
            time.sleep(0.01)


@pytest.mark.parametrize(("files", "most"), [(1024, 800), (256, 32), (1_000_000, 4_000), (resource.RLIM_INFINITY, 4_000)])
def test_connections_leave_files_for_the_house(files: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert most_connections() == most


def test_a_port_already_taken_is_a_sentence() -> None:
    with listening("127.0.0.1", 0) as taken, pytest.raises(Busy, match="something else does"):
        listening("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_does_not_exist_is_a_sentence_too(port: int) -> None:
    with pytest.raises(BadInput, match=f"{port} is not a port"):
        listening("127.0.0.1", port)
