"""A house that serves in a process of its own, and clients that tell it things over loopback as fast as it takes them: for benchmarks and for kills."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from habitue.content.laying_out import lay_out_first_book
from habitue.events.arrivals import WriteKey, add_write_key
from habitue.store import Settings, open_truth, save_settings
from habitue.words.errors import HabitueError

KEY = "bench"
ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0
EVENTS_A_BATCH = 50
CLIENTS = 4
CUSTOMERS = 20_000
PRODUCTS = 2_000


@dataclass
class Told:
    """What clients told: ids that were acknowledged, seconds that each batch took, and how many batches got no answer."""

    acknowledged: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    unanswered: int = 0


def lay_out(settings: Settings) -> None:
    """An empty house with a first book and one key that may write."""
    save_settings(settings)
    lay_out_first_book(settings.book_folder)
    with closing(open_truth(settings)) as truth, truth.transaction():
        add_write_key(truth, WriteKey(KEY, "bench", "", is_server=True))


@contextmanager
def serving(settings: Settings, module: tuple[str, ...] = ("habitue", "serve")) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`habitue serve` (or the intake alone) on a free port, once it listens; it is killed at the end."""
    port = _free_port()
    command = [sys.executable, "-m", *module, "--data", str(settings.data.absolute()), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HABITUE_")}
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        _wait_for(port, process)
        yield process, port
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def tell(port: int, seconds: float, clients: int = CLIENTS, first: int = 0) -> Told:
    """So many clients tell batches of 50 for so long, each waiting for its answer; ends early where the house does."""
    told = Told()
    until, turn = time.monotonic() + seconds, threading.Lock()

    def work(client: int) -> None:
        number = first
        try:
            with _line(port) as line:
                while time.monotonic() < until:
                    ids = [f"{client}-{number + place}" for place in range(EVENTS_A_BATCH)]
                    began = time.perf_counter()
                    is_taken = _ask(line, _request(ids))
                    took = time.perf_counter() - began
                    with turn:
                        if is_taken:
                            told.acknowledged += ids
                            told.seconds.append(took)
                    number += EVENTS_A_BATCH
        except OSError:
            with turn:
                told.unanswered += 1

    threads = [threading.Thread(target=work, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _request(ids: list[str]) -> bytes:
    batch = ",".join(_event(name) for name in ids)
    body = f'{{"batch":[{batch}],"sentAt":"2026-11-21T10:00:00Z","writeKey":"{KEY}"}}'.encode()
    return f"POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _event(name: str) -> str:
    """An event as analytics-python sends it: one order in ten, else a product looked at."""
    number = int(name.rpartition("-")[2])
    head = f'"messageId":"{name}","userId":"c{number * 7919 % CUSTOMERS}","anonymousId":null,"timestamp":"2026-11-21T09:59:59Z","integrations":{{}}'
    context = '"context":{"library":{"name":"analytics-python","version":"2.4.0"},"ip":"127.0.0.1","locale":"fr-FR"}'
    product = f'{{"product_id":"p{number * 31 % PRODUCTS}","sku":"S{number * 31 % PRODUCTS}","quantity":1,"price":4.9,"name":"Bar de ligne","currency":"EUR"}}'
    if number % 10:
        return f'{{"type":"track","event":"Product Viewed","properties":{product},{context},{head}}}'
    return f'{{"type":"track","event":"Order Completed","properties":{{"order_id":"o{name}","total":4.9,"products":[{product}]}},{context},{head}}}'


def _ask(line: socket.socket, request: bytes) -> bool:
    """Whether a request was answered with 200. Raises: OSError where the line goes dead."""
    line.sendall(request)
    told = b""
    while b"\r\n\r\n" not in told:
        told += _part(line)
    head, _, body = told.partition(b"\r\n\r\n")
    length = next(int(row.partition(b":")[2]) for row in head.lower().split(b"\r\n") if row.startswith(b"content-length"))
    while len(body) < length:
        body += _part(line)
    return head.startswith(b"HTTP/1.1 200")


def _part(line: socket.socket) -> bytes:
    """What has come. Raises: ConnectionResetError where nothing comes any more."""
    part = line.recv(65536)
    if not part:
        raise ConnectionResetError("the house is gone")
    return part


def _line(port: int) -> socket.socket:
    line = socket.socket()
    try:
        line.settimeout(PATIENCE_SECONDS)
        line.connect(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        line.close()
        raise
    return line


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with _line(port):
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.02)
    raise HabitueError("The house did not begin to serve.")
