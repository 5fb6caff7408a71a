"""The addresses at which another system passes requests of the law on (OpenDSR): locked by the write key of a server, and signed.

They exist only where the setting `opendsr_domain` says under which name the world reaches them.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from typing import TYPE_CHECKING

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from habitue.app.law.opendsr import Told, cancelled, discovery, passed_on, status_of
from habitue.app.law.opendsr_signing import Signer
from habitue.events.arrivals import WriteKey, write_keys
from habitue.words.errors import BadInput, Busy, HabitueError, Refused, Unknown

if TYPE_CHECKING:
    from habitue.app import House

MOST_BYTES = 65_536
PATIENCE_SECONDS = 15.0
DISCOVERY, CERTIFICATE, REQUESTS = "/v1/discovery", "/v1/certificate", "/v1/requests"
NO_KEY = "Say the write key of a server (`habitue source add NAME --server`), as a Bearer token or as the user of Basic authentication."


class WrongKey(Refused):
    """No key, one that is none of ours, or one that a browser has."""


class OpenDsr:
    """In front of the console: what is addressed to OpenDSR is answered here, everything else goes on (ASGI)."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        """Raises: as `Signer`."""
        self.app, self.house = app, house
        self.signer = Signer(house.settings.data, house.settings.opendsr_domain, house.clock.instant())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_ours(scope["path"]):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        if scope["path"] == CERTIFICATE and scope["method"] == "GET":
            await Response(self.signer.certificate, media_type="application/x-pem-file")(scope, receive, send)
            return
        try:
            body = await asyncio.wait_for(_whole(request), PATIENCE_SECONDS)
            told = await run_in_threadpool(self._told, scope["method"], scope["path"], request.headers.get("authorization", ""), body)
        except Exception as wrong:  # noqa: BLE001 - an endpoint of the open net answers whatever comes with a sentence
            told = _no(wrong)
        written = msgspec.json.encode(told.document)
        headers = {**self.signer.headers(written), "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        await Response(written, told.status, headers, "application/json")(scope, receive, send)

    def _told(self, method: str, path: str, authorization: str, body: bytes) -> Told:
        if (method, path) == ("GET", DISCOVERY):
            return discovery(self.signer.domain)
        source, outside_id = self._source(authorization), path.removeprefix(REQUESTS).strip("/")
        if method == "POST" and not outside_id:
            return passed_on(self.house, source, body)
        if method == "GET" and outside_id:
            return status_of(self.house, source, outside_id)
        if method == "DELETE" and outside_id:
            return cancelled(self.house, source, outside_id)
        raise BadInput("Requests are passed on by POST, asked for by GET, and cancelled by DELETE.")

    def _source(self, authorization: str) -> WriteKey:
        """The server that asks. Raises: WrongKey."""
        found = write_keys(self.house.truth).get(key_in(authorization))
        if found is None or not found.is_server:
            raise WrongKey(NO_KEY)
        return found


def is_ours(path: str) -> bool:
    """Whether an address is one of OpenDSR's."""
    return path in (DISCOVERY, CERTIFICATE, REQUESTS) or path.startswith(REQUESTS + "/")


def key_in(authorization: str) -> str:
    """A Bearer token, or the user of Basic authentication; empty where there is neither. Source: RFC 6750, section 2.1; RFC 7617."""
    scheme, _, told = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return told.strip()
    try:
        return base64.b64decode(told).decode("utf-8").partition(":")[0] if scheme.lower() == "basic" else ""
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


async def _whole(request: Request) -> bytes:
    """A request's body. Raises: BadInput as soon as it is too large."""
    told = bytearray()
    async for part in request.stream():
        told += part
        if len(told) > MOST_BYTES:
            raise BadInput(f"A request may hold {MOST_BYTES // 1024} KB.")
    return bytes(told)


def _no(wrong: Exception) -> Told:
    """The error as the specification tells it. Source: section 7.6."""
    kinds = ((WrongKey, 401), (BadInput, 400), (Refused, 400), (Unknown, 404), (Busy, 503), (TimeoutError, 408), (ClientDisconnect, 400))
    status = next((status for kind, status in kinds if isinstance(wrong, kind)), 500)
    sentence = str(wrong) if isinstance(wrong, HabitueError) else "It could not be answered; ask again later."
    return Told(status, {"error": {"code": status, "message": sentence}})
