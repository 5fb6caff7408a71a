"""Signing up: the form, the answer that is the same for everybody, and the page of the letter with its button."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from habitue.app.door import NOTHING_TICKED, NUMBER_ALONE, TOO_FULL, TOO_MANY, WRITTEN, Asking
from habitue.channels.email.address import NO_ADDRESS
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM
from habitue.web.her_answers import FRAMED, HER_LOCKS, Written, her_answer
from habitue.web.rendering import Page
from habitue.web.visit import Visit
from habitue.words.errors import BadInput, Busy, HabitueError
from habitue.words.vocabulary import Collected, Purpose

BAIT = "website"
"""A field that nobody sees; whoever fills it in is a machine."""
LONGEST_SHOP = 60


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


WRONG = {
    NO_ADDRESS: _("This is not an e-mail address that a letter can go to. Write it as jeanne@example.org."),
    NUMBER_ALONE: _(
        "To ask you whether it is really you, we need an e-mail address. With a telephone number alone, tell us at the counter: "
        "there you can allow calls and text messages."
    ),
    NOTHING_TICKED: _("Tick what you would like to hear of; each is a leave of its own."),
    TOO_MANY: _("Many addresses were left from where you are within the hour. Come back in an hour, or ask in the shop."),
    TOO_FULL: _("Just now more people ask than we can answer. Come back tomorrow, or ask in the shop."),
    NOT_A_FORM: NOT_A_FORM,
}


def door_routes(desk: Desk) -> list[BaseRoute]:
    """The addresses of the door. The form is answered wherever it comes from: a brand puts it into its own pages."""
    framed = {**HER_LOCKS, **FRAMED}
    return [
        Route("/join", her_answer(join, desk, framed), methods=["GET"]),
        Route("/join", her_answer(ask, desk, framed), methods=["POST"]),
        Route("/her", her_answer(lost, desk), methods=["GET"]),
        Route("/her", her_answer(ask_for_link, desk), methods=["POST"]),
        Route("/yes/{secret}", her_answer(look, desk), methods=["GET"]),
        Route("/yes/{secret}", her_answer(press, desk), methods=["POST"]),
    ]


def join(visit: Visit, desk: Desk, _request: Request, _written: Written) -> Page:
    """The form, with nothing ticked."""
    return form_page(visit, desk, {}, None)


def ask(visit: Visit, desk: Desk, request: Request, written: Written) -> Page:
    """Takes what the form says. Whether we know the address changes nothing of the answer."""
    proof = f"form{f' in the shop “{_shop(request)}”' if _shop(request) else ''}"
    try:
        if not written.get(BAIT):
            desk.door.ask_to_join(Asking(written.get("email", ""), ticked(desk, written), proof, network_of(request), visit.language))
    except (BadInput, Busy) as wrong:
        return form_page(visit, desk, written, wrong)
    return Page("join_asked.html")


def form_page(visit: Visit, desk: Desk, written: Written, wrong: HabitueError | None, **more: object) -> Page:
    """The form as it was filled in, with what is wrong with it in words."""
    trouble = str(wrong) if wrong else ""
    status = 200 if wrong is None else 429 if isinstance(wrong, Busy) else 400
    asked = [(each, field_of(each.purpose)) for each in desk.door.asks(visit.language)]
    is_about_address = trouble in (NO_ADDRESS, NUMBER_ALONE)
    values = {"asked": asked, "written": written, "problem": WRONG.get(trouble, trouble), "is_about_address": is_about_address, "bait": BAIT}
    return Page("join.html", {**values, "is_tablet": False, "action": visit.again(lang=visit.language), **more}, status)


def ticked(desk: Desk, written: Written) -> dict[Purpose, str]:
    """What is ticked; the value of each box is the hash of the text that stood beside it.

    Raises: BadInput where it is the hash of no text that was ever shown for it.
    """
    found = {purpose: written[field_of(purpose)] for purpose in Purpose if written.get(field_of(purpose))}
    if not all(desk.door.is_known_text(purpose, hashed) for purpose, hashed in found.items()):
        raise BadInput(NOT_A_FORM)
    return found


def field_of(purpose: Purpose) -> str:
    """How the box of a purpose is called."""
    return f"for-{purpose.name.lower()}"


def network_of(request: Request) -> str:
    """From where it came: counted for an hour under a hash, and kept nowhere."""
    return request.client.host if request.client else ""


def lost(_visit: Visit, _desk: Desk, _request: Request, _written: Written) -> Page:
    """She has lost the link to her page, or it has grown old."""
    return Page("her_asks.html", {"written": {}, "problem": ""})


def ask_for_link(visit: Visit, desk: Desk, request: Request, written: Written) -> Page:
    """A fresh link goes to whoever has the address; the answer is the same for everybody."""
    try:
        desk.door.ask_for_link(written.get("email", ""), network_of(request), visit.language)
    except (BadInput, Busy) as wrong:
        trouble = WRONG.get(str(wrong), str(wrong))
        return Page("her_asks.html", {"written": written, "problem": trouble}, 429 if isinstance(wrong, Busy) else 400)
    return Page("link_asked.html")


def look(_visit: Visit, desk: Desk, request: Request, _written: Written) -> Page:
    """The page of the letter, with the very words that she was asked with. Machines follow links, so it changes nothing: only the button does."""
    found = desk.door.request(request.path_params["secret"])
    if found is None:
        return nothing_here(request)
    return Page("yes.html", {"state": "done" if found.answered_at else "asked", "shown": desk.door.shown(found)})


def press(_visit: Visit, desk: Desk, request: Request, written: Written) -> Page:
    """She pressed one of the two buttons."""
    secret = request.path_params["secret"]
    if written.get("word") == "no":
        denied = desk.door.deny(secret)
        if denied is None:
            return nothing_here(request)
        may_ask_again = denied.collected is not Collected.COUNTER
        return Page("yes.html", {"state": "taken_back" if denied.answered_at else "denied", "shown": [], "may_ask_again": may_ask_again})
    if written.get("word") != "yes":
        raise BadInput(NOT_A_FORM)
    return Page("yes.html", {"state": "thanks", "shown": []}) if desk.door.confirm(secret) else nothing_here(request)


def nothing_here(request: Request) -> Page:
    """A link that is over and one that was guessed are the same; one that is no link of ours at all says so."""
    return Page("yes.html", {"state": "over" if WRITTEN.fullmatch(request.path_params["secret"]) else "nothing", "shown": []}, 404)


def _shop(request: Request) -> str:
    shop = request.query_params.get("shop", "")[:LONGEST_SHOP]
    return "".join(sign if sign.isprintable() else " " for sign in shop).strip()
