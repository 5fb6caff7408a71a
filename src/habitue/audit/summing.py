"""Adds the verdicts up: from the engine's tables to `Figures`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from habitue.audit.figures import (
    CustomerFigure,
    FaultFigure,
    Figures,
    FileRead,
    FindingRow,
    GroupFigure,
    Interval,
    PressureFigure,
    ScoreFigure,
    Silence,
    Strip,
    StripDay,
    WeekFigure,
)
from habitue.audit.model import FAULTS, Limits, faults_of
from habitue.audit.phrases import past_sentence
from habitue.measure.model import Floats
from habitue.store import step_text
from habitue.store.columnar import Columnar
from habitue.words.reasons import Reason

BITS = {reason.name.lower(): 1 << reason for reason in Reason}
ROWS_A_FAULT, ROWS_A_CAMPAIGN, MOST_CAMPAIGNS_WITH_ROWS = 60, 15, 60
YEAR_DAYS = 365
MILLICENTS = 1_000
NORMAL_95 = 1.959964
COUNT_FAULTS = ", ".join(f"count(*) FILTER (faults & {1 << f} > 0) AS {f.name.lower()}" for f in FAULTS)
COUNT_MESSAGES = ", ".join(f"count(DISTINCT CASE WHEN faults & {1 << f} > 0 THEN touch_id END) AS {f.name.lower()}" for f in FAULTS)


class Summing:
    """The tables of a judged audit, and what is asked of them."""

    def __init__(self, engine: Columnar, limits: Limits, language: str) -> None:
        self.engine, self.limits, self.language = engine, limits, language
        costs = " ".join(f"WHEN {channel} THEN {cost}" for channel, cost in limits.costs_millicents.items())
        engine.run(step_text("audit", "found").format(costs=costs, **BITS))

    def figures(self, title: str, currency: str, zone: str, files: Sequence[FileRead], score: ScoreFigure | None, notes: Sequence[str]) -> Figures:
        """Everything that the report shows."""
        total = self._ask("totals")[0]
        campaigns = self._ask("by_campaign", faults=COUNT_FAULTS)
        hurt = self._ask("hurt", messages=COUNT_MESSAGES)
        return Figures(
            title=title,
            currency=currency,
            zone=zone,
            files=tuple(files),
            **total,
            unjudged={row["why_unjudged"]: row["sends"] for row in self._ask("unjudged")},
            faults=self._faults(),
            campaigns=tuple(_group(row) for row in campaigns),
            months=tuple(_group(row) for row in self._ask("by_month", faults=COUNT_FAULTS)),
            hurt=tuple(CustomerFigure(row["customer"], row["sends"], row["at_fault"], _counts(row)) for row in hurt),
            pressure=tuple(PressureFigure(**row) for row in self._ask("by_pressure")),
            weeks=tuple(WeekFigure(**row) for row in self._ask("by_week", **BITS)),
            strip=self._strip(hurt[0], total["last_day"]) if hurt else None,
            silence=self._silence(),
            score=score,
            told=self.engine.table("SELECT * FROM told").to_pylist()[0],
            rows_by_fault=self._rows({f.name.lower(): (f"faults & {1 << f} > 0", ROWS_A_FAULT) for f in FAULTS}),
            rows_by_campaign=self._rows(
                {row["name"]: (f"campaign_id = {row['campaign_id']}", ROWS_A_CAMPAIGN) for row in campaigns[:MOST_CAMPAIGNS_WITH_ROWS]}
            ),
            limits={"week_cap": self.limits.week_cap, "month_cap": self.limits.month_cap}
            | {"quiet_from_hour": self.limits.quiet_from_hour, "quiet_until_hour": self.limits.quiet_until_hour},
            notes=tuple(notes),
        )

    def _ask(self, name: str, **slots: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.engine.table(step_text("audit", name).format(**slots)).to_pylist()
        return found

    def _faults(self) -> tuple[FaultFigure, ...]:
        counts = ", ".join(f"count(*) FILTER (faults & {1 << f} > 0), count(*) FILTER ((faults | looked_for) & {1 << f} > 0)" for f in FAULTS)
        row = self.engine.run(f"SELECT {counts} FROM found")[0]
        return tuple(FaultFigure(f.name.lower(), row[2 * n], row[2 * n + 1]) for n, f in enumerate(FAULTS))

    def _rows(self, wanted: dict[str, tuple[str, int]]) -> dict[str, tuple[FindingRow, ...]]:
        """For each name the first rows at fault of which its condition is true, by line."""
        self.engine.keep("wrong", "SELECT send_id, faults, campaign_id FROM found WHERE is_fault")
        some = {
            name: [row[0] for row in self.engine.run(f"SELECT send_id FROM wrong WHERE {where} ORDER BY send_id LIMIT {most}")]
            for name, (where, most) in wanted.items()
        }
        ids = sorted({send_id for these in some.values() for send_id in these})
        told = {row["send_id"]: finding_row(row, self.language) for row in self._ask("rows", send_ids=", ".join(map(str, ids)) or "0")}
        return {name: tuple(told[send_id] for send_id in these) for name, these in some.items()}

    def _strip(self, who: dict[str, Any], last_day: int) -> Strip:
        first_day = last_day - YEAR_DAYS + 1
        rows = self._ask("strip", customer_id=who["customer_id"], first_day=first_day, last_day=last_day)
        days = [StripDay(r["day"], r["baskets"], r["messages"], r["at_fault"], next((f.name.lower() for f in faults_of(r["faults"])), "")) for r in rows]
        return Strip(who["customer"], first_day, last_day, tuple(days))

    def _silence(self) -> Silence:
        money = self._ask("costs")[0]
        by_customer = self.engine.table(step_text("audit", "by_customer"))
        sends, at_fault, answered, answered_at_fault, spared = (
            by_customer[name].to_numpy().astype(np.float64) for name in ("sends", "at_fault", "answered", "answered_at_fault", "answered_spared")
        )
        return Silence(
            saved_cents=round((money["saved"] or 0) / MILLICENTS),
            spent_cents=round((money["spent"] or 0) / MILLICENTS),
            is_cost_told=bool(self.engine.run("SELECT count(cost_millicents) > 0 FROM send")[0][0]),
            answers=int(answered.sum()),
            answers_at_fault=int(answered_at_fault.sum()),
            answers_spared=int(spared.sum()),
            lost_share=share_of(spared, answered),
            answer_rate_at_fault=share_of(answered_at_fault, at_fault),
            answer_rate_fine=share_of(answered - answered_at_fault, sends - at_fault),
        )


def share_of(part: Floats, whole: Floats) -> Interval:
    """The sum of `part` over the sum of `whole`, each entry one customer's, with its 95 % interval; zeros where there is no whole.

    Source: Cochran (1977), "Sampling Techniques", section 6.4 (the variance of a ratio, customers as the units drawn).
    """
    total = whole.sum()
    if total <= 0:
        return Interval(0.0, 0.0, 0.0)
    ratio = float(part.sum() / total)
    spread = NORMAL_95 * float(np.sqrt(((part - ratio * whole) ** 2).sum())) / float(total)
    return Interval(ratio, max(0.0, ratio - spread), min(1.0, ratio + spread))


def finding_row(row: dict[str, Any], language: str) -> FindingRow:
    """One send with its sentences."""
    faults = faults_of(row["faults"])
    return FindingRow(
        line=row["line"],
        customer=row["customer"],
        day=row["day"],
        hour=row["hour"],
        campaign=row["campaign"],
        thing=row["thing"] or "",
        faults=tuple(fault.name.lower() for fault in faults),
        evidence=tuple(past_sentence(fault, row, language) for fault in faults),
        score=row.get("score") or 0.0,
    )


def _group(row: dict[str, Any]) -> GroupFigure:
    counts = (row["sends"], row["judged"], row["at_fault"], row["answered"], row["first_day"], row["last_day"])
    return GroupFigure(row["name"], *counts, _counts(row))


def _counts(row: dict[str, Any]) -> dict[str, int]:
    return {fault.name.lower(): row[fault.name.lower()] for fault in FAULTS if row[fault.name.lower()]}
