"""Whose a message is does not depend on the company in which it comes: all in one request, or each in its own."""

from __future__ import annotations

from itertools import count
from typing import Any

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as runs

from habitue.app.collect.sorting import Sorter
from habitue.app.log import everybody, logged
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.identity.records import keys_of, who_is
from habitue.store import Settings, Truth

RECEIVED_AT = 1_795_300_000
KEYS, ADDRESSES, DEVICES = ("", "A", "B"), ("", "e1@x.org", "e2@x.org"), ("", "d1", "d2")
WORDS = st.tuples(st.sampled_from(("identify", "order", "page")), st.sampled_from(KEYS), st.sampled_from(ADDRESSES), st.sampled_from(DEVICES))
_TOWNS = count(1)


@pytest.fixture
def sorter(truth: Truth, settings: Settings) -> Sorter:
    with truth.transaction():
        add_write_key(truth, WriteKey("k", "web", "", is_server=False))
    return Sorter(truth, settings)


def message(town: str, number: int, word: tuple[str, str, str, str]) -> dict[str, Any]:
    kind, key, email, device = word
    who = {"userId": town + key if key else None, "anonymousId": town + (device or f"own {number}"), "messageId": f"{town} {number}"}
    address = town + email if email else None
    if kind == "identify":
        return {"type": "identify", **who, "traits": {"email": address}}
    if kind == "page":
        return {"type": "page", **who}
    return {"type": "track", "event": "Order Completed", **who, "properties": {"order_id": f"{town} {number}", "total": 5, "email": address}}


def told(sorter: Sorter, messages: list[dict[str, Any]]) -> None:
    """One request."""
    with sorter.truth.transaction():
        write_down(sorter.truth, [("k", RECEIVED_AT, "batch", 0, msgspec.json.encode({"batch": messages}))])
    while sorter.sort_some():
        pass


def cards(sorter: Sorter, town: str) -> list[tuple[str, str]]:
    """Whose each event is, by her numbers; what we call who gave an address alone is said as such."""
    found = []
    for one in logged(sorter.truth):
        if one.message_id.startswith(f"{town} ") and one.name != "Customer Described":
            who = who_is(sorter.truth, "customer", [one.customer_key]).get(one.customer_key)
            keys = keys_of(sorter.truth, [who.customer_id])[who.customer_id] if who else []
            found.append((one.message_id.removeprefix(town), " ".join("visitor" if "visitor-" in key else key.removeprefix(town) for key in keys)))
    return sorted(found)


@example(words=[("order", "", "e2@x.org", ""), ("page", "A", "", ""), ("identify", "A", "e2@x.org", ""), ("identify", "B", "e2@x.org", "")], cut=0)
@example(words=[("identify", "", "e1@x.org", ""), ("identify", "A", "", ""), ("order", "A", "e1@x.org", "")], cut=1)
@given(words=st.lists(WORDS, min_size=2, max_size=7), cut=st.integers(0, 7))
@runs(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_it_is_on_the_same_card_in_one_request_or_in_many(sorter: Sorter, words: list[tuple[str, str, str, str]], cut: int) -> None:
    found = []
    for shape in ("apart", "cut", "whole"):
        town = f"t{next(_TOWNS)}"
        messages = [message(town, number, word) for number, word in enumerate(words)]
        for some in {"apart": [[one] for one in messages], "cut": [messages[:cut], messages[cut:]], "whole": [messages]}[shape]:
            if some:
                told(sorter, some)
        found.append(cards(sorter, town))
    assert found[0] == found[1] == found[2]


def test_the_name_that_a_new_number_tells_in_the_same_request_keeps_her_from_being_taken_for_another(sorter: Sorter) -> None:
    her = {"anonymousId": "a", "type": "identify", "traits": {"email": "ines@x.org", "firstName": "Inès"}}
    told(sorter, [{**her, "messageId": "1"}])
    him = {"userId": "P", "anonymousId": "b", "traits": {"email": "ines@x.org", "firstName": "Paul"}}
    bought = {**him, "type": "track", "event": "Order Completed", "messageId": "2", "traits": None, "properties": {"order_id": "o", "email": "ines@x.org"}}
    told(sorter, [bought, {**him, "type": "identify", "messageId": "3"}])
    assert sorted(known.name for known in everybody(sorter.truth)) == ["Inès", "Paul"]


@pytest.mark.parametrize(("one", "other", "is_hers"), [("i@straße.de", "i@strasse.de", False), ("zoe\u0301@x.org", "ZOÉ@x.org ", True)])
def test_an_address_reads_the_same_however_its_accents_are_made_and_is_no_other(sorter: Sorter, one: str, other: str, is_hers: bool) -> None:
    told(sorter, [{"type": "identify", "userId": "A", "messageId": "1", "traits": {"email": one}}])
    told(sorter, [{"type": "track", "event": "Order Completed", "anonymousId": "d", "messageId": "2", "properties": {"order_id": "o", "email": other}}])
    assert [event.customer_key == "A" for event in logged(sorter.truth) if event.name == "Order Completed"] == [is_hers]
