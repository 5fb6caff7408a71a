"""When a lesson is learned, and from which past mornings: never from a window that had not closed by then.

Units: day numbers. A morning `d` knows the days before `d`; what it foresees comes true on the days `d` to `d + WINDOW_DAYS - 1`.
"""

from __future__ import annotations

from habitue.words.clock import date_of, day_number

WINDOW_DAYS = 7
ACTIVE_DAYS = 28  # customers with a purchase in so many days before the morning are examples and cases
SETTLING_DAYS = 88  # of history before a morning may teach: counts over 13 weeks are too low before
MOST_MORNINGS = 52
LEAST_DECAYED = 700  # habits weaker than that are no examples: their chance is about one in a hundred


def lesson_day(today: int) -> int:
    """The day on whose morning the lesson that judges `today` was learned: the first of today's month."""
    return day_number(date_of(today).replace(day=1))


def training_days(first_day: int, lesson_on: int) -> list[int]:
    """The mornings, a week apart and oldest first, that a lesson learned on the morning of `lesson_on` may use.

    `first_day` is the first day of the shop's history. The last morning's window ends the day before the lesson; with too little
    history the list is empty, and the lesson is the prior.
    """
    latest = lesson_on - WINDOW_DAYS
    earliest = max(first_day + SETTLING_DAYS, latest - 7 * (MOST_MORNINGS - 1))
    return sorted(range(latest, earliest - 1, -7))
