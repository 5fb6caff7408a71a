"""Until when a request must be answered, and what may be done in a case as it stands."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from habitue.consent.law.model import HANDED_OVER, Case, Did
from habitue.words.clock import date_of, day_number, weekday_of

MONTHS, MONTHS_MORE = 1, 2
MOST_DAYS_OFF = 31
"""More days off in a row than any calendar has."""
DayOff = Callable[[date], bool]

OVER = "This case is over; what is still to be said is noted in it, or opened as another."
NOT_SURE = "First make sure that it is she: say how she was recognised."
SURE_ALREADY = "It is sure already that it is she."
LONGER_ALREADY = "It was made longer once already; the law allows no second time."
TOO_LATE = "Its month is over; she can be told only within the month that it will take longer."
NO_REASON = "Write the reason; she must be told it."
NOT_LOOKED_FOR = "Nobody has looked for her yet: look by what she told of herself, her e-mail address, her telephone number."
NOT_HANDED = "Take her data out first: that is what she is to be given."


def due_day(received_day: int, is_day_off: DayOff, months: int = MONTHS) -> int:
    """The last day to answer: the same date that many months on (the last of its month where there is none), and never a day off but the next that is none.

    Source: Regulation (EU) 2016/679, article 12(3); Regulation (EEC, Euratom) 1182/71, article 3(2)(c) and (4).
    """
    on = date_of(received_day)
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    day = day_number(date(year, month + 1, min(on.day, last)))
    return next(each for each in range(day, day + MOST_DAYS_OFF) if weekday_of(each) < 6 and not is_day_off(date_of(each)))


def longer_day(received_day: int, is_day_off: DayOff) -> int:
    """The last day to answer once it was made longer: two further months."""
    return due_day(received_day, is_day_off, MONTHS + MONTHS_MORE)


def what_stops(case: Case, did: Did, today: int, words: str = "") -> str:
    """Why that cannot be done in this case today; empty where it can."""
    if did == Did.NOTED:
        return ""
    if case.is_over:
        return OVER
    if did in (Did.EXTENDED, Did.REFUSED) and not words.strip():
        return NO_REASON
    if did in (Did.SOUGHT, Did.FOUND):
        return SURE_ALREADY if case.profile_id and case.state != "open" else ""
    if did == Did.DONE and not case.is_looked_for:
        return NOT_LOOKED_FOR
    if did == Did.IDENTIFIED and case.state != "open":
        return SURE_ALREADY
    if did == Did.EXTENDED:
        return LONGER_ALREADY if case.has(Did.EXTENDED) else TOO_LATE if today > case.due_day else ""
    if did in (Did.DONE, Did.HANDED) and case.needs_check:
        return NOT_SURE
    if did == Did.DONE and case.asked in HANDED_OVER and case.profile_id and not case.has(Did.HANDED):
        return NOT_HANDED
    return ""
