"""Lays the scenes out over the households and the year."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, timedelta

from tests.audit.acting import Act, NoMaterial, Scene
from tests.audit.history import History
from tests.audit.planting import ALWAYS, FIRST, LAST, OPENING, Plan, Said

TRIES, STEP_DAYS, SLACK_DAYS = 8, 4, 16


def planted(history: History, scenes: list[Scene], seed: int) -> Plan:
    """Each scene as often as it is wanted, or as the year allows."""
    plan = Plan(history.afresh(), random.Random(seed))
    for her in history.lines:
        _one_household(plan, scenes, her)
    _answer(plan)
    return plan


def _one_household(plan: Plan, scenes: list[Scene], her: str) -> None:
    plan.consents_from[her] = ALWAYS
    for scene in _wanted(plan, scenes, "opening")[:1]:
        _play(plan, scene, her, OPENING)
    closing = next(iter(_wanted(plan, scenes, "closing")), None)
    end = LAST - timedelta(days=closing.lead_days + SLACK_DAYS if closing else 0)
    day = FIRST + timedelta(days=plan.chance.randint(0, 9))
    while day < end:
        day = _any(plan, [scene for scene in _wanted(plan, scenes, "") if day + timedelta(days=scene.lead_days) <= end], her, day)
    if closing:
        for lateness in range(0, SLACK_DAYS - 4, 3):
            if _play(plan, closing, her, max(day, end) + timedelta(days=lateness)):
                return


def _any(plan: Plan, scenes: list[Scene], her: str, day: date) -> date:
    """The first of some scenes for which this household has the material; the day from which the next one may begin."""
    for scene in scenes[:TRIES]:
        if after := _play(plan, scene, her, day):
            return after
    return day + timedelta(days=STEP_DAYS)


def _wanted(plan: Plan, scenes: list[Scene], place: str) -> list[Scene]:
    """Those that are still wanted, the most wanted first."""
    missing = {scene: (scene.times - plan.played[scene.play.__name__]) / scene.times + plan.chance.random() / 4 for scene in scenes if scene.place == place}
    return sorted((scene for scene in missing if plan.played[scene.play.__name__] < scene.times), key=lambda scene: -missing[scene])


def _play(plan: Plan, scene: Scene, her: str, day: date) -> date | None:
    act = Act(plan, scene, her, day + timedelta(days=scene.lead_days))
    try:
        scene.play(act)
    except NoMaterial:
        return None
    if scene.has_gift:
        act.give(-scene.lead_days)
    return act.close().date() + timedelta(days=scene.rest_days)


def _answer(plan: Plan) -> None:
    """Lets her answer now and then, so that no word of a kind is ever the third that she left alone."""
    alone: dict[tuple[str, str], int] = defaultdict(int)
    plan.said.sort(key=lambda said: (said.customer, said.at))
    for said in plan.said:
        key = (said.customer, said.kind or "offer")
        if not said.is_answer_settled and (alone[key] >= 1 or plan.chance.random() < 0.4):
            said.answered_at = _later(said, plan.chance)
        alone[key] = 0 if said.answered_at else alone[key] + 1


def _later(said: Said, chance: random.Random) -> datetime:
    return said.at + timedelta(minutes=chance.randint(3, 1500))
