"""Judgement for one customer, now, against the truth: the same relations, compiled for the database that holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from habitue.decide.model import Question, When
from habitue.decide.near import near_rows
from habitue.store import Truth, sql_text
from habitue.store.bases import BOOK, CALENDAR, RULES
from habitue.store.lookups import calendar, decay, weekday_test
from habitue.store.relations import compiled, relation

Answer = dict[str, Any]

_KEYS = {
    "decay": "age_days",
    "calendar": "mmdd, day",
    "weekday_test": "visits",
    "action": "action_id",
    "action_item": "item_id, action_id, because_item_id",
    "offer_category": "category_id, action_id",
    "near_item": "because_item_id, action_id, item_id",
    "action_weekday": "action_id, weekday",
    "route": "route_id, place",
    "thing": "item_id",
    "terms": "week_cap",
    "leave_rule": "country, purpose, channel, from_day, basis",
    "lapse_rule": "from_day",
}
_MOMENT = ("moment_id", "customer_id", "as_of", "today", "hour", "weekday", "lesson_id", "wheel_permille")
CALENDAR_DAYS = 400
SWEPT_EVERY = 100
FOUND_BY = {"foreseen": "item_id", "affinity": "category_id"}
"""On PostgreSQL, which hashes the rest faster than it keeps an index, only these."""
COUNTED_AFTER = (2, 20)
NONE = 0
"""No connection has this number."""
STEPS = {
    "open_action": "action_id, today",
    "said_leave": "purpose, channel, moment_id",
    "stated": "seq, moment_id",
    "taste": "item_id, moment_id",
    "returned": "item_id, moment_id",
    "visit": "moment_id, day",
    "rhythm": "moment_id",
    "said_before": "touch_id, moment_id",
    "her": "moment_id",
    "bought_type": "item_id, moment_id, age_days",
    "habit": "item_id, moment_id",
    "steady": "item_id, moment_id",
    "foreseen": "item_id, moment_id",
    "affinity": "category_id, moment_id",
    "beyond_habit": "action_id, item_id, because_item_id, moment_id",
    "said_about": "action_id, item_id, moment_id",
    "about_her": "moment_id",
    "permission": "purpose, channel, moment_id",
    "way": "route_id, moment_id",
    "stock_now": "item_id, as_of",
    "best_item": "action_id, moment_id",
    "judged": "action_id, moment_id",
}
"""What is worked out one after another, and the key of each."""


class Alone:
    """A book laid beside the truth, to be put to one customer at a time.

    The book and the look-up tables are temporary tables of the truth's connection, laid anew in each; texts are compiled once and prepared by the database.
    """

    def __init__(self, truth: Truth, question: Question, around_day: int) -> None:
        self._truth, self._question = truth, question
        self._texts: dict[tuple[str, str, str], tuple[str, list[str]]] = {}
        self._step_texts: list[tuple[str, bool]] = []
        self._spare = "temp" if truth.dialect == "sqlite" else "pg_temp"
        self._from, self._until = around_day - CALENDAR_DAYS, around_day + CALENDAR_DAYS
        with truth.transaction():
            self._lay()

    def _lay(self) -> None:
        """Lays the book and the look-up tables into a connection that has none of them yet."""
        self._connection = self._truth.connection
        self._step_texts.clear()
        self._lesson, self._judged = -1, 0
        lookups = {"decay": decay(), "calendar": calendar(self._from, self._until), "weekday_test": weekday_test()}
        for name, columns in {**CALENDAR, **BOOK, **RULES}.items():
            self._lay_out(name, columns, lookups.get(name) or ([] if name == "near_item" else self._question.tables.get(name, [])))
        self._truth.run("CREATE INDEX action_item_because ON action_item (because_item_id, action_id, item_id)")
        if self._truth.dialect == "postgres":
            for name in (*CALENDAR, *BOOK, *RULES):
                self._truth.run(f"ANALYZE pg_temp.{name}")

    @contextmanager
    def _standing_at(self, when: When) -> Iterator[None]:
        """One state of the truth, beside tables that fit the moment; whatever breaks off has taken back what was laid, so that it is laid anew."""
        with self._truth.snapshot():
            try:
                if self._connection != self._truth.connection:
                    self._lay()
                self._stand_at(when)
                yield
            except BaseException:
                self._connection = NONE
                raise

    def make_ready(self, when: When) -> None:
        """Lays all that a judgement of that moment needs: one inside a transaction then lays nothing that a rollback would take away again."""
        with self._standing_at(when):
            self._steps()

    def decide(self, customer_id: int, when: When) -> Answer:
        """The one word for her, or silence: the row of `decision`."""
        return self.judge(customer_id, when, with_verdicts=False)[0]

    def judge(self, customer_id: int, when: When, with_verdicts: bool = True, is_again: bool = False) -> tuple[Answer, list[Answer]]:
        """The one word for her, or silence; and the verdict on every action that could concern her (the rows of `evidence`).

        `is_again`: what is said to her today is looked at once more, and is not held against itself.
        """
        moment = (1, customer_id, when.as_of, when.today, when.hour, when.weekday, when.lesson_id, when.wheel_permille)
        with self._standing_at(when):
            steps = self._steps()
            if is_again:
                until = 2 * (list(STEPS).index("said_before") + 1)
                steps = [*steps[:until], (f"DELETE FROM {self._spare}.said_before WHERE days_ago <= 0", False), *steps[until:]]
            self._sweep()
            self._truth.run_in_turn((text, moment if takes_moment else ()) for text, takes_moment in steps)
            decided = self._rows("decision", moment, tuple(STEPS))
            return decided[0], self._rows("evidence", moment, tuple(STEPS)) if with_verdicts else []

    def read(self, name: str, customer_id: int, when: When, instead: Mapping[str, str] | None = None) -> list[Answer]:
        """The rows of any relation for one customer as of a moment, as dictionaries."""
        moment = (1, customer_id, when.as_of, when.today, when.hour, when.weekday, when.lesson_id, when.wheel_permille)
        with self._standing_at(when):
            return self._rows(name, moment, (), dict(instead or {}))

    def _stand_at(self, when: When) -> None:
        """Lays out what depends on the day and on what had been learned by then."""
        if not self._from <= when.today <= self._until - 40:
            self._from, self._until = when.today - CALENDAR_DAYS, when.today + CALENDAR_DAYS
            self._lay_out("calendar", CALENDAR["calendar"], calendar(self._from, self._until))
        if self._lesson != when.lesson_id:
            self._lesson = when.lesson_id
            buyers: dict[int, int] = dict(self._truth.run(sql_text("decide", "buyers"), (when.lesson_id,)))
            self._lay_out("near_item", BOOK["near_item"], near_rows(self._question, buyers))

    def _steps(self) -> list[tuple[str, bool]]:
        """The relations that others read, worked out one after another into tables of this connection.

        One statement for all is nested too deep for SQLite, and planned badly by PostgreSQL, which cannot know how few rows one customer has.
        """
        if not self._step_texts:
            names, texts = tuple(STEPS), []
            for done, step in enumerate(names):
                columns = ", ".join(f"{column} BIGINT" for column in relation(step).columns)
                key = f", PRIMARY KEY ({STEPS[step]})) WITHOUT ROWID" if self._truth.dialect == "sqlite" else ")"
                self._truth.run(f"CREATE TEMP TABLE IF NOT EXISTS {step} ({columns}{key}")
                if step in FOUND_BY and self._truth.dialect == "postgres":
                    self._truth.run(f"CREATE INDEX IF NOT EXISTS {step}_found ON {step} ({FOUND_BY[step]})")
                text = self._compiled(step, names[:done], {})
                texts += [(f"DELETE FROM {self._spare}.{step}", False), (f"INSERT INTO {self._spare}.{step} {text}", True)]
            self._step_texts = texts
        return self._step_texts

    def _sweep(self) -> None:
        """Looks after PostgreSQL's tables of this connection: it is told once how few rows one customer has, and now and then what was deleted is dropped."""
        self._judged += 1
        if self._truth.dialect == "sqlite" or not self._step_texts:
            return
        if self._judged in COUNTED_AFTER:
            for step in STEPS:
                self._truth.run(f"ANALYZE pg_temp.{step}")
        elif self._judged % SWEPT_EVERY == 0:
            self._truth.run("TRUNCATE " + ", ".join(f"pg_temp.{step}" for step in STEPS))

    def _rows(self, name: str, moment: tuple[int, ...], bases: tuple[str, ...] = (), instead: dict[str, str] | None = None) -> list[Answer]:
        key = (name, repr(bases), repr(instead))
        if key not in self._texts:
            text = f"SELECT * FROM {self._spare}.{name}" if name in bases else self._compiled(name, bases, instead or {})
            self._texts[key] = (text, relation(name).columns)
        text, columns = self._texts[key]
        return [dict(zip(columns, row, strict=True)) for row in self._truth.run(text, () if name in bases else moment)]

    def _compiled(self, name: str, bases: tuple[str, ...], instead: dict[str, str]) -> str:
        whole = "INTEGER" if self._truth.dialect == "sqlite" else "BIGINT"
        given = {
            "moment": "SELECT " + ", ".join(f"CAST(? AS {whole}) AS {column}" for column in _MOMENT),
            "asked": "SELECT m.moment_id, a.action_id FROM moment AS m CROSS JOIN action AS a",
        }
        return compiled(name, self._truth.dialect, given=given, instead=instead, whom=self._question.whom, bases=frozenset(bases))

    def _lay_out(self, name: str, columns: tuple[str, ...], rows: list[tuple[int, ...]]) -> None:
        self._truth.run(f"DROP TABLE IF EXISTS {self._spare}.{name}")
        shape = ", ".join(f"{column} BIGINT NOT NULL" for column in columns)
        clustered = " WITHOUT ROWID" if self._truth.dialect == "sqlite" else ""
        self._truth.run(f"CREATE TEMP TABLE {name} ({shape}, PRIMARY KEY ({_KEYS[name]})){clustered}")
        if rows:
            self._truth.run_many(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
