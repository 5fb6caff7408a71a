"""What she allows: the page that shows each leave and every word that made it so, and the form on which somebody writes down what she says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from habitue.app.leave_words import BY, LANGUAGES
from habitue.app.leaving import NO_WAY, NOT_SHOWN, NOT_USED, NOTHING, WRITTEN, Said
from habitue.consent.countries import STRICT
from habitue.consent.model import WITHOUT_CHANNEL
from habitue.consent.notices import Notices
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.pages import in_the_reader_s_words
from habitue.web.problems import problem, status_of
from habitue.web.rendering import Page, render
from habitue.web.visit import Visit, visit_of
from habitue.web.wording import NO_CUSTOMER
from habitue.words.errors import BadInput, HabitueError
from habitue.words.vocabulary import Collected, Purpose

LONGEST_PROOF = 1_000


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


HOW = {
    Collected.COUNTER: _("at the counter"),
    Collected.CALL: _("on the telephone"),
    Collected.LETTER: _("on paper"),
    Collected.REPLY: _("in an answer to us"),
    Collected.FORM: _("on a form"),
}
"""How somebody of the shop may have heard it."""
NO_NOTICE = _("No text here has the number %(name)s.")
WRONG = {
    NOTHING: _("Tick for what she allows it; each is a leave of its own."),
    NO_WAY: _("Tick by which way she allows it; each is a leave of its own."),
    NOT_USED: _("This house does not ask for that."),
    NOT_SHOWN: _("She cannot have been shown that text; open the page again."),
    NOT_A_FORM: NOT_A_FORM,
}


def leave(visit: Visit, desk: Desk, key: str) -> Page:
    """What a customer allows at this moment."""
    return _page(visit, desk, key, {}, "")


def _page(visit: Visit, desk: Desk, key: str, written: dict[str, str], trouble: str) -> Page:
    with in_the_reader_s_words(visit, NO_CUSTOMER, key=key):
        lines, name, (said, years) = desk.leaves(key, visit.language), desk.name(key), desk.rules_for(key)
        free = desk.without_yes(key)
    stands = {(line.purpose, line.channel): line.is_granted for line in lines}
    place = int(visit.language == "fr")
    notices = desk.notices()
    law = [(rule.sentence(visit.language), rule.law) for rule in said] or [(STRICT[visit.language], "")]
    asked = [(purpose, notices.title(purpose, visit.language)) for purpose in notices.asked()]
    values = {
        "key": key,
        "name": name,
        "voice": desk.voice(key, visit.language),
        "ways": [(channel.name.lower(), BY[channel][place]) for channel in WRITTEN],
        "carried": [(p.name.lower(), title, [stands.get((p.name.lower(), c.name.lower())) for c in WRITTEN]) for p, title in asked if p not in WITHOUT_CHANNEL],
        "free": free,
        "kept": [(p.name.lower(), title, _of_all(stands, p)) for p, title in asked if p in WITHOUT_CHANNEL],
        "shown": [(_hashes(notices, language), names[place]) for language, names in LANGUAGES.items()],
        "how": [(how.name.lower(), visit.tongue.say(title)) for how, title in HOW.items()],
        "lines": lines,
        "rules": [*law, *((rule.sentence(visit.language), rule.law) for rule in years)],
        "written": written,
        "problem": trouble,
    }
    return Page("leave.html", values)


def _hashes(notices: Notices, language: str) -> str:
    """The texts of today in one language, as one field of a form carries them: what was shown stays what it was, should they change meanwhile."""
    return " ".join(notices.shown(purpose, language).hash for purpose in notices.asked() if notices.shown(purpose, language).language == language)


def notices(visit: Visit, desk: Desk) -> Page:
    """What she is shown today, by purpose and language."""
    return Page("notices.html", {"notices": list(desk.notices().of.values()), "used": desk.notices().used})


def notice(visit: Visit, desk: Desk, name: str) -> Page:
    """One text that she was shown, as it was."""
    with in_the_reader_s_words(visit, NO_NOTICE, name=name):
        return Page("notice.html", {"notice": desk.notice(name)})


def _of_all(stands: dict[tuple[str, str], bool], purpose: Purpose) -> bool | None:
    """Whether every way by which she spoke of it says yes; none where she has not spoken."""
    said = [is_granted for (told, _channel), is_granted in stands.items() if told == purpose.name.lower()]
    return all(said) if said else None


def say(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Writes down what she said, and shows what it made of her leaves."""

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            written = await small_form(request)
            return await run_in_threadpool(_said, visit, desk, request.path_params["key"], written)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return answer


def _said(visit: Visit, desk: Desk, key: str, written: dict[str, str]) -> Response:
    try:
        desk.say_leave(key, said_in(written))
    except HabitueError as wrong:
        sentence = visit.tongue.say(WRONG[str(wrong)]) if str(wrong) in WRONG else str(wrong)
        shown = _page(visit, desk, key, written, sentence)
        return render(Page(shown.template, shown.values, status_of(wrong)), visit, desk.settings)
    return RedirectResponse(visit.customer(key, "/leave"), 303)


def said_in(written: dict[str, str]) -> Said:
    """What a form says.

    Raises: BadInput where it holds what the form does not offer.
    """
    how = Collected.__members__.get(written.get("how", "").upper())
    if written.get("word") not in ("yes", "no") or how not in HOW or len(written.get("proof", "")) > LONGEST_PROOF:
        raise BadInput(NOT_A_FORM)
    purposes = tuple(purpose for purpose in Purpose if f"for-{purpose.name.lower()}" in written)
    channels = tuple(channel for channel in WRITTEN if f"by-{channel.name.lower()}" in written)
    return Said(written["word"] == "yes", purposes, channels, how, written.get("proof", ""), tuple(written.get("shown", "").split()))
