"""How many events a second come in over HTTP, durable before they are acknowledged; and whether kills lose or double any.

`python -m tests.collect.bench_intake`, at the end of `make bench`.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

from rich.console import Console

from habitue.store import Settings, Truth, open_truth
from habitue.workshop.bench import RUNS, Figure, Told, bench_folder, figure, show, spending
from habitue.workshop.postgres_server import postgres_server
from tests.collect import clients
from tests.collect.clients import EVENTS_A_BATCH, lay_out, serving

SECONDS = 10.0
KILLS = 500
SORTED_WITHIN_SECONDS = 600
WINDOW_SECONDS = (0.02, 0.4)
IDS_A_ROUND = 1_000_000
SEED = 20_261_122
ALONE = ("tests.collect.listening",)


def bench_intake(seconds: float = SECONDS, kills: int = KILLS, runs: int = RUNS, tell: Told = print) -> Iterator[Figure]:
    """Events a second, p99 of a batch, and how many a second reach their cards, on SQLite and on PostgreSQL; then kills under load on SQLite."""
    for engine in ("SQLite", "PostgreSQL") if runs else ():
        taken = []
        for n in range(runs):
            tell(f"{seconds:g} seconds of events on {engine}, run {n + 1} of {runs}")
            with bench_folder() as folder, ExitStack() as stack:
                truth = "sqlite" if engine == "SQLite" else stack.enter_context(postgres_server(is_durable=True))
                taken.append(_rate(Settings(data=folder / "house", truth=truth), seconds))
        yield figure(f"intake on {engine}: acknowledged", "events a second", [one[0] for one in taken], f"batches of {EVENTS_A_BATCH}, each on disk first")
        yield figure(f"intake on {engine}: p99 of a batch", "ms", [one[1] for one in taken])
        yield figure(f"intake on {engine}: on their cards", "events a second", [one[2] for one in taken], "sorted while more come in, and until none is left")
    if kills:
        tell(f"{kills} kills under load")
        with spending() as spent:
            lost, doubled, acknowledged = kill_again_and_again(kills)
            seconds_a_kill = spent().wall / kills
        yield figure("intake, killed: events lost", "events", [lost], f"of {acknowledged:,} acknowledged over {kills} kills (SIGKILL) on SQLite")
        yield figure("intake, killed: events doubled", "events", [doubled])
        yield figure("intake, killed: from one kill to the next", "s", [seconds_a_kill], "with the start before it, and the sorting after the last")


def _rate(settings: Settings, seconds: float) -> tuple[float, float, float]:
    """Events acknowledged a second, milliseconds under which 99 of 100 batches stay, and events a second from first to sorted."""
    lay_out(settings)
    with serving(settings) as (_, port), closing(open_truth(settings)) as truth:
        began = time.perf_counter()
        told = clients.tell(port, seconds)
        took = time.perf_counter() - began
        _sorted_out(truth)
        until_sorted = time.perf_counter() - began
    p99 = statistics.quantiles(told.seconds, n=100)[98] * 1000
    return len(told.acknowledged) / took, p99, len(told.acknowledged) / until_sorted


def _sorted_out(truth: Truth) -> None:
    until = time.monotonic() + SORTED_WITHIN_SECONDS
    while truth.run("SELECT COUNT(*) FROM arrival") != [(0,)] and time.monotonic() < until:
        time.sleep(0.05)


def kill_again_and_again(kills: int, folder: Path | None = None) -> tuple[int, int, int]:
    """Kills the serving house at random instants under load; gives how many acknowledged events were lost, how many doubled, how many there were."""
    drawing, acknowledged = random.Random(SEED), []
    with ExitStack() as stack:
        settings = Settings(data=(folder or stack.enter_context(bench_folder())) / "house")
        lay_out(settings)
        for kill in range(kills):
            with serving(settings, ALONE) as (process, port), ThreadPoolExecutor(1) as aside:
                telling = aside.submit(clients.tell, port, WINDOW_SECONDS[1] + 1, 2, kill * IDS_A_ROUND)
                time.sleep(drawing.uniform(*WINDOW_SECONDS))
                process.kill()
                acknowledged += telling.result().acknowledged
        with serving(settings, ALONE), closing(open_truth(settings)) as truth:
            _sorted_out(truth)
            counts = Counter(name for (name,) in truth.run("SELECT message_id FROM event WHERE name = 'Product Viewed'"))
            orders = Counter(key for (key,) in truth.run("SELECT message_id FROM event WHERE name = 'Order Completed'"))
    found = {name: counts[name] if int(name.rpartition("-")[2]) % 10 else orders[f"o{name}"] for name in acknowledged}
    doubled = sum(count - 1 for count in (*counts.values(), *orders.values()) if count > 1)
    return sum(count == 0 for count in found.values()), doubled, len(acknowledged)


def main() -> None:
    """All figures, or some: `--runs 0 --kills 500` only kills, `--kills 0` only measures."""
    asked = argparse.ArgumentParser(prog="python -m tests.collect.bench_intake")
    asked.add_argument("--runs", type=int, default=RUNS, help="of each measurement; 0 for none")
    asked.add_argument("--seconds", type=float, default=SECONDS, help="of each run")
    asked.add_argument("--kills", type=int, default=KILLS, help="0 for none")
    told = asked.parse_args()
    show(bench_intake(told.seconds, told.kills, told.runs), Console(highlight=False, soft_wrap=True))


if __name__ == "__main__":
    main()
