"""Who waits to be looked at, and in which order: whatever was proposed, said, joined and parted, it is as if everything were read anew."""

from __future__ import annotations

from importlib.resources import files
from itertools import count
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given
from hypothesis import settings as runs

from habitue.app.merging import Pairing
from habitue.identity.proposals import propose
from habitue.identity.records import welcome
from habitue.identity.waiting import Pair, Proposal, count_open_pairs, open_pair, open_pairs
from habitue.store import Settings, Truth
from habitue.store.migrate import statements
from habitue.words.errors import Refused

NAMES = range(5)
PAIRS = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1])
FOUND = st.tuples(st.just("propose"), PAIRS, st.sampled_from(("email", "phone", "device", "likeness", "home")), st.integers(0, 1000))
SAID = st.tuples(st.sampled_from(("merge", "unmerge", "say_apart", "say_household", "part_household")), PAIRS, st.just(""), st.just(0))
STEPS = st.lists(FOUND | FOUND | SAID, max_size=16)
_TOWNS = count(1)


def lived(truth: Truth, settings: Settings, steps: list[Any]) -> None:
    """Some people to whom all that happens, what is refused left out; those of other examples are gone."""
    town = next(_TOWNS)
    with truth.transaction():
        truth.run("DELETE FROM proposal")
        who = welcome(truth, {f"{town}-{name}": 1 for name in NAMES}, "Europe/Paris")
    for at, (step, (one, other), reason, chance) in enumerate(steps, 1):
        keys = f"{town}-{one}", f"{town}-{other}"
        with truth.transaction():
            truth.next_seq(0)
            if step == "propose":
                propose(truth, [Proposal(who[keys[0]].profile_id, who[keys[1]].profile_id, reason, chance, "", at)])
                continue
            try:
                getattr(Pairing(truth, settings, *keys, at), step)()
            except Refused:
                continue


def read_anew(truth: Truth) -> list[Pair]:
    """The same, of everything that was ever proposed or said."""
    found: dict[tuple[int, int], list[Proposal]] = {}
    settled = set()
    rows = truth.run(
        "SELECT one.customer_id, other.customer_id, p.answer, p.one_profile_id, p.other_profile_id, p.reason, p.chance_permille, p.evidence, p.found_at"
        " FROM proposal AS p JOIN profile AS one ON one.profile_id = p.one_profile_id JOIN profile AS other ON other.profile_id = p.other_profile_id"
        " ORDER BY p.found_at, p.one_profile_id, p.other_profile_id, p.reason"
    )
    for one, other, said, *rest in rows:
        key = min(one, other), max(one, other)
        if said in ("apart", "household"):
            settled.add(key)
        elif not said and one != other:
            found.setdefault(key, []).append(Proposal(*rest))
    return [Pair(*key, tuple(proposals)) for key, proposals in found.items() if key not in settled]


def rank(pair: Pair) -> tuple[bool, int, int]:
    return pair.is_of_a_home, -pair.chance_permille, -len(pair.proposals)


@given(steps=STEPS)
@runs(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_it_is_as_if_everything_were_read_anew(truth: Truth, settings: Settings, steps: list[Any]) -> None:
    lived(truth, settings, steps)
    waiting, wanted = open_pairs(truth), read_anew(truth)
    assert [rank(pair) for pair in waiting] == sorted(map(rank, wanted))
    assert sorted(map(str, waiting)) == sorted(map(str, wanted))
    assert count_open_pairs(truth) == len(wanted)
    assert [open_pairs(truth, 1, place) for place in range(len(wanted))] == [[pair] for pair in waiting]
    assert [open_pair(truth, pair.other_id, pair.one_id) for pair in waiting] == waiting


@given(steps=STEPS)
@runs(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_house_from_before_finds_the_same_order(truth: Truth, settings: Settings, steps: list[Any]) -> None:
    lived(truth, settings, steps)
    waiting = open_pairs(truth)
    text = (files("habitue.store") / "migrations" / "2026_11_22_waiting_pair.sql").read_text(encoding="utf-8")
    with truth.transaction():
        truth.run("UPDATE proposal SET place = 0")
        truth.run(statements(text, truth.dialect)[-1])
    assert open_pairs(truth) == waiting
