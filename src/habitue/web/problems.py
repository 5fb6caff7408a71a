"""When a page cannot be given: which status, which sentence, and never a traceback."""

from __future__ import annotations

import logging
import traceback

from starlette.requests import Request
from starlette.responses import Response

from habitue.store.settings import Settings
from habitue.web.api import as_json
from habitue.web.rendering import Page, render
from habitue.web.tongue import Tongue
from habitue.web.visit import plain_visit
from habitue.words.errors import BadInput, Busy, HabitueError, OnlyTold, Refused, Several, StoreError, Unknown

log = logging.getLogger("habitue.web")


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


TITLES = {
    400: _("That cannot be read"),
    403: _("That is not allowed"),
    404: _("That is not here"),
    405: _("That cannot be done here"),
    500: _("Something broke on our side"),
    503: _("Not just now"),
}
OURS = _("It has been noted. Nothing was lost; the other pages go on.")
NO_PAGE = _("There is no such page.")
NO_METHOD = _("This page can only be read.")
NAMES_NOBODY = {
    Several: _("Several people share “%(shared)s”, so it names none of them; say which by number: %(keys)s."),
    OnlyTold: _("Only a browser told us “%(shared)s”, which proves nothing; if you are sure whom it means, say so by number: %(keys)s."),
}
"""As `words.errors` says it."""
STATUSES: tuple[tuple[type[HabitueError], int], ...] = ((BadInput, 400), (Unknown, 404), (Refused, 403), (Busy, 503), (StoreError, 503))


def status_of(error: Exception) -> int:
    """The HTTP status that an error of the family deserves; 500 for anything unforeseen."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


def sentence_of(error: HabitueError, tongue: Tongue) -> str:
    """What an error says, in the reader's words where it names people."""
    return tongue.say(NAMES_NOBODY[type(error)], **error.values) if isinstance(error, Several) else str(error)


def problem(request: Request, settings: Settings, today: int, error: Exception) -> Response:
    """The page, or the JSON, that says what happened and what to do."""
    status = status_of(error)
    if isinstance(error, HabitueError):
        return problem_page(request, settings, today, status, sentence_of(error, plain_visit(request, settings, today).tongue))
    _note(error)
    return problem_page(request, settings, today, 500, OURS)


def problem_page(request: Request, settings: Settings, today: int, status: int, sentence: str) -> Response:
    """A problem with its sentence, in the form that the path asks for."""
    visit = plain_visit(request, settings, today)
    if request.url.path.startswith("/api/"):
        answer = as_json({"error": visit.tongue.say(sentence)}, status)
    else:
        answer = render(Page("problem.html", {"status": status, "title": TITLES[status], "sentence": sentence}, status), visit, settings)
    if status == 503:
        answer.headers["Retry-After"] = "5"
    return answer


def _note(error: Exception) -> None:
    """Log what broke and where, without its text: a message may hold a name."""
    places = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{place.name}:{place.lineno}" for place in reversed(places[-6:]))
    log.error("a page broke: %s in %s", type(error).__name__, where)
