"""`habitue bench decide`: one customer now, against the truth, warm: how long half of all decisions take, and all but one in a hundred."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from habitue.app import House, open_house
from habitue.app.judging import judged_day
from habitue.decide.everyone import bucket_files, everyone
from habitue.decide.model import When
from habitue.store import Settings
from habitue.workshop.bench import Figure, Told, interval
from habitue.workshop.bench_houses import on_postgres

DECISIONS = 1_000
WARM_UP = 100
COLUMNAR_QUESTIONS = 10
DRAWS = 400
HOUR = 11  # of a question asked now, in opening hours


def bench_decide(settings: Settings, decisions: int = DECISIONS, tell: Told = print) -> Iterator[Figure]:
    """Times of single decisions on SQLite and on PostgreSQL, against the columnar engine asked about one customer."""
    with open_house(settings) as house:
        when, customers = house.when(hour=HOUR), _some_customers(house, decisions)
        judged_day(house, when.today)  # brings the projection up to date
        tell(f"{COLUMNAR_QUESTIONS} questions to DuckDB")
        against = _columnar(house, when, customers[:COLUMNAR_QUESTIONS])
        tell(f"{decisions:,} decisions on SQLite")
        yield from _figures("SQLite", _timed(house, when, customers), against)
    tell("copying the truth to PostgreSQL")
    with on_postgres(settings) as copy, open_house(copy) as house:
        tell(f"{decisions:,} decisions on PostgreSQL")
        server = int(house.truth.run("SELECT pg_backend_pid()")[0][0])
        begun = _processor_seconds(server)
        timed = _timed(house, when, customers)
        server_ms = 1000 * (_processor_seconds(server) - begun) / (len(customers) + WARM_UP)
        yield from _figures("PostgreSQL", [(wall, cpu + server_ms) for wall, cpu in timed], against)


def _some_customers(house: House, many: int) -> list[int]:
    known = [int(row[0]) for row in house.truth.run("SELECT DISTINCT customer_id FROM customer ORDER BY customer_id")]
    return [int(one) for one in np.random.default_rng(11).choice(known, many, replace=many > len(known))]


def _timed(house: House, when: When, customers: list[int]) -> list[tuple[float, float]]:
    """Milliseconds of each decision by the wall and of this process's processor time, after a warm-up."""
    for customer in customers[:WARM_UP]:
        house.alone.decide(customer, when)
    times = []
    for customer in customers:
        wall, cpu = time.perf_counter(), time.process_time()
        house.alone.decide(customer, when)
        times.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)))
    return times


def _figures(engine: str, times: list[tuple[float, float]], against: str) -> Iterator[Figure]:
    """Percentiles with 95 % intervals by resampling, and the mean of processor time, the server's included."""
    walls, cpus = np.array(times).T
    rng = np.random.default_rng(3)
    draws = rng.choice(walls, (DRAWS, len(walls)))
    for percent in (50, 99):
        low, high = np.percentile(np.percentile(draws, percent, axis=1), (2.5, 97.5))
        yield interval(f"decide on {engine}: p{percent}", "ms", float(np.percentile(walls, percent)), float(low), float(high), against)
    low, high = np.percentile(rng.choice(cpus, (DRAWS, len(cpus))).mean(axis=1), (2.5, 97.5))
    yield interval(f"decide on {engine}: processor, mean", "ms", float(cpus.mean()), float(low), float(high), against)


def _columnar(house: House, when: When, customers: list[int]) -> str:
    """The same question put to the columnar engine: started for the question, and open already."""
    cold, warm = [], []
    for customer in customers:
        begun = time.perf_counter()
        judge = everyone(house.truth, house.settings, house.question, when.today, [when.lesson_id])
        judge.stand_at(when)
        opened = time.perf_counter()
        bucket = int(house.truth.run("SELECT MAX(bucket_hash) FROM customer WHERE customer_id = ?", (customer,))[0][0]) % house.settings.buckets
        judge.look_at(bucket_files(house.truth, house.settings, bucket))
        judge.ask_all(when)
        judge.engine.run(f"DELETE FROM moment WHERE moment_id <> {customer}")
        judge.judge()
        cold.append(1000 * (time.perf_counter() - begun))
        warm.append(1000 * (time.perf_counter() - opened))
        judge.engine.close()
    return f"DuckDB open already {statistics.median(warm):.0f} ms, started for the question {statistics.median(cold):.0f} ms"


def _processor_seconds(process: int) -> float:
    """Processor time of another process so far, where the kernel tells; else 0."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    words = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
