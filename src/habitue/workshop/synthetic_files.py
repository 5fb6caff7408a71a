"""Made customers as the files that a brand would bring to an audit: order lines with their type and category, and what was sent to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from habitue.workshop.synthetic import CATEGORIES, SPAN_DAYS, TODAY, TYPES, Crowd, Ints, made_bucket

SENDS_A_CUSTOMER = 10
CAMPAIGNS = 120
DAY_SECONDS = 86_400
FORMATS = ("csv", "parquet")


@dataclass(frozen=True)
class Mailing:
    """How many sends, and how many order lines of how many customers stand beside them."""

    sends: int
    lines: int
    form: str = "csv"

    @property
    def crowd(self) -> Crowd:
        return Crowd(max(1, self.sends // SENDS_A_CUSTOMER), self.lines)


def write_files(mailing: Mailing, folder: Path) -> tuple[Path, Path]:
    """Writes sends and orders, one bucket in memory at a time; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    sends, orders = folder / f"sends.{mailing.form}", folder / f"orders.{mailing.form}"
    _write(sends, (_sends(mailing, bucket) for bucket in range(mailing.crowd.buckets)))
    _write(orders, (_orders(mailing, bucket) for bucket in range(mailing.crowd.buckets)))
    return sends, orders


def _orders(mailing: Mailing, bucket: int) -> pa.Table:
    line = made_bucket(mailing.crowd, bucket)["line"]
    customer, day, product = line["customer_id"], line["day"], line["product_id"]
    return pa.table({
        "order": customer * 100_000 + day,
        "customer": _named("C", customer),
        "sold_at": _at(day * DAY_SECONDS + 8 * 3600 + (customer * 7919 + day * 31) % 36_000),
        "product": _named("P", product),
        "quantity": line["quantity_milli"] // 1000,
        "amount": line["amount_cents"] / 100,
        "type": _named("T", product % TYPES),
        "category": _named("K", product % TYPES % CATEGORIES),
    })  # fmt: skip


def _sends(mailing: Mailing, bucket: int) -> pa.Table:
    """Ten a customer on average; half of them about a thing that she buys, a third of those that suit her answered."""
    rng = np.random.default_rng([7, bucket])
    line = made_bucket(mailing.crowd, bucket)["line"]
    customers, _ = mailing.crowd.of_bucket(bucket)
    many = mailing.sends * len(customers) // mailing.crowd.customers
    campaign = rng.integers(0, CAMPAIGNS, many)
    who = rng.choice(customers, many)
    day = TODAY - SPAN_DAYS + 90 + campaign * (SPAN_DAYS - 90) // CAMPAIGNS + rng.integers(0, 3, many)
    own = rng.integers(0, len(line["product_id"]), many)
    is_hers = rng.random(many) < 0.5
    who = np.where(is_hers, line["customer_id"][own], who)
    product = np.where(is_hers, line["product_id"][own], rng.integers(1, 12_001, many))
    at = day * DAY_SECONDS + 9 * 3600 + rng.integers(0, 36_000, many)
    answered = rng.random(many) < np.where(is_hers, 0.08, 0.01)
    return pa.table({
        "customer": _named("C", who),
        "sent_at": _at(at),
        "channel": pa.array(np.where(campaign % 4 == 0, "sms", "email")),
        "kind": pa.array(np.where(campaign % 2 == 0, "offer", "content")),
        "campaign": _named("Campaign ", campaign),
        "product": _named("P", product),
        "answered_at": pc.if_else(pa.array(answered), _at(at + 7200), None),
    })  # fmt: skip


def _named(letter: str, numbers: Ints) -> pa.Array:
    """Keys such as C17."""
    encoded = pa.array(numbers).dictionary_encode()
    return pa.array([f"{letter}{number}" for number in encoded.dictionary.to_pylist()]).take(encoded.indices)


def _at(seconds: Ints) -> pa.Array:
    """Instants as texts, in UTC."""
    return pc.strftime(pa.array(seconds, pa.timestamp("s", "UTC")), format="%Y-%m-%dT%H:%M:%SZ")


def _write(path: Path, tables: Iterator[pa.Table]) -> None:
    first = next(tables)
    with pcsv.CSVWriter(path, first.schema) if path.suffix == ".csv" else pq.ParquetWriter(path, first.schema) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)
