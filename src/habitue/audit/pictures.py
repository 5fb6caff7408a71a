"""The report's pictures of what was sent: bars, months, weeks, a customer's year. Pure functions from figures to inline SVG."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from habitue.audit.drawing import across, box, dot, line, month_starts, picture, round_below, words
from habitue.audit.figures import GroupFigure, Strip, StripDay, WeekFigure
from habitue.audit.report_voice import Voice, month_start

ROOM_FOR_A_NAME = 94.0  # percent; what begins later has no room for its name
MOST_NAMES, FEW_NAMES = 14, 5  # names under a picture on a desk and on a phone
MONTHS_HIGH, WEEKS_HIGH, HEARD_HIGH = 150, 96, 76
ABOVE, BELOW = 18, 22  # pixels for the scale above, and for names below
GROUND, A_BASKET, MOST_BASKETS, A_DOT, MOST_DOTS = 58, 22, 2, 9, 3


def bar(parts: Sequence[tuple[str, int]], says: str, height: int = 8) -> Markup:
    """One bar cut into parts (class and count), as wide as its column."""
    whole, x, drawn = sum(count for _, count in parts), 0.0, []
    for name, count in parts:
        width = 100 * count / whole if whole else 0.0
        if count:
            drawn.append(box(x, 0.5, width, height - 1, name))
        x += width
    return picture("bar", height, says, drawn)


def part_bar(share: float, says: str) -> Markup:
    """One bar of a share on its pale ground."""
    return picture("bar", 6, says, [box(0, 0, 100, 6, "ground"), box(0, 0, 100 * min(1.0, share), 6, "wrong")])


def split(group: GroupFigure) -> list[tuple[str, int]]:
    """A group's sends as the three parts of a bar."""
    return [("wrong", group.at_fault), ("relevant", group.judged - group.at_fault), ("unjudged", group.sends - group.judged)]


def by_month(months: Sequence[GroupFigure], says: str, voice: Voice) -> Markup:
    """Months as columns: wrong at the ground, relevant above it, what cannot be judged on top. Months without a send leave a gap."""
    places = [_months_of(month.name) for month in months]
    span = places[-1] - places[0] + 1
    step, top = 100 / span, max(1, *(month.sends for month in months))
    drawn = _scale(top, MONTHS_HIGH, voice)
    for month, place in zip(months, places, strict=True):
        x, y = (place - places[0]) * step + step * 0.14, float(ABOVE + MONTHS_HIGH)
        for name, count in split(month):
            height = MONTHS_HIGH * count / top
            y -= height
            if count:
                drawn.append(box(x, y, step * 0.72, height, name, f"{voice.month(month.name)}: {voice.number(count)} {voice.say(name)}"))
    days = [month_start(f"{(places[0] + n) // 12:04}-{(places[0] + n) % 12 + 1:02}") for n in range(span)]
    drawn += _names([((n + 0.14) * step, day) for n, day in enumerate(days)], ABOVE + MONTHS_HIGH + 15, voice)
    return picture("chart", ABOVE + MONTHS_HIGH + BELOW, says, drawn)


def by_week(weeks: Sequence[WeekFigure], says: str, voice: Voice) -> Markup:
    """Weeks as columns, as tall as their messages; those over the limit stand at the ground."""
    first, last, width = _span(weeks)
    top = max(1, *(week.messages for week in weeks))
    drawn = _scale(top, WEEKS_HIGH, voice)
    for week in weeks:
        x, ground, title = across(week.week, first, last), ABOVE + WEEKS_HIGH, f"{voice.short_date(week.week)}: {voice.number(week.messages)}"
        over, others = WEEKS_HIGH * week.over / top, WEEKS_HIGH * (week.messages - week.over) / top
        drawn.append(box(x, ground - over - others, width, others, "sent", title))
        if week.over:
            drawn.append(box(x, ground - over, width, over, "wrong", title))
    drawn += _names([(across(day, first, last), day) for day in month_starts(first, last)], ABOVE + WEEKS_HIGH + 15, voice)
    return picture("chart", ABOVE + WEEKS_HIGH + BELOW, says, drawn)


def heard_by_week(weeks: Sequence[WeekFigure], limit: int, says: str, voice: Voice) -> Markup:
    """What people had heard before, on average by week, as dots on stems under the limit's broken line."""
    first, last, width = _span(weeks)
    top = max(1, limit, *(week.words_28 for week in weeks)) * 1.12
    high = ABOVE + HEARD_HIGH
    at_limit = high - HEARD_HIGH * limit / top
    drawn = [line(0, at_limit, 100, at_limit, "limit"), words(0, at_limit - 5, voice.say("limit", n=voice.number(limit))), line(0, high, 100, high, "ground")]
    for week in weeks:
        x, y = across(week.week, first, last) + width / 2, high - HEARD_HIGH * week.words_28 / top
        drawn += [line(x, high, x, y, "stem"), dot(x, y, 2.6, "heard", f"{voice.short_date(week.week)}: {voice.decimal(week.words_28, 1)}")]
    drawn += _names([(across(day, first, last), day) for day in month_starts(first, last)], high + 15, voice)
    return picture("chart", high + BELOW, says, drawn)


def year(strip: Strip, says: str, voice: Voice) -> Markup:
    """One customer's year: her baskets above the line, what was said to her below it."""
    drawn = [line(0, GROUND + 0.5, 100, GROUND + 0.5, "ground")]
    for day in strip.days:
        drawn += _day_of(day, across(day.day, strip.first_day, strip.last_day), voice)
    names = [(across(day, strip.first_day, strip.last_day), day) for day in month_starts(strip.first_day, strip.last_day)]
    below = GROUND + 9 + A_DOT * min(MOST_DOTS, max((day.messages for day in strip.days), default=1))
    return picture("chart", below + BELOW, says, [*drawn, *_names(names, below + 15, voice)])


def _day_of(day: StripDay, x: float, voice: Voice) -> list[Markup]:
    """The basket and the messages of one day; more than fit are drawn as the most that fit."""
    drawn = []
    if day.baskets:
        height = A_BASKET * min(day.baskets, MOST_BASKETS)
        drawn.append(box(x - 0.1, GROUND - height, 0.2, height, "basket", f"{voice.short_date(day.day)}: {voice.count('baskets', day.baskets)}"))
    for n in range(min(day.messages, MOST_DOTS)):
        name = "wrong" if n < day.at_fault else "fine"
        drawn.append(dot(x, GROUND + 10 + A_DOT * n, 3.4, name, f"{voice.short_date(day.day)}: {voice.count('messages', day.messages)}"))
    return drawn


def _scale(top: float, high: int, voice: Voice) -> list[Markup]:
    """The ground, and lines at a round figure and at half of it."""
    drawn, figure = [line(0, ABOVE + high, 100, ABOVE + high, "ground")], round_below(top)
    for value in (figure, figure / 2) if figure >= 2 else (figure,):
        y = ABOVE + high * (1 - value / top)
        drawn += [line(0, y, 100, y, "rule"), words(0, y - 4, voice.number(value))]
    return drawn


def _names(places: Sequence[tuple[float, int]], y: int, voice: Voice) -> list[Markup]:
    """Months under a picture, as many as fit; January says its year. On a phone those of the class `minor` are left out."""
    every, seldom = _step(len(places), MOST_NAMES), _step(len(places), FEW_NAMES)
    kept = [(n, x, day) for n, (x, day) in enumerate(places) if n % every == 0 and x < ROOM_FOR_A_NAME]
    return [words(x, y, _name(day, every, voice), "tick" if n % seldom == 0 else "tick minor") for n, x, day in kept]


def _step(count: int, most: int) -> int:
    """Of so many names, which are written that not more than `most` are: every first, second, third, sixth or twelfth; then every few years."""
    return next((step for step in (1, 2, 3, 4, 6, 12) if count <= step * most), 12 * -(-count // (12 * most)))


def _name(day: int, every: int, voice: Voice) -> str:
    month = voice.short_month(day)
    return f"{month} {voice.year(day)}" if every >= 6 else month


def _span(weeks: Sequence[WeekFigure]) -> tuple[int, int, float]:
    """The first day, the last, and the width of a week's column."""
    first, last = weeks[0].week, weeks[-1].week + 7
    return first, last, 99 * 7 / (last - first) * 0.78


def _months_of(name: str) -> int:
    """A month as year × 12 + month − 1."""
    year, _, month = name.partition("-")
    return int(year) * 12 + int(month) - 1
