"""Made customers, as many as one likes: habits, a rhythm of their own and popular things, written straight as the projection's files.

They stand in for a brand of a million where only speed and memory are in question; nobody is behind them. The same numbers give the same files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from habitue.store.bases import CUSTOMER
from habitue.words.clock import PLAN_HOUR, instant_of, parse_day

Ints = np.ndarray
Columns = dict[str, Ints]

TODAY = parse_day("2026-03-12")  # a Thursday
ZONE = "Europe/Paris"
SPAN_DAYS = 365
DEPARTMENTS, CATEGORIES, TYPES, PRODUCTS = 12, 120, 1_200, 12_000
FIRST_TYPE, FIRST_CATEGORY, FIRST_DEPARTMENT = 100_001, 200_001, 300_001
HABITS = 12
HABIT_PERMILLE = 700
LINES_A_BASKET = 6
CUSTOMERS_A_BUCKET = 40_000
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Crowd:
    """How many made customers, and how many lines they bought in a year, all together."""

    customers: int
    lines: int
    seed: int = 1

    @property
    def buckets(self) -> int:
        return max(1, round(self.customers / CUSTOMERS_A_BUCKET))

    def of_bucket(self, bucket: int) -> tuple[Ints, int]:
        """The customers of a bucket, ascending, and how many lines are theirs."""
        lines = self.lines * (bucket + 1) // self.buckets - self.lines * bucket // self.buckets
        return np.arange(bucket + 1, self.customers + 1, self.buckets, dtype=np.int64), lines


def products() -> Columns:
    """The relation `product`: popular things come first, and lie spread over the shop."""
    product = np.arange(1, PRODUCTS + 1)
    kind = product % TYPES
    return {
        "product_id": product,
        "type_id": FIRST_TYPE + kind,
        "category_id": FIRST_CATEGORY + kind % CATEGORIES,
        "department_id": FIRST_DEPARTMENT + kind % CATEGORIES % DEPARTMENTS,
    }


def catalogue_rows() -> list[tuple[int, int, str, int]]:
    """Types, categories and departments as rows of the truth's `item`: item_id, level, key, parent_id."""
    departments = [(FIRST_DEPARTMENT + n, 4, f"D{n}", 0) for n in range(DEPARTMENTS)]
    categories = [(FIRST_CATEGORY + n, 3, f"C{n}", FIRST_DEPARTMENT + n % DEPARTMENTS) for n in range(CATEGORIES)]
    types = [(FIRST_TYPE + n, 2, f"T{n}", FIRST_CATEGORY + n % CATEGORIES) for n in range(TYPES)]
    return departments + categories + types


def write_crowd(crowd: Crowd, folder: Path) -> None:
    """Writes every bucket's files, one bucket in memory at a time: FOLDER/RELATION/0000.parquet."""
    for bucket in range(crowd.buckets):
        for relation, columns in made_bucket(crowd, bucket).items():
            path = folder / relation / f"{bucket:04d}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            table = pa.table({name: columns[name] for name in CUSTOMER[relation]}).sort_by(_order(relation))
            pq.write_table(table, path, compression="zstd")


def files_of_bucket(folder: Path, bucket: int) -> dict[str, Sequence[Path]]:
    """The files of one made bucket, by relation."""
    return {relation: [folder / relation / f"{bucket:04d}.parquet"] for relation in CUSTOMER}


def made_bucket(crowd: Crowd, bucket: int) -> dict[str, Columns]:
    """The customer relations of one bucket, by name and column."""
    rng = np.random.default_rng([crowd.seed, bucket])
    customer, lines = crowd.of_bucket(bucket)
    line, basket = _shopping(rng, customer, lines)
    touch, answer = _words(rng, customer)
    made = {
        "line": line,
        "basket": basket,
        "customer": _people(rng, customer),
        "consent": _consents(rng, customer),
        "preference": _statements(rng, customer),
        "withdrawal": _some(rng, customer, 0.001, statement_seq=(1, len(customer) // 20 + 2)),
        "pause": {**(pause := _some(rng, customer, 0.01, until_day=(TODAY - 30, TODAY + 30))), "profile_id": pause["customer_id"]},
        "conversation": _some(rng, customer, 0.01, thread_id=(1, 1 << 40), kind=(1, 3), is_open=(0, 2), day=(TODAY - 30, TODAY)),
        "touch": touch,
        "answer": answer,
        "seen": _some(rng, customer, 0.5, day=(TODAY - 400, TODAY - 20)),
    }
    return {relation: {name: columns[name] for name in CUSTOMER[relation]} for relation, columns in made.items()}


def _shopping(rng: np.random.Generator, customer: Ints, lines: int) -> tuple[Columns, Columns]:
    """Lines and baskets: each customer comes at a gap of her own, with some slack, and takes mostly what she took before.

    1. Who buys much: weights are lognormal. 2. Visits: about a sixth of her lines, evenly spaced from a day of her own, each late or early by up to a third.
    3. Things: seven in ten are one of her twelve habits, the first more often than the last; the others anything, by popularity.
    """
    weight = rng.lognormal(0, 0.8, len(customer))
    counts = rng.multinomial(lines, weight / weight.sum())
    who = np.repeat(np.arange(len(customer)), counts)
    visits = np.maximum(counts // LINES_A_BASKET, 1)
    visit = (rng.random(lines) * visits[who]).astype(np.int64)
    first = np.cumsum(visits) - visits  # where each customer's visits begin
    place = np.arange(int(visits.sum())) - np.repeat(first, visits)
    gap = np.repeat(SPAN_DAYS / visits, visits)
    back = (place + np.repeat(rng.random(len(customer)), visits) + rng.uniform(-0.33, 0.33, len(place))) * gap
    day_of_visit = TODAY - 1 - np.clip(back, 0, SPAN_DAYS - 1).astype(np.int64)
    at = first[who] + visit
    day = day_of_visit[at]
    habits = _popular(rng, (len(customer), HABITS))
    habit = (HABITS * rng.random(lines) ** 2).astype(np.int64)
    product = np.where(rng.integers(0, 1000, lines) < HABIT_PERMILLE, habits[who, habit], _popular(rng, lines))
    quantity = 1000 * rng.choice(np.array([1, 1, 1, 1, 2, 3]), lines)
    amount = (99 + product * 7919 % 900) * quantity // 1000
    line = {"customer_id": customer[who], "day": day, "type_id": FIRST_TYPE + product % TYPES, "product_id": product}
    line |= {"quantity_milli": quantity, "amount_cents": amount, "known_at": _evening(day)}
    line |= {"is_gift": np.zeros_like(day), "returned_day": np.zeros_like(day)}
    return line, _baskets(rng, customer, at, np.repeat(np.arange(len(customer)), visits), day_of_visit, quantity, amount)


def _popular(rng: np.random.Generator, shape: int | tuple[int, int]) -> Ints:
    """Products by Zipf's law with exponent near 1: the hundredth sells about a hundredth of the first."""
    return np.asarray(np.minimum(PRODUCTS ** rng.random(shape), PRODUCTS).astype(np.int64))


def _baskets(rng: np.random.Generator, customer: Ints, at: Ints, owner: Ints, day: Ints, quantity: Ints, amount: Ints) -> Columns:
    """One row a visit that holds a line."""
    full = np.unique(at)
    return {
        "customer_id": customer[owner[full]],
        "day": day[full],
        "hour": rng.integers(8, 20, len(full)),
        "weekday": (day[full] + 3) % 7 + 1,
        "order_id": full + 1,
        "place": rng.choice(np.array([1, 1, 1, 2]), len(full)),
        "quantity_milli": np.bincount(at, quantity, len(day))[full].astype(np.int64),
        "amount_cents": np.bincount(at, amount, len(day))[full].astype(np.int64),
        "known_at": _evening(day[full]),
    }


def _people(rng: np.random.Generator, customer: Ints) -> Columns:
    many = len(customer)
    month_day = rng.integers(1, 13, many) * 100 + rng.integers(1, 29, many)
    return {
        "customer_id": customer,
        "profile_id": customer,
        "known_at": _evening(np.full(many, TODAY - SPAN_DAYS - 30)),
        "seq": customer,
        "since_day": TODAY - SPAN_DAYS - rng.integers(0, 2000, many),
        "birthday_mmdd": np.where(rng.random(many) < 0.6, month_day, 0),
        **{f"has_{way}": (rng.random(many) < share).astype(np.int64) for way, share in (("email", 0.8), ("sms", 0.5), ("post", 0.7), ("phone", 0.5))},
        "country": np.zeros_like(customer),
        "control_permille": rng.integers(0, 1000, many),
        "bucket_hash": customer,
    }


def _consents(rng: np.random.Generator, customer: Ints) -> Columns:
    """For each purpose and the first three channels, four customers in five have said yes or no, mostly yes."""
    said = [(purpose, channel, rng.random(len(customer)) < 0.8) for purpose in (1, 2, 3) for channel in (1, 2, 3)]
    who = np.concatenate([customer[those] for _, _, those in said])
    return {
        "customer_id": who,
        "profile_id": who,
        "joined_at": np.zeros_like(who),
        "known_at": _evening(np.full(len(who), TODAY - SPAN_DAYS)),
        "seq": np.arange(len(who)) + 1,
        "purpose": np.concatenate([np.full(those.sum(), purpose) for purpose, _, those in said]),
        "channel": np.concatenate([np.full(those.sum(), channel) for _, channel, those in said]),
        "is_granted": (rng.random(len(who)) < 0.85).astype(np.int64),
    }


def _words(rng: np.random.Generator, customer: Ints) -> tuple[Columns, Columns]:
    """What was said to them in a year, three words each on average, and the third of it that was answered."""
    who = np.repeat(customer, rng.poisson(3, len(customer)))
    many = len(who)
    day = TODAY - 1 - (SPAN_DAYS * rng.random(many) ** 2).astype(np.int64)
    touch = {
        "customer_id": who,
        "known_at": _evening(day),
        "touch_id": np.arange(many) + 1,
        "action_id": rng.integers(1, 51, many),
        "item_id": FIRST_TYPE + rng.integers(0, TYPES, many),
        "kind": rng.integers(1, 7, many),
        "channel": rng.integers(1, 5, many),
        "day": day,
        "is_asking": rng.integers(0, 2, many),
    }
    heard = rng.random(many) < 0.33
    answer = {"customer_id": who[heard], "known_at": _evening(day[heard]) + 3600, "touch_id": touch["touch_id"][heard], "day": day[heard]}
    return touch, answer


def _statements(rng: np.random.Generator, customer: Ints) -> Columns:
    """What one customer in twenty likes or dislikes: things mostly, what they are like, a channel or an hour now and then; one in ten is inferred."""
    stated = _some(rng, customer, 0.05, item_id=(FIRST_TYPE, FIRST_TYPE + TYPES), feeling=(-1, 1), said_day=(TODAY - 200, TODAY), strength=(1, 4))
    many = len(stated["customer_id"])
    subject = rng.choice(np.array([1] * 7 + [2, 3, 4]), many)
    stated["subject"], stated["told"] = subject, rng.choice(np.array([1] * 6 + [2] * 3 + [3]), many)
    stated["item_id"] = np.where(subject == 1, stated["item_id"], np.select([subject == 2, subject == 3], [1, stated["item_id"] % 5 + 1], 0))
    stated["from_hour"], stated["until_hour"] = np.zeros(many, np.int64), np.where(subject == 4, 10, 0)
    stated["said_at"] = stated["known_at"]
    return stated | {name: np.zeros(many, np.int64) for name in ("until_day", "from_weekday", "until_weekday", "is_health")}


def _some(rng: np.random.Generator, customer: Ints, share: float, **ranges: tuple[int, int]) -> Columns:
    """A row for a share of the customers, its columns drawn evenly from ranges."""
    who = customer[rng.random(len(customer)) < share]
    made = {name: rng.integers(low, high, len(who)) for name, (low, high) in ranges.items()}
    known = _evening(np.full(len(who), TODAY - 20)) + rng.integers(0, 19 * DAY_SECONDS, len(who))
    return {"customer_id": who, "known_at": known, "seq": np.arange(len(who)) + 1, **made}


def _evening(day: Ints) -> Ints:
    """Six in the evening of a day, in UTC seconds: before the next morning's plan."""
    return np.asarray(day * DAY_SECONDS + 18 * 3600, dtype=np.int64)


def _order(relation: str) -> list[tuple[str, str]]:
    return [("customer_id", "ascending"), ("day" if "day" in CUSTOMER[relation] else "known_at", "ascending")]


PLANNED_AT = instant_of(TODAY, PLAN_HOUR, ZONE)
"""The instant at which the made day is planned, in UTC seconds."""
