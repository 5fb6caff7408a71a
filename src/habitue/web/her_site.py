"""The addresses of her own page, and where it reaches `app`: what she reads by GET, which changes nothing, and what she says by POST.

The secret in the address is what lets her in and what keeps other pages from pressing for her: no cookie, no script.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from enum import IntEnum
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from habitue.app.door import request_fresh_link_of
from habitue.app.erasure.lines import forget_line
from habitue.app.her import saying as her_saying
from habitue.app.her.awaiting import NO_WORDS, open_wait, settle_wait
from habitue.app.her.ending_links import end_by
from habitue.app.her.saying import NO_BIRTHDAY, NO_PAUSE, NO_TASTE_OF_HERS, NOTHING, HerVisit, visit_by
from habitue.app.house import House
from habitue.web.forms import MOST_BYTES, NOT_A_FORM, small_form
from habitue.web.gate import Press
from habitue.web.her_link_pages import her_link_routes
from habitue.web.her_pages import PLACES, _, data, her_visit, look, shown, sure, too_old, trouble, whole
from habitue.web.problems import problem, status_of
from habitue.web.rendering import Page
from habitue.web.visit import Visit, visit_of
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput, HabitueError, Refused, Unknown
from habitue.words.vocabulary import Channel, Purpose, Thread

Named = TypeVar("Named", bound=IntEnum)
Form = Mapping[str, str]
Said = Callable[[House, str, Form, str], object]
LONGEST_LETTER_BYTES = 8_000_000
"""A letter may be as long as she likes; this is what keeps a stranger from filling the house: about a million words."""
MOST_LETTER_BYTES = 3 * LONGEST_LETTER_BYTES + MOST_BYTES
"""What is read of one, as a form writes it: of a longer letter, too, enough to show it to her again."""
LONGEST_TASTE, LONGEST_QUOTE = 60, 1_000
FEELINGS = {"likes": 1, "dislikes": -1, "neither": 0}
PACES = {"less": -1, "usual": 0, "more": 1}
HEALTH = _("That may tell of your health or belief, so nothing was kept. Allow us first to remember what touches health or belief, below, and say it again.")
NO_TASTE = _("Write in a few words what you like or do not want, sixty letters at most.")
NO_HOURS = _("Choose two different hours.")
GONE = _("That is not here any more.")
TOO_LONG = _("Your letter is longer than this page can take, so nothing was sent. It still stands below: send it in parts.")
SENTENCES = {
    NO_PAUSE: _("A pause ends on a day to come, within ten years."),
    NO_BIRTHDAY: _("The year has no such day."),
    NO_WORDS: _("Write what you would like to say; an empty letter cannot be answered."),
    NO_TASTE: NO_TASTE,
    NO_HOURS: NO_HOURS,
    NOT_A_FORM: NOT_A_FORM,
    NO_TASTE_OF_HERS: NOT_A_FORM,
    TOO_LONG: TOO_LONG,
}


def _forget(house: House, key: str, form: Form, _language: str) -> None:
    forget_line(house, key, _number(form))


def _wrong(house: House, key: str, form: Form, language: str) -> str:
    """Another word in its place; where she names nothing, only that it is wrong."""
    if form.get("about"):
        return "noted" if _taste(house, key, form, language, _number(form)) == "noted" else "wrong"
    forget_line(house, key, _number(form))
    return "wrong"


def _taste(house: House, key: str, form: Form, _language: str, instead_of: int = 0) -> str:
    about, quote = form.get("about", ""), form.get("quote", "")
    of_a_habit = about.partition(":")[0] == "type"
    if form.get("feeling") not in FEELINGS or len(quote) > LONGEST_QUOTE:
        raise BadInput(NOT_A_FORM)
    if not about or (len(about) > LONGEST_TASTE and not of_a_habit) or not about.isprintable():
        raise BadInput(NO_TASTE)
    is_known = her_saying.say_taste(house, key, about, FEELINGS[form["feeling"]], quote, instead_of)
    return "taste" if is_known else "noted"


def _not_for_me(house: House, key: str, form: Form, _language: str) -> None:
    her_saying.not_for_me(house, key, _number(form))


def _leave(house: House, key: str, form: Form, _language: str) -> None:
    """One press is one word on one leave: two pages that are open at once cannot undo each other's."""
    word, _space, which = form.get("say", "").partition(" ")
    purpose, _dot, channel = which.partition(".")
    if word not in ("yes", "no"):
        raise BadInput(NOT_A_FORM)
    her_saying.allow(house, key, is_yes=word == "yes", purpose=_named(Purpose, purpose), channel=_named(Channel, channel))


def _only(house: House, key: str, form: Form, _language: str) -> None:
    her_saying.only(house, key, _named(Purpose, form.get("purpose", "")))


def _out(house: House, key: str, _form: Form, _language: str) -> None:
    her_saying.allow(house, key, is_yes=False, purpose=None)


def _pause(house: House, key: str, form: Form, _language: str) -> None:
    her_saying.pause(house, key, _until(house, form))


def _longer_pause(house: House, key: str, form: Form, _language: str) -> None:
    """Whoever holds an old link may be anybody: a pause of hers is not shortened by it."""
    her_saying.pause(house, key, _until(house, form), may_shorten=False)


def _until(house: House, form: Form) -> int:
    try:
        until = parse_day(form.get("until", ""))
    except BadInput as wrong:
        raise BadInput(NO_PAUSE) from wrong
    if until < house.today:
        raise BadInput(NO_PAUSE)
    return until


def _go_on(house: House, key: str, _form: Form, _language: str) -> None:
    her_saying.pause(house, key, house.today - 1)


def _rhythm(house: House, key: str, form: Form, _language: str) -> None:
    if form.get("pace") not in PACES:
        raise BadInput(NOT_A_FORM)
    her_saying.set_pace(house, key, PACES[form["pace"]])


def _way(house: House, key: str, form: Form, _language: str) -> None:
    word, _space, way = form.get("say", "").partition(" ")
    if word not in ("yes", "no"):
        raise BadInput(NOT_A_FORM)
    her_saying.set_way(house, key, _named(Channel, way), is_welcome=word == "yes")


def _hours(house: House, key: str, form: Form, _language: str) -> None:
    first, last = _small(form, "from", 23), _small(form, "until", 24)
    if first == last % 24:
        raise BadInput(NO_HOURS)
    her_saying.set_hours(house, key, first, last)


def _birthday(house: House, key: str, form: Form, _language: str) -> str:
    month, day = _small(form, "month", 12), _small(form, "day", 31)
    her_saying.set_birthday(house, key, month, day)
    return "birthday" if month else "no-birthday"


def _write(house: House, key: str, form: Form, _language: str) -> None:
    if len(form.get("words", "").encode()) > LONGEST_LETTER_BYTES:
        raise BadInput(TOO_LONG)
    kind = Thread.COMPLAINT if form.get("kind") == "complaint" else Thread.QUESTION
    open_wait(house, key, kind, form.get("words", ""))


def _object(house: House, key: str, _form: Form, _language: str) -> None:
    her_saying.allow(house, key, is_yes=False, purpose=Purpose.PROFILING)


SAID: dict[str, Said] = {
    "forget": _forget,
    "wrong": _wrong,
    "taste": _taste,
    "not-for-me": _not_for_me,
    "leave": _leave,
    "only": _only,
    "out": _out,
    "pause": _pause,
    "go-on": _go_on,
    "rhythm": _rhythm,
    "way": _way,
    "hours": _hours,
    "birthday": _birthday,
    "write": _write,
    "object": _object,
}
"""All that she can say, by its address."""
NARROWING: dict[str, Said] = {"out": _out, "pause": _longer_pause}
"""What an old link can still do: less to her, never more."""
LEFT: dict[str, Said] = {"out": _out}
"""What one that was ended can still do: nobody knows in whose hands it is."""


def her_routes(house: House) -> list[BaseRoute]:
    """Her page and all that she can say on it; and, on the console, the making and ending of her links and the answer to a letter."""
    return [
        Route("/her/{secret}", _reading(look, house), methods=["GET"]),
        Route("/her/{secret}/erase", _reading(sure, house), methods=["GET"]),
        Route("/her/{secret}/data", _reading(data, house), methods=["GET"]),
        *(Route(f"/her/{{secret}}/{what}", _saying(what, house), methods=["POST"]) for what in (*SAID, "fresh", "end", "erase")),
        Route("/her/{rest:path}", _reading(_nothing, house), methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
        *her_link_routes(house),
        Press("/customers/{key:path}/answered/{number:int}", _answered(house)),
    ]


def _nothing(_request: Request, _house: House) -> Response:
    raise Unknown(NOTHING)


def _reading(page: Callable[[Request, House], Response], house: House) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            return page(request, house)
        except Exception as wrong:  # noqa: BLE001 - no server may print a traceback with a name in it
            return trouble(request, house, wrong)

    return answer


def _saying(what: str, house: House) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            her = await run_in_threadpool(visit_by, house, request.path_params["secret"])
            form = await small_form(request, MOST_LETTER_BYTES) if what == "write" and her.is_fresh else await small_form(request)
            return await run_in_threadpool(_said, what, house, request, her, form)
        except Exception as wrong:  # noqa: BLE001 - as above
            return await run_in_threadpool(trouble, request, house, wrong)

    return answer


def _said(what: str, house: House, request: Request, her: HerVisit, form: dict[str, str]) -> Response:
    """Done, and back to her page; or her page again, with what is wrong and what she wrote."""
    visit = her_visit(request, house, her.customer_key)
    words = SAID if her.is_fresh else LEFT if her.is_ended else NARROWING
    if what == "fresh" and not her.is_ended:
        request_fresh_link_of(house, her.profile_id, visit.language)
        return shown(request, house, whole(house, visit, her, what), her.customer_key)
    if what == "end" and her.is_fresh:
        end_by(house, request.path_params["secret"], visit.language)
        return _back(request, visit, what)
    if not her.is_fresh and what not in words:
        page = whole(house, visit, her, problem=visit.tongue.say(too_old(her)))
        return shown(request, house, Page(page.template, page.values, 403), her.customer_key)
    if what == "erase" and form.get("sure") == "1":
        number = her_saying.erase(house, her.customer_key).number
        return shown(request, house, Page("her_gone.html", {"number": number}))
    try:
        if what not in words:
            raise BadInput(NOT_A_FORM)
        said = words[what](house, her.customer_key, form, visit.language)
    except (BadInput, Refused, Unknown) as wrong:
        page = whole(house, visit, her, problem=visit.tongue.say(_in_words(wrong)), written={"of": what, **form})
        return shown(request, house, Page(page.template, page.values, status_of(wrong)), her.customer_key)
    return _back(request, visit, said if isinstance(said, str) else what)


def _back(request: Request, visit: Visit, what: str) -> Response:
    """Back to her page, to the place where she said it, which says that it is done."""
    language = f"&lang={visit.language}" if request.query_params.get("lang") else ""
    place = f"#{PLACES[what]}" if what in PLACES else ""
    return RedirectResponse(f"/her/{request.path_params['secret']}?said={what}{language}{place}", 303)


def _in_words(wrong: HabitueError) -> str:
    if isinstance(wrong, Refused):
        return HEALTH
    return SENTENCES.get(str(wrong), GONE if isinstance(wrong, Unknown) else NO_TASTE)


def _number(form: Form) -> int:
    return _small(form, "number", 2**63 - 1)


def _small(form: Form, name: str, most: int) -> int:
    """A whole number of a form.

    Raises: BadInput where it is none, or too large.
    """
    text = form.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= most):
        raise BadInput(NOT_A_FORM)
    return int(text)


def _named(kind: type[Named], name: str) -> Named:
    """The member of that name.

    Raises: BadInput where there is none.
    """
    if name.upper() not in kind.__members__:
        raise BadInput(NOT_A_FORM)
    return kind[name.upper()]


def _answered(house: House) -> Callable[[Request], Response]:
    """On the console: a person says that a letter of hers is answered."""

    def answer(request: Request) -> Response:
        try:
            visit: Visit = visit_of(request, house.settings, house.today)
            settle_wait(house, request.path_params["key"], request.path_params["number"])
            return RedirectResponse(visit.customer(request.path_params["key"]) + "#waits", 303)
        except Exception as wrong:  # noqa: BLE001 - as above
            return problem(request, house.settings, house.today, wrong)

    return answer
