"""How long customers wait: for a first answer, and until their matter is done, in hours in which the shop is open.

A *matter* begins with what she writes while nothing of that conversation waits, and ends where it is settled. Whoever still waits stands behind all who were
answered: where so many wait that half of them, or a tenth, is not reached, that figure is not known yet. What was settled when it was noted (a call) is not
counted, nor is a machine's word that the shop is closed; who was erased is in none of it. A stranger's matter is one, too, unless somebody let it go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from habitue.app.house import House
from habitue.app.inbox.shop_hours import open_seconds, promised_at
from habitue.dialogue.strays import steps_of_strays
from habitue.store import sql_text
from habitue.words.clock import date_of, day_number, instant_of, local_day_and_hour, weekday_of
from habitue.words.vocabulary import Thread

WEEKS = 12
"""So many are told, the one that runs among them, where nobody says since when."""
OPENED, ANSWERED = "Conversation Opened", "Conversation Answered"


@dataclass(frozen=True)
class Matter:
    """One matter of one customer, or of a stranger. Units: UTC seconds; 0 where that is still to come."""

    kind: Thread
    began_at: int
    answered_at: int = 0
    closed_at: int = 0


@dataclass(frozen=True)
class Times:
    """The matters that began in some days, the first of which is `from_on`.

    `in_time` were answered by when it was promised, `late` were not, or are late by now; `waiting` have no answer yet. How long the middle one of all
    had to wait, and the one than whom nine of ten had to wait no longer, for the first answer and until it was settled: none where that is not known yet.
    Units: seconds in which the shop was open; `longest_seconds` is how long whoever waits longest has waited.
    """

    from_on: str
    matters: int
    answered: int
    in_time: int
    late: int
    waiting: int
    open: int
    answer_median_seconds: int | None
    answer_ninth_seconds: int | None
    settled_median_seconds: int | None
    settled_ninth_seconds: int | None
    longest_seconds: int


def answer_times(house: House, since_day: int | None = None, *, by_month: bool = False) -> tuple[Times, list[Times]]:
    """All matters that began on a local day or later, and the same by week (from Monday) or month, the latest first."""
    first, zone = first_day(house, since_day), house.settings.zone
    since = instant_of(first, 0, zone)
    matters = [each for each in (*_matters(house, since), *_matters_of_strangers(house, since)) if each.began_at >= since]
    days = [(_first_of(local_day_and_hour(each.began_at, zone)[0], by_month=by_month), each) for each in matters]
    days.sort(key=lambda each: -each[0])
    spans = [_times(house, max(day, first), [each for _, each in found]) for day, found in groupby(days, key=lambda each: each[0])]
    return _times(house, first, matters), spans


def first_day(house: House, since_day: int | None) -> int:
    """The local day that was told, but none before 1970; else the Monday with which the last weeks began."""
    return max(since_day, 0) if since_day is not None else house.today - weekday_of(house.today) + 1 - 7 * (WEEKS - 1)


def _first_of(day: int, *, by_month: bool) -> int:
    return day_number(date_of(day).replace(day=1)) if by_month else day - weekday_of(day) + 1


def _matters(house: House, since: int) -> Iterable[Matter]:
    rows = house.truth.run(sql_text("app", "conversation_steps"), (house.clock.instant(), since))
    for _, steps in groupby(rows, key=lambda row: row[:2]):
        matter = None
        for _, _, kind, is_open, at, name in steps:
            if matter is None:
                matter = Matter(Thread(kind), int(at)) if name == OPENED and is_open else None
                continue
            if not matter.answered_at:
                matter = replace(matter, kind=Thread(kind), answered_at=int(at) if name == ANSWERED or not is_open else 0)
            if not is_open:
                if int(at) > matter.began_at:
                    yield replace(matter, closed_at=int(at))
                matter = None
        if matter:
            yield matter


def _matters_of_strangers(house: House, since: int) -> Iterable[Matter]:
    """The same of the talks with strangers: an answer settles a question, and a person's word that it is done a complaint."""
    for _, steps in groupby(steps_of_strays(house.truth, house.clock.instant(), since), key=lambda step: step[0]):
        matter = None
        for _, at, kind, is_done in steps:
            if kind is not None:
                matter = replace(matter, kind=max(kind, matter.kind)) if matter else Matter(kind, at)
            elif matter:
                matter = replace(matter, answered_at=matter.answered_at or at)
                if is_done or matter.kind != Thread.COMPLAINT:
                    yield replace(matter, closed_at=at)
                    matter = None
        if matter:
            yield matter


def _times(house: House, first: int, matters: Sequence[Matter]) -> Times:
    settings, now = house.settings, house.clock.instant()
    due = [promised_at(settings, each.began_at, each.kind) for each in matters]
    answers = [open_seconds(settings, each.began_at, each.answered_at) for each in matters if each.answered_at]
    settled = [open_seconds(settings, each.began_at, each.closed_at) for each in matters if each.closed_at]
    waits = [open_seconds(settings, each.began_at, now) for each in matters if not each.answered_at]
    return Times(
        from_on=str(date_of(first)),
        matters=len(matters),
        answered=len(answers),
        in_time=sum(0 < each.answered_at <= until for each, until in zip(matters, due, strict=True)),
        late=sum((each.answered_at or now) > until for each, until in zip(matters, due, strict=True)),
        waiting=len(waits),
        open=len(matters) - len(settled),
        answer_median_seconds=_share(answers, len(matters), 0.5),
        answer_ninth_seconds=_share(answers, len(matters), 0.9),
        settled_median_seconds=_share(settled, len(matters), 0.5),
        settled_ninth_seconds=_share(settled, len(matters), 0.9),
        longest_seconds=max(waits, default=0),
    )


def _share(seconds: Sequence[int], of: int, share: float) -> int | None:
    """The shortest time within which that share of all are done; none while too many are not."""
    place = ceil(of * share) - 1
    return sorted(seconds)[place] if 0 <= place < len(seconds) else None
