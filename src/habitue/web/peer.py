"""Who is at the other end of the line: the socket's peer, whatever a header says; and, where that is a web server of the house, whom it passes on."""

from __future__ import annotations

from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

PEER = "peer"
MAPPED = "::ffff:"
"""Before an IPv4 address that came in by a socket of IPv6. Source: RFC 4291, 2.5.5.2."""


class AtTheSocket:
    """Keeps the socket's peer beside the visitor that a web server of the house names (ASGI); `proxies` are the addresses of those, with commas between.

    Source: X-Forwarded-For is read from its end, as far as it was written by them.
    """

    def __init__(self, app: ASGIApp, proxies: str) -> None:
        inside: Any = app  # uvicorn spells the same types otherwise
        self.inner: Any = ProxyHeadersMiddleware(inside, proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            host = scope[PEER] = _host(scope).removeprefix(MAPPED)
            if host:
                scope["client"] = (host, scope["client"][1])
        await self.inner(scope, receive, send)


def peer_of(scope: Scope) -> str:
    """The address from which the request really came to us; nothing where it came through no network."""
    return str(scope[PEER]) if PEER in scope else _host(scope)


def _host(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""
