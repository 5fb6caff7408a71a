"""`habitue bench audit`: very many past sends judged from plain files; and how well the score foretells a grocer's coupons that it has not seen."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from habitue.app.audits.auditing import audit, understand
from habitue.audit.figures import Figures, Interval, ScoreFigure
from habitue.store import load_settings
from habitue.words.clock import parse_day
from habitue.workshop.audit_demo import audit_demo
from habitue.workshop.bench import RUNS, Figure, Told, bench_folder, figure, in_process_of_its_own, interval
from habitue.workshop.made_audit import AuditTaken
from habitue.workshop.synthetic_files import Mailing, write_files

SIZES = (Mailing(100_000, 1_000_000), Mailing(1_000_000, 10_000_000), Mailing(3_000_000, 30_000_000))
MOST_AGAIN = 100_000
"""Up to so many sends are judged several times."""
HELD_BACK_FROM = "2017-10-01"
STEPS_SHOWN = 4


def bench_audit(sizes: Sequence[Mailing] = SIZES, runs: int = RUNS, tell: Told = print) -> Iterator[Figure]:
    """Seconds and memory by size, each in a process of its own, files and report included; then the score on the demo's coupons."""
    smaller: tuple[Mailing, list[AuditTaken]] | None = None
    for mailing in sizes:
        with bench_folder() as folder:
            tell(f"making {mailing.sends:,} sends and {mailing.lines:,} order lines as {mailing.form}")
            sends, orders = write_files(mailing, folder)
            times = runs if mailing.sends <= MOST_AGAIN else 1
            tell(f"auditing them, {times} times")
            taken = [_taken(sends, orders, folder / "audit") for _ in range(times)]
        yield from _figures(mailing, taken, smaller)
        smaller = mailing, taken
    tell("auditing the demo's campaigns")
    yield from _score()


def _taken(sends: Path, orders: Path, out: Path) -> AuditTaken:
    said, _ = in_process_of_its_own("-m", "habitue.workshop.made_audit", sends, orders, out)
    return msgspec.json.decode(said, type=AuditTaken)


def _figures(mailing: Mailing, taken: list[AuditTaken], smaller: tuple[Mailing, list[AuditTaken]] | None) -> Iterator[Figure]:
    name = f"audit, {mailing.sends:,} sends × {mailing.lines:,} lines ({mailing.form})"
    slowest = sorted(taken[0].steps.items(), key=lambda step: -step[1])[:STEPS_SHOWN]
    yield figure(f"{name}: from files to report", "s", [one.seconds for one in taken], ", ".join(f"{step} {seconds:.2g} s" for step, seconds in slowest))
    yield figure(f"{name}: processor", "s of one core", [one.cpu_seconds for one in taken])
    yield figure(f"{name}: peak memory", "MB", [one.peak_mb for one in taken])
    if smaller:
        before, then = smaller
        seconds = statistics.median(one.seconds for one in taken) / statistics.median(one.seconds for one in then)
        memory = statistics.median(one.peak_mb for one in taken) / statistics.median(one.peak_mb for one in then)
        yield figure(f"{name}: growth of time", "times", [seconds], f"{mailing.sends / before.sends:.3g} times as many sends as before")
        yield figure(f"{name}: growth of memory", "times", [memory], f"{mailing.sends / before.sends:.3g} times as many sends as before")


def _score() -> Iterator[Figure]:
    score = demo_figures(HELD_BACK_FROM).score
    if score is None:
        return
    tried = f"{score.tested_on:,} coupons from {HELD_BACK_FROM} on, {score.answers} redeemed; learned from {score.learned_from} answers before"
    yield _interval("audit, demo: area under the curve", "", score.auc, tried)
    yield from (_interval(f"audit, demo: best {one.percent} % keep", "of redemptions", one.kept, tried) for one in score.curve)
    yield from _bands(score)


def _bands(score: ScoreFigure) -> Iterator[Figure]:
    for band in score.bands:
        title = f"audit, demo: score from {band.low:g} to {band.high:g}"
        yield figure(title, "per mille redeemed", [1000 * band.seen], f"foreseen {1000 * band.foreseen:.3g}, {band.sends:,} coupons")


def _interval(name: str, unit: str, one: Interval, against: str) -> Figure:
    return interval(name, unit, one.value, one.low, one.high, against)


def demo_figures(held_back_from: str) -> Figures:
    """The demo's audit, its score tried on what was sent from that day on."""
    with bench_folder() as folder:
        asking, settings = audit_demo(folder / "audit", load_settings(folder / "no-house", {}))
        return audit(asking, understand(asking, settings), settings, held_back_from=parse_day(held_back_from))
