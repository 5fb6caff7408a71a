"""From what a Shopify shop tells to who the customers are, what they bought and what they allow."""

from __future__ import annotations

import json

from habitue.app.pull.unpacking import MARKETING
from habitue.app.pull.wording import words_for
from habitue.consent.standing import standings
from habitue.events.arrivals import write_down
from habitue.identity.records import who_is
from habitue.words.vocabulary import Channel, Purpose
from tests.pull.conftest import House
from tests.pull.peer import recorded

TOLD_AT = 1_795_147_200  # 2026-11-20, 04:00
MARTIN, LUCIE, KARIM = "atelier:7001001", "atelier:7001002", "atelier:7001003"


def test_a_first_pull_brings_who_bought_what(shopify: House) -> None:
    brought = shopify.pull()
    assert brought.news == {"products": 3, "customers": 3, "orders": 3}
    assert not shopify.letters()
    (guest,) = set(shopify.customers()) - {MARTIN, LUCIE, KARIM}
    assert shopify.customers() == {MARTIN: "Jeanne Martin", LUCIE: "Lucie Perrin", KARIM: "Karim Benali", guest: "Paul Roche"}
    assert shopify.bought() == {
        (MARTIN, "8001", "TER-LAP"): (2000, 1067),  # three at 5.90 less 1.70, one of them brought back
        (MARTIN, "8001", "TAB-M"): (1000, 3200),
        (KARIM, "8002", "atelier:5003"): (1000, 1800),
        (guest, "8003", "TER-LAP"): (2000, 1180),
    }
    person = shopify.person(MARTIN)
    assert (person.street, person.postcode, person.city, person.email) == ("12 rue des Halles", "69002", "Lyon", "jeanne.martin@example.org")
    assert shopify.names(MARTIN).count("Order Refunded") == 1


def test_what_a_first_pull_brings_was_known_when_it_happened(shopify: House) -> None:
    shopify.pull()
    assert all(one.known_at == one.at for one in shopify.log())
    (since,) = shopify.truth.run("SELECT MIN(known_at) FROM customer")[0]
    assert since == 1709370900  # 2024-03-02, when the shop came to know Mme Martin


def test_a_product_has_its_type_and_category_and_each_variant_its_number(shopify: House) -> None:
    shopify.pull()
    rows = shopify.truth.run("SELECT i.key, n.name, t.key FROM product AS p JOIN item AS i ON i.item_id = p.product_id "
                             "JOIN item AS t ON t.item_id = p.type_id JOIN item_name AS n ON n.item_id = i.item_id ORDER BY i.key")  # fmt: skip
    assert rows == [
        ("TAB-L", "Tablier rayé, L", "Linge/Tablier rayé"),
        ("TAB-M", "Tablier rayé, M", "Linge/Tablier rayé"),
        ("TER-LAP", "Terrine de lapin", "Terrines/Terrine de lapin"),
        ("atelier:5003", "Couteau d'office", "Couteau d'office"),
    ]


def test_a_yes_gives_leave_a_no_withdraws_it_and_never_asked_says_nothing(shopify: House) -> None:
    shopify.pull()
    purposes = (Purpose.ADVICE, Purpose.OFFERS, Purpose.INVITATIONS)
    assert shopify.allowed() == {
        MARTIN: {(purpose, Channel.EMAIL, 1) for purpose in purposes},
        LUCIE: {(purpose, Channel.EMAIL, 0) for purpose in purposes},
        KARIM: {(purpose, Channel.SMS, 1) for purpose in purposes},
    }


def test_a_pull_that_brings_a_no_which_a_newer_yes_overtook_withdraws_her_leave(shopify: House) -> None:
    lucie = {**recorded("shopify")["customers"][1], "updated_at": "2026-11-20T04:00:00Z"}
    yes = {"state": "subscribed", "consent_updated_at": "2026-11-20T04:00:00Z"}
    with shopify.truth.transaction():
        body = json.dumps({**lucie, "email_marketing_consent": yes}).encode()
        write_down(shopify.truth, [(shopify.shop.write_key, TOLD_AT, words_for("shopify", "customers"), 0, body)])
    shopify.sort()
    assert {is_granted for _, _, is_granted in shopify.allowed()[LUCIE]} == {1}
    shopify.pull()
    who = who_is(shopify.truth, "customer", [LUCIE])[LUCIE]
    hers, _ = standings(shopify.truth, {who.customer_id})
    assert [hers[who.customer_id, purpose, Channel.EMAIL].is_granted for purpose in MARKETING] == [False] * 3


def test_after_a_no_a_yes_of_the_shop_gives_no_leave(shopify: House) -> None:
    shopify.pull()
    for state, at in (("unsubscribed", "2026-11-20T10:00:00+01:00"), ("subscribed", "2026-11-20T11:00:00+01:00")):
        word = {"state": state, "opt_in_level": "single_opt_in", "consent_updated_at": at}
        shopify.peer.change("customers", 7001001, at, email_marketing_consent=word)
        shopify.pull()
    rows = shopify.truth.run("SELECT is_granted FROM consent WHERE purpose = ? AND channel = ? ORDER BY seq", (int(Purpose.OFFERS), int(Channel.EMAIL)))
    assert [granted for (granted,) in rows] == [1, 0, 0]  # hers, then Lucie's no, then her own


def test_a_no_withdraws_whatever_its_date_says(shopify: House) -> None:
    word = {"state": "subscribed", "opt_in_level": "single_opt_in", "consent_updated_at": "2026-10-05T10:00:00+01:00"}
    shopify.peer.change("customers", 7001002, "2026-10-05T10:00:00+01:00", email_marketing_consent=word)
    shopify.pull()
    word = {"state": "unsubscribed", "opt_in_level": "single_opt_in", "consent_updated_at": "2026-09-30T10:00:00+01:00"}
    shopify.peer.change("customers", 7001002, "2026-11-20T10:00:00+01:00", email_marketing_consent=word)
    shopify.pull()
    who = who_is(shopify.truth, "customer", [LUCIE])[LUCIE]
    hers, _ = standings(shopify.truth, [who.customer_id])
    assert [hers[who.customer_id, purpose, Channel.EMAIL].is_granted for purpose in MARKETING] == [False] * 3


def test_a_second_pull_brings_only_what_is_new(shopify: House) -> None:
    shopify.pull()
    log = shopify.log()
    assert shopify.pull().news == {"products": 0, "customers": 0, "orders": 0}
    assert shopify.log() == log
    order = shopify.peer.change("orders", 8003, "2026-11-20T08:00:00+01:00")
    order["line_items"][0]["quantity"] = order["line_items"][0]["current_quantity"] = 3
    assert shopify.pull().news == {"products": 0, "customers": 0, "orders": 1}
    assert [one.name for one in shopify.log()[len(log) :]] == ["Order Updated"]
    assert [cents for (_, order_key, _), (_, cents) in shopify.bought().items() if order_key == "8003"] == [1770]
    assert shopify.peer.pages_of("orders")[-1]["updated_at_min"] == "2026-11-20T04:55:00Z"


def test_an_order_that_is_cancelled_was_not_bought(shopify: House) -> None:
    shopify.pull()
    shopify.peer.change("orders", 8001, "2026-11-20T08:00:00+01:00", cancelled_at="2026-11-20T08:00:00+01:00")
    shopify.pull()
    assert not [key for key in shopify.bought() if key[1] == "8001"]


def test_an_order_that_only_tries_the_shop_out_and_one_in_another_currency_are_not_counted(shopify: House) -> None:
    shopify.peer.change("orders", 8001, "2026-11-20T08:00:00+01:00", test=True)
    shopify.peer.change("orders", 8002, "2026-11-20T08:00:00+01:00", currency="USD")
    shopify.pull()
    assert {key[1] for key in shopify.bought()} == {"8003"}
    assert [letter.reason for letter in shopify.letters()] == ["The order is in USD; this house counts in EUR."]


def test_a_shop_that_keeps_her_details_back_still_says_whose_an_order_is(shopify: House) -> None:
    shopify.peer.holds["customers"] = []
    shopify.peer.change("orders", 8001, "2026-11-10T09:05:00+01:00", customer={"id": 7001001, "admin_graphql_api_id": "gid://shopify/Customer/7001001"})
    shopify.pull()
    assert (MARTIN, "8001", "TAB-M") in shopify.bought()
    assert not shopify.letters()


def test_an_app_of_the_owners_own_gets_a_token_for_the_day(shopify: House) -> None:
    from habitue.app.pull.opening import add_shop
    from tests.pull.peer import CLIENT_ID, CLIENT_SECRET

    shopify.shop = add_shop(shopify.settings, "atelier", "shopify", shopify.peer.address, None, {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET})
    assert shopify.pull().news["orders"] == 3
