"""The cell is one number, the same from numpy and from SQL."""

import duckdb
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from habitue.measure import CELLS, FULL_CELLS, PULL_UNKNOWN, PULLS, cell_expression, cells_of
from habitue.measure.cells import FEATURES, PULL_EDGES
from habitue.store.relations import relation

HABIT = st.tuples(st.integers(-1, 1001), st.integers(0, 95), st.integers(0, 15), st.integers(-1, 5000))


def columns(habits: list[tuple[int, ...]]) -> dict[str, np.ndarray]:
    return {feature.column: np.array(values) for feature, values in zip(FEATURES, zip(*habits, strict=True), strict=True)}


@given(st.lists(HABIT, min_size=1, max_size=40))
def test_numpy_and_sql_give_the_same_cell(habits: list[tuple[int, ...]]) -> None:
    names = ", ".join(feature.column for feature in FEATURES)
    rows = ", ".join(str(habit) for habit in habits)
    found = duckdb.sql(f"SELECT {cell_expression()} FROM (VALUES {rows}) AS h ({names})").fetchall()
    assert [cell for (cell,) in found] == cells_of(columns(habits)).tolist()


def test_the_relation_of_the_house_gives_the_same_cell() -> None:
    """Her shopping days are told apart from her baskets here, and a habit of one day from a gap that has gone by."""
    random = np.random.default_rng(6)
    rows = [(n, n, *map(int, random.integers(0, high))) for n, high in enumerate([(9000, 12, 8, 4000, 95, 20_000)] * 400)]
    with duckdb.connect() as house:
        house.execute("CREATE TABLE habit (moment_id BIGINT, item_id BIGINT, decayed BIGINT, times BIGINT, times_14 BIGINT, due_permille BIGINT)")
        house.execute("CREATE TABLE rhythm (moment_id BIGINT, visits_91 BIGINT, baskets_91 BIGINT, visits_decayed BIGINT)")
        house.executemany("INSERT INTO habit VALUES (?, ?, ?, ?, ?, ?)", [row[:6] for row in rows])
        house.executemany("INSERT INTO rhythm VALUES (?, ?, ?, ?)", [(row[0], row[6], row[6] + 9, row[7]) for row in rows])
        found = dict(house.sql(f"SELECT moment_id, cell FROM ({relation('cell_of').text})").fetchall())
    habits = [
        (decayed * 1000 // visits_decayed if visits_decayed else 0, visits, times_14, due if times > 1 else -1)
        for _, _, decayed, times, times_14, due, visits, visits_decayed in rows
    ]
    assert [found[row[0]] for row in rows] == cells_of(columns(habits)).tolist()


def test_the_first_and_the_last_cell() -> None:
    assert cells_of(columns([(0, 0, 0, -1), (1000, 91, 14, 9999)])).tolist() == [0, CELLS - 1]
    assert CELLS * PULLS == FULL_CELLS


def test_a_step_begins_at_its_edge() -> None:
    for feature in FEATURES:
        low, edge = ([at if one is feature else one.edges[0] - 1 for one in FEATURES] for at in (feature.edges[0] - 1, feature.edges[0]))
        assert cells_of(columns([tuple(low)]))[0] < cells_of(columns([tuple(edge)]))[0]


def test_an_unknown_item_pulls_like_the_average() -> None:
    assert np.searchsorted(PULL_EDGES, 1.0, side="right") == PULL_UNKNOWN


def test_every_typical_value_lies_in_its_step() -> None:
    for feature in FEATURES:
        assert not feature.typical or np.searchsorted(feature.edges, feature.typical, side="right").tolist() == list(range(feature.steps))
