"""Which pairs of customers wait for a person to look at them, and in which order; read without reading them all, however many there are.

One open proposal stands for each pair of today's customers and bears the pair's place. Whoever proposes, answers, joins or parts lays it out anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from habitue.events.lookup import look_up
from habitue.store import Truth, sql_text

Reason = Literal["email", "phone", "card", "device", "likeness", "home"]
SAID = "said"
"""The reason of what nobody proposed: a person said it of two customers by herself."""
SETTLED = ("apart", "household")
EVERY = 10**9
AFTER_ALL_OTHERS = 1_000_000
CERTAIN_PERMILLE, MOST_REASONS = 1000, 100
Key = tuple[int, int]
"""Two customers, the older first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Why two profiles may be one customer's.

    Units: `chance_permille` is 0 where nothing was estimated; `found_at` is in UTC seconds. `evidence` holds words of ours, never a name or an address.
    """

    one_profile_id: int
    other_profile_id: int
    reason: Reason
    chance_permille: int
    evidence: str
    found_at: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers to look at, the older first, with all that speaks for their being one."""

    one_id: int
    other_id: int
    proposals: tuple[Proposal, ...]

    @property
    def is_of_a_home(self) -> bool:
        """Whether name and address say that they are one person or live together: then what else they share, two who live together share as well."""
        reasons = {each.reason for each in self.proposals}
        return "home" in reasons and "likeness" not in reasons

    @property
    def place(self) -> int:
        """Where it stands among all, from 1: the likeliest first, then what most speaks for; those who perhaps only live together last."""
        fewest = MOST_REASONS - min(len(self.proposals), MOST_REASONS - 1)
        return AFTER_ALL_OTHERS * self.is_of_a_home + (CERTAIN_PERMILLE - self.chance_permille) * MOST_REASONS + fewest

    @property
    def chance_permille(self) -> int:
        """The greatest that was estimated for any of their reasons; 0 where none was."""
        return max(each.chance_permille for each in self.proposals)


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal as it stands: what was answered (empty: nothing yet), the place that it bears, and whose its profiles are today."""

    proposal: Proposal
    answer: str
    place: int
    one_id: int
    other_id: int

    @property
    def key(self) -> tuple[int, int, str]:
        return self.proposal.one_profile_id, self.proposal.other_profile_id, self.proposal.reason


def open_pairs(truth: Truth, limit: int = EVERY, offset: int = 0) -> list[Pair]:
    """A stretch of those of whom nobody has said yet whether they are one, the likeliest first; those who perhaps only live together last."""
    with truth.snapshot():
        keys = [_ordered(*row) for row in truth.run(sql_text("identity", "waiting_pairs"), (limit, offset))]
        pairs = _pairs(_between(truth, {one for one, _ in keys}))
    return [pairs[key] for key in keys]


def count_open_pairs(truth: Truth) -> int:
    """How many wait."""
    return int(truth.run(sql_text("identity", "count_waiting_pairs"))[0][0])


def open_pair(truth: Truth, one_id: int, other_id: int) -> Pair | None:
    """These two customers, where they wait to be looked at."""
    return _pairs(_between(truth, [one_id])).get(_ordered(one_id, other_id))


def lay_out(truth: Truth, customer_ids: Iterable[int]) -> None:
    """Gives every pair with one of these customers its place, now that something was said of them or they are others; inside the transaction that did it."""
    between = _between(truth, set(customer_ids))
    pairs = _pairs(between)
    rows: list[tuple[Any, ...]] = []
    for key, every in between.items():
        first = min((each.key for each in every if not each.answer), default=None) if key in pairs else None
        wanted = {each.key: pairs[key].place if each.key == first else 0 for each in every}
        rows += [(wanted[each.key], *each.key) for each in every if each.place != wanted[each.key]]
    truth.run_many(sql_text("identity", "place_proposal"), rows)


def _between(truth: Truth, customer_ids: Iterable[int]) -> dict[Key, list[Standing]]:
    """All that was proposed or said of these customers and any other, by the two whom it is about today; of one's own profiles, under her number twice."""
    wanted, found = set(customer_ids), dict[tuple[int, int, str], Standing]()
    for query in ("proposals_of_one", "proposals_of_other"):
        for row in look_up(truth, "identity", query, wanted):
            each = Standing(Proposal(*row[:6]), *row[6:])
            found[each.key] = each
    between: dict[Key, list[Standing]] = defaultdict(list)
    for each in found.values():
        between[_ordered(each.one_id, each.other_id)].append(each)
    return between


def _pairs(between: dict[Key, list[Standing]]) -> dict[Key, Pair]:
    """The pairs among these that wait: two customers still, told apart by nobody."""
    waiting: dict[Key, Pair] = {}
    for (one, other), every in between.items():
        proposals = [each.proposal for each in every if not each.answer]
        if proposals and one != other and not any(each.answer in SETTLED for each in every):
            waiting[one, other] = Pair(one, other, tuple(sorted(proposals, key=_found)))
    return waiting


def _found(each: Proposal) -> tuple[int, int, int, str]:
    return each.found_at, each.one_profile_id, each.other_profile_id, each.reason


def _ordered(one: int, other: int) -> Key:
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class ToldApart:
    """Two of whom a person said that they are two people, or live together: two profiles, and the customers whose those are today.

    `is_of_these` where those two numbers were meant, and not others of theirs.
    """

    profiles: frozenset[int]
    customers: frozenset[int]
    is_of_these: bool


def told_apart(truth: Truth, customer_ids: Iterable[int]) -> list[ToldApart]:
    """Whom of these customers a person has told from another of them, by whichever of their numbers."""
    rows = look_up(truth, "identity", "told_apart", set(customer_ids))
    return [ToldApart(frozenset((one, other)), frozenset((hers, his)), reason == SAID) for one, hers, other, his, reason in rows]
