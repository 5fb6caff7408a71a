"""A mail server that fails us in ways of the line, not of SMTP: whatever happens once it had the text is in doubt, and never taken for a no."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pytest

from habitue.app.post.relaying import BROKE_OFF, Relay, deliver
from habitue.channels.letters import Outcome, State
from tests.post.conftest import OpenPost, post_room
from tests.post.test_post_room import MAIL, MINUTE, after, asks, attempts, states

SECONDS = 0.5
Manner = Callable[[socket.socket], None]


@dataclass
class Line:
    """A server that speaks as far as a step and then does something else. `at` is the first word of the step; `.` is the end of the text."""

    at: str
    manner: Manner
    port: int = 0
    got: list[bytes] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                with line, suppress(OSError):
                    self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        if self.at == "":
            self.manner(line)
            return
        line.sendall(b"220 peer ready\r\n")
        with line.makefile("rb") as told:
            for each in told:
                step = each.split(None, 1)[0].decode().upper() if each.strip() else ""
                if step == "DATA" and self.at != "DATA":
                    line.sendall(b"354 go on\r\n")
                    self.got.append(b"".join(iter(told.readline, b".\r\n")))
                    step = "."
                if step.startswith(self.at):
                    self.manner(line)
                    return
                line.sendall(b"250 2.0.0 Ok\r\n")


def resets(line: socket.socket) -> None:
    """Closes with a reset: whoever reads gets no end of file, but an error."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def is_silent(line: socket.socket) -> None:
    """Says nothing until the other hangs up."""
    with suppress(OSError):
        line.recv(1)


def says(words: bytes) -> Manner:
    return lambda line: line.sendall(words)


@contextmanager
def listening(at: str, manner: Manner) -> Iterator[Line]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = Line(at, manner, server.getsockname()[1])
        thread = threading.Thread(target=line.serve, args=(server,), daemon=True)
        thread.start()
        yield line
        server.shutdown(socket.SHUT_RDWR)


MANNERS = {
    "a reset": resets,
    "a silence": is_silent,
    "an end": lambda line: line.close(),
    "rubbish": says(b"\xff\xfe\x00 what?\r\n"),
    "half an answer": says(b"25"),
    "a line without an end": says(b"250 " + b"x" * 100_000 + b"\r\n"),
    "go on again": says(b"354 go on\r\n"),
}


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habitue.app.post.relaying.TALK_SECONDS", SECONDS)


@pytest.mark.parametrize("manner", MANNERS)
def test_once_it_had_the_text_whatever_it_does_is_in_doubt(manner: str) -> None:
    with listening(".", MANNERS[manner]) as line:
        assert deliver(MAIL, Relay("127.0.0.1", line.port, must_secure=False)) == Outcome(State.IN_DOUBT, BROKE_OFF)
        assert line.got == [MAIL.raw.replace(b"\r\n.", b"\r\n..")]


@pytest.mark.parametrize("at", ["", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("manner", [name for name in MANNERS if name != "go on again"])
def test_before_it_had_the_text_the_letter_waits(manner: str, at: str) -> None:
    with listening(at, MANNERS[manner]) as line:
        assert deliver(MAIL, Relay("127.0.0.1", line.port, must_secure=False)).state == State.WAITING
        assert line.got == []


def test_a_letter_in_doubt_after_a_reset_goes_again_and_the_one_after_it_is_not_kept_waiting(open_post: OpenPost) -> None:
    with listening(".", resets) as line:
        house = open_post(line.port)
        asks(house)
        asks(house, "karim@example.org", "203.0.113.8")
        post_room(house).send_some()
        assert (states(house), len(line.got)) == ([State.IN_DOUBT] * 2, 2)
        line.manner = says(b"250 2.0.0 queued as Q9\r\n")
        after(house, MINUTE).send_some()
        assert states(house) == [State.SENT] * 2
        assert sorted(attempts(house)) == [("in_doubt", BROKE_OFF)] * 2 + [("sent", "250 2.0.0 queued as Q9")] * 2
