"""What came in and could not be sorted: each message with the reason, and the press that has it sorted again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from habitue.events.arrivals import DeadLetter
from habitue.web.desk import Desk
from habitue.web.forms import small_form
from habitue.web.letter_words import REASONS
from habitue.web.pages import Pager
from habitue.web.problems import problem
from habitue.web.rendering import Page
from habitue.web.retelling import retold
from habitue.web.visit import Visit, visit_of

LETTERS_A_PAGE = 20
BODY_SHOWN = 2_000
EVERY_ONE = "all"


@dataclass(frozen=True)
class Shown:
    """A letter as a person reads it."""

    letter: DeadLetter
    source: str
    reason: str
    body: str


def letters(visit: Visit, desk: Desk) -> Page:
    """The oldest first, a page at a time."""
    pager = Pager(visit.page(), LETTERS_A_PAGE, desk.count_letters())
    sources = desk.sources()
    found = [
        Shown(each, sources.get(each.key, ""), retold(visit.tongue, each.reason, REASONS), _text(each.body)) for each in desk.letters(pager.size, pager.offset)
    ]
    return Page("letters.html", {"letters": found, "pager": pager, "again": visit.asked("again")})


def _text(body: bytes) -> str:
    text = body.decode("utf-8", "replace").replace("\0", "␀")
    return text if len(text) <= BODY_SHOWN else text[:BODY_SHOWN] + " …"


def again(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Puts one letter, or all of them, back among what came in; the running house sorts them."""

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            number = (await small_form(request)).get("letter", "")
            wanted = None if number == EVERY_ONE else [int(number)] if number.isascii() and number.isdigit() and len(number) < 18 else []
            count = await run_in_threadpool(desk.sort_again, wanted)
            return RedirectResponse(visit.to("/letters", again=count), 303)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return answer
