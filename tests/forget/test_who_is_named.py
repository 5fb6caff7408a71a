"""Whom a text names: her address wherever it stands, her number only where a number says who somebody is; what is somebody else's stays."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from habitue.app import House
from habitue.app.collect.wire import Message
from habitue.app.erasure.forgetting import forget, held_of
from habitue.app.pull import shopify, woocommerce
from habitue.events.arrivals import WriteKey, add_write_key, write_down
from habitue.store import sql_text
from habitue.words.naming import named_in
from habitue.words.whom import Whom
from tests.cast import Shop, thanks
from tests.forget.test_forgetting import sort

SHORT = "customer,given_name,family_name,email,phone,card\n2,Aline,Court,aline@example.org,+33 6 98 76 54 32,12345678\n17,Bruno,Long,bruno@example.org,,\n"
ALINE = Whom((2,), (("customer", "2"), ("card", "12345678"), ("email", "aline@example.org"), ("phone", "+33698765432")), (("Aline", "Court"),))
PATIENT = {"type": "wrong", "timestamp": "2017-10-10T10:00:00Z"}
STAY = (
    {"userId": "17", "event": "Cart", "properties": {"quantity": 2, "size": "2", "product": "2"}},
    {"userId": 17, "traits": {"firstName": "Aline", "lastName": "Court"}},
    {"anonymousId": "browser", "properties": {"step": "2"}},
    {"userId": "17", "properties": {"to": "aline@example.org.example"}},
    {"userId": "17", "properties": {"ean": "40698765432"}},
)
GO = (
    {"userId": 2},
    {"user_id": "2"},
    {"userId": "17", "previousId": "2"},
    {"user": {"id": 2, "basket": 7}},
    {"anonymousId": "browser", "traits": {"cardNumber": "1234 5678"}},
    {"anonymousId": "browser", "traits": {"firstName": "ALINE", "lastName": "Court"}},
    {"userId": "17", "properties": {"said": "write to aline@example.org."}},
    {"userId": "17", "properties": {"call": "06 98.76.54.32"}},
)


def wrong(house: House, *told: dict[str, object], key: str = "WK", ids: str = "", words: str = "one") -> None:
    """Messages that nobody can sort."""
    with house.truth.transaction():
        add_write_key(house.truth, WriteKey(key, f"source of {key}", ids, is_server=False))
        write_down(house.truth, [(key, house.clock.instant(), words, 0, json.dumps(PATIENT | each if words == "one" else each).encode()) for each in told])
    sort(house)


def aside(house: House) -> list[dict[str, object]]:
    """What is set aside, as it was told."""
    bodies = [json.loads(bytes(body)) for (body,) in house.truth.run("SELECT body FROM dead_letter ORDER BY letter_id")]
    return [{name: value for name, value in each.items() if name not in ("timestamp", "messageId", "sentAt") and value != "wrong"} for each in bodies]


def test_a_short_number_takes_no_message_of_somebody_else_away(shop: Shop) -> None:
    shop.bring("customers", SHORT)
    with shop.book(thanks()).open() as house:
        wrong(house, *STAY, *GO)
        assert len(aside(house)) == len(STAY) + len(GO)
        assert held_of(house, "2").rows["dead_letter"] == len(GO)
        forget(house, "2")
        assert aside(house) == list(STAY)


def test_a_number_of_a_shop_s_own_is_told_apart_from_the_brand_s(shop: Shop) -> None:
    shop.bring("customers", "customer\n2\nweb:2\n")
    with shop.book(thanks()).open() as house:
        wrong(house, {"userId": "2"}, key="WEB", ids="web")
        wrong(house, {"userId": "2"}, key="OURS")
        people = {"id": 2, "email": 3}, {"customer_id": 2, "email_marketing_consent": 3}, {"id": 5, "email": 3}
        wrong(house, *people, key="PULL", ids="web", words="shopify customers live")
        orders = {"id": 2, "user_id": 2, "currency": 3, "customer": {"id": 5}}, {"id": 2, "customer": {"id": 2}, "currency": 3}
        wrong(house, *orders, key="MORE", ids="web", words="shopify orders live")
        assert held_of(house, "2").rows["dead_letter"] == 1
        assert held_of(house, "web:2").rows["dead_letter"] == 4
        forget(house, "web:2")
        assert aside(house) == [{"userId": "2"}, people[2], orders[0]]
        house.truth.run("DELETE FROM write_key")
        assert held_of(house, "2").rows["dead_letter"] == 1, "of a key that was ended nobody knows whose numbers it used"


def test_in_what_cannot_be_read_only_a_long_number_counts_and_as_a_whole() -> None:
    with_long = Whom((1,), (("customer", "zq-4711"), ("customer", "2")))
    for text, is_hers in (("{zq-4711", True), ("ZQ-4711,", True), ("xzq-4711", False), ("zq-47110", False), ("a-zq-4711", False), ("2", False), ("{2}", False)):
        assert with_long.is_written_in(text) is is_hers, text
    for document, is_hers in (({"ref": "zq-4711"}, True), ({"ref": "2"}, False), ({"ref": "zq-4711", "userId": "5"}, False)):
        assert with_long.is_told_by(document) is is_hers, document


def test_a_row_that_was_set_aside_is_hers_by_what_it_says_of_the_customer(shop: Shop) -> None:
    shop.bring("customers", SHORT)
    with shop.book(thanks()).open() as house:
        reasons = (
            "item: the catalogue has no product “2”",
            "customer: nobody is known as “2”",
            "touch: there is none “2”",
            "customer: nobody is known as “17”",
        )
        house.truth.run_many("INSERT INTO import_reject (run_id, line, reason) VALUES (?, ?, ?)", [(1, line, reason) for line, reason in enumerate(reasons)])
        forget(house, "2")
        assert [line for (line,) in house.truth.run("SELECT line FROM import_reject ORDER BY line")] == [0, 2, 3]


def test_a_file_that_was_named_after_her_loses_its_name(shop: Shop) -> None:
    shop.bring("customers", SHORT)
    with shop.book(thanks()).open() as house:
        for number, name in enumerate(("orders_aline-court.csv", "aline@example.org.csv", "2.csv", "malinecourt.csv")):
            house.truth.run(sql_text("app", "add_import_run"), (900 + number, 1, "orders", name, 0))
        assert held_of(house, "2").rows["import_run"] == 2
        forget(house, "2")
        assert house.truth.run("SELECT file FROM import_run WHERE run_id >= 900 ORDER BY run_id") == [("…",), ("…",), ("2.csv",), ("malinecourt.csv",)]


FILES = {
    "stock.csv": ("product,units\nveal,2\n", False),
    "orders.csv": ("order,customer,product,sold_at,quantity,amount\n2,17,veal,2017-10-01,2,2.00\n", False),
    "hers.csv": ("order,customer,product,sold_at,quantity,amount\n1,2,veal,2017-10-01,1,9.00\n", True),
    "cards.csv": ("name,loyalty card\nx,1234-5678\n", True),
    "namesake.csv": ("customer,given_name,family_name\n17,Aline,Court\n", False),
    "nobody.csv": ("given_name,family_name\nCourt,Aline\n", True),
    "joined.tsv": ("customer\tamount\tnote\n17\t69876\t5432\n18\t698\t765432\n", False),
    "rows.txt": ("customer;note\n17;Aline\nCourt;5\n", False),
    "reported.csv": ("product,units\nveal,5\n", True),
    "blamed.csv": ("product,units\nveal,6\n", False),
}
SAID = {"reported.csv.why.txt": "  line 2: customer: nobody is known as “2”\n", "blamed.csv.report.txt": "  ligne 2 : item: the catalogue has no product “2”\n"}


def test_a_file_is_hers_by_the_column_that_an_import_takes_for_the_customer(shop: Shop) -> None:
    shop.bring("customers", SHORT)
    done = shop.settings.data / "inbox" / "done"
    done.mkdir(parents=True)
    for name, (text, _) in FILES.items():
        (done / name).write_text(text, encoding="utf-8")
    for name, text in SAID.items():
        (done / name).write_text(text, encoding="utf-8")
    for name, numbers in (("typed.parquet", [2.0, None]), ("other.parquet", [20.0, 17.0])):
        pq.write_table(pa.table({"client_id": numbers, "points": [2, 2]}), done / name)
    with shop.book(thanks()).open() as house:
        named = held_of(house, "2").files
        assert {Path(name).name for name in named} == {name for name, (_, is_hers) in FILES.items() if is_hers} | {"typed.parquet"}
        forget(house, "2")
    left = {path.name for path in done.iterdir()}
    assert left == {name for name, (_, is_hers) in FILES.items() if not is_hers} | {"other.parquet", "blamed.csv.report.txt"}


def test_a_confirmed_mapping_says_which_column_the_customer_is(shop: Shop) -> None:
    """In a file that names nobody by its heading, the number would be too short to count."""
    from habitue.app.imports.bringing import kept_mapping

    shop.bring("customers", SHORT)
    done = shop.settings.data / "inbox" / "done"
    done.mkdir(parents=True)
    file = done / "till.csv"
    file.write_text("qui,quoi,feeling,at\n2,veal,like,2017-10-01\n", encoding="utf-8")
    with shop.book(thanks()).open() as house:
        assert held_of(house, "2").files == ()
        kept = kept_mapping(file, house.settings)
        kept.parent.mkdir(parents=True)
        kept.write_text('[preferences.columns]\ncustomer = "qui"\nitem = "quoi"\n', encoding="utf-8")
        assert held_of(house, "2").files == ("inbox/done/till.csv",)


@pytest.mark.parametrize(
    ("text", "is_hers"),
    [
        ("+33698765432", True),
        ("33698765432", True),
        ("0033 6 98 76 54 32", True),
        ("+33 (0)6 98 76 54 32", True),
        ("(0)6.98.76.54.32", True),
        ("tel:06-98-76-54-32,", True),
        ("698765432", True),
        ("06\u201198\u201376\u200954 3\u22122", True),
        ("call 2 06 98 76 54 32", True),
        ("1698765432", False),
        ("40698765432", False),
        ("6987654321", False),
        ("69876\t5432", False),
        ("69876\n5432", False),
        ("aline@example.org", True),
        ("ALINE@example.org.", True),
        ("<aline@example.org>, and", True),
        ("aline@example.org.example", False),
        ("aline@example.org-shop.example", False),
        ("x.aline@example.org", False),
        ("Court Aline", True),
        ("aline\u00a0court", True),
        ("Aline\tCourt", False),
        ("Aline Courtois", False),
    ],
)
def test_an_address_a_telephone_or_a_name_is_found_as_people_write_it_and_not_in_another(text: str, is_hers: bool) -> None:
    assert ALINE.is_named_in(text) is is_hers


def test_a_short_telephone_number_counts_only_where_a_telephone_is_asked_for() -> None:
    whom = Whom((1,), (("phone", "41 23 45"),))
    assert not whom.is_named_in("the code is 41 23 45")
    assert whom.is_told_by({"anonymousId": "d", "traits": {"phone": "412345"}})
    assert not whom.is_told_by({"anonymousId": "d", "traits": {"phone": "", "size": "412345"}})


TELEPHONES = {  # as the house keeps it: as people write it
    "+491711234567": ("0171 1234567", "+49 171 1234567", "0171/1234567", "0049 (0)171 123-45-67"),
    "+447911123456": ("07911 123456", "+44 7911 123456", "+44 (0)7911 123456"),
    "+393401234567": ("340 123 4567", "+39 340 123 4567"),
    "+390612345678": ("06 1234 5678", "+39 06 1234 5678"),
    "+12125550187": ("212-555-0187", "(212) 555-0187", "1-212-555-0187", "+1 212 555 0187"),
    "+3221234567": ("02 123 45 67", "+32 2 123 45 67"),
    "+4512345678": ("12 34 56 78", "+45 12 34 56 78", "4512345678"),
    "+36301234567": ("06 30 123 4567", "+36 30 123 4567"),
    "+3545812345": ("+354 581 2345", "00354 5812345"),
    "0171 1234567": ("0171 1234567", "+49 171 1234567", "0049 171 1234567", "1711234567"),  # of a house that names no country
    "33698765432": ("06 98 76 54 32", "+33 6 98 76 54 32", "33698765432"),
}
OTHERS = {
    "+491711234567": ("0711 234567", "711234567", "+33 1711234567", "017112345678", "91711234567"),
    "+4512345678": ("+47 12 34 56 78", "0047 12345678", "112345678"),
    "+3545812345": ("581 2345", "0 581 2345", "+47 581 2345"),
    "412345": ("412345", "+49 412345", "00494 12345", "00412345"),
}


@pytest.mark.parametrize("kept", TELEPHONES)
def test_a_telephone_of_any_country_is_found_as_it_is_written_there(kept: str) -> None:
    whom = Whom((1,), (("phone", kept),))
    for written in TELEPHONES[kept]:
        assert whom.is_named_in(f"ring me at {written}, please"), written
        assert whom.is_identified("phone", written), written


@pytest.mark.parametrize("kept", OTHERS)
def test_another_country_s_number_or_a_longer_or_shorter_one_is_somebody_else_s(kept: str) -> None:
    whom = Whom((1,), (("phone", kept), ("phone", "+33698765432")))
    for written in OTHERS[kept]:
        assert not whom.is_named_in(f"ring me at {written}, please"), written


def test_a_number_that_is_told_with_and_without_its_country_is_of_that_country() -> None:
    whom = Whom((1,), (("phone", "+33698765432"), ("phone", "06 98 76 54 32")))
    assert not whom.is_named_in("+32 6 98 76 54 32")
    assert whom.is_named_in("+33 1 23 45 67 89 / 06 98 76 54 32"), "the second of two"


def test_in_a_field_for_a_telephone_another_country_s_number_is_somebody_else_s() -> None:
    dane = Whom((1,), (("phone", "+4512345678"),))
    assert not any(dane.is_identified("phone", written) for written in ("+47 12345678", "0047 12345678", "2345678", ""))


SHOP_OBJECTS = (
    ("customers", "shopify", shopify.customer),
    ("consents", "shopify", shopify.consents),
    ("orders", "shopify", shopify.order),
    ("customers", "woocommerce", woocommerce.customer),
    ("orders", "woocommerce", woocommerce.order),
)


def test_every_field_by_which_the_intake_and_the_shops_name_somebody_is_known_as_one() -> None:
    for field in Message.__struct_fields__:
        name = Message.__struct_encode_fields__[Message.__struct_fields__.index(field)]
        if field.endswith("_id") and field not in ("message_id", "group_id"):
            assert ("customer" if field == "user_id" else "device", "k-1") in named_in({name: "k-1"}), name
    told = {"id": 41, "customer_id": 42, "customer": {"id": 42}, "billing": {"email": "a@b.org"}, "currency": "EUR"}
    for what, kind, read in SHOP_OBJECTS:
        found = read("shop", json.dumps(told | {"created_at": "2017-01-01T00:00:00Z", "date_created_gmt": "2017-01-01T00:00:00"}).encode())
        buyer = getattr(found, "buyer", found)
        assert buyer
        assert ("customer", buyer.key) in named_in(told, f"{kind} {what} live"), (kind, what)
    assert named_in({"id": 41, "customer_id": 0}, "woocommerce orders live") == [], "a guest"


@pytest.mark.parametrize(
    ("name", "is_hers"),
    [
        ("aline@example.org.csv", True),
        ("export_aline@example.org.csv.gz", True),
        ("fiche-aline-court.xlsx", True),
        ("2017_Aline_Court.csv", True),
        ("aline@example.org.example.csv", True),  # rather one file too many
        ("valine@example.org.csv", False),
        ("alines-courts.csv", False),
        ("2.csv", False),
        ("", False),
    ],
)
def test_a_file_s_name_is_read_as_people_write_one(name: str, is_hers: bool) -> None:
    assert ALINE.is_in_file_name(name) == is_hers
