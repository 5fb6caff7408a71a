"""The audit is the judgement: what it reads in place of judgement's relations says the same of whatever a send named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from habitue.app.audits.auditing import limits_of
from habitue.audit.judging import INSTEAD, LAID_OUT, STEPS
from habitue.audit.staging import Staging, with_manners
from habitue.content.model import Shop
from habitue.store import step_text
from habitue.store.columnar import Columnar
from habitue.store.relations import compiled, relation

CUSTOMERS, TYPES, DAYS = 40, 30, 400


@pytest.fixture
def engine(tmp_path: Path) -> Columnar:
    """Forty customers with a year of purchases, some taken back, and three hundred sends about types; laid out, one part of moments."""
    rng, engine = np.random.default_rng(3), Columnar(500, tmp_path)
    staging = Staging(engine)
    kind, day = rng.integers(0, TYPES, 6_000), 19_000 + rng.integers(0, DAYS, 6_000)
    line: dict[str, Any] = {"line": np.arange(6_000), "customer": [f"C{n}" for n in rng.integers(0, CUSTOMERS, 6_000)], "day": day}
    line |= {"instant": day * 86_400 + rng.integers(0, 86_400, 6_000), "hour": np.full(6_000, 10), "place": np.ones(6_000, dtype=np.int64)}
    line |= {"product": [f"P{n}" for n in kind], "type": [f"T{n}" for n in kind], "category": [f"K{n % 5}" for n in kind]}
    line |= {"order_key": [f"O{n // 3}" for n in range(6_000)], "quantity_milli": rng.choice([1000, 2000, -1000], 6_000, p=[0.6, 0.3, 0.1])}
    staging.take("line", pa.table({**line, "amount_cents": np.full(6_000, 250)}))
    sent = 19_100 + rng.integers(0, DAYS - 100, 300)
    send: dict[str, Any] = {
        "line": np.arange(300),
        "customer": [f"C{n}" for n in rng.integers(0, CUSTOMERS, 300)],
        "day": sent,
        "instant": sent * 86_400 + 36_000,
    }
    send |= {"hour": np.full(300, 10), "channel": np.ones(300, dtype=np.int64), "kind": np.ones(300, dtype=np.int64), "level": np.full(300, 2)}
    staging.take("send", pa.table({**send, "thing": [f"T{n}" for n in rng.integers(0, TYPES, 300)], "campaign": [f"c{n}" for n in range(300)]}))
    assert staging.lay_out(limits_of(Shop())) == 1
    for name in ("part_moment", "part_asked", "part_line", "part_basket"):
        engine.run(step_text("audit", name).format(part=0))
    engine.run("CREATE TEMP TABLE type_of AS SELECT DISTINCT c.item_id, o.type_id FROM covers AS c JOIN product_of AS o USING (product_id)")
    engine.load("item", ("item_id", "level", "parent_id"), engine.run("SELECT DISTINCT type_id, 2, category_id FROM product_of"))
    return engine


@pytest.mark.parametrize("step", INSTEAD)
def test_what_stands_in_for_a_relation_has_its_columns(step: str) -> None:
    plain, own = relation(step).columns, relation(INSTEAD[step]).columns
    assert set(own) <= set(plain)
    assert set(plain) - set(own) <= {"today"}


@pytest.mark.parametrize(
    ("step", "columns"),
    [
        ("bought_type", "moment_id, {item}, age_days, quantity_milli, amount_cents"),
        ("habit", "moment_id, {item}, times, decayed, first_day, last_day, gap_days, due_permille, price_cents"),
        ("steady", "moment_id, {item}"),
    ],
)
def test_the_habit_of_what_was_named_is_the_habit_that_judgement_sees(engine: Columnar, step: str, columns: str) -> None:
    """Judgement's own text over all types, held to the pairs that were named, against the audit's narrowed one."""
    whole, narrow = (compiled(step, "duckdb", instead=instead, bases=LAID_OUT) for instead in ({}, INSTEAD))
    named = "SELECT DISTINCT q.moment_id, t.type_id FROM asked AS q JOIN action_item AS i USING (action_id) JOIN type_of AS t USING (item_id)"
    plain = engine.run(
        f"SELECT {columns.format(item='w.item_id')} FROM ({whole}) AS w JOIN ({named}) AS n USING (moment_id) WHERE w.item_id = n.type_id ORDER BY ALL"
    )
    own = engine.run(f"SELECT {columns.format(item='t.type_id')} FROM ({narrow}) AS w JOIN type_of AS t ON t.item_id = w.item_id ORDER BY ALL")
    assert own == plain
    assert len(own) > (20 if step == "steady" else 100) or step == "steady"


def test_the_love_of_a_category_is_the_one_that_judgement_sees(engine: Columnar) -> None:
    whole = compiled("affinity", "duckdb", bases=LAID_OUT)
    named = "SELECT DISTINCT q.moment_id, o.category_id FROM asked AS q JOIN offer_category AS o USING (action_id)"
    plain = engine.run(
        f"SELECT w.moment_id, w.category_id, w.decayed, w.last_day FROM ({whole}) AS w JOIN ({named}) USING (moment_id, category_id) ORDER BY ALL"
    )
    own = engine.run(f"SELECT moment_id, category_id, decayed, last_day FROM ({compiled('affinity', 'duckdb', instead=INSTEAD, bases=LAID_OUT)}) ORDER BY ALL")
    assert own == plain
    assert len(own) > 100


def test_every_guard_of_judgement_is_read_unchanged() -> None:
    assert {"guarded", "valued_item", "about_her", "way", "her", "said_before", "foreseen", "untouched"} <= set(STEPS) - set(INSTEAD)


def test_words_are_looked_at_once_each_and_not_kept() -> None:
    batch = with_manners(
        pa.table(
            {"text": ["Dear Anna, come", "Dear Zoe, come", None], "first_name": ["Anna", "Zoe", "Zoe"], "sender": ["no-reply@x.example", None, "a@x.example"]}
        )
    )
    assert batch["manners"].to_pylist() == [1, 1, None]
    assert batch["can_answer"].to_pylist() == [0, None, 1]
    assert batch["words_key"][0] == batch["words_key"][1]
    assert batch["words_key"][2].as_py() is None
