"""How long her page takes with 1,000,000 customers, and whether one guess in 1,000,000 opens anything: `python -m tests.her.bench_her_page`."""

from __future__ import annotations

import argparse
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from rich.console import Console
from starlette.testclient import TestClient

from habitue.app import open_house
from habitue.app.her.saying import link_for
from habitue.identity.her_links import read_link
from habitue.store import Settings, open_truth, sql_text
from habitue.web import create_site
from habitue.workshop.bench import Figure, Told, bench_folder, figure, show, spending
from habitue.workshop.bench_houses import demo_house

CUSTOMERS, TRIES, SAMPLE = 1_000_000, 1_000_000, 200
BESIDE = 10_000_000
"""The strangers' numbers begin here."""


def bench_her_page(data: Path | None, customers: int = CUSTOMERS, tries: int = TRIES, tell: Told = print) -> Iterator[Figure]:
    """Milliseconds of the server for the first look at her page, by the wall's clock and of the processor; and what guesses open."""
    with demo_house(data) as source, bench_folder() as folder:
        tell(f"the demo's households among {customers:,} customers")
        shutil.copytree(source.data, folder / "house", ignore=shutil.ignore_patterns("projection", "temp"))
        settings = msgspec.structs.replace(source, data=folder / "house")
        add_strangers(settings, customers)
        with open_house(settings) as house, TestClient(create_site(house), base_url="http://localhost") as browser:
            keys = [row[0] for row in house.truth.run("SELECT value FROM identifier WHERE kind = 'customer' AND profile_id < ? ORDER BY profile_id", (BESIDE,))]
            paths = [link_for(house, key) for key in keys[:: max(len(keys) // SAMPLE, 1)]]
            browser.get(paths[0])  # the texts are compiled once a process
            wall, processor = [], []
            for path in paths[1:]:
                with spending() as spent:
                    assert browser.get(path).status_code == 200
                wall.append(spent().wall * 1000)
                processor.append(spent().cpu * 1000)
            for what, spent_ms in (("first look", wall), ("processor", processor)):
                slow = sorted(spent_ms)[len(spent_ms) * 99 // 100]
                yield figure(f"her page, {customers:,} customers: {what}", "ms", spent_ms, f"99 of 100 under {slow:.0f} ms")
            tell(f"{tries:,} guesses")
            begun = time.perf_counter()
            opened = sum(read_link(house.truth, secrets.token_urlsafe(16)) is not None for _ in range(tries))
            yield figure("links opened by guessing", "links", [opened], f"{tries:,} guesses, {(time.perf_counter() - begun) / tries * 1e6:.0f} µs each")


def add_strangers(settings: Settings, customers: int) -> None:
    """Customers with a number, a leave, a link and two orders of three lines each (with the messages that told of them), beside those who are there."""
    truth, numbers = open_truth(settings), range(BESIDE, BESIDE + customers)
    try:
        first = "SELECT day, source_id, sold_at, hour, weekday, place, shop_id, known_at FROM orders ORDER BY day, order_id LIMIT 1"
        (day, source, sold_at, *where, known_at) = truth.run(first)[0]
        things = truth.run("SELECT product_id, type_id FROM product WHERE type_id <> 0 ORDER BY product_id LIMIT 5000")
        told = truth.run("SELECT name, body FROM event WHERE name = 'Order Completed' LIMIT 1000")
        orders = [(i, 2 * i + n) for i in numbers for n in (0, 1)]
        with truth.transaction():
            truth.run_many("INSERT INTO profile (profile_id, customer_id) VALUES (?, ?)", ((i, i) for i in numbers))
            truth.run_many("INSERT INTO identifier (kind, value, profile_id) VALUES ('customer', ?, ?)", ((f"made-{i}", i) for i in numbers))
            truth.run_many(
                "INSERT INTO consent_fact (profile_id, purpose, channel, known_at, seq, is_granted) VALUES (?, 2, 1, 1483228800, ?, 1)",
                ((i, i) for i in numbers),
            )
            truth.run_many(
                "INSERT INTO her_link (secret_hash, profile_id, kind, made_at) VALUES (?, ?, 'page', 1509602400)",
                ((secrets.token_bytes(32), i) for i in numbers),
            )
            truth.run_many(
                "INSERT INTO event (profile_id, at, seq, source_id, name, message_id, known_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                ((i, sold_at, each, source, told[each % len(told)][0], f"made-{each}", known_at, told[each % len(told)][1]) for i, each in orders),
            )
            truth.run_many(
                sql_text("events", "add_order"),
                ((i, day + each % 200, each, each, source, f"made-{each}", sold_at, *where, 3_000, 900, known_at) for i, each in orders),
            )
            bought = ((i, each, line, *things[(each * 7 + line) % len(things)]) for i, each in orders for line in range(3))
            truth.run_many(
                sql_text("events", "add_order_line"),
                ((i, day + each % 200, each, each, line, thing, 1_000, 300, known_at, 0, 0, type_id) for i, each, line, thing, type_id in bought),
            )
    finally:
        truth.close()


def main() -> None:
    """Shows the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--tries", type=int, default=TRIES)
    asked = parser.parse_args()
    show(list(bench_her_page(asked.data, asked.customers, asked.tries)), Console())


if __name__ == "__main__":
    main()
