"""Benchmarks: a figure is the median of its runs, prints as one JSON object, and each has something that it is held against."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from habitue.words.errors import HabitueError
from habitue.workshop.bench import as_line, figure, in_process_of_its_own, peak_megabytes
from habitue.workshop.bench_import import bench_import
from habitue.workshop.bench_plan import bench_plan
from habitue.workshop.synthetic import Crowd


def quiet(what: str) -> None:
    """Tells nobody."""


def test_a_figure_is_the_median_with_its_range() -> None:
    found = json.loads(as_line(figure("a", "s", [3.0, 1.0, 2.0], "b 4 s")))
    assert {name: found[name] for name in ("bench", "value", "unit", "low", "high", "against")} == {
        "bench": "a", "value": 2.0, "unit": "s", "low": 1.0, "high": 3.0, "against": "b 4 s",
    }  # fmt: skip
    assert "cores" in found["machine"]


def test_a_process_of_its_own_says_what_it_took_and_why_it_failed() -> None:
    said, spent = in_process_of_its_own("-c", "print(sum(range(3_000_000)))")
    assert said.strip() == "4499998500000"
    assert spent.cpu > 0
    assert spent.wall > 0
    with pytest.raises(HabitueError, match="no such thing"):
        in_process_of_its_own("-c", "raise SystemExit('no such thing')")


def test_a_process_knows_its_peak_of_memory() -> None:
    assert 10 < peak_megabytes() < 100_000


def test_a_day_for_made_customers_is_measured_by_size() -> None:
    figures = list(bench_plan((Crowd(100, 2_000), Crowd(200, 4_000)), 1, quiet))
    assert [one.bench for one in figures if "judged" in one.bench] == ["plan, 100 customers: judged", "plan, 200 customers: judged"]
    assert "in one bucket" in figures[0].against
    assert "2 times as many" in figures[-1].against


def test_imports_are_held_against_bare_rows() -> None:
    first, again = bench_import(300, 1, quiet)
    assert first.value > 0 < again.value
    assert "bare table" in first.against


def test_lines_without_customers_are_refused() -> None:
    from habitue.cli import app

    done = CliRunner().invoke(app, ["bench", "plan", "--lines", "5"])
    assert done.exit_code != 0
    assert "--customers" in str(done.exception)


def test_each_line_of_the_command_is_one_object() -> None:
    from habitue.cli import app

    done = CliRunner().invoke(app, ["bench", "plan", "--customers", "50", "--lines", "500", "--runs", "1", "--json"])
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert done.exit_code == 0
    assert len(lines) >= 4
    assert all(set(line) == {"bench", "value", "unit", "low", "high", "against", "machine"} for line in lines)
