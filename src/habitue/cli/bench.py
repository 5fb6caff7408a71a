"""`habitue bench NAME`: how fast, how large, and whether one customer alone is judged as among everyone; each against a peer in the same run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from habitue.cli.options import console
from habitue.words.errors import BadInput
from habitue.workshop.bench import RUNS, Figure, as_line, bench_folder, show
from habitue.workshop.bench_audit import SIZES as MAILINGS
from habitue.workshop.bench_audit import bench_audit
from habitue.workshop.bench_decide import DECISIONS, bench_decide
from habitue.workshop.bench_demo import bench_demo
from habitue.workshop.bench_equality import CUSTOMERS, DAYS, bench_equality
from habitue.workshop.bench_houses import demo_house
from habitue.workshop.bench_import import LINES, bench_import
from habitue.workshop.bench_likeness import CUSTOMERS as PEOPLE
from habitue.workshop.bench_likeness import bench_likeness
from habitue.workshop.bench_plan import SIZES, bench_plan
from habitue.workshop.synthetic import Crowd
from habitue.workshop.synthetic_files import FORMATS, Mailing

AsLines = Annotated[bool, typer.Option("--json", help="One JSON object a line on the standard output.")]
Demo = Annotated[Path | None, typer.Option("--data", help="A demo's house that is there already (default: one is made for the benchmark).", show_default=False)]
Runs = Annotated[int, typer.Option("--runs", min=1, help="How many runs the median is of.")]


def register(app: typer.Typer) -> None:
    """Adds the group of benchmarks."""
    group = typer.Typer(no_args_is_help=True, help="Benchmarks, each against a peer or the plain method in the same run.")
    for name, command in (
        ("demo", demo),
        ("plan", plan),
        ("decide", decide),
        ("equality", equality),
        ("import", bring),
        ("audit", past),
        ("likeness", likeness),
        ("all", every),
    ):
        group.command(name)(command)
    app.add_typer(group, name="bench")


def demo(as_json: AsLines = False, runs: Runs = RUNS) -> None:
    """The demo from nothing, and the plan of one of its days."""
    with bench_folder() as folder:
        _print(bench_demo(folder / "demo", runs, _tell), as_json)


def plan(
    customers: Annotated[
        int, typer.Option("--customers", min=0, help="How many made customers (default: a hundred thousand, then a million).", show_default=False)
    ] = 0,
    lines: Annotated[int, typer.Option("--lines", min=0, help="How many lines they bought (default: 50 each).", show_default=False)] = 0,
    as_json: AsLines = False,
    runs: Runs = RUNS,
) -> None:
    """A day judged for made customers: seconds, memory, and how both grow."""
    if lines and not customers:
        raise BadInput("Say how many customers bought them, as --customers 100000 --lines 5000000.")
    sizes = (Crowd(customers, lines or 50 * customers),) if customers else SIZES
    _print(bench_plan(sizes, runs, _tell), as_json)


def decide(data: Demo = None, as_json: AsLines = False, decisions: Annotated[int, typer.Option("--decisions", min=1)] = DECISIONS) -> None:
    """One customer now, against the truth, on SQLite and on PostgreSQL."""
    with demo_house(data) as settings:
        _print(bench_decide(settings, decisions, _tell), as_json)


def equality(
    data: Demo = None,
    as_json: AsLines = False,
    days: Annotated[int, typer.Option("--days", min=1)] = DAYS,
    customers: Annotated[int, typer.Option("--customers", min=1)] = CUSTOMERS,
) -> None:
    """How many decisions differ between alone and among everyone, and between engines: none may."""
    with demo_house(data) as settings:
        _print(bench_equality(settings, days, customers, _tell), as_json)


def bring(as_json: AsLines = False, lines: Annotated[int, typer.Option("--lines", min=1)] = LINES, runs: Runs = RUNS) -> None:
    """Order lines a second by the public import path."""
    _print(bench_import(lines, runs, _tell), as_json)


def past(
    sends: Annotated[int, typer.Option("--sends", min=0, help="How many sends (default: a tenth of a million, one and three).", show_default=False)] = 0,
    lines: Annotated[int, typer.Option("--lines", min=0, help="How many order lines (default: ten a send).", show_default=False)] = 0,
    form: Annotated[str, typer.Option("--format", help="csv or parquet.")] = "csv",
    as_json: AsLines = False,
    runs: Runs = RUNS,
) -> None:
    """Past sends judged from plain files: seconds, memory and their growth; then the score on the demo's coupons."""
    if form not in FORMATS:
        raise BadInput(f"--format is {' or '.join(FORMATS)}.")
    sizes = (Mailing(sends, lines or 10 * sends, form),) if sends else tuple(replace(one, form=form) for one in MAILINGS)
    _print(bench_audit(sizes, runs, _tell), as_json)


def likeness(
    customers: Annotated[int, typer.Option("--customers", min=0, help="How many in the large house; 0 for none.")] = PEOPLE, as_json: AsLines = False
) -> None:
    """Who comes twice, found by name and address: FEBRL 4 and 3, planted families, and a large house."""
    _print(bench_likeness(customers, tell=_tell), as_json)


def every(as_json: AsLines = False, runs: Runs = RUNS) -> None:
    """Every benchmark in its usual size, the demo's house made once."""

    def figures() -> Iterator[Figure]:
        with bench_folder() as folder:
            yield from bench_demo(folder / "demo", runs, _tell)
            with demo_house(folder / "demo") as settings:
                yield from bench_decide(settings, tell=_tell)
                yield from bench_equality(settings, tell=_tell)
        yield from bench_import(runs=runs, tell=_tell)
        yield from bench_plan(runs=runs, tell=_tell)
        yield from bench_audit(runs=runs, tell=_tell)
        yield from bench_likeness(tell=_tell)

    _print(figures(), as_json)


def _print(figures: Iterable[Figure], as_json: bool) -> None:
    """Lines as they come, or a table at the end."""
    if not as_json:
        show(figures, console())
        return
    for one in figures:
        print(as_line(one), flush=True)


def _tell(what: str) -> None:
    """What is being measured, on the error stream."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"{what} …", style="dim")
