"""A shop that stumbles, turns us away, changes under our hands or is not itself: nothing is lost or doubled, and the sentence says what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any

import pytest

from habitue.app.collect import sorting
from habitue.app.collect.sorting import Sorter
from habitue.app.pull import fetching
from habitue.app.pull import woocommerce as woocommerce_objects
from habitue.app.pull.marks import Mark, set_mark
from habitue.app.pull.model import Buyer
from habitue.app.pull.opening import add_shop
from habitue.app.pull.wording import READERS, words_for
from habitue.events.arrivals import count_dead_letters_of, not_set_aside, waiting, write_down
from habitue.store import Truth
from habitue.words.errors import BadInput, Busy, HabitueError, Refused, Unknown
from tests.pull.conftest import House
from tests.pull.peer import Peer


@pytest.fixture(params=["shopify", "woocommerce"])
def house(open_house: Callable[[str], House], request: pytest.FixtureRequest) -> House:
    return open_house(request.param)


@pytest.fixture
def whole(house: House) -> dict[Any, Any]:
    """What a pull without any fault would bring: of a second shop's orders, by its own name."""
    numbers = {"shopify": {"8001", "8002", "8003"}, "woocommerce": {"727", "728"}}
    return dict.fromkeys(numbers[house.peer.kind], True)


def orders(house: House) -> dict[Any, Any]:
    return {order: True for _, order, _ in house.bought()}


@pytest.mark.parametrize("fault", ["429", "500", "503", "cut", "broken", "hang"])
def test_it_asks_again_where_the_shop_stumbles(house: House, whole: dict[Any, Any], fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SILENT_SECONDS", 0.3)
    house.peer.faults = ["", fault, "", fault, fault]
    house.pull()
    assert orders(house) == whole
    assert not house.letters()
    assert house.pauses == ([2.0, 2.0, 2.0] if fault == "429" else [1.0, 1.0, 2.0])


@pytest.mark.parametrize(
    ("fault", "kind", "sentence"),
    [
        ("500", Busy, "it answers 500. Nothing is lost"),
        ("broken", Busy, "not the JSON"),
        ("nothing", Busy, "not the JSON"),
        ("cut", Busy, "no answer comes to its end"),
        ("429", Busy, "it answers 429"),
        ("401", Refused, "does not accept these credentials (401)"),
        ("403", Refused, "does not accept these credentials (403)"),
        ("302", Refused, "sends us elsewhere, to elsewhere.example"),
        ("308", Refused, "sends us elsewhere, to elsewhere.example"),
        ("404", Unknown, "look at the address"),
        ("422", BadInput, "answers 422"),
    ],
)
def test_it_gives_up_with_a_sentence_and_the_next_pull_goes_on(
    house: House, whole: dict[Any, Any], fault: str, kind: type[HabitueError], sentence: str
) -> None:
    house.peer.faults = ["", *[fault] * 40]
    with pytest.raises(kind) as no:
        house.pull()
    assert sentence in str(no.value)
    assert all(secret not in str(no.value) for secret in (house.shop.token, house.shop.secret) if secret)
    asked = len(house.peer.asked)
    house.peer.faults = []
    house.pull()
    assert orders(house) == whole
    first = house.peer.asked[asked]
    assert first[0] == house.peer.asked[0][0]
    assert first[1] != house.peer.asked[0][1], "it goes on with the second page"


def test_an_enormous_answer_is_not_taken(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000_000)
    house.peer.faults = ["huge"]
    with pytest.raises(BadInput, match="answers with more than"):
        house.pull()


def test_nothing_is_asked_of_anybody_but_the_shop(shopify: House) -> None:
    shopify.peer.faults = ["301"]
    with pytest.raises(Refused):
        shopify.pull()
    assert len(shopify.peer.asked) == 1


def test_pages_in_another_order_bring_the_same(shopify: House) -> None:
    shopify.peer.is_reversed = True
    shopify.pull()
    assert set(orders(shopify)) == {"8001", "8002", "8003"}


def test_it_slows_down_where_the_shops_patience_is_nearly_used_up(shopify: House) -> None:
    shopify.peer.bucket = "38/40"
    shopify.pull()
    assert shopify.pauses == [1.0] * len(shopify.peer.asked)


def test_a_place_in_the_list_that_is_gone_begins_the_list_anew(shopify: House) -> None:
    shopify.peer.faults = ["", "500", "500", "500", "500", "500"]
    with pytest.raises(Busy):
        shopify.pull()
    shopify.peer.dead_cursors = {shopify.peer.asked[-1][1]["page_info"]}
    shopify.peer.page_size = 250
    assert shopify.pull().news["orders"] == 3
    assert not shopify.letters()


@pytest.mark.parametrize("kind", ["shopify", "woocommerce"])
def test_an_order_that_changes_while_its_list_is_read_comes_with_the_next_pull(open_house: Callable[[str], House], kind: str) -> None:
    house = open_house(kind)
    number = {"shopify": 8001, "woocommerce": 727}[kind]

    def change(_count: int) -> None:
        if len(house.peer.pages_of("orders")) == 1 and house.peer.asked[-1][0].rpartition("/")[2].startswith("orders"):
            order = house.peer.change("orders", number, "2026-11-20T05:00:30+00:00")
            for line in order["line_items"]:
                line["quantity"] += 1
                line["current_quantity"] = line.get("current_quantity", 0) + 1

    house.peer.after_page = change
    house.pull()
    house.pull()
    assert house.bought()[f"atelier:{7001001 if kind == 'shopify' else 7}", str(number), "TER-LAP"][0] == 3000
    assert [one.name for one in house.log()].count("Order Updated") == 1


def test_where_an_order_vanishes_meanwhile_no_other_is_missed(woocommerce: House) -> None:
    def vanish(_count: int) -> None:
        if len(woocommerce.peer.pages_of("orders")) == 1:
            woocommerce.peer.holds["orders"] = [one for one in woocommerce.peer.holds["orders"] if one["id"] != 727]

    for number in (730, 731):
        woocommerce.peer.holds["orders"].append({**woocommerce.peer.holds["orders"][1], "id": number})
    woocommerce.peer.change("orders", 729, "2026-11-13T19:02:00", status="processing")
    woocommerce.peer.after_page = vanish
    woocommerce.pull()
    assert {"728", "729", "730", "731"} <= set(orders(woocommerce))


class Every:
    """Holds whatever is asked for."""

    def __contains__(self, _what: object) -> bool:
        return True


def enough(peer: Peer) -> None:
    """Whoever asks without end is refused at last, so that a test ends."""
    if len(peer.asked) > 50:
        peer.faults = ["401"]


def test_a_list_that_loses_its_place_each_time_is_begun_anew_once(shopify: House) -> None:
    shopify.peer.dead_cursors = Every()
    shopify.peer.after_page = lambda _count: enough(shopify.peer)
    with pytest.raises(Busy, match=r"atelier keeps losing its place in the list of its products: .* pull again later"):
        shopify.pull()
    assert len(shopify.peer.asked) == 4
    shopify.peer.dead_cursors = set()
    shopify.pull()
    assert set(orders(shopify)) == {"8001", "8002", "8003"}


def test_a_list_of_which_something_vanishes_each_time_is_begun_anew_once(woocommerce: House) -> None:
    held = woocommerce.peer.holds["orders"]

    def vanish(_count: int) -> None:
        path, params, _ = woocommerce.peer.asked[-1]
        if path.endswith("/orders"):
            woocommerce.peer.holds["orders"] = held[1:] if params["page"] == "1" else held
        enough(woocommerce.peer)

    woocommerce.peer.after_page = vanish
    with pytest.raises(Busy, match="the list of its orders: 1 of 3 orders are gone"):
        woocommerce.pull()
    assert len(woocommerce.peer.pages_of("orders")) == 4


def test_a_page_whose_count_a_cache_has_lost_is_a_page(woocommerce: House) -> None:
    woocommerce.peer.loses_count = True
    woocommerce.peer.after_page = lambda _count: enough(woocommerce.peer)
    woocommerce.pull()
    assert set(orders(woocommerce)) == {"727", "728"}


def test_two_pulls_at_once_do_not_step_on_each_other(shopify: House) -> None:
    first = iter([True])

    def another(_count: int) -> None:
        if next(first, False):
            shopify.pull()

    shopify.peer.after_page = another
    with pytest.raises(Busy, match="Somebody else is fetching from atelier"):
        shopify.pull()
    assert set(orders(shopify)) == {"8001", "8002", "8003"}
    assert [one.name for one in shopify.log()].count("Order Completed") == 3


def test_what_another_has_sorted_meanwhile_is_not_sorted_again(shopify: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with shopify.truth.transaction():
        write_down(shopify.truth, [(shopify.shop.write_key, 1_795_300_000, words_for("shopify", "orders"), 0, b"{}")])
    before = waiting(shopify.truth, 10)
    shopify.sort()
    monkeypatch.setattr(sorting, "waiting", lambda _truth, _most: before)
    Sorter(shopify.truth, shopify.settings).sort_some()
    assert len(shopify.letters()) == 1


def test_what_cannot_be_read_is_set_aside_and_stops_nobody(shopify: House) -> None:
    shopify.peer.change("orders", 8001, "2026-11-11T00:00:00Z", line_items="none")
    shopify.peer.change("customers", 7001002, "2026-11-11T00:00:00Z", created_at="the day before yesterday")
    shopify.pull()
    shopify.pull()
    assert set(orders(shopify)) == {"8002", "8003"}
    assert sorted(letter.reason[:30] for letter in shopify.letters()) == [
        "The object is not what this sh",
        "“the day before yesterday” is ",
    ]


def test_a_pull_reads_nothing_of_what_was_set_aside(shopify: House, monkeypatch: pytest.MonkeyPatch) -> None:
    shopify.peer.change("orders", 8001, "2026-11-11T00:00:00Z", line_items="none")
    shopify.pull()
    (letter,) = shopify.letters()
    read, run = list[Any](), type(shopify.truth).run

    def noted(truth: Truth, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        rows = run(truth, sql, params)
        read.extend(cell for row in rows for cell in row if "FROM dead_letter" in sql)
        return rows

    monkeypatch.setattr(type(shopify.truth), "run", noted)
    with shopify.truth.transaction():
        set_mark(shopify.truth, "atelier", Mark("orders"))  # everything comes again
    shopify.pull()
    assert [bytes(cell) for cell in read] == [blake2b(letter.body, digest_size=16).digest()]
    assert shopify.letters() == [letter]


def test_what_another_source_told_and_was_set_aside_hides_nothing_of_the_shops(shopify: House) -> None:
    shopify.peer.change("orders", 8001, "2026-11-11T00:00:00Z", line_items="none")
    shopify.pull()
    (letter,) = shopify.letters()
    with shopify.truth.transaction():
        assert not_set_aside(shopify.truth, letter.key, [letter.body, b"{}"]) == [b"{}"]
        assert not_set_aside(shopify.truth, "another", [letter.body]) == [letter.body]
    assert (count_dead_letters_of(shopify.truth, letter.key), count_dead_letters_of(shopify.truth, "another")) == (1, 0)


def test_a_price_that_cannot_be_true_and_an_object_that_breaks_our_side_end_no_pull(woocommerce: House, monkeypatch: pytest.MonkeyPatch) -> None:
    woocommerce.peer.holds["orders"][0]["line_items"][0]["total"] = "1E+9999999"
    woocommerce.peer.holds["customers"][0]["first_name"] = "Breaker"

    def customer(shop: str, body: bytes) -> Buyer:
        if b"Breaker" in body:
            raise RuntimeError
        return woocommerce_objects.customer(shop, body)

    monkeypatch.setitem(READERS["woocommerce"], "customers", customer)  # a fault that nobody has foreseen
    for _ in range(2):
        woocommerce.pull()
        assert set(orders(woocommerce)) == {"728"}
        assert sorted(letter.reason[:30] for letter in woocommerce.letters()) == ["It broke our side (RuntimeErro", "“total” is “1E+9999999”, which"]


@pytest.mark.parametrize(
    "address",
    [
        "http://shop.example",
        "http://127.0.0.1.example",
        "https://user:pass@shop.example",
        "ftp://shop.example",
        "https://",
        "https://[::1",
        "https://shop.example:99999",
        "https://shop example",
        "https://shop.example/?a=b",
    ],
)
def test_an_address_that_would_leak_credentials_is_refused(shopify: House, address: str) -> None:
    with pytest.raises(BadInput):
        add_shop(shopify.settings, "other", "shopify", address, None, {"token": "t"})


def test_what_the_shop_dates_a_little_before_the_last_pull_is_not_missed(shopify: House) -> None:
    shopify.pull()
    shopify.peer.change("orders", 8002, "2026-11-20T04:57:00Z", cancelled_at="2026-11-20T04:57:00Z")
    shopify.pull()
    assert "8002" not in orders(shopify)
