"""What was acknowledged and cannot be taken for new can be read with the reason, and sorted again; what is only told again is nowhere twice."""

from __future__ import annotations

import json
from typing import Any

from habitue.app.collect.sorting import Sorter
from habitue.app.log import logged
from habitue.events.arrivals import WriteKey, add_write_key, dead_letters, replay, write_down
from habitue.store import Settings, Truth
from tests.collect.conftest import KEY, Listening
from tests.collect.test_story import order, track

MONDAY = 1_795_300_000
SAID = {"type": "track", "event": "Coffee Drunk", "userId": "martin", "properties": {"cups": 1}}


class Days:
    """A house to which requests are told at instants of our choosing."""

    def __init__(self, settings: Settings, truth: Truth) -> None:
        self.settings, self.truth = settings, truth
        with truth.transaction():
            add_write_key(truth, WriteKey(KEY, "web", "", is_server=False))

    def tell(self, at: int, *told: dict[str, Any], words: str = "track") -> None:
        """Writes requests down as come at an instant, and sorts them."""
        with self.truth.transaction():
            write_down(self.truth, [(KEY, at, words, 0, json.dumps(one).encode()) for one in told])
        self.sort()

    def sort(self) -> None:
        while Sorter(self.truth, self.settings).sort_some():
            pass

    def happened(self) -> list[tuple[str, int]]:
        return [(one.customer_key, one.at) for one in logged(self.truth)]

    def reasons(self) -> list[str]:
        return [letter.reason for letter in dead_letters(self.truth)]


def test_of_two_people_with_one_message_id_the_second_can_be_read_with_the_reason(door: Listening) -> None:
    for product, who in (("p", "martin"), ("q", "karim")):
        door.post("/v1/track", track("Product Viewed", {"userId": who}, {"product_id": product}, "same"))
        door.settled()
    assert [event.customer_key for event in door.settled()] == ["martin"]
    (letter,) = door.letters()
    assert letter.reason.startswith("The same id, “same”, came before from this source with another content.")
    assert json.loads(letter.body)["userId"] == "karim"
    with door.truth.transaction():
        assert replay(door.truth, [letter.number]) == 1
    door.settled()
    assert [again.body for again in door.letters()] == [letter.body], "it waits until somebody gives it an id of its own"


def test_a_client_that_tries_again_after_a_lost_answer_is_not_refused(settings: Settings, truth: Truth) -> None:
    days = Days(settings, truth)
    for late in (0, 7, 3_600):
        told = {**SAID, "messageId": "m1", "timestamp": "2026-11-21T10:00:00Z", "sentAt": f"2026-11-21T{10 + late // 3600:02}:00:0{late % 3600}Z"}
        days.tell(MONDAY + late + bool(late), told)
    assert days.happened() == [("martin", MONDAY)]
    assert days.reasons() == []
    days.tell(MONDAY + 7 * 86_400, {**SAID, "messageId": "m1"})
    assert len(days.reasons()) == 1, "the same words a week later are another event, whose id is taken"


def test_a_refund_that_is_told_again_after_a_lost_answer_is_not_refused(settings: Settings, truth: Truth) -> None:
    days, bought = Days(settings, truth), {"order_id": "o-9", "products": [{"product_id": "lamb", "quantity": 2, "price": 9}]}
    for late in (0, 7):
        for n, event in enumerate(("Order Completed", "Order Updated", "Order Refunded")):
            told = {"type": "track", "event": event, "userId": "martin", "properties": bought, "messageId": f"m{n}", "timestamp": f"2026-11-21T10:00:0{n}Z"}
            days.tell(MONDAY + late, {**told, "sentAt": f"2026-11-21T10:00:0{n}Z"})
    assert len(days.happened()) == 3
    assert days.reasons() == []


def test_the_same_words_without_an_id_another_day_are_another_event(settings: Settings, truth: Truth) -> None:
    days = Days(settings, truth)
    days.tell(MONDAY, SAID)
    days.tell(MONDAY + 86_400, {"batch": [SAID, SAID]}, words="batch")
    assert days.happened() == [("martin", MONDAY), ("martin", MONDAY + 86_400), ("martin", MONDAY + 86_400)]
    dated = {**SAID, "timestamp": "2026-11-20T10:00:00Z"}
    days.tell(MONDAY, dated, dated)
    assert len(days.happened()) == 4, "what says when it happened happened once"
    assert days.reasons() == []


def test_a_letter_keeps_the_id_under_which_it_will_be_known(settings: Settings, truth: Truth) -> None:
    days, bought = Days(settings, truth), {**SAID, "event": "Order Updated", "properties": order("o-1", 5, currency="USD")}
    days.tell(MONDAY, {"batch": [SAID, bought], "sentAt": "2026-11-21T10:00:00Z"}, words="batch")
    (letter,) = dead_letters(truth)
    assert json.loads(letter.body)["messageId"] == "arrival 1 1"
    with truth.transaction():
        write_down(truth, [(letter.key, letter.received_at, letter.words, 0, letter.body)] * 2)
    in_dollars = Sorter(truth, Settings(data=settings.data, truth=settings.truth, currency="USD"))
    while in_dollars.sort_some():
        pass
    assert truth.run("SELECT message_id FROM event WHERE name = 'Order Updated'") == [("arrival 1 1",)], "sorted twice, it is there once"


def test_a_message_and_an_order_with_one_number_are_two(door: Listening) -> None:
    who = {"userId": "martin"}
    door.post("/v1/track", track("Coffee Drunk", who, {}, "4711"))
    door.post("/v1/track", track("Order Completed", who, order("4711", 12.5), "m1"))
    door.post("/v1/track", track("Order Completed", who, order("4712", 5), "m2"))
    door.post("/v1/track", track("Coffee Drunk", who, {}, "4712"))
    assert sorted(one.name for one in door.settled()) == ["Order Completed", "Order Completed", "Tracked", "Tracked"]
    assert door.letters() == []
