"""Two customers who may be one: proposed by what they share or by likeness, decided by a person. Nothing here joins anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from habitue.events.lookup import look_up
from habitue.identity.model import SharedKind, Who
from habitue.identity.records import who_have, whose
from habitue.store import Truth, sql_text

Reason = Literal["email", "phone", "card", "device", "likeness", "home"]
Answer = Literal["same", "household", "apart"]
"""One person; two people who live together; two people."""
SAID = "said"
"""The reason of what nobody proposed: a person said it of two customers by herself."""
MOST_SHARERS = 6
"""What more people have in common is nobody's own: a shop's mailbox, a made-up number."""


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
    def chance_permille(self) -> int:
        """The greatest that was estimated for any of their reasons; 0 where none was."""
        return max(each.chance_permille for each in self.proposals)


def propose(truth: Truth, proposals: Iterable[Proposal]) -> int:
    """Keeps those that are new: of two customers still, about whom nobody has said anything; gives how many. Inside a transaction."""
    ordered = [_ordered(each) for each in proposals]
    if not ordered:
        return 0
    profiles = {number for each in ordered for number in (each.one_profile_id, each.other_profile_id)}
    customer = {number: who.customer_id for number, who in whose(truth, profiles).items()}
    known = {tuple(row) for row in look_up(truth, "identity", "proposals_of", profiles)}
    settled = {each.customers for each in told_apart(truth, set(customer.values()))}
    fresh = {
        (each.one_profile_id, each.other_profile_id, each.reason): each
        for each in ordered
        if len(both := frozenset((customer[each.one_profile_id], customer[each.other_profile_id]))) == 2 and both not in settled
    }
    rows = [each for key, each in fresh.items() if key not in known]
    truth.run_many(
        sql_text("identity", "add_proposal"),
        [(each.one_profile_id, each.other_profile_id, each.reason, each.chance_permille, each.evidence, each.found_at) for each in rows],
    )
    return len(rows)


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


def propose_sharers(truth: Truth, kind: SharedKind, values: Iterable[str], at: int, country: str = "") -> int:
    """Proposes everybody who has one of these identifiers together with its first holder, where they are several customers. Inside a transaction."""
    found = []
    for holders in who_have(truth, kind, values, country).values():
        if len(holders.who) <= MOST_SHARERS and not holders.is_shared:
            first = holders.who[0]
            found += [Proposal(first.profile_id, who.profile_id, kind, 0, "", at) for who in holders.who[1:] if who.customer_id != first.customer_id]
    return propose(truth, found)


def _ordered(each: Proposal) -> Proposal:
    one, other = sorted((each.one_profile_id, each.other_profile_id))
    return Proposal(one, other, each.reason, each.chance_permille, each.evidence, each.found_at)


def open_pairs(truth: Truth) -> list[Pair]:
    """Every two customers of whom nobody has said yet whether they are one, the likeliest first; those who perhaps only live together last."""
    found: dict[tuple[int, int], list[Proposal]] = {}
    for one, other, *rest in truth.run(sql_text("identity", "open_proposals")):
        found.setdefault((min(one, other), max(one, other)), []).append(Proposal(*rest))
    settled = {each.customers for each in told_apart(truth, {number for key in found for number in key})}
    pairs = [Pair(*key, tuple(proposals)) for key, proposals in found.items() if frozenset(key) not in settled]
    return sorted(pairs, key=lambda pair: (pair.is_of_a_home, -pair.chance_permille, -len(pair.proposals), pair.one_id, pair.other_id))


def answer(truth: Truth, one: Who, other: Who, said: Answer, at: int) -> None:
    """Keeps what a person said of two customers by a number of each, whether it was proposed or not; the last word counts. Inside a transaction."""
    hers, his = one.customer_id, other.customer_id
    truth.run(sql_text("identity", "answer_proposals"), (said, at, hers, his, his, hers))
    truth.run(sql_text("identity", "answer_pair"), (*sorted((one.profile_id, other.profile_id)), SAID, at, said, at))


def take_back_household(truth: Truth, one: Who, other: Who, at: int) -> None:
    """Whether these two live together is open again; inside a transaction."""
    hers, his = one.customer_id, other.customer_id
    truth.run(sql_text("identity", "take_back_household"), (SAID, at, hers, his, his, hers))


__all__ = ["Answer", "Pair", "Proposal", "Reason", "ToldApart", "answer", "open_pairs", "propose", "take_back_household", "told_apart"]
