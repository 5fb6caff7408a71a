"""Two cards, one person? The pages on which somebody looks at two customers and says so, and the one press that says it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from habitue.web.desk import PAIR_ANSWERS, Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.pages import Pager
from habitue.web.problems import problem
from habitue.web.rendering import Page
from habitue.web.visit import Visit, visit_of
from habitue.words.errors import BadInput, Refused

PAIRS_A_PAGE = 30


def pairs(visit: Visit, desk: Desk) -> Page:
    """Who may be one."""
    first = (visit.page() - 1) * PAIRS_A_PAGE
    count, found = desk.pairs(visit.language, PAIRS_A_PAGE, first)
    return Page("pairs.html", {"pairs": found, "pager": Pager(visit.page(), PAIRS_A_PAGE, count)})


def look(visit: Visit, desk: Desk) -> Page:
    """Two customers side by side."""
    return Page("pair.html", {"pair": desk.comparison(visit.asked("one"), visit.asked("other"), visit.language), "is_late": bool(visit.asked("late"))})


def say(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Takes what somebody said of two customers, and goes on to what it made of them."""

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            told = await small_form(request)
            one, other, word = (told.get(name, "") for name in ("one", "other", "word"))
            if word not in PAIR_ANSWERS:
                raise BadInput(NOT_A_FORM)
            try:
                await run_in_threadpool(desk.say_of_pair, one, other, word)
            except Refused:  # somebody else has said something meanwhile: the page shows how it stands
                return RedirectResponse(visit.to("/pairs/look", one=one, other=other, late=1), 303)
            goes_to = {"same": visit.customer(one), "unmerge": visit.to("/pairs/look", one=one, other=other)}
            return RedirectResponse(goes_to.get(word) or visit.to("/pairs"), 303)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return answer
