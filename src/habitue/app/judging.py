"""A day judged for everyone, as arrays: the projection brought up to date, every bucket asked, what is left of the day's budgets shared out."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import pyarrow as pa

from habitue.app.house import House
from habitue.decide.everyone import bucket_files, everyone
from habitue.decide.model import When
from habitue.store import sql_text
from habitue.store.projection import Progress, refresh, silent
from habitue.words.reasons import Reason

COLUMNS = (
    *("customer_id", "reason", "action_id", "item_id", "because_item_id", "kind", "channel", "value_millicents", "gain_millicents", "worth_millicents"),
    *("cost_millicents", "attention_millicents", "buy_permille", "use_chance_permille", "allowed"),
)
GIVEN = tuple(name for name in COLUMNS if name not in ("customer_id", "reason", "allowed"))


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
            known = _judge(house, house.when(on, progress=progress), progress)
            house.remember((on, seq), known)
        return known


def _judge(house: House, when: When, progress: Progress) -> JudgedDay:
    refresh(house.truth, house.settings, progress)
    judge = everyone(house.truth, house.settings, house.question, when.today, (when.lesson_id,))
    judge.stand_at(when)
    tables: list[pa.Table] = []
    ledgers: list[np.ndarray] = []
    homes: list[np.ndarray] = []
    wishes: dict[int, list[dict[str, int]]] = {}
    budgeted = [i for i, action in zip(house.question.actions, house.book.actions, strict=True) if action.budget]
    try:
        for bucket in range(house.settings.buckets):
            judge.look_at(bucket_files(house.truth, house.settings, bucket))
            if judge.ask_all(when):
                decided, ledger = judge.judge()
                tables.append(decided.select(list(COLUMNS)))
                ledgers.append(ledger)
                homes.append(np.full(decided.num_rows, bucket))
                for wish in judge.wishes(budgeted):
                    wishes.setdefault(wish["moment_id"], []).append(wish)
            progress("judging everyone", bucket + 1, house.settings.buckets)
    finally:
        judge.engine.close()
    whole = pa.concat_tables(tables)
    rows = {name: whole[name].to_numpy().astype(np.int64) for name in COLUMNS}
    order = np.argsort(rows["customer_id"], kind="stable")
    day = JudgedDay(when, {name: column[order] for name, column in rows.items()}, np.concatenate(ledgers)[order], np.concatenate(homes)[order])
    _share_out(house, day, wishes)
    return day


def _share_out(house: House, day: JudgedDay, wishes: dict[int, list[dict[str, int]]]) -> None:
    """What is left of each budget today goes to those for whom it is worth most; the others get their next best word, or peace.

    `wishes` holds, by customer, all that may be said to her, best first. The most valuable wish is served first; ties go to the smaller number.
    """
    left = _left_today(house, day.when)
    place = {int(customer): i for i, customer in enumerate(day.rows["customer_id"])}
    queue = [(-rows[0]["value_millicents"], customer, 0) for customer, rows in wishes.items()]
    heapify(queue)
    while queue:
        _, customer, turn = heappop(queue)
        wish, line = wishes[customer][turn], place[customer]
        action_id = wish["action_id"]
        if left.get(action_id, 1) > 0:
            is_held = bool(wish["is_held_out"])
            if action_id in left and not is_held:
                left[action_id] -= 1
            for name in GIVEN:
                day.rows[name][line] = wish[name]
            day.rows["reason"][line] = Reason.HELD_OUT if is_held else Reason.SAID
            continue
        day.ledger[line, house.question.actions.index(action_id)] = Reason.OVER_BUDGET
        if turn + 1 < len(wishes[customer]):
            heappush(queue, (-wishes[customer][turn + 1]["value_millicents"], customer, turn + 1))
        else:
            day.rows["reason"][line], day.rows["channel"][line] = Reason.OVER_BUDGET, 0


def _left_today(house: House, when: When) -> dict[int, int]:
    """How many words of each action with a budget may still be said today."""
    left: dict[int, int] = {}
    for action_id, action in zip(house.question.actions, house.book.actions, strict=True):
        if action.budget:
            spent = int(house.truth.run(sql_text("app", "spent_since"), (action_id, when.as_of, when.today - action.budget.days))[0][0])
            left[action_id] = max(action.budget.most - spent, 0)
    return left
