"""What is kept for how long: the page that shows what goes when, and the presses that let it go, now or once a day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.problems import problem
from habitue.web.rendering import Page
from habitue.web.visit import Visit, visit_of
from habitue.words.errors import BadInput

NAMED = 20
SAID = ("now", "every-day", "by-hand")


def retention(visit: Visit, desk: Desk) -> Page:
    """Each rule with what is due, and by name the customers who are next."""
    kept = desk.keeper.rules(visit.language)
    told = visit.asked("gone")
    gone = int(told) if told.isascii() and told.isdigit() and len(told) < 12 else None
    return Page("retention.html", {"kept": kept, "is_running": desk.keeper.is_running(), "next": desk.keeper.who_goes(NAMED), "gone": gone})


def say(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Lets go what is due, or keeps whether that is done once a day."""

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            word = (await small_form(request)).get("word", "")
            if word not in SAID:
                raise BadInput(NOT_A_FORM)
            gone = await run_in_threadpool(desk.keeper.say, word)
            return RedirectResponse(visit.to("/retention", gone=gone) if word == "now" else visit.to("/retention"), 303)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return answer
