"""`habitue bench plan`: a day judged for very many made customers, with reasons; how long, how much memory, and how both grow."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from habitue.workshop.bench import RUNS, Figure, Told, bench_folder, figure, in_process_of_its_own
from habitue.workshop.made_day import DayTaken
from habitue.workshop.synthetic import Crowd, write_crowd
from habitue.workshop.synthetic_book import ACTIONS, made_book

SIZES = (Crowd(100_000, 5_000_000), Crowd(1_000_000, 50_000_000))
MOST_IN_ONE = 100_000
"""Up to so many customers the same is tried in one query, for comparison."""
STEPS_SHOWN = 5


def bench_plan(sizes: Sequence[Crowd] = SIZES, runs: int = RUNS, tell: Told = print) -> Iterator[Figure]:
    """Seconds and peak memory of a day by size, each in a process of its own; making the customers is not timed.

    Sizes over a tenth of a million run once: they last long enough to be steady.
    """
    smaller: tuple[Crowd, list[DayTaken]] | None = None
    for crowd in sizes:
        with bench_folder() as folder:
            tell(f"making {crowd.customers:,} customers with {crowd.lines:,} lines")
            write_crowd(crowd, folder)
            made_book(folder / "book")
            times = runs if crowd.customers <= MOST_IN_ONE else 1
            tell(f"judging {crowd.customers:,} customers × {ACTIONS} actions, {times} times")
            days = [_day(folder, crowd, "judged") for _ in range(times)]
            features = _day(folder, crowd, "features")
            whole = _day(folder, crowd, "whole") if crowd.customers <= MOST_IN_ONE else None
        yield from _figures(crowd, days, features, whole, smaller)
        smaller = crowd, days


def _day(folder: Path, crowd: Crowd, how: str) -> DayTaken:
    said, _ = in_process_of_its_own("-m", "habitue.workshop.made_day", folder, crowd.customers, crowd.lines, how)
    return msgspec.json.decode(said, type=DayTaken)


def _figures(crowd: Crowd, days: list[DayTaken], features: DayTaken, whole: DayTaken | None, smaller: tuple[Crowd, list[DayTaken]] | None) -> Iterator[Figure]:
    name = f"plan, {crowd.customers:,} customers"
    in_one = [f"in one bucket {whole.seconds:.3g} s"] if whole else []
    yield figure(f"{name}: judged", "s", [day.seconds for day in days], ", ".join([f"features alone {features.seconds:.3g} s", *in_one]))
    yield figure(f"{name}: processor", "s of one core", [day.cpu_seconds for day in days], f"features alone {features.cpu_seconds:.3g} s")
    in_one = [f"in one bucket {whole.peak_mb:.0f} MB"] if whole else []
    yield figure(f"{name}: peak memory", "MB", [day.peak_mb for day in days], ", ".join([f"features alone {features.peak_mb:.0f} MB", *in_one]))
    slowest = list(days[0].steps.items())[:STEPS_SHOWN]
    yield figure(
        f"{name}: said something", "%", [100 * day.touches / day.customers for day in days], "slowest: " + ", ".join(f"{n} {s:.2g} s" for n, s in slowest)
    )
    if smaller:
        before, then = smaller
        more = crowd.customers / before.customers
        seconds = statistics.median(day.seconds for day in days) / statistics.median(day.seconds for day in then)
        memory = statistics.median(day.peak_mb for day in days) / statistics.median(day.peak_mb for day in then)
        yield figure(f"{name}: growth of time", "times", [seconds], f"{more:.3g} times as many customers as before")
        yield figure(f"{name}: growth of memory", "times", [memory], f"{more:.3g} times as many customers as before")
