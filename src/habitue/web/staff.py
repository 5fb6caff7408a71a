"""Who sits at the console: told by the brand's own login in front of it, else chosen at this desk, else nobody knows.

There is no login of ours yet, so this is what people say of themselves unless the brand's proxy says it for them; docs/requests.md tells what it proves.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote, unquote

from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from habitue.store.settings import Settings
from habitue.web.desk import Desk
from habitue.web.forms import small_form
from habitue.web.pages import in_the_reader_s_words
from habitue.web.peer import peer_of
from habitue.web.problems import problem
from habitue.web.rendering import Page
from habitue.web.visit import Visit, visit_of
from habitue.web.wording import NO_CUSTOMER
from habitue.words.asking import ASKING, Asking, plain_name

STAFF_COOKIE = "habitue_staff"
CHOSEN_SECONDS = 12 * 3600
"""A name chosen at a desk holds for a day's work; the next morning, somebody else may sit there."""
HERS = ("/her/", "/out/", "/yes/", "/asked/", "/join")
"""Pages of hers, where nobody of the shop asks."""


class AtTheDesk:
    """Says, for as long as a request is answered, who asks and by which door (ASGI)."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.header = settings.staff_header.lower()
        self.trusted = {address.strip() for address in settings.staff_header_from.split(",")} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].startswith(HERS):
            await self.app(scope, receive, send)
            return
        door = "api" if scope["path"].startswith("/api/") else "console"
        before = ASKING.set(Asking(self._name(scope), door))
        try:
            await self.app(scope, receive, send)
        finally:
            ASKING.reset(before)

    def _name(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        if self.header and peer_of(scope) in self.trusted and (told := plain_name(headers.get(self.header, ""))):
            return told
        return plain_name(unquote(cookie_parser(headers.get("cookie", "")).get(STAFF_COOKIE, "")))


def staff(visit: Visit, _desk: Desk) -> Page:
    """The form in which somebody says who is at the desk."""
    return Page("staff.html", {"name": ASKING.get().who})


def looks(visit: Visit, desk: Desk, key: str) -> Page:
    """Who looked at one customer."""
    with in_the_reader_s_words(visit, NO_CUSTOMER, key=key):
        found, name = desk.looks(key, visit.language), desk.name(key)
    return Page("looks.html", {"key": key, "name": name, "found": found})


def choose(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Remembers at this desk who sits there; an empty name forgets it."""

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            name = plain_name((await small_form(request)).get("name", ""))
            done = RedirectResponse(visit.to("/staff"), 303)
            if name:
                done.set_cookie(STAFF_COOKIE, quote(name, safe=""), max_age=CHOSEN_SECONDS, httponly=True, samesite="lax", path="/")
            else:
                done.delete_cookie(STAFF_COOKIE, path="/")
            return done
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return answer
