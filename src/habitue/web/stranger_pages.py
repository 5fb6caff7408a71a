"""Those whom nobody here knows: who waits, what was said with one of them, and what whoever is at the desk does with it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from habitue.app.inbox.among_us import NO_STRANGER_S_LEAVE
from habitue.app.inbox.answering import MEANWHILE
from habitue.app.inbox.attaching import IN_THE_POST, NOT_THERE
from habitue.app.inbox.strangers import A_COPY, LONGEST_ANSWER, MOST_SHOWN, NO_WAY, NOBODYS_BOX, OUR_OWN, TOO_LONG, Stranger
from habitue.app.inbox.talking import is_one_person
from habitue.web.desk import Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.gate import Press
from habitue.web.inbox_pages import LETTERS, Form, due, first_words, talk_page, waits_since, ways, when_said
from habitue.web.inbox_pressing import WRONG as OF_TALKS
from habitue.web.inbox_pressing import had_in, number_in, person_in, seen_in, with_saved
from habitue.web.noting_pages import NOBODY_CALLED
from habitue.web.problems import problem, sentence_of, status_of
from habitue.web.rendering import Page, render
from habitue.web.visit import Visit, visit_of
from habitue.words.errors import BadInput, HabitueError, Several, Unknown


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


NO_KEY = _("Say who it is: her number, e-mail address or telephone number.")
GONE = _("Somebody has said already whose it is, or let it go.")
WRONG = OF_TALKS | {
    IN_THE_POST: _("Our answer to it is still in the post. Say whose it is once it has left."),
    NOT_THERE: _("This message is here no more."),
    NO_STRANGER_S_LEAVE: _(
        "This may tell of health or belief, so nothing was kept. Say first whose it is; once she allows it, note it beside her conversation."
    ),
    TOO_LONG: _("An answer has at most 100,000 letters; say it in fewer."),
    NO_WAY: _("No letter can go to the address that it names, so it cannot be answered. If you know whose it is, say so, and answer her there."),
    NOBODYS_BOX: _("The address that it names is a machine’s: nobody would read your answer. If you know whose it is, say so, and answer her there."),
    OUR_OWN: _("It names our own address, so whoever wrote it is not known, and your answer would come back to you."),
    A_COPY: _(
        "This house is a copy, or was brought back, and its gate is closed: answer from the house that works, or open this one first (habitue post --open)."
    ),
}
STATES = LETTERS | {"failed": _("could not be delivered to that address")}
TYPED = ("words", "customer", "note", "person")
USED_UP = {"answer": "words", "note": "note", "give": "person"}
"""All of the page is one form: what is typed stays in its field after a press, but what the press has used up."""
AMONG_US = ("take", "give", "back", "note", "unnote")
OF_ITS_BUTTON = ("customer", "number")
"""What the address of a button says."""
MOST_BYTES = 13 * LONGEST_ANSWER
"""A sign beyond the first plane is sent as twelve; what is too long comes back into its field, with a sentence."""


def strangers(visit: Visit, desk: Desk) -> Page:
    """Those who wait, what is due next first; then those who have our answer."""
    waiting, answered = desk.inbox.strangers(visit.language), desk.inbox.answered_strangers(visit.language)
    values = {
        "groups": [[_line(visit, desk, each) for each in group] for group in (waiting, answered)],
        "ways": ways(visit),
        "is_cut": len(waiting) == MOST_SHOWN,
    }
    return Page("strangers.html", values)


def _line(visit: Visit, desk: Desk, each: Stranger) -> tuple[Stranger, str, str, str]:
    since = waits_since(visit, desk, each) or when_said(visit, desk, each.said[-1].at)
    return each, since, due(visit, desk, each), first_words(each.words, each.subject)


def stranger(visit: Visit, desk: Desk, number: int) -> Page:
    """All that was said with one of them."""
    return _page(visit, desk, number, {}, "")


def _page(visit: Visit, desk: Desk, number: int, written: Form, trouble: str, seen: int = 0) -> Page:
    """The same, with what was written in its forms and what is wrong with it; `seen` is the last that its reader has read, where not all of it."""
    try:
        found = desk.inbox.stranger(number, visit.language)
    except Unknown as missing:
        raise Unknown(visit.tongue.say(GONE)) from missing
    values = {
        "stranger": found,
        "since": waits_since(visit, desk, found),
        "due": due(visit, desk, found),
        "times": {said.number: when_said(visit, desk, said.at) for said in found.said},
        "ways": ways(visit),
        "letters": STATES,
        "no_answer": WRONG.get(found.no_answer, ""),
        "written": written,
        "noted_at": {note.number: when_said(visit, desk, note.at) for note in found.notes},
        "is_mine": is_one_person(found.person, visit.who),
        "names": sorted({each for each in desk.inbox.hands() if each} - {found.person, visit.who}),
        "saved": desk.inbox.saved(),
        "seen": seen or found.last,
        "problem": trouble,
    }
    return Page("stranger.html", values)


def stranger_routes(desk: Desk) -> list[BaseRoute]:
    """The address at which one is answered, and it is said whose it is."""

    def settled(visit: Visit, number: int, form: Form) -> Response:
        try:
            if form.get("do") == "fill":
                filled = {**form, "words": with_saved(visit, desk, number, form, desk.inbox.fill_in_stranger), "saved": ""}
                return render(_page(visit, desk, number, filled, "", number_in(form, "seen")), visit, desk.settings)
            if form.get("do") == "enter":
                form["do"] = "give" if form.get("person") and not form.get("customer") else "hers"
            place, left = _done(visit, desk, number, form), {name: form.get(name, "") for name in ("words", "note")}
            if form["do"] == "hers":
                if any(left.values()):
                    return render(talk_page(visit, desk, int(place), left, ""), visit, desk.settings)
                return RedirectResponse(visit.to(f"/inbox/{place}"), 303)
            left = {name: form.get(name, "") for name in TYPED if name != USED_UP.get(form["do"])}
            if any(left.values()) and form["do"] != "nobodys":  # in a page and in no address: what is half written is kept nowhere
                return render(_page(visit, desk, number, left, "", seen_in(form) if form["do"] in AMONG_US else 0), visit, desk.settings)
            return RedirectResponse(visit.to(f"/inbox/{place}"), 303)
        except HabitueError as wrong:
            sentence = visit.tongue.say(WRONG[str(wrong)]) if str(wrong) in WRONG else sentence_of(wrong, visit.tongue)
            page = _page(visit, desk, number, form, sentence, 0 if str(wrong) == MEANWHILE else seen_in(form))
            return render(Page(page.template, page.values, status_of(wrong)), visit, desk.settings)

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            form = await small_form(request, MOST_BYTES, visit.tongue.say(WRONG[TOO_LONG]))
            form |= {name: request.query_params[name].strip() for name in OF_ITS_BUTTON if name in request.query_params}
            return await run_in_threadpool(settled, visit, request.path_params["number"], form)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return [Press("/inbox/strangers/{number:int}", answer)]


def _done(visit: Visit, desk: Desk, number: int, form: Form) -> str:
    """Does what was pressed; gives where in the inbox to look next.

    Raises: BadInput where no form of ours sends such a thing; Unknown where it is here no more, or nobody is called so; Refused as `answer_stranger`, `attach`.
    """
    do, seen = form.get("do", ""), number_in(form, "seen")
    if do not in ("answer", "done", "hers", "nobodys", *AMONG_US):
        raise BadInput(NOT_A_FORM)
    if do == "hers":
        return str(_attached(visit, desk, number, form, seen))
    if do in AMONG_US:
        _among_us(visit, desk, number, form)
        return f"strangers/{number}"
    try:
        if do == "answer":
            desk.inbox.answer_stranger(number, form.get("words", ""), seen)
            return f"strangers/{number}"
        (desk.inbox.done_stranger if do == "done" else desk.inbox.drop_stranger)(number, seen)
    except Unknown as missing:
        raise Unknown(visit.tongue.say(GONE)) from missing
    return "strangers"


def _among_us(visit: Visit, desk: Desk, number: int, form: Form) -> None:
    do, had = form["do"], had_in(form)
    if do == "take":
        desk.inbox.take_stranger(number, had)
    elif do in ("give", "back"):
        desk.inbox.give_stranger(number, person_in(form) if do == "give" else "", had)
    elif do == "note":
        desk.inbox.add_stranger_note(number, form.get("note", ""))
    else:
        desk.inbox.drop_stranger_note(number, number_in(form, "number"))


def _attached(visit: Visit, desk: Desk, number: int, form: Form, seen: int) -> int:
    desk.inbox.stranger(number, visit.language)
    key, only = form.get("customer", ""), number_in(form, "only") if form.get("only") else 0
    if not key:
        raise BadInput(visit.tongue.say(NO_KEY))
    try:
        return desk.inbox.attach(number, key, seen, only)
    except Several:
        raise
    except Unknown as missing:
        raise Unknown(str(missing) if str(missing) in WRONG else visit.tongue.say(NOBODY_CALLED, key=key)) from missing
