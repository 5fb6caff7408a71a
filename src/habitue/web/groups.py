"""Who hears nothing today, in the three groups that people read apart: left in peace, not ours to decide, control group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from habitue.app.model import DayPlan
from habitue.words.reasons import NOT_OURS_TO_DECIDE, Reason

WAITING = (Reason.WAITING_FOR_OUR_ANSWER, Reason.COMPLAINT_OPEN)


@dataclass(frozen=True)
class Group:
    """Silences of one sort, by reason, the most frequent first.

    Units: counts of customers.
    """

    name: str  # "peace", "not-ours", "control"
    counts: tuple[tuple[Reason, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)

    @property
    def most(self) -> Reason | None:
        """The reason of most of them; None where the group is empty."""
        return self.counts[0][0] if self.counts else None

    @property
    def has_majority(self) -> bool:
        """Whether one reason stands for more than half of the group."""
        return bool(self.counts) and 2 * self.counts[0][1] > self.total

    def stretch(self, limit: int, offset: int) -> Iterator[tuple[Reason, int, int]]:
        """Which reasons a page of the group's people lies in: (reason, how many, after how many), in the group's order."""
        for reason, count in self.counts:
            if limit <= 0:
                return
            if offset < count:
                taken = min(limit, count - offset)
                yield reason, taken, offset
                limit, offset = limit - taken, 0
            else:
                offset -= count


def group_name(reason: Reason) -> str:
    """The group that a reason for silence belongs to."""
    if reason in NOT_OURS_TO_DECIDE:
        return "not-ours"
    return "control" if reason is Reason.HELD_OUT else "peace"


def groups_of(plan: DayPlan) -> dict[str, Group]:
    """The silences of a day in their three groups; a group that nobody is in is there, and empty."""
    counts = sorted(((r, n) for r, n in plan.reasons.items() if n), key=lambda pair: (-pair[1], pair[0]))
    return {name: Group(name, tuple((r, n) for r, n in counts if group_name(r) == name)) for name in ("peace", "not-ours", "control")}


def waiting_for_us(plan: DayPlan) -> int:
    """How many wait for an answer of ours or have a complaint open."""
    return sum(plan.reasons.get(reason, 0) for reason in WAITING)
