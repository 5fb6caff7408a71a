"""Merging: free of the order in which it is done, taken apart to the byte, and no way to bring a consent back. For every history that hypothesis makes up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, permutations
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from habitue.app.listeners import record
from habitue.app.merging import Pairing
from habitue.decide.alone import Alone
from habitue.decide.model import Question, When
from habitue.events.catalogue import product_ids
from habitue.events.model import (
    AnyEvent,
    ConsentGiven,
    ConsentWithdrawn,
    CustomerDescribed,
    Occurrence,
    OrderCompleted,
    OrderLine,
    PauseAsked,
    PreferenceStated,
)
from habitue.identity.model import Person
from habitue.identity.records import keep_people, people, welcome, who_is
from habitue.store import Settings, Truth
from habitue.store.bases import CUSTOMER
from habitue.words.vocabulary import Channel, Level, Place, Purpose

ZONE = "Europe/Paris"
DAY_SECONDS = 86_400
NAMES = ("anna", "bert", "clara", "dora")
SUBJECTS = st.sampled_from(NAMES)
DAYS = st.integers(17_000, 17_040)
EXAMPLES = 20
_NUMBERS = count(1)

events = st.one_of(
    st.builds(
        lambda day, product: OrderCompleted("", day * DAY_SECONDS, Place.SHOP, "", "EUR", (OrderLine(product, 1000, 500),)), DAYS, st.sampled_from("xyz")
    ),
    st.builds(ConsentGiven, st.sampled_from((Purpose.OFFERS, Purpose.ADVICE)), st.sampled_from((Channel.EMAIL, Channel.SMS))),
    st.builds(ConsentWithdrawn, st.sampled_from((Purpose.OFFERS, Purpose.ADVICE)), st.sampled_from((Channel.EMAIL, Channel.SMS))),
    st.builds(PreferenceStated, st.just(Level.PRODUCT), st.sampled_from("xyz"), st.sampled_from((-1, 0, 1)), st.just("shop")),
    st.builds(PauseAsked, st.integers(17_050, 17_060)),
    st.builds(
        CustomerDescribed,
        st.just(17_000),
        st.sampled_from((0, 512, 229)),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.sampled_from(("", "FR", "BE")),
    ),
)
histories = st.lists(st.tuples(SUBJECTS, DAYS, events), max_size=14)
pairs = st.tuples(SUBJECTS, SUBJECTS).filter(lambda pair: pair[0] < pair[1])


class Town:
    """Four people of a test's own in a truth that others use too."""

    def __init__(self, truth: Truth, settings: Settings) -> None:
        self.truth, self.settings, self.number = truth, settings, next(_NUMBERS)
        with truth.transaction():
            truth.next_seq(0)
            product_ids(truth, "xyz")
            self.who = welcome(truth, {self.key(name): 16_990 * DAY_SECONDS for name in NAMES}, ZONE)
            keep_people(truth, {self.who[self.key(name)].profile_id: Person(given_name=name, email=f"{name}@example.org") for name in NAMES[:3]})

    def key(self, name: str) -> str:
        return f"{name}-{self.number}"

    def happens(self, name: str, day: int, event: AnyEvent) -> None:
        with self.truth.transaction():
            seq = self.truth.next_seq()
            event = OrderCompleted(f"o{seq}", event.sold_at, event.place, "", "EUR", event.lines) if isinstance(event, OrderCompleted) else event
            who = who_is(self.truth, "customer", [self.key(name)])[self.key(name)]
            record(self.truth, [Occurrence(event, "till", f"m{seq}", who.profile_id, day * DAY_SECONDS, day, 12, day * DAY_SECONDS)], ZONE, 0)

    def pair(self, one: str, other: str, day: int = 17_100) -> Pairing:
        return Pairing(self.truth, self.settings, self.key(one), self.key(other), day * DAY_SECONDS)

    def merge(self, one: str, other: str) -> None:
        with self.truth.transaction():
            if not self.pair(one, other).is_one:
                self.pair(one, other).merge()

    def part(self, one: str, other: str) -> None:
        with self.truth.transaction():
            self.pair(one, other).unmerge()

    @property
    def numbers(self) -> list[int]:
        return sorted(who.profile_id for who in self.who.values())

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of which judgement or a card reads, of these people: by whom it is now."""
        among = ", ".join(map(str, self.numbers))
        rows = {name: self.truth.run(f"SELECT {', '.join(columns)} FROM {name} WHERE customer_id IN ({among})") for name, columns in CUSTOMER.items()}
        rows |= {"profile": self.truth.run(f"SELECT profile_id, customer_id, joined_at FROM profile WHERE profile_id IN ({among})")}
        rows |= {"person": [(number, *map(str, [person])) for number, person in people(self.truth, self.numbers).items()]}
        return {name: sorted(found) for name, found in rows.items()}

    def allowed(self, name: str, day: int = 17_200) -> set[tuple[int, int]]:
        """For what and how she may be written to."""
        alone = Alone(self.truth, Question(0, {}, None, ()), day)
        customer = who_is(self.truth, "customer", [self.key(name)])[self.key(name)].customer_id
        when = When((day + 1) * DAY_SECONDS, day, 1, -1, 0, 0)
        return {(row["purpose"], row["channel"]) for row in alone.read("permission", customer, when) if row["is_granted"]}


class Towns:
    """Gives every example a town of its own."""

    def __init__(self, truth: Truth, settings: Settings) -> None:
        self.truth, self.settings = truth, settings

    def found(self, history: Sequence[tuple[str, int, AnyEvent]] = ()) -> Town:
        town = Town(self.truth, self.settings)
        for name, day, event in history:
            town.happens(name, day, event)
        return town


def for_every(**strategies: Any) -> Any:
    """The example's truth is the test's own: towns in it do not meet."""
    kept = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
    return lambda test: kept(given(**strategies)(test))


@for_every(history=histories, pair=pairs)
def test_taken_apart_both_are_to_the_byte_what_they_were(truth: Truth, settings: Settings, history: Any, pair: Any) -> None:
    town = Towns(truth, settings).found(history)
    before = town.everything()
    town.merge(*pair)
    assert town.everything() != before, "a merge that nobody can see"
    town.part(*pair)
    assert town.everything() == before


@for_every(history=histories, later=histories, pair=pairs)
def test_what_came_meanwhile_goes_where_its_own_number_says(truth: Truth, settings: Settings, history: Any, later: Any, pair: Any) -> None:
    never, merged = Towns(truth, settings).found([*history, *later]), Towns(truth, settings).found(history)
    merged.merge(*pair)
    for name, day, event in later:
        merged.happens(name, day, event)
    merged.part(*pair)
    assert _shape(merged) == _shape(never)


@for_every(history=histories, joined=st.lists(pairs, min_size=2, max_size=3, unique=True))
def test_merging_is_free_of_its_order(truth: Truth, settings: Settings, history: Any, joined: Any) -> None:
    found = []
    for order in permutations(joined):
        town = Towns(truth, settings).found(history)
        for one, other in order:
            with truth.transaction():
                pairing = town.pair(one, other)
                if not pairing.is_one:
                    pairing.merge()
        found.append(_shape(town))
    assert all(each == found[0] for each in found)


@for_every(history=histories, joined=st.lists(pairs, min_size=1, max_size=3, unique=True))
def test_a_merge_never_brings_a_consent_back(truth: Truth, settings: Settings, history: Any, joined: Any) -> None:
    town = Towns(truth, settings).found(history)
    refused = {name: _refused(history, name) for name in NAMES}
    for one, other in joined:
        town.merge(one, other)
    for name in NAMES:
        together = {name} | {other for other in NAMES if other != name and town.pair(name, other).is_one}
        assert not town.allowed(name) & set().union(*(refused[each] for each in together))


def _refused(history: Sequence[tuple[str, int, AnyEvent]], whose: str) -> set[tuple[int, int]]:
    """What her last word was no to: the latest day, then the last told."""
    last: dict[tuple[int, int], tuple[int, int, bool]] = {}
    for place, (name, day, event) in enumerate(history):
        if name == whose and isinstance(event, ConsentGiven | ConsentWithdrawn):
            key = int(event.purpose), int(event.channel)
            last[key] = max(last.get(key, (0, 0, True)), (day, place, isinstance(event, ConsentGiven)))
    return {key for key, (_, _, is_yes) in last.items() if not is_yes}


def _shape(town: Town) -> dict[str, list[tuple[Any, ...]]]:
    """Everything, with the numbers that differ from town to town made the same."""
    place = {number: NAMES[n] for n, number in enumerate(town.numbers)}
    columns = {**CUSTOMER, "profile": ("profile_id", "customer_id", "joined_at"), "person": ("customer_id", "person")}
    own = ("seq", "order_id", "touch_id", "control_permille", "bucket_hash", "thread_id")
    return {
        name: sorted(
            tuple(
                place.get(value, value) if column in ("customer_id", "profile_id") else value
                for column, value in zip(columns[name], row, strict=True)
                if column not in own
            )
            for row in rows
        )
        for name, rows in town.everything().items()
    }
