"""The console's JSON twin: the same answers for programs, with reasons by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import msgspec
from starlette.responses import Response

from habitue.app.model import DayPlan, Verdict
from habitue.web.desk import Desk
from habitue.web.visit import Visit


def as_json(document: object, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(msgspec.json.encode(document), status, media_type="application/json")


def plan(visit: Visit, desk: Desk) -> dict[str, object]:
    """The day's plan in counts; touches + silences = customers."""
    return plan_document(desk.plan(visit.on))


def decision(visit: Visit, desk: Desk, key: str) -> dict[str, object]:
    """One customer's decision with every action and what stopped it."""
    made = desk.decision(key, visit.on, visit.language)
    return {
        **_plain(asdict(made)),
        "reason": made.reason.name.lower(),
        "chosen": verdict_document(made.chosen) if made.chosen else None,
        "others": [verdict_document(verdict) for verdict in made.others],
    }


def card(visit: Visit, desk: Desk, key: str) -> dict[str, object]:
    """One customer's card; `year[].day` counts days since 1970-01-01."""
    return _plain(asdict(desk.card(key, visit.on, visit.language)))


def said(visit: Visit, desk: Desk, key: str) -> list[dict[str, object]]:
    """What one customer told us, each with its number and whether it counts."""
    return [{**asdict(one), "counts": one.counts} for one in desk.statements(key, visit.on, visit.language)]


def plan_document(made: DayPlan) -> dict[str, object]:
    """A plan with its reasons by name, the most frequent first."""
    reasons = sorted(made.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return {**_plain(asdict(made)), "reasons": {reason.name.lower(): count for reason, count in reasons}}


def verdict_document(verdict: Verdict) -> dict[str, object]:
    """A verdict with its reason by name."""
    return {**_plain(asdict(verdict)), "reason": verdict.reason.name.lower()}


def _plain(fields: Mapping[str, object]) -> dict[str, object]:
    """Without our internal number: programs know a customer by the brand's own key."""
    return {name: value for name, value in fields.items() if name != "customer_id"}
