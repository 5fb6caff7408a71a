"""The chat on the brand's own pages: its script, the address that takes a message, and the stream by which the browser hears our answer (server-sent events).

Source: HTML Living Standard, section 9.2 (server-sent events).
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime
from importlib.resources import files

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from habitue.app.inbox.chatting import SECRET, Line
from habitue.app.inbox.writing_in import Writing
from habitue.web.desk import Desk
from habitue.web.door_pages import BAIT, network_of
from habitue.web.forms import small_form
from habitue.web.her_answers import OURS, her_visit
from habitue.web.problems import status_of
from habitue.web.visit import Visit
from habitue.web.writing_pages import MOST_BYTES, TOO_LONG, WRONG
from habitue.words.clock import local_day_and_hour, zone
from habitue.words.errors import Busy, HabitueError

OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
"""No cookie and no secret but the one in the address is asked for, so any page may."""
STREAM = {**OPEN, "X-Accel-Buffering": "no"}
SCRIPT = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=3600"}
STREAM_SECONDS, LOOK_SECONDS, REST_MILLISECONDS = 20.0, 1.0, 2_000
"""How long one stream lasts before the browser comes back by itself, how often we look, and how long it rests between: whoever is gone is soon noticed."""
MOST_STREAMS, MOST_BY_CLIENT = 200, 6


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


WHEN = _("It has come. A person of the shop answers by %(when)s: here, while you stay, and by e-mail.")
WHEN_LATER = _("It has come. A person of the shop answers by %(day)s, %(hour)s: here, while you stay, and by e-mail.")


class Streams:
    """Who listens just now, from where; until the server stops."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._is_over = False

    def may_begin(self, client: str) -> bool:
        return not self._is_over and self._open.total() < MOST_STREAMS and self._open[client] < MOST_BY_CLIENT

    def end(self) -> None:
        """The server stops: each ends within a look, and none begins."""
        self._is_over = True

    async def stream(self, desk: Desk, client: str, secret: str, place: str) -> AsyncIterator[str]:
        """What is said from a place on, as it is said; a line of nothing in between, so that whoever is gone is noticed."""
        self._open[client] += 1
        try:
            yield f"retry: {REST_MILLISECONDS}\n\n"
            ends = asyncio.get_running_loop().time() + STREAM_SECONDS
            while asyncio.get_running_loop().time() < ends and not self._is_over:
                for line in await run_in_threadpool(desk.door.chat_lines, secret, place):
                    place = line.place
                    yield _event(line)
                yield ":\n\n"
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self._open[client] -= 1
            if not self._open[client]:
                del self._open[client]


def chat_routes(desk: Desk, streams: Streams) -> list[BaseRoute]:
    """The addresses of the chat, for every origin."""

    def script(_request: Request) -> Response:
        body = files("habitue.web").joinpath("static/chat.js").read_bytes()
        return Response(body, media_type="text/javascript", headers=SCRIPT)

    async def say(request: Request) -> Response:
        visit = her_visit(request, desk.settings, desk.today())
        try:
            form = await small_form(request, MOST_BYTES, TOO_LONG)
            address, words, name = (form.get(field, "") for field in ("email", "words", "name"))
            secret = ""
            if not form.get(BAIT):
                writing = Writing(address, words, name, network_of(request), visit.language)
                secret = await run_in_threadpool(desk.door.chat, writing, form.get("chat", ""))
            return _json({"chat": secret, "said": _when(visit, desk)})
        except Exception as wrong:  # noqa: BLE001 - no stranger may read a traceback
            sentence = WRONG.get(str(wrong), str(wrong)) if isinstance(wrong, HabitueError) else OURS
            return _json({"error": visit.tongue.say(sentence)}, 429 if isinstance(wrong, Busy) else status_of(wrong))

    async def hear(request: Request) -> Response:
        secret, client = request.path_params["secret"], network_of(request)
        if not SECRET.fullmatch(secret):
            return _json({"error": "nothing"}, 404)
        if not streams.may_begin(client):
            return Response(status_code=204, headers=OPEN)  # the browser does not come back by itself: the answer comes by e-mail
        place = request.headers.get("last-event-id", "")
        return StreamingResponse(streams.stream(desk, client, secret, place), headers=STREAM, media_type="text/event-stream")

    return [
        Route("/chat.js", script, methods=["GET"]),
        Route("/chat", say, methods=["POST"]),
        Route("/chat/{secret}", hear, methods=["GET"]),
    ]


def _event(line: Line) -> str:
    told = json.dumps({"hers": line.is_hers, "words": line.words, "who": line.who})
    return f"id: {line.place}\ndata: {told}\n\n"


def _when(visit: Visit, desk: Desk) -> str:
    at = desk.door.answered_by()
    day, local = local_day_and_hour(at, desk.settings.zone)[0], datetime.fromtimestamp(at, zone(desk.settings.zone))
    hour = visit.tongue.hour(f"{local:%H:%M}")
    return visit.tongue.say(WHEN, when=hour) if day == visit.today else visit.tongue.say(WHEN_LATER, day=visit.tongue.date(day), hour=hour)


def _json(told: dict[str, str], status: int = 200) -> Response:
    return Response(json.dumps(told), status, OPEN, "application/json")
