"""Serving: a slow day holds up nobody, and the process says nothing about anyone."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from habitue.web.serving import configured, listening
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


def test_a_port_already_taken_is_a_sentence() -> None:
    with listening("127.0.0.1", 0) as taken, pytest.raises(Busy, match="something else does"):
        listening("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_does_not_exist_is_a_sentence_too(port: int) -> None:
    with pytest.raises(BadInput, match=f"{port} is not a port"):
        listening("127.0.0.1", port)
