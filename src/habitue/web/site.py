"""The console as one Starlette application: its addresses, and what happens around every page.

Handlers are plain functions, so Starlette runs each in a worker thread: a day that takes seconds to judge holds up nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from habitue.app.audits.jobs import AuditJobs
from habitue.web import (
    api,
    book_letter_pages,
    case_pages,
    forget_pages,
    her_tablet,
    inbox_pages,
    leave_pages,
    letter_pages,
    noting_pages,
    pages,
    pair_pages,
    retention_pages,
    shop_door,
    staff,
    stranger_pages,
)
from habitue.web.asked_pages import asked_routes
from habitue.web.audit_site import audit_routes
from habitue.web.case_pressing import case_routes
from habitue.web.chat_site import Streams, chat_routes
from habitue.web.desk import Desk, HouseDesk
from habitue.web.door_pages import door_routes
from habitue.web.gate import KEEP_FOR_GOOD, Gate, Press, are_numbers_of_ours
from habitue.web.go_site import go_routes
from habitue.web.her_site import her_routes
from habitue.web.inbox_pressing import inbox_routes
from habitue.web.mail_site import mail_routes
from habitue.web.out_pages import out_routes
from habitue.web.problems import NO_METHOD, NO_PAGE, problem, problem_page
from habitue.web.rendering import Page, render
from habitue.web.returns_site import returns_routes
from habitue.web.saying import saying_routes
from habitue.web.tongue import LANGUAGES
from habitue.web.visit import LANGUAGE_COOKIE, THEME_COOKIE, THEMES, Visit, visit_of
from habitue.web.writing_pages import writing_routes
from habitue.words.errors import Unknown

if TYPE_CHECKING:
    from habitue.app import House

PAGES: Mapping[str, Callable[..., Page]] = {
    "/": pages.today,
    "/people": pages.people,
    "/customers": pages.customers,
    "/letters": letter_pages.letters,
    "/book/letters": book_letter_pages.letters,
    "/book/letters/{key}": book_letter_pages.letter,
    "/pairs": pair_pages.pairs,
    "/pairs/look": pair_pages.look,
    "/customers/{key:path}/why": pages.why,
    "/inbox": inbox_pages.inbox,
    "/inbox/strangers": stranger_pages.strangers,
    "/inbox/strangers/{number:int}": stranger_pages.stranger,
    "/inbox/note": noting_pages.note_call,
    "/inbox/find": inbox_pages.find,
    "/inbox/{number:int}": inbox_pages.talk,
    "/cases": case_pages.cases,
    "/cases/{number:int}": case_pages.case,
    "/staff": staff.staff,
    "/customers/{key:path}/leave/tablet": her_tablet.tablet,
    "/customers/{key:path}/leave": leave_pages.leave,
    "/customers/{key:path}/asks": case_pages.asks,
    "/customers/{key:path}/looks": staff.looks,
    "/customers/{key:path}/forget": forget_pages.forget,
    "/customers/{key:path}": pages.card,
    "/door": shop_door.door,
    "/door/tablet": shop_door.tablet,
    "/notices": leave_pages.notices,
    "/retention": retention_pages.retention,
    "/notices/{name}": leave_pages.notice,
}
ANSWERS: Mapping[str, Callable[..., object]] = {
    "/api/plan": api.plan,
    "/api/customers/{key:path}/decision": api.decision,
    "/api/customers/{key:path}/card": api.card,
    "/api/customers/{key:path}/said": api.said,
    "/api/customers/{key:path}/leave": api.leave,
    "/api/customers/{key:path}/asks": api.asks,
    "/api/customers/{key:path}/looks": api.looks,
    "/api/inbox": api.inbox,
    "/api/inbox/times": api.times,
    "/api/inbox/find": api.find_talks,
    "/api/inbox/{number:int}": api.talk,
    "/api/cases": api.cases,
    "/api/cases/{number:int}": api.case,
}
CHOICE_SECONDS = 365 * 86400  # how long a chosen language or light is remembered


def create_site(house: House, names: frozenset[str] = frozenset()) -> Starlette:
    """The console of an open house. `names` are the hosts it answers to besides the loopback ones."""
    return site_at(HouseDesk(house), names)


def site_at(desk: Desk, names: frozenset[str] = frozenset(), audits: AuditJobs | None = None, streams: Streams | None = None) -> Starlette:
    """The console at any desk; without `audits`, those that lie in the house's own folder."""
    routes: list[BaseRoute] = saying_routes(desk)
    routes += [Route(path, _page(handler, desk)) for path, handler in PAGES.items()]
    routes += audit_routes(audits or AuditJobs(desk.settings), desk, _page)
    routes += [Press("/pairs/say", pair_pages.say(desk)), Press("/letters/again", letter_pages.again(desk)), Press("/retention", retention_pages.say(desk))]
    routes = [
        Press("/customers/{key:path}/forget", forget_pages.say(desk)),
        Press("/customers/{key:path}/leave/tablet", her_tablet.say(desk)),
        Press("/customers/{key:path}/leave", leave_pages.say(desk)),
        *case_routes(desk),
        *inbox_routes(desk),
        *noting_pages.noting_routes(desk),
        *stranger_pages.stranger_routes(desk),
        Press("/staff", staff.choose(desk)),
        *routes,
    ]
    routes += [*out_routes(desk), *mail_routes(desk), *returns_routes(desk), Route("/book/letters/{key}/shown", book_letter_pages.framed(desk))]
    routes += [Route("/images/{name}", book_letter_pages.image(desk))]
    routes += [Route(path, _answer(handler, desk)) for path, handler in ANSWERS.items()]
    if isinstance(desk, HouseDesk):
        routes = [*her_routes(desk.house), *go_routes(desk), *routes]
    routes += [*door_routes(desk), *writing_routes(desk), *asked_routes(desk), *chat_routes(desk, streams or Streams()), *shop_door.shop_door_routes(desk)]
    public = (urlsplit(desk.settings.address).hostname or "").lower()
    return Starlette(
        routes=[Route("/healthz", _health(desk)), *routes, Mount("/static", KeptFiles(packages=[("habitue.web", "static")]))],
        middleware=[
            Middleware(Gate, names=names, public=public),
            Middleware(staff.AtTheDesk, settings=desk.settings),
        ],
        exception_handlers={HTTPException: _no_page(desk)},
    )


class KeptFiles(StaticFiles):
    """Our own files; where the address carries their hash, a browser keeps them for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = KEEP_FOR_GOOD if b"v=" in scope["query_string"] else "no-cache"
        return answer


def _page(handler: Callable[..., Page], desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            page = handler(visit, desk, **_parts(request))
            beside = desk.is_known_day(visit.on - 1), desk.is_known_day(visit.on + 1)
            shown: Response = render(page, visit, desk.settings, *beside)
        except Exception as error:  # noqa: BLE001 - no server may print a traceback with a name in it
            shown = problem(request, desk.settings, desk.today(), error)
        _remember(request, shown)
        return shown

    return answer


def _answer(handler: Callable[..., object], desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            visit: Visit = visit_of(request, desk.settings, desk.today())
            return api.as_json(handler(visit, desk, **_parts(request)))
        except Exception as error:  # noqa: BLE001 - as above
            return problem(request, desk.settings, desk.today(), error)

    return answer


def _parts(request: Request) -> dict[str, Any]:
    """What the address names.

    Raises: Unknown for a key with a zero byte, and for a number so large, which no database of ours can hold.
    """
    parts = request.path_params.values()
    if any("\0" in str(part) for part in parts) or not are_numbers_of_ours(parts):
        raise Unknown(NO_PAGE)
    return dict(request.path_params)


def _health(desk: Desk) -> Callable[[Request], Response]:
    def answer(_request: Request) -> Response:
        try:
            is_well = desk.is_well()
        except Exception:  # noqa: BLE001 - whatever keeps the truth from answering, the answer is no
            is_well = False
        return api.as_json({"ok": is_well}, 200 if is_well else 503)

    return answer


def _no_page(desk: Desk) -> Callable[[Request, Exception], Response]:
    """An address that does not exist, or a method that no page takes."""

    def answer(request: Request, error: Exception) -> Response:
        is_method = isinstance(error, HTTPException) and error.status_code == 405
        status, sentence = (405, NO_METHOD) if is_method else (404, NO_PAGE)
        return problem_page(request, desk.settings, desk.today(), status, sentence)

    return answer


def _remember(request: Request, answer: Response) -> None:
    """Keep the language or the light that a link chose."""
    for name, choice, known in ((LANGUAGE_COOKIE, "lang", LANGUAGES), (THEME_COOKIE, "theme", (*THEMES, "system"))):
        value = request.query_params.get(choice, "")
        if value in known:
            answer.set_cookie(name, value, max_age=CHOICE_SECONDS, httponly=True, samesite="lax", path="/")
