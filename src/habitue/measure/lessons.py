"""Lessons kept in the truth: on the first of each month everyone's past mornings teach how likely a habit is to be followed, and how each thing is bought.

A lesson knows only what was known when it was learned, and is kept: a day of the past is judged by the lesson of its own month.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from habitue.decide.everyone import Everyone, bucket_files, everyone
from habitue.decide.model import Question, When
from habitue.measure.model import Examples, ItemRhythm, Learned, Purchases
from habitue.measure.rhythms import item_rhythms
from habitue.measure.rules import learn
from habitue.measure.training import ACTIVE_DAYS, LEAST_DECAYED, lesson_day, training_days
from habitue.store import Settings, Truth, sql_text
from habitue.store.log import note
from habitue.store.projection import Progress, refresh, silent
from habitue.words.clock import PLAN_HOUR, instant_of, local_day_and_hour, weekday_of

MORNINGS_AT_ONCE = 6
PULL_UNKNOWN = 4
NO_QUESTION = Question(0, {}, None, ())  # type: ignore[arg-type]


def lesson_for(truth: Truth, settings: Settings, day: int, progress: Progress = silent) -> int:
    """The lesson by which a day is judged, learned now where that was not done yet; 0 where nothing was ever sold.

    A shop that is younger than that has no past morning to learn from: its lesson is the prior of `rules`."""
    learned_on = lesson_day(day)
    as_of = instant_of(learned_on, PLAN_HOUR, settings.zone)
    known = truth.run(sql_text("measure", "lesson_as_of"), (as_of,))
    if known:
        return int(known[0][0])
    first = truth.run(sql_text("measure", "first_sale"))[0][0]
    if first is None:
        return 0
    refresh(truth, settings, progress)
    mornings = training_days(local_day_and_hour(int(first), settings.zone)[0], learned_on)
    learned, rhythms = _learn(truth, settings, as_of, learned_on, mornings, progress)
    lesson = _keep(truth, as_of, learned, rhythms)
    note(settings.data, "lesson_learned", lesson=lesson, as_of=as_of, mornings=len(mornings), things=len(rhythms))
    return lesson


def forget_lessons(truth: Truth) -> None:
    """Drops every lesson, so that each is learned again when a day needs it: right after history was imported that came late."""
    with truth.transaction():
        for name in ("drop_chances", "drop_rhythms", "drop_lessons"):
            truth.run(sql_text("measure", name))


def _learn(truth: Truth, settings: Settings, as_of: int, learned_on: int, mornings: list[int], progress: Progress) -> tuple[Learned, dict[int, ItemRhythm]]:
    reader = everyone(truth, settings, NO_QUESTION, learned_on, ())
    items: list[np.ndarray] = []
    cells: list[np.ndarray] = []
    bought: list[np.ndarray] = []
    sales: list[pa.Table] = []
    blocks = [mornings[i : i + MORNINGS_AT_ONCE] for i in range(0, len(mornings), MORNINGS_AT_ONCE)]
    try:
        for bucket in range(settings.buckets):
            reader.look_at(bucket_files(truth, settings, bucket))
            reader.know_until(as_of)
            sales.append(_sales(reader))
            reader.sum_lines()
            for n, block in enumerate(blocks):
                whens = [When(instant_of(day, PLAN_HOUR, settings.zone), day, weekday_of(day), -1, 0, 0) for day in block]
                if reader.ask_mornings(whens, ACTIVE_DAYS):
                    seen = _examples(reader)
                    items.append(seen["item_id"].to_numpy())
                    cells.append(seen["cell"].to_numpy())
                    bought.append(seen["is_bought"].to_numpy() == 1)
                progress("learning from past mornings", bucket * len(blocks) + n + 1, settings.buckets * len(blocks))
    finally:
        reader.engine.close()
    none = np.zeros(0, dtype=np.int64)
    examples = Examples(np.concatenate([none, *items]), np.concatenate([none, *cells]), np.concatenate([none == 1, *bought]))
    whole = pa.concat_tables(sales)
    columns = (whole[name].to_numpy() for name in ("customer_id", "item_id", "day", "price_cents"))
    return learn(examples), item_rhythms(Purchases(*columns), learned_on)


def _examples(reader: Everyone) -> pa.Table:
    """One row a morning, customer and habit strong enough to teach: its cell, and whether it was followed within the week."""
    reader.keep("visit", "rhythm", "came_after")
    reader.look_through("cell_of", "visit", "rhythm")
    return reader.engine.table(
        "SELECT c.item_id, c.cell, CASE WHEN a.moment_id IS NULL THEN 0 ELSE 1 END AS is_bought "
        "FROM cell_of AS c LEFT JOIN came_after AS a ON a.moment_id = c.moment_id AND a.item_id = c.item_id "
        f"WHERE c.decayed >= {LEAST_DECAYED}"
    )


def _sales(reader: Everyone) -> pa.Table:
    """One row a customer, thing and day on which she kept any of it: what was paid for one."""
    return reader.engine.table(
        "SELECT l.customer_id, l.type_id AS item_id, l.day, max(CASE WHEN l.quantity_milli > 0 AND l.amount_cents > 0 "
        "THEN l.amount_cents * 1000 // l.quantity_milli ELSE 0 END) AS price_cents "
        "FROM line AS l WHERE l.type_id > 0 AND l.is_gift = 0 GROUP BY ALL HAVING sum(l.quantity_milli) > 0"
    )


def _keep(truth: Truth, as_of: int, learned: Learned, rhythms: dict[int, ItemRhythm]) -> int:
    with truth.transaction():
        truth.next_seq(0)  # waits for whoever is learning the same lesson
        known = truth.run(sql_text("measure", "lesson_as_of"), (as_of,))
        if known:
            return int(known[0][0])
        lesson = int(truth.run(sql_text("measure", "next_lesson"))[0][0])
        truth.run(sql_text("measure", "add_lesson"), (lesson, as_of, learned.note))
        truth.run_many(sql_text("measure", "add_chance"), [(lesson, cell, permille) for cell, permille in learned.chance.items()])
        rows = [(lesson, item, r.gap_days, r.buyers, r.price_cents, learned.pull.get(item, PULL_UNKNOWN)) for item, r in rhythms.items()]
        truth.run_many(sql_text("measure", "add_item_rhythm"), rows)
        return lesson
