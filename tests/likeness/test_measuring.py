"""What the benchmark of likeness counts: pairs of one person, what hangs together, and FEBRL's people with shop fields only."""

from __future__ import annotations

from collections import Counter

import pytest

from habitue.workshop import bench_likeness
from habitue.workshop.bench_likeness import clusters, measured, pairs_of
from habitue.workshop.febrl import febrl
from habitue.workshop.people import made_people


def test_what_hangs_together_is_one_cluster() -> None:
    assert clusters([(1, 2), (3, 2), (7, 8)]) == {(1, 2), (1, 3), (2, 3), (7, 8)}
    assert clusters([]) == set()


def test_scores_are_counted_by_pairs_with_an_interval_around_them() -> None:
    who = {number: str(number // 2) for number in range(200)}
    found = sorted(pairs_of(who))[:90] + [(0, 3)]
    scores = {name: (value, low, high) for name, value, low, high in measured(found, who)}
    assert scores["precision"][0] == 90 / 91
    assert scores["recall"][0] == 0.9
    assert scores["F1"][0] == pytest.approx(180 / 191)
    assert all(low < value < high for value, low, high in scores.values())


def test_febrl_is_read_with_what_a_shop_has() -> None:
    people, who = febrl("4a", "4b")
    assert len(people) == len(who) == 10_000
    assert set(Counter(who.values()).values()) == {2}
    assert not any(one.birthday_mmdd or one.email or one.phone or one.title for one in people)
    first = people[0]
    assert (first.given_name, first.family_name, first.street, first.postcode, first.city) == (
        "michaela", "neumann", "8 stanley street, miami", "4223", "winston hills",
    )  # fmt: skip


def test_made_people_are_always_the_same_and_say_who_is_who() -> None:
    assert list(made_people(500)) == list(made_people(500))
    made = list(made_people(500, seed=2))
    assert [one.somebody.number for one in made] == list(range(1, len(made) + 1))
    assert 20 < len(pairs_of({one.somebody.number: (one.person, one.home) for one in made})) < 100


def test_a_small_house_is_measured_as_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_likeness, "_febrl", lambda *_: iter(()))
    figures = {one.bench: one for one in bench_likeness.bench_likeness(600, 600, lambda _: None)}
    assert figures["likeness among families: automatic merges, right or wrong"].value == 0
    assert figures["likeness, 600 customers: precision"].value > 0.9
    assert figures["likeness, 600 customers: peak memory"].value > 50
