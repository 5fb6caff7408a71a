"""How it was lately: of those who were asked whether we had answered well, how many said so, and what."""

from __future__ import annotations

from dataclasses import dataclass

from habitue.app.house import House
from habitue.app.inbox.answer_times import first_day
from habitue.dialogue.satisfaction import Verdict
from habitue.store import sql_text
from habitue.words.clock import date_of, instant_of

FEW = 10
"""Of fewer answers than that, nothing can be judged."""
NOBODY = {"en": "Nobody was asked whether we had answered well.", "fr": "Nous n’avons demandé à personne si nous avions bien répondu."}
SILENT = {
    "en": "Asked {times} whether we had answered well, nobody has said so yet.",
    "fr": "La question «\u202favons-nous bien répondu\u202f?\u202f» a été posée {times}\u202f; personne n’y a encore répondu.",
}
SAID = {
    "en": "Asked whether we had answered well, {yes} of {answered} said yes, {partly} in part, {no} no; we asked {times}.",
    "fr": (
        "À la question «\u202favons-nous bien répondu\u202f?\u202f», {yes} sur {answered} ont dit oui, {partly} en partie, {no} non\u202f; "
        "elle a été posée {times}."
    ),
}
TIMES = {"en": ("once", "{count} times"), "fr": ("une fois", "{count} fois")}
TOO_FEW = {"en": " That is too few to judge by.", "fr": " C’est trop peu pour en juger."}


@dataclass(frozen=True)
class Pleased:
    """Of the questions that were asked on some days, the first of which is `from_on`, and that reached somebody: how many were answered, and how."""

    from_on: str
    asked: int
    yes: int
    partly: int
    no: int

    @property
    def answered(self) -> int:
        """How many said anything."""
        return self.yes + self.partly + self.no


def pleased(house: House, since_day: int | None = None) -> Pleased:
    """What was said by this instant to what was asked on a local day or later; without one, in the same weeks as `answer_times`."""
    first, now = first_day(house, since_day), house.clock.instant()
    rows = house.truth.run(sql_text("app", "satisfaction_said"), (now, instant_of(first, 0, house.settings.zone), now))
    said = {str(verdict): int(count) for verdict, count in rows}
    return Pleased(str(date_of(first)), sum(said.values()), *(said.get(each.value, 0) for each in Verdict))


def pleased_said(told: Pleased, language: str) -> str:
    """The same in one sentence, and where it rests on few answers, that it does."""
    if not told.asked:
        return NOBODY[language]
    one, many = TIMES[language]
    times = one if told.asked == 1 else many.format(count=told.asked)
    if not told.answered:
        return SILENT[language].format(times=times)
    sentence = SAID[language].format(yes=told.yes, partly=told.partly, no=told.no, answered=told.answered, times=times)
    return sentence + (TOO_FEW[language] if told.answered < FEW else "")
