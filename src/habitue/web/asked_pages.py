"""The page of the letter that asks whether we answered well: one question, three buttons, room for a word. Machines follow links: a button alone tells us."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from habitue.app.inbox.asked import NOTHING, TOO_LONG
from habitue.channels.email.asking_wording import ANSWERS, QUESTION
from habitue.dialogue.satisfaction import Verdict
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM
from habitue.web.her_answers import Written, her_answer
from habitue.web.rendering import Page
from habitue.web.visit import Visit
from habitue.words.errors import BadInput, Unknown

MOST_BYTES = 400_000
"""The longest word that is read, with every sign of it written as several."""


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


WRONG = {
    NOT_A_FORM: NOT_A_FORM,
    TOO_LONG: _("At most 40,000 letters fit here. Answer our letter instead: there it may be as long as you like."),
}
OVER = {NOTHING: _("This link opens nothing, or no more. To tell us something, answer our letter: a person reads it.")}


def asked_routes(desk: Desk) -> list[BaseRoute]:
    """The page by each of the letter's three links, and what is pressed on it."""
    return [
        Route("/asked/{mark}/{word}", her_answer(look, desk), methods=["GET"]),
        Route("/asked/{mark}", her_answer(look, desk), methods=["GET"]),
        Route("/asked/{mark}", her_answer(press, desk, most_bytes=MOST_BYTES, too_much=TOO_LONG), methods=["POST"]),
    ]


def look(visit: Visit, desk: Desk, request: Request, _written: Written) -> Page:
    """The question; the answer whose link she followed stands first, and is said by nobody yet."""
    try:
        said = desk.door.asked(request.path_params["mark"]).verdict
    except Unknown:
        return _over()
    word = request.path_params.get("word", "")
    return _page(visit, request, {"say": word if word in ANSWERS else ""}, said.value if said else "")


def press(visit: Visit, desk: Desk, request: Request, written: Written) -> Page:
    """She pressed one of the buttons."""
    try:
        if written.get("say") not in ANSWERS:
            raise BadInput(NOT_A_FORM)
        said = desk.door.say_of_us(request.path_params["mark"], Verdict(written["say"]), written.get("words", ""))
    except Unknown:
        return _over()
    except BadInput as wrong:
        return _page(visit, request, written, "", WRONG.get(str(wrong), str(wrong)))
    is_hers = said.value == written["say"]
    return _page(visit, request, {}, said.value, is_now=is_hers)


def _page(visit: Visit, request: Request, written: Written, said: str, problem: str = "", *, is_now: bool = False) -> Page:
    chosen = written.get("say", "")
    words = sorted(ANSWERS, key=lambda each: each != chosen)
    values = {
        "question": QUESTION[visit.language],
        "answers": [(word, ANSWERS[word][visit.language]) for word in words],
        "chosen": chosen,
        "said": said,
        "said_as": ANSWERS[said][visit.language] if said else "",
        "is_now": is_now,
        "words": written.get("words", ""),
        "action": f"/asked/{request.path_params['mark']}?lang={visit.language}",
        "problem": problem,
    }
    return Page("asked.html", values, 400 if problem else 200)


def _over() -> Page:
    return Page("door_problem.html", {"sentence": OVER[NOTHING]}, 404)
