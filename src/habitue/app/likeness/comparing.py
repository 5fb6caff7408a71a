"""Splink at work: it pairs people by their keys, finds how each field stands to the other's, and weighs it by how common the word is.

Splink is imported here and nowhere else, by the one command that needs it: it takes a second.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import SplinkException

from habitue.app.likeness.levels import FIELDS, Level
from habitue.store.columnar import Columnar

Fields = Mapping[str, Sequence[Level]]

SAMPLE = 700
"""Of so many people every pair is looked at, to learn how strangers stand to each other: a quarter of a million pairs."""
BELIEF_PAIRS = 20_000
"""As much weight as so many pairs has what we believe of strangers before a house has any."""
RAREST = 0.000001
"""No word counts as rarer than that."""


def compare(db: Columnar, keys: Sequence[str], people: int, least_weight: float) -> pa.Table:
    """The pairs worth a closer look in the table `person`: `one`, `other`, `weight`, and a column a field: which of its levels that say something,
    counted from the last, or -1.

    Units: `weight` is log2 of how much more often such a pair is one person than two strangers, before it is asked how often people come twice.
    Raises: StoreError where memory or disk run out.
    """
    try:
        fields = _learned(db, people)
        linker = _linker(db, "person", fields, keys)
        found = linker.inference.predict(threshold_match_weight=least_weight, warning_mode="never")
    except (duckdb.Error, SplinkException) as wrong:
        raise db.shortage.told(_root(wrong)) from wrong
    gammas = ", ".join(f"CAST(gamma_{name} AS TINYINT) AS {name}" for name in fields)
    return db.table(
        f"SELECT least(number_l, number_r) AS one, greatest(number_l, number_r) AS other, match_weight AS weight, {gammas}"
        f" FROM {found.physical_name} ORDER BY one, other"
    )


def _root(wrong: BaseException) -> duckdb.Error:
    """What DuckDB said, of which Splink may have made an error of its own."""
    while not isinstance(wrong, duckdb.Error) and wrong.__cause__:
        wrong = wrong.__cause__
    return wrong if isinstance(wrong, duckdb.Error) else duckdb.Error(type(wrong).__name__)


def _learned(db: Columnar, people: int) -> Fields:
    """The levels with their share among strangers counted in this house; a sample drawn by number, always the same."""
    db.keep("sample", f"SELECT * FROM person ORDER BY number * 2654435761 % 4294967296, number LIMIT {SAMPLE}")
    linker = _linker(db, "sample", FIELDS, ())
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLE**2, min_count_per_level=None, num_chunks=1)
    db.drop("sample")
    counted = linker.misc.save_model_to_json()["comparisons"]
    size = min(people, SAMPLE)
    pairs = size * (size - 1) // 2
    return {name: _blended(levels, counted[place]["comparison_levels"], pairs) for place, (name, levels) in enumerate(FIELDS.items())}


def _blended(levels: Sequence[Level], counted: Sequence[Mapping[str, Any]], pairs: int) -> list[Level]:
    return [
        level
        if level.is_silent
        else replace(level, stranger=_rounded((level.stranger * BELIEF_PAIRS + (seen.get("u_probability") or 0.0) * pairs) / (BELIEF_PAIRS + pairs)))
        for level, seen in zip(levels, counted, strict=True)
    ]


def _rounded(share: float) -> float:
    return float(f"{share:.4g}")


def _linker(db: Columnar, table: str, fields: Fields, keys: Sequence[str]) -> Linker:
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="number",
        probability_two_random_records_match=0.5,
        comparisons=[_comparison(name, levels) for name, levels in fields.items()],
        blocking_rules_to_generate_predictions=[block_on(key) for key in keys],
    )
    api = DuckDBAPI(connection=db.db)
    return Linker(api.register(db.db.table(table), dataset_display_name=f"{table}_compared"), settings, log_level=logging.ERROR, validate_settings=False)


def _comparison(name: str, levels: Sequence[Level]) -> dict[str, Any]:
    return {"output_column_name": name, "comparison_levels": [_level(level) for level in levels]}


def _level(level: Level) -> dict[str, Any]:
    """A level as Splink wants it; what is unknown has no weight."""
    if level.agreement == "unknown":
        return {"sql_condition": level.sql, "label_for_charts": level.sql, "is_null_level": True}
    told: dict[str, Any] = {"sql_condition": level.sql, "label_for_charts": level.sql, "m_probability": level.one, "u_probability": level.stranger}
    if level.frequency:
        told |= {"tf_adjustment_column": level.frequency, "tf_minimum_u_value": RAREST}
    return told
