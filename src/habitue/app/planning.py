"""The live plan of a day: written once, bucket by bucket, each in one transaction with the tokens that its words take.

A day is planned once; a second call, a second process or a run after a kill finds what is written and goes on. Every other day is a rehearsal.
"""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from habitue.app.house import House, wheel_permille
from habitue.app.judging import JudgedDay, judged_day
from habitue.app.spoken import planned_number
from habitue.decide.model import When
from habitue.decide.tokens import take_tokens
from habitue.store import Truth, sql_text
from habitue.store.log import note
from habitue.store.projection import Progress, silent
from habitue.words.clock import PLAN_HOUR, instant_of, weekday_of
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Kind

SILENCES_KEPT_DAYS = 90
KEPT = ("reason", "action_id", "item_id", "because_item_id", "kind", "channel", "value_millicents", "allowed")
TERMS = ("gain_millicents", "worth_millicents", "cost_millicents", "attention_millicents", "buy_permille", "use_chance_permille")


def is_planned(house: House, on: int) -> bool:
    """Whether the day's plan is written, whole."""
    return bool(house.truth.run(sql_text("app", "plan_done"), (on,)))


def planned_day(house: House, on: int, progress: Progress = silent) -> JudgedDay:
    """A day's plan as it was written: later imports and later books change nothing in it.

    Silences that were folded into counts are judged again, as of that day and by its book; whoever would get a word by what is known now is left out.
    """
    with house.turn:
        as_of = on, -1 - _merges(house.truth)  # below 0: a day as it is written, and by whoever is one customer by now
        known = house.days.get(as_of)
        if known is None:
            book_id, lesson_id = house.truth.run(sql_text("app", "plan_of_day"), (on,))[0]
            its = house.by_book(int(book_id))
            known = _with_folded(its, _written(its, on, int(lesson_id)), progress)
            house.remember(as_of, known)
        return known


def written_for(house: House, on: int, customer: int) -> dict[str, int] | None:
    """One customer's line of a day's plan, as it was written; from the whole day where her silence was folded into a count, nothing where she was not in it."""
    rows = house.truth.run(sql_text("app", "decided_for_her"), (customer, on))
    if rows:
        book_id = int(house.truth.run(sql_text("app", "plan_of_day"), (on,))[0][0])
        if rows[0][1] and not house.action(int(rows[0][1])):
            house.by_book(book_id)
        terms = msgspec.json.decode(rows[0][-1], type=dict[str, int])
        return {"customer_id": customer, **dict(zip(KEPT, map(int, rows[0][:-1]), strict=True)), **{name: terms[name] for name in TERMS}}
    if not folded(house, on):
        return None
    day = planned_day(house, on)
    line = np.flatnonzero(day.rows["customer_id"] == customer)
    return {name: int(column[line[0]]) for name, column in day.rows.items()} if len(line) else None


def _merges(truth: Truth) -> int:
    return int(truth.run(sql_text("app", "merges_so_far"))[0][0])


def folded(house: House, on: int) -> dict[Reason, int]:
    """The silences of a planned day that were folded into counts, by reason."""
    return {Reason(int(reason)): int(customers) for reason, customers in house.truth.run(sql_text("app", "folded_silences"), (on,))}


def forgotten(house: House, on: int) -> dict[tuple[Reason, int], int]:
    """How many decisions of a planned day were made on people who are forgotten by now, by reason and kind."""
    return {(Reason(int(reason)), int(kind)): int(count) for reason, kind, count in house.truth.run(sql_text("app", "forgotten_decisions"), (on,))}


def _written(house: House, on: int, lesson_id: int) -> JudgedDay:
    lines = _one_each(house.truth.run(sql_text("app", "decisions_of_day"), (on,)))
    when = When(instant_of(on, PLAN_HOUR, house.settings.zone), on, weekday_of(on), -1, lesson_id, wheel_permille(on))
    terms = [msgspec.json.decode(line[-2], type=dict[str, int]) for line in lines]
    rows = {name: np.array([line[n] for line in lines], dtype=np.int64) for n, name in enumerate(("customer_id", *KEPT))}
    rows |= {name: np.array([each[name] for each in terms], dtype=np.int64) for name in TERMS}
    bytes_of = [np.frombuffer(bytes(line[-1]), dtype=np.uint8) for line in lines]
    ledger = np.array(bytes_of, dtype=np.uint8).reshape(len(lines), len(house.question.actions))
    return JudgedDay(when, rows, ledger, np.zeros(len(lines), dtype=np.int64))


def _one_each(lines: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """One line a customer: of the several that she was when the day was planned, a word before a silence."""
    hers: dict[int, tuple[Any, ...]] = {}
    for line in lines:
        if line[0] not in hers or (line[1] == Reason.SAID != hers[line[0]][1]):
            hers[line[0]] = line
    return list(hers.values())


def _with_folded(house: House, day: JudgedDay, progress: Progress) -> JudgedDay:
    if not folded(house, day.when.today):
        return day
    again = judged_day(house, day.when.today, progress)
    lines = ~np.isin(again.rows["customer_id"], day.rows["customer_id"]) & (again.rows["reason"] != Reason.SAID)
    rows = {name: np.concatenate([column, again.rows[name][lines]]) for name, column in day.rows.items()}
    order = np.argsort(rows["customer_id"], kind="stable")
    ledger = np.concatenate([day.ledger, again.ledger[lines]])[order]
    return JudgedDay(day.when, {name: column[order] for name, column in rows.items()}, ledger, np.zeros(len(order), dtype=np.int64))


def write_plan(house: House, progress: Progress = silent) -> JudgedDay:
    """Plans the day on which the clock stands and writes it, or finishes what an earlier run began, by the book of that run; gives the day as it is written.

    Raises: Busy where another process holds the truth for long; nothing is then half written.
    """
    when, truth = house.when(progress=progress), house.truth
    with truth.transaction():
        truth.run(sql_text("app", "begin_plan"), (when.today, when.as_of, house.question.book_id, when.lesson_id))
    its = house.by_book(int(truth.run(sql_text("app", "plan_of_day"), (when.today,))[0][0]))
    while not (day := _written_out(its, when.today, progress)):
        progress("judging again, since customers were joined or parted", 0, house.settings.buckets)
    with truth.transaction():
        truth.run(sql_text("app", "finish_plan"), (when.today,))
        _fold(truth, when.today - SILENCES_KEPT_DAYS)
    note(house.settings.data, "plan_written", day=when.today, customers=len(day.rows["reason"]), words=day.reasons.get(Reason.SAID, 0))
    return planned_day(house, when.today, progress)


def _written_out(house: House, today: int, progress: Progress) -> JudgedDay | None:
    """Judges the day and writes what is not written yet; nothing where customers were joined or parted meanwhile, so that what is left is judged again."""
    truth, merges = house.truth, _merges(house.truth)
    day = judged_day(house, today, progress)
    for bucket in np.unique(day.bucket):
        with truth.transaction():
            truth.next_seq(0)  # waits for whoever is writing
            if _merges(truth) != merges:
                return None
            if truth.run(sql_text("app", "claim_bucket"), (today, int(bucket))):
                _write_bucket(house, day, np.flatnonzero(day.bucket == bucket))
        progress("writing the plan", int(bucket) + 1, house.settings.buckets)
    return day


def _write_bucket(house: House, day: JudgedDay, lines: np.ndarray) -> None:
    truth, rows, today = house.truth, day.rows, day.when.today
    asking = {row[0]: row[12] for row in house.question.tables["action"]}
    touches = lines[rows["reason"][lines] == Reason.SAID]
    capped = [int(rows["customer_id"][i]) for i in touches if rows["kind"][i] != Kind.SERVICE]
    caps = (7, house.book.shop.week_cap), (28, house.book.shop.month_cap)
    spans = [(days, cap, instant_of(today + days, PLAN_HOUR, house.settings.zone)) for days, cap in caps]  # local days: 167 hours where the clocks go forward
    lost = take_tokens(truth, capped, day.when.as_of, spans)
    for i in touches:
        if int(rows["customer_id"][i]) in lost and rows["kind"][i] != Kind.SERVICE:
            rows["reason"][i], rows["channel"][i] = Reason.PRESSED_TOO_OFTEN, 0
            day.ledger[i, house.question.actions.index(int(rows["action_id"][i]))] = Reason.PRESSED_TOO_OFTEN
    truth.run_many(sql_text("app", "add_decision"), [_decision(house, day, int(i)) for i in lines])
    said = [int(i) for i in touches if rows["reason"][i] == Reason.SAID]
    if said:
        seq = truth.next_seq(len(said))
        truth.run_many(
            sql_text("app", "add_planned_touch"),
            [
                (
                    *(int(rows["customer_id"][i]), day.when.as_of, seq + n, planned_number(today, int(rows["customer_id"][i]))),
                    *(int(rows[name][i]) for name in ("action_id", "item_id", "kind", "channel")),
                    *(today, asking[int(rows["action_id"][i])]),
                )
                for n, i in enumerate(said)
            ],
        )


def _decision(house: House, day: JudgedDay, i: int) -> tuple[object, ...]:
    """One line of the ledger: chosen or not, with every term, the propensity of what was chosen, and a reason byte an action."""
    row = {name: int(column[i]) for name, column in day.rows.items()}
    control = house.question.tables["terms"][0][6]
    propensity = 1000 - control if row["kind"] == Kind.OFFER and row["reason"] == Reason.SAID else control if row["reason"] == Reason.HELD_OUT else 1000
    terms = msgspec.json.encode({name: row[name] for name in TERMS}).decode()
    return (
        *(row["customer_id"], day.when.today, row["reason"], row["action_id"], row["item_id"], row["because_item_id"], row["kind"], row["channel"]),
        *(row["value_millicents"], propensity, row["allowed"], terms, day.ledger[i].tobytes()),
    )


def _fold(truth: Truth, before: int) -> None:
    """Silences older than a quarter become counts; what was said stays as it is."""
    truth.run(sql_text("app", "fold_silences"), (before,))
    truth.run(sql_text("app", "drop_folded_silences"), (before,))
