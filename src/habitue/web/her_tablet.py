"""What she allows by telephone, text message and post, ticked by herself on a tablet of the shop: from her card, in front of whoever serves her."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from habitue.app.leave_words import BY
from habitue.app.leaving import NO_WAY, NOTHING, Said
from habitue.web.desk import Desk
from habitue.web.door_pages import WRONG, field_of, ticked
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.pages import in_the_reader_s_words
from habitue.web.problems import problem
from habitue.web.rendering import Page, render
from habitue.web.shop_door import proof_of
from habitue.web.visit import Visit, visit_of
from habitue.web.wording import NO_CUSTOMER
from habitue.words.errors import BadInput
from habitue.words.vocabulary import Channel, Collected

WAYS = (Channel.SMS, Channel.PHONE, Channel.POST)
"""What no letter with a button can prove; her e-mail address proves itself at the door."""


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


HERS = {
    NOTHING: _("Tick what you would like to hear of; each is a leave of its own."),
    NO_WAY: _("Tick by which way we may write or call; each is a leave of its own."),
    NOT_A_FORM: WRONG[NOT_A_FORM],
}


def tablet(visit: Visit, desk: Desk, key: str) -> Page:
    """The form, with nothing ticked; it shows nothing that we know of her."""
    with in_the_reader_s_words(visit, NO_CUSTOMER, key=key):
        desk.name(key)
    return _form(visit, desk, {}, "")


def say(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Writes her yes down, with the text that stood beside each box, where, and who of the shop stood beside her."""

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            return await run_in_threadpool(_said, visit, desk, request.path_params["key"], await small_form(request))
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return answer


def _said(visit: Visit, desk: Desk, key: str, written: dict[str, str]) -> Response:
    try:
        shown = ticked(desk, written)
        ways = tuple(way for way in WAYS if f"by-{way.name.lower()}" in written)
        desk.say_leave(key, Said(True, tuple(shown), ways, Collected.COUNTER, proof_of(visit), tuple(shown.values())))
    except BadInput as wrong:
        return render(_form(visit, desk, written, HERS.get(str(wrong), str(wrong))), visit, desk.settings)
    back = visit.customer(key)
    return render(Page("her_tablet.html", {"brand": desk.settings.brand, "is_tablet": True, "problem": "", "back": back}), visit, desk.settings)


def _form(visit: Visit, desk: Desk, written: dict[str, str], trouble: str) -> Page:
    asked = [(each, field_of(each.purpose)) for each in desk.door.asks(visit.language)]
    ways = [(way.name.lower(), BY[way][visit.language == "fr"]) for way in WAYS]
    values = {"asked": asked, "ways": ways, "written": written, "problem": trouble, "action": visit.again(lang=visit.language)}
    return Page("her_tablet.html", {**values, "brand": desk.settings.brand, "is_tablet": True}, 400 if trouble else 200)
