"""The door in the shop: a code to lay beside the till, the seller's tablet, and what became of the letters; somebody of the house sees and presses these."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from habitue.app.door import Asking
from habitue.web.codes import code_of
from habitue.web.desk import Desk
from habitue.web.door_pages import LONGEST_SHOP, form_page, network_of, ticked
from habitue.web.forms import small_form
from habitue.web.gate import Press
from habitue.web.problems import problem
from habitue.web.rendering import Page, render
from habitue.web.visit import Visit, visit_of
from habitue.words.asking import ASKING
from habitue.words.errors import BadInput, Busy
from habitue.words.vocabulary import Collected

LETTERS_SHOWN = 20


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


STATES = {
    "waiting": _("waits to be sent"),
    "sending": _("on its way"),
    "sent": _("sent"),
    "failed": _("could not be sent"),
    "in_doubt": _("perhaps sent, goes again"),
    "withdrawn": _("was not sent"),
    "expired": _("was not sent"),
}
KINDS = {
    "confirm": _("A sign-up to confirm"),
    "page": _("A fresh link to her page"),
    "answer": _("An answer to what she wrote"),
    "closed": _("To whoever wrote while the shop is closed"),
    "remind": _("To your own people: answers that are due soon"),
    "escalate": _("To your own people: answers that are late"),
    "ask": _("After a conversation: whether we answered well"),
    "touch": _("A word that was decided on"),
}


def door(visit: Visit, desk: Desk) -> Page:
    """The code, the way to the tablet's form, and the letters."""
    shop = _shop(visit)
    address = desk.settings.address.rstrip("/")
    leads_to = f"{address}/join?{urlencode({'shop': shop})}" if shop else f"{address}/join"
    letters = [(each, visit.tongue.say(KINDS[each.kind]), visit.tongue.say(STATES[each.state])) for each in desk.door.letters(LETTERS_SHOWN)]
    values = {"shop": shop, "leads_to": leads_to if address else "", "code": code_of(leads_to) if address else "", "letters": letters}
    return Page("door.html", {**values, "is_stopped": desk.door.is_stopped(), "has_relay": bool(desk.settings.relay)})


def tablet(visit: Visit, desk: Desk) -> Page:
    """The form for her to fill in herself, on a tablet of the shop."""
    return _tablet(visit, desk, {}, None)


def shop_door_routes(desk: Desk) -> list[BaseRoute]:
    """What is pressed in the shop: only on a page of this console."""
    return [Press("/door/tablet", _answer(_signed, desk)), Press("/door/go-on", _answer(_go_on, desk))]


Pressed = Callable[[Visit, Desk, Request, dict[str, str]], Response]


def _answer(handler: Pressed, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            return await run_in_threadpool(handler, visit, desk, request, await small_form(request))
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return answer


def _tablet(visit: Visit, desk: Desk, written: dict[str, str], wrong: BadInput | Busy | None) -> Page:
    return form_page(visit, desk, written, wrong, brand=desk.settings.brand, is_tablet=True)


def _signed(visit: Visit, desk: Desk, request: Request, written: dict[str, str]) -> Response:
    """Takes what she wrote; the proof says where, and who of the shop stood beside."""
    try:
        asking = Asking(written.get("email", ""), ticked(desk, written), proof_of(visit), network_of(request), visit.language, Collected.COUNTER)
        desk.door.ask_to_join(asking)
    except (BadInput, Busy) as wrong:
        return render(_tablet(visit, desk, written, wrong), visit, desk.settings)
    again = visit.to("/door/tablet", shop=_shop(visit))
    return render(Page("join_asked.html", {"brand": desk.settings.brand, "again": again}), visit, desk.settings)


def _go_on(visit: Visit, desk: Desk, _request: Request, _written: dict[str, str]) -> Response:
    desk.door.go_on()
    return RedirectResponse(visit.to("/door"), 303)


def proof_of(visit: Visit) -> str:
    """What proves that she ticked it herself: in which shop, and who of it stood beside her."""
    shop, who = _shop(visit), ASKING.get().who
    return f"tablet in the shop{f' “{shop}”' if shop else ''}{f', with {who}' if who else ''}"


def _shop(visit: Visit) -> str:
    return _plain(visit.asked("shop", LONGEST_SHOP))


def _plain(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()
