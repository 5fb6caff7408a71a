"""What every benchmark has in common: a figure with its spread and what it is held against, the machine, and work in a process of its own."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text

from habitue.words.errors import HabitueError

RUNS = 3
Told = Callable[[str], None]


class Figure(msgspec.Struct, frozen=True):
    """One thing measured: the median of its runs with the lowest and highest, and what it is held against in the same run."""

    bench: str
    value: float
    unit: str
    low: float
    high: float
    against: str
    machine: str


@dataclass(frozen=True)
class Spent:
    """What a piece of work took. Units: seconds by the wall's clock, and seconds of processor time of all its threads."""

    wall: float
    cpu: float


def figure(bench: str, unit: str, runs: Sequence[float], against: str = "") -> Figure:
    """The median of several runs, with their range."""
    return Figure(bench, _short(statistics.median(runs)), unit, _short(min(runs)), _short(max(runs)), against, machine())


def interval(bench: str, unit: str, value: float, low: float, high: float, against: str = "") -> Figure:
    """A figure that carries an interval of its own."""
    return Figure(bench, _short(value), unit, _short(low), _short(high), against, machine())


def machine() -> str:
    """What the figure was measured on, without any name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    programs = f"Python {platform.python_version()}, DuckDB {version('duckdb')}"
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, {programs}"


@contextmanager
def spending() -> Iterator[Callable[[], Spent]]:
    """Gives what tells how much was spent since the block began."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield lambda: Spent(time.perf_counter() - wall, time.process_time() - cpu)


def in_process_of_its_own(*arguments: object) -> tuple[str, Spent]:
    """Runs `python ARGUMENTS`; gives what it printed and what it took, its start included.

    Raises: HabitueError with its last words where it fails.
    """
    before, wall = os.times(), time.perf_counter()
    done = subprocess.run([sys.executable, *map(str, arguments)], capture_output=True, text=True, check=False, env=_environment())
    after = os.times()
    if done.returncode:
        raise HabitueError(f"A benchmark's own process failed: {done.stderr.strip()[-600:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return done.stdout, Spent(time.perf_counter() - wall, cpu)


def peak_megabytes() -> float:
    """The most memory that this process ever held, in megabytes: what the kernel says of this program alone, where it says so."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource  # where there is no /proc; absent on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 1024


@contextmanager
def bench_folder() -> Iterator[Path]:
    """A folder for the length of a benchmark, swept away with all its files."""
    with tempfile.TemporaryDirectory(prefix="habitue-bench-") as folder:
        yield Path(folder)


def show(figures: Iterable[Figure], out: Console) -> None:
    """The figures for people, each as soon as it is measured: median, range, and below it what it is held against."""
    for one in figures:
        span = "" if one.low == one.high else f"   [{one.low:,g}, {one.high:,g}]"
        out.print(Text.assemble(f"{one.bench}: ", (f"{one.value:,g}", "bold"), f" {one.unit}{span}"))
        if one.against:
            out.print(Text(f"    {one.against}", style="dim"))
    out.print(machine(), style="dim")


def as_line(one: Figure) -> str:
    """A figure as one JSON object on a line."""
    return msgspec.json.encode(one).decode()


def _short(value: float) -> float:
    """Three figures that count; more would be noise."""
    return float(f"{value:.3g}") if abs(value) < 100 else float(round(value))


def _environment() -> dict[str, str]:
    """This process's environment, without settings of a house: a benchmark has its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HABITUE_")}
