"""The three groups of silence, and where a page of their people lies."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from habitue.web.groups import Group, groups_of, waiting_for_us
from habitue.words.reasons import Reason
from tests.web.paper import plan

REASONS = [reason for reason in Reason if reason is not Reason.SAID]
counts = st.dictionaries(st.sampled_from(REASONS), st.integers(0, 30))


@given(counts)
def test_no_silence_is_counted_twice_or_lost(reasons: dict[Reason, int]) -> None:
    groups = groups_of(plan(reasons=reasons))
    assert sum(group.total for group in groups.values()) == sum(reasons.values())
    assert set(groups) == {"peace", "not-ours", "control"}


@given(counts, st.integers(1, 12))
def test_the_pages_of_a_group_together_are_the_group(reasons: dict[Reason, int], size: int) -> None:
    group = groups_of(plan(reasons=reasons))["peace"]
    seen: list[tuple[Reason, int]] = []
    for offset in range(0, group.total, size):
        parts = list(group.stretch(size, offset))
        assert sum(taken for _, taken, _ in parts) == min(size, group.total - offset)
        seen += [(reason, place) for reason, taken, first in parts for place in range(first, first + taken)]
    assert seen == [(reason, place) for reason, count in group.counts for place in range(count)]


def test_what_was_not_ours_to_decide_stands_apart() -> None:
    groups = groups_of(plan())
    assert groups["peace"].total == 1843
    assert groups["peace"].most is Reason.NOT_WORTH_HER_ATTENTION
    assert groups["peace"].has_majority
    assert groups["not-ours"].counts == ((Reason.NO_CONSENT, 200), (Reason.UNREACHABLE, 43))
    assert groups["control"].counts == ((Reason.HELD_OUT, 171),)


def test_half_is_not_most() -> None:
    assert not Group("peace", ((Reason.PAUSED, 5), (Reason.NOT_DUE, 5))).has_majority
    assert Group("peace", ()).most is None


def test_whoever_complained_waits_for_us_too() -> None:
    assert waiting_for_us(plan(reasons={Reason.COMPLAINT_OPEN: 2, Reason.WAITING_FOR_OUR_ANSWER: 1, Reason.PAUSED: 9})) == 3
