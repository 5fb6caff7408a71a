"""A day judged for everyone, as arrays: the projection brought up to date, every bucket asked, what is left of the day's budgets shared out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from habitue.app.house import DAYS_REMEMBERED, House
from habitue.decide.everyone import bucket_files, everyone
from habitue.decide.model import When
from habitue.store import sql_text
from habitue.store.projection import refresh
from habitue.words.reasons import Reason

Progress = Callable[[str, int, int], None]
COLUMNS = (
    *("customer_id", "reason", "action_id", "item_id", "because_item_id", "kind", "channel", "value_millicents", "gain_millicents", "worth_millicents"),
    *("cost_millicents", "attention_millicents", "buy_permille", "use_chance_permille", "allowed"),
)


def silent(what: str, done: int, of: int) -> None:
    """A progress report for nobody."""


@dataclass
class JudgedDay:
    """What was decided for every customer on one day.

    Shape: `rows` maps each column to an array, ordered by customer; `ledger` has a row a customer and a reason byte an action in the book's order;
    `bucket` says where each customer lies.
    """

    when: When
    rows: dict[str, np.ndarray]
    ledger: np.ndarray
    bucket: np.ndarray

    @property
    def reasons(self) -> dict[Reason, int]:
        """Customers by reason; `SAID` counts the touches."""
        values, counts = np.unique(self.rows["reason"], return_counts=True)
        return {Reason(int(value)): int(count) for value, count in zip(values, counts, strict=True)}


def judged_day(house: House, on: int, progress: Progress = silent) -> JudgedDay:
    """The day judged as of 06:00, from memory where nothing was written since; a second caller waits for the first."""
    with house.turn:
        seq = int(house.truth.run("SELECT value FROM counter WHERE name = 'seq'")[0][0])
        known = house.days.get((on, seq))
        if known is None:
            known = house.days[on, seq] = _judge(house, house.when(on), progress)
            while len(house.days) > DAYS_REMEMBERED:
                house.days.popitem(last=False)
        return known


def _judge(house: House, when: When, progress: Progress) -> JudgedDay:
    refresh(house.truth, house.settings, progress)
    judge = everyone(house.truth, house.settings, house.question, when.today)
    judge.stand_at(when)
    tables: list[pa.Table] = []
    ledgers: list[np.ndarray] = []
    homes: list[np.ndarray] = []
    try:
        for bucket in range(house.settings.buckets):
            judge.look_at(bucket_files(house.truth, house.settings, bucket))
            if judge.ask_all(when):
                decided, ledger = judge.judge()
                tables.append(decided.select(list(COLUMNS)))
                ledgers.append(ledger)
                homes.append(np.full(decided.num_rows, bucket))
            progress("judging everyone", bucket + 1, house.settings.buckets)
    finally:
        judge.engine.close()
    whole = pa.concat_tables(tables)
    rows = {name: whole[name].to_numpy().astype(np.int64) for name in COLUMNS}
    order = np.argsort(rows["customer_id"], kind="stable")
    day = JudgedDay(when, {name: column[order] for name, column in rows.items()}, np.concatenate(ledgers)[order], np.concatenate(homes)[order])
    _share_out(house, day)
    return day


def _share_out(house: House, day: JudgedDay) -> None:
    """What is left of each budget today goes to those for whom it is worth most; the others keep their peace, and the ledger says why."""
    for rank, action in enumerate(house.book.actions):
        if action.budget is None:
            continue
        action_id = house.question.actions[rank]
        wanting = np.flatnonzero((day.rows["reason"] == Reason.SAID) & (day.rows["action_id"] == action_id))
        since = day.when.today - action.budget.days
        spent = int(house.truth.run(sql_text("app", "spent_since"), (action_id, day.when.as_of, since))[0][0])
        left = max(action.budget.most - spent, 0)
        if len(wanting) > left:
            order = np.lexsort((day.rows["customer_id"][wanting], -day.rows["value_millicents"][wanting]))
            losing = wanting[order[left:]]
            day.rows["reason"][losing] = Reason.OVER_BUDGET
            day.rows["channel"][losing] = 0
            day.ledger[losing, rank] = Reason.OVER_BUDGET

