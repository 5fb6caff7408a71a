"""The door of the console: answers only to names that are ours, and puts the same locks on everything that leaves.

A page elsewhere can point its own name at this machine (DNS rebinding) and read the console through the reader's browser;
so a request whose Host is not one of ours is refused before any page sees it. By the name that customers know (the setting `address`), only what is for
them is there: the console has no login of its own, and a list of paths in somebody's proxy must not be all that stands before it. A page elsewhere can
also send this machine a form; so what changes anything is a `Press`, which only a page of this console may press.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})

LOCKS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # nothing outwards; with “no-referrer” a browser would not tell us our own Origin
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LARGEST_NUMBER = 2**63 - 1
"""Above it, no database of ours holds a number."""
PUBLIC = ("/join", "/write", "/chat", "/chat.js", "/her", "/api/mail", "/healthz")
PUBLIC_BELOW = ("/her/", "/chat/", "/yes/", "/out/", "/go/", "/asked/", "/static/", "/images/", "/api/returns/")
KEEP_FOR_GOOD = "public, max-age=31536000, immutable"
PRIVATE = "private, no-store"  # pages hold names; the browser of a shared till must not keep them


class Gate:
    """The outermost layer of the site (ASGI)."""

    def __init__(self, app: ASGIApp, names: frozenset[str], public: str = "") -> None:
        self.app = app
        self.names = LOOPBACK | names
        self.public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_locked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, lock in LOCKS.items():
                    headers.setdefault(name, lock)
                headers.setdefault("Cache-Control", PRIVATE)
            await send(message)

        name = host_name(Headers(scope=scope).get("host", ""))
        if name in self.names or (name == self.public and is_public(scope["path"])):
            await self.app(scope, receive, send_locked)
        else:
            await PlainTextResponse("This name is not one of ours.\n", 421)(scope, receive, send_locked)


def is_public(path: str) -> bool:
    """Whether an address is for customers and strangers: by the name that they know, nothing else of this house is there."""
    return path in PUBLIC or path.startswith(PUBLIC_BELOW)


def are_numbers_of_ours(parts: Iterable[object]) -> bool:
    """Whether each number that an address names is one that a database of ours can hold."""
    return all(not isinstance(part, int) or part <= LARGEST_NUMBER for part in parts)


class Press(Route):
    """An address that changes something: by POST, and only from a page of this console."""

    def __init__(self, path: str, endpoint: Callable[..., Any]) -> None:
        super().__init__(path, endpoint, methods=["POST"])

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST" and not is_pressed_here(Headers(scope=scope)):
            await PlainTextResponse("This can only be pressed on a page of this console.\n", 403)(scope, receive, send)
        elif scope["method"] == "POST" and not are_numbers_of_ours(scope["path_params"].values()):
            await PlainTextResponse("There is no such page.\n", 404)(scope, receive, send)
        else:
            await super().handle(scope, receive, send)


def is_pressed_here(headers: Headers) -> bool:
    """Whether a request comes from a page of the same origin: the browser says so itself, or names an Origin that is our Host; silence is a no.

    Source: Fetch Metadata Request Headers (W3C), section 2.3; RFC 6454, section 7.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower():
        return False
    return site == "same-origin" if site is not None else origin is not None


def host_name(host: str) -> str:
    """The name in a Host header, without its port and in small letters; an IPv6 address keeps its brackets.

    Source: RFC 9110, section 7.2.
    """
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower().rstrip(".")
