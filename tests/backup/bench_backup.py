"""How long a backup, its restore, and an erasure beside it take on either database: `python -m tests.backup.bench_backup --customers 1000000`."""

from __future__ import annotations

import argparse
import resource
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
from rich.console import Console

from habitue.app import open_house
from habitue.app.backup.backing_up import back_up
from habitue.app.backup.restoring import restore
from habitue.app.erasure.forgetting import forget
from habitue.app.opening import open_up
from habitue.store import Settings, clock_of
from habitue.workshop.bench import Figure, Told, bench_folder, figure, show, spending
from habitue.workshop.bench_houses import demo_house
from habitue.workshop.postgres_server import postgres_server
from tests.her.bench_her_page import add_strangers

CUSTOMERS = 20_000


def bench_backup(data: Path | None, customers: int = CUSTOMERS, tell: Told = print) -> Iterator[Figure]:
    """Seconds of a backup and of its restore, on SQLite, then on PostgreSQL, where the house moves to; and of the keys' part of an erasure."""
    with demo_house(data) as source, bench_folder() as folder, postgres_server(is_durable=True) as address:
        tell(f"the demo's households among {customers:,} customers")
        shutil.copytree(source.data, folder / "house", ignore=shutil.ignore_patterns("projection", "temp"))
        settings = msgspec.structs.replace(source, data=folder / "house")
        add_strangers(settings, customers)
        yield _backed_up("SQLite", settings, folder / "place", customers)
        yield _restored("PostgreSQL", msgspec.structs.replace(settings, data=folder / "moved", truth=address), folder / "place", customers)
        moved = msgspec.structs.replace(settings, data=folder / "moved", truth=address)
        yield _backed_up("PostgreSQL", moved, folder / "place of the moved", customers)
        yield _restored("SQLite", msgspec.structs.replace(settings, data=folder / "back"), folder / "place of the moved", customers)
        yield _erased(settings, customers)


def _backed_up(engine: str, settings: Settings, place: Path, customers: int) -> Figure:
    with closing(open_up(settings)) as truth, spending() as spent:
        done = back_up(truth, settings, clock_of(settings), place)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = f"{done.rows:,} rows, {done.size_bytes / 1e6:,.1f} MB; the most memory so far: {peak:,.0f} MB"
    return figure(f"backing up {customers:,}, {engine}", "s", [spent().wall], said)


def _restored(engine: str, settings: Settings, place: Path, customers: int) -> Figure:
    [file] = place.glob("*.backup")
    with spending() as spent:
        done = restore(settings, file)
    return figure(f"restoring {customers:,}, into {engine}", "s", [spent().wall], f"{done.rows:,} rows")


def _erased(settings: Settings, customers: int) -> Figure:
    with open_house(settings) as house:
        ((key,),) = house.truth.run("SELECT value FROM identifier WHERE kind = 'customer' ORDER BY profile_id LIMIT 1")
        with spending() as spent:
            done = forget(house, key)
    return figure(f"forgetting one of {customers:,} who are backed up, SQLite", "s", [spent().wall], f"{done.backup_keys} keys destroyed")


def main() -> None:
    """Shows the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    asked = parser.parse_args()
    show(list(bench_backup(asked.data, asked.customers)), Console())


if __name__ == "__main__":
    main()
