"""`habitue bench import`: how many order lines a second come in by the public import path, against bare rows into a bare table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq

from habitue.app.imports.importing import import_file
from habitue.store import Settings, open_truth
from habitue.store.truth import SqliteTruth
from habitue.workshop.bench import RUNS, Figure, Told, bench_folder, figure, spending
from habitue.workshop.demo_files import MAPPINGS
from habitue.workshop.grocer import CURRENCY, ZONE, grocer

LINES = 200_000


def bench_import(lines: int = LINES, runs: int = RUNS, tell: Told = print) -> Iterator[Figure]:
    """Lines a second into an empty SQLite truth, first time and again (every line then known already)."""
    first, again, bare = [], [], []
    for n in range(runs):
        tell(f"{lines:,} lines, run {n + 1} of {runs}")
        with bench_folder() as folder:
            table = pq.read_table(grocer().file("transactions")).slice(0, lines)
            pq.write_table(table, folder / "orders.parquet")
            first.append(_imported(folder))
            again.append(_imported(folder))
            bare.append(table.num_rows / _bare(folder, [tuple(map(str, row.values())) for row in table.to_pylist()]))
    against = f"bare rows into a bare table {sorted(bare)[len(bare) // 2]:,.0f} lines a second"
    yield figure("import of order lines", "lines a second", first, against)
    yield figure("import of the same lines again", "lines a second", again, against)


def _imported(folder: Path) -> float:
    settings = Settings(data=folder / "house", zone=ZONE, currency=CURRENCY)
    with closing(open_truth(settings)) as truth, spending() as spent:
        report = import_file(truth, settings, folder / "orders.parquet", MAPPINGS / "orders.toml", "orders")
        return (report.accepted + report.repeated) / spent().wall


def _bare(folder: Path, rows: list[tuple[str, ...]]) -> float:
    """Seconds to write the rows as they are, with the truth's own care for the disk."""
    truth = SqliteTruth(folder / "bare.sqlite")
    columns = ", ".join(f"c{n} TEXT" for n in range(len(rows[0])))
    truth.run(f"CREATE TABLE bare ({columns})")
    with spending() as spent, truth.transaction():
        truth.run_many(f"INSERT INTO bare VALUES ({', '.join('?' * len(rows[0]))})", rows)
    took = spent().wall
    truth.close()
    return took
