"""Judgement for everyone: the same relations on the columnar engine, bucket by bucket over the projection, always within its memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from habitue.decide.model import Question, When
from habitue.decide.near import near_rows
from habitue.store.bases import BOOK, CALENDAR, COMMON, CUSTOMER, RULES
from habitue.store.columnar import Columnar
from habitue.store.lookups import calendar, decay, weekday_test
from habitue.store.projection import files_of
from habitue.store.relations import compiled
from habitue.store.settings import Settings
from habitue.store.truth import Truth
from habitue.words.reasons import Reason

STEPS = (
    *("open_action", "said_leave", "permission"),
    *("customer_now", "stated", "taste", "returned", "visit", "rhythm", "said_before", "her", "bought_type", "habit", "foreseen"),
    *("affinity", "about_her", "way", "candidate", "best_item", "judged", "decision"),
)
"""What is kept as a table on the way; everything else is read through."""
MORNING = ("number", "as_of", "today", "hour", "weekday", "lesson_id", "wheel_permille")


class Everyone:
    """A book laid beside the projection, to be put to all customers of a bucket at once."""

    def __init__(self, engine: Columnar, question: Question, common: dict[str, list[tuple[int, ...]]], around_day: int) -> None:
        self.engine, self._question = engine, question
        self._texts: dict[tuple[str, frozenset[str]], str] = {}
        engine.load("decay", CALENDAR["decay"], decay())
        engine.load("weekday_test", CALENDAR["weekday_test"], weekday_test())
        engine.load("calendar", CALENDAR["calendar"], calendar(around_day - 400, around_day + 400))
        for name, columns in COMMON.items():
            engine.load(name, columns, common[name])
        for name, columns in {**BOOK, **RULES}.items():
            engine.load(name, columns, [] if name == "near_item" else question.tables.get(name, []))

    def look_at(self, files: dict[str, Sequence[Path]]) -> None:
        """Turns to one bucket: its files by relation."""
        for name in CUSTOMER:
            self.engine.look_at(name, files.get(name, ()))

    def know_until(self, as_of: int) -> None:
        """Looks at lines and baskets as they were known at an instant, whatever came later."""
        for name in ("line", "basket"):
            self.engine.keep(name + "_known", f"SELECT * FROM {name} WHERE known_at < {as_of}")
            self.engine.run(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM {name}_known")

    def sum_lines(self) -> None:
        """Adds up lines of one type that came to be known together, after `know_until`: fewer rows for whoever looks at them on many mornings.

        Products are not told apart any more, and gifts are left out.
        """
        self.engine.keep(
            "line_summed",
            "SELECT customer_id, day, type_id, CAST(0 AS BIGINT) AS product_id, CAST(sum(quantity_milli) AS BIGINT) AS quantity_milli, "
            "CAST(sum(amount_cents) AS BIGINT) AS amount_cents, CAST(0 AS BIGINT) AS is_gift, CAST(0 AS BIGINT) AS returned_day, known_at "
            "FROM line WHERE type_id > 0 AND is_gift = 0 GROUP BY customer_id, day, type_id, known_at",
        )
        self.engine.run("CREATE OR REPLACE TEMP VIEW line AS SELECT * FROM line_summed")
        self.engine.drop("line_known")

    def stand_at(self, when: When) -> None:
        """Lays out what depends on what had been learned by then."""
        buyers = self.engine.run(f"SELECT item_id, buyers FROM item_rhythm WHERE lesson_id = {when.lesson_id}")
        self.engine.load("near_item", BOOK["near_item"], near_rows(self._question, dict(buyers)))

    def ask_all(self, when: When) -> int:
        """Makes one moment for every customer of the bucket that was known by then; gives how many."""
        self.engine.keep(
            "moment",
            f"SELECT customer_id AS moment_id, customer_id, CAST({when.as_of} AS BIGINT) AS as_of, CAST({when.today} AS BIGINT) AS today, "
            f"CAST({when.hour} AS BIGINT) AS hour, CAST({when.weekday} AS BIGINT) AS weekday, CAST({when.lesson_id} AS BIGINT) AS lesson_id, "
            f"CAST({when.wheel_permille} AS BIGINT) AS wheel_permille FROM (SELECT DISTINCT customer_id FROM customer WHERE known_at < {when.as_of})",
        )
        self.engine.run("CREATE OR REPLACE TEMP VIEW asked AS SELECT m.moment_id, a.action_id FROM moment AS m CROSS JOIN action AS a")
        return int(self.engine.run("SELECT count(*) FROM moment")[0][0])

    def ask_mornings(self, mornings: Sequence[When], active_days: int) -> int:
        """Makes one moment for every morning and every customer who bought something in the days before it; gives how many."""
        self.engine.load("morning", MORNING, [(n, m.as_of, m.today, m.hour, m.weekday, m.lesson_id, m.wheel_permille) for n, m in enumerate(mornings)])
        self.engine.keep(
            "moment",
            f"SELECT b.customer_id * {len(mornings)} + n.number AS moment_id, b.customer_id, any_value(n.as_of) AS as_of, any_value(n.today) AS today, "
            "any_value(n.hour) AS hour, any_value(n.weekday) AS weekday, any_value(n.lesson_id) AS lesson_id, any_value(n.wheel_permille) AS wheel_permille "
            f"FROM morning AS n JOIN basket AS b ON b.known_at < n.as_of AND b.day < n.today AND b.day >= n.today - {active_days} AND b.quantity_milli > 0 "
            "GROUP BY b.customer_id, n.number",
        )
        return int(self.engine.run("SELECT count(*) FROM moment")[0][0])

    def keep(self, *steps: str) -> None:
        """Works out relations for the moments that are asked about, in order, each on those before it."""
        for done, step in enumerate(steps):
            self.engine.keep(step, self._text(step, steps[:done]))

    def look_through(self, name: str, *kept: str) -> None:
        """Lays a relation out as a view on those that are kept: whoever reads a few of its columns has only those worked out."""
        self.engine.run(f"CREATE OR REPLACE TEMP VIEW {name} AS {self._text(name, kept)}")

    def _text(self, name: str, kept: Sequence[str]) -> str:
        key = (name, frozenset(kept))
        if key not in self._texts:
            self._texts[key] = compiled(name, "duckdb", bases=frozenset(kept), whom=self._question.whom)
        return self._texts[key]

    def judge(self) -> tuple[pa.Table, np.ndarray]:
        """Decides for every moment asked about.

        Shape: the rows of `decision` by customer; and for each the reason bytes, one an action in the book's order.
        """
        self.keep(*STEPS)
        decided = self.engine.table("SELECT * FROM decision ORDER BY customer_id")
        verdicts = self.engine.table("SELECT moment_id, action_id, reason FROM judged")
        ledger = np.full((decided.num_rows, len(self._question.actions)), int(Reason.NOT_CONCERNED), dtype=np.uint8)
        if verdicts.num_rows:
            ids = np.array(self._question.actions)
            order = np.argsort(ids)
            column = order[np.searchsorted(ids, verdicts["action_id"].to_numpy(), sorter=order)]
            line = np.searchsorted(decided["moment_id"].to_numpy(), verdicts["moment_id"].to_numpy())
            ledger[line, column] = verdicts["reason"].to_numpy()
        return decided, ledger

    def wishes(self, budgeted: Sequence[int]) -> list[dict[str, int]]:
        """All that may be said, best first, to those whose best word has a budget: what is left for them where the budget is spent."""
        if not budgeted:
            return []
        listed = ", ".join(str(action) for action in budgeted)
        whose = f"SELECT moment_id FROM decision WHERE reason = 0 AND action_id IN ({listed})"
        text = compiled("allowed", "duckdb", bases=frozenset(STEPS))
        found: list[dict[str, int]] = self.engine.table(f"SELECT * FROM ({text}) WHERE moment_id IN ({whose}) ORDER BY moment_id, place").to_pylist()
        return found

    def clear(self) -> None:
        """Forgets the bucket's working tables."""
        self.engine.run("DROP VIEW IF EXISTS asked")
        self.engine.drop(*STEPS, "moment")


def everyone(truth: Truth, settings: Settings, question: Question, around_day: int, lessons: Collection[int]) -> Everyone:
    """The engine of a house, with what is common to all customers read from the truth; of what was learned, only these lessons."""
    engine = Columnar(settings.memory_mb, settings.data / "temp")
    common: dict[str, list[tuple[int, ...]]] = {}
    for name, columns in COMMON.items():
        text = f"SELECT {', '.join(columns)} FROM {name}"
        if "lesson_id" in columns:
            common[name] = [row for lesson in sorted(set(lessons)) for row in truth.run(f"{text} WHERE lesson_id = ?", (lesson,))]
        else:
            common[name] = truth.run(f"{text} WHERE level <> 1" if name == "item" else text)
    return Everyone(engine, question, common, around_day)


def bucket_files(truth: Truth, settings: Settings, bucket: int) -> dict[str, Sequence[Path]]:
    """The projection's files of one bucket, by relation."""
    return {name: files_of(truth, settings, name, bucket) for name in CUSTOMER}
