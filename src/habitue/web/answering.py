"""How the intake answers: to every origin, as JSON, and a browser's question whether it may ask."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import Send

REMEMBERED_SECONDS = 86_400
Headers = Mapping[bytes, bytes]
Lines = list[tuple[bytes, bytes]]
JSON = (b"content-type", b"application/json")


def open_to(origin: bytes) -> Lines:
    """Whoever asks may read the answer; nobody keeps it."""
    return [(b"access-control-allow-origin", origin), (b"vary", b"Origin"), (b"cache-control", b"no-store")]


def may_ask(headers: Headers, origin: bytes) -> Lines:
    """The answer to a browser's question whether it may ask. Source: Fetch standard, "CORS preflight"."""
    asked = headers.get(b"access-control-request-headers", b"authorization, content-type")
    return [
        *open_to(origin),
        (b"access-control-allow-methods", b"GET, POST, OPTIONS"),
        (b"access-control-allow-headers", asked),
        (b"access-control-max-age", str(REMEMBERED_SECONDS).encode()),
    ]


async def answer(send: Send, status: int, body: bytes, headers: Lines) -> None:
    """One whole answer."""
    length = [(b"content-length", str(len(body)).encode())] if status not in (204, 304) else []
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length, (b"x-content-type-options", b"nosniff")]})
    await send({"type": "http.response.body", "body": body})
