"""Two cards, one person? The pages on which somebody looks at two customers and says so, and the one press that says it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from habitue.web.desk import PAIR_ANSWERS, Desk
from habitue.web.forms import NOT_A_FORM, small_form
from habitue.web.pages import Pager
from habitue.web.problems import problem, status_of
from habitue.web.rendering import Page, render
from habitue.web.retelling import form_of
from habitue.web.tongue import Tongue
from habitue.web.visit import LONGEST_KEY, Visit, visit_of
from habitue.words.errors import BadInput, HabitueError, Refused, Unknown

PAIRS_A_PAGE = 30


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


REFUSALS = (
    _("“%(one)s” and “%(other)s” are one customer already."),
    _("“%(one)s” and “%(other)s” are two customers."),
    _("“%(one)s” and “%(other)s” were said to be two people, and this would make them one; join those two, if it was wrong."),
    _("They are taken for one customer; take that apart first."),
    _("They are known to live together already."),
    _("Nobody said that these two live together."),
    _("Nobody joined these two by themselves; they are one through others. What was joined: %(joined)s."),
    _("That is one and the same number."),
)
"""Why something cannot be said of two customers, as `app.merging` says it."""
SAID_HERE = {
    "They were said to be two people of one household; take that back first (`habitue household --part`), if it was wrong.": _(
        "They were said to be two people who live together. If that was wrong, say first that they do not live together."
    ),
    "There is no customer “%(key)s” here; look her up with `habitue customers NAME`.": _("There is no customer “%(key)s” here. Look for her by her name."),
}
"""What `app.merging` says of commands, as a page says it."""
WITH = _("“%(one)s” with “%(other)s”")


def pairs(visit: Visit, desk: Desk) -> Page:
    """Who may be one."""
    first = (visit.page() - 1) * PAIRS_A_PAGE
    count, found = desk.pairs(visit.language, PAIRS_A_PAGE, first)
    return Page("pairs.html", {"pairs": found, "pager": Pager(visit.page(), PAIRS_A_PAGE, count)})


def look(visit: Visit, desk: Desk) -> Page:
    """Two customers side by side."""
    return side_by_side(visit, desk, visit.asked("one", LONGEST_KEY), visit.asked("other", LONGEST_KEY))


def side_by_side(visit: Visit, desk: Desk, one: str, other: str, refused: Refused | None = None) -> Page:
    """How it stands between two customers; with why what somebody said of them cannot be, where it was refused."""
    try:
        pair = desk.comparison(one, other, visit.language)
    except Unknown as nobody:
        raise Unknown(in_words(visit.tongue, nobody)) from nobody
    return Page("pair.html", {"pair": pair, "problem": in_words(visit.tongue, refused) if refused else ""}, status_of(refused) if refused else 200)


def say(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Takes what somebody said of two customers, and goes on to what it made of them."""

    async def answer(request: Request) -> Response:
        try:
            visit = visit_of(request, desk.settings, desk.today())
            told = await small_form(request)
            one, other, word = (told.get(name, "") for name in ("one", "other", "word"))
            if word not in PAIR_ANSWERS:
                raise BadInput(NOT_A_FORM)
            return await run_in_threadpool(_said, visit, desk, one, other, word)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return problem(request, desk.settings, desk.today(), wrong)

    return answer


def _said(visit: Visit, desk: Desk, one: str, other: str, word: str) -> Response:
    try:
        desk.say_of_pair(one, other, word)
    except Refused as refused:
        here = replace(visit, path="/pairs/look", query={**visit.query, "one": one, "other": other})  # where this page's own links lead
        return render(side_by_side(here, desk, one, other, refused), here, desk.settings)
    except Unknown as nobody:
        raise Unknown(in_words(visit.tongue, nobody)) from nobody
    goes_to = {"same": visit.customer(one), "unmerge": visit.to("/pairs/look", one=one, other=other)}
    return RedirectResponse(goes_to.get(word) or visit.to("/pairs"), 303)


def in_words(tongue: Tongue, refused: HabitueError) -> str:
    """Why it cannot be, in the reader's language; as it was said, where that is none of the sentences known here."""
    if (known := form_of(str(refused), (*REFUSALS, *SAID_HERE))) is None:
        return str(refused)
    sentence, told = known
    if "joined" in told:
        told["joined"] = re.sub("“(.*?)” with “(.*?)”", lambda pair: tongue.say(WITH, one=pair[1], other=pair[2]), told["joined"])
    return tongue.say(SAID_HERE.get(sentence, sentence), **told)
