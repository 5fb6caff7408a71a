"""Her own page as she sees it: by which secret, in which language, what is shown, and the pages around it (too old a link, erase me, none such)."""

from __future__ import annotations

import logging
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from habitue.app.her.data import her_data
from habitue.app.her.page import her_page
from habitue.app.her.saying import HerVisit, her_language, visit_by
from habitue.app.house import House
from habitue.app.looking import her_looks
from habitue.consent.model import MARKETING
from habitue.web.problems import OURS, status_of
from habitue.web.rendering import Page, render
from habitue.web.tongue import LANGUAGES, tongue
from habitue.web.visit import Visit, language_of
from habitue.words.clock import date_of
from habitue.words.errors import Busy, HabitueError, StoreError

log = logging.getLogger("habitue.web")


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


LOCKED = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
"""Whoever has the address has the page: it is told to nobody, and no browser keeps it."""
NOTHING_HERE = _("This link opens nothing. Take the newest one that you have, or ask in the shop.")
TOO_OLD = _("This link is too old for that. It can still stop all that we write to you, or give you peace for a while.")
ENDED = _("This link was ended. It can still stop all that we write to you, and nothing else.")
DONE = {
    "forget": _("It is forgotten."),
    "wrong": _("It is put right; your word counts from now on."),
    "taste": _("Noted. It counts from now on."),
    "noted": _("Noted, in your own words. Nothing in the shop is known by that word yet; whoever serves you reads it."),
    "not-for-me": _("Noted: not for you."),
    "leave": _("Your word is written down; it counts from now on."),
    "only": _("Your word is written down; it counts from now on."),
    "out": _("Nothing more of our own accord will be written to you."),
    "pause": _("We leave you in peace until then."),
    "go-on": _("The pause is over."),
    "rhythm": _("We keep to your rhythm from now on."),
    "way": _("Your word is written down; it counts from now on."),
    "hours": _("We keep silent at those hours from now on."),
    "birthday": _("Your birthday is as you say."),
    "no-birthday": _("Your birthday is forgotten."),
    "write": _("Your letter has been put before a person. Nothing else is written to you until it is answered."),
    "object": _("From now on nothing is worked out from your purchases."),
    "fresh": _("If we know an e-mail address of yours, a fresh link is on its way there."),
    "end": _("It is done: this link and every other open your page no more."),
}
PLACES = {
    "forget": "known",
    "wrong": "known",
    "taste": "tastes",
    "noted": "tastes",
    "not-for-me": "why",
    "rhythm": "rhythm",
    "only": "rhythm",
    "way": "ways",
    "hours": "ways",
}
"""Where on her page it is said that a word of hers is done; of any other, at its head."""
MONTHS = range(1, 13)


def her_visit(request: Request, house: House, customer_key: str = "") -> Visit:
    """By the link pressed, else in the language that she told us, else as her browser or the shop speaks; nothing is remembered in her browser."""
    asked = request.query_params.get("lang", "")
    told = her_language(house, customer_key) if customer_key and asked not in LANGUAGES else ""
    language = asked if asked in LANGUAGES else told if told in LANGUAGES else language_of(request, house.settings)
    is_page = request.method == "GET" or "secret" not in request.path_params  # where she says something there is nothing to read: her page is
    path = quote(request.scope["raw_path"], safe="/%-_") if is_page else f"/her/{quote(request.path_params['secret'], safe='')}"
    return Visit(tongue(language), "", path, {}, house.today, house.today, False)


def shown(request: Request, house: House, page: Page, customer_key: str = "") -> Response:
    """A page of hers, locked."""
    visit = her_visit(request, house, customer_key)
    secret = request.path_params.get("secret", "")
    asked = request.query_params.get("lang", "")
    more = f"?{urlencode({'lang': asked})}" if asked in LANGUAGES else ""
    values = {**page.values, "home": f"/her/{quote(secret, safe='')}", "more": more, "brand": house.settings.brand}
    answer = render(Page(page.template, values, page.status), visit, house.settings)
    answer.headers.update(LOCKED)
    return answer


LOOKS_SHOWN = 50
"""What is older stands in her zip."""


def too_old(her: HerVisit) -> str:
    """Why a link does not do what was asked of it."""
    return ENDED if her.is_ended else TOO_OLD


def whole(house: House, visit: Visit, her: HerVisit, said: str = "", problem: str = "", written: dict[str, str] | None = None) -> Page:
    """All of her page; of an old link, no more than the ways to be left in peace."""
    done = visit.tongue.say(DONE[said]) if said in DONE else ""
    values: dict[str, object] = {
        "done": done,
        "place": PLACES.get(said, ""),
        "problem": problem,
        "written": written or {},
        "tomorrow": date_of(house.today + 1).isoformat(),
    }
    values["sends_letters"] = _sends_letters(house)
    if not her.is_fresh:
        return Page("her_ended.html" if her.is_ended else "her_old.html", values)
    page = her_page(house, her.customer_key, visit.language)
    months = [visit.tongue.month_name(month) for month in MONTHS]
    looks = her_looks(house, her.customer_key, visit.language, is_to_her=True)
    sorts = [(purpose.name.lower(), house.notices.title(purpose, visit.language)) for purpose in house.notices.asked(MARKETING)]
    return Page("her.html", {**values, "page": page, "months": months, "sorts": sorts, "looks": looks[:LOOKS_SHOWN]})


def _sends_letters(house: House) -> bool:
    return bool(house.settings.address and house.settings.sender)


def look(request: Request, house: House) -> Response:
    """Her page. Looking changes nothing."""
    her = visit_by(house, request.path_params["secret"])
    visit = her_visit(request, house, her.customer_key)
    return shown(request, house, whole(house, visit, her, request.query_params.get("said", "")), her.customer_key)


def sure(request: Request, house: House) -> Response:
    """Asks once more before she is erased."""
    her = visit_by(house, request.path_params["secret"])
    visit = her_visit(request, house, her.customer_key)
    page = Page("her_erase.html") if her.is_fresh else whole(house, visit, her, problem=visit.tongue.say(too_old(her)))
    return shown(request, house, page, her.customer_key)


def data(request: Request, house: House) -> Response:
    """All that we hold of her, as a zip."""
    her = visit_by(house, request.path_params["secret"])
    visit = her_visit(request, house, her.customer_key)
    if not her.is_fresh:
        return shown(request, house, whole(house, visit, her, problem=visit.tongue.say(too_old(her))), her.customer_key)
    name = {"fr": "mes-donnees.zip"}.get(visit.language, "my-data.zip")
    headers = {**LOCKED, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(her_data(house, her.customer_key, visit.language), media_type="application/zip", headers=headers)


def trouble(request: Request, house: House, wrong: Exception) -> Response:
    """What is said where a page cannot be given: never whether she, or an address, is known."""
    status = status_of(wrong)
    sentence = NOTHING_HERE if status == 404 else OURS
    if isinstance(wrong, Busy | StoreError):
        sentence = _("Not just now; try again in a moment.")
    elif isinstance(wrong, HabitueError) and status == 400:
        sentence = str(wrong)
    elif status == 500:
        log.error("a page of hers broke: %s", type(wrong).__name__)
    visit = her_visit(request, house)
    return shown(
        request,
        house,
        Page("her_problem.html", {"sentence": visit.tongue.say(sentence), "is_unknown": status == 404, "sends_letters": _sends_letters(house)}, status),
    )
