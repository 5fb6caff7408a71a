"""What every page has in common that customers see: her language, no cookie, no way into the console, and nothing that a stranger could learn from it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from habitue.store.settings import Settings
from habitue.web.desk import Desk
from habitue.web.forms import MOST_BYTES, NOT_A_FORM, small_form
from habitue.web.problems import status_of
from habitue.web.rendering import Page, render
from habitue.web.tongue import tongue
from habitue.web.visit import QUOTED_ALREADY, Visit, language_of, theme_of
from habitue.words.errors import HabitueError

log = logging.getLogger("habitue.web")
HER_LOCKS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
"""Her secret stands in the address: nobody is told where she came from, and no browser keeps the page."""
FRAMED = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *"
    ),
    "Cross-Origin-Opener-Policy": "unsafe-none",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Of a page that a brand may show within its own site: it holds nothing that a press could give away."""


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


OURS = _("Something broke on our side. Nothing was lost; try again in a moment, or ask in the shop.")
Written = dict[str, str]
Handler = Callable[[Visit, Desk, Request, Written], Page]


def her_answer(
    handler: Handler, desk: Desk, locks: dict[str, str] = HER_LOCKS, most_bytes: int = MOST_BYTES, too_much: str = NOT_A_FORM
) -> Callable[[Request], Awaitable[Response]]:
    """A page of hers: its handler gets the visit and, where something was sent, what was written; a form larger than `most_bytes` is `too_much`."""

    async def answer(request: Request) -> Response:
        visit = her_visit(request, desk.settings, desk.today())
        try:
            written = await small_form(request, most_bytes, too_much) if request.method == "POST" else {}
            page = await run_in_threadpool(handler, visit, desk, request, written)
        except Exception as wrong:  # noqa: BLE001 - no stranger may read a traceback
            if not isinstance(wrong, HabitueError):
                log.error("a page of hers broke: %s", type(wrong).__name__)
            sentence = str(wrong) if isinstance(wrong, HabitueError) else OURS
            page = Page("door_problem.html", {"sentence": sentence}, status_of(wrong))
        page = replace(page, values={"brand": desk.settings.brand, **page.values})
        shown = render(page, visit, desk.settings)
        shown.headers.update(locks)
        return shown

    return answer


def her_visit(request: Request, settings: Settings, today: int) -> Visit:
    """Her visit: her language and where she is, and nothing else."""
    path = quote(request.scope["raw_path"], safe=QUOTED_ALREADY)
    shop = request.query_params.get("shop", "")[:60]
    return Visit(tongue(language_of(request, settings)), theme_of(request), path, {"shop": shop} if shop else {}, today, today, False)
