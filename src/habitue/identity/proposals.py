"""Two customers who may be one: proposed by what they share or by likeness, decided by a person. Nothing here joins anybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from habitue.events.lookup import look_up
from habitue.identity.model import SharedKind, Who
from habitue.identity.records import who_have, whose
from habitue.identity.waiting import SAID, Proposal, lay_out, told_apart
from habitue.store import Truth, sql_text

Answer = Literal["same", "household", "apart"]
"""One person; two people who live together; two people."""
MOST_SHARERS = 6
"""What more people have in common is nobody's own: a shop's mailbox, a made-up number."""


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
    lay_out(truth, {customer[number] for each in rows for number in (each.one_profile_id, each.other_profile_id)})
    return len(rows)


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


def answer(truth: Truth, one: Who, other: Who, said: Answer, at: int) -> None:
    """Keeps what a person said of two customers by a number of each, whether it was proposed or not; the last word counts. Inside a transaction."""
    hers, his = one.customer_id, other.customer_id
    truth.run(sql_text("identity", "answer_proposals"), (said, at, hers, his, hers, his, his, hers))
    truth.run(sql_text("identity", "answer_pair"), (*sorted((one.profile_id, other.profile_id)), SAID, at, said, at))
    lay_out(truth, (hers, his))


def take_back_household(truth: Truth, one: Who, other: Who, at: int) -> None:
    """Whether these two live together is open again; inside a transaction."""
    hers, his = one.customer_id, other.customer_id
    truth.run(sql_text("identity", "take_back_household"), (SAID, at, hers, his, hers, his, his, hers))
    lay_out(truth, (hers, his))
