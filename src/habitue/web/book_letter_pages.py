"""The letters of the book on pages: each with what `book check` says of it, and as one customer, or the hardest readers, would get it. Nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from habitue.app.model import PersonLine
from habitue.app.post.previewing import HARDEST
from habitue.content.letter_images import MEDIA
from habitue.content.model import LANGUAGES
from habitue.content.rendering import Rendered
from habitue.web.desk import Desk
from habitue.web.finding_words import said_of_letter
from habitue.web.gate import KEEP_FOR_GOOD, LOCKS
from habitue.web.pages import in_the_reader_s_words
from habitue.web.problems import problem, sentence_of
from habitue.web.rendering import Page
from habitue.web.visit import LONGEST_KEY, Visit, visit_of
from habitue.words.errors import BookError, Several, Unknown


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


LETTER_LOCKS = {
    **LOCKS,
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
}
"""A letter's styles stand in its parts; so it is shown alone, where no script runs, nothing is pressed and nothing is fetched from elsewhere."""
FRAMED = {"Content-Security-Policy": f"{LOCKS['Content-Security-Policy']}; frame-src 'self'"}
IMAGE_LOCKS = {
    **LOCKS,
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",  # a mailbox in a browser shows it on a page of its own
    "Cache-Control": KEEP_FOR_GOOD,
}
LIGHTS = ("light", "dark")
MOST_FOUND = 20
NOBODY = _("Nobody answers to “%(name)s”. Try a part of the name, the number alone, or the whole e-mail address.")
NO_ACTION = _("No action “%(action)s” of the book leaves as a letter.")


def letters(visit: Visit, desk: Desk) -> Page:
    """Each action that leaves as a letter, and what is said of files that none leaves as."""
    return Page("book_letters.html", {"letters": desk.letters_of_book.all(visit.language), "unnamed": desk.letters_of_book.unnamed(), "told": _told(visit)})


def _told(visit: Visit) -> Callable[[str], tuple[Markup, bool]]:
    return partial(said_of_letter, visit.tongue)


def letter(visit: Visit, desk: Desk, key: str) -> Page:
    """One letter: its findings, and as the reader gets it who was chosen."""
    with in_the_reader_s_words(visit, NO_ACTION, action=key):
        found = desk.letters_of_book.one(key, visit.language)
    asked, people, shown, trouble, is_english = _reader(visit), list[PersonLine](), None, "", False
    try:
        shown = _shown(visit, desk, key)
    except Unknown:
        people = desk.search(asked, visit.today, visit.language, MOST_FOUND)
        trouble = "" if people else visit.tongue.say(NOBODY, name=asked)
    except BookError as broken:
        said, is_english = said_of_letter(visit.tongue, broken.what)
        place = f"{broken.file}:{broken.line}" if broken.line else broken.file
        trouble = Markup("%s: %s") % (place, said)
    except Several as several:
        trouble = sentence_of(several, visit.tongue)
    values = {
        "letter": found,
        "told": _told(visit),
        "asked": asked,
        "hard": _hard(visit),
        "hardest": {case: words[visit.language] for case, words in HARDEST.items()},
        "tongues": LANGUAGES,
        "spoken": _spoken(visit),
        "people": people,
        "shown": shown,
        "trouble": trouble,
        "is_english": is_english,
        "lights": LIGHTS,
    }
    return Page("book_letter.html", values, headers=FRAMED)


def framed(desk: Desk) -> Callable[[Request], Response]:
    """The letter itself, for the frames of its page."""

    def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            made = _shown(visit, desk, request.path_params["key"])
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)
        return HTMLResponse(made.by(visit.asked("light")), headers=LETTER_LOCKS)

    return answer


def image(desk: Desk) -> Callable[[Request], Response]:
    """An image of the book, the same for everybody: no cookie, no look, and kept by whoever has fetched it once."""

    def answer(request: Request) -> Response:
        found = desk.letters_of_book.image(request.path_params["name"])
        if found is None:
            return PlainTextResponse("There is no such image.\n", 404)
        return Response(found[1], media_type=MEDIA[found[0].kind], headers=IMAGE_LOCKS)

    return answer


def _shown(visit: Visit, desk: Desk, action: str) -> Rendered:
    """The letter for the reader who was chosen: a customer, else one of the hardest."""
    if asked := _reader(visit):
        return desk.letters_of_book.for_her(action, asked, _spoken(visit))
    return desk.letters_of_book.hardest(action, _spoken(visit) or visit.language)[list(HARDEST).index(_hard(visit))]


def _reader(visit: Visit) -> str:
    """The customer who was chosen, by number, address or name."""
    return visit.asked("for", LONGEST_KEY)


def _hard(visit: Visit) -> str:
    """Which of the hardest readers; the first where none was chosen."""
    return asked if (asked := visit.asked("hard")) in HARDEST else next(iter(HARDEST))


def _spoken(visit: Visit) -> str:
    """The language that was chosen; empty for hers."""
    return asked if (asked := visit.asked("in")) in LANGUAGES else ""
