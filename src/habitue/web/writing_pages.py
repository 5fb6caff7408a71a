"""The contact form: who writes to us without a page of hers. A person reads it; no letter leaves by itself."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from habitue.app.door import TOO_FULL, TOO_MANY
from habitue.app.her.awaiting import NO_WORDS
from habitue.app.inbox.writing_in import LONGEST_NAME, Writing
from habitue.channels.email.address import NO_ADDRESS
from habitue.web.desk import Desk
from habitue.web.door_pages import BAIT, network_of
from habitue.web.door_pages import WRONG as DOOR
from habitue.web.her_answers import FRAMED, HER_LOCKS, Written, her_answer
from habitue.web.rendering import Page
from habitue.web.visit import Visit
from habitue.words.errors import BadInput, Busy, HabitueError

MOST_BYTES = 2_000_000
"""A novel of several hundred pages; what is longer would keep others waiting while it is read."""


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


TOO_LONG = _("This is longer than a book, and could not be taken in. Send it to us by e-mail, as a file; we read that, too.")
WRONG = {
    NO_ADDRESS: DOOR[NO_ADDRESS],
    NO_WORDS: _("Write what you would like to say; an empty letter cannot be answered."),
    TOO_MANY: _("Many messages were left from where you are within the hour. Come back in an hour, or ask in the shop."),
    TOO_FULL: _("Just now more people write than we can answer. Come back tomorrow, or ask in the shop."),
}


def writing_routes(desk: Desk) -> list[BaseRoute]:
    """The form is answered wherever it comes from: a brand puts it into its own pages."""
    framed = {**HER_LOCKS, **FRAMED}
    return [
        Route("/write", her_answer(look, desk, framed), methods=["GET"]),
        Route("/write", her_answer(write, desk, framed, MOST_BYTES, TOO_LONG), methods=["POST"]),
    ]


def look(visit: Visit, _desk: Desk, _request: Request, _written: Written) -> Page:
    """The form, empty."""
    return _page(visit, {}, None)


def write(visit: Visit, desk: Desk, request: Request, written: Written) -> Page:
    """Takes what the form says. Whether we know the address changes nothing of the answer."""
    try:
        if not written.get(BAIT):
            address, words, name = (written.get(field, "") for field in ("email", "words", "name"))
            desk.door.write(Writing(address, words, name, network_of(request), visit.language))
    except (BadInput, Busy) as wrong:
        return _page(visit, written, wrong)
    return Page("written.html")


def _page(visit: Visit, written: Written, wrong: HabitueError | None) -> Page:
    trouble = str(wrong) if wrong else ""
    status = 200 if wrong is None else 429 if isinstance(wrong, Busy) else 400
    values = {"written": written, "problem": WRONG.get(trouble, trouble), "is_about_address": trouble == NO_ADDRESS, "is_about_words": trouble == NO_WORDS}
    return Page("write.html", {**values, "bait": BAIT, "longest_name": LONGEST_NAME, "action": visit.again(lang=visit.language)}, status)
