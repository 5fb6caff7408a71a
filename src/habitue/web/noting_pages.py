"""What she said by telephone, in the shop or on paper: the form, and what becomes of it."""

from __future__ import annotations

from secrets import token_hex

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from habitue.app.her.awaiting import NO_WORDS
from habitue.app.inbox.noting import DOORS, OUT_ALONE, TOO_LONG, Stands
from habitue.app.leave_words import BY
from habitue.memory.health import NO_LEAVE
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.gate import LARGEST_NUMBER, Press
from habitue.web.inbox_pages import NO_TALK, Form
from habitue.web.pages import in_the_reader_s_words
from habitue.web.problems import problem, sentence_of, status_of
from habitue.web.rendering import Page, render
from habitue.web.saying import HEALTH
from habitue.web.visit import LONGEST_KEY, Visit, visit_of
from habitue.words.errors import BadInput, HabitueError, Unknown
from habitue.words.vocabulary import Channel


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


NOBODY_CALLED = _("There is no customer “%(key)s” here. Look for her by her name.")
STANDS = {
    Stands.WAITS: _("she waits for an answer"),
    Stands.COMPLAINT: _("she complains, and waits for an answer"),
    Stands.SETTLED: _("it is answered already"),
}
WRONG = {
    NOT_A_FORM: NOT_A_FORM,
    NO_WORDS: _("Write down what she said."),
    TOO_LONG: _("Write down at most 40,000 letters; what is longer is read by nobody in time."),
    NO_LEAVE: HEALTH,
    OUT_ALONE: _("Her no holds from now on. The rest may tell of her health or belief, and was not written down; leave that out, or ask her leave first."),
}
MOST_BYTES = 300_000


def noting_routes(desk: Desk) -> list[BaseRoute]:
    """The address that writes it down."""

    def settled(visit: Visit, form: Form) -> Response:
        try:
            return RedirectResponse(visit.to(f"/inbox/{_noted(visit, desk, form)}"), 303)
        except HabitueError as wrong:
            sentence = visit.tongue.say(WRONG[str(wrong)]) if str(wrong) in WRONG else sentence_of(wrong, visit.tongue)
            page = _page(visit, desk, form, sentence)
            return render(Page(page.template, page.values, status_of(wrong)), visit, desk.settings)

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            form = await small_form(request, MOST_BYTES)
            return await run_in_threadpool(settled, visit, form)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return [Press("/inbox/note", answer)]


def note_call(visit: Visit, desk: Desk) -> Page:
    """The form; `?customer=` is her number, `?talk=` the conversation that she speaks of."""
    return _page(visit, desk, {"customer": visit.asked("customer", LONGEST_KEY)}, "")


def _page(visit: Visit, desk: Desk, written: Form, trouble: str) -> Page:
    place, number = int(visit.language == "fr"), _talk(visit)
    with in_the_reader_s_words(visit, NO_TALK, number=str(number)):
        talk = desk.inbox.one(number, visit.language) if number else None
    values = {
        "talk": talk,
        "ways": [(way.name.lower(), BY[way][place]) for way in DOORS],
        "stands": [(each.value, visit.tongue.say(words)) for each, words in STANDS.items()],
        "once": written.get("once") or token_hex(16),
        "written": written,
        "problem": trouble,
    }
    return Page("note_call.html", values)


def _noted(visit: Visit, desk: Desk, form: Form) -> int:
    """Raises: BadInput where the form holds what it does not offer; else as `note_words`."""
    way, stands = Channel.__members__.get(form.get("by", "").upper()), form.get("stands", "")
    if way not in DOORS or stands not in {each.value for each in Stands}:
        raise BadInput(NOT_A_FORM)
    key, talk = form.get("customer", ""), _talk(visit)
    try:
        return desk.inbox.note(key, way, form.get("words", ""), Stands(stands), talk, form.get("once", ""))
    except Unknown as missing:
        raise Unknown(visit.tongue.say(NO_TALK, number=str(talk)) if talk else visit.tongue.say(NOBODY_CALLED, key=key)) from missing


def _talk(visit: Visit) -> int:
    """The conversation that the address names; 0 for none.

    Raises: Unknown where no conversation of ours has such a number.
    """
    told = visit.asked("talk")
    if not told:
        return 0
    if not (told.isascii() and told.isdigit() and len(told) < 20 and 0 < int(told) <= LARGEST_NUMBER):
        raise Unknown(visit.tongue.say(NO_TALK, number=told))
    return int(told)
