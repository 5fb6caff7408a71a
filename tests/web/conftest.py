"""Fixtures of the console's tests: a client that asks without a network, and a served console for the browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from habitue.app.audits.jobs import AuditJobs
from habitue.web.desk import Desk
from habitue.web.site import site_at
from tests.web.audit_bench import Bench
from tests.web.paper import PaperDesk

Open = Callable[..., str]
OpenBench = Callable[..., Bench]


@pytest.fixture
def desk() -> PaperDesk:
    return PaperDesk()


@pytest.fixture
def client(desk: PaperDesk) -> Iterator[TestClient]:
    with TestClient(site_at(desk), base_url="http://localhost", raise_server_exceptions=True) as made:
        yield made


@contextmanager
def served(desk: Desk, audits: AuditJobs | None = None, certificate: Path | None = None) -> Iterator[str]:
    """A console on a free loopback port, in a thread of this process, by TLS where there is a certificate; its address."""
    site = site_at(desk, audits=audits)
    server = uvicorn.Server(uvicorn.Config(site, host="127.0.0.1", port=0, log_level="critical", lifespan="off", ssl_certfile=certificate))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the console did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"https://localhost:{port}" if certificate else f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def open_console() -> Iterator[Open]:
    """`open_console(desk)` serves that desk until the test is done and gives its address."""
    with ExitStack() as stack:
        yield lambda desk: stack.enter_context(served(desk))


@pytest.fixture
def open_bench(tmp_path: Path) -> Iterator[OpenBench]:
    """Opens the console of a house whose audits are made in this process; it is closed when the test is done."""
    opened: list[Bench] = []

    def make(**how: Any) -> Bench:
        opened.append(Bench(tmp_path / "house", **how))
        return opened[-1]

    yield make
    for bench in opened:
        bench.audits.close()


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    return open_bench()
