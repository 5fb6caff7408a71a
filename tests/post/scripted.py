"""A mail server that does exactly what a test wrote down: at which step of which letter over which line it says something else, hangs, or hangs up."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

SLOW_SECONDS = {"slow": 0.3, "late": 0.7}
SAYS = {"EHLO": "250 peer", "DATA": "354 go on", ".": "250 2.0.0 Ok: queued as Q9", "QUIT": "221 2.0.0 Bye"}
Script = Mapping[tuple[int, int, str], str]
"""By line, letter (both from 1) and step; `.` is the end of the text. An answer, or `hang up`, `silence`, `slow`, `late`."""


@dataclass
class Scripted:
    """What it is to do, and what it got: how many lines, each step, and each text."""

    script: Script
    port: int = 0
    lines: int = 0
    steps: list[str] = field(default_factory=list)
    got: list[bytes] = field(default_factory=list)

    def serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                self.lines += 1
                with line, suppress(OSError):
                    self._talk(line, self.lines)

    def _talk(self, line: socket.socket, number: int) -> None:
        line.sendall(b"220 peer ready\r\n")
        letter = 1
        with line.makefile("rb") as told:
            for each in told:
                step = each.split(None, 1)[0].decode().upper()
                letter += step == "RSET"
                if not self._answer(line, number, letter, step):
                    return
                if step == "DATA" and (number, letter, "DATA") not in self.script:
                    self.got.append(b"".join(iter(told.readline, b".\r\n")))
                    if not self._answer(line, number, letter, "."):
                        return

    def _answer(self, line: socket.socket, number: int, letter: int, step: str) -> bool:
        """Whether the line goes on."""
        self.steps.append(step)
        told = self.script.get((number, letter, step), "")
        if told == "silence":
            line.recv(1)
        if told in ("hang up", "silence"):
            return False
        time.sleep(SLOW_SECONDS.get(told, 0))
        line.sendall(f"{told if told[:1].isdigit() else SAYS.get(step, '250 2.0.0 Ok')}\r\n".encode())
        return step != "QUIT" and not told.startswith("421")


@contextmanager
def scripted(script: Script) -> Iterator[Scripted]:
    """The server, listening until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Scripted(script, listening.getsockname()[1])
        threading.Thread(target=server.serve, args=(listening,), daemon=True).start()
        yield server
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
