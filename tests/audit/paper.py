"""Figures on paper: small audits made by hand, so that a report can be read without judging a single send."""

from __future__ import annotations

from typing import Any

from habitue.audit.figures import (
    Band,
    CustomerFigure,
    FaultFigure,
    Figures,
    FileRead,
    FindingRow,
    GroupFigure,
    Interval,
    Keeping,
    PressureFigure,
    ScoreFigure,
    Silence,
    Strip,
    StripDay,
    WeekFigure,
)
from habitue.audit.model import FAULTS
from habitue.words.clock import parse_day

MARCH_1, MARCH_31 = parse_day("2017-03-01"), parse_day("2017-03-31")
NOWHERE = Interval(0.0, 0.0, 0.0)
HOSTILE = "<script>alert('x')</script>\x00\u202e" + "W" * 5_000


def silence(**changes: Any) -> Silence:
    """Forty answers, ten of them to wrong sends, at told costs."""
    told = {"saved_cents": 1_250, "spent_cents": 9_000, "is_cost_told": True, "answers": 40, "answers_at_fault": 10, "answers_spared": 10}
    rates = {"lost_share": Interval(0.25, 0.1, 0.4), "answer_rate_at_fault": Interval(0.02, 0.01, 0.03), "answer_rate_fine": Interval(0.05, 0.04, 0.06)}
    return Silence(**(told | rates | changes))


def score(**changes: Any) -> ScoreFigure:
    """A score that was learned and tried."""
    told = {"is_learned": True, "learned_until_day": MARCH_1 + 14, "learned_from": 31, "tested_on": 500, "answers": 9, "auc": Interval(0.8, 0.7, 0.9)}
    tried = {
        "bands": (Band(0.0, 0.01, 400, 0.005, 0.0), Band(0.01, 0.02, 100, 0.015, 0.09)),
        "curve": (Keeping(25, Interval(0.75, 0.6, 0.9)), Keeping(50, Interval(0.9, 0.8, 1.0))),
        "points": (("own", 0.51), ("something new", -1.2)),
    }
    return ScoreFigure(**(told | tried | changes))


def row(fault: str = "already_bought", **changes: Any) -> FindingRow:
    """One send with a wrong."""
    told = {"line": 5192, "customer": "c-17", "day": MARCH_1, "hour": 22, "campaign": "Spring", "thing": "veal", "faults": (fault,)}
    return FindingRow(**(told | {"evidence": ("She had bought it four days before.",), "score": 0.012} | changes))


def group(name: str = "Spring", **changes: Any) -> GroupFigure:
    """A campaign or a month of eighty sends."""
    told = {"sends": 80, "judged": 70, "at_fault": 20, "answered": 4, "first_day": MARCH_1, "last_day": MARCH_31, "faults": {"already_bought": 20}}
    return GroupFigure(**({"name": name} | told | changes))


def fault(name: str, sends: int = 0, looked_for: int = 0) -> FaultFigure:
    """One wrong."""
    return FaultFigure(name, sends, looked_for)


def strip(customer: str = "c-17") -> Strip:
    """A year with three days in it."""
    days = (StripDay(MARCH_1, 1, 0, 0), StripDay(MARCH_1 + 2, 0, 2, 1, "already_bought"), StripDay(MARCH_31, 2, 1, 0))
    return Strip(customer, MARCH_31 - 364, MARCH_31, days)


def figures(**changes: Any) -> Figures:
    """A whole audit: a hundred sends of ninety messages in March, thirty of eighty judged were wrong."""
    found = {"already_bought": 20, "no_affinity": 12, "pressed_too_often": 0}
    told: dict[str, Any] = {
        "title": "Boucherie Morel",
        "currency": "EUR",
        "zone": "Europe/Paris",
        "files": (FileRead("sends", "sends.csv", "Mailchimp", 102, 2, ((7, "The date “03/04” may be two days."),), ("Answers were read from clicks.",)),),
        "first_day": MARCH_1,
        "last_day": MARCH_31,
        "sends": 100,
        "same_rows": 1,
        "messages": 90,
        "customers": 30,
        "customers_who_bought": 25,
        "judged": 80,
        "at_fault": 30,
        "unjudged": {"no_thing": 15, "no_purchase": 5},
        "faults": tuple(fault(f.name.lower(), found.get(f.name.lower(), 0), 100 if f.name.lower() in found else 0) for f in FAULTS),
        "campaigns": (group(), group("Summer", sends=20, judged=10, at_fault=10)),
        "months": (group("2017-03", sends=100, judged=80, at_fault=30),),
        "hurt": (CustomerFigure("c-17", 9, 4, {"already_bought": 4}), CustomerFigure("c-18", 5, 3, {"no_affinity": 3})),
        "pressure": (PressureFigure(0, 60, 10, 30), PressureFigure(10, 40, 20, 10)),
        "weeks": (WeekFigure(MARCH_1 - 2, 50, 25, 0.0, 0), WeekFigure(MARCH_1 + 5, 40, 20, 1.5, 3)),
        "strip": strip(),
        "silence": silence(),
        "score": score(),
        "told": {"answers": True, "messages": False, "consents": False, "bounces": False, "preferences": False},
        "rows_by_fault": {"already_bought": tuple(row(line=n) for n in range(2, 14)), "no_affinity": (row("no_affinity"),)},
        "rows_by_campaign": {"Spring": (row(),)},
        "limits": {"week_cap": 2, "month_cap": 5, "quiet_from_hour": 21, "quiet_until_hour": 8},
        "notes": ("One row named a thing that no order knows.",),
    }
    return Figures(**(told | changes))


def nothing() -> Figures:
    """An audit of files without one send."""
    empty = {"sends": 0, "same_rows": 0, "messages": 0, "customers": 0, "customers_who_bought": 0, "judged": 0, "at_fault": 0, "unjudged": {}}
    parts = {"campaigns": (), "months": (), "hurt": (), "pressure": (), "weeks": (), "strip": None, "score": None, "rows_by_fault": {}, "rows_by_campaign": {}}
    no_answer = silence(saved_cents=0, spent_cents=0, is_cost_told=False, answers=0, answers_at_fault=0, answers_spared=0, lost_share=NOWHERE)
    return figures(**empty, **parts, faults=tuple(fault(f.name.lower()) for f in FAULTS), silence=no_answer, first_day=0, last_day=0)


def hostile() -> Figures:
    """An audit whose every foreign text wants to be more than text."""
    one = row(customer=HOSTILE, campaign=HOSTILE, thing=HOSTILE, evidence=(HOSTILE,))
    return figures(
        title=HOSTILE,
        currency=HOSTILE,
        zone=HOSTILE,
        files=(FileRead(HOSTILE, HOSTILE, HOSTILE, 1, 1, ((2, HOSTILE),), (HOSTILE,)),),
        campaigns=(group(HOSTILE), group("\ud800 half a sign <img src=x onerror=alert(1)>"), group("")),
        hurt=(CustomerFigure(HOSTILE, 3, 2, {"already_bought": 2}), CustomerFigure("\u05d0\u05d1\u200f", 3, 1, {HOSTILE: 1})),
        strip=strip(HOSTILE),
        unjudged={HOSTILE: 20},
        score=score(points=((HOSTILE, 1.0),)),
        rows_by_fault={"already_bought": (one,)},
        rows_by_campaign={HOSTILE: (one,)},
        notes=(HOSTILE,),
    )
