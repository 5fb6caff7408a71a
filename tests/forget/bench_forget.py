"""How long it takes to forget one customer among 1,000,000, on either database: `python -m tests.forget.bench_forget`."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from rich.console import Console

from habitue.app import open_house
from habitue.app.erasure.forgetting import forget
from habitue.store import Settings
from habitue.store.projection import refresh
from habitue.workshop.bench import Figure, Told, bench_folder, figure, show, spending
from habitue.workshop.bench_houses import copy_truth, demo_house
from habitue.workshop.postgres_server import postgres_server
from tests.her.bench_her_page import CUSTOMERS, add_strangers

GONE = 3


def bench_forget(data: Path | None, customers: int = CUSTOMERS, tell: Told = print) -> Iterator[Figure]:
    """Seconds of the whole erasure: truth, files for judgement, and the database's own files written anew."""
    with demo_house(data) as source, bench_folder() as folder:
        tell(f"the demo's households among {customers:,} customers")
        shutil.copytree(source.data, folder / "house", ignore=shutil.ignore_patterns("projection", "temp"))
        settings = msgspec.structs.replace(source, data=folder / "house")
        add_strangers(settings, customers)
        yield _on("SQLite", settings, customers)
        with _copied(settings, folder / "copy") as copy:
            yield _on("PostgreSQL", copy, customers)


def _on(engine: str, settings: Settings, customers: int) -> Figure:
    seconds = []
    with open_house(settings) as house:
        refresh(house.truth, settings)
        keys = [row[0] for row in house.truth.run("SELECT value FROM identifier WHERE kind = 'customer' ORDER BY profile_id LIMIT ?", (GONE,))]
        for key in keys:
            with spending() as spent:
                done = forget(house, key)
            seconds.append(spent().wall)
        left = ", ".join(done.left) or "nothing"
        return figure(f"forgetting one of {customers:,}, {engine}", "s", seconds, f"{sum(done.rows.values()):,} rows of the last; left to do: {left}")


@contextmanager
def _copied(settings: Settings, folder: Path) -> Iterator[Settings]:
    with postgres_server(is_durable=True) as address:
        folder.mkdir()
        (folder / "book").symlink_to(settings.book_folder.absolute())
        copy = msgspec.structs.replace(settings, data=folder, truth=address)
        copy_truth(settings, copy, without=())
        yield copy


def main() -> None:
    """Shows the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    asked = parser.parse_args()
    show(list(bench_forget(asked.data, asked.customers)), Console())


if __name__ == "__main__":
    main()
