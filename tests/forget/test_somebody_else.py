"""Somebody else at the address of whoever was forgotten: left alone by a number of his own, once it is known or dated later; by old data nobody comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habitue.app import House
from habitue.app.collect.intake import Intake
from habitue.app.erasure.forgetting import forget
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.words.clock import date_of, instant_text
from tests.cast import Shop, thanks
from tests.collect.conftest import Listening, Served
from tests.forget.test_forgetting import HEAD, bring, sort
from tests.forget.test_who_is_named import aside

EMAIL = "home@example.org"
DAY = 86_400
LATER = "2017-12-30"
NUMBERS = count(1)
WAYS = ("identify", "page", "order", "customer of a shop", "order of a shop", "row")
UNDATED = ("list", "page without an instant", "row without a day")
"""What names somebody without saying since when he is a customer, or when he came."""


def told(way: str, number: str, at: int) -> tuple[str, dict[str, object]]:
    """A request that names somebody by a number, with her address: its kind, and what is in it."""
    one = {"userId": number, "messageId": f"{way} {number}", "timestamp": instant_text(at)}
    if way == "identify":
        return "one", one | {"type": "identify", "traits": {"email": EMAIL, "createdAt": instant_text(at)}, "timestamp": instant_text(at + 90 * DAY)}
    if way == "list":
        return "one", one | {"type": "identify", "traits": {"email": EMAIL}}
    if way.startswith("page"):
        one |= {"timestamp": None} if way in UNDATED else {}
        return "one", one | {"type": "page", "name": "Veal", "context": {"traits": {"email": EMAIL}}}
    if way == "order":
        return "one", one | {"type": "track", "event": "Order Completed", "properties": {"order_id": f"o {number}", "total": 9, "email": EMAIL}}
    if way == "customer of a shop":
        return "shopify customers live", {"id": number, "email": EMAIL, "created_at": instant_text(at), "updated_at": instant_text(at + 90 * DAY)}
    lines = [{"id": 1, "product_id": 7, "name": "Veal", "quantity": 1, "total": "9.00"}]
    head = {"id": f"9{number}", "customer_id": number, "currency": "EUR", "status": "completed", "date_created_gmt": instant_text(at)[:-1]}
    return "woocommerce orders live", head | {"billing": {"email": EMAIL}, "line_items": lines}


class Home:
    """A house from which somebody at an address was forgotten; whoever tells anything does so weeks later."""

    house: House

    def __init__(self, shop: Shop) -> None:
        shop.bring("customers", HEAD + f"gone,Ida,Home,{EMAIL},,,,\n")
        with shop.book(thanks()).open() as house:
            self.erased_at = house.clock.instant()
            with house.truth.transaction():
                add_write_key(house.truth, WriteKey("WK", "web", "", is_server=True))
                add_write_key(house.truth, WriteKey("PULL", "shop", "", is_server=True))
            forget(house, "gone")
        self.shop = Shop(shop.standing(LATER), shop.desk)

    def tell(self, way: str, number: str, at: int) -> None:
        """By one of the ways in; a file tells days."""
        if way.startswith("row"):
            since = str(date_of(at // DAY)) if way == "row" else ""
            bring(self.shop.settings, self.shop.desk, "customers", f"customer,since,email\n{number},{since},{EMAIL}\n")
            return
        words, body = told(way, number, at)
        with self.house.truth.transaction():
            key = "WK" if words == "one" else "PULL"
            write_down(self.house.truth, [(key, self.erased_at + 20 * DAY, words, 0, json.dumps(body).encode())])
        sort(self.house)

    def knows(self, number: str) -> bool:
        return bool(self.house.truth.run("SELECT 1 FROM identifier WHERE kind = 'customer' AND value = ?", (number,)))


@pytest.fixture
def home(shop: Shop) -> Iterator[Home]:
    made = Home(shop)
    with made.shop.open(LATER) as made.house:
        yield made


CASES = st.lists(
    st.tuples(st.sampled_from(WAYS + UNDATED), st.sampled_from([-400 * DAY, -2 * DAY, 0, 2 * DAY, 15 * DAY]), st.booleans(), st.integers(0, 5)),
    min_size=1,
    max_size=12,
)


def test_a_number_of_his_own_lets_somebody_else_in_where_it_is_known_or_dated_later_and_never_else(home: Home) -> None:
    """The drawn cases share one house: each has a number of its own, some of them told twice."""

    @settings(max_examples=25)
    @given(cases=CASES)
    def holds(cases: list[tuple[str, int, bool, int]]) -> None:
        first, known = next(NUMBERS), set[str]()
        for way, after, is_known, which in cases:
            number = f"{first}-{which}"
            if is_known and number not in known:
                bring(home.shop.settings, home.shop.desk, "customers", f"customer,given_name\n{number},Ute\n")
                known.add(number)
            home.tell(way, number, home.erased_at + after)
            if after > 0 and way not in UNDATED:
                known.add(number)
            assert home.knows(number) is (number in known), (way, after, is_known)

    holds()


def test_an_account_of_hers_in_a_shop_that_is_connected_later_brings_nobody_back(home: Home) -> None:
    """The shop names her by a number that nobody here knew; its old orders bear her address."""
    for way in ("customer of a shop", "order of a shop", "order of a shop", "customer of a shop"):
        home.tell(way, "77", home.erased_at - DAY)
    assert not home.knows("77")
    assert home.house.truth.run("SELECT 1 FROM person WHERE email = ?", (EMAIL,)) == []
    assert home.house.truth.run("SELECT SUM(messages) FROM forgotten_refused")[0][0] > 0
    home.tell("order of a shop", "78", home.erased_at + DAY)
    assert home.knows("78")


@pytest.mark.parametrize("is_server", [True, False])
def test_a_list_of_customers_from_a_tool_that_was_connected_since_brings_nobody_back(home: Home, is_server: bool) -> None:
    """It names her by a number of its own, with her name and address, as it has had them for years; it sends no date, or that of the sending."""
    sent, since = instant_text(home.erased_at + 15 * DAY), instant_text(home.erased_at - 400 * DAY)
    traits = {"firstName": "Ida", "lastName": "Home", "email": EMAIL, "address": {"street": "1 rue Haute", "postalCode": "75001"}}
    created = ({}, {"createdAt": since}, {"created_at": since}, {"createdAt": "once"})
    every = [(more, when) for more in created for when in ({}, {"timestamp": sent})]
    batch = [{"type": "identify", "userId": f"77{n}", "traits": traits | more, **when} for n, (more, when) in enumerate(every)]
    with home.house.truth.transaction():
        add_write_key(home.house.truth, WriteKey("CRM", "crm", "crm", is_server=is_server))
        write_down(home.house.truth, [("CRM", home.erased_at + 20 * DAY, "batch", 0, json.dumps({"batch": batch}).encode())])
    sort(home.house)
    assert home.house.truth.run("SELECT value FROM identifier WHERE kind = 'customer' AND value LIKE 'crm:%'") == []
    assert home.house.truth.run("SELECT 1 FROM person WHERE email = ?", (EMAIL,)) == []


@pytest.mark.parametrize(
    ("write", "is_read"),
    [
        (lambda at: at, True),
        (lambda at: at + 0.25, True),
        (lambda at: at * 1000, True),
        (lambda at: at * 1000 + 0.5, True),
        (str, True),
        (lambda at: str(at * 1000 + 123), True),
        (instant_text, True),
        (lambda at: str(date_of(at // DAY)).replace("-", ""), True),
        (lambda at: at * 1_000_000, False),
        (lambda at: -at, False),
        (lambda _: True, False),
        (lambda _: 10**30, False),
    ],
    ids=[
        "seconds",
        "parts of a second",
        "milliseconds",
        "parts of one",
        "seconds as text",
        "milliseconds as text",
        "text",
        "day",
        "micro",
        "minus",
        "yes",
        "huge",
    ],
)
def test_since_when_he_is_a_customer_is_read_however_his_client_writes_it(home: Home, write: Callable[[int], object], is_read: bool) -> None:
    """Segment's clients send an ISO text, or a Unix number in seconds or milliseconds."""
    with Intake(home.shop.settings) as intake, Served(intake) as port:
        door = Listening(home.shop.settings, port)
        for number, at in (("before", home.erased_at - 400 * DAY), ("later", home.erased_at + 15 * DAY)):
            status, _ = door.post("/v1/identify", {"userId": number, "traits": {"email": EMAIL, "createdAt": write(at)}}, key="WK")
            assert status == 200
        door.settled()
        assert door.letters() == []
        door.truth.close()
    assert (home.knows("before"), home.knows("later")) == (False, is_read)


def test_a_number_that_only_a_link_claims_lets_nobody_in(home: Home) -> None:
    body = {"type": "identify", "userId": "claimed", "anonymousId": "b", "traits": {"email": EMAIL}, "context": {"page": {"search": "?ajs_uid=claimed"}}}
    with home.house.truth.transaction():
        write_down(home.house.truth, [("WK", home.erased_at + 20 * DAY, "one", 0, json.dumps(body).encode())])
    sort(home.house)
    assert home.house.truth.run("SELECT 1 FROM person WHERE email = ?", (EMAIL,)) == []
    assert home.house.truth.run("SELECT 1 FROM link_claim") == []


def test_what_cannot_be_sorted_stays_where_it_is_somebody_else_s_and_later(home: Home) -> None:
    later, before = instant_text(home.erased_at + DAY), instant_text(home.erased_at - DAY)
    home.tell("page", "known", home.erased_at + DAY)
    stay = (
        {"userId": "new", "traits": {"email": EMAIL}, "timestamp": later},
        {"userId": "known", "traits": {"email": EMAIL}, "timestamp": before},
        {"userId": "new", "properties": {"word": "gone"}, "timestamp": before},
    )
    go = (
        {"userId": "new", "traits": {"email": EMAIL}, "timestamp": before},
        {"userId": "gone", "timestamp": later},
        {"traits": {"email": EMAIL}, "timestamp": later},
        {"anonymousId": "b", "traits": {"email": EMAIL}, "timestamp": later},
    )
    with home.house.truth.transaction():
        bodies = [json.dumps({"type": "wrong"} | each).encode() for each in (*stay, *go)]
        write_down(home.house.truth, [("WK", home.erased_at + 20 * DAY, "one", 0, body) for body in bodies])
    sort(home.house)
    assert [each | {"timestamp": other["timestamp"]} for each, other in zip(aside(home.house), stay, strict=True)] == list(stay)
