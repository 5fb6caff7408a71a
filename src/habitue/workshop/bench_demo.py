"""`habitue bench demo`: the demo from nothing, as a newcomer runs it, and the plan of one day from the loaded state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from habitue.app import House, open_house
from habitue.app.judging import judged_day
from habitue.store import load_settings
from habitue.words.clock import date_of
from habitue.workshop.bench import RUNS, Figure, Spent, Told, figure, in_process_of_its_own, spending

COMMAND_LINE = "from habitue.cli import main; main()"


def bench_demo(folder: Path, runs: int = RUNS, tell: Told = print) -> Iterator[Figure]:
    """The demo's whole run in an empty folder, once; then a day's plan as a command and inside a house that is open, several times.

    The day is the one before the house's own: a rehearsal, so that every run does the same work.
    """
    tell("the demo from nothing")
    _, first = _command("demo", "--data", folder, "--no-serve")
    tell("the demo again")
    _, again = _command("demo", "--data", folder, "--no-serve")
    yield figure("demo from nothing", "s", [first.wall], f"the second run {again.wall:.3g} s")
    yield figure("demo from nothing: processor", "s of one core", [first.cpu], f"the second run {again.cpu:.3g} s")
    with open_house(load_settings(folder, {})) as house:
        day = house.today - 1
        tell("one by one")
        alone = _one_by_one(house, day)
    tell(f"a day's plan, {runs} times")
    plans = [_command("plan", "--data", folder, "--on", date_of(day), "--json")[1] for _ in range(runs)]
    against = f"each asked alone, one after another {alone.wall:.3g} s"
    yield figure("demo plan, as a command", "s", [plan.wall for plan in plans], against)
    yield figure("demo plan, as a command: processor", "s of one core", [plan.cpu for plan in plans], f"each asked alone {alone.cpu:.3g} s")
    with open_house(load_settings(folder, {})) as house:
        inside = [_judged(house, day) for _ in range(runs)]
    yield figure("demo plan, in an open house", "s", [plan.wall for plan in inside], against)


def _command(*arguments: object) -> tuple[str, Spent]:
    return in_process_of_its_own("-c", COMMAND_LINE, *arguments)


def _judged(house: House, day: int) -> Spent:
    house.days.clear()
    with spending() as spent:
        judged_day(house, day)
        return spent()


def _one_by_one(house: House, day: int) -> Spent:
    """The plain method: everybody asked alone, one after another, against the truth."""
    when = house.when(day)
    customers = house.truth.run("SELECT DISTINCT customer_id FROM customer WHERE known_at < ?", (when.as_of,))
    with spending() as spent:
        for (customer,) in customers:
            house.alone.decide(customer, when)
        return spent()
