"""What can be pressed in a conversation: it is answered or done, and what she said is kept or let go."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from habitue.app.inbox import asking_model as asks
from habitue.app.inbox.among_us import EMPTY_NOTE, LONG_NOTE, NO_NAME, TAKEN
from habitue.app.inbox.answering import MEANWHILE, NO_ADDRESS, NO_ANSWER, NOTHING_TO_KEEP
from habitue.app.inbox.attached import TakenOut
from habitue.dialogue.suggestions import NOT_READABLE
from habitue.memory.health import NO_LEAVE
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.gate import LARGEST_NUMBER, Press
from habitue.web.inbox_pages import Form, talk_page
from habitue.web.pages import in_the_reader_s_words
from habitue.web.problems import problem, sentence_of, status_of
from habitue.web.rendering import Page, render
from habitue.web.visit import Visit, visit_of
from habitue.words.asking import LONGEST_NAME, plain_name
from habitue.words.errors import BadInput, BookError, HabitueError, Unknown


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


CHOOSE = "Choose a saved answer first."
WRONG = {
    NOT_A_FORM: NOT_A_FORM,
    NO_ANSWER: _("Write what you would like to answer; an empty letter says nothing."),
    NO_ADDRESS: _("No e-mail address of hers is known for sure. Answer her by the way she came, and note here that it is done."),
    MEANWHILE: _("Something was said meanwhile. Read it first, and send your answer again; it is still below."),
    NOTHING_TO_KEEP: _("That is said, and answered; there is nothing to keep of it."),
    NO_NAME: _("Say whose it is to be: nobody knows who is at the desk."),
    CHOOSE: _("Choose a saved answer first."),
    TAKEN: _("Somebody else has it in hand by now. See who, and give it to whom it is to be."),
    EMPTY_NOTE: _("Write what the others should know; an empty note says nothing."),
    LONG_NOTE: _("A note has at most 4,000 letters; say it in fewer."),
    asks.NO_MODEL: _("No model is asked here; name one in the settings first, as model_url and model_name."),
    asks.NO_PROFILE: _("She does not want a profile made of her, so no model reads what she says."),
    asks.NOT_HERS: _("A model reads one message of hers; this is none, or no words of it are kept."),
    asks.NOTHING_LEFT: _("All of these words touch her health, and she does not allow us to keep that: nothing was sent to a model."),
    asks.AWAY: _("The model does not answer. See whether its server runs, and whether model_url is right. Nothing was changed."),
    asks.TOO_SLOW: _("The model takes too long, so nothing was taken from its answer. Try again, or name a smaller model."),
    asks.NO_KEY: _("The model’s server refuses us; give its key in the environment, as HABITUE_MODEL_KEY. Nothing was changed."),
    asks.NO_SUCH: _("The model’s server does not understand this request; look at model_url and model_name. Nothing was changed."),
    asks.TOO_LONG: _("The model answers at such length that nothing was taken from it."),
    asks.ASKED: _("A model is being asked already; wait for its answer, then ask again."),
    asks.GONE: _("These words are here no more, so nothing was taken from the model’s answer."),
    NOT_READABLE: _("The model answered something else than a list of what she says, so nothing was taken from it."),
    NO_LEAVE: _("This may tell of her health or belief, so nothing was kept. Ask her leave in your answer; once she allows it, keep it here."),
}
NOTHING_NEW = _("The model finds nothing that does not stand here already.")
NO_FILE = _("This file is here no more.")
NOT_KEPT = _("That cannot be kept as it stands. Note it on her card, in your own words.")
NOT_FILLED = _("“%(name)s” cannot be filled in for her, so nothing was put in. See %(place)s in the book; “habitue book check” says what is missing.")
MOST_BYTES = 300_000
"""A long letter with every sign of it written as three."""
TYPED = ("words", "note", "person")
OF_ITS_BUTTON = ("message", "proposal", "number")
"""What the address of a button says of it; all of the page is one form, so that what is half written comes along with every press."""
DONE_WITH = {"answer": ("words", "leave", "saved"), "note": ("note",), "give": ("person",)}
"""What a press has used up."""


def inbox_routes(desk: Desk) -> list[BaseRoute]:
    """The address that changes something of a conversation."""

    def settled(visit: Visit, number: int, form: Form) -> Response:
        try:
            if form.get("do") == "fill":
                filled = {**form, "words": with_saved(visit, desk, number, form), "saved": ""}
                return render(talk_page(visit, desk, number, filled, "", number_in(form, "seen")), visit, desk.settings)
            if form.get("do") == "suggest" and not desk.inbox.suggest(number_in(form, "message")):
                return render(talk_page(visit, desk, number, form, visit.tongue.say(NOTHING_NEW), seen_in(form)), visit, desk.settings)
            is_all_read = form.get("do") == "done" and desk.inbox.one(number, visit.language).last == seen_in(form)
            place, left = _done(visit, desk, number, form), _left(form)
            if any(left.get(name) for name in TYPED):  # in a page and in no address: what is half written is kept nowhere
                return render(talk_page(visit, desk, number, left, "", 0 if is_all_read else seen_in(form)), visit, desk.settings)
            return RedirectResponse(visit.to(f"/inbox/{number}") + place, 303)
        except HabitueError as wrong:
            sentence = visit.tongue.say(WRONG[str(wrong)]) if str(wrong) in WRONG else sentence_of(wrong, visit.tongue)
            page = talk_page(visit, desk, number, form, sentence, 0 if str(wrong) == MEANWHILE else seen_in(form))
            return render(Page(page.template, page.values, status_of(wrong)), visit, desk.settings)

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            form = await small_form(request, MOST_BYTES)
            form |= {name: request.query_params[name] for name in OF_ITS_BUTTON if name in request.query_params}
            return await run_in_threadpool(settled, visit, request.path_params["number"], form)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    def file(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            with in_the_reader_s_words(visit, NO_FILE):
                return _file(desk.inbox.file(min(request.path_params["number"], LARGEST_NUMBER)))
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return [Press("/inbox/{number:int}", answer), Route("/inbox/files/{number:int}", file)]


def _file(taken: TakenOut) -> Response:
    """A stranger's file: it is saved, and never shown or run as a page of ours. Source: RFC 6266; Content Security Policy, sandbox."""
    plain = "".join(sign if sign.isascii() and sign not in '"\\' else "_" for sign in taken.name)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(taken.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(taken.content, media_type=taken.media_type, headers=headers)


def _done(visit: Visit, desk: Desk, number: int, form: Form) -> str:
    """Does what was pressed; gives where on the page to look next."""
    do = form.get("do", "")
    if do == "answer":
        desk.inbox.answer(number, form.get("words", ""), number_in(form, "seen"), asks_leave=bool(form.get("leave")))
        return "#last"
    if do == "done":
        desk.inbox.close(number)
        return ""
    if do in ("take", "give", "back"):
        had = had_in(form)
        if do == "take":
            desk.inbox.take(number, had)
        else:
            desk.inbox.give(number, person_in(form) if do == "give" else "", had)
        return ""
    if do == "note":
        desk.inbox.add_note(number, form.get("note", ""))
        return "#among-us"
    if do == "unnote":
        desk.inbox.drop_note(number, number_in(form, "number"))
        return "#among-us"
    if do == "suggest":
        return f"#m{number_in(form, 'message')}"
    if do not in ("keep", "let_go"):
        raise BadInput(NOT_A_FORM)
    message, proposal = number_in(form, "message"), number_in(form, "proposal")
    try:
        (desk.inbox.keep if do == "keep" else desk.inbox.let_go)(message, proposal)
    except (BadInput, Unknown) as wrong:
        raise type(wrong)(str(wrong) if str(wrong) in WRONG else visit.tongue.say(NOT_KEPT)) from wrong
    return f"#m{message}"


def with_saved(visit: Visit, desk: Desk, number: int, form: Form, fill_in: Callable[[int, str], str] | None = None) -> str:
    """What is written already, and below it the saved answer that was chosen. Raises: BadInput, in the reader's words, where it cannot be filled in."""
    if not (name := form.get("saved", "")):
        raise BadInput(CHOOSE)
    try:
        said = (fill_in or desk.inbox.fill_in)(number, name)
    except BookError as wrong:
        raise BadInput(visit.tongue.say(NOT_FILLED, name=name[:LONGEST_NAME], place=f"{wrong.file}:{wrong.line}" if wrong.line else wrong.file)) from wrong
    draft = form.get("words", "").replace("\r\n", "\n").rstrip()
    return f"{draft}\n\n{said}" if draft else said


def _left(form: Form) -> Form:
    """What stays in the fields once what was pressed is done."""
    return {name: value for name, value in form.items() if name not in DONE_WITH.get(form.get("do", ""), ())}


def seen_in(form: Form) -> int:
    """The last message that was read when the form was opened; 0 where it does not say."""
    return number_in(form, "seen") if form.get("seen") else 0


def had_in(form: Form) -> str:
    """In whose hands it was as the page was shown."""
    return plain_name(form.get("had", ""))


def person_in(form: Form) -> str:
    """To whom it is to be given. Raises: BadInput where no name stands there."""
    if not (person := plain_name(form.get("person", ""))):
        raise BadInput(NO_NAME)
    return person


def number_in(form: Form, name: str) -> int:
    """Raises: BadInput where no form of ours sends such a thing."""
    told = form.get(name, "")
    if not (told.isascii() and told.isdigit() and len(told) < 20 and 0 < int(told) <= LARGEST_NUMBER):
        raise BadInput(NOT_A_FORM)
    return int(told)
