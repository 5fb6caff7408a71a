"""The inbox on pages: who waits for us, and one conversation with what her words propose to remember."""

from __future__ import annotations

from datetime import datetime

from habitue.app.inbox.answer_times_words import times_said
from habitue.app.inbox.answering import NO_ADDRESS
from habitue.app.inbox.finding_talks import MOST_FOUND, folded
from habitue.app.inbox.pleased import pleased_said
from habitue.app.inbox.strangers import Stranger
from habitue.app.inbox.talking import MOST_SHOWN, Conversation, is_one_person
from habitue.app.leave_words import BY
from habitue.dialogue.model import What
from habitue.web.desk import Desk
from habitue.web.pages import in_the_reader_s_words
from habitue.web.rendering import Page
from habitue.web.shop_door import STATES as SENT
from habitue.web.visit import Visit
from habitue.words.clock import local_day_and_hour, zone


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


NO_TALK = _("There is no conversation %(number)s here.")
FIRST_WORDS = 140
"""Letters of what she wrote last that the list shows."""
PARTS_OF_A_DAY = ((12, _("since this morning")), (18, _("since this afternoon")), (24, _("since this evening")))
"""Until which hour, and how long she waits by then."""
LETTERS = {**SENT, "failed": _("could not be sent; reach her by another way")}
HELD = {
    "waiting": "",
    "bound": _("It holds already; say whether it stays."),
    "kept": _("Kept, with her words and their day."),
    "let_go": _("Let go."),
}
ONLY_WITH_HER_LEAVE = _("Only with her leave: ask for it in your answer.")
SAYS_OF_US = _("Did we answer well: %(verdict)s.")
VERDICTS = {"yes": _("yes"), "partly": _("in part"), "no": _("no")}
FOR_GOOD = (What.ABSENCE.value, What.BIRTHDAY.value)
"""What is kept as no statement of hers, and so taken back on her page alone."""
Form = dict[str, str]


def inbox(visit: Visit, desk: Desk) -> Page:
    """Who waits for us, what is due next first: all, or those in the hands of whoever is at the desk, or in nobody's."""
    hands, asked = desk.inbox.hands(), visit.asked("of")
    of = {"mine": visit.who or None, "nobody": ""}.get(asked)
    talks = desk.inbox.waiting(visit.language, of)
    unknown = [each for each in desk.inbox.strangers(visit.language) if of is None or is_one_person(each.person, of)]
    counts = {"": len(hands), "mine": sum(bool(visit.who) and is_one_person(each, visit.who) for each in hands), "nobody": hands.count("")}
    lines = [(each, waits_since(visit, desk, each), due(visit, desk, each), _first_words(visit, each)) for each in talks]
    values = {
        "lines": lines,
        "ways": ways(visit),
        "is_cut": len(talks) == MOST_SHOWN,
        "counts": counts,
        "strangers": len(unknown),
        "strangers_due": due(visit, desk, unknown[0]) if unknown else "",
        "is_stranger_late": any(each.is_late for each in unknown),
        "strangers_complain": any(each.is_complaint for each in unknown),
        "times": times_said(desk.inbox.times(None, by_month=False)[0], visit.language),
        "pleased": pleased_said(desk.inbox.pleased(None), visit.language) if desk.settings.ask_after_days else "",
        "of": asked if of is not None else "",
    }
    return Page("inbox.html", values)


def find(visit: Visit, desk: Desk) -> Page:
    """The conversations in which words stand."""
    text = visit.asked("q")
    found = desk.inbox.find(text) if folded(text).strip() else []
    lines = [(each, when_said(visit, desk, each.at)) for each in found]
    return Page("inbox_find.html", {"text": text, "found": lines, "is_cut": len(found) == MOST_FOUND})


def talk(visit: Visit, desk: Desk, number: int) -> Page:
    """One conversation, hers and ours."""
    return talk_page(visit, desk, number, {}, "")


def talk_page(visit: Visit, desk: Desk, number: int, written: Form, trouble: str, seen: int = 0) -> Page:
    """The same, with what was written in its form and what is wrong with it; `seen` is the last message that its reader has read, where not all of them."""
    with in_the_reader_s_words(visit, NO_TALK, number=str(number)):
        found = desk.inbox.one(number, visit.language)
    values = {
        "talk": found,
        "voice": desk.voice(found.customer, visit.language),
        "since": waits_since(visit, desk, found),
        "due": due(visit, desk, found),
        "times": {said.number: when_said(visit, desk, said.at) for said in found.messages},
        "ways": ways(visit),
        "noted_at": {note.number: when_said(visit, desk, note.at) for note in found.notes},
        "is_mine": is_one_person(found.person, visit.who),
        "asked": [(each, when_said(visit, desk, each.at), when_said(visit, desk, each.answered_at)) for each in found.asked],
        "verdicts": VERDICTS,
        "names": sorted({each for each in desk.inbox.hands() if each} - {found.person, visit.who}),
        "letters": LETTERS,
        "states": HELD,
        "for_good": FOR_GOOD,
        "may_ask_leave": any(line.needs_leave and line.state == "waiting" for said in found.messages for line in said.proposals),
        "only_with_her_leave": ONLY_WITH_HER_LEAVE,
        "written": written,
        "saved": desk.inbox.saved(),
        "seen": seen or found.last,
        "problem": trouble,
        "no_address": NO_ADDRESS,
    }
    return Page("talk.html", values)


def ways(visit: Visit) -> dict[str, str]:
    """By which way she spoke, in the reader's words."""
    return {channel.name.lower(): both[visit.language == "fr"] for channel, both in BY.items()}


def waits_since(visit: Visit, desk: Desk, found: Conversation | Stranger) -> str:
    """Since when she waits, in the reader's words; empty where she has our answer."""
    if not found.since_at:
        return ""
    say, (day, hour) = visit.tongue.say, local_day_and_hour(found.since_at, desk.settings.zone)
    if day >= visit.today:
        return say(next(words for until, words in PARTS_OF_A_DAY if hour < until))
    if day == visit.today - 1:
        return say(_("since yesterday"))
    return say(_("for %(days)s days"), days=visit.tongue.number(visit.today - day))


def due(visit: Visit, desk: Desk, found: Conversation | Stranger) -> str:
    """Until when an answer is promised, in the reader's words, today by the hour alone; empty where she does not wait."""
    if not found.due_at:
        return ""
    if found.is_late:
        return visit.tongue.say(_("late"))
    when = when_said(visit, desk, found.due_at)
    return visit.tongue.say(_("due: %(when)s"), when=when.removeprefix(f"{visit.tongue.date(visit.today)}, "))


def _first_words(visit: Visit, found: Conversation) -> str:
    """Of what she wrote last; what she says of our answer stands before it."""
    if (told := found.messages[-1]).verdict:
        said = visit.tongue.say(SAYS_OF_US, verdict=visit.tongue.say(VERDICTS[told.verdict]))
        return f"{said} {told.words[:FIRST_WORDS]}{'…' * (len(told.words) > FIRST_WORDS)}".strip()
    return first_words(next((said.words for said in reversed(found.messages) if said.is_hers and said.words), ""), found.subject)


def first_words(last: str, subject: str) -> str:
    """Of a message; a mail begins with its subject, which the list shows already."""
    words = " ".join(last.removeprefix(subject).split())
    return words if len(words) <= FIRST_WORDS else f"{words[:FIRST_WORDS].rstrip()}…"


def when_said(visit: Visit, desk: Desk, at: int) -> str:
    """“2 November 2017, 06:00”, in the shop's zone."""
    local = datetime.fromtimestamp(at, zone(desk.settings.zone))
    return f"{visit.tongue.date(local_day_and_hour(at, desk.settings.zone)[0])}, {visit.tongue.hour(f'{local:%H:%M}')}"
