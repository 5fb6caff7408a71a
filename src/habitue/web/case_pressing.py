"""What can be pressed in a request of the law: it is opened, made sure of, made longer, answered, refused, taken back; and her data is taken out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from habitue.app.law.requesting import LONGEST_WORDS, NOBODY, NOT_ERASED, NOT_YET, SAY_BY_WHAT, Opening
from habitue.consent.law.model import Asked, Did, Door, Known
from habitue.consent.law.rules import LONGER_ALREADY, NO_REASON, NOT_HANDED, NOT_LOOKED_FOR, NOT_SURE, OVER, SURE_ALREADY, TOO_LATE
from habitue.web.case_pages import BY_HAND, SEEN, Form, asks_page, case_page, cases_page
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.gate import Press
from habitue.web.problems import problem, sentence_of, status_of
from habitue.web.rendering import Page, render
from habitue.web.visit import Visit, visit_of
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput, HabitueError, Unknown


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


WRONG = {
    NOT_A_FORM: NOT_A_FORM,
    NOT_YET: _("A request cannot have come on a day that has not come yet."),
    NOT_ERASED: _("She is still here. Erase her first, from her card or with `habitue forget`; what is left of this case is then nobody's, and can be closed."),
    NOBODY: _("Nobody here is known under that; there is nothing to hand over, to write down or to erase."),
    OVER: _("This case is over; what is still to be said is noted in it, or opened as another."),
    NOT_SURE: _("First make sure that it is she: say how she was recognised."),
    SURE_ALREADY: _("It is sure already that it is she."),
    LONGER_ALREADY: _("It was made longer once already; the law allows no second time."),
    TOO_LATE: _("Its month is over; she can be told only within the month that it will take longer."),
    NO_REASON: _("Write the reason; she must be told it."),
    NOT_LOOKED_FOR: _("Nobody has looked for her yet: look by what she told of herself, her e-mail address, her telephone number."),
    SAY_BY_WHAT: _("Say by what she is to be looked for: a number, an e-mail address or a telephone number."),
    NOT_HANDED: _("Take her data out first: that is what she is to be given."),
}
NOBODY_CALLED = _("There is no customer “%(key)s” here. Look for her by her name.")
WORDS = {"note": Did.NOTED, "refuse": Did.REFUSED, "withdraw": Did.WITHDRAWN}
Pressed = Callable[[Visit, Desk, Request, Form], Response]
Again = Callable[[Visit, Desk, Request, Form, str], Page]


def case_routes(desk: Desk) -> list[BaseRoute]:
    """The addresses that change something of a case."""
    return [
        Press("/cases", _answer(desk, _opened, lambda visit, at, _request, form, trouble: cases_page(visit, at, form, trouble))),
        Press("/cases/{number:int}", _answer(desk, _done, _case_again)),
        Press("/cases/{number:int}/data", _answer(desk, _data, _case_again)),
        Press("/customers/{key:path}/asks", _answer(desk, _opened, _asks_again)),
    ]


def _case_again(visit: Visit, desk: Desk, request: Request, form: Form, trouble: str) -> Page:
    return case_page(visit, desk, request.path_params["number"], form, trouble)


def _asks_again(visit: Visit, desk: Desk, request: Request, form: Form, trouble: str) -> Page:
    return asks_page(visit, desk, request.path_params["key"], form, trouble)


def _answer(desk: Desk, pressed: Pressed, again: Again) -> Callable[[Request], Awaitable[Response]]:
    """Done, and where that leads; or the page again, with what is wrong and what was written."""

    def settled(visit: Visit, request: Request, form: Form) -> Response:
        try:
            return pressed(visit, desk, request, form)
        except HabitueError as wrong:
            sentence = visit.tongue.say(WRONG[str(wrong)]) if str(wrong) in WRONG else sentence_of(wrong, visit.tongue)
            page = again(visit, desk, request, form, sentence)
            return render(Page(page.template, page.values, status_of(wrong)), visit, desk.settings)

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            form = await small_form(request)
            return await run_in_threadpool(settled, visit, request, form)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return answer


def _opened(visit: Visit, desk: Desk, request: Request, form: Form) -> Response:
    key = request.path_params.get("key", form.get("customer", ""))
    opening = opening_in(form)
    try:
        number = desk.cases.open(key, opening)
    except Unknown as missing:
        raise Unknown(visit.tongue.say(NOBODY_CALLED, key=key.strip())) from missing
    return RedirectResponse(visit.to(f"/cases/{number}"), 303)


def opening_in(form: Form) -> Opening:
    """The request that a form tells.

    Raises: BadInput where it holds what the form does not offer.
    """
    asked, door = (kind.__members__.get(form.get(name, "").upper()) for kind, name in ((Asked, "asked"), (Door, "door")))
    if not isinstance(asked, Asked) or not isinstance(door, Door) or door not in BY_HAND or len(form.get("words", "")) > LONGEST_WORDS:
        raise BadInput(NOT_A_FORM)
    return Opening(asked, door, form.get("words", ""), parse_day(form["received"]) if form.get("received") else None)


def _done(visit: Visit, desk: Desk, request: Request, form: Form) -> Response:
    number, do, words = request.path_params["number"], form.get("do", ""), form.get("words", "")
    known = Known.__members__.get(form.get("known", "").upper())
    if len(words) > LONGEST_WORDS:
        raise BadInput(NOT_A_FORM)
    if do == "identify" and known in SEEN:
        desk.cases.identify(number, known, words)
    elif do == "seek":
        desk.cases.seek(number, form.get("called", ""))
    elif do == "longer":
        desk.cases.make_longer(number, words)
    elif do == "finish":
        desk.cases.finish(number, words)
    elif do in WORDS:
        desk.cases.write(number, WORDS[do], words)
    else:
        raise BadInput(NOT_A_FORM)
    return RedirectResponse(visit.to(f"/cases/{number}"), 303)


def _data(visit: Visit, desk: Desk, request: Request, _form: Form) -> Response:
    number = request.path_params["number"]
    body = desk.cases.data(number, visit.language)
    return Response(body, media_type="application/zip", headers={"Content-Disposition": f'attachment; filename="case-{number}.zip"'})
