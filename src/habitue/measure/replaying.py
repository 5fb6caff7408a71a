"""The replay of past mornings over the projection: what was known on each, what followed, and the curve of every method.

Each morning is judged by the lesson of its own month, which knew nothing later. Nothing is written but lessons.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from habitue.decide.everyone import Everyone, bucket_files, everyone
from habitue.decide.model import When
from habitue.measure.lessons import NO_QUESTION, lesson_for
from habitue.measure.model import Bought, Habits
from habitue.measure.training import ACTIVE_DAYS
from habitue.store import Settings, Truth
from habitue.store.projection import Progress, refresh, silent
from habitue.words.clock import PLAN_HOUR, instant_of, weekday_of
from habitue.words.errors import Unknown

HABITS = ("customer_id", "today", "item_id", "times", "times_28", "decayed", "chance_permille")
MORNINGS_AT_ONCE = 4


def replay_days(first: int, last: int, weekday: int = 0) -> list[int]:
    """The mornings of a replay: one weekday (1 Monday to 7 Sunday) between two days, or every day where none is named."""
    return [day for day in range(first, last + 1) if not weekday or weekday_of(day) == weekday]


def replayed(truth: Truth, settings: Settings, days: list[int], progress: Progress = silent) -> tuple[Habits, Bought]:
    """What was known on those mornings of every household active in four weeks, and what it bought in the seven days from each.

    Raises: Unknown where no household was active on any of them.
    """
    refresh(truth, settings, progress)
    whens = [_when(truth, settings, day, progress) for day in days]
    reader = everyone(truth, settings, NO_QUESTION, days[0], {when.lesson_id for when in whens})
    habits: list[pa.Table] = []
    bought: list[pa.Table] = []
    blocks = [whens[i : i + MORNINGS_AT_ONCE] for i in range(0, len(whens), MORNINGS_AT_ONCE)]
    try:
        for bucket in range(settings.buckets):
            reader.look_at(bucket_files(truth, settings, bucket))
            for n, block in enumerate(blocks):
                if reader.ask_mornings(block, ACTIVE_DAYS):
                    _read(reader, habits, bought)
                progress("replaying mornings", bucket * len(blocks) + n + 1, settings.buckets * len(blocks))
    finally:
        reader.engine.close()
    if not habits:
        raise Unknown("Nobody had bought anything in the four weeks before those days; replay days that the data covers.")
    seen, after = pa.concat_tables(habits), pa.concat_tables(bought)
    return Habits(*(_ints(seen[name]) for name in HABITS)), Bought(*(_ints(after[name]) for name in ("customer_id", "today", "item_id")))


def _when(truth: Truth, settings: Settings, day: int, progress: Progress) -> When:
    return When(instant_of(day, PLAN_HOUR, settings.zone), day, weekday_of(day), -1, lesson_for(truth, settings, day, progress), 0)


def _read(reader: Everyone, habits: list[pa.Table], bought: list[pa.Table]) -> None:
    reader.keep("visit", "rhythm", "bought_type", "habit", "foreseen", "came_after")
    columns = "m.customer_id, m.today, f.item_id, f.times, f.times_28, f.decayed, f.chance_permille"
    habits.append(reader.engine.table(f"SELECT {columns} FROM foreseen AS f JOIN moment AS m ON m.moment_id = f.moment_id"))
    bought.append(reader.engine.table("SELECT m.customer_id, m.today, a.item_id FROM came_after AS a JOIN moment AS m ON m.moment_id = a.moment_id"))


def _ints(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(column.to_numpy(), dtype=np.int64)
