"""Strokes of inline SVG that every picture of the report is made of, and the scales that they stand on.

Units: `x` and widths in percent of the picture's width, so that a picture keeps its height on a phone; `y` and heights in pixels.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import floor, log10

from markupsafe import Markup

from habitue.words.clock import date_of, day_number


def stroke(name: str, text: str = "", **marks: object) -> Markup:
    """One SVG element; `class_` and `stroke_width` are written as SVG wants them, `text` is escaped, a `title` shows under a pointer."""
    title = marks.pop("title", "")
    written = Markup("").join(Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value) for key, value in marks.items())
    inside = Markup("<title>{}</title>").format(title) if title else Markup("{}").format(text)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, inside)


def picture(kind: str, height: int, says: str, parts: Iterable[Markup]) -> Markup:
    """A whole picture with what it says for those who do not see it."""
    return Markup('<svg class="{}" role="img" aria-label="{}" height="{}">{}</svg>').format(kind, says, height, Markup("").join(parts))


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """A straight line."""
    return stroke("line", class_=class_, x1=percent(x1), y1=pixels(y1), x2=percent(x2), y2=pixels(y2))


def box(x: float, y: float, width: float, height: float, class_: str, title: str = "") -> Markup:
    """A rectangle."""
    return stroke("rect", class_=class_, x=percent(x), y=pixels(y), width=percent(width), height=pixels(height), title=title)


def dot(x: float, y: float, radius: float, class_: str, title: str = "") -> Markup:
    """A full or hollow dot."""
    return stroke("circle", class_=class_, cx=percent(x), cy=pixels(y), r=pixels(radius), title=title)


def words(x: float, y: float, text: str, class_: str = "") -> Markup:
    """A short text; it begins at `x` unless its class says otherwise."""
    return stroke("text", text, class_=class_ or "tick", x=percent(x), y=pixels(y))


def percent(x: float) -> str:
    """A place across the picture, as SVG writes it."""
    return f"{round(x, 2):g}%"


def pixels(y: float) -> str:
    """A place down the picture, as SVG writes it."""
    return f"{round(y, 1):g}"


def round_below(most: float) -> float:
    """The last round figure up to `most`: 1, 2, 4, 5, 6 or 8 of a power of ten, so that its half is round too."""
    if most <= 0:
        return 1.0
    power = 10.0 ** floor(log10(most))
    return next(step * power for step in (8, 6, 5, 4, 2, 1) if step * power <= most * 1.000001)


def month_starts(first: int, last: int) -> list[int]:
    """The first days of the months that begin in a span of days."""
    on = date_of(first)
    start = on if on.day == 1 else date(on.year + on.month // 12, on.month % 12 + 1, 1)
    found = []
    while day_number(start) <= last:
        found.append(day_number(start))
        start = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return found


def across(day: int, first: int, last: int) -> float:
    """Where a day stands in a span of days, with half a percent of air on both sides."""
    return 0.5 + 99 * (day - first) / max(1, last - first)
