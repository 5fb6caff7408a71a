"""The way out of a message: a mail program's one press, and for a person a page with a button. Looking changes nothing: scanners follow every link.

Neither says whether it knows the secret: a right one, a wrong one and one that was used before get the same answer. What cannot be one, as a link that was
cut short, is told so: whoever pressed must not believe that it is done.
Source: RFC 8058, sections 3.1 and 3.2.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import replace
from enum import IntEnum
from typing import TypeVar
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from habitue.app.leave_words import BY
from habitue.app.leaving import WRITTEN
from habitue.app.post.ways_out import WayOut, is_whole
from habitue.consent.model import MARKETING
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM
from habitue.web.her_answers import her_visit
from habitue.web.problems import problem
from habitue.web.rendering import Page, render
from habitue.words.errors import Busy
from habitue.words.vocabulary import Channel, Purpose

Named = TypeVar("Named", bound=IntEnum)
MOST_BYTES = 16_384
PATIENCE_SECONDS, PAUSE_SECONDS, AGAIN_AFTER_SECONDS = 60.0, 1.0, 300
"""How long a press waits for whoever is writing, and when it may come again."""
PRESSED = re.compile(
    rb"(^|&)List-Unsubscribe=One-Click(&|\s*$)"
    rb"|name=\"?List-Unsubscribe\"?[ \t]*(?:;[^\r\n]{0,200})?(?:\r?\n[^\r\n]{1,200}){0,8}\r?\n\r?\nOne-Click\s"
)
"""As a form, or as one in parts, each of which may have further head lines: a mail program may send either. Source: RFC 8058, section 3.2."""
OF_IT = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


NOT_WHOLE = _("This link is not whole, so nothing is done yet. Take it whole from our message, answer it with STOP, or tell us in the shop.")
NOT_NOW = _("It is not done yet: something long is being written just now. Try again in a few minutes, answer our message with STOP, or tell us in the shop.")


def out_routes(desk: Desk) -> list[BaseRoute]:
    """The page of a way out, and its press; neither needs a cookie, a login or a page of this console."""

    def look(request: Request) -> Response:
        try:
            return _page(request, desk, is_done=False) if is_whole(request.path_params["secret"]) else _problem(request, desk, NOT_WHOLE, 404)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    async def press(request: Request) -> Response:
        try:
            body = await _body(request)
            return await _waited_for(request, desk, body)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return [Route("/out/{secret}", look, methods=["GET"]), Route("/out/{secret}", press, methods=["POST"])]


async def _waited_for(request: Request, desk: Desk, body: bytes) -> Response:
    """A press is tried again while somebody else writes: a mail program may press but once.

    Each try has the truth's turn in this process for as long as the truth itself waits (10 s): other pages wait with it, and have theirs between two tries.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return await run_in_threadpool(_pressed, request, desk, body)
        except Busy:
            if time.monotonic() > until:
                break
        await asyncio.sleep(PAUSE_SECONDS)
    answer = _problem(request, desk, NOT_NOW, 503)
    answer.headers["Retry-After"] = str(AGAIN_AFTER_SECONDS)
    return answer


def _pressed(request: Request, desk: Desk, body: bytes) -> Response:
    """Done; to a mail program one line is enough. What is neither its press nor a choice of the page is told so, with the page."""
    secret, purpose, channel = request.path_params["secret"], *_message(request)
    if not is_whole(secret):
        return _problem(request, desk, NOT_WHOLE, 404)
    if len(body) > MOST_BYTES:
        return _page(request, desk, is_done=False, status=413)
    if PRESSED.search(body):
        desk.step_out(secret, WayOut((), (channel,)))
        return PlainTextResponse("OK\n", headers=OF_IT)
    chosen = _chosen(body)
    ways = {"all": WayOut(), "way": WayOut((), (channel,)), "kind": WayOut((purpose,)) if purpose else None}
    if way_out := ways.get(chosen):
        desk.step_out(secret, way_out)
    return _page(request, desk, is_done=way_out is not None, status=200 if way_out else 400)


def _page(request: Request, desk: Desk, is_done: bool, status: int = 200) -> Response:
    visit = her_visit(request, desk.settings, desk.today())
    purpose, channel = _message(request)
    asked = {name: request.query_params[name] for name in ("for", "by") if name in request.query_params}
    values = {
        "brand": desk.settings.brand,
        "kind": desk.notices().title(purpose, visit.language) if purpose else "",
        "way": BY[channel][visit.language == "fr"],
        "is_done": is_done,
        "problem": visit.tongue.say(NOT_A_FORM) if status != 200 else "",
    }
    answer = render(Page("out.html", values, status), replace(visit, path="", query=asked), desk.settings)
    answer.headers.update(OF_IT)
    return answer


def _problem(request: Request, desk: Desk, sentence: str, status: int) -> Response:
    visit = replace(her_visit(request, desk.settings, desk.today()), path="")
    answer = render(Page("door_problem.html", {"brand": desk.settings.brand, "sentence": sentence}, status), visit, desk.settings)
    answer.headers.update(OF_IT)
    return answer


def _message(request: Request) -> tuple[Purpose | None, Channel]:
    """What the message was for, if its link says so, and by which way it came: by e-mail, unless it says otherwise."""
    purpose, channel = _named(Purpose, request.query_params.get("for", "")), _named(Channel, request.query_params.get("by", ""))
    return purpose if purpose in MARKETING else None, channel if channel in WRITTEN else Channel.EMAIL


def _named(kind: type[Named], name: str) -> Named | None:
    return kind.__members__.get(name.upper())


def _chosen(body: bytes) -> str:
    try:
        return parse_qs(body.decode(), max_num_fields=20).get("what", [""])[-1]
    except ValueError:
        return ""


async def _body(request: Request) -> bytes:
    """What was sent; of what is longer than any form of ours, only so much that it shows."""
    told = bytearray()
    async for part in request.stream():
        told += part
        if len(told) > MOST_BYTES:
            break
    return bytes(told)
