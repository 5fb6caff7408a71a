"""`habitue replay`: days of the past planned as of themselves, and how often what was foreseen happened; `habitue learn`: lessons anew."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from habitue.app.opening import open_up
from habitue.cli.options import Data, Json, bars, console
from habitue.measure import curve_objects, curve_of, curve_table, foresee
from habitue.measure.lessons import forget_lessons, lesson_for
from habitue.measure.replaying import replay_days, replayed
from habitue.store import clock_of, load_settings
from habitue.words.clock import date_of, local_day_and_hour, parse_day
from habitue.words.errors import BadInput

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command()(replay)
    app.command()(learn)


def replay(
    first: Annotated[str, typer.Option("--from", help="The first day, as 2017-09-07.")],
    last: Annotated[str, typer.Option("--to", help="The last day.")],
    data: Data = None,
    weekday: Annotated[str, typer.Option("--weekday", help="Only this day of each week; `every` for all days.")] = "thursday",
    as_json: Json = False,
) -> None:
    """Plan past days as of themselves and report how often what was foreseen came true within seven days, as a curve with intervals."""
    settings = load_settings(data)
    if weekday not in (*DAYS, "every"):
        raise BadInput(f"“{weekday}” is no weekday; write one of {', '.join(DAYS)}, or every.")
    days = replay_days(parse_day(first), parse_day(last), DAYS.index(weekday) + 1 if weekday != "every" else 0)
    if not days:
        raise BadInput(f"There is no {weekday} from {first} to {last}; choose other days.")
    truth = open_up(settings)
    try:
        with bars() as progress:
            habits, bought = replayed(truth, settings, days, progress)
            points = curve_of(foresee(habits, bought))
    finally:
        truth.close()
    if as_json:
        for one in curve_objects(points):
            print(msgspec.json.encode({"from": first, "to": last, "mornings": len(days), **one}).decode())
    else:
        console().print(curve_table(points, f"{len(days)} mornings, {date_of(days[0])} to {date_of(days[-1])}: one thing foreseen a household"))


def learn(data: Data = None) -> None:
    """Forget what was learned from everyone and learn this month's lesson anew: right after late history was imported."""
    settings = load_settings(data)
    truth = open_up(settings)
    try:
        today = local_day_and_hour(clock_of(settings).instant(), settings.zone)[0]
        forget_lessons(truth)
        with bars() as progress:
            lesson_for(truth, settings, today, progress)
        rows = truth.run("SELECT note FROM lesson ORDER BY lesson_id DESC LIMIT 1")
    finally:
        truth.close()
    console().print(f"Learned: {rows[0][0]}." if rows else "There is no history yet to learn from.")
