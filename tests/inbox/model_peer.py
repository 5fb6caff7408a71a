"""A model's server on loopback, of the shape that OpenAI made usual: it answers what it is told to, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def says(*items: dict[str, Any], **more: object) -> bytes:
    """A whole answer in which the model lists these."""
    return content(json.dumps({"items": list(items), **more}))


def content(text: object, **more: object) -> bytes:
    """A whole answer with that text as what the model says."""
    return json.dumps({"id": "c", "choices": [{"index": 0, "message": {"role": "assistant", "content": text, **more}}], "usage": {}}).encode()


class ModelPeer:
    """`answer` is sent with `status`; `hangs` keeps it back until the end, `drips` sends a letter at a time for ever; `meanwhile` is done before it."""

    def __init__(self) -> None:
        self.answer, self.status, self.hangs, self.drips = says(), 200, False, False
        self.meanwhile: Callable[[], object] = lambda: None
        self.asked: list[dict[str, Any]] = []
        self.over = threading.Event()
        peer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                peer.asked.append({"path": self.path, "key": self.headers.get("authorization", ""), **json.loads(body)})
                peer.meanwhile()
                if peer.hangs:
                    peer.over.wait(20)
                self.send_response(peer.status)
                if peer.status == 302:
                    self.send_header("location", f"{peer.url}/elsewhere")
                self.end_headers()
                try:
                    while peer.drips and not peer.over.wait(0.05):
                        self.wfile.write(b" ")
                    self.wfile.write(peer.answer)
                except OSError:
                    return

            def log_message(self, *_args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"


@contextmanager
def model_peer() -> Iterator[ModelPeer]:
    """While this lasts, it listens."""
    peer = ModelPeer()
    thread = threading.Thread(target=peer.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        peer.over.set()
        peer.server.shutdown()
        peer.server.server_close()
        thread.join(5)
