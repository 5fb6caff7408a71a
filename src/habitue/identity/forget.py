"""Who she is: shown, and erased. Whoever was joined with her stays, as if she had never been."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from habitue.events.lookup import look_up
from habitue.identity.linking import regroup
from habitue.store import Truth
from habitue.store.schema import drop_where, rows_where
from habitue.words.whom import Whom

HOLDS = {
    "profile": "that she is a customer",
    "identifier": "her numbers, addresses, telephones, cards and devices",
    "person": "her name and addresses, as each source tells them",
    "customer_fact": "since when she is a customer, her birthday, by which ways she can be reached",
    "link": "with whom she was joined, or lives",
    "link_claim": "which number a link claimed for a device of hers",
    "proposal": "whom she was likened to",
    "her_link": "links that lead her to her own page",
    "look": "who of the shop looked at what is known of her",
    "customer_changed": "that the files for judgement are to be brought up to date about her",
}
BY = {
    "identifier": ("profile_id",),
    "person": ("profile_id",),
    "customer_fact": ("profile_id",),
    "link": ("one_profile_id", "other_profile_id"),
    "proposal": ("one_profile_id", "other_profile_id"),
    "her_link": ("profile_id",),
    "look": ("profile_id",),
    "customer_changed": ("customer_id",),
    "profile": ("profile_id",),
}
"""By relation: the columns that bear the number of a profile."""


def shown(truth: Truth, whom: Whom) -> dict[str, list[dict[str, Any]]]:
    """Every row that is hers, by relation."""
    found = {relation: _each_once(row for column in by for row in rows_where(truth, relation, column, whom.profiles)) for relation, by in BY.items()}
    found["link_claim"] = _each_once(row for column, values in _claims(whom) for row in rows_where(truth, "link_claim", column, values))
    return found


def erase(truth: Truth, whom: Whom) -> dict[str, int]:
    """Erases them; gives how many rows of each relation. Inside a transaction that holds the right to write."""
    others = neighbours(truth, whom)
    counts = {relation: sum(drop_where(truth, relation, column, whom.profiles) for column in by) for relation, by in BY.items()}
    counts["link_claim"] = sum(drop_where(truth, "link_claim", column, values) for column, values in _claims(whom))
    if others:
        regroup(truth, others, truth.next_seq())
    return counts


def whom_of(truth: Truth, profiles: list[int]) -> Whom:
    """Whom these profiles are: with every identifier and every name that they tell."""
    identifiers = tuple(dict.fromkeys((str(kind), str(value)) for kind, value in look_up(truth, "identity", "whole_identifiers", profiles)))
    persons = rows_where(truth, "person", "profile_id", profiles)
    told = {("email", row["email"].strip()) for row in persons} | {("phone", row["phone"].strip()) for row in persons}
    names = {(row["given_name"], row["family_name"]) for row in persons}
    every = dict.fromkeys((*identifiers, *sorted(each for each in told if each[1])))
    return Whom(tuple(sorted(profiles)), tuple(every), tuple(sorted(names)))


def neighbours(truth: Truth, whom: Whom) -> list[int]:
    """Profiles that were ever joined with hers, and are not hers."""
    rows = [row for query in ("linked_with", "linked_with_other") for row in look_up(truth, "identity", query, whom.profiles)]
    return sorted({number for (number,) in rows} - set(whom.profiles))


def _each_once(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row that bears two numbers of hers is one row."""
    return list({tuple(row.items()): row for row in rows}.values())


def _claims(whom: Whom) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("device", whom.of_kind("device")), ("customer_key", whom.of_kind("customer"))
