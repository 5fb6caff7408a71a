"""Cases as they are kept: a row when one is opened, and a row for everything that is done in it. Nothing is rewritten but by forgetting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from habitue.consent.law.model import END_NUMBERS, MAILED, Asked, Case, Did, Door, Step
from habitue.events.lookup import look_up, take_numbers
from habitue.store import Truth, sql_text


def add_case(truth: Truth, case: Case) -> int:
    """Opens a case with its first steps; gives its number. Inside a transaction."""
    number = take_numbers(truth, "law_case", 1)
    row = number, case.profile_id, case.asked, case.door, case.received_day, case.source, case.outside_id
    truth.run(sql_text("consent", "add_law_case"), row)
    for step in case.steps:
        add_step(truth, number, step)
    return number


def add_step(truth: Truth, number: int, step: Step) -> None:
    """Writes what was done in a case. Inside a transaction."""
    truth.run(sql_text("consent", "add_case_step"), (number, step.number, step.at, step.did, step.who, step.known, step.words, step.until_day))


def name_case(truth: Truth, number: int, profile_id: int) -> None:
    """Makes a case that of a profile. Inside a transaction."""
    truth.run(sql_text("consent", "name_case"), (profile_id, number))


def cases(truth: Truth, numbers: Iterable[int]) -> dict[int, Case]:
    """These cases by number; one that there is none of is missing."""
    wanted = sorted(set(numbers))
    steps: dict[int, list[Step]] = defaultdict(list)
    for number, step_no, at, did, *rest in look_up(truth, "consent", "case_steps", wanted):
        steps[number].append(Step(step_no, at, Did(did), *rest))
    found = {}
    for number, profile, asked, door, day, source, outside_id in look_up(truth, "consent", "law_cases", wanted):
        log = tuple(sorted(steps[number], key=lambda step: step.number))
        found[number] = Case(number, profile, Asked(asked), Door(door), day, source, outside_id, log)
    return found


def open_cases(truth: Truth) -> list[Case]:
    """Every case that is not over, the one that is due next first."""
    numbers = [number for (number,) in truth.run(sql_text("consent", "open_law_cases"), END_NUMBERS)]
    return sorted(cases(truth, numbers).values(), key=lambda case: (case.due_day, case.number))


def closed_cases(truth: Truth, limit: int) -> list[Case]:
    """The cases opened last of those that are over."""
    numbers = [number for (number,) in truth.run(sql_text("consent", "closed_law_cases"), (*END_NUMBERS, limit))]
    return sorted(cases(truth, numbers).values(), key=lambda case: -case.number)


def empty_steps(truth: Truth, number: int, steps: Iterable[int]) -> None:
    """Empties what was noted in words of these steps of a case. Inside a transaction."""
    truth.run_many(sql_text("consent", "empty_case_step"), [(number, step) for step in steps])


def mailed_case(truth: Truth, sender: str, asked: Asked) -> int:
    """The number of the case that is open since an earlier mail of this sender asked the same; 0 where there is none."""
    rows = truth.run(sql_text("consent", "mailed_case"), (MAILED, int(asked), sender, *END_NUMBERS))
    return int(rows[0][0]) if rows else 0


def cases_of(truth: Truth, customers: Iterable[int]) -> list[Case]:
    """Every case of these customers, the oldest first."""
    numbers = [number for (number,) in look_up(truth, "consent", "law_cases_of", customers)]
    return [case for _, case in sorted(cases(truth, numbers).items())]


def case_from_outside(truth: Truth, source: str, outside_id: str) -> int:
    """The number of the case that a source passed on under that id; 0 where there is none."""
    rows = truth.run(sql_text("consent", "law_case_from_outside"), (source, outside_id))
    return int(rows[0][0]) if rows else 0
