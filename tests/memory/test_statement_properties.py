"""What holds for any words of hers: their order of arrival does not matter, what is inferred never speaks against her, and a refusal does not age."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habitue.app import House
from habitue.app.listeners import record
from habitue.events.model import Occurrence, PreferenceStated
from habitue.identity.records import welcome
from habitue.words.clock import local_day_and_hour
from habitue.words.keys import key_hash
from habitue.words.vocabulary import Level, Strength, Subject, Told
from tests.cast import AFTERWARDS, Shop, day

ZONE = "Europe/Paris"
FIRST, NOW = 1_483_700_000, 1_509_600_000  # January to the morning of 2 November 2017
ABOUT = ((Subject.THING, "MEAT/VEAL"), (Subject.THING, "MEAT/LIVER"), (Subject.ATTRIBUTE, "organic"), (Subject.CHANNEL, "phone"), (Subject.HOUR, "0-10"))
RELATIONS = ("taste", "refused_way", "refused_hour")
_NUMBERS = count()
Fact = tuple[PreferenceStated, int]


@st.composite
def facts(draw: st.DrawFn, told: tuple[Told, ...] = tuple(Told)) -> Fact:
    """One statement and the instant at which it was made; few instants, so that some fall together."""
    subject, key = draw(st.sampled_from(ABOUT))
    at = draw(st.integers(0, 12)) * ((NOW - FIRST) // 13) + FIRST
    until = draw(st.sampled_from((0, 0, day("2017-10-01"), day("2017-12-24"))))
    feeling, strength, teller = draw(st.sampled_from((-1, 0, 1))), draw(st.sampled_from(Strength)), draw(st.sampled_from(told))
    return PreferenceStated(Level.TYPE, key, feeling, "", subject, strength, teller, "", until), at


def somebody(house: House, said: list[Fact]) -> int:
    """A new customer who said that, in that order of arrival."""
    key = f"new-{next(_NUMBERS)}"
    with house.truth.transaction():
        who = welcome(house.truth, {key: FIRST}, ZONE)[key]
        for event, at in said:
            message = key_hash(key, str(next(_NUMBERS))).hex()
            record(house.truth, [Occurrence(event, "test", message, who.profile_id, at, *local_day_and_hour(at, ZONE), at)], ZONE, at)
    return who.customer_id


def reading(house: House, customer: int, on: str = "2017-11-02") -> dict[str, list[dict[str, Any]]]:
    """What is known of her tastes, ways and hours, by relation."""
    when = house.when(day(on))
    return {name: sorted(house.alone.read(name, customer, when), key=lambda row: tuple(row.values())) for name in RELATIONS}


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_order_in_which_words_arrive_does_not_matter(shop: Shop) -> None:
    with shop.open(AFTERWARDS) as house:

        @settings(max_examples=60)
        @given(st.lists(facts(), max_size=7), st.randoms())
        def holds(said: list[Fact], chance: Any) -> None:
            other = list(said)
            chance.shuffle(other)
            assert reading(house, somebody(house, said)) == reading(house, somebody(house, other))

        holds()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_is_inferred_never_changes_what_she_said(shop: Shop) -> None:
    with shop.open(AFTERWARDS) as house:

        @settings(max_examples=60)
        @given(st.lists(facts((Told.SHE_SAID, Told.SELLER_NOTED)), min_size=1, max_size=4), st.lists(facts((Told.INFERRED,)), min_size=1, max_size=3))
        def holds(said: list[Fact], inferred: list[Fact]) -> None:
            declared = {row["item_id"]: row for row in reading(house, somebody(house, said))["taste"]}
            with_signs = {row["item_id"]: row for row in reading(house, somebody(house, [*said, *inferred]))["taste"]}
            assert {item: row for item, row in with_signs.items() if item in declared} == declared

        holds()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_refusal_does_not_age_and_an_inference_does(shop: Shop) -> None:
    with shop.open(AFTERWARDS) as house:

        @settings(max_examples=40)
        @given(
            st.sampled_from(("MEAT/VEAL", "MEAT/LIVER")),
            st.sampled_from(Strength),
            st.sampled_from((Told.SHE_SAID, Told.SELLER_NOTED)),
            st.sampled_from((-1, 1)),
        )
        def holds(key: str, strength: Strength, told: Told, sign: int) -> None:
            refusal = PreferenceStated(Level.TYPE, key, -1, strength=strength, told=told)
            customer = somebody(house, [(refusal, FIRST)])
            assert reading(house, customer)["taste"] == reading(house, customer, AFTERWARDS)["taste"] != []
            inferred = PreferenceStated(Level.TYPE, key, sign, strength=strength, told=Told.INFERRED)
            faded = somebody(house, [(inferred, FIRST)])  # ten months ago
            assert reading(house, faded) == {name: [] for name in RELATIONS}

        holds()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_end_before_1970_that_was_kept_once_has_passed_too(shop: Shop) -> None:
    with shop.open(AFTERWARDS) as house:
        kept = PreferenceStated(Level.TYPE, "MEAT/VEAL", -1, until_day=day("1960-01-01"))
        assert reading(house, somebody(house, [(kept, FIRST)]))["taste"] == []
