"""The same decisions alone as among everyone, on every engine: row by row, reasons and evidence included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from habitue.app import House
from habitue.decide.everyone import STEPS, Everyone, bucket_files, everyone
from habitue.decide.model import When
from habitue.store.projection import refresh
from habitue.store.relations import compiled
from habitue.words.reasons import Reason

NIGHT_HOUR, DAY_HOUR = 22, 11
Row = dict[str, Any]
SHOWN = 20


@dataclass
class Compared:
    """How many rows were compared, and how many of them are not the same everywhere; the first few as sentences."""

    customers: int = 0
    decisions: int = 0
    verdicts: int = 0
    differing: int = 0
    examples: list[str] = field(default_factory=list)

    def differ(self, where: str, customer: int, when: When, what: str) -> None:
        self.differing += 1
        if len(self.examples) < SHOWN:
            self.examples.append(f"{where}, customer {customer}, day {when.today}, hour {when.hour}: {what}")


def moments(house: House, days: int) -> list[When]:
    """The last days up to the one on which the clock stands: most planned, every fourth asked now by day, every fourth now by night."""
    found = [house.when(day) for day in range(house.today - days + 1, house.today + 1)]
    hours = {2: DAY_HOUR, 3: NIGHT_HOUR}
    return [replace(when, hour=hours.get(place % 4, -1)) for place, when in enumerate(found)]


def some_customers(house: House, many: int, seed: int = 1) -> list[int]:
    """So many customers, drawn blindly, ascending."""
    known = [int(row[0]) for row in house.truth.run("SELECT DISTINCT customer_id FROM customer ORDER BY customer_id")]
    return sorted(int(one) for one in np.random.default_rng(seed).choice(known, min(many, len(known)), replace=False))


def compared(houses: Sequence[House], whens: Iterable[When], customers: Sequence[int]) -> Compared:
    """Decides some customers alone in each house (the same truth on several databases), and among everyone by the first house's projection."""
    first = houses[0]
    found = Compared(customers=len(customers))
    refresh(first.truth, first.settings)
    for when in whens:
        judge = everyone(first.truth, first.settings, first.question, when.today, [when.lesson_id])
        try:
            judge.stand_at(when)
            for customer, decision, verdicts, ledger in _among_everyone(first, judge, when, set(customers)):
                found.decisions += 1
                found.verdicts += len(verdicts)
                _check_ledger(found, first, customer, when, verdicts, ledger)
                for house in houses:
                    _check_alone(found, house, customer, when, decision, verdicts)
        finally:
            judge.engine.close()
    return found


def _among_everyone(house: House, judge: Everyone, when: When, chosen: set[int]) -> Iterator[tuple[int, Row, list[Row], list[int]]]:
    """For each chosen customer: her decision, her verdicts by action, and her line of the ledger, all judged together with everybody else."""
    for bucket in range(house.settings.buckets):
        judge.look_at(bucket_files(house.truth, house.settings, bucket))
        if not judge.ask_all(when):
            continue
        decided, ledger = judge.judge()
        listed = ", ".join(str(customer) for customer in sorted(chosen))
        judge.engine.keep("valued_item", compiled("valued_item", "duckdb", bases=frozenset(STEPS), whom=house.question.whom))  # in one text DuckDB 2.0.0 fails
        evidence = compiled("evidence", "duckdb", bases=frozenset((*STEPS, "valued_item")), whom=house.question.whom)
        rows = judge.engine.table(f"SELECT * FROM ({evidence}) WHERE moment_id IN ({listed})").to_pylist()
        by_customer: dict[int, list[Row]] = {}
        for row in rows:
            by_customer.setdefault(row["moment_id"], []).append(row)
        for place, row in enumerate(decided.to_pylist()):
            customer = int(row["customer_id"])
            if customer in chosen:
                yield customer, row, by_customer.get(customer, []), ledger[place].tolist()


def _check_ledger(found: Compared, house: House, customer: int, when: When, verdicts: list[Row], ledger: list[int]) -> None:
    reasons = {row["action_id"]: row["reason"] for row in verdicts}
    expected = [reasons.get(action, int(Reason.NOT_CONCERNED)) for action in house.question.actions]
    if ledger != expected:
        found.differ("ledger", customer, when, f"{ledger} instead of {expected}")


def _check_alone(found: Compared, house: House, customer: int, when: When, decision: Row, verdicts: list[Row]) -> None:
    """Compares all columns but the moment's number, which is each scope's own."""
    alone, those = house.alone.judge(customer, when)
    where = house.truth.dialect
    if _plain(alone) != _plain(decision):
        found.differ(where, customer, when, f"decision {_difference(alone, decision)}")
    by_action = {row["action_id"]: row for row in those}
    for action in sorted(by_action.keys() | {row["action_id"] for row in verdicts}):
        one, other = by_action.get(action), next((row for row in verdicts if row["action_id"] == action), None)
        if one is None or other is None:
            found.differ(where, customer, when, f"action {action} is judged {'among everyone' if one is None else 'alone'} only")
        elif _plain(one) != _plain(other):
            found.differ(where, customer, when, f"action {action} {_difference(one, other)}")


def _plain(row: Row) -> Row:
    return {name: int(value) for name, value in row.items() if name != "moment_id"}


def _difference(one: Row, other: Row) -> str:
    a, b = _plain(one), _plain(other)
    return ", ".join(f"{name} {a.get(name)} ≠ {b.get(name)}" for name in sorted(a.keys() | b.keys()) if a.get(name) != b.get(name))
