"""Likeness measured: FEBRL 4 and 3 with shop fields only, planted families, and a made house of a million customers.

What likeness knows of slips was counted on FEBRL 1 and 2; 3 and 4 were not looked at before it stood. A pair counts as found at .99.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import combinations, islice
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from habitue.app.likeness import Alike, Reason, Somebody, alike
from habitue.app.likeness.proposing import propose_alike
from habitue.identity.model import Person
from habitue.identity.records import keep_people, strangers
from habitue.store import Settings, Truth, load_settings, open_truth, save_settings
from habitue.workshop.bench import Figure, Told, bench_folder, figure, in_process_of_its_own, interval, peak_megabytes
from habitue.workshop.febrl import febrl
from habitue.workshop.people import HOUSEHOLDS, Made, made_people

Pair = tuple[int, int]
Ints = npt.NDArray[np.int64]
CUSTOMERS, FAMILIES = 1_000_000, 20_000
MEMORY_MB = 3_000
REPEATS, SEED = 2_000, 20_261_122
SLICE = 20_000
ASKED: tuple[tuple[str, tuple[Reason, ...]], ...] = (("proposed", ("likeness", "home")), ("proposed as one person", ("likeness",)))
"""All that a person is to look at; and of it what is not asked as “one person, or two who live together?”."""


def bench_likeness(customers: int = CUSTOMERS, families: int = FAMILIES, tell: Told = print) -> Iterator[Figure]:
    """How well likeness finds who comes twice, whom it takes for another, and what a large house costs."""
    with bench_folder() as folder:
        tell("FEBRL 4 and 3")
        yield from _febrl(folder)
        tell(f"{families:,} customers in families")
        yield from _families(folder / "families", families)
        if customers:
            tell(f"{customers:,} customers")
            yield from _large(folder / "house", customers)


def _febrl(folder: Path) -> Iterator[Figure]:
    four, who_of_four = febrl("4a", "4b")
    three, who_of_three = febrl("3")
    found_in_four, found_in_three = alike(four, folder, MEMORY_MB), alike(three, folder, MEMORY_MB)
    for asked, reasons in ASKED:
        pairs = _pairs(found_in_four, reasons)
        for name, value, low, high in measured(pairs, who_of_four):
            yield interval(f"likeness on FEBRL 4, {asked}: {name}", "", value, low, high, _missed(pairs, who_of_four) if name == "F1" else "")
        for name, value, low, high in measured(clusters(_pairs(found_in_three, reasons)), who_of_three):
            yield interval(f"likeness on FEBRL 3, {asked}: {name} of clusters", "", value, low, high)


def _pairs(found: Iterable[Alike], reasons: Collection[Reason]) -> set[Pair]:
    return {(pair.one, pair.other) for pair in found if pair.reason in reasons}


def _missed(pairs: Collection[Pair], who: Mapping[int, str]) -> str:
    wrong = sum(who[one] != who[other] for one, other in pairs)
    return f"{len(pairs):,} pairs proposed at .99, {wrong} of them wrong; nothing is merged by likeness; interval: persons redrawn {REPEATS:,} times"


def pairs_of(who: Mapping[int, object]) -> set[Pair]:
    """Every two numbers that are one person."""
    numbers: dict[object, list[int]] = {}
    for number, person in who.items():
        numbers.setdefault(person, []).append(number)
    return {pair for each in numbers.values() for pair in combinations(sorted(each), 2)}


def clusters(pairs: Iterable[Pair]) -> set[Pair]:
    """Every two that hang together over some chain of pairs."""
    leader: dict[int, int] = {}

    def lead(number: int) -> int:
        while leader.setdefault(number, number) != number:
            leader[number] = number = leader[leader[number]]
        return number

    for one, other in pairs:
        leader[lead(other)] = lead(one)
    return pairs_of({number: lead(number) for number in leader})


def measured(pairs: Collection[Pair], who: Mapping[int, str]) -> list[tuple[str, float, float, float]]:
    """F1, precision and recall, each with the interval in which 95 of 100 lie when the persons are drawn anew."""
    persons = {person: place for place, person in enumerate(dict.fromkeys(who.values()))}
    right, wrong, true = (np.zeros(len(persons)) for _ in range(3))
    for one, other in pairs:
        (right if who[one] == who[other] else wrong)[persons[who[one]]] += 1
    for one, _ in pairs_of(who):
        true[persons[who[one]]] += 1
    draws = np.random.default_rng(SEED).multinomial(len(persons), np.full(len(persons), 1 / len(persons)), REPEATS)
    every = [_scores(right @ draw, wrong @ draw, true @ draw) for draw in draws]
    low, high = np.quantile(every, (0.025, 0.975), axis=0)
    return list(zip(("F1", "precision", "recall"), _scores(right.sum(), wrong.sum(), true.sum()), low, high, strict=True))


def _scores(right: float, wrong: float, true: float) -> tuple[float, float, float]:
    precision, recall = right / max(1.0, right + wrong), right / max(1.0, true)
    return 2 * right / max(1.0, right + wrong + true), precision, recall


def _families(house: Path, customers: int) -> Iterator[Figure]:
    """Whom likeness takes for one among planted fathers and sons, couples, twins, namesakes and movers, and whether anybody was joined."""
    settings = Settings(data=house)
    save_settings(settings)
    made = dict(enumerate(made_people(customers), 1))
    with closing(open_truth(settings)) as truth:
        _move_in(truth, iter(made.values()))
        propose_alike(truth, settings)
        [(joined,)] = truth.run("SELECT COUNT(*) FROM profile WHERE customer_id <> profile_id")
        pairs, homes = set(_proposed(truth, "likeness")), _proposed(truth, "home")
    yield figure("likeness among families: automatic merges, right or wrong", "merges", [joined], f"of {len(made):,} profiles, after the look")
    wrong = Counter(_wrong_by(made[one], made[other]) for one, other in pairs if made[one].person != made[other].person)
    households = Counter(one.kind for one in {made.household: made for made in made.values()}.values())
    for kind, _ in HOUSEHOLDS:
        if kind not in ("alone", "mover"):
            yield figure(f"likeness among families: {kind}, proposed though two people", "pairs", [wrong[kind]], f"of {households[kind]:,} such households")
    yield figure("likeness among families: strangers, proposed", "pairs", [wrong["strangers"]])
    right = sum(made[one].household == made[other].household for one, other in homes)
    yield figure("likeness among families: proposed as one person or one home, and so it is", "of 1", [right / len(homes)], f"of {len(homes):,} pairs")
    twice = pairs_of({number: (one.person, one.home) for number, one in made.items()})
    moved = pairs_of({number: one.person for number, one in made.items()}) - twice
    yield figure("likeness among families: who comes twice, found", "of 1", [len(twice & pairs) / len(twice)], f"of {len(twice):,} pairs at one address")
    asked = len(twice & (pairs | set(homes))) / len(twice)
    yield figure("likeness among families: who comes twice, found or asked as one home", "of 1", [asked])
    yield figure("likeness among families: movers, found", "of 1", [len(moved & pairs) / len(moved)], f"of {len(moved):,} pairs; a name alone proposes nobody")


def _proposed(truth: Truth, reason: Reason) -> list[Pair]:
    """The pairs that likeness has proposed for a reason, by profile."""
    return [(one, other) for one, other in truth.run("SELECT one_profile_id, other_profile_id FROM proposal WHERE reason = ?", (reason,))]


def _wrong_by(one: Made, other: Made) -> str:
    return one.kind if one.household == other.household else "strangers"


class Cost(msgspec.Struct):
    """What the look through a large house cost. Units: seconds, and megabytes of the whole process at its peak."""

    seconds: float
    peak_mb: float


def _large(house: Path, customers: int) -> Iterator[Figure]:
    """A made house on SQLite, looked through by the command's own function in a process of its own."""
    settings = Settings(data=house, memory_mb=MEMORY_MB)
    save_settings(settings)
    with closing(open_truth(settings)) as truth:
        person, home = _move_in(truth, made_people(customers))
    said, spent = in_process_of_its_own("-m", "habitue.workshop.bench_likeness", house)
    cost = msgspec.json.decode(said, type=Cost)
    with closing(open_truth(settings)) as truth:
        found: Ints = np.array(_proposed(truth, "likeness")) - 1
        homes = len(_proposed(truth, "home"))
    right = int(np.sum(person[found[:, 0]] == person[found[:, 1]]))
    same_home = int(np.sum((person[found[:, 0]] == person[found[:, 1]]) & (home[found[:, 0]] == home[found[:, 1]])))
    _, counts = np.unique(person * 2 + home, return_counts=True)
    twice = int(np.sum(counts * (counts - 1) // 2))
    name = f"likeness, {customers:,} customers"
    yield figure(f"{name}: time", "s", [cost.seconds], f"from the truth on SQLite to proposals in it; {spent.cpu:,.0f} s of processor time")
    yield figure(f"{name}: peak memory", "MB", [cost.peak_mb], f"the one process that does it; DuckDB may take {MEMORY_MB:,} MB")
    yield figure(f"{name}: precision", "of 1", [right / len(found)], f"of {len(found):,} pairs proposed as one person; {homes:,} more as one home")
    yield figure(f"{name}: recall", "of 1", [same_home / twice], f"of {twice:,} pairs at one address")


def _move_in(truth: Truth, people: Iterator[Made]) -> tuple[Ints, Ints]:
    """Writes made people into the truth; gives who each is and in which of her homes, in the order of their profiles, which run from 1."""
    person: list[int] = []
    home: list[int] = []
    while made := list(islice(people, SLICE)):
        with truth.transaction():
            numbers = [who.profile_id for who in strangers(truth, len(made))]
            keep_people(truth, {number: _person(one.somebody) for number, one in zip(numbers, made, strict=True)})
        person += [one.person for one in made]
        home += [one.home for one in made]
    return np.array(person), np.array(home)


def _person(one: Somebody) -> Person:
    return Person(
        given_name=one.given_name, family_name=one.family_name, street=one.street, postcode=one.postcode, city=one.city, email=one.email, phone=one.phone
    )


def main() -> None:
    """The program: looks through the house that is named, and says what it cost."""
    began = time.perf_counter()
    settings = load_settings(Path(sys.argv[1]), {})
    with closing(open_truth(settings)) as truth:
        propose_alike(truth, settings)
    sys.stdout.write(msgspec.json.encode(Cost(time.perf_counter() - began, peak_megabytes())).decode())


if __name__ == "__main__":
    main()
