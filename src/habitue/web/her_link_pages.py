"""The links to her page, on the console: made and shown once, as a line to copy or as a code for her telephone; and ended, all of them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from habitue.app.her.ending_links import end_links_of
from habitue.app.her.saying import link_for
from habitue.app.house import House
from habitue.app.names import customer_of, people
from habitue.web.codes import code_of
from habitue.web.gate import Press
from habitue.web.problems import problem
from habitue.web.rendering import Page, render
from habitue.web.visit import visit_of

Shown = Callable[[Request, House, str], Page]


def her_link_routes(house: House) -> list[Press]:
    """What is pressed on her card about her links."""
    return [
        Press("/customers/{key:path}/her-page", _answer(_link, house)),
        Press("/customers/{key:path}/her-code", _answer(_code, house)),
        Press("/customers/{key:path}/end-links", _answer(_ended, house)),
    ]


def _answer(page: Shown, house: House) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            visit, key = visit_of(request, house.settings, house.today), request.path_params["key"]
            customer = customer_of(house, key)
            name, made = people(house, [customer])[customer][1], page(request, house, key)
            return render(Page(made.template, {**made.values, "key": key, "name": name}), visit, house.settings)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, house.settings, house.today, wrong)

    return answer


def _link(request: Request, house: House, key: str) -> Page:
    """A link, to be copied or printed."""
    public = house.settings.address.rstrip("/") or f"{request.url.scheme}://{request.headers.get('host', '')}"
    return Page("her_link.html", {"link": f"{public}{link_for(house, key)}"})


def _code(_request: Request, house: House, key: str) -> Page:
    """The same for the camera of her telephone; none where no telephone could open it."""
    public = house.settings.address.rstrip("/")
    return Page("her_code.html", {"code": code_of(f"{public}{link_for(house, key)}") if public else ""})


def _ended(_request: Request, house: House, key: str) -> Page:
    """None of them opens her page any more."""
    return Page("her_links_ended.html", {"ended": end_links_of(house, key)})
