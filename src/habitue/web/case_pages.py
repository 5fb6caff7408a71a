"""Requests of the law on pages: what is due next, one case with its log, and what one customer asked, with the form that opens another."""

from __future__ import annotations

from habitue.app.law.request_words import ASKED, DOORS, KNOWN
from habitue.consent.law.model import Asked, Door, Known
from habitue.web.desk import Desk
from habitue.web.pages import in_the_reader_s_words
from habitue.web.rendering import Page
from habitue.web.visit import Visit
from habitue.web.wording import NO_CUSTOMER


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


NO_CASE = _("There is no case %(number)s here.")
BY_HAND = (Door.COUNTER, Door.MAIL, Door.TELEPHONE, Door.EMAIL)
"""The doors by which somebody of the shop hears of a request."""
SEEN = (Known.AT_THE_COUNTER, Known.BY_HER_ADDRESS, Known.BY_A_DOCUMENT)
"""The ways in which somebody of the shop can make sure that it is she."""
STATES = {
    "open": _("open"),
    "identified": _("it is she"),
    "done": _("answered"),
    "refused": _("refused"),
    "withdrawn": _("taken back"),
}
Form = dict[str, str]


def cases(visit: Visit, desk: Desk) -> Page:
    """What is due next on top; what is over, below."""
    return cases_page(visit, desk, {}, "")


def cases_page(visit: Visit, desk: Desk, written: Form, trouble: str) -> Page:
    """The list, with what was written in its form and what is wrong with it."""
    values = {"due": desk.cases.due(visit.language), "past": desk.cases.past(visit.language), **words_of(visit), "written": written, "problem": trouble}
    return Page("cases.html", values)


def asks(visit: Visit, desk: Desk, key: str) -> Page:
    """What one customer asked by law."""
    return asks_page(visit, desk, key, {}, "")


def asks_page(visit: Visit, desk: Desk, key: str, written: Form, trouble: str) -> Page:
    """The same, with what was written in its form and what is wrong with it."""
    with in_the_reader_s_words(visit, NO_CUSTOMER, key=key):
        found, name = desk.cases.hers(key, visit.language), desk.name(key)
    return Page("asks.html", {"key": key, "name": name, "found": found, **words_of(visit), "written": written, "problem": trouble})


def case(visit: Visit, desk: Desk, number: int) -> Page:
    """One case with its log, and what can be done in it."""
    return case_page(visit, desk, number, {}, "")


def case_page(visit: Visit, desk: Desk, number: int, written: Form, trouble: str) -> Page:
    """The same, with what was written in its form and what is wrong with it."""
    with in_the_reader_s_words(visit, NO_CASE, number=str(number)):
        found = desk.cases.one(number, visit.language)
        voice = desk.voice(found.key, visit.language)
    return Page("case.html", {"case": found, "voice": voice, **words_of(visit), "written": written, "problem": trouble})


def words_of(visit: Visit) -> dict[str, object]:
    """What is asked, doors, and ways to know her, by name and in the reader's words."""
    place = int(visit.language == "fr")
    return {
        "asked": [(asked.name.lower(), ASKED[asked][place], int(asked)) for asked in Asked],
        "asked_words": {asked.name.lower(): ASKED[asked][place] for asked in Asked},
        "doors": [(door.name.lower(), DOORS[door][place]) for door in BY_HAND],
        "ways": [(known.name.lower(), KNOWN[known][place]) for known in SEEN],
        "states": STATES,
    }
