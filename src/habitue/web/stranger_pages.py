"""Answers that nobody here is known to have written: whoever is at the desk says whose each is, or lets it go."""

from __future__ import annotations

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from habitue.app.leave_words import BY
from habitue.app.strangers import IN_THE_POST, MOST_SHOWN, Stranger
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.gate import LARGEST_NUMBER, Press
from habitue.web.noting_pages import NOBODY_CALLED
from habitue.web.problems import problem, sentence_of, status_of
from habitue.web.rendering import Page, render
from habitue.web.visit import Visit, visit_of
from habitue.words.clock import local_day_and_hour, zone
from habitue.words.errors import BadInput, HabitueError, Unknown


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


GONE = _("Somebody has said already whose it is, or let it go.")
WRONG = {NOT_A_FORM: NOT_A_FORM, IN_THE_POST: _("Our answer to it is still in the post. Say whose it is once it has left.")}


def strangers(visit: Visit, desk: Desk) -> Page:
    """Those that wait, the longest waiting first."""
    return _page(visit, desk, "", 0, "")


def _page(visit: Visit, desk: Desk, trouble: str, at: int, key: str) -> Page:
    """The same, with what is wrong with what was said of one of them, and the customer that was named."""
    found = desk.inbox.strangers(visit.language)
    values = {
        "strangers": [(each, _when(visit, desk, each)) for each in found],
        "ways": {channel.name.lower(): both[visit.language == "fr"] for channel, both in BY.items()},
        "is_cut": len(found) == MOST_SHOWN,
        "problem": trouble,
        "at": at,
        "key": key,
    }
    return Page("strangers.html", values)


def stranger_routes(desk: Desk) -> list[BaseRoute]:
    """The address at which it is said whose one is."""

    def settled(visit: Visit, number: int, form: dict[str, str]) -> Response:
        key = form.get("customer", "").strip()
        try:
            return RedirectResponse(visit.to(_said(visit, desk, number, form.get("do", ""), key)), 303)
        except HabitueError as wrong:
            sentence = visit.tongue.say(WRONG[str(wrong)]) if str(wrong) in WRONG else sentence_of(wrong, visit.tongue)
            page = _page(visit, desk, sentence, number, key)
            return render(Page(page.template, page.values, status_of(wrong)), visit, desk.settings)

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            return await run_in_threadpool(settled, visit, request.path_params["number"], await small_form(request))
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return [Press("/inbox/strangers/{number:int}", answer)]


def _said(visit: Visit, desk: Desk, number: int, do: str, key: str) -> str:
    """Does it; gives where to look next.

    Raises: BadInput where no form of ours sends such a thing; Unknown where it waits no more, or nobody is called so; Refused as `attach`.
    """
    if do not in ("hers", "nobodys") or number > LARGEST_NUMBER:
        raise BadInput(NOT_A_FORM)
    if number not in {each.number for each in desk.inbox.strangers(visit.language)}:
        raise Unknown(visit.tongue.say(GONE))
    if do == "nobodys":
        desk.inbox.drop_stranger(number)
        return "/inbox/strangers"
    try:
        return f"/inbox/{desk.inbox.attach(number, key)}"
    except Unknown as missing:
        raise Unknown(visit.tongue.say(NOBODY_CALLED, key=key)) from missing


def _when(visit: Visit, desk: Desk, each: Stranger) -> str:
    """“2 November 2017, 06:00”, in the shop's zone."""
    local = datetime.fromtimestamp(each.at, zone(desk.settings.zone))
    return f"{visit.tongue.date(local_day_and_hour(each.at, desk.settings.zone)[0])}, {visit.tongue.hour(f'{local:%H:%M}')}"
