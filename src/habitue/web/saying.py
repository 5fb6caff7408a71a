"""What she told us, on her card: the list, the forms to note, correct and withdraw, and what is said when one cannot be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from habitue.app.stating import ENDED, Note
from habitue.web import pages
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.gate import Press
from habitue.web.problems import problem, status_of
from habitue.web.rendering import Page, render
from habitue.web.visit import Visit, visit_of
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput, HabitueError, Refused, Unknown
from habitue.words.vocabulary import Level, Strength, Subject, Told

LONGEST_QUOTE = 1_000
FEELINGS = {"likes": 1, "dislikes": -1, "neither": 0}
Pressed = Callable[[Desk, str, Request, "Said"], None]
Said = Mapping[str, str]


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


HEALTH = _(
    "This may tell of her health or belief, so nothing was kept. Ask her leave first, note her yes as a consent for health and belief, and say it again."
)
NOTHING_CALLED = _("The catalogue has nothing called “%(about)s”. Write its name, or say that it is what things are like.")
NO_HOURS = _("“%(about)s” names no hours. Write 0-10 for before ten, or 12-14 mon-fri.")
NO_WAY = _("“%(about)s” is no way to reach her. Write e-mail, SMS, post, shop, phone or site.")
NO_ATTRIBUTE = _("What things are like is a word or a few, as “organic”.")
GONE_ALREADY = _("That was withdrawn already, or was never said.")
NO_DAY = _("“%(day)s” is not a day. Write it as 2017-11-02.")
OVER_ALREADY = _("“%(day)s” is past. Write a day to come, or leave it empty: for good.")
NOT_READ = {"attribute": NO_ATTRIBUTE, "channel": NO_WAY, "hour": NO_HOURS}


def saying_routes(desk: Desk) -> list[BaseRoute]:
    """What can be pressed on a card."""
    pressed: dict[str, Pressed] = {"": _note, "/{number:int}/withdraw": _withdraw, "/{number:int}/correct": _correct}
    return [Press("/customers/{key:path}/said" + path, _answer(handler, desk)) for path, handler in pressed.items()]


def _answer(handler: Pressed, desk: Desk) -> Callable[..., object]:
    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            said = await small_form(request)
            return await run_in_threadpool(_pressed, handler, desk, visit, request, said)
        except Exception as error:  # noqa: BLE001 - no server may print a traceback with a name in it
            return problem(request, desk.settings, desk.today(), error)

    return answer


def _pressed(handler: Pressed, desk: Desk, visit: Visit, request: Request, said: Said) -> Response:
    """Done, and back to the card; or the card again, with what is wrong and what was written."""
    key = request.path_params["key"]
    try:
        handler(desk, key, request, said)
    except HabitueError as wrong:
        card = pages.card(visit, desk, key)
        trouble = {"problem": _in_words(visit, said, wrong), "written": said, "written_for": request.path_params.get("number", 0)}
        return render(Page(card.template, {**card.values, **trouble}, status_of(wrong)), visit, desk.settings)
    return RedirectResponse(visit.customer(key) + "#said", 303)


def _note(desk: Desk, key: str, _request: Request, said: Said) -> None:
    desk.note(key, noted(said))


def _withdraw(desk: Desk, key: str, request: Request, _said: Said) -> None:
    desk.withdraw(key, request.path_params["number"])


def _correct(desk: Desk, key: str, request: Request, said: Said) -> None:
    desk.correct(key, request.path_params["number"], noted(said))


def noted(said: Said) -> Note:
    """The note that a form holds.

    Raises: BadInput where it holds what the form does not offer.
    """
    try:
        subject, strength, told = Subject[said["subject"].upper()], Strength[said["strength"].upper()], Told[said["told"].upper()]
        feeling = FEELINGS[said["feeling"]]
    except KeyError as wrong:
        raise BadInput(NOT_A_FORM) from wrong
    if told == Told.INFERRED or not said.get("about") or len(said.get("quote", "")) > LONGEST_QUOTE:
        raise BadInput(NOT_A_FORM)
    until = parse_day(said["until"]) if said.get("until") else None
    return Note(subject, said["about"], feeling, strength, told, said.get("quote", ""), until, bool(said.get("health")), Level.PRODUCT, "")


def _in_words(visit: Visit, said: Said, wrong: HabitueError) -> str:
    """What is wrong, in the reader's language."""
    say, about = visit.tongue.say, said.get("about", "")
    if isinstance(wrong, Refused):
        return say(HEALTH)
    if "about" not in said:
        return say(GONE_ALREADY)
    if str(wrong) == NOT_A_FORM:
        return say(NOT_A_FORM)
    if said.get("until") and "is not a day" in str(wrong):
        return say(NO_DAY, day=said["until"])
    if str(wrong) == ENDED:
        return say(OVER_ALREADY, day=said.get("until", ""))
    if isinstance(wrong, Unknown):
        return say(NOTHING_CALLED, about=about) if said.get("subject") == "thing" else say(GONE_ALREADY)
    not_read = NOT_READ.get(said.get("subject", ""))
    if isinstance(wrong, BadInput) and not_read:
        return say(not_read, about=about)
    return str(wrong)
