"""What was acknowledged is there, once, whatever happened to the house."""

from __future__ import annotations

from pathlib import Path

from tests.collect.bench_intake import kill_again_and_again


def test_a_house_that_is_killed_under_load_loses_and_doubles_nothing(tmp_path: Path) -> None:
    lost, doubled, acknowledged = kill_again_and_again(3, tmp_path)
    assert (lost, doubled) == (0, 0)
    assert acknowledged > 0
