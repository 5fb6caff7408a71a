"""Forgetting a customer from her card: what is held of her, one more question, and the certificate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from habitue.store.scrubbing import FILE_STAYS
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.pages import in_the_reader_s_words
from habitue.web.problems import problem
from habitue.web.rendering import Page, render
from habitue.web.visit import Visit, visit_of
from habitue.web.wording import NO_CUSTOMER
from habitue.words.errors import BadInput


def forget(visit: Visit, desk: Desk, key: str) -> Page:
    """Asks once more, and says how much goes."""
    with in_the_reader_s_words(visit, NO_CUSTOMER, key=key):
        held, name = desk.keeper.held(key), desk.name(key)
    return Page("forget.html", {"key": key, "name": name, "rows": sum(held.rows.values()), "files": len(held.files)})


def say(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Erases her for good, and shows the certificate."""

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            if (await small_form(request)).get("sure") != "1":
                raise BadInput(NOT_A_FORM)
            return await run_in_threadpool(_forgotten, visit, desk, request.path_params["key"])
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return answer


def _forgotten(visit: Visit, desk: Desk, key: str) -> Response:
    with in_the_reader_s_words(visit, NO_CUSTOMER, key=key):
        done = desk.keeper.forget(key)
    told = {"done": done, "rows": sum(done.rows.values()), "file_stays": FILE_STAYS in done.left, "is_more_left": bool({*done.left} - {FILE_STAYS})}
    return render(Page("forgotten.html", told), visit, desk.settings)
