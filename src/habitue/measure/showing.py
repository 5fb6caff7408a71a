"""The curve as a table for people and as objects for programs."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from habitue.measure.model import Figure, Point
from habitue.measure.replay import OURS


def curve_table(points: list[Point], title: str) -> Table:
    """One row a method, one column a point: the share that came true with its interval, and for ours by how much it is ahead of the decayed count."""
    percents = list(dict.fromkeys(point.percent for point in points))
    table = Table(title=title, caption="share that came true [95 % interval, households drawn again]")
    table.add_column("")
    for percent in percents:
        cases = next(point.cases for point in points if point.percent == percent)
        table.add_column("everyone" if percent == 100 else f"surest {percent} %", footer=f"{cases:,} cases", justify="right")
    table.show_footer = True
    for method in dict.fromkeys(point.method for point in points):
        table.add_row(method, *(_shown(point.hit) for point in points if point.method == method))
        if method not in (OURS, "chance"):
            table.add_row("  ours is ahead by", *(_shown(point.ahead, signed=True) for point in points if point.method == method), style="dim")
    return table


def curve_objects(points: list[Point]) -> list[dict[str, Any]]:
    """One object a method and point; `ahead` is how much better ours did than this method, with its interval."""
    return [
        {
            "method": point.method,
            "percent": point.percent,
            "cases": point.cases,
            "hit": round(point.hit.value, 4),
            "low": round(point.hit.low, 4),
            "high": round(point.hit.high, 4),
            "ahead": round(point.ahead.value, 4),
            "ahead_low": round(point.ahead.low, 4),
            "ahead_high": round(point.ahead.high, 4),
        }
        for point in points
    ]


def _shown(figure: Figure, signed: bool = False) -> str:
    sign = "+" if signed else ""
    return f"{figure.value:{sign}.3f} [{figure.low:{sign}.3f}, {figure.high:{sign}.3f}]"
