"""An order stays with whoever told it first: a write key that stands in a page takes nobody's order away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from habitue.events.arrivals import WriteKey
from tests.collect.conftest import Listening
from tests.collect.test_story import order, track

MARTIN, KARIM, DEVICE = {"userId": "martin"}, {"userId": "karim"}, {"anonymousId": "phone"}
HERS = """SELECT i.value, SUM(l.amount_cents) FROM order_line AS l JOIN profile AS p ON p.profile_id = l.profile_id
LEFT JOIN identifier AS i ON i.profile_id = p.customer_id AND i.kind = 'customer' GROUP BY i.value HAVING SUM(l.quantity_milli) <> 0"""


def bought(door: Listening) -> dict[str | None, int]:
    """Cents by whose they are."""
    return {who: int(cents) for who, cents in door.truth.run(HERS)}


@pytest.mark.parametrize("who", [KARIM, DEVICE], ids=["another customer", "a device"])
@pytest.mark.parametrize("is_at_once", [True, False])
def test_a_thank_you_page_that_another_opens_sells_nothing_and_takes_nothing(door: Listening, who: dict[str, str], is_at_once: bool) -> None:
    said = [track("Order Completed", whose, order("o-9", 12.5), f"m{n}") for n, whose in enumerate((MARTIN, who))]
    for some in [said] if is_at_once else [[one] for one in said]:
        door.post("/v1/batch", {"batch": some})
        door.settled()
    assert bought(door) == {"martin": 1250}
    assert door.letters() == []


@pytest.mark.parametrize(
    ("event", "what"),
    [
        ("Order Cancelled", {"order_id": "o-9"}),
        ("Order Refunded", {"order_id": "o-9"}),
        ("Order Updated", order("o-9", 1.0)),
        ("Order Completed", order("o-9", 1.0)),
    ],
)
def test_what_another_says_of_her_order_changes_nothing_and_can_be_read(door: Listening, event: str, what: dict[str, Any]) -> None:
    for told in (track("Order Completed", MARTIN, order("o-9", 12.5), "m1"), track(event, KARIM, what, "m2")):
        door.post("/v1/track", told)
        door.settled()
    assert bought(door) == {"martin": 1250}
    (letter,) = door.letters()
    assert letter.reason.startswith("The order “o-9” was told before as somebody else's, and stays so.")


def test_what_a_device_bought_is_hers_who_tells_it_under_her_name(door: Listening) -> None:
    for n, who in enumerate((DEVICE, MARTIN)):
        door.post("/v1/track", track("Order Completed", who, order("o-9", 12.5), f"m{n}"))
        door.settled()
    assert bought(door) == {"martin": 1250}


def test_a_server_of_ours_may_give_it_to_another(listen: Callable[..., Listening]) -> None:
    door = listen(keys=(WriteKey("server", "till", "", is_server=True),))
    for n, who in enumerate((MARTIN, KARIM)):
        door.post("/v1/track", track("Order Completed", who, order("o-9", 12.5), f"m{n}"), key="server")
        door.settled()
    assert bought(door) == {"karim": 1250}
