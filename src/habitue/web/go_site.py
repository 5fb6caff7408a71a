"""Where the links of our letters lead: on, to the address that we stored and to no other. That she came is noted where it was she: machines follow links, too.

Noted is what a browser says that somebody goes to (Fetch Metadata), and not ahead of him; a minute after the letter left or later; and one link of it, not
several within seconds. What is in doubt is not noted. Source: Fetch Metadata Request Headers (W3C), sections 2.1 to 2.3; Global Privacy Control, section 4.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from habitue.app.post.clicks import note_click
from habitue.channels.email.tokens import clicked_letter
from habitue.channels.links import target_of
from habitue.web.desk import HouseDesk
from habitue.web.her_answers import her_visit
from habitue.web.problems import problem
from habitue.web.rendering import Page, render

HOLD_SECONDS = 10.0
AHEAD = ("purpose", "sec-purpose", "x-purpose", "x-moz")
MACHINES = re.compile(r"bot\b|crawl|spider|scan|preview|headless|fetch|monitor|proofpoint|mimecast|barracuda", re.IGNORECASE)
OF_IT = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


NOT_WHOLE = _("This link is not whole. Take it whole from our letter.")


@dataclass
class Follower:
    """Which links of a letter are followed within a pause: several of them at once are followed by a machine."""

    pause: Callable[[], Awaitable[object]]
    now: dict[int, set[str]] = field(default_factory=dict)

    async def is_one(self, letter: int, link: str) -> bool:
        """Whether this link is the only one of its letter until the pause is over; of the same link twice, the first alone."""
        if letter in self.now:
            self.now[letter].add(link)
            return False
        self.now[letter] = {link}
        try:
            await self.pause()
        finally:
            links = self.now.pop(letter)
        return len(links) == 1


def go_routes(desk: HouseDesk) -> list[BaseRoute]:
    """The address of every link. Looking without going (HEAD) leads on, too, and notes nothing."""
    house, follower = desk.house, Follower(lambda: asyncio.sleep(HOLD_SECONDS))

    async def note(link: str, mark: str) -> None:
        if await follower.is_one(clicked_letter(house.key, mark), link):
            await run_in_threadpool(note_click, house, mark)

    async def go(request: Request) -> Response:
        try:
            link, mark = request.path_params["link"], request.path_params["mark"]
            target = await run_in_threadpool(target_of, house.truth, link)
            if not target:
                return _not_whole(request, desk)
            is_noted = clicked_letter(house.key, mark) and is_by_hand(request.method, request.headers)
            return Response(None, 302, OF_IT | {"Location": target}, background=BackgroundTask(note, link, mark) if is_noted else None)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return [Route("/go/{link}/{mark}", go, methods=["GET"])]


def is_by_hand(method: str, headers: Headers) -> bool:
    """Whether a browser says that somebody goes there, now, and does not ask not to be followed."""
    goes = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")
    is_quiet = any(name in headers for name in AHEAD) or headers.get("sec-gpc") == "1"
    return method == "GET" and goes and not is_quiet and not MACHINES.search(headers.get("user-agent", "bot"))


def _not_whole(request: Request, desk: HouseDesk) -> Response:
    visit = replace(her_visit(request, desk.settings, desk.today()), path="")
    answer = render(Page("door_problem.html", {"brand": desk.settings.brand, "sentence": NOT_WHOLE}, 404), visit, desk.settings)
    answer.headers.update(OF_IT)
    return answer
