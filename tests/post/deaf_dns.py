"""A DNS server that fails exactly as a test says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode


@contextmanager
def deaf_dns(how: str) -> Iterator[str]:
    """It is `silent`, answers `servfail`, `refused` or `rubbish`, or says that its answer is `truncated` and has no other. Gives its address and port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        line.settimeout(0.05)
        ended = threading.Event()

        def answer() -> None:
            while not ended.is_set():
                try:
                    asked, who = line.recvfrom(4096)
                except TimeoutError:
                    continue
                if how != "silent":
                    line.sendto(_answer(how, asked), who)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{line.getsockname()[1]}"
        finally:
            ended.set()
            thread.join(10)


def _answer(how: str, asked: bytes) -> bytes:
    if how == "rubbish":
        return asked[:2] + b"\xff" * 40
    said = dns.message.make_response(dns.message.from_wire(asked))
    said.set_rcode({"servfail": dns.rcode.SERVFAIL, "refused": dns.rcode.REFUSED}.get(how, dns.rcode.NOERROR))
    said.flags |= dns.flags.TC if how == "truncated" else 0
    return said.to_wire()
