"""The addresses at which sources tell what happened: Segment's own, so that a client needs only a new host. Open to every origin, locked by a write key.

Plain ASGI, without a framework in between: this is the one place where a thousand requests come in a second.
Source: Segment, "HTTP Tracking API"; RudderStack, "HTTP API" (the beacon's address).
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from habitue.app.collect.wire import BATCH, MOST_BATCH_BYTES, ONE, SHORT, WORDS, TooLarge, envelope, message_of, messages_of, unpacked
from habitue.app.pull.hooks import HOOKS, MOST_HOOK_BYTES, hooked, opened
from habitue.web.answering import JSON, Headers, answer, may_ask, open_to
from habitue.web.client_script import is_script, script
from habitue.web.client_settings import rudder_settings, segment_settings
from habitue.web.openapi import BEACON, DESCRIPTION, SOURCE, description
from habitue.words.errors import BadInput, Busy, HabitueError, Refused, Unknown

if TYPE_CHECKING:
    from habitue.app.collect.intake import Intake

PATIENCE_SECONDS = 15.0
"""How long a client may take to tell us what it has announced, and before that to announce it."""
DONE = b'{"success":true}'
WRITING_SECONDS = 30.0
"""How long it may take until the disk has a request: twice as long as anybody waits for whoever is writing, and some."""
RETRY = [(b"retry-after", b"2")]


class Slow(HabitueError):
    """A client that does not come to the end of its sentence."""


class WrongMethod(HabitueError):
    """An address of ours, asked in a way that it does not answer."""


STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (Slow, 408),
    (WrongMethod, 405),
    (TooLarge, 413),
    (BadInput, 400),
    (Refused, 401),
    (Unknown, 404),
    (Busy, 429),
)


class Collecting:
    """In front of the console: what is addressed to the intake goes there, everything else on."""

    def __init__(self, app: ASGIApp, intake: Intake) -> None:
        self.app, self.intake = app, intake

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_ours(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers: Headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"*")
        try:
            if scope["method"] == "OPTIONS":
                await answer(send, 204, b"", may_ask(headers, origin))
            elif is_asked(scope) and is_script(scope["path"]):
                told = script(scope["path"], headers, scope.get("scheme", "http"), self.intake.keys)
                await answer(send, told.status, told.body, told.headers)
            else:
                body = await self._taken(scope, headers, receive)
                await answer(send, 200, body, [JSON, *open_to(origin)])
        except Exception as wrong:  # noqa: BLE001 - an endpoint of the open net answers whatever comes with a sentence
            status = next((status for kind, status in STATUSES if isinstance(wrong, kind)), 503)
            sentence = str(wrong) if isinstance(wrong, HabitueError) else "It could not be written down; send it again."
            more = {405: [(b"allow", allowed(scope["path"]))], 429: RETRY, 503: RETRY}.get(status, [])
            await answer(send, status, msgspec.json.encode({"success": False, "error": sentence}), [JSON, *open_to(origin), *more])

    async def _taken(self, scope: Scope, headers: Headers, receive: Receive) -> bytes:
        """What is answered. Raises: an error of the family where nothing was taken."""
        path, query = scope["path"].rstrip("/"), parse_qs(scope["query_string"].decode("latin-1"))
        if path.startswith(HOOKS):
            return await self._hook(path, scope["method"], headers, receive)
        if (words := words_of(path)) is None:
            return self._asked(scope, path, query, headers)
        if scope["method"] != "POST":
            raise WrongMethod("Events are told by POST.")
        body = unpacked(await _in_time(_whole(receive)))
        key = self._key(headers, query, body)
        _look(words, body)
        await self._written_down(key, words, headers.get(b"sec-gpc", b"").strip() == b"1", body)
        return DONE

    async def _hook(self, path: str, method: str, headers: Headers, receive: Receive) -> bytes:
        """What is answered to a shop that tells something by itself. Raises: Unknown where no shop may, and as `opened`."""
        shop = hooked(self.intake.settings.data, path)
        if method != "POST":
            raise WrongMethod("A hook is told by POST.")
        body = await _in_time(_whole(receive, MOST_HOOK_BYTES))
        if hook := opened(shop, headers, body, self.intake.clock.instant()):
            if hook.words in (BATCH, ONE):
                _look(hook.words, hook.body)
            await self._written_down(shop.write_key, hook.words, False, hook.body)
        return DONE

    def _key(self, headers: Headers, query: Mapping[str, list[str]], body: bytes) -> str:
        """The key by which this request writes: in its head, its address or its body. Raises: Refused where it is none of ours."""
        basic = _basic(headers.get(b"authorization", b""))
        key = basic or query.get("writeKey", [""])[0] or envelope(body).write_key or ""
        if not key:
            raise Refused("No write key was told: by Basic authentication (the key as user), as writeKey in the body, or as ?writeKey=.")
        if key not in self.intake.keys:
            raise Refused("This write key is none of ours; `habitue source list` shows those that are.")
        return key

    async def _written_down(self, key: str, words: str, is_quiet: bool, body: bytes) -> None:
        """Waits until the disk has it. Raises: TimeoutError where that takes too long; sent again, it counts once all the same."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()

        def tell(wrong: Exception | None) -> None:
            with suppress(RuntimeError):  # the server has ended meanwhile; what was written stays written
                loop.call_soon_threadsafe(_settle, done, wrong)

        self.intake.put(key, words, is_quiet, body, tell)
        await asyncio.wait_for(done, WRITING_SECONDS)

    def _asked(self, scope: Scope, path: str, query: Mapping[str, list[str]], headers: Headers) -> bytes:
        """What a client asks for before it begins."""
        if not is_asked(scope):
            raise WrongMethod("This is asked for by GET; events are told by POST, to /v1/batch, /v1/track and the like.")
        if path == DESCRIPTION:
            return description()
        host = headers.get(b"host", b"").decode("latin-1")
        if path == SOURCE:
            key = _basic(headers.get(b"authorization", b"")) or query.get("writeKey", [""])[0]
            make = rudder_settings
        else:
            key = path.removeprefix("/v1/projects/").removesuffix("/settings")
            make = segment_settings
        if key not in self.intake.keys:
            raise Refused("This write key is none of ours; `habitue source list` shows those that are.")
        return msgspec.json.encode(make(key, host, scope.get("scheme", "http")))


def is_ours(path: str) -> bool:
    """Whether an address is one of the intake's."""
    if is_script(path):
        return True
    path = path.rstrip("/")
    is_settings = path in (SOURCE, DESCRIPTION) or (path.startswith("/v1/projects/") and path.endswith("/settings"))
    return is_settings or path.startswith(HOOKS) or words_of(path) is not None


def is_asked(scope: Scope) -> bool:
    """Whether something is asked for, and not told."""
    return scope["method"] in ("GET", "HEAD")


def allowed(path: str) -> bytes:
    """How an address may be asked."""
    return b"POST, OPTIONS" if words_of(path) or path.startswith(HOOKS) else b"GET, HEAD, OPTIONS"


def words_of(path: str) -> str | None:
    """Which kind of request is addressed so."""
    if path.rstrip("/") == BEACON:
        return BATCH
    version, last = path.rstrip("/").rpartition("/")[::2]
    if version != "/v1":
        return None
    return SHORT.get(last) or (last if last in WORDS else None)


def _look(words: str, body: bytes) -> None:
    """Looks at what came before it is taken: a single event must be right, of a batch at least one; the others become dead letters.

    Raises: BadInput with the first mistake.
    """
    told = messages_of(words, body)
    first: BadInput | None = None
    for one in told:
        try:
            message_of(words, one.raw)
            return
        except BadInput as wrong:
            first = first or wrong
    if first:
        raise first


async def _whole(receive: Receive, most: int = MOST_BATCH_BYTES) -> bytes:
    """A request's body. Raises: TooLarge as soon as it is."""
    parts, length = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Slow("The connection ended before the request did.")
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > most:
            raise TooLarge(f"A request may hold {most // 1024} KB; send fewer events at a time.")
        if not message.get("more_body"):
            return b"".join(parts)


async def _in_time(telling: Awaitable[bytes]) -> bytes:
    """Waits so long and no longer. Raises: Slow."""
    try:
        return await asyncio.wait_for(telling, PATIENCE_SECONDS)
    except TimeoutError as wrong:
        raise Slow(f"The request was not told to its end within {PATIENCE_SECONDS:g} seconds.") from wrong


def _basic(header: bytes) -> str:
    """The user of Basic authentication; empty where there is none. Source: RFC 7617."""
    scheme, _, told = header.partition(b" ")
    if scheme.lower() != b"basic":
        return ""
    try:
        return base64.b64decode(told, validate=False).decode("utf-8").partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _settle(done: asyncio.Future[None], wrong: Exception | None) -> None:
    if done.done():
        return
    if wrong is None:
        done.set_result(None)
    else:
        done.set_exception(wrong)
