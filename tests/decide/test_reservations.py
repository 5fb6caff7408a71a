"""The benchmark of reservations sees whoever is over a cap, and finds nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cast import settings_at
from tests.decide.bench_reservations import over_cap, room_for, run


def words(*days: int) -> list[tuple[int, int, int]]:
    return [(1, day, number) for number, day in enumerate(days)]


@pytest.mark.parametrize("days", [(0, 0, 7, 7, 14), (0, 6, 7, 13, 27, 28), (3,)])
def test_as_many_as_the_caps_allow_are_not_over_them(days: tuple[int, ...]) -> None:
    assert over_cap(words(*days)) == set()


@pytest.mark.parametrize("days", [(0, 0, 0), (6, 3, 0), (0, 0, 7, 7, 14, 27), (40, 0, 41, 42)])
def test_one_more_is_over_the_cap(days: tuple[int, ...]) -> None:
    assert over_cap([*words(*days), (2, 0, 9)]) == {1}


def test_room_is_what_the_caps_leave() -> None:
    assert [room_for(days) for days in (1, 7, 8, 28, 29)] == [2, 2, 4, 5, 7]


@pytest.mark.postgres
@pytest.mark.slow
def test_nobody_is_over_a_cap_when_processes_reserve_at_once(new_database: Callable[[], str], tmp_path: Path) -> None:
    done = run(settings_at(tmp_path / "house", new_database()), tmp_path / "desk", 360, 3, 4)
    assert done.calls == 360
    assert done.kept
    assert done.withdrawn, "of 28 words one of three processes has ten, whoever is first"
    assert over_cap(done.kept) == set()
